//! The JSON inside text: a validator takes `contentSchema` for an annotation, so it is followed here.

use serde_json::Value;

use super::files::{plain, said, validator};
use super::report::Problem;

/// Schema files by their paths.
type Schemas = [(String, Value)];

/// What is wrong with JSON text anywhere inside an instance.
pub(super) fn findings(
    path: &str,
    root: &Value,
    schemas: &Schemas,
    instance: &Value,
    at: &str,
) -> Result<Vec<Problem>, String> {
    let mut walk = Walk {
        path,
        root,
        schemas,
        found: Vec::new(),
    };
    walk.visit(root, instance, at)?;
    Ok(walk.found)
}

struct Walk<'a> {
    path: &'a str,
    root: &'a Value,
    schemas: &'a Schemas,
    found: Vec<Problem>,
}

impl Walk<'_> {
    fn visit(&mut self, schema: &Value, instance: &Value, at: &str) -> Result<(), String> {
        let schema = &self.resolved(schema);
        if let (Some(content), Some(text)) = (schema.get("contentSchema"), instance.as_str()) {
            return self.text(content, text, at);
        }
        let child = |name: &str| format!("{at}/{name}");
        for (name, schema) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if let Some(value) = instance.get(name) {
                self.visit(schema, value, &child(name))?;
            }
        }
        let elements = instance.as_array().into_iter().flatten().enumerate();
        for (index, value) in elements {
            let place = schema.pointer(&format!("/prefixItems/{index}"));
            if let Some(schema) = place.or(schema.get("items")) {
                self.visit(schema, value, &child(&index.to_string()))?;
            }
        }
        // One or many: the list speaks of its element too.
        let many = schema.pointer("/anyOf/0").filter(|_| instance.is_array());
        if let Some(schema) = many
            .or(schema.pointer("/anyOf/1"))
            .filter(|schema| schema.get("required").is_none())
        {
            self.visit(&schema.clone(), instance, at)?;
        }
        Ok(())
    }

    fn text(&mut self, content: &Value, text: &str, at: &str) -> Result<(), String> {
        if text.is_empty() {
            // Absent, where the schema admits it; the pattern of presence is not ours.
            return Ok(());
        }
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) => {
                self.report(at.to_owned(), format!("the text is no JSON: {error}"));
                return Ok(());
            }
        };
        let mut schema = plain(self.root);
        if let (Some(members), Some(content)) = (schema.as_object_mut(), content.as_object()) {
            // The inside refers to the definitions of its file, and to nothing else of it.
            members.retain(|name, _| matches!(name.as_str(), "$schema" | "$id" | "$defs"));
            members.extend(content.clone());
        }
        let inside = validator(&schema, self.schemas)?;
        for error in inside.iter_errors(&value) {
            let place = format!("{at}{}", error.instance_path());
            self.report(
                place,
                format!("the example breaks its own schema, inside JSON text: {error}"),
            );
        }
        self.visit(content, &value, at)
    }

    fn report(&mut self, pointer: String, message: String) {
        self.found.push(said(self.path, pointer, message));
    }

    /// The schema that a reference leads to, in this file or in another of its directory.
    fn resolved(&self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        // References do not lead in circles: the reader has made sure.
        while let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
            let directory = self
                .path
                .split_once('/')
                .map_or("", |(directory, _)| directory);
            let file = format!("{directory}/{file}");
            let other = self
                .schemas
                .iter()
                .find(|(path, _)| *path == file)
                .map(|(_, root)| root);
            let target = other.unwrap_or(self.root).pointer(pointer);
            match target {
                Some(target) => schema = target.clone(),
                None => break,
            }
        }
        schema
    }
}
