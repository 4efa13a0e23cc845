//! The span of a call. Field names are those of the OpenTelemetry conventions; no field holds a
//! query, a body, a credential or a signature.

use std::fmt;

use tracing::Span;
use tracing::field::Empty;

use super::account::Account;
use crate::reply::{CallError, Cause, Failure, Unknown};

/// Opens the span of a call.
pub(super) fn open(account: &Account, method: &str) -> Span {
    let span = tracing::info_span!(
        "dockseal.call",
        otel.kind = "client",
        rpc.system = account.keys.gateway().name,
        rpc.method = method,
        http.request.method = "POST",
        server.address = account.base.host(),
        server.port = account.base.port_u16(),
        url.path = Empty,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        "error.type" = Empty,
        vendor.code = Empty,
        vendor.sub_code = Empty,
        vendor.request_id = Empty,
        dockseal.account = account.settings.alias.as_deref(),
    );
    span
}

/// Notes how a call ended.
pub(super) fn close<R: fmt::Debug>(span: &Span, error: &CallError<R>) {
    span.record("error.type", class(error));
    if let Some(failure) = failure(error) {
        span.record("vendor.code", &failure.code);
        if let Some(code) = &failure.sub_code {
            span.record("vendor.sub_code", code);
        }
        if let Some(id) = &failure.request_id {
            span.record("vendor.request_id", id);
        }
    }
}

/// How a call ended, in one word.
fn class<R: fmt::Debug>(error: &CallError<R>) -> &'static str {
    match error {
        CallError::NotSent(_) => "not_sent",
        CallError::Throttled { .. } => "throttled",
        CallError::Rejected(_) => "rejected",
        CallError::Duplicate(_) => "duplicate",
        CallError::Partial { .. } => "partial",
        CallError::Unknown(_) => "unknown",
        CallError::BadReply(_) => "bad_reply",
    }
}

/// What the vendor said.
fn failure<R: fmt::Debug>(error: &CallError<R>) -> Option<&Failure> {
    match error {
        CallError::Rejected(failure)
        | CallError::Duplicate(failure)
        | CallError::Throttled { failure, .. }
        | CallError::Partial { failure, .. } => Some(failure),
        CallError::Unknown(unknown) => match &**unknown {
            Unknown {
                cause: Cause::Vendor(failure),
                ..
            } => Some(failure),
            Unknown { .. } => None,
        },
        CallError::NotSent(_) | CallError::BadReply(_) => None,
    }
}
