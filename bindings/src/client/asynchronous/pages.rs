//! Long lists as a stream of their pages.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::super::pages::{Course, PagesError};
use super::Client;
use crate::api::Request;
use crate::gateway::Marker;
use crate::pages::Walk;
use crate::reply::{CallError, read_whole};

type Reply<R> = Result<<R as Request>::Reply, CallError<<R as Request>::Reply>>;

/// The pages of one list: a stream that calls the gateway for each. It ends after an error.
pub struct Pages<'a, R>
where
    R: Request,
    R::Reply: fmt::Debug,
{
    client: &'a Client<R::Gateway>,
    request: &'a R,
    course: Course,
    /// The call under way.
    call: Option<Pin<Box<dyn Future<Output = Reply<R>> + Send + 'a>>>,
}

impl<G: Marker> Client<G> {
    /// The pages of a list, from the first to the last, each the part of the reply that a caller is
    /// after. Settings and repeats are those of each call.
    pub fn pages<'a, R>(&'a self, request: &'a R) -> Pages<'a, R>
    where
        R: Request<Gateway = G>,
        R::Reply: fmt::Debug,
    {
        Pages {
            client: self,
            request,
            course: Course::new(R::API),
            call: None,
        }
    }
}

impl<R> Pages<'_, R>
where
    R: Request,
    R::Reply: fmt::Debug,
{
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

    /// The next page; none when the list is over.
    pub async fn next(&mut self) -> Option<<Self as Stream>::Item>
    where
        Self: Stream,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<R> Stream for Pages<'_, R>
where
    R: Request + Sync,
    R::Reply: fmt::Debug + Send,
{
    type Item = Result<R::Output, PagesError<R::Reply>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.call.is_none() {
            let task = match this.course.task(this.request) {
                Some(Ok(task)) => task,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            this.call = Some(Box::pin(this.client.run(task, read_whole::<R>)));
        }
        let Some(call) = &mut this.call else {
            return Poll::Ready(None);
        };
        let end = ready!(call.as_mut().poll(context));
        this.call = None;
        Poll::Ready(this.course.ended::<R>(end))
    }
}

impl<R> fmt::Debug for Pages<'_, R>
where
    R: Request,
    R::Reply: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("method", &R::API.method)
            .finish_non_exhaustive()
    }
}
