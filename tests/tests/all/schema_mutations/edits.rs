//! Every keyword of a schema, edited one at a time in each way that means something.
#![allow(
    clippy::match_same_arms,
    clippy::too_many_lines,
    clippy::unused_self,
    reason = "a table: each row stands for itself"
)]

use super::json::{Json, below, json};
use super::places::schemas;

/// A file after one edit.
#[derive(Clone, Debug)]
pub(crate) struct Edit {
    /// The keyword; for settings the pointer with `*` for positions.
    pub(crate) word: String,
    pub(crate) kind: &'static str,
    /// The schema that was edited, or the setting.
    pub(crate) schema: String,
    /// Where findings may point to, or below: in the schema before or after.
    pub(crate) places: Vec<String>,
    pub(crate) root: Json,
}

/// Keywords for people: text, list of texts, or anything.
const WORDS: &[&str] = &[
    "title",
    "description",
    "x-note",
    "x-row",
    "$comment",
    "examples",
];
const BOUNDS: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const COUNTS: &[&str] = &["minLength", "maxLength", "minItems", "maxItems"];
/// Roots of files that hold settings.
const SETTINGS: &[&str] = &["x-api", "x-source", "x-gateway"];

/// All edits of a file.
pub(crate) fn edits(root: &Json) -> Vec<Edit> {
    let mut found = Vec::new();
    for (pointer, schema) in schemas(root) {
        let only_required = schema.members().iter().all(|(word, _)| word == "required");
        if only_required && !schema.members().is_empty() {
            continue;
        }
        let mut bench = Bench {
            root,
            pointer: &pointer,
            schema,
            found: &mut found,
        };
        bench.words();
        if pointer.is_empty() {
            bench.identity();
            continue;
        }
        bench.types();
        bench.numbers();
        bench.values();
        bench.texts();
        bench.shapes();
        bench.names();
        bench.fields();
        bench.lists();
        bench.choices();
    }
    for word in SETTINGS {
        if let Some(value) = root.get(word) {
            let at = below("", word);
            settings(root, &at, &at, value, &mut found);
        }
    }
    definitions(root, &mut found);
    found
}

/// One schema on the bench.
struct Bench<'a> {
    root: &'a Json,
    pointer: &'a str,
    schema: &'a Json,
    found: &'a mut Vec<Edit>,
}

