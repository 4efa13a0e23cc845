//! For a comment on a pull request: the verdict first, what matters in tables, the rest folded.
//!
//! Everything from a schema is text in `<code>`, all its punctuation as entities, so that nothing in
//! it is a table, a link, a mention or a tag.

use std::collections::BTreeMap;

use dockseal_codegen::review::{Bump, Finding, Item, Review, Wire};

use super::frame::Frame;
use super::words::{arrow, clean, count, doubt, field, items, lost, narrow, subject, told};

/// By it a later run finds its own comment.
pub(crate) const MARK: &str = "<!-- dockseal-schema-review -->";

/// By it the comment's workflow knows that nobody has to read the page.
pub(crate) const QUIET: &str = "<!-- quiet -->";

/// Letters of a whole comment; GitHub takes 65,536.
const MOST: usize = 60_000;

const HEAD: &str =
    "| | field | change | old → new | wire | Rust | row |\n|---|---|---|---|---|---|---|\n";

/// The comment.
pub(crate) fn render(review: &Review, frame: &Frame) -> String {
    let mut page = Page::default();
    let quiet = if frame.is_quiet(review) {
        format!("{QUIET}\n")
    } else {
        String::new()
    };
    page.say(&format!(
        "{MARK}\n{quiet}**{}**\n\n",
        escaped(&frame.verdict(review))
    ));
    page.say(&format!(
        "base {}, head {}; → we send, ← we receive\n\n",
        code(&frame.base),
        code(&frame.head)
    ));
    let lines = frame.skipped.iter().map(|skipped| ("skipped", skipped));
    let lines = lines.chain(frame.notes.iter().map(|note| ("note", note)));
    page.block(
        "",
        lines.map(|(name, text)| format!("- {name}: {}\n", escaped(text))),
        "\n",
    );
    page.block(
        "| gate | problem | place |\n|---|---|---|\n",
        frame.problems.iter().map(|problem| {
            let place = problem.place();
            let place = place.map(|place| code(&format!("{}:{}", place.path, place.line)));
            let help = match problem.help.as_str() {
                "" => String::new(),
                help => format!("<br>{}", escaped(help)),
            };
            format!(
                "| {} {} | {}{help} | {} |\n",
                if problem.fails { "fails" } else { "warns" },
                code(&problem.id),
                escaped(&problem.message),
                place.unwrap_or_default()
            )
        }),
        "\n",
    );
    for (about, findings) in by_subject(review, |severity| severity >= Wire::Risky) {
        page.block(
            &format!("#### {}\n\n{HEAD}", escaped(&about)),
            findings.iter().map(|finding| row(finding, frame)),
            "\n",
        );
    }
    for (severity, name) in [(Wire::Compatible, "compatible"), (Wire::Docs, "only words")] {
        let total = review.count(severity);
        let tables = by_subject(review, |found| found == severity);
        page.folded(&format!("{total} {name}"), tables.len(), |page| {
            for (about, findings) in &tables {
                page.block(
                    &format!("#### {}\n\n{HEAD}", escaped(about)),
                    findings.iter().map(|finding| row(finding, frame)),
                    "\n",
                );
            }
        });
    }
    footprint(&mut page, review);
    page.end()
}

/// What stands in place of a comment when nothing could be judged.
pub(crate) fn unjudged(error: &str) -> String {
    let mut page = Page::default();
    page.say(&format!("{MARK}\n**The schemas could not be judged.**\n\n"));
    let error = anstream::adapter::strip_str(error).to_string();
    page.block(
        "<pre>\n",
        error.lines().map(|line| format!("{}\n", escaped(line))),
        "</pre>\n",
    );
    page.end()
}

/// Findings of some severity under the API that they are about, in the review's order.
fn by_subject(review: &Review, wanted: impl Fn(Wire) -> bool) -> Vec<(String, Vec<&Finding>)> {
    let mut groups: Vec<(String, Vec<&Finding>)> = Vec::new();
    for finding in review.findings.iter().filter(|f| wanted(f.severity)) {
        let about = subject(finding);
        match groups.last_mut() {
            Some((last, findings)) if *last == about => findings.push(finding),
            _ => groups.push((about, vec![finding])),
        }
    }
    groups
}

fn row(finding: &Finding, frame: &Frame) -> String {
    let term = finding
        .term
        .as_ref()
        .map(|term| format!("<br>{}", escaped(term)));
    let mut change = vec![format!(
        "{}<br>{}",
        escaped(finding.rule.title),
        escaped(finding.rule.title_zh)
    )];
    if let Some(doubt) = doubt(finding) {
        change.push(format!("<b>{}</b>", escaped(doubt)));
    }
    if let Some((name, lost)) = lost(finding) {
        change.push(format!("{name}: {}", escaped(&lost)));
    }
    if let Some(example) = &finding.example {
        change.push(format!(
            "{} {}",
            code(&narrow(&example.value)),
            told(example)
        ));
    }
    if !finding.affects.is_empty() {
        change.push(format!("affects {}", escaped(&finding.affects.join(", "))));
    }
    if let Some(approval) = frame.approval(finding) {
        change.push(format!("<b>approved</b>: {}", escaped(approval)));
    }
    change.push(format!(
        "<sub>{} {}</sub>",
        code(finding.rule.id),
        code(&finding.fingerprint)
    ));
    format!(
        "| {} | {}{} | {} | {} → {} | {} | {} | {} |\n",
        arrow(finding.flow),
        code(&field(finding)),
        term.unwrap_or_default(),
        change.join("<br>"),
        value(finding.old.as_ref()),
        value(finding.new.as_ref()),
        strong(finding.wire >= Wire::Breaking, finding.wire.text()),
        strong(finding.rust.bump() == Bump::Major, finding.rust.text()),
        source(finding, frame)
    )
}

