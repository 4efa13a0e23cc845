//! Words that the reports for people share.

use dockseal_codegen::review::{Answer, Direction, Example, Finding, Flow, Item, Review, Wire};

/// Whose message it is, in one letter.
pub(crate) fn arrow(flow: Option<Flow>) -> &'static str {
    match flow {
        Some(Flow::Sent) => "→",
        Some(Flow::Received) => "←",
        None => "·",
    }
}

/// The message: `request, which we send`.
pub(crate) fn message(direction: Direction, flow: Option<Flow>) -> String {
    let half = match direction {
        Direction::Request => "request",
        Direction::Reply => "reply",
        Direction::Both => "settings",
    };
    match flow {
        Some(Flow::Sent) => format!("{half}, which we send"),
        Some(Flow::Received) => format!("{half}, which we receive"),
        None => half.to_owned(),
    }
}

/// The API of a finding, or its gateway: `wangdian-flagship process.Process.upload`.
pub(crate) fn subject(finding: &Finding) -> String {
    match &finding.api {
        Some(api) => clean(&format!("{} {api}", finding.gateway)),
        None => clean(&format!("{} (settings)", finding.gateway)),
    }
}

/// Where in the message; for settings, where in the file.
pub(crate) fn field(finding: &Finding) -> String {
    let place = if !finding.path.is_empty() {
        &finding.path
    } else if finding.flow.is_some() || finding.location.pointer.is_empty() {
        return "the whole".to_owned();
    } else {
        &finding.location.pointer
    };
    clean(place)
}

/// A value of a schema before or after.
pub(crate) fn value(value: Option<&String>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| shortened(value))
}

/// Text from a schema on one line, cut where it is long.
pub(crate) fn shortened(text: &str) -> String {
    cut(text, 160)
}

/// The same for a cell of a table, which has to be narrow.
pub(crate) fn narrow(text: &str) -> String {
    cut(text, 80)
}

/// Cut in the middle: both ends tell most.
fn cut(text: &str, most: usize) -> String {
    let text = clean(text);
    let letters = text.chars().count();
    if letters <= most {
        return text;
    }
    let end = most / 4;
    let start: String = text.chars().take(most - end - 3).collect();
    let end: String = text.chars().skip(letters - end).collect();
    format!("{start} … {end}")
}

/// What was lost, or gained where the other side writes.
pub(crate) fn lost(finding: &Finding) -> Option<(&'static str, String)> {
    let name = match finding.flow {
        Some(Flow::Received) => "gained",
        _ => "lost",
    };
    let lost = finding.lost.as_ref()?;
    Some((name, shortened(lost)))
}

/// `was valid and no longer is`
pub(crate) fn told(example: &Example) -> &'static str {
    if example.was_valid {
        "was valid and no longer is"
    } else {
        "was not valid and is now"
    }
}

/// What the algebra of sets adds; nothing where it agrees with the rule.
pub(crate) fn doubt(finding: &Finding) -> Option<&'static str> {
    let alone = finding
        .flow
        .map_or(finding.wire, |flow| finding.rule.wire(flow, true));
    if finding.undecided {
        return Some("undecided: neither the rules nor the algebra of sets can tell");
    }
    match finding.algebra {
        Some(Answer::Yes) if alone > finding.wire => {
            Some("the rule alone says breaking; the algebra of sets proves that nothing was lost")
        }
        Some(Answer::Unknown) if finding.wire >= Wire::Risky => {
            Some("the rule says so; the algebra of sets cannot tell")
        }
        _ => None,
    }
}

/// All that a person has to know of a finding, in a few lines.
pub(crate) fn told_whole(finding: &Finding) -> String {
    let mut lines = vec![
        format!(
            "{}, {}, {}: {} {}",
            subject(finding),
            message(finding.direction, finding.flow),
            field(finding),
            finding.rule.title,
            finding.rule.title_zh
        ),
        format!(
            "{} -> {}",
            value(finding.old.as_ref()),
            value(finding.new.as_ref())
        ),
        format!(
            "wire: {}; Rust: {}; bump: {}",
            finding.wire.text(),
            finding.rust.text(),
            finding.bump.text()
        ),
    ];
    lines.extend(doubt(finding).map(str::to_owned));
    lines.extend(lost(finding).map(|(name, lost)| format!("{name}: {lost}")));
    lines.extend(
        finding
            .example
            .iter()
            .map(|example| format!("example: {} {}", shortened(&example.value), told(example))),
    );
    lines.extend(
        finding
            .source
            .iter()
            .map(|source| clean(&format!("row {} of {}", source.row, source.document))),
    );
    lines.push(format!("fingerprint: {}", finding.fingerprint));
    lines.join("\n")
}

/// Parts of the bindings' interface that the findings touch, each once.
pub(crate) fn items(review: &Review) -> Vec<&Item> {
    let mut items: Vec<_> = review.findings.iter().flat_map(|f| &f.items).collect();
    items.sort();
    items.dedup();
    items
}

/// Text from a schema, unable to forge lines or move the cursor.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() || is_invisible(letter) {
            cleaned.extend(letter.escape_unicode());
        } else {
            cleaned.push(letter);
        }
    }
    cleaned
}

/// Characters that reorder or end lines, or show nothing.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// `1 finding`, `2 findings`.
pub(crate) use crate::generate::count;
