//! A reply to its meaning: the typed output, or the one other way in which a call ended.
//!
//! The envelope and the known failures are data of the gateway; an outcome inside a successful
//! envelope is data of the API. [`judge()`] is the only place that judges, [`CallError`] what callers
//! see of it.

mod error;
mod failure;
mod judge;

use std::fmt;

use http::StatusCode;

pub use error::{Advice, BadReply, CallError, Cause, NotSent, Unknown};
pub use failure::Failure;
pub(crate) use judge::at;
pub use judge::{Verdict, judge};

use crate::api::{AnyApi, Request};
use crate::object::{Blank, Described, Object, read};

/// Reads the reply to a request of type `R`: the part of it that a caller is after.
///
/// The body decides, not `content_type`: gateways label JSON as HTML and XML as text. The type is
/// named in the error of a body that is neither.
///
/// # Errors
/// The call did not end well: see [`CallError`].
pub fn read_reply<R: Request>(
    status: StatusCode,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<R::Output, CallError<R::Reply>>
where
    R::Reply: fmt::Debug,
{
    let reply = read_whole::<R>(status, content_type, body)?;
    // A success without its data is not one that a caller can use.
    R::output(reply).ok_or_else(|| {
        let member = R::API.gateway.envelope.data.unwrap_or_default();
        CallError::BadReply(BadReply::new(
            status,
            content_type,
            read::absent(R::Reply::TABLE, member, body),
        ))
    })
}

/// As [`read_reply`], with the whole reply instead of the part that a caller is after.
///
/// # Errors
/// As [`read_reply`].
pub fn read_whole<R: Request>(
    status: StatusCode,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<R::Reply, CallError<R::Reply>>
where
    R::Reply: fmt::Debug,
{
    let mut reply = R::Reply::blank();
    let verdict = judge(R::API, &mut reply, body);
    CallError::judged(R::API, verdict, reply, status, content_type)
}

/// As [`read_whole`], for types that are known only at run time.
///
/// # Errors
/// As [`read_reply`].
pub fn read_any(
    any: &dyn AnyApi,
    status: StatusCode,
    content_type: Option<&str>,
    body: &[u8],
) -> Result<Box<dyn Object>, CallError<Box<dyn Object>>> {
    let mut reply = any.blank_reply();
    let verdict = judge(any.api(), &mut *reply, body);
    CallError::judged(any.api(), verdict, reply, status, content_type)
}

#[cfg(test)]
mod tests;
