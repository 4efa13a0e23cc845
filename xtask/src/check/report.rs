//! What `check` says: its steps in order, each with its outcome, for people and for programs.

use dockseal_codegen::Diagnostic;
use serde_json::json;

use crate::generate::count;
use crate::record::Malformed;

/// Everything that was looked at.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) steps: Vec<Step>,
}

/// One thing that was looked at.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) problems: Vec<Problem>,
    /// What a reviewer should see although nothing is wrong with it.
    pub(crate) notes: Vec<String>,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing that fails, and what is worth saying about it.
    Passed(String),
    /// Some of the problems fail.
    Failed,
    /// It was not looked at, for that reason.
    Skipped(String),
    /// It cannot be looked at before the problem is mended.
    Unjudged,
}

/// Something that is wrong, or may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problem {
    /// `approval-unused`; empty where an independent validator speaks.
    pub(crate) id: String,
    /// From the repository's directory; empty for no file.
    pub(crate) path: String,
    /// From 1; 0 for the whole file.
    pub(crate) line: usize,
    /// From 1; 0 for the whole line.
    pub(crate) column: usize,
    /// JSON Pointer, where the file is JSON.
    pub(crate) pointer: String,
    pub(crate) message: String,
    /// The remedy.
    pub(crate) help: String,
    /// It fails nothing.
    pub(crate) warning: bool,
    /// The whole of it in its own form, where it has one: with an excerpt.
    excerpt: Option<String>,
    /// The same for programs.
    json: Option<String>,
}

impl Report {
    /// 0 nothing found, 1 findings, 2 something could not be judged; what was skipped counts as that
    /// when everything has to be.
    pub(crate) fn code(&self, strict: bool) -> u8 {
        let any = |is: fn(&Outcome) -> bool| self.steps.iter().any(|step| is(&step.outcome));
        if any(|outcome| *outcome == Outcome::Unjudged) {
            2
        } else if any(|outcome| *outcome == Outcome::Failed) {
            1
        } else if strict && any(|outcome| matches!(outcome, Outcome::Skipped(_))) {
            2
        } else {
            0
        }
    }

    /// Problems that fail.
    pub(crate) fn failures(&self) -> usize {
        let problems = self.steps.iter().flat_map(|step| &step.problems);
        problems.filter(|problem| !problem.warning).count()
    }
}

impl Step {
    /// It was looked at, and this is what was found.
    pub(crate) fn judged(name: &'static str, problems: Vec<Problem>, detail: String) -> Self {
        let fails = problems.iter().any(|problem| !problem.warning);
        Self {
            name,
            outcome: if fails {
                Outcome::Failed
            } else {
                Outcome::Passed(detail)
            },
            problems,
            notes: Vec::new(),
        }
    }

    pub(crate) fn skipped(name: &'static str, reason: impl Into<String>) -> Self {
        Self {
            name,
            outcome: Outcome::Skipped(reason.into()),
            problems: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn unjudged(name: &'static str, problem: Problem) -> Self {
        Self {
            name,
            outcome: Outcome::Unjudged,
            problems: vec![problem],
            notes: Vec::new(),
        }
    }

    pub(crate) fn with_notes(mut self, notes: Vec<String>) -> Self {
        self.notes = notes;
        self
    }

    /// `drift: passed`, and the notes below it.
    pub(crate) fn text(&self) -> String {
        let outcome = match &self.outcome {
            Outcome::Passed(detail) if detail.is_empty() => "passed".to_owned(),
            Outcome::Passed(detail) => format!("passed: {detail}"),
            Outcome::Failed => {
                let fails = self.problems.iter().filter(|problem| !problem.warning);
                count(fails.count(), "finding")
            }
            Outcome::Skipped(reason) => format!("skipped: {reason}"),
            Outcome::Unjudged => "could not be judged".to_owned(),
        };
        let notes = self.notes.iter().map(|note| format!("\n  note: {note}"));
        format!("{}: {outcome}{}", self.name, notes.collect::<String>())
    }
}

impl Problem {
    pub(crate) fn new(id: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            id: id.to_owned(),
            message: message.into(),
            help: help.into(),
            ..Self::default()
        }
    }

    /// In a file, on a line from 1; 0 for the whole file.
    pub(crate) fn at(mut self, path: impl Into<String>, line: usize) -> Self {
        self.path = path.into();
        self.line = line;
        self
    }

    /// At a JSON Pointer of that file.
    pub(crate) fn pointing(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// It only warns.
    pub(crate) fn warns(mut self, warning: bool) -> Self {
        self.warning = warning;
        self
    }

    pub(crate) fn malformed(id: &str, error: Malformed) -> Self {
        Self::new(id, error.message, error.help).at(error.path, error.line)
    }

    pub(crate) fn diagnostic(diagnostic: &Diagnostic) -> Self {
        Self {
            id: diagnostic.code.as_str().to_owned(),
            path: format!("schemas/{}", diagnostic.path),
            line: diagnostic.line,
            column: diagnostic.column,
            pointer: diagnostic.pointer.clone(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            warning: false,
            excerpt: Some(diagnostic.to_string()),
            json: Some(diagnostic.to_json()),
        }
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        if let Some(excerpt) = &self.excerpt {
            return excerpt.clone();
        }
        let level = if self.warning { "warning" } else { "error" };
        let mut text = match self.id.as_str() {
            "" => format!("{level}: {}", self.message),
            id => format!("{level}[{id}]: {}", self.message),
        };
        if !self.path.is_empty() {
            text.push_str(&format!("\n --> {}", self.path));
            for number in [self.line, self.column].into_iter().filter(|n| *n > 0) {
                text.push_str(&format!(":{number}"));
            }
        }
        if !self.pointer.is_empty() {
            text.push_str(&format!("\n  pointer: {}", self.pointer));
        }
        if !self.help.is_empty() {
            text.push_str(&format!("\n  help: {}", self.help));
        }
        text
    }

    /// For programs, on one line.
    pub(crate) fn json(&self) -> String {
        let known = |number: usize| (number > 0).then_some(number);
        self.json.clone().unwrap_or_else(|| {
            json!({
                "code": self.id,
                "path": self.path,
                "line": known(self.line),
                "column": known(self.column),
                "pointer": self.pointer,
                "message": self.message,
                "help": self.help,
                "warning": self.warning,
            })
            .to_string()
        })
    }
}
