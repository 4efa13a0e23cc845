//! The schema files as data: read from the repository, references put in place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// Every gateway and API file, by its path below `schemas/`.
pub struct Schemas(BTreeMap<String, Value>);

/// Keywords that say nothing about validity, and the `x-` keywords that no test needs.
const SAYS_NOTHING: &[&str] = &[
    "$schema",
    "$id",
    "$defs",
    "$comment",
    "title",
    "description",
    "default",
    "deprecated",
    "examples",
    "x-row",
    "x-note",
    "x-name",
    "x-rust-name",
    "x-sensitive",
    "x-wire",
];

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Schemas {
    /// Reads them.
    pub fn load() -> Schemas {
        let mut files = BTreeMap::new();
        let directory = root().join("schemas");
        for gateway in std::fs::read_dir(&directory).unwrap() {
            let gateway = gateway.unwrap().path();
            if !gateway.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(&gateway).unwrap() {
                let file = file.unwrap().path();
                // The changelog fragments beside the gateways are no schemas.
                if file.extension().is_none_or(|ending| ending != "json") {
                    continue;
                }
                let name = file.strip_prefix(&directory).unwrap().to_str().unwrap();
                let text = std::fs::read_to_string(&file).unwrap();
                files.insert(
                    name.replace('\\', "/"),
                    serde_json::from_str(&text).unwrap(),
                );
            }
        }
        Schemas(files)
    }

    /// The schema at `pointer` of a file, references put in place, nothing but assertions left.
    pub fn inlined(&self, file: &str, pointer: &str) -> Value {
        self.inline(file, self.0[file].pointer(pointer).unwrap())
    }

    /// An independent validator of the schema at `pointer` of a file, references followed by it.
    pub fn validator(&self, file: &str, pointer: &str) -> jsonschema::Validator {
        let mut registry = jsonschema::Registry::new();
        for (path, schema) in &self.0 {
            let mut schema = schema.clone();
            // The dialect is 2020-12 with annotations; validators know it by that name.
            schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
            registry = registry
                .add(format!("dockseal:/schemas/{path}"), schema)
                .unwrap();
        }
        let registry = registry.prepare().unwrap();
        jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .with_registry(&registry)
            .build(&serde_json::json!({ "$ref": format!("dockseal:/schemas/{file}#{pointer}") }))
            .unwrap()
    }

    /// The exchanges that a file gives as examples.
    pub fn examples(&self, file: &str) -> Vec<Value> {
        self.0[file]["examples"]
            .as_array()
            .cloned()
            .unwrap_or_default()
    }

    fn inline(&self, file: &str, schema: &Value) -> Value {
        let Value::Object(members) = schema else {
            return schema.clone();
        };
        let mut out = Map::new();
        if let Some(reference) = members.get("$ref") {
            let (name, pointer) = reference.as_str().unwrap().split_once('#').unwrap();
            let directory = file.split_once('/').unwrap().0;
            let target = if name.is_empty() {
                file.to_owned()
            } else {
                format!("{directory}/{name}")
            };
            let inlined = self.inlined(&target, pointer);
            out.extend(inlined.as_object().unwrap().clone());
        }
        for (keyword, value) in members {
            let value = match keyword.as_str() {
                "$ref" => continue,
                name if SAYS_NOTHING.contains(&name) => continue,
                "properties" => value
                    .as_object()
                    .unwrap()
                    .iter()
                    .map(|(name, schema)| (name.clone(), self.inline(file, schema)))
                    .collect(),
                "items" | "contentSchema" => self.inline(file, value),
                "prefixItems" | "anyOf" => {
                    let schemas = value.as_array().unwrap().iter();
                    schemas.map(|schema| self.inline(file, schema)).collect()
                }
                _ => value.clone(),
            };
            out.insert(keyword.clone(), value);
        }
        out.into()
    }
}

/// A validator of an inlined schema.
pub fn validator(inlined: &Value) -> jsonschema::Validator {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .build(inlined)
        .unwrap()
}

/// The JSON types that a schema admits.
pub fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(only) => vec![only],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}
