//! What passes between a call and the HTTP library that carries one attempt of it.

use std::time::Duration;

/// What the client calls itself.
pub(super) const USER_AGENT: &str = concat!("dockseal/", env!("CARGO_PKG_VERSION"));

/// How long an unused connection is kept: less than vendors' servers keep it, so that none is used
/// while the server closes it.
pub(super) const IDLE: Duration = Duration::from_secs(15);

/// A whole answer.
pub(super) struct Answer {
    pub(super) status: http::StatusCode,
    pub(super) headers: http::HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header as text.
    pub(super) fn header(&self, name: http::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Why there is no whole answer; what the HTTP library said, without the address.
pub(super) enum Trouble {
    /// No byte of the request left this machine.
    NotSent(String),
    /// Some may have.
    Lost(String),
}

impl Trouble {
    pub(super) fn too_large(cap: usize) -> Trouble {
        Trouble::Lost(format!("the reply is larger than {cap} bytes"))
    }
}
