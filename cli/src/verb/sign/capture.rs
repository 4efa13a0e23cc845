//! A captured request as people have it at hand: HTTP text, the lines of `curl -v`, a curl command,
//! a HAR entry, or a bare query.

use std::path::Path;

use super::curl;
use crate::language::Said;
use crate::output::Complaint;

/// What matters of a request.
#[derive(Clone, Default)]
pub(super) struct Capture {
    /// Behind the `?`, still encoded.
    pub(super) query: String,
    /// As sent.
    pub(super) body: Vec<u8>,
    /// What the body is said to be.
    pub(super) content_type: String,
    /// What is odd about it.
    pub(super) notes: Vec<Said>,
}

impl Capture {
    /// Reads a captured request. Files that a curl command names are looked for in `beside`.
    pub(super) fn read(text: &[u8], beside: &Path) -> Result<Capture, Complaint> {
        let text = text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(text);
        let start = String::from_utf8_lossy(text.get(..64).unwrap_or(text))
            .trim_start()
            .to_owned();
        if start.starts_with("curl ") || start.starts_with("$ curl ") {
            return curl::read(utf8(text)?, beside);
        }
        if start.starts_with('{') {
            return har(text);
        }
        http(text)
    }

    /// Takes over what stands behind the `?` of an address.
    pub(super) fn set_address(&mut self, address: &str) {
        let address = address.split('#').next().unwrap_or_default();
        let query = address.split_once('?').map(|(_, query)| query);
        query.unwrap_or_default().clone_into(&mut self.query);
    }

    /// Takes over a header.
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        if name.trim().eq_ignore_ascii_case("content-type") {
            self.content_type = value.trim().to_lowercase();
        }
    }
}

/// The text of a file that has to be one.
pub(super) fn utf8(text: &[u8]) -> Result<&str, Complaint> {
    std::str::from_utf8(text).map_err(|_| {
        Complaint::usage(Said::new(
            "the request file is not UTF-8",
            "请求文件不是 UTF-8 编码",
        ))
    })
}

fn not_a_request() -> Complaint {
    Complaint::usage(Said::new("this is not a captured request", "无法识别的请求内容")).with_help(Said::new(
        "give HTTP text (request line, headers, empty line, body), a curl command, a HAR entry, or a query like a=1&sign=...",
        "请提供 HTTP 原文（请求行、请求头、空行、请求体）、curl 命令、HAR 条目，或形如 a=1&sign=... 的参数串",
    ))
}

fn http(text: &[u8]) -> Result<Capture, Complaint> {
    let plain = verbose(text);
    let text = plain.as_deref().unwrap_or(text);
    let text = text.trim_ascii_start();
    let (head, body) = split_head(text);
    let head = utf8(head)?;
    let mut lines = head.lines();
    let first = lines.next().unwrap_or_default().trim();
    let mut capture = Capture::default();
    let mut words = first.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(_), Some(target), version)
            if version.is_none_or(|version| version.starts_with("HTTP/")) =>
        {
            capture.set_address(target);
        }
        // No request line: an address or a query alone.
        (Some(only), None, None) if only.contains("://") => capture.set_address(only),
        (Some(only), None, None) if only.contains('=') => {
            only.trim_start_matches('?').clone_into(&mut capture.query);
        }
        _ => return Err(not_a_request()),
    }
    let mut length = None;
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        capture.set_header(name, value);
        if name.trim().eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    capture.body = cut(body, length, &mut capture.notes).to_vec();
    Ok(capture)
}

/// Head and body; the empty line between them belongs to neither.
fn split_head(text: &[u8]) -> (&[u8], &[u8]) {
    let ends: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let found = ends.iter().filter_map(|end| {
        Some((
            text.windows(end.len()).position(|at| at == *end)?,
            end.len(),
        ))
    });
    match found.min() {
        Some((at, len)) => (
            text.get(..at).unwrap_or_default(),
            text.get(at + len..).unwrap_or_default(),
        ),
        None => (text, &[]),
    }
}

/// The body without the line end that editors put behind it.
fn cut<'b>(body: &'b [u8], length: Option<usize>, notes: &mut Vec<Said>) -> &'b [u8] {
    let bare = body.strip_suffix(b"\n").unwrap_or(body);
    let bare = bare.strip_suffix(b"\r").unwrap_or(bare);
    let Some(length) = length else {
        return bare;
    };
    if length < bare.len() || length > body.len() {
        let there = bare.len();
        notes.push(Said::new(
            format!("Content-Length says {length}, but the file has a body of {there} bytes: was it changed after it was captured?"),
            format!("Content-Length 为 {length}，文件中请求体有 {there} 字节：抓取后是否改动过？"),
        ));
        return bare;
    }
    body.get(..length).unwrap_or(bare)
}

