//! The public interface of the generated bindings, before and after.
//!
//! Two trees of schema files flow in. What both generate alike is left out, the rest is written and
//! read back as Rust: [`reader`] takes the items that programs can name, [`origin`] the places of the
//! schema that they come from. What differs is what semver asks about; [`blame`] then gives each
//! item to the findings that caused it.

mod blame;
mod declared;
mod origin;
mod reader;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Item;
use super::verdict::Rust;
use crate::diagnostic::Diagnostics;
use crate::emit::{self, GeneratedFile};
use crate::ir::{Gateway, Ir, Type};
use crate::source::SourceFile;

pub(crate) use blame::attribute;
use declared::{Declared, Parameters};
use origin::Origins;

/// What became of the public interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surface {
    /// Items that were added, removed or declared otherwise, by name, each with the places that may
    /// have caused it.
    pub(crate) items: Vec<Placed>,
    /// Generated files that are not equal byte by byte, below `src/generated/`.
    pub(crate) files: Vec<String>,
    /// Every place that items come from: a finding belongs to the innermost of them around it.
    known: BTreeSet<String>,
}

/// An item, and where the schema says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) item: Item,
    /// What it does to programs.
    pub(crate) rust: Rust,
    /// `wangdian-flagship/process.Process.upload.json#/$defs/ProcessUpload/properties/num`.
    pub(crate) places: Vec<String>,
    /// What those places belong to, from the inside out: it may have come or gone as a whole.
    around: Vec<String>,
    /// Words by which a finding at a place tells that it means this item and no other.
    names: Vec<String>,
    /// The kinds of change that can be behind it.
    causes: Vec<Cause>,
    /// The method, if the item belongs to one.
    api: Option<String>,
}

/// A kind of change, by what it does to the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    /// A type came, went, or has another name.
    Type,
    /// A field has another type, or need not be given, or must.
    Member,
    /// Values of an enum came or went.
    Variant,
    /// A request has another reply.
    Reply,
    /// Parameters changed places.
    Order,
    /// The vendor advises against something, or no longer does.
    Advice,
}

/// A side whose schemas the generator refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unlowered {
    pub(crate) base: bool,
    pub(crate) diagnostics: Diagnostics,
}

/// Generates both sides and compares what programs see.
pub(crate) fn compare(old: &[SourceFile], new: &[SourceFile]) -> Result<Surface, Unlowered> {
    let lower = |files: &[SourceFile], base| {
        crate::lower(files).map_err(|diagnostics| Unlowered { base, diagnostics })
    };
    let (mut before, mut after) = (lower(old, true)?, lower(new, false)?);
    leave_out_equals(&mut before, &mut after);
    let written = (by_path(emit::emit(&before)), by_path(emit::emit(&after)));
    let paths: BTreeSet<&String> = written.0.keys().chain(written.1.keys()).collect();
    let (equal, files): (BTreeSet<&str>, BTreeSet<&str>) = paths
        .into_iter()
        .map(String::as_str)
        .partition(|path| written.0.get(*path) == written.1.get(*path));

    let origins = Origins::of([(&before, old), (&after, new)]);
    let (was, is) = (
        reader::items(&written.0, &equal),
        reader::items(&written.1, &equal),
    );
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let items = names
        .into_iter()
        .filter_map(|name| place(name, &was, &is, &origins));
    Ok(Surface {
        items: items.collect(),
        files: files.into_iter().map(str::to_owned).collect(),
        known: origins.known,
    })
}

fn by_path(files: Vec<GeneratedFile>) -> BTreeMap<String, String> {
    let files = files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

/// Takes out of both sides the APIs, and whole gateways, that generate the same text: of a thousand
/// APIs a change touches few, and writing the others takes longer than comparing them.
fn leave_out_equals(old: &mut Ir, new: &mut Ir) {
    for gateway in &mut old.gateways {
        let twin = new.gateways.iter_mut().find(|g| g.name == gateway.name);
        let Some(twin) = twin.filter(|twin| context(twin) == context(gateway)) else {
            continue;
        };
        let others: BTreeMap<_, _> = twin.apis.iter().map(|api| (&api.schema, api)).collect();
        let same = gateway.apis.iter();
        let same = same.filter(|api| others.get(&api.schema) == Some(api));
        let same: BTreeSet<String> = same.map(|api| api.schema.clone()).collect();
        gateway.apis.retain(|api| !same.contains(&api.schema));
        twin.apis.retain(|api| !same.contains(&api.schema));
    }
    let same = old.gateways.iter();
    let same = same.filter(|gateway| new.gateways.contains(gateway));
    let same: BTreeSet<String> = same.map(|gateway| gateway.name.clone()).collect();
    old.gateways.retain(|gateway| !same.contains(&gateway.name));
    new.gateways.retain(|gateway| !same.contains(&gateway.name));
}

/// All that the text of an API takes from its gateway.
fn context(gateway: &Gateway) -> (&str, &str, crate::ir::BeyondBmp, Vec<&str>) {
    (
        &gateway.module,
        &gateway.rust,
        gateway.beyond_bmp,
        gateway.types.iter().map(Type::name).collect(),
    )
}

/// An item that changed, with everything that may have caused it.
fn place(
    name: &str,
    was: &BTreeMap<String, Declared>,
    is: &BTreeMap<String, Declared>,
    origins: &Origins,
) -> Option<Placed> {
    let (old, new) = (was.get(name), is.get(name));
    let declared = new.or(old)?;
    // A type that came or went says so for all of its parts.
    let part = declared.owner != name;
    if part && was.contains_key(&declared.owner) != is.contains_key(&declared.owner) {
        return None;
    }
    let rust = match (old, new) {
        (Some(old), Some(new)) => old.becomes(new)?,
        (None, Some(new)) if new.must_be_known(was) => Rust::MajorType,
        (None, _) => Rust::Minor,
        (Some(_), None) => Rust::MajorType,
    };
    // `Default` goes with the first parameter of the constructor.
    let constructor = format!("{}::new", declared.owner);
    let parameters = Parameters::compare(was.get(&constructor), is.get(&constructor));
    let origin = origins.find(declared, &parameters);
    Some(Placed {
        item: Item {
            name: name.to_owned(),
            old: old.map(|item| item.shown.clone()),
            new: new.map(|item| item.shown.clone()),
        },
        rust,
        causes: causes(old, new, declared, &parameters),
        places: origin.places,
        around: origin.around,
        names: origin.names,
        api: origin.api,
    })
}

fn causes(
    old: Option<&Declared>,
    new: Option<&Declared>,
    declared: &Declared,
    parameters: &Parameters,
) -> Vec<Cause> {
    if let (Some(old), Some(new)) = (old, new)
        && old.text == new.text
        && old.parameters == new.parameters
    {
        return vec![Cause::Advice];
    }
    let mut causes = Vec::new();
    let of_constructor = declared.is_constructor();
    if !of_constructor || !parameters.changed.is_empty() || old.is_none() || new.is_none() {
        causes.push(declared.cause());
    }
    if of_constructor && parameters.moved {
        causes.push(Cause::Order);
    }
    causes
}
