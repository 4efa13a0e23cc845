//! TOML files that people edit beside the schemas: read strictly, with the line of what is wrong.

use std::fmt;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong with a file, and what helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// From the repository's directory.
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Malformed {
            path,
            line,
            message,
            help,
        } = self;
        write!(f, "{message}\n --> {path}:{line}\n  help: {help}")
    }
}

/// A file's text under its name.
#[derive(Clone, Copy)]
pub(crate) struct File<'t> {
    pub(crate) path: &'t str,
    pub(crate) text: &'t str,
}

/// A value with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lined<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

impl<'t> File<'t> {
    /// The bytes as text.
    pub(crate) fn new(path: &'t str, bytes: &'t [u8]) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = line_at(bytes, error.valid_up_to());
            let message = "not UTF-8 text".to_owned();
            let help = "save the file as UTF-8".to_owned();
            let path = path.to_owned();
            Malformed {
                path,
                line,
                message,
                help,
            }
        })?;
        Ok(Self { path, text })
    }

    pub(crate) fn parse(self) -> Result<DeTable<'t>, Malformed> {
        let table = DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = format!("not TOML: {}", error.message());
            self.wrong(
                self.line(at),
                message,
                "mend the line; a text stands in quotes, a date does not",
            )
        })?;
        Ok(table.into_inner())
    }

    pub(crate) fn wrong(
        self,
        line: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Malformed {
        Malformed {
            path: self.path.to_owned(),
            line,
            message: message.into(),
            help: help.into(),
        }
    }

    pub(crate) fn line(self, at: usize) -> usize {
        line_at(self.text.as_bytes(), at)
    }
}

/// The line of a byte, from 1.
pub(crate) fn line_at(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at).unwrap_or(bytes);
    before.split(|byte| *byte == b'\n').count()
}

/// A table whose keys are known.
pub(crate) struct Record<'r, 't> {
    pub(crate) file: File<'t>,
    /// Where it begins.
    pub(crate) line: usize,
    /// What to write, for the help of whatever is missing.
    form: &'static str,
    table: &'r DeTable<'t>,
}

impl<'r, 't> Record<'r, 't> {
    /// Refuses keys that are not `known`.
    pub(crate) fn open(
        file: File<'t>,
        line: usize,
        table: &'r DeTable<'t>,
        known: &[&str],
        form: &'static str,
    ) -> Result<Self, Malformed> {
        let strange = table
            .keys()
            .find(|key| !known.iter().any(|known| key.get_ref() == known));
        if let Some(key) = strange {
            let message = format!("there is no key `{}` here", key.get_ref());
            let help = format!("the keys are {}", known.join(", "));
            return Err(file.wrong(file.line(key.span().start), message, help));
        }
        Ok(Self {
            file,
            line,
            form,
            table,
        })
    }

    /// The tables of a list, `[[key]]`; none when there is no such list.
    pub(crate) fn records(
        &self,
        key: &str,
        known: &[&str],
    ) -> Result<Vec<Record<'r, 't>>, Malformed> {
        let Some(list) = self.table.get(key) else {
            return Ok(Vec::new());
        };
        let wrong = |value| {
            let message = format!("`{key}` is no list of tables");
            let help = format!("begin each entry with a line `[[{key}]]`");
            self.file.wrong(self.line_of(value), message, help)
        };
        let DeValue::Array(elements) = list.get_ref() else {
            return Err(wrong(list));
        };
        let records = elements.iter().map(|element| match element.get_ref() {
            DeValue::Table(table) => {
                Record::open(self.file, self.line_of(element), table, known, self.form)
            }
            _ => Err(wrong(element)),
        });
        records.collect()
    }

    /// A text that has to be there and to say something.
    pub(crate) fn text(&self, key: &str) -> Result<Lined<String>, Malformed> {
        let value = self.need(key)?;
        let line = self.line_of(value);
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(Lined {
                value: text.to_string(),
                line,
            }),
            DeValue::String(_) => Err(self.wrong(line, format!("`{key}` is empty"))),
            _ => Err(self.wrong(line, format!("`{key}` is no text"))),
        }
    }

    /// A fingerprint of a finding.
    pub(crate) fn fingerprint(&self, key: &str) -> Result<String, Malformed> {
        let text = self.text(key)?;
        self.checked(text)
    }

    /// Fingerprints; there may be none of them.
    pub(crate) fn fingerprints(&self, key: &str) -> Result<Vec<String>, Malformed> {
        let texts = self.texts(key)?.into_iter();
        texts.map(|text| self.checked(text)).collect()
    }

    fn checked(&self, text: Lined<String>) -> Result<String, Malformed> {
        let digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.value.len() == 12 && text.value.bytes().all(digit) {
            return Ok(text.value);
        }
        let message = format!("`{}` is no fingerprint", text.value);
        let help = "a fingerprint is 12 digits of 0-9 and a-f; see them with: cargo xtask diff";
        Err(self.file.wrong(text.line, message, help))
    }

    /// Texts that have to be there; there may be none of them.
    fn texts(&self, key: &str) -> Result<Vec<Lined<String>>, Malformed> {
        let value = self.need(key)?;
        let DeValue::Array(elements) = value.get_ref() else {
            return Err(self.wrong(self.line_of(value), format!("`{key}` is no list")));
        };
        let texts = elements.iter().map(|element| {
            let line = self.line_of(element);
            match element.get_ref() {
                DeValue::String(text) => Ok(Lined {
                    value: text.to_string(),
                    line,
                }),
                _ => Err(self.wrong(line, format!("`{key}` holds something that is no text"))),
            }
        });
        texts.collect()
    }

    /// A day, if there is one.
    pub(crate) fn day(&self, key: &str) -> Result<Option<Date>, Malformed> {
        let Some(value) = self.table.get(key) else {
            return Ok(None);
        };
        let day = match value.get_ref() {
            DeValue::Datetime(day) => day.to_string().parse().ok(),
            _ => None,
        };
        // A date of jiff's may have a time, which a day has not.
        day.filter(|day: &Date| self.written(value) == day.to_string())
            .map(Some)
            .ok_or_else(|| {
                let message = format!("`{key}` is no day");
                let help = format!("write `{key} = 2027-03-01`, without quotes");
                self.file.wrong(self.line_of(value), message, help)
            })
    }

    /// Something is wrong with this record.
    pub(crate) fn wrong(&self, line: usize, message: impl Into<String>) -> Malformed {
        self.file.wrong(line, message, self.form)
    }

    fn need(&self, key: &str) -> Result<&'r Spanned<DeValue<'t>>, Malformed> {
        self.table
            .get(key)
            .ok_or_else(|| self.wrong(self.line, format!("`{key}` is missing")))
    }

    fn line_of(&self, value: &Spanned<DeValue<'t>>) -> usize {
        self.file.line(value.span().start)
    }

    fn written(&self, value: &Spanned<DeValue<'t>>) -> &str {
        self.file.text.get(value.span()).unwrap_or_default()
    }
}

/// A text as TOML writes it, on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use super::*;

    #[test]
    fn any_text_comes_back_from_its_quotes() {
        for text in [
            "",
            "备注 \"40\" \\ 50",
            "two\nlines\tand \u{7f}\u{1}\r",
            "'\"\"\"",
        ] {
            let file = format!("key = {}\n", quoted(text));
            assert_eq!(file.lines().count(), 1, "{file}");
            let table = DeTable::parse(&file).unwrap().into_inner();
            let value = table.get("key").unwrap().get_ref();
            assert!(
                matches!(value, DeValue::String(read) if read == text),
                "{file}"
            );
        }
    }
}
