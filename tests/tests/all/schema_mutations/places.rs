//! Every schema of a tree of files, and the messages that it is a part of.

use std::collections::{BTreeMap, BTreeSet};

use super::json::{Json, below};

/// Files by their path below `schemas/`.
pub(crate) type Files = BTreeMap<String, Json>;

/// A half of an API's exchange.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Role {
    /// File of the API.
    pub(crate) file: String,
    pub(crate) method: String,
    pub(crate) reply: bool,
    /// We send it.
    pub(crate) sent: bool,
}

/// The messages of each schema, by file and pointer.
pub(crate) type Roles = BTreeMap<(String, String), BTreeSet<Role>>;

/// Where keywords hold schemas.
const ONE: &[&str] = &["items", "contentSchema", "additionalProperties", "not"];
const LIST: &[&str] = &["prefixItems", "anyOf", "allOf", "oneOf"];
const MAP: &[&str] = &["properties", "$defs", "patternProperties"];

/// The schemas directly inside one: pointers from it, and the schemas.
pub(crate) fn inner(schema: &Json) -> Vec<(String, &Json)> {
    let mut found = Vec::new();
    for (word, value) in schema.members() {
        let at = below("", word);
        if ONE.contains(&word.as_str()) {
            found.push((at, value));
        } else if LIST.contains(&word.as_str()) {
            let elements = value.elements().iter().enumerate();
            found.extend(elements.map(|(n, schema)| (below(&at, n), schema)));
        } else if MAP.contains(&word.as_str()) {
            let members = value.members().iter();
            found.extend(members.map(|(name, schema)| (below(&at, name), schema)));
        }
    }
    found
}

/// All schemas of a file that are objects, outer ones first.
pub(crate) fn schemas(root: &Json) -> Vec<(String, &Json)> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), root)];
    while let Some((pointer, schema)) = open.pop() {
        let parts = inner(schema).into_iter().rev();
        open.extend(parts.map(|(at, part)| (format!("{pointer}{at}"), part)));
        if matches!(schema, Json::Object(_)) {
            found.push((pointer, schema));
        }
    }
    found
}

/// The messages that each schema is a part of: followed from `request` and `reply` of every API.
pub(crate) fn roles(files: &Files) -> Roles {
    let mut roles = Roles::new();
    for (path, root) in files {
        let Some(method) = root.at("/x-api/method").and_then(Json::text) else {
            continue;
        };
        let gateway = format!("{}/gateway.json", path.split('/').next().unwrap());
        let direction = files[&gateway].at("/x-gateway/direction");
        let push = direction.and_then(Json::text) == Some("push");
        for reply in [false, true] {
            let role = Role {
                file: path.clone(),
                method: method.to_owned(),
                reply,
                sent: reply == push,
            };
            let part = if reply { "reply" } else { "request" };
            mark(
                files,
                path,
                &format!("/properties/{part}"),
                &role,
                &mut roles,
            );
        }
    }
    roles
}

fn mark(files: &Files, path: &str, pointer: &str, role: &Role, roles: &mut Roles) {
    let place = (path.to_owned(), pointer.to_owned());
    let Some(schema) = files.get(path).and_then(|root| root.at(pointer)) else {
        return;
    };
    if !roles.entry(place).or_default().insert(role.clone()) {
        return;
    }
    if let Some(reference) = schema.get("$ref").and_then(Json::text) {
        let (file, pointer) = reference.split_once('#').unwrap();
        let directory = path.split('/').next().unwrap();
        let file = if file.is_empty() {
            path.to_owned()
        } else {
            format!("{directory}/{file}")
        };
        mark(files, &file, pointer, role, roles);
    }
    for (at, _) in inner(schema) {
        mark(files, path, &format!("{pointer}{at}"), role, roles);
    }
}
