//! One plain HTTP exchange, for verbs that send bytes of their own making: nothing is stamped,
//! repeated or followed.

use std::io::Read as _;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// Most bytes of a reply.
const CAP: u64 = 32 * 1024 * 1024;

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// No answer; what the transport said, without the address.
pub(super) struct Trouble {
    /// Something may have left.
    pub(super) left: bool,
    pub(super) text: String,
}

/// Sends once and reads the whole answer.
pub(super) fn send(request: http::Request<Bytes>, limit: Duration) -> Result<Answer, Trouble> {
    exchange(request, limit).map_err(|error| Trouble {
        left: may_have_left(&error),
        text: match error {
            ureq::Error::BadUri(_) => "the address cannot be used".to_owned(),
            error => error.to_string(),
        },
    })
}

fn exchange(request: http::Request<Bytes>, limit: Duration) -> Result<Answer, ureq::Error> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(limit))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .proxy(None)
        .build();
    let (parts, body) = request.into_parts();
    let agent = ureq::Agent::new_with_config(config);
    let (parts, body) = if body.is_empty() {
        agent.run(http::Request::from_parts(parts, ()))?
    } else {
        agent.run(http::Request::from_parts(parts, &*body))?
    }
    .into_parts();
    let mut whole = Vec::new();
    body.into_reader().take(CAP).read_to_end(&mut whole)?;
    Ok(Answer {
        status: parts.status,
        headers: parts.headers,
        body: whole,
    })
}

fn may_have_left(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Io(error) => error.kind() != std::io::ErrorKind::ConnectionRefused,
        ureq::Error::BadUri(_)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Tls(_)
        | ureq::Error::Rustls(_) => false,
        _ => true,
    }
}
