//! Where items come from: from an item back to the places of the schema that may have caused it.

use std::collections::{BTreeMap, BTreeSet};

use super::declared::{Declared, Kind, Parameters};
use crate::diagnostic::Problems;
use crate::ir::{Api, Field, Gateway, Ir, Shape, Struct, Type, Value};
use crate::json;
use crate::review::tree::{At, Tree};
use crate::source::SourceFile;

/// The places that items of both sides come from.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// By path: `wangdian_flagship::ProcessUpload`.
    types: BTreeMap<String, Home>,
    /// By module.
    gateways: BTreeMap<String, Account>,
    /// All places.
    pub(super) known: BTreeSet<String>,
}

/// Where a type stands, and what it is part of.
#[derive(Debug, Default)]
struct Home {
    places: BTreeSet<String>,
    /// Of each field its own place first, then what it refers to.
    fields: BTreeMap<String, Vec<String>>,
    /// Values of variants.
    variants: BTreeMap<String, BTreeSet<String>>,
    /// Where it says what a request of this type is answered with.
    answer: BTreeSet<String>,
    /// Places that refer to it, each with the type that it is a field of.
    users: BTreeSet<(String, Option<String>)>,
    /// The files that it belongs to, from the inside out.
    files: Vec<String>,
    api: Option<String>,
}

/// A gateway and its account.
#[derive(Debug, Default)]
struct Account {
    /// `wangdian-flagship/gateway.json#`.
    file: String,
    /// Names of credentials by their Rust names.
    credentials: BTreeMap<String, String>,
}

/// What may have caused an item to change.
#[derive(Debug, Default)]
pub(super) struct Origin {
    pub(super) places: Vec<String>,
    pub(super) around: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) api: Option<String>,
}

impl Origins {
    /// Gathers the places of both sides.
    pub(super) fn of(sides: [(&Ir, &[SourceFile]); 2]) -> Origins {
        let mut origins = Origins::default();
        for (ir, files) in sides {
            let paths: BTreeSet<&str> = ir
                .gateways
                .iter()
                .flat_map(|g| g.apis.iter().map(|api| &api.schema).chain([&g.schema]))
                .map(String::as_str)
                .collect();
            let files = files.iter().filter(|f| paths.contains(f.path.as_str()));
            let files: Vec<SourceFile> = files.cloned().collect();
            let tree = Tree::read(&files, &mut Problems::default());
            for gateway in &ir.gateways {
                origins.gateway(&tree, gateway);
            }
        }
        origins.gather();
        origins
    }

    fn gateway(&mut self, tree: &Tree<'_>, gateway: &Gateway) {
        let file = format!("{}#", gateway.schema);
        let account = self.gateways.entry(gateway.module.clone()).or_default();
        account.file.clone_from(&file);
        for row in &gateway.credentials {
            let name = plain(&row.rust).to_owned();
            account.credentials.insert(name, row.name.clone());
        }
        for known in &gateway.types {
            self.declare(tree, gateway, None, known);
        }
        for api in &gateway.apis {
            for known in &api.types {
                self.declare(tree, gateway, Some(api), known);
            }
            let at = |name: &str| format!("{}#{name}", api.schema);
            let reply = self.home(gateway, &api.reply);
            reply.users.insert((at("/properties/reply"), None));
            let output = api.output.as_ref();
            let output = output.and_then(|output| reply.fields.get(plain(&output.field)));
            let answer: Vec<String> = reply
                .places
                .iter()
                .chain(output.into_iter().flatten())
                .cloned()
                .collect();
            let request = self.home(gateway, &api.request);
            request.users.insert((at("/properties/request"), None));
            request.users.insert((at("/x-api/rust"), None));
            request.answer.extend(answer);
            request.answer.extend([
                at("/properties/reply"),
                format!("{file}/x-gateway/reply"),
                format!("{file}/x-gateway/rust"),
            ]);
        }
    }

    fn home(&mut self, gateway: &Gateway, name: &str) -> &mut Home {
        let path = format!("{}::{name}", gateway.module);
        self.types.entry(path).or_default()
    }

    fn declare(&mut self, tree: &Tree<'_>, gateway: &Gateway, api: Option<&Api>, known: &Type) {
        let home = self.home(gateway, known.name());
        let files = [api.map(|api| &api.schema), Some(&gateway.schema)];
        home.files = files
            .into_iter()
            .flatten()
            .map(|f| format!("{f}#"))
            .collect();
        home.api = api.map(|api| api.method.clone());
        match known {
            Type::Struct(known) => {
                home.places.insert(known.location.clone());
                for (index, field) in known.fields.iter().enumerate() {
                    self.field(tree, gateway, known, (index, field));
                }
            }
            Type::Enum(known) => {
                home.places.insert(known.location.clone());
                for variant in &known.variants {
                    let names = home.variants.entry(variant.rust.clone()).or_default();
                    names.extend([variant.value.clone(), variant.rust.clone()]);
                }
            }
        }
    }

    fn field(
        &mut self,
        tree: &Tree<'_>,
        gateway: &Gateway,
        owner: &Struct,
        (index, field): (usize, &Field),
    ) {
        let step = if owner.positional {
            format!("prefixItems/{index}")
        } else {
            format!("properties/{}", json::escape(&field.wire))
        };
        let place = format!("{}/{step}", owner.location);
        let mut places = vec![place.clone()];
        if let Some(at) = find(tree, &place) {
            referred(tree, at, &mut places);
        }
        let path = format!("{}::{}", gateway.module, owner.name);
        if let Some(used) = type_name(&field.value) {
            let used = self.home(gateway, used);
            used.users.insert((place, Some(path)));
        }
        let home = self.home(gateway, &owner.name);
        let fields = &mut home.fields;
        add(
            fields.entry(plain(&field.rust).to_owned()).or_default(),
            places,
        );
    }

