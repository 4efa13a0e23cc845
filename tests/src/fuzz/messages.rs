//! Every message of every API, and what holds of one that was read.

use dockseal::APIS;
use dockseal::api::AnyApi;
use dockseal::object::read::{self, DecodeError};
use dockseal::object::write::{Escape, to_json};
use dockseal::object::{Layout, Object};

/// One of the two messages of an API.
#[derive(Clone, Copy)]
pub(super) struct Message {
    pub(super) api: &'static dyn AnyApi,
    is_request: bool,
}

/// Replies first.
pub(super) fn all() -> impl Iterator<Item = Message> {
    [false, true].into_iter().flat_map(|is_request| {
        APIS.iter().map(move |api| Message {
            api: *api,
            is_request,
        })
    })
}

/// The replies.
pub(super) fn replies() -> impl Iterator<Item = Message> {
    all().filter(|message| !message.is_request)
}

impl Message {
    pub(super) fn blank(self) -> Box<dyn Object> {
        if self.is_request {
            self.api.blank_request()
        } else {
            self.api.blank_reply()
        }
    }

    /// From JSON text as it travels.
    pub(super) fn read(self, json: &[u8]) -> Result<Box<dyn Object>, DecodeError> {
        let mut value = self.blank();
        let positional = self.is_request && self.api.api().positional;
        read::request(positional, &mut *value, json)?;
        Ok(value)
    }

    fn wire(self, value: &dyn Object, escape: Escape) -> String {
        let json = to_json(value, escape);
        let wrapped =
            self.is_request && self.api.api().positional && value.table().layout == Layout::Named;
        if wrapped { format!("[{json}]") } else { json }
    }

    /// Written, it is read back as it was; in ASCII as well.
    pub(super) fn is_read_back(self, value: &dyn Object) {
        let written = self.wire(value, Escape::Raw);
        let again = self.read(written.as_bytes());
        let again = again.unwrap_or_else(|error| panic!("{error} of {written}"));
        assert_eq!(self.wire(&*again, Escape::Raw), written);
        let ascii = self.wire(value, Escape::Ascii);
        assert!(ascii.is_ascii(), "{ascii}");
        let again = self.read(ascii.as_bytes());
        let again = again.unwrap_or_else(|error| panic!("{error} of {ascii}"));
        assert_eq!(self.wire(&*again, Escape::Ascii), ascii);
        // Rules are checked on whatever was read.
        for violation in dockseal::object::inspect(value) {
            assert!(!violation.to_string().is_empty() && !violation.zh().is_empty());
        }
    }
}

/// An error names at least one place, and keeps no more of the message than it says.
pub(super) fn told(error: &DecodeError, message: &[u8]) {
    assert!(!error.problems.is_empty());
    assert!(!error.to_string().is_empty() && !error.zh().is_empty());
    for problem in &error.problems {
        let place = &problem.pointer;
        assert!(place.is_empty() || place.starts_with('/'), "{place}");
    }
    assert!(error.excerpt.len() <= 3 * 8 * 1024);
    if error.readable.is_some() {
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(message).is_ok();
        assert!(is_json, "what could be read is JSON");
    }
}
