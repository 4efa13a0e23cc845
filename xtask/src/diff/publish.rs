//! Reports go where they were asked for, and the exit code says what they amount to.

use std::path::Path;
use std::process::ExitCode;

use dockseal_codegen::review::Review;

use super::frame::Frame;
use super::options::{Format, Kind, Output};
use super::{github, json, junit, markdown, sarif, text};

/// Writes every report that was asked for.
///
/// 0: nothing fails. 1: something does. 2: nothing does, but not everything was looked at, and that
/// was demanded.
pub(crate) fn publish(review: &Review, frame: &Frame, output: &Output) -> Result<ExitCode, String> {
    write(review, frame, output)?;
    if frame.failures(review) > 0 {
        return Ok(ExitCode::FAILURE);
    }
    if output.strict && !frame.skipped.is_empty() {
        anstream::eprintln!(
            "error: not everything was looked at, which --strict demands\n  skipped: {}",
            frame.skipped.join("\n  skipped: ")
        );
        return Ok(ExitCode::from(2));
    }
    Ok(ExitCode::SUCCESS)
}

/// The reports alone.
pub(crate) fn write(review: &Review, frame: &Frame, output: &Output) -> Result<(), String> {
    for format in output.formats()? {
        put(&format, &render(format.kind, review, frame))?;
    }
    Ok(())
}

/// Says in the reports that people read that there is nothing to read. The others are not written:
/// an empty one would pass for a good one.
pub(crate) fn unjudged(error: &str, output: &Output) {
    for format in &output.formats {
        let text = match format.kind {
            Kind::Markdown => markdown::unjudged(error),
            Kind::Github => github::unjudged(error),
            Kind::Junit => junit::unjudged(error),
            Kind::Text | Kind::Json | Kind::Sarif => continue,
        };
        if let Err(error) = put(format, &text) {
            anstream::eprintln!("error: {error}");
        }
    }
}

pub(super) fn render(kind: Kind, review: &Review, frame: &Frame) -> String {
    match kind {
        Kind::Text => text::render(review, frame),
        Kind::Markdown => markdown::render(review, frame),
        Kind::Json => json::render(review, frame),
        Kind::Sarif => sarif::render(review, frame),
        Kind::Junit => junit::render(review, frame),
        Kind::Github => github::render(review, frame),
    }
}

fn put(format: &Format, text: &str) -> Result<(), String> {
    let Some(file) = &format.file else {
        anstream::print!("{text}");
        return Ok(());
    };
    let text = match format.kind {
        Kind::Text => anstream::adapter::strip_str(text).to_string(),
        _ => text.to_owned(),
    };
    let failed = |path: &Path, error| format!("cannot write {}: {error}", path.display());
    if let Some(directory) = file.parent() {
        std::fs::create_dir_all(directory).map_err(|error| failed(directory, error))?;
    }
    std::fs::write(file, text).map_err(|error| failed(file, error))
}
