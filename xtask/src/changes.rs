//! `schemas/changes/<slug>.toml`: what a change of the schemas means to users, one fragment each.
//!
//! A fragment is drafted from the findings, edited by a person, held against the findings by `check`,
//! and moved into the changelog by `release-notes`.

use std::collections::BTreeMap;
use std::path::Path;

use dockseal_codegen::review::{Bump, Direction, Finding, Review, Wire};

use crate::approvals::{Reason, subject};
use crate::record::{File, Malformed, Record, quoted};

/// From the repository's directory.
pub(crate) const DIRECTORY: &str = "schemas/changes";

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fragment {
    /// From the repository's directory.
    pub(crate) path: String,
    pub(crate) bump: Bump,
    pub(crate) cause: Reason,
    /// Lines for the changelog.
    pub(crate) summary: String,
    /// The findings that it speaks of.
    pub(crate) fingerprints: Vec<String>,
    /// The base does not have it, or has it with other words.
    pub(crate) added: bool,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    /// From the repository's directory.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Whether users have to be told of a finding.
pub(crate) fn is_news(finding: &Finding) -> bool {
    finding.severity > Wire::Docs
}

/// A draft that speaks of every finding but words; none when there are none.
pub(crate) fn draft(review: &Review, cause: Reason) -> Option<Draft> {
    let findings: Vec<&Finding> = review.findings.iter().filter(|f| is_news(f)).collect();
    let first = findings.first()?;
    let bump = findings.iter().map(|finding| finding.bump).max()?;
    let mut text = format!(
        "# Edit the summary: it goes into CHANGELOG.md as it stands.\nbump = {}\ncause = {}\nsummary = \"\"\"\n",
        quoted(bump.text()),
        quoted(cause.text()),
    );
    let mut lines: Vec<String> = Vec::new();
    for line in findings.iter().map(|finding| line(finding)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    for line in lines {
        text.push_str(quoted(&line).trim_matches('"'));
        text.push('\n');
    }
    text.push_str("\"\"\"\nfingerprints = [\n");
    let mut known: Vec<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    for fingerprint in known {
        text.push_str(&format!("  {},\n", quoted(fingerprint)));
    }
    text.push_str("]\n");
    Some(Draft {
        path: format!("{DIRECTORY}/{}.toml", slug(first, &findings)),
        text,
    })
}

/// `- process.Process.upload, request, /num (数量): a text may be shorter than before at most`
fn line(finding: &Finding) -> String {
    let mut place = vec![subject(finding)];
    if finding.direction != Direction::Both {
        place.push(finding.direction.text());
    }
    if !finding.path.is_empty() {
        place.push(&finding.path);
    }
    let term = finding.term.iter().map(|term| format!(" ({term})"));
    let mark = if finding.bump == Bump::Major {
        "**Breaking:** "
    } else {
        ""
    };
    format!(
        "- {mark}{}{}: {}",
        place.join(", "),
        term.collect::<String>(),
        finding.rule.title
    )
}

/// Where all findings are, as narrow as it can be said in one word, and the first fingerprint.
fn slug(first: &Finding, findings: &[&Finding]) -> String {
    let all = |same: fn(&Finding) -> &str| findings.iter().all(|f| same(f) == same(first));
    let scope = if all(|finding| &finding.gateway) && all(subject) {
        subject(first)
    } else if all(|finding| &finding.gateway) {
        &first.gateway
    } else {
        "schemas"
    };
    let letters = scope.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '-',
    });
    format!("{}-{}", letters.collect::<String>(), first.fingerprint)
}

/// The fragments of the head, in order of their paths. Both sides are files by their paths below
/// the directory.
pub(crate) fn read(
    base: &BTreeMap<String, Vec<u8>>,
    head: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<Fragment>, Malformed> {
    let mut fragments = Vec::new();
    for (name, bytes) in head {
        if matches!(name.as_str(), "README.md" | ".gitkeep") {
            continue;
        }
        let shown = format!("{DIRECTORY}/{name}");
        let is_toml = Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "toml");
        if name.contains('/') || !is_toml {
            return Err(Malformed {
                path: shown,
                line: 1,
                message: "no fragment".to_owned(),
                help: format!("a fragment is {DIRECTORY}/<name>.toml; move the file or delete it"),
            });
        }
        fragments.push(Fragment {
            added: base.get(name) != Some(bytes),
            ..parse(&shown, bytes)?
        });
    }
    Ok(fragments)
}

/// A fragment's text, strictly.
fn parse(path: &str, bytes: &[u8]) -> Result<Fragment, Malformed> {
    const KEYS: &[&str] = &["bump", "cause", "summary", "fingerprints"];
    const FORM: &str = "a fragment is drafted by: cargo xtask diff --write-changelog";
    let file = File::new(path, bytes)?;
    let root = file.parse()?;
    let record = Record::open(file, 1, &root, KEYS, FORM)?;
    let bump = record.text("bump")?;
    let known = [Bump::None, Bump::Patch, Bump::Minor, Bump::Major];
    let found = known.into_iter().find(|known| known.text() == bump.value);
    Ok(Fragment {
        path: path.to_owned(),
        bump: found.ok_or_else(|| {
            let message = format!("there is no bump `{}`", bump.value);
            file.wrong(bump.line, message, "choose of none, patch, minor, major")
        })?,
        cause: Reason::read(&record, "cause")?,
        summary: record.text("summary")?.value.trim().to_owned(),
        fingerprints: record.fingerprints("fingerprints")?,
        added: true,
    })
}
