//! Which finding caused which item.
//!
//! A finding belongs to the innermost place around it that items come from. An item is given to the
//! findings at its own places whose rules do such things; if there are none, to those of what it is
//! part of, which may have come or gone as a whole; then to what else happened at its own places.
//! What is left becomes a finding of its own, so that nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cause, Placed, Surface};
use crate::diagnostic::Problems;
use crate::json::{self, Node};
use crate::review::finding::{Finding, Location};
use crate::review::rule::{Rule, Sense};
use crate::review::rules::api::{API_ADDED, API_REMOVED};
use crate::review::rules::compose::{
    BRANCH_ADDED, BRANCH_REMOVED, COMPOSITION_CHANGED, DEFINITION_ADDED, DEFINITION_REMOVED,
    INTERFACE_CHANGED, RUST_NAME_CHANGED, SCHEMA_MOVED,
};
use crate::review::rules::gateway::{
    CREDENTIAL_ADDED, CREDENTIAL_ADDED_OPTIONAL, CREDENTIAL_CHANGED, CREDENTIAL_REMOVED,
    CREDENTIAL_REMOVED_OPTIONAL, CREDENTIALS_MOVED, ENVELOPE_CHANGED, GATEWAY_ADDED,
    GATEWAY_REMOVED, GATEWAY_RENAMED,
};
use crate::review::rules::list::{
    ARGUMENT_ADDED, ARGUMENT_ADDED_REQUIRED, ARGUMENT_BECAME_OPTIONAL, ARGUMENT_BECAME_REQUIRED,
    ARGUMENT_REMOVED, ARGUMENT_REMOVED_REQUIRED, ARGUMENTS_MOVED, ITEMS_LIFTED, ITEMS_SET,
};
use crate::review::rules::object::{
    FIELD_ADDED_OPTIONAL, FIELD_ADDED_REQUIRED, FIELD_BECAME_OPTIONAL, FIELD_BECAME_REQUIRED,
    FIELD_REMOVED_OPTIONAL, FIELD_REMOVED_REQUIRED, FIELD_RENAMED, ORDER_CHANGED,
};
use crate::review::rules::value::{
    CONTENT_LIFTED, CONTENT_SET, DECIMAL_LIFTED, DECIMAL_SET, ENUM_VALUE_ADDED, ENUM_VALUE_REMOVED,
    KNOWN_VALUE_ADDED, KNOWN_VALUE_REMOVED, KNOWN_VALUE_RENAMED, TIME_CHANGED, TIME_LIFTED,
    TIME_SET, TYPE_CHANGED, TYPE_NARROWED, TYPE_WIDENED,
};
use crate::review::rules::words::{DEPRECATED_LIFTED, DEPRECATED_SET};
use crate::review::verdict::{Direction, Wire};
use crate::source::FileId;

/// What rules do to the interface. Rules that do not stand here do it seldom, or never.
const DOES: &[(&[Cause], &[&Rule])] = &[
    (
        &[Cause::Type, Cause::Member, Cause::Variant, Cause::Reply],
        &[
            &API_ADDED,
            &API_REMOVED,
            &GATEWAY_ADDED,
            &GATEWAY_REMOVED,
            &GATEWAY_RENAMED,
            &DEFINITION_ADDED,
            &DEFINITION_REMOVED,
            &FIELD_ADDED_OPTIONAL,
            &FIELD_ADDED_REQUIRED,
            &FIELD_REMOVED_OPTIONAL,
            &FIELD_REMOVED_REQUIRED,
            &FIELD_RENAMED,
            &ARGUMENT_ADDED,
            &ARGUMENT_ADDED_REQUIRED,
            &ARGUMENT_REMOVED,
            &ARGUMENT_REMOVED_REQUIRED,
            &RUST_NAME_CHANGED,
            &SCHEMA_MOVED,
            &TYPE_CHANGED,
            &TYPE_NARROWED,
            &TYPE_WIDENED,
            &CONTENT_SET,
            &CONTENT_LIFTED,
            &ITEMS_SET,
            &ITEMS_LIFTED,
            &BRANCH_ADDED,
            &BRANCH_REMOVED,
            &COMPOSITION_CHANGED,
        ],
    ),
    (
        &[Cause::Member],
        &[
            &FIELD_BECAME_REQUIRED,
            &FIELD_BECAME_OPTIONAL,
            &ARGUMENT_BECAME_REQUIRED,
            &ARGUMENT_BECAME_OPTIONAL,
            &DECIMAL_SET,
            &DECIMAL_LIFTED,
            &TIME_SET,
            &TIME_LIFTED,
            &TIME_CHANGED,
            &CREDENTIAL_ADDED,
            &CREDENTIAL_ADDED_OPTIONAL,
            &CREDENTIAL_REMOVED,
            &CREDENTIAL_REMOVED_OPTIONAL,
            &CREDENTIAL_CHANGED,
        ],
    ),
    (
        &[Cause::Variant],
        &[
            &ENUM_VALUE_ADDED,
            &ENUM_VALUE_REMOVED,
            &KNOWN_VALUE_ADDED,
            &KNOWN_VALUE_REMOVED,
            &KNOWN_VALUE_RENAMED,
        ],
    ),
    (&[Cause::Reply], &[&ENVELOPE_CHANGED]),
    (
        &[Cause::Order],
        &[&ORDER_CHANGED, &ARGUMENTS_MOVED, &CREDENTIALS_MOVED],
    ),
    (&[Cause::Advice], &[&DEPRECATED_SET, &DEPRECATED_LIFTED]),
];

