//! Bytes to a tree.
//!
//! The reader goes on after a mistake, so that one run tells them all; a tree is handed on only
//! when the text was well-formed. Duplicate keys are reported and kept: the first one counts.

use std::collections::BTreeMap;

use super::token::{self, Flaw};
use super::{MAX_BYTES, MAX_DEPTH, Member, Node, Value};
use crate::code::Code;
use crate::diagnostic::{Problem, Problems};
use crate::source::{FileId, Place, Span};

/// After this many mistakes the text is probably something else than JSON.
const MAX_FLAWS: usize = 20;

/// Reads one file.
pub(crate) fn read(file: FileId, bytes: &[u8], problems: &mut Problems) -> Option<Node> {
    let text = decode(file, bytes, problems)?;
    let mut reader = Reader {
        file,
        text,
        at: 0,
        flaws: 0,
        problems,
    };
    reader.blank();
    let root = reader.value(0);
    reader.blank();
    if reader.flaws == 0 && reader.at < text.len() {
        let span = Span {
            start: reader.at,
            end: text.trim_end().len(),
        };
        reader.flaw(
            Code::TrailingText,
            span,
            "text after the end of the JSON value".to_owned(),
            "a file holds exactly one JSON object; delete the rest",
        );
    }
    (reader.flaws == 0).then_some(root).flatten()
}

/// The file as text, unless it is too large or not UTF-8 without a byte order mark.
fn decode<'a>(file: FileId, bytes: &'a [u8], problems: &mut Problems) -> Option<&'a str> {
    let place = |start, end| Place {
        file,
        span: Span { start, end },
    };
    if bytes.len() > MAX_BYTES {
        problems.report(
            Code::FileTooLarge,
            place(0, 0),
            format!("the file has {} bytes, more than {MAX_BYTES}", bytes.len()),
            "one file describes one API; split it",
        );
        return None;
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        problems.report(
            Code::ByteOrderMark,
            place(0, 3),
            "the file starts with a byte order mark".to_owned(),
            "save it as UTF-8 without a byte order mark",
        );
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let start = error.valid_up_to();
            problems.report(
                Code::NotUtf8,
                place(start, start + error.error_len().unwrap_or(1)),
                "these bytes are not UTF-8".to_owned(),
                "save the file as UTF-8",
            );
            None
        }
    }
}

struct Reader<'t, 'p> {
    file: FileId,
    text: &'t str,
    at: usize,
    flaws: usize,
    problems: &'p mut Problems,
}

