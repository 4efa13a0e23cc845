//! Long lists page by page: what the iterator of one client and the stream of the other share.

use std::fmt;

use super::call::Task;
use crate::api::{Api, Request};
use crate::pages::{Walk, WalkError};
use crate::reply::{CallError, NotSent};
use crate::send::PrepareError;

/// How the way through a list can end before the list does. The pages before are good.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PagesError<R: fmt::Debug> {
    /// The call for a page did not end well.
    #[error(transparent)]
    Call(#[from] CallError<R>),
    /// The pages do not make a list.
    #[error(transparent)]
    Walk(#[from] WalkError),
}

/// Where a client is on its way through a list.
pub(super) struct Course {
    /// None when it is over.
    pub(super) walk: Option<Walk>,
    /// Why it cannot begin.
    refused: Option<PrepareError>,
}

impl Course {
    pub(super) fn new(api: &Api) -> Course {
        let walk = Walk::new(api);
        let refused = walk
            .is_none()
            .then(|| PrepareError::NoPages(api.method.to_owned()));
        Course { walk, refused }
    }

    /// The call for the next page; none when the list is over.
    pub(super) fn task<'a, R>(
        &mut self,
        request: &'a R,
    ) -> Option<Result<Task<'a>, PagesError<R::Reply>>>
    where
        R: Request,
        R::Reply: fmt::Debug,
    {
        if let Some(error) = self.refused.take() {
            return Some(Err(CallError::NotSent(NotSent::Prepare(error)).into()));
        }
        let page = self.walk.as_ref()?.next_page();
        match page {
            Ok(Some(page)) => Some(Ok(Task {
                page: Some(page),
                ..Task::typed(request)
            })),
            Ok(None) => None,
            Err(error) => {
                self.walk = None;
                Some(Err(error.into()))
            }
        }
    }

    /// What came of that call; none where the gateway said with nothing that the list is over.
    pub(super) fn ended<R>(
        &mut self,
        end: Result<R::Reply, CallError<R::Reply>>,
    ) -> Option<Result<R::Output, PagesError<R::Reply>>>
    where
        R: Request,
        R::Reply: fmt::Debug,
    {
        let taken = end.map_err(PagesError::from).and_then(|reply| {
            self.walk
                .as_mut()
                .map_or(Ok(()), |walk| walk.take(&reply))?;
            Ok(R::output(reply))
        });
        if taken.is_err() {
            self.walk = None;
        }
        taken.transpose()
    }
}