/// Gives each item to the findings that caused it, and raises their verdicts. What is left over
/// becomes findings of its own, which lack their line and their fingerprint.
pub(crate) fn attribute(surface: &Surface, findings: &mut Vec<Finding>) {
    let mut at: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        for owner in owners(finding, &surface.known) {
            at.entry(owner).or_default().push(index);
        }
    }
    let mut left = Vec::new();
    for placed in &surface.items {
        let blamed = blame(placed, findings, &at);
        left.extend(blamed.is_empty().then(|| unexplained(placed)));
        for index in blamed {
            if let Some(finding) = findings.get_mut(index) {
                finding.items.push(placed.item.clone());
                finding.rust = finding.rust.max(placed.rust);
                finding.bump = finding.bump.max(placed.rust.bump());
            }
        }
    }
    findings.extend(left);
}

/// The findings that caused an item.
fn blame(
    placed: &Placed,
    findings: &[Finding],
    at: &BTreeMap<&str, Vec<usize>>,
) -> BTreeSet<usize> {
    let here = |place: &String| at.get(place.as_str()).into_iter().flatten().copied();
    let filtered = |found: BTreeSet<usize>, may: &dyn Fn(&Finding) -> bool| -> BTreeSet<usize> {
        let may = |index: &usize| findings.get(*index).is_some_and(may);
        found.into_iter().filter(may).collect()
    };
    let own: BTreeSet<usize> = placed.places.iter().flat_map(here).collect();
    let strong = filtered(own.clone(), &|finding| {
        placed.causes.iter().any(|cause| does(finding, *cause))
    });
    if !strong.is_empty() {
        let named = filtered(strong.clone(), &|finding| names(placed, finding));
        return if named.is_empty() { strong } else { named };
    }
    // What surrounds an item brings it or takes it away, and does not change it.
    if placed.item.old.is_none() || placed.item.new.is_none() {
        for place in &placed.around {
            let whole = |finding: &Finding| does(finding, Cause::Type);
            let blamed = filtered(here(place).collect(), &whole);
            if !blamed.is_empty() {
                return blamed;
            }
        }
    }
    // Words never do anything.
    let own = filtered(own, &|finding| finding.rule.sense != Sense::Words);
    let innermost = own
        .iter()
        .filter_map(|index| findings.get(*index))
        .map(depth)
        .max();
    filtered(own, &|finding| Some(depth(finding)) == innermost)
}

/// How far inside its file a finding is; of several as far inside, the last.
fn depth(finding: &Finding) -> (usize, &Location) {
    let location = &finding.location;
    (location.pointer.matches('/').count(), location)
}

/// Whether the finding's rule does such things. One value of an enum is nothing but a variant.
fn does(finding: &Finding, cause: Cause) -> bool {
    let value = finding.location.pointer.contains("/x-enum/");
    (cause == Cause::Variant || !value)
        && DOES
            .iter()
            .filter(|(causes, _)| causes.contains(&cause))
            .any(|(_, rules)| rules.iter().any(|known| known.id == finding.rule.id))
}