impl Reader<'_, '_> {
    /// The value at hand. Nothing when there is none: the reader then stands before what is there.
    fn value(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                self.flaw(
                    Code::TooDeep,
                    Span {
                        start,
                        end: start + 1,
                    },
                    format!("containers nest deeper than {MAX_DEPTH} levels"),
                    "give inner objects a name in `$defs` and refer to them",
                );
                self.skip_value();
                Value::Null
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Value::Text(self.string()),
            _ => self.word()?,
        };
        Some(Node {
            place: self.place(start, self.at),
            value,
        })
    }

    fn object(&mut self, depth: usize) -> Value {
        let start = self.at;
        let mut members: Vec<Member> = Vec::new();
        let mut seen: BTreeMap<String, Place> = BTreeMap::new();
        self.at += 1;
        while self.next_element(start, b'}', members.is_empty()) {
            if self.peek() != Some(b'"') {
                self.unexpected("a key in double quotes");
                self.skip_value();
                continue;
            }
            let key_start = self.at;
            let key = self.string();
            let key_place = self.place(key_start, self.at);
            self.blank();
            if self.peek() == Some(b':') {
                self.at += 1;
                self.blank();
            } else {
                self.unexpected("`:`");
            }
            if let Some(first) = seen.get(&key) {
                let first = *first;
                self.problems.push(
                    Problem::new(
                        Code::DuplicateKey,
                        key_place,
                        format!("the key `{key}` stands twice in one object"),
                        "delete or rename one of them",
                    )
                    .also(first, "first here"),
                );
            } else {
                seen.insert(key.clone(), key_place);
            }
            match self.value(depth + 1) {
                Some(node) => members.push(Member {
                    key,
                    key_place,
                    node,
                }),
                None => self.skip_value(),
            }
        }
        Value::Object(members)
    }

    fn list(&mut self, depth: usize) -> Value {
        let start = self.at;
        let mut elements = Vec::new();
        self.at += 1;
        while self.next_element(start, b']', elements.is_empty()) {
            match self.value(depth + 1) {
                Some(node) => elements.push(node),
                None => self.skip_value(),
            }
        }
        Value::List(elements)
    }

    /// Moves to the next element of the container that opened at `start`; false when it ends here.
    fn next_element(&mut self, start: usize, close: u8, first: bool) -> bool {
        self.blank();
        let before = self.at;
        let comma = self.peek() == Some(b',');
        if comma {
            self.at += 1;
            self.blank();
        }
        match self.peek() {
            None => {
                if self.flaws == 0 {
                    self.flaw(
                        Code::Syntax,
                        Span {
                            start,
                            end: start + 1,
                        },
                        "this is never closed".to_owned(),
                        "add the missing bracket at its end",
                    );
                }
                self.flaws += 1;
                false
            }
            Some(c) if c == close => {
                if comma {
                    self.flaw(
                        Code::Syntax,
                        Span {
                            start: before,
                            end: before + 1,
                        },
                        "a comma before the end".to_owned(),
                        "delete it: JSON has no trailing commas",
                    );
                }
                self.at += 1;
                false
            }
            // The wrong bracket ends this container too; an outer one may be waiting for it.
            Some(b'}' | b']') => {
                self.unexpected(if close == b'}' { "`}`" } else { "`]`" });
                false
            }
            Some(_) if self.flaws >= MAX_FLAWS => {
                self.at = self.text.len();
                false
            }
            Some(_) => {
                if comma == first {
                    let message = if first {
                        "a comma before the first"
                    } else {
                        "a comma is missing before this"
                    };
                    self.flaw(
                        Code::Syntax,
                        Span {
                            start: before,
                            end: before + 1,
                        },
                        message.to_owned(),
                        "JSON has exactly one comma between two elements",
                    );
                }
                true
            }
        }
    }

    fn string(&mut self) -> String {
        let mut flaws = Vec::new();
        let (value, end) = token::string(self.text, self.at, &mut flaws);
        self.at = end;
        for Flaw {
            span,
            message,
            help,
        } in flaws
        {
            self.flaw(Code::Syntax, span, message, help);
        }
        value
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<Value> {
        let word = token::word(self.text, self.at);
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ if token::is_number(word) => Value::Number(word.to_owned()),
            _ => {
                self.unexpected("a JSON value");
                return None;
            }
        };
        self.at += word.len();
        Some(value)
    }

    fn unexpected(&mut self, expected: &str) {
        let start = self.at;
        let word = token::word(self.text, start);
        let rest = self.text.get(start..).unwrap_or_default();
        let found = match (word, rest.chars().next()) {
            ("", None) => "the end of the file".to_owned(),
            ("", Some(c)) if c.is_control() => format!("U+{:04X}", u32::from(c)),
            ("", Some(c)) => format!("`{c}`"),
            (word, _) => format!("`{}`", word.chars().take(40).collect::<String>()),
        };
        let length = if word.is_empty() {
            rest.chars().next().map_or(0, char::len_utf8)
        } else {
            word.len()
        };
        self.flaw(
            Code::Syntax,
            Span {
                start,
                end: start + length,
            },
            format!("expected {expected}, found {found}"),
            "JSON is strings in double quotes, numbers, true, false, null, [...] and {...}",
        );
    }

    fn flaw(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.flaws += 1;
        if self.flaws <= MAX_FLAWS {
            self.problems.report(
                code,
                Place {
                    file: self.file,
                    span,
                },
                message,
                help,
            );
        }
    }

    /// Skips to the comma or bracket that ends the value at hand, without descending into it.
    fn skip_value(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                b'"' => {
                    self.at = token::string(self.text, self.at, &mut Vec::new()).1;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place {
            file: self.file,
            span: Span { start, end },
        }
    }
}
