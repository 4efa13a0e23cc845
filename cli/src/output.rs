//! What a verb hands back, and how it is put before the user: text or JSON, colour only on a
//! terminal, silence when the reader of a pipe has gone.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use crate::exit::Exit;
use crate::language::{Language, Said};

/// Labels and headings.
pub const LABEL: Style = Style::new().bold();
/// What is as it should be.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is not.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What may be wrong.
pub const DOUBT: Style = AnsiColor::Yellow.on_default().bold();

/// What a verb found out.
#[derive(Debug)]
pub struct Answer {
    /// The exit code.
    pub exit: Exit,
    /// For people, in their language.
    pub text: String,
    /// For programs.
    pub json: serde_json::Value,
    /// Shown beside the answer, on standard error.
    pub warnings: Vec<String>,
}

impl Answer {
    /// Nothing more to say.
    #[must_use]
    pub fn silence() -> Answer {
        Answer::new(Exit::Ok, "", &serde_json::Value::Null)
    }

    /// An answer in both forms.
    pub fn new(exit: Exit, text: impl Into<String>, json: &impl Serialize) -> Answer {
        // Derived types of texts, numbers and lists cannot fail.
        let json = serde_json::to_value(json).unwrap_or_default();
        Answer {
            exit,
            text: text.into(),
            json,
            warnings: Vec::new(),
        }
    }

    /// The same with warnings.
    #[must_use]
    pub fn with_warnings(mut self, warnings: Vec<String>) -> Answer {
        self.warnings = warnings;
        self
    }
}

/// Why a verb could not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The exit code.
    pub exit: Exit,
    /// What is wrong.
    pub what: Box<Said>,
    /// One thing to do about it.
    pub help: Option<Box<Said>>,
    /// Shown before it, on standard error.
    pub warnings: Vec<Said>,
}

impl Complaint {
    /// The command line or a file is wrong.
    #[must_use]
    pub fn usage(what: Said) -> Complaint {
        Complaint {
            exit: Exit::Usage,
            what: what.into(),
            help: None,
            warnings: Vec::new(),
        }
    }

    /// The same with one thing to do about it.
    #[must_use]
    pub fn with_help(mut self, help: Said) -> Complaint {
        self.help = Some(help.into());
        self
    }

    /// The same with warnings.
    #[must_use]
    pub fn with_warnings(mut self, warnings: Vec<Said>) -> Complaint {
        self.warnings = warnings;
        self
    }
}

/// Puts the end of a verb before the user and returns the exit code.
pub fn show(end: Result<Answer, Complaint>, language: Language, json: bool) -> Exit {
    match end {
        Ok(answer) => {
            answer
                .warnings
                .iter()
                .for_each(|warning| warn(warning, language));
            let text = if json && answer.json.is_null() {
                String::new()
            } else if json {
                format!("{:#}\n", answer.json)
            } else {
                answer.text
            };
            say(anstream::stdout().lock(), &text);
            answer.exit
        }
        Err(complaint) => {
            let warnings = complaint.warnings.iter();
            warnings.for_each(|warning| warn(warning.text(language), language));
            complain(&complaint, language, json);
            complaint.exit
        }
    }
}

/// A line of a verb that goes on.
pub fn line(text: &str) {
    say(anstream::stdout().lock(), &format!("{text}\n"));
}

/// A line of the log of a verb that goes on.
pub fn log(text: &str) {
    say(anstream::stderr().lock(), &format!("{text}\n"));
}

fn warn(warning: &str, language: Language) {
    let word = language.pick("warning", "注意");
    say(
        anstream::stderr().lock(),
        &format!("{DOUBT}{word}{DOUBT:#}: {warning}\n"),
    );
}

fn complain(complaint: &Complaint, language: Language, json: bool) {
    let what = complaint.what.text(language);
    let help = complaint.help.as_ref().map(|help| help.text(language));
    if json {
        let json = serde_json::json!({ "error": what, "help": help, "exit": complaint.exit });
        return say(anstream::stdout().lock(), &format!("{json:#}\n"));
    }
    let (error, then) = language.pick(("error", "help"), ("错误", "建议"));
    let mut text = format!("{BAD}{error}{BAD:#}: {what}\n");
    if let Some(help) = help {
        let _ = writeln!(text, "{LABEL}{then}{LABEL:#}: {help}");
    }
    say(anstream::stderr().lock(), &text);
}

/// Writes a text; a reader that has gone is no error, and nobody is left to tell of another one.
fn say(mut to: impl Write, text: &str) {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        Ok(()) | Err(_) => {}
    }
}

/// Lines with a bold label each, the texts one below the other.
#[must_use]
pub fn labelled(rows: &[(&str, String)]) -> String {
    let width = rows
        .iter()
        .map(|(label, _)| label.width())
        .max()
        .unwrap_or_default();
    let mut out = String::new();
    for (label, text) in rows {
        let gap = " ".repeat(width - label.width() + 2);
        let below = format!("\n{}", " ".repeat(width + 2));
        let _ = writeln!(
            out,
            "{LABEL}{label}{LABEL:#}{gap}{}",
            text.replace('\n', &below)
        );
    }
    out
}

/// A table with a bold heading; columns are as wide as their widest cell on the screen.
#[must_use]
pub fn table<const N: usize>(heading: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = heading.map(str::width);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |cells: [&str; N]| {
        let mut line = String::new();
        for (cell, width) in cells.into_iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        line.trim_end().to_owned()
    };
    let mut out = format!("{LABEL}{}{LABEL:#}\n", line(heading));
    for row in rows {
        out.push_str(&line(row.each_ref().map(String::as_str)));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn chinese_cells_take_two_columns_a_character() {
        let rows = [
            ["ab".to_owned(), "1".to_owned()],
            ["仓库".to_owned(), "2".to_owned()],
        ];
        let text = anstream::adapter::strip_str(&table(["x", "y"], &rows)).to_string();
        assert_eq!(text, "x     y\nab    1\n仓库  2\n");
    }
}
