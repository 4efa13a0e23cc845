//! What a change of schemas means: for traffic, for programs, for the version.
//!
//! Two trees of schema files flow in, one [`Review`] comes out. The `scope` says which APIs a change
//! reaches. For each message the `walk` names every change by a [`Rule`] and its place, the `algebra`
//! judges the same places as sets of values, and `judge` brings both opinions together, so that no
//! disagreement goes unseen; `settings` compares what stands around the messages. The `surface` of
//! the generated bindings says what programs see. `report` gives each finding its place, row and
//! fingerprint.

mod algebra;
mod change;
mod compare;
mod definitions;
mod finding;
mod judge;
mod language;
mod number;
mod report;
mod rule;
mod rules;
mod scope;
mod settings;
mod surface;
#[cfg(test)]
mod tests;
mod tree;
mod verdict;
mod walk;

pub use compare::{Comparison, compare};
pub use finding::{Answer, Because, Citation, Example, Finding, Item, Judged, Location, Review};
pub use rule::{Rule, Sense};
pub use rules::{RULES, rule};
pub use verdict::{Axis, Bump, Direction, Flow, Reading, Rust, Wire};

use change::{Change, Context, Spot};
use judge::{Court, judge};
use report::{Report, complete, document, weigh};
use scope::{Api, Gateway, Pair, scope};
use tree::Tree;

use crate::diagnostic::{Diagnostics, Problems};
use crate::source::SourceFile;

/// A side that cannot be judged, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unjudged {
    /// It is the base; otherwise the head.
    pub base: bool,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

/// Everything that the change from one tree of schema files to another means.
///
/// Both trees are whole: the files below `schemas/`, `sources.lock` among them. A side that is no
/// JSON, or that the generator refuses when programs are asked for, cannot be judged.
pub fn review(old: &[SourceFile], new: &[SourceFile], axis: Axis) -> Result<Review, Unjudged> {
    let (old, new) = scope::concerned(old, new);
    let (base, head) = (read(&old, true)?, read(&new, false)?);
    let gateways = scope((&base, &old), (&head, &new));
    let mut findings = Vec::new();
    let mut judged = Vec::new();
    for gateway in &gateways {
        findings.extend(of_gateway(gateway));
        for api in &gateway.apis {
            judged.push(Judged {
                gateway: gateway.name.clone(),
                api: api.method.clone(),
                because: api.because,
            });
            findings.extend(of_api(gateway, api));
        }
    }
    let mut generated = Vec::new();
    if axis != Axis::Wire && !gateways.is_empty() {
        let surface = surface::compare(&old, &new).map_err(|side| Unjudged {
            base: side.base,
            diagnostics: side.diagnostics,
        })?;
        let explained = findings.len();
        surface::attribute(&surface, &mut findings);
        for finding in findings.iter_mut().skip(explained) {
            complete(finding, &base, &head);
        }
        generated = surface.files;
    }
    for finding in &mut findings {
        weigh(finding, axis);
    }
    // A definition that a message uses in several places is one change: the place where it is worst
    // speaks for all.
    findings.sort_by(|a, b| {
        let worse = (b.severity, b.wire, b.rust).cmp(&(a.severity, a.wire, a.rust));
        order(a).cmp(&order(b)).then(worse)
    });
    findings.dedup_by(|a, b| a.fingerprint == b.fingerprint);
    Ok(Review {
        axis,
        findings,
        judged,
        generated,
    })
}

fn read(files: &[SourceFile], base: bool) -> Result<Tree<'_>, Unjudged> {
    let mut problems = Problems::default();
    let tree = Tree::read(files, &mut problems);
    if problems.is_empty() {
        return Ok(tree);
    }
    Err(Unjudged {
        base,
        diagnostics: problems.resolve(tree.sources()),
    })
}

/// What findings are sorted by; the fingerprint last, so that no two compare equal.
fn order(finding: &Finding) -> (&str, Option<&str>, Direction, &str, &str, &str, &str) {
    (
        &finding.gateway,
        finding.api.as_deref(),
        finding.direction,
        &finding.location.path,
        &finding.location.pointer,
        finding.rule.id,
        &finding.fingerprint,
    )
}