    /// Every place that something comes from.
    fn gather(&mut self) {
        for account in self.gateways.values() {
            let file = &account.file;
            let parts = [
                "",
                "/x-gateway",
                "/x-gateway/rust",
                "/x-gateway/credentials",
            ];
            let parts = parts.iter().map(|part| format!("{file}{part}"));
            self.known.extend(parts);
        }
        for home in self.types.values() {
            let users = home.users.iter().map(|(place, _)| place);
            let places = home.places.iter().chain(&home.answer).chain(&home.files);
            let places = places.chain(home.fields.values().flatten()).chain(users);
            self.known.extend(places.cloned());
        }
    }

    /// Where an item comes from; of a constructor, where the parameters that changed come from.
    pub(super) fn find(&self, item: &Declared, parameters: &Parameters) -> Origin {
        let Some(home) = self.types.get(&item.owner) else {
            return self.of_gateway(item, parameters);
        };
        let field = |name: &str| home.fields.get(plain(name));
        let mut places = Vec::new();
        match item.kind {
            _ if item.is_constructor() => {
                let fields = parameters.changed.iter().filter_map(|name| field(name));
                add(&mut places, fields.flatten().cloned());
            }
            Kind::Field => add(
                &mut places,
                field(&item.member).into_iter().flatten().cloned(),
            ),
            Kind::Function => {
                let name = item.member.trim_start_matches("with_");
                add(&mut places, field(name).into_iter().flatten().cloned());
            }
            Kind::Associated => add(&mut places, home.answer.iter().cloned()),
            _ => {}
        }
        if places.is_empty() || item.is_constructor() {
            add(&mut places, home.places.iter().cloned());
        }
        let names = home.variants.get(&item.member).into_iter().flatten();
        Origin {
            around: self.around(home),
            places,
            names: names.cloned().collect(),
            api: home.api.clone(),
        }
    }

    /// The type itself, then everything that leads to it, nearest first, then its files.
    fn around(&self, home: &Home) -> Vec<String> {
        let mut around: Vec<&String> = home.places.iter().collect();
        let mut visited: BTreeSet<&str> = BTreeSet::new();
        let mut left: Vec<&Home> = vec![home];
        while !left.is_empty() {
            let mut next = Vec::new();
            for (place, owner) in left.into_iter().flat_map(|home| &home.users) {
                around.push(place);
                let owner = owner.as_ref().filter(|owner| visited.insert(owner));
                if let Some(owner) = owner.and_then(|owner| self.types.get(owner)) {
                    around.extend(&owner.places);
                    next.push(owner);
                }
            }
            left = next;
        }
        around.extend(&home.files);
        let mut seen = BTreeSet::new();
        around.retain(|place| seen.insert(*place));
        around.into_iter().cloned().collect()
    }

    fn of_gateway(&self, item: &Declared, parameters: &Parameters) -> Origin {
        let module = item.owner.split("::").next().unwrap_or(&item.owner);
        let Some(account) = self.gateways.get(module) else {
            return Origin::default();
        };
        let at = |part: &str| format!("{}{part}", account.file);
        let of_account = matches!(item.kind, Kind::Function);
        let own = if of_account {
            vec![at("/x-gateway/credentials")]
        } else {
            vec![at("/x-gateway/rust")]
        };
        let names: Vec<&str> = match item.member.strip_prefix("with_") {
            Some(name) => vec![name],
            None => parameters.changed.iter().map(String::as_str).collect(),
        };
        let names = names.into_iter().map(plain);
        let names = names.filter_map(|name| account.credentials.get(name).cloned());
        Origin {
            places: own,
            around: vec![at("/x-gateway"), at("")],
            names: if of_account {
                names.collect()
            } else {
                Vec::new()
            },
            api: None,
        }
    }
}

/// A Rust name without the mark of raw identifiers.
fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}

/// The type of a value, or of what a list holds.
fn type_name(value: &Value) -> Option<&str> {
    match &value.shape {
        Shape::List(element) => type_name(element),
        Shape::Enum(name) | Shape::Object(name) => Some(name),
        _ => None,
    }
}

fn find<'t>(tree: &'t Tree<'_>, place: &str) -> Option<At<'t>> {
    let (path, pointer) = place.split_once('#')?;
    tree.root(path)?.pointer(pointer)
}

/// Adds places that are not there yet.
fn add(places: &mut Vec<String>, others: impl IntoIterator<Item = String>) {
    for place in others {
        if !places.contains(&place) {
            places.push(place);
        }
    }
}

/// Adds what a value is made of: the elements of a list, the content of a text, the definitions
/// that it refers to. The members of objects have places of their own.
fn referred<'t>(tree: &'t Tree<'_>, at: At<'t>, places: &mut Vec<String>) {
    let target = at.get("$ref").and_then(|reference| reference.node.text());
    let target = target.and_then(|target| tree.follow(at.file, target));
    let inner = ["items", "contentSchema"];
    let inner = inner.into_iter().filter_map(|key| at.get(key));
    let either = at.get("anyOf").into_iter();
    let either = either.flat_map(|list| list.node.elements().iter().map(move |n| list.part(n)));
    for part in target.into_iter().chain(inner).chain(either) {
        let place = tree.sources().location(part.node.place);
        if !places.contains(&place) {
            places.push(place);
            referred(tree, part, places);
        }
    }
}
