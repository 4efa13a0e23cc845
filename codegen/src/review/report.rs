//! Verdicts become findings: with their places, rows and fingerprints.

use sha2::{Digest, Sha256};

use super::change::{Change, Context, Spot};
use super::finding::{Citation, Finding, Location};
use super::judge::Verdict;
use super::scope::Half;
use super::tree::Tree;
use super::verdict::{Axis, Bump, Direction, Flow, Rust, Wire};
use crate::json::quoted;
use crate::render::Excerpt;
use crate::source::Place;

/// What the findings of one message, or of the settings around it, have in common.
#[derive(Clone, Debug)]
pub(crate) struct Report<'t> {
    pub(crate) gateway: &'t str,
    pub(crate) api: Option<&'t str>,
    pub(crate) direction: Direction,
    pub(crate) flow: Option<Flow>,
    pub(crate) old: Option<&'t Tree<'t>>,
    pub(crate) new: Option<&'t Tree<'t>>,
    /// The document that rows without one belong to.
    pub(crate) document: Option<String>,
    pub(crate) affects: Vec<String>,
}

impl Report<'_> {
    /// A judged change of a message.
    pub(crate) fn judged(&self, verdict: Verdict) -> Option<Finding> {
        let mut finding = self.finding(&verdict.change, &verdict.context, verdict.near.as_ref())?;
        finding.path = verdict.path;
        finding.algebra = verdict.answer;
        finding.undecided = verdict.undecided;
        finding.lost = verdict.lost;
        finding.example = verdict.example;
        // What no message carries cannot break one.
        finding.wire = if self.flow.is_some() {
            verdict.wire
        } else {
            Wire::Docs
        };
        Some(finding)
    }

    /// A change that stands for itself: of a setting.
    pub(crate) fn finding(
        &self,
        change: &Change,
        context: &Context,
        near: Option<&Spot>,
    ) -> Option<Finding> {
        let rule = change.rule;
        // Settings have no flow: their rules have one verdict.
        let flow = self.flow.unwrap_or(Flow::Sent);
        let mut finding = Finding {
            rule,
            gateway: self.gateway.to_owned(),
            api: self.api.map(str::to_owned),
            direction: self.direction,
            flow: self.flow,
            path: String::new(),
            term: context.term.clone(),
            location: self.location(change, near)?,
            old: change.old.as_ref().map(|spot| spot.value.clone()),
            new: change.new.as_ref().map(|spot| spot.value.clone()),
            wire: rule.wire(flow, true),
            rust: rule.rust(flow),
            severity: Wire::Docs,
            bump: Bump::None,
            items: Vec::new(),
            algebra: None,
            undecided: change.unclear,
            lost: None,
            example: None,
            source: self.source(context),
            affects: self.affects.clone(),
            fingerprint: String::new(),
        };
        finding.fingerprint = fingerprint(&finding);
        Some(finding)
    }

    fn location(&self, change: &Change, near: Option<&Spot>) -> Option<Location> {
        let in_head = change.new.as_ref().zip(self.new);
        let in_base = change.old.as_ref().zip(self.old);
        match (in_head, in_base) {
            (Some((spot, tree)), _) => Some(locate(tree, spot.place, false)),
            (None, Some((spot, tree))) => {
                let mut location = locate(tree, spot.place, true);
                let head = near
                    .zip(self.new)
                    .map(|(near, tree)| locate(tree, near.place, false));
                location.head = head.map(|head| (head.line, head.column));
                Some(location)
            }
            (None, None) => None,
        }
    }

    fn source(&self, context: &Context) -> Option<Citation> {
        let cited = context.rows.first()?;
        let (document, row) = match cited.split_once('#') {
            Some((document, row)) => (document.to_owned(), row),
            None => (self.document.clone()?, cited.as_str()),
        };
        let lock = self.new.and_then(|tree| tree.row(&document, row));
        let lock = lock.or_else(|| self.old.and_then(|tree| tree.row(&document, row)));
        Some(Citation {
            sha256: lock.map(str::to_owned),
            row: row.to_owned(),
            document,
        })
    }
}

/// A place in words.
pub(crate) fn locate(tree: &Tree<'_>, place: Place, base: bool) -> Location {
    let excerpt = Excerpt::cut(tree.sources().bytes(place.file), place.span);
    Location {
        path: tree.path(place.file).to_owned(),
        pointer: tree.pointer(place),
        line: excerpt.line,
        column: excerpt.column,
        base,
        head: None,
    }
}

/// Adds what a finding of the generated interface lacks: line, column and fingerprint.
pub(crate) fn complete(finding: &mut Finding, base: &Tree<'_>, head: &Tree<'_>) {
    let location = &finding.location;
    let tree = if location.base { base } else { head };
    let found = tree
        .root(&location.path)
        .and_then(|file| file.pointer(&location.pointer));
    if let Some(at) = found {
        finding.location = locate(tree, at.node.place, location.base);
    }
    finding.fingerprint = fingerprint(finding);
}

/// The document that an API was transcribed from.
pub(crate) fn document(half: Option<Half<'_>>) -> Option<String> {
    let at = half?.1.pointer("/x-source/document")?;
    at.node.text().map(str::to_owned)
}

/// Severity and bump, once both verdicts stand.
pub(crate) fn weigh(finding: &mut Finding, axis: Axis) {
    if axis == Axis::Wire {
        finding.rust = Rust::None;
    }
    finding.severity = axis.severity(finding.wire, finding.rust);
    if finding.undecided {
        finding.severity = finding.severity.max(Wire::Risky);
    }
    finding.bump = axis.bump(finding.wire, finding.rust);
}

/// Stable as long as the change is the same: nothing that people read is part of it.
fn fingerprint(finding: &Finding) -> String {
    let null = || "null".to_owned();
    let place = format!("{}#{}", finding.location.path, finding.location.pointer);
    let text = format!(
        "[{},{},{},{},{},{}]",
        quoted(finding.rule.id),
        quoted(finding.api.as_deref().unwrap_or(&finding.gateway)),
        quoted(finding.direction.text()),
        quoted(&place),
        finding.old.clone().unwrap_or_else(null),
        finding.new.clone().unwrap_or_else(null),
    );
    let digest = Sha256::digest(text.as_bytes());
    digest
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