impl Bench<'_> {
    fn push(&mut self, word: &str, kind: &'static str, schema: Json) {
        self.push_at(word, kind, &[&below("", word)], schema);
    }

    fn push_at(&mut self, word: &str, kind: &'static str, places: &[&str], schema: Json) {
        let places = places.iter().map(|at| format!("{}{at}", self.pointer));
        self.found.push(Edit {
            word: word.to_owned(),
            kind,
            schema: self.pointer.to_owned(),
            places: places.collect(),
            root: self.root.put(self.pointer, schema),
        });
    }

    fn set(&mut self, word: &str, kind: &'static str, value: Json) {
        self.push(word, kind, self.schema.with(word, value));
    }

    fn drop(&mut self, word: &str) {
        self.push(word, "drop", self.schema.without(word));
    }

    fn is_field(&self) -> bool {
        let parent = self.pointer.rsplit('/').nth(1);
        parent == Some("properties") && !self.pointer.starts_with("/properties/")
    }

    fn kinds(&self) -> Vec<&str> {
        match self.schema.get("type") {
            Some(Json::Text(kind)) => vec![kind],
            Some(kinds) => kinds.elements().iter().filter_map(Json::text).collect(),
            None => Vec::new(),
        }
    }

    /// A plain text, without a pattern or a shape of its own.
    fn is_plain_text(&self) -> bool {
        let shaped = [
            "pattern",
            "enum",
            "x-enum",
            "x-time",
            "x-decimal",
            "contentSchema",
            "const",
        ];
        self.kinds() == ["string"] && shaped.iter().all(|word| self.schema.get(word).is_none())
    }

    fn words(&mut self) {
        for word in WORDS {
            match self.schema.get(word) {
                Some(Json::Text(text)) => {
                    let text = if *word == "x-row" {
                        "nowhere/9".to_owned()
                    } else {
                        format!("{text}x")
                    };
                    self.set(word, "change", Json::Text(text));
                    self.drop(word);
                }
                Some(Json::List(elements)) if !elements.is_empty() => {
                    self.set(word, "change", Json::List(elements[1..].to_vec()));
                    self.drop(word);
                }
                _ if self.is_field() && *word != "examples" => {
                    let value = if *word == "x-note" {
                        r#"["a"]"#
                    } else {
                        r#""1/1""#
                    };
                    self.set(word, "add", json(value));
                }
                _ => {}
            }
        }
        match self.schema.get("deprecated") {
            Some(_) => self.drop("deprecated"),
            None if self.is_field() => self.set("deprecated", "add", json("true")),
            None => {}
        }
        match self.schema.get("default") {
            Some(value) => {
                let other = if value.text().is_some() {
                    "7"
                } else {
                    r#""7""#
                };
                self.set("default", "change", json(other));
                self.drop("default");
            }
            None if self.is_field() && self.is_plain_text() => {
                self.set("default", "add", json(r#""1""#));
            }
            None => {}
        }
    }

    fn identity(&mut self) {
        for word in ["$id", "$schema"] {
            let text = self.schema.get(word).and_then(Json::text).unwrap();
            self.set(word, "change", Json::Text(format!("{text}x")));
        }
    }

    fn types(&mut self) {
        let kinds: Vec<String> = self.kinds().into_iter().map(str::to_owned).collect();
        if kinds.is_empty() {
            return;
        }
        let list = |kinds: &[String]| Json::List(kinds.iter().cloned().map(Json::Text).collect());
        let with = |kind: &str| list(&[kinds.clone(), vec![kind.to_owned()]].concat());
        let listed = self.schema.get("enum").is_some();
        if !kinds.iter().any(|kind| kind == "null") && !listed {
            self.set("type", "null", with("null"));
        }
        if !kinds.iter().any(|kind| kind == "boolean") && !listed {
            self.set("type", "more", with("boolean"));
        }
        if kinds.len() > 1 {
            for n in 0..kinds.len() {
                let mut fewer = kinds.clone();
                fewer.remove(n);
                let fewer = if fewer.len() == 1 {
                    Json::Text(fewer.remove(0))
                } else {
                    list(&fewer)
                };
                self.set("type", "fewer", fewer);
            }
        }
        let other = if kinds == ["boolean"] {
            "integer"
        } else {
            "boolean"
        };
        let kind = if listed { "other-listed" } else { "other" };
        self.set("type", kind, Json::Text(other.to_owned()));
        if !listed {
            self.drop("type");
        }
    }

    fn numbers(&mut self) {
        for word in BOUNDS.iter().chain(COUNTS) {
            let Some(n) = self.schema.get(word).and_then(Json::number) else {
                continue;
            };
            // How many arguments have to be passed is told at the arguments.
            let places = [below("", word), "/prefixItems".to_owned()];
            let places = [places[0].as_str(), places[1].as_str()];
            let with = |n: i64| self.schema.with(word, Json::Scalar(n.to_string()));
            let (more, less, none) = (with(n + 1), with(n - 1), self.schema.without(word));
            self.push_at(word, "raise", &places, more);
            if n > 0 || BOUNDS.contains(word) {
                self.push_at(word, "lower", &places, less);
            }
            self.push_at(word, "drop", &places, none);
        }
        let plain = self.is_plain_text();
        let array = self.kinds() == ["array"] && self.schema.get("prefixItems").is_none();
        let number = self.kinds() == ["integer"] && self.schema.get("x-enum").is_none();
        for (word, value, applies) in [
            ("minLength", "2", plain),
            ("maxLength", "9", plain),
            ("minItems", "2", array),
            ("maxItems", "9", array),
            ("minimum", "1", number),
            ("maximum", "99", number),
        ] {
            if applies && self.schema.get(word).is_none() {
                self.set(word, "add", json(value));
            }
        }
    }

    fn values(&mut self) {
        if let Some(values) = self.schema.get("enum").map(|v| v.elements().to_vec()) {
            for n in 0..values.len() {
                let mut fewer = values.clone();
                fewer.remove(n);
                self.set("enum", "fewer", Json::List(fewer));
            }
            let other = if values[0].text().is_some() {
                r#""77""#
            } else {
                "77"
            };
            self.set(
                "enum",
                "more",
                Json::List([values, vec![json(other)]].concat()),
            );
            self.drop("enum");
        } else if self.is_plain_text() {
            self.set("enum", "add", json(r#"["a", "bb"]"#));
            self.set("const", "add", json(r#""a""#));
        }
        if let Some(values) = self.schema.get("x-enum").map(|v| v.elements().to_vec()) {
            self.known(&values);
        }
    }

    /// The entries of `x-enum`.
    fn known(&mut self, values: &[Json]) {
        let at = |n: usize| format!("/x-enum/{n}");
        for (n, entry) in values.iter().enumerate() {
            let mut fewer = values.to_vec();
            fewer.remove(n);
            let fewer = self.schema.with("x-enum", Json::List(fewer));
            self.push_at("x-enum", "fewer", &["/x-enum"], fewer);
            for (member, kind, value) in [
                ("rust", "rust", r#""Renamed""#),
                ("label", "label", r#""another""#),
                ("label_zh", "label", r#""别的""#),
            ] {
                let edited = entry.with(member, json(value));
                let schema = self.schema.put(&at(n), edited);
                self.push_at("x-enum", kind, &[&at(n)], schema);
            }
            let other = if entry.get("value").and_then(Json::text).is_some() {
                r#""77""#
            } else {
                "77"
            };
            let mut moved = self.schema.put(&at(n), entry.with("value", json(other)));
            if let Some(listed) = self.schema.get("enum").map(|v| v.elements().to_vec()) {
                let listed = listed.into_iter().map(|value| {
                    if Some(&value) == entry.get("value") {
                        json(other)
                    } else {
                        value
                    }
                });
                moved = moved.with("enum", Json::List(listed.collect()));
            }
            self.push_at("x-enum", "value", &["/x-enum", "/enum"], moved);
        }
        let text = values[0].get("value").and_then(Json::text).is_some();
        let value = if text { r#""77""# } else { "77" };
        let entry =
            format!(r#"{{"value": {value}, "rust": "Added", "label": "added", "label_zh": "新"}}"#);
        let more = Json::List([values.to_vec(), vec![json(&entry)]].concat());
        self.set("x-enum", "more", more);
        if values.len() > 1 {
            let mut moved = values.to_vec();
            moved.rotate_left(1);
            self.set("x-enum", "move", Json::List(moved));
        }
        self.drop("x-enum");
    }

    fn texts(&mut self) {
        match self
            .schema
            .get("pattern")
            .and_then(Json::text)
            .map(str::to_owned)
        {
            Some(pattern) => {
                self.set("pattern", "other", json(r#""^[A-Z]{3}$""#));
                self.drop("pattern");
                let blank = pattern
                    .strip_prefix("^(")
                    .and_then(|rest| rest.strip_suffix(")?$"));
                if let Some(needed) = blank.filter(|text| !text.contains('|')) {
                    self.set("pattern", "unblank", Json::Text(format!("^{needed}$")));
                }
                for (from, kind, to) in [
                    ("{1,18}", "tighten", "{1,17}"),
                    ("{1,18}", "loosen", "{1,19}"),
                    ("{1,15}", "tighten", "{1,14}"),
                    ("{1,15}", "loosen", "{1,16}"),
                    ("-?", "tighten", ""),
                    ("{1,13}", "loosen", "{1,14}"),
                ] {
                    if pattern.contains(from) {
                        self.set("pattern", kind, Json::Text(pattern.replacen(from, to, 1)));
                    }
                }
            }
            None if self.is_plain_text() => self.set("pattern", "add", json(r#""^[A-Z]+$""#)),
            None => {}
        }
        if self.schema.get("maxLength").is_some() {
            match self.schema.get("x-length-unit").and_then(Json::text) {
                None => self.set("x-length-unit", "bytes", json(r#""bytes""#)),
                Some("bytes") => {
                    self.set("x-length-unit", "characters", json(r#""characters""#));
                    self.push(
                        "x-length-unit",
                        "characters",
                        self.schema.without("x-length-unit"),
                    );
                }
                Some(_) => self.set("x-length-unit", "bytes", json(r#""bytes""#)),
            }
        }
        if self.schema.get("contentMediaType").is_some() {
            self.set("contentMediaType", "change", json(r#""application/xml""#));
            let plain = self
                .schema
                .without("contentMediaType")
                .without("contentSchema");
            self.push_at(
                "contentSchema",
                "drop",
                &["/contentSchema", "/contentMediaType"],
                plain,
            );
        }
    }

    fn shapes(&mut self) {
        if let Some(decimal) = self.schema.get("x-decimal").cloned() {
            let digits = |member| decimal.get(member).and_then(Json::number).unwrap();
            let with = |precision: i64, scale: i64| {
                json(&format!(
                    r#"{{"precision": {precision}, "scale": {scale}}}"#
                ))
            };
            let (precision, scale) = (digits("precision"), digits("scale"));
            self.set("x-decimal", "narrow", with(precision - 1, scale));
            self.set("x-decimal", "widen", with(precision + 1, scale));
            self.set("x-decimal", "shift", with(precision, scale + 1));
            self.set("x-decimal", "shift", with(precision, scale - 1));
            self.set("x-decimal", "widen", with(precision + 1, scale + 1));
            self.drop("x-decimal");
        }
        if let Some(time) = self.schema.get("x-time").and_then(Json::text) {
            let other = if time == "date" {
                r#""datetime""#
            } else {
                r#""date""#
            };
            self.set("x-time", "change", json(other));
            self.drop("x-time");
        }
        if let Some(form) = self.schema.get("x-wire").and_then(Json::text) {
            let other = if form == "string" {
                r#""number""#
            } else {
                r#""string""#
            };
            self.set("x-wire", "change", json(other));
            self.drop("x-wire");
        }
        match self.schema.get("x-sensitive") {
            Some(_) => self.drop("x-sensitive"),
            None if self.is_field() => self.set("x-sensitive", "add", json("true")),
            None => {}
        }
    }

    fn names(&mut self) {
        match self.schema.get("x-rust-name").and_then(Json::text) {
            Some(name) => {
                let other = format!(
                    "{name}{}",
                    if name.starts_with(char::is_lowercase) {
                        "_x"
                    } else {
                        "X"
                    }
                );
                self.set("x-rust-name", "change", Json::Text(other));
                self.drop("x-rust-name");
            }
            None if self.is_field() && self.schema.get("x-enum").is_none() => {
                self.set("x-rust-name", "add", json(r#""another_name""#));
            }
            None => {}
        }
        if let Some(name) = self.schema.get("x-name").and_then(Json::text) {
            self.set("x-name", "change", Json::Text(format!("{name}_x")));
        }
        if self.schema.get("$ref").is_some() {
            let other = self
                .schema
                .without("$ref")
                .with("type", json(r#""boolean""#));
            self.push_at("$ref", "other", &[""], other);
        }
    }

    fn fields(&mut self) {
        let Some(properties) = self.schema.get("properties").cloned() else {
            return;
        };
        let required: Vec<String> = self.required();
        let with_required = |schema: Json, names: Vec<String>| {
            if names.is_empty() {
                schema.without("required")
            } else {
                schema.with(
                    "required",
                    Json::List(names.into_iter().map(Json::Text).collect()),
                )
            }
        };
        for (name, field) in properties.members() {
            let at = below("/properties", name);
            let needed = required.contains(name);
            let others: Vec<_> = required
                .iter()
                .filter(|other| *other != name)
                .cloned()
                .collect();
            let gone = with_required(
                self.schema.with("properties", properties.without(name)),
                others.clone(),
            );
            let kind = if needed {
                "drop-required"
            } else {
                "drop-optional"
            };
            self.push_at("properties", kind, &[&at], gone);

            let renamed = properties.members().iter().map(|(other, schema)| {
                let other = if other == name {
                    format!("{other}_x")
                } else {
                    other.clone()
                };
                (other, schema.clone())
            });
            let renamed = self
                .schema
                .with("properties", Json::Object(renamed.collect()));
            let names = required.iter().map(|other| {
                if other == name {
                    format!("{other}_x")
                } else {
                    other.clone()
                }
            });
            let renamed = with_required(renamed, names.collect());
            self.push_at("properties", "rename", &[&at, &format!("{at}_x")], renamed);

            if needed {
                let eased = with_required(self.schema.clone(), others);
                self.push_at("required", "fewer", &["/required", &at], eased);
            } else if field.get("$ref").is_none() || !self.is_blank(field) {
                let names = [required.clone(), vec![name.clone()]].concat();
                self.push_at(
                    "required",
                    "more",
                    &["/required", &at],
                    with_required(self.schema.clone(), names),
                );
            }
        }
        let added = json(r#"{"title": "新", "description": "New.", "type": "string"}"#);
        let more = self
            .schema
            .with("properties", properties.with("added_field", added));
        let at = "/properties/added_field";
        self.push_at("properties", "add-optional", &[at], more.clone());
        let names = [required.clone(), vec!["added_field".to_owned()]].concat();
        self.push_at(
            "properties",
            "add-required",
            &[at],
            with_required(more, names),
        );
        let mut moved = properties.members().to_vec();
        if moved.len() > 1 {
            moved.rotate_right(1);
            self.set("properties", "move", Json::Object(moved));
        }
        match self.schema.get("additionalProperties") {
            None => self.set("additionalProperties", "close", json("false")),
            Some(_) => self.push(
                "additionalProperties",
                "open",
                self.schema.without("additionalProperties"),
            ),
        }
        let optional: Vec<_> = properties
            .members()
            .iter()
            .map(|(name, _)| name)
            .filter(|name| !required.contains(name))
            .collect();
        if let [first, second, ..] = optional.as_slice() {
            let needs = Json::Object(vec![(
                (*first).clone(),
                Json::List(vec![Json::Text((*second).clone())]),
            )]);
            self.set("dependentRequired", "add", needs);
            let choice = format!(r#"[{{"required": ["{first}"]}}, {{"required": ["{second}"]}}]"#);
            if self.schema.get("anyOf").is_none() && self.schema.get("allOf").is_none() {
                self.set("anyOf", "add-choice", json(&choice));
            }
        }
    }

    fn required(&self) -> Vec<String> {
        let names = self.schema.get("required").map_or(&[][..], Json::elements);
        names
            .iter()
            .filter_map(Json::text)
            .map(str::to_owned)
            .collect()
    }

    /// A reference to a shared scalar that may be empty for absence: it cannot be required.
    fn is_blank(&self, field: &Json) -> bool {
        let reference = field.get("$ref").and_then(Json::text).unwrap_or_default();
        reference.contains("optional")
    }

    fn lists(&mut self) {
        if self
            .schema
            .get("items")
            .is_some_and(|items| !matches!(items, Json::Scalar(_)))
        {
            self.set("items", "other", json(r#"{"type": "boolean"}"#));
            self.drop("items");
            self.set("uniqueItems", "add", json("true"));
        }
        if let Some(arguments) = self
            .schema
            .get("prefixItems")
            .map(|v| v.elements().to_vec())
        {
            let at = format!("/prefixItems/{}", arguments.len());
            let least = self
                .schema
                .get("minItems")
                .and_then(Json::number)
                .unwrap_or(0);
            let added = json(
                r#"{"title": "新", "description": "New.", "type": "string", "x-name": "added"}"#,
            );
            let more = self
                .schema
                .with("prefixItems", Json::List([arguments, vec![added]].concat()));
            self.push_at(
                "prefixItems",
                "add-optional",
                &[&at, "/prefixItems"],
                more.clone(),
            );
            let more = more.with("minItems", Json::Scalar((least + 1).to_string()));
            self.push_at(
                "prefixItems",
                "add-required",
                &[&at, "/prefixItems", "/minItems"],
                more,
            );
        }
    }

    fn choices(&mut self) {
        for word in ["anyOf", "allOf"] {
            let Some(branches) = self.schema.get(word).map(|v| v.elements().to_vec()) else {
                continue;
            };
            let one_or_many = branches.iter().any(|branch| branch.get("items").is_some());
            for (n, branch) in branches.iter().enumerate() {
                let mut fewer = branches.clone();
                fewer.remove(n);
                if !fewer.is_empty() {
                    let kind = match word {
                        "allOf" => "drop-condition",
                        _ if one_or_many && branch.get("items").is_none() => "drop-single",
                        _ => "drop-branch",
                    };
                    self.push(word, kind, self.schema.with(word, Json::List(fewer)));
                }
                // A condition of presence inside `allOf`.
                let inner = branch.get("anyOf").map_or(&[][..], Json::elements);
                for m in 0..inner.len() {
                    let mut fewer = inner.to_vec();
                    fewer.remove(m);
                    let schema = self
                        .schema
                        .put(&format!("/{word}/{n}/anyOf"), Json::List(fewer));
                    self.push(word, "drop-branch", schema);
                }
            }
            if !one_or_many && word == "anyOf" {
                let name = self
                    .schema
                    .get("properties")
                    .and_then(|p| p.members().last())
                    .map(|(name, _)| name.clone());
                let branch = format!(r#"{{"required": ["{}"]}}"#, name.unwrap_or_default());
                let more = Json::List([branches, vec![json(&branch)]].concat());
                self.set(word, "add-branch", more);
            }
            if !one_or_many {
                self.push(word, "drop-condition", self.schema.without(word));
            }
        }
    }
}

/// Every value below a setting. Of a list, findings may name the element or the list.
fn settings(root: &Json, pointer: &str, word: &str, value: &Json, found: &mut Vec<Edit>) {
    let member = pointer.split('/').take(3).collect::<Vec<_>>().join("/");
    let mut push = |kind, step: &str, value: Json| {
        found.push(Edit {
            word: format!("{word}{step}"),
            kind,
            schema: member.clone(),
            places: vec![format!("{pointer}{step}")],
            root: root.put(pointer, value),
        });
    };
    match value {
        Json::Text(text) => push("change", "", Json::Text(other_text(text))),
        Json::Scalar(text) => match text.parse::<i64>() {
            Ok(n) => {
                push("raise", "", Json::Scalar((n + 1).to_string()));
                push("lower", "", Json::Scalar((n - 1).to_string()));
            }
            Err(_) => push(
                "flip",
                "",
                json(if text == "true" { "false" } else { "true" }),
            ),
        },
        Json::List(elements) => {
            for n in 0..elements.len() {
                let mut fewer = elements.clone();
                fewer.remove(n);
                push("fewer", "", Json::List(fewer));
            }
            if elements.len() > 1 {
                let mut moved = elements.clone();
                moved.rotate_left(1);
                push("move", "", Json::List(moved));
            }
            if let Some(last) = elements.last() {
                push(
                    "more",
                    "",
                    Json::List([elements.clone(), vec![fresh(last)]].concat()),
                );
            }
        }
        Json::Object(members) => {
            for (name, _) in members {
                push("drop", &below("", name), value.without(name));
            }
        }
    }
    for (n, element) in value.elements().iter().enumerate() {
        settings(root, &below(pointer, n), &below(word, "*"), element, found);
    }
    for (name, member) in value.members() {
        settings(
            root,
            &below(pointer, name),
            &below(word, name),
            member,
            found,
        );
    }
}

/// Another of the words that may stand in a place, so that the generator takes some of the mutants.
fn other_text(text: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("lower", "upper"),
        ("upper", "lower"),
        ("raw", "ascii"),
        ("ascii", "raw"),
        ("allow", "warn"),
        ("warn", "allow"),
        ("warn-in-parameters", "warn"),
        ("create", "update"),
        ("update", "create"),
        ("read", "create"),
        ("md5", "hmac-md5"),
        ("name-value", "length-prefixed"),
        ("length-prefixed", "nested"),
        ("nested", "name-value"),
        ("around", "after"),
        ("after", "around"),
        ("seconds", "datetime"),
        ("rejected", "provider"),
        ("provider", "throttled"),
        ("throttled", "rejected"),
        ("duplicate", "rejected"),
        ("signature", "rejected"),
        ("clock", "rejected"),
        ("call", "push"),
        ("push", "call"),
        ("form", "query"),
        ("query", "form"),
    ];
    let pair = PAIRS.iter().find(|(from, _)| *from == text);
    pair.map_or_else(|| format!("{text}x"), |(_, to)| (*to).to_owned())
}

/// An element like another, under another name.
fn fresh(like: &Json) -> Json {
    match like {
        Json::Text(text) => Json::Text(format!("{text}y")),
        Json::Object(members) => {
            let named = ["name", "environment", "code", "sub_code", "text", "url"];
            let members = members.iter().map(|(key, value)| match value {
                Json::Text(text) if named.contains(&key.as_str()) => {
                    (key.clone(), Json::Text(format!("{text}y")))
                }
                _ => (key.clone(), value.clone()),
            });
            Json::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// Definitions: a new one, and each under another name with its references.
fn definitions(root: &Json, found: &mut Vec<Edit>) {
    let Some(defs) = root.get("$defs") else {
        return;
    };
    let added = json(
        r#"{"title": "新", "description": "New.", "type": "object", "properties": {"a": {"title": "甲", "description": "A.", "type": "string"}}}"#,
    );
    found.push(Edit {
        word: "$defs".to_owned(),
        kind: "add",
        schema: "/$defs".to_owned(),
        places: vec!["/$defs/Added".to_owned()],
        root: root.with("$defs", defs.with("Added", added)),
    });
    // Those of a gateway are referred to from other files.
    if root.get("x-gateway").is_some() {
        return;
    }
    for (name, _) in defs.members() {
        let (from, to) = (format!("#/$defs/{name}\""), format!("#/$defs/{name}X\""));
        let renamed = defs.members().iter().map(|(other, schema)| {
            let other = if other == name {
                format!("{other}X")
            } else {
                other.clone()
            };
            (other, schema.clone())
        });
        let text = root
            .with("$defs", Json::Object(renamed.collect()))
            .to_string();
        found.push(Edit {
            word: "$defs".to_owned(),
            kind: "rename",
            schema: below("/$defs", name),
            places: vec![String::new()],
            root: json(&text.replace(&from, &to)),
        });
    }
}