fn strong(is_strong: bool, text: &str) -> String {
    if is_strong {
        format!("**{text}**")
    } else {
        text.to_owned()
    }
}

fn value(text: Option<&String>) -> String {
    text.map_or_else(|| "nothing".to_owned(), |text| code(&narrow(text)))
}

/// The row, as a link to its document where the lock has an address.
fn source(finding: &Finding, frame: &Frame) -> String {
    let Some(source) = &finding.source else {
        return String::new();
    };
    let row = code(&source.row);
    match frame.documents.get(&source.document) {
        Some(address) if address.starts_with("https://") => {
            format!("<a href=\"{}\">{row}</a>", escaped(address))
        }
        _ => row,
    }
}

/// What became of the generated code.
fn footprint(page: &mut Page, review: &Review) {
    let items = items(review);
    if items.is_empty() && review.generated.is_empty() {
        return;
    }
    let mut kinds: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items {
        let kind = match (&item.old, &item.new) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        kinds.entry(kind).or_default().push(item);
    }
    let mut summary = vec![count(review.generated.len(), "generated file")];
    summary.extend(
        kinds
            .iter()
            .map(|(kind, items)| format!("{} {kind}", count(items.len(), "public item"))),
    );
    page.folded(&summary.join(", "), 1, |page| {
        page.block(
            "",
            review
                .generated
                .iter()
                .map(|file| format!("- {}\n", code(file))),
            "\n",
        );
        page.block(
            "| | item | before | now |\n|---|---|---|---|\n",
            kinds.iter().flat_map(|(kind, items)| {
                items.iter().map(move |item| {
                    format!(
                        "| {kind} | {} | {} | {} |\n",
                        code(&item.name),
                        item.old.as_ref().map_or_else(String::new, |old| code(old)),
                        item.new.as_ref().map_or_else(String::new, |new| code(new))
                    )
                })
            }),
            "\n",
        );
    });
}

/// Text in a fixed-width font.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escaped(text))
}

/// Text that is nothing but text, in a table of Markdown too.
fn escaped(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '.' if out.ends_with("www") => out.push_str("&#46;"),
            ':' if letters.peek() != Some(&'/') => out.push(':'),
            '&' | '<' | '>' | '"' | '\'' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '\\' | '#'
            | '@' | ':' | '$' | '!' | '^' => {
                out.push_str(&format!("&#{};", u32::from(letter)));
            }
            _ => out.push(letter),
        }
    }
    out
}

/// The comment as it grows, never beyond its limit and with every tag closed.
#[derive(Default)]
struct Page {
    text: String,
    letters: usize,
    /// What has to follow to close open tags.
    owed: usize,
    /// A row found no room: none after it is let in, so that what is there is without gaps.
    is_full: bool,
    /// Rows that were left out.
    dropped: usize,
}

impl Page {
    /// Room that the last line needs.
    const FAREWELL: usize = 200;

    fn fits(&self, letters: usize) -> bool {
        self.letters + letters + self.owed + Page::FAREWELL <= MOST
    }

    fn say(&mut self, text: &str) {
        self.letters += text.chars().count();
        self.text.push_str(text);
    }

    /// Rows between a head and a foot, as many as fit; nothing at all where there are none.
    fn block(&mut self, head: &str, rows: impl Iterator<Item = String>, foot: &str) {
        let around = head.chars().count() + foot.chars().count();
        let mut is_open = false;
        for row in rows {
            let letters = row.chars().count();
            let needed = if is_open {
                letters + foot.chars().count()
            } else {
                letters + around
            };
            self.is_full = self.is_full || !self.fits(needed);
            if self.is_full {
                self.dropped += 1;
                continue;
            }
            if !is_open {
                self.say(head);
                is_open = true;
            }
            self.say(&row);
        }
        if is_open {
            self.say(foot);
        }
    }

    /// Blocks under a line that opens them.
    fn folded(&mut self, summary: &str, blocks: usize, fill: impl FnOnce(&mut Page)) {
        const FOOT: &str = "</details>\n\n";
        if blocks == 0 {
            return;
        }
        let head = format!("<details><summary>{}</summary>\n\n", escaped(summary));
        let needed = head.chars().count() + FOOT.chars().count();
        self.is_full = self.is_full || !self.fits(needed);
        if self.is_full {
            // Its rows are counted.
            fill(self);
            return;
        }
        self.say(&head);
        self.owed += FOOT.chars().count();
        fill(self);
        self.owed -= FOOT.chars().count();
        self.say(FOOT);
    }

    fn end(mut self) -> String {
        if self.dropped > 0 {
            let rows = count(self.dropped, "more row");
            self.say(&format!(
                "**{rows} did not fit here: the JSON report, in the artifacts of this run, has them all.**\n"
            ));
        }
        self.text
    }
}
