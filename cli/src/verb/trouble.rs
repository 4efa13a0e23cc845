//! Complaints about what the system, or a database, does not let us do.

use std::error::Error;
use std::fmt::Display;

use crate::language::Said;
use crate::output::Complaint;

/// Something could not be done.
pub(super) fn cannot(en: &str, zh: &str, error: &dyn Error) -> Complaint {
    let causes = causes(error);
    Complaint::usage(Said::new(
        format!("cannot {en}: {causes}"),
        format!("无法{zh}：{causes}"),
    ))
}

/// A file, or standard output, could not be written.
pub(super) fn unwritable(name: impl Display, error: &std::io::Error) -> Complaint {
    cannot(&format!("write {name}"), &format!("写入 {name}"), error)
}

/// An error with what caused it.
pub(super) fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