/// Settings of a gateway, and its definitions that no message reaches.
fn of_gateway(gateway: &Gateway<'_>) -> Vec<Finding> {
    let report = Report {
        gateway: &gateway.name,
        api: None,
        direction: Direction::Both,
        flow: None,
        old: gateway.file.old.map(|(tree, _)| tree),
        new: gateway.file.new.map(|(tree, _)| tree),
        document: None,
        affects: gateway.methods.clone(),
    };
    match (gateway.file.old, gateway.file.new) {
        (Some(old), Some(new)) if gateway.changed => {
            let mut findings = stated(&report, &settings::gateway(old.1, new.1));
            findings.extend(unreached(&report, &gateway.file));
            findings
        }
        (Some(_), Some(_)) => Vec::new(),
        _ => existence(
            &report,
            &gateway.file,
            [
                &rules::gateway::GATEWAY_ADDED,
                &rules::gateway::GATEWAY_REMOVED,
            ],
        ),
    }
}

/// Messages and settings of an API, and its definitions that no message reaches.
fn of_api(gateway: &Gateway<'_>, api: &Api<'_>) -> Vec<Finding> {
    let about = |direction, flow| Report {
        gateway: &gateway.name,
        api: Some(&api.method),
        direction,
        flow,
        old: api.file.old.map(|(tree, _)| tree),
        new: api.file.new.map(|(tree, _)| tree),
        document: document(api.file.newest()),
        affects: Vec::new(),
    };
    let whole = about(Direction::Both, None);
    let (Some(old), Some(new)) = (api.file.old, api.file.new) else {
        return existence(
            &whole,
            &api.file,
            [&rules::api::API_ADDED, &rules::api::API_REMOVED],
        );
    };
    let mut findings = stated(&whole, &settings::api(old.1, new.1));
    for direction in [Direction::Request, Direction::Reply] {
        let part = format!("/properties/{}", direction.text());
        if let (Some(before), Some(after), Some(flow)) = (
            old.1.pointer(&part),
            new.1.pointer(&part),
            gateway.flow(direction),
        ) {
            let court = Court {
                flow,
                reading: flow.reading(),
                bindings: true,
            };
            let report = about(direction, Some(flow));
            let verdicts = judge((old.0, before), (new.0, after), court);
            findings.extend(
                verdicts
                    .into_iter()
                    .filter_map(|verdict| report.judged(verdict)),
            );
        }
    }
    findings.extend(unreached(&whole, &api.file));
    findings
}

fn stated(report: &Report<'_>, changes: &[Change]) -> Vec<Finding> {
    let context = Context::default();
    changes
        .iter()
        .filter_map(|change| report.finding(change, &context, change.near.as_ref()))
        .collect()
}

/// A file that one side lacks: `rules` for the one that is new and the one that is gone.
fn existence(report: &Report<'_>, file: &Pair<'_>, rules: [&'static Rule; 2]) -> Vec<Finding> {
    let [added, removed] = rules;
    let spot = |(_, at): scope::Half<'_>| Spot {
        place: at.node.place,
        value: at
            .get("title")
            .map_or_else(|| "null".to_owned(), |title| change::canonical(title.node)),
    };
    let rule = if file.new.is_some() { added } else { removed };
    stated(
        report,
        &[Change::new(rule, file.old.map(spot), file.new.map(spot))],
    )
}

/// Definitions that no message reaches, read as what is received: nothing depends on them but the
/// types that they become.
fn unreached(report: &Report<'_>, file: &Pair<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (old, new) in definitions::unreached(file) {
        match (old, new) {
            (Some(old), Some(new)) => {
                let court = Court {
                    flow: Flow::Received,
                    reading: Reading::Open,
                    bindings: true,
                };
                let verdicts = judge(old, new, court);
                findings.extend(
                    verdicts
                        .into_iter()
                        .filter_map(|verdict| report.judged(verdict)),
                );
            }
            (old, new) => {
                let spot = |(_, at): scope::Half<'_>| Spot::new(at.node.place, at.node);
                let rule = if new.is_some() {
                    &rules::compose::DEFINITION_ADDED
                } else {
                    &rules::compose::DEFINITION_REMOVED
                };
                let mut change = Change::new(rule, old.map(spot), new.map(spot));
                change.near = file.new.map(|(tree, root)| {
                    let definitions = root.get("$defs").unwrap_or(root);
                    spot((tree, definitions))
                });
                findings.extend(stated(report, &[change]));
            }
        }
    }
    findings
}
