//! Refusals that HTTP has a status for, in the vendor's envelope all the same: a sender that reads
//! JSON takes anything else for a fault on the way and sends again for ever.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use crate::receiver::Refusal;
use crate::receiver::answer::refused;
use crate::receiver::refusal::MALFORMED;
use crate::shopex_oms::{ErrorCode, GATEWAY};

/// Why a request is refused before it is a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    NotFound,
    Method,
    ContentType,
    ContentEncoding,
    TooLarge,
    TooSlow,
    Broken,
    Busy,
}

impl Refused {
    fn status(self) -> StatusCode {
        match self {
            Refused::NotFound => StatusCode::NOT_FOUND,
            Refused::Method => StatusCode::METHOD_NOT_ALLOWED,
            Refused::ContentType | Refused::ContentEncoding => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refused::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refused::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Refused::Broken => StatusCode::BAD_REQUEST,
            Refused::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Refused::NotFound => "nothing is received at this path",
            Refused::Method => "send the form with POST",
            Refused::ContentType => {
                "send application/x-www-form-urlencoded, in UTF-8 if a charset is named"
            }
            Refused::ContentEncoding => "send the form without a content encoding",
            Refused::TooLarge => "the body is larger than this receiver reads",
            Refused::TooSlow => "the body did not come in time",
            Refused::Broken => "the body ended early or is badly framed",
            Refused::Busy => "too many bodies are being read; send again later",
        }
    }

    fn refusal(self) -> Refusal {
        match self {
            Refused::Busy => Refusal::internal(self.reason()),
            _ => Refusal::new(ErrorCode::Param, MALFORMED, self.reason()),
        }
    }

    /// As a response; `explain` is that of the settings.
    pub(super) fn response(self, explain: bool) -> Response<Body> {
        tracing::info!(
            status = self.status().as_u16(),
            "refused: {}",
            self.reason()
        );
        let mut response = envelope(self.status(), refused(&self.refusal(), explain));
        let headers = response.headers_mut();
        if self == Refused::Method {
            headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
        }
        if self == Refused::Busy {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        // Not all of the body was read, if it was read at all: the connection ends, and a sender that
        // is not told so loses its next push on it.
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

/// A response with an envelope.
pub(super) fn envelope(status: StatusCode, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}

/// The path that the gateway's schema names.
pub(super) fn path() -> &'static str {
    GATEWAY.transport.path
}
