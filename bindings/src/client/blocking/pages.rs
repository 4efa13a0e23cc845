//! Long lists as an iterator over their pages.

use std::fmt;

use super::super::pages::{Course, PagesError};
use super::Client;
use crate::api::Request;
use crate::gateway::Marker;
use crate::pages::Walk;
use crate::reply::read_whole;

/// The pages of one list: an iterator that calls the gateway for each. It ends after an error.
pub struct Pages<'a, R: Request> {
    client: &'a Client<R::Gateway>,
    request: &'a R,
    course: Course,
}

impl<G: Marker> Client<G> {
    /// The pages of a list, from the first to the last, each the part of the reply that a caller is
    /// after. Settings and repeats are those of each call.
    pub fn pages<'a, R: Request<Gateway = G>>(&'a self, request: &'a R) -> Pages<'a, R> {
        Pages {
            client: self,
            request,
            course: Course::new(R::API),
        }
    }
}

impl<R: Request> Pages<'_, R> {
    /// The same with so many items a page.
    #[must_use]
    pub fn with_size(mut self, size: u32) -> Self {
        self.course.walk = self.course.walk.map(|walk| walk.with_size(size));
        self
    }

    /// The same with at most so many pages.
    #[must_use]
    pub fn with_most_pages(mut self, pages: u32) -> Self {
        self.course.walk = self.course.walk.map(|walk| walk.with_most_pages(pages));
        self
    }

    /// How many items all pages have, once the first reply told.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.course.walk.as_ref().and_then(Walk::total)
    }
}

impl<R: Request> Iterator for Pages<'_, R>
where
    R::Reply: fmt::Debug,
{
    type Item = Result<R::Output, PagesError<R::Reply>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.course.task(self.request)? {
            Ok(task) => self
                .course
                .ended::<R>(self.client.run(task, read_whole::<R>)),
            Err(error) => Some(Err(error)),
        }
    }
}

impl<R: Request> fmt::Debug for Pages<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("method", &R::API.method)
            .finish_non_exhaustive()
    }
}