/// Whether the finding names the item.
fn names(placed: &Placed, finding: &Finding) -> bool {
    let said = [&finding.old, &finding.new].map(|value| scalars(value.as_deref()));
    let mut names = placed.names.iter();
    names.any(|name| said.iter().any(|said| said.contains(name)))
}

/// The known places that a finding is about: the innermost around it. `required` is about the fields
/// that it names, a renamed field about both of its names.
fn owners<'k>(finding: &Finding, known: &'k BTreeSet<String>) -> BTreeSet<&'k str> {
    let Location { path, pointer, .. } = &finding.location;
    let (old, new) = (
        scalars(finding.old.as_deref()),
        scalars(finding.new.as_deref()),
    );
    let fields = |object: &str, names: BTreeSet<&String>| -> BTreeSet<&'k str> {
        let places = names.into_iter().map(|name| {
            let name = json::escape(name);
            format!("{path}#{object}/properties/{name}")
        });
        let places = places.filter_map(|place| known.get(&place));
        places.map(String::as_str).collect()
    };
    let mut owners = BTreeSet::new();
    if let Some(object) = required(pointer) {
        owners = fields(object, old.symmetric_difference(&new).collect());
    } else if finding.rule.id == FIELD_RENAMED.id {
        let object = pointer.rsplit_once("/properties/");
        let names = object.map(|(object, _)| fields(object, old.union(&new).collect()));
        owners.extend(names.into_iter().flatten());
        owners.extend(innermost(known, &format!("{path}#{pointer}")));
    }
    if owners.is_empty() {
        owners.extend(innermost(known, &format!("{path}#{pointer}")));
    }
    owners
}

/// The object whose `required`, or an element of it, a pointer leads to.
fn required(pointer: &str) -> Option<&str> {
    let (parent, last) = pointer.rsplit_once('/')?;
    if last == "required" {
        return Some(parent);
    }
    last.parse::<usize>().ok()?;
    parent.strip_suffix("/required")
}

/// Texts and numbers in a value, at any depth.
fn scalars(value: Option<&str>) -> BTreeSet<String> {
    let read = |text: &str| {
        let mut problems = Problems::default();
        json::read(FileId::default(), text.as_bytes(), &mut problems)
    };
    let mut found = BTreeSet::new();
    let root = value.and_then(read);
    let mut left: Vec<&Node> = root.iter().collect();
    while let Some(node) = left.pop() {
        match &node.value {
            json::Value::Text(text) | json::Value::Number(text) => {
                found.insert(text.clone());
            }
            _ => {
                left.extend(node.elements());
                left.extend(node.members().iter().map(|member| &member.node));
            }
        }
    }
    found
}

/// The innermost known place that a place is, or is in.
fn innermost<'k>(known: &'k BTreeSet<String>, place: &str) -> Option<&'k str> {
    let mut at = place;
    loop {
        if let Some(found) = known.get(at) {
            return Some(found);
        }
        at = at.rsplit_once('/')?.0;
        if !at.contains('#') {
            return None;
        }
    }
}

/// A finding for an item that no other explains.
fn unexplained(placed: &Placed) -> Finding {
    let place = placed.places.first().map_or("", String::as_str);
    let (path, pointer) = place.split_once('#').unwrap_or((place, ""));
    Finding {
        rule: &INTERFACE_CHANGED,
        gateway: path.split('/').next().unwrap_or(path).to_owned(),
        api: placed.api.clone(),
        direction: Direction::Both,
        flow: None,
        path: String::new(),
        term: None,
        location: Location {
            path: path.to_owned(),
            pointer: pointer.to_owned(),
            line: 0,
            column: 0,
            base: placed.item.new.is_none(),
            head: None,
        },
        old: placed.item.old.as_deref().map(json::quoted),
        new: placed.item.new.as_deref().map(json::quoted),
        wire: Wire::Docs,
        rust: placed.rust,
        severity: Wire::Docs,
        bump: placed.rust.bump(),
        items: vec![placed.item.clone()],
        algebra: None,
        undecided: false,
        lost: None,
        example: None,
        source: None,
        affects: Vec::new(),
        fingerprint: String::new(),
    }
}
