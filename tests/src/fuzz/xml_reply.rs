//! XML as every reply: what was read is read back from JSON; a reply that was cut off is none.

use dockseal::api::Request as _;
use dockseal::object::Blank as _;
use dockseal::object::xml;
use dockseal::reply::{Verdict, judge};
use dockseal::taobao_top::ProtocolCallback;

use super::messages::{replies, told};

pub(super) const WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<a>",
    "</a>",
    "<a/>",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&lt;",
    "&#38;",
    "&#x1F600;",
    "&#0;",
    "&x;",
    "<!DOCTYPE a>",
    "<error_response>",
    "</error_response>",
    "<code>",
    "</code>",
    "<msg>",
    "<sub_code>",
    "<result>",
    "<success>true</success>",
    "_response>",
    "xmlns=\"a\"",
    "\u{FEFF}",
];

pub(super) fn body(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for message in replies() {
        let mut reply = message.blank();
        match xml::from_xml(&mut *reply, text) {
            Ok(()) => message.is_read_back(&*reply),
            Err(error) => told(&error, data),
        }
        let mut reply = message.blank();
        let verdict = judge(message.api.api(), &mut *reply, data);
        assert!(
            xml::root(text).is_some() || !is_xml(text) || matches!(verdict, Verdict::Unreadable(_))
        );
    }
    half_a_reply_is_none(text);
}

fn is_xml(text: &str) -> bool {
    text.trim_start_matches('\u{FEFF}')
        .trim_ascii_start()
        .starts_with('<')
}

/// Nothing is a success before the root element has ended.
fn half_a_reply_is_none(text: &str) {
    let verdict = |text: &str| {
        let mut reply = <ProtocolCallback as dockseal::api::Request>::Reply::blank();
        judge(ProtocolCallback::API, &mut reply, text.as_bytes())
    };
    if !is_xml(text) || verdict(text) != Verdict::Success {
        return;
    }
    let tags = text.match_indices('>').map(|(at, _)| at + 1).take(100);
    let first = tags
        .filter_map(|end| text.get(..end))
        .find(|beginning| verdict(beginning) == Verdict::Success);
    if let Some(beginning) = first {
        let root = xml::root(text).unwrap_or_default();
        let (_, last) = beginning.rsplit_once("</").expect("it has an end tag");
        assert!(
            last.starts_with(&root),
            "a reply before its end: {beginning}"
        );
    }
}