/// The request within the output of `curl -v`.
fn verbose(text: &[u8]) -> Option<Vec<u8>> {
    let lines: Vec<_> = text.split_inclusive(|byte| *byte == b'\n').collect();
    if !lines.iter().any(|line| line.starts_with(b"> ")) {
        return None;
    }
    let sent = lines.iter().take_while(|line| !line.starts_with(b"< "));
    let noise: [&[u8]; 3] = [b"* ", b"{ [", b"} ["];
    let kept = sent.filter(|line| !noise.iter().any(|start| line.starts_with(start)));
    let mut out = Vec::with_capacity(text.len());
    for line in kept {
        let bare = line
            .strip_prefix(b"> ")
            .or_else(|| line.strip_prefix(b">"))
            .unwrap_or(line);
        out.extend_from_slice(bare);
    }
    Some(out)
}

fn har(text: &[u8]) -> Result<Capture, Complaint> {
    let whole: serde_json::Value = serde_json::from_slice(text).map_err(|_| not_a_request())?;
    let entries = whole
        .pointer("/log/entries")
        .and_then(|entries| entries.as_array());
    let entry = match entries.map(Vec::as_slice) {
        Some([only]) => only,
        Some(_) => {
            return Err(Complaint::usage(Said::new(
                "the HAR file has several entries; keep the one in question",
                "HAR 文件含多个条目，请只保留要检查的一个",
            )));
        }
        None => &whole,
    };
    let request = entry.get("request").unwrap_or(entry);
    let url = request
        .get("url")
        .and_then(|url| url.as_str())
        .ok_or_else(not_a_request)?;
    let mut capture = Capture::default();
    capture.set_address(url);
    let list = |pointer: &str| {
        request
            .pointer(pointer)
            .and_then(|list| list.as_array())
            .cloned()
            .unwrap_or_default()
    };
    let pair = |item: &serde_json::Value| {
        let text = |name: &str| {
            item.get(name)
                .and_then(|text| text.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        (text("name"), text("value"))
    };
    for (name, value) in list("/headers").iter().map(pair) {
        capture.set_header(&name, &value);
    }
    let text = request
        .pointer("/postData/text")
        .and_then(|text| text.as_str());
    let mut body = text.unwrap_or_default().to_owned();
    if text.is_none() {
        dockseal::form::encode_pairs(list("/postData/params").iter().map(pair), &mut body);
    }
    capture.body = body.into_bytes();
    Ok(capture)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]
mod tests {
    use super::*;

    fn read(text: &str) -> Capture {
        Capture::read(text.as_bytes(), Path::new(".")).unwrap()
    }

    fn body(capture: &Capture) -> &str {
        std::str::from_utf8(&capture.body).unwrap()
    }

    #[test]
    fn http_text_with_either_line_end_is_read() {
        for end in ["\n", "\r\n"] {
            let text = [
                "POST /openapi?sid=a&v=1.0 HTTP/1.1",
                "Host: h",
                "Content-Type: application/JSON",
                "",
                "[{}]",
                "",
            ];
            let capture = read(&text.join(end));
            assert_eq!(capture.query, "sid=a&v=1.0");
            assert_eq!(capture.content_type, "application/json");
            assert_eq!(body(&capture), "[{}]");
        }
    }

    #[test]
    fn content_length_decides_about_the_last_line_end() {
        let kept = read("POST / HTTP/1.1\nContent-Length: 5\n\n[{}]\n");
        assert_eq!((body(&kept), kept.notes.len()), ("[{}]\n", 0));
        let changed = read("POST / HTTP/1.1\nContent-Length: 3\n\n[{}]\n");
        assert_eq!((body(&changed), changed.notes.len()), ("[{}]", 1));
    }

    #[test]
    fn the_request_is_taken_out_of_curl_v() {
        let text = "* Connected to h\n> POST /router/rest?a=1 HTTP/1.1\n> Host: h\n> \nx=2\n* done\n< HTTP/1.1 200 OK\n< \n{}";
        let capture = read(text);
        assert_eq!((capture.query.as_str(), body(&capture)), ("a=1", "x=2"));
    }

    #[test]
    fn a_har_entry_and_a_bare_query_are_read() {
        let capture = read(
            r#"{"request":{"url":"http://h/p?a=1#x","headers":[],"postData":{"params":[{"name":"b c","value":"&"}]}}}"#,
        );
        assert_eq!((capture.query.as_str(), body(&capture)), ("a=1", "b+c=%26"));
        assert_eq!(read("a=1&b=2\n").query, "a=1&b=2");
        assert_eq!(read("https://h/p?a=1").query, "a=1");
        assert!(Capture::read(b"hello there, world", Path::new(".")).is_err());
    }
}
