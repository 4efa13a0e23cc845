//! The tables as JSON Schema again (feature `schema`), equal in meaning to the files that they were
//! generated from.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value as Json, json};

use super::{Code, Field, Forms, Kind, Layout, ObjectRule, Rule, Table, Value};

/// The schema of a generated struct, with the structs that it holds in place.
#[must_use]
pub fn object_schema(table: &'static Table, _: &mut SchemaGenerator) -> Schema {
    Schema::from(object(table))
}

fn object(table: &Table) -> Map<String, Json> {
    let mut schema = Map::new();
    match table.layout {
        Layout::Named => named(table, &mut schema),
        Layout::Positional => positional(table, &mut schema),
    }
    if !table.title.is_empty() {
        schema.insert("title".to_owned(), table.title.into());
    }
    schema
}

fn named(table: &Table, schema: &mut Map<String, Json>) {
    let properties: Map<String, Json> = table
        .fields
        .iter()
        .map(|field| (field.name.to_owned(), property(field)))
        .collect();
    let required: Vec<_> = table
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name)
        .collect();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if table.closed {
        schema.insert("additionalProperties".to_owned(), false.into());
    }
    for rule in table.rules {
        match rule {
            ObjectRule::AnyOfRequired(groups) => {
                let groups: Vec<_> = groups
                    .iter()
                    .map(|group| json!({ "required": group }))
                    .collect();
                // Several of these hold together, which `anyOf` alone cannot say.
                let all = schema.entry("allOf").or_insert_with(|| json!([]));
                if let Some(all) = all.as_array_mut() {
                    all.push(json!({ "anyOf": groups }));
                }
            }
            ObjectRule::DependentRequired(first, others) => {
                let all = schema
                    .entry("dependentRequired")
                    .or_insert_with(|| json!({}));
                if let Some(all) = all.as_object_mut() {
                    all.insert((*first).to_owned(), json!(others));
                }
            }
        }
    }
}

fn positional(table: &Table, schema: &mut Map<String, Json>) {
    let items: Vec<_> = table.fields.iter().map(property).collect();
    let needed = table
        .fields
        .iter()
        .take_while(|field| field.required)
        .count();
    schema.insert("type".to_owned(), "array".into());
    schema.insert("prefixItems".to_owned(), items.into());
    schema.insert("minItems".to_owned(), needed.into());
    schema.insert("items".to_owned(), false.into());
}

fn property(field: &Field) -> Json {
    let mut schema = value(&field.value);
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("title".to_owned(), field.title.into());
    }
    schema
}

fn value(value: &Value) -> Json {
    let mut schema = inside(value);
    if let Some(schema) = schema.as_object_mut() {
        value.rules.iter().for_each(|rule| state(rule, schema));
    }
    if let (true, Kind::List(element)) = (value.one_or_many, value.kind) {
        schema = json!({ "anyOf": [schema, self::value(element)] });
    }
    if value.json_text {
        return json!({
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": schema,
        });
    }
    schema
}

fn inside(value: &Value) -> Json {
    let blank = value.forms.has(Forms::BLANK);
    match value.kind {
        Kind::Text => json!({ "type": types(value, "string") }),
        Kind::Boolean => json!({ "type": types(value, "boolean") }),
        Kind::Integer => lexical(value, "integer", || {
            optional(sign(value), "[0-9]{1,18}", blank)
        }),
        Kind::Decimal { precision, scale } => {
            let mut schema = lexical(value, "number", || {
                optional(sign(value), &digits(precision, scale), blank)
            });
            bounds(value, precision.saturating_sub(scale), &mut schema);
            schema
        }
        Kind::DateTime => {
            let zero = if blank { "|0000-00-00 00:00:00" } else { "" };
            json!({ "type": types(value, "string"), "pattern": time(&format!("{DAY} {SECOND}"), zero, blank) })
        }
        Kind::Date => {
            let zero = if blank { "|0000-00-00" } else { "" };
            json!({ "type": types(value, "string"), "pattern": time(DAY, zero, blank) })
        }
        Kind::Enum(table) => enumeration(value, table),
        Kind::Object(table) => {
            let mut schema = object(table);
            if value.forms.has(Forms::NULL) {
                schema.insert("type".to_owned(), types(value, "object"));
            }
            schema.into()
        }
        Kind::List(element) => {
            // That one element may stand for the list is said around this.
            let list = match (value.one_or_many, value.forms.has(Forms::NULL)) {
                (false, _) => types(value, "array"),
                (true, false) => "array".into(),
                (true, true) => json!(["array", "null"]),
            };
            json!({ "type": list, "items": self::value(element) })
        }
        Kind::Json if value.forms == Forms::USUAL => json!({}),
        Kind::Json => json!({ "type": types(value, "") }),
    }
}

const DAY: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const SECOND: &str = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";

fn time(pattern: &str, zero: &str, blank: bool) -> String {
    if blank {
        format!("^({pattern}{zero})?$")
    } else {
        format!("^{pattern}$")
    }
}

fn digits(precision: u32, scale: u32) -> String {
    let whole = format!("[0-9]{{1,{}}}", precision.saturating_sub(scale));
    if scale == 0 {
        whole
    } else {
        format!("{whole}(\\.[0-9]{{1,{scale}}})?")
    }
}

fn optional(sign: &str, digits: &str, blank: bool) -> String {
    if blank {
        format!("^({sign}{digits})?$")
    } else {
        format!("^{sign}{digits}$")
    }
}

/// A number that must not be negative is one whose text has no sign.
fn sign(value: &Value) -> &'static str {
    let unsigned = has_text(value)
        && value
            .rules
            .iter()
            .any(|rule| matches!(rule, Rule::Minimum(bound) if bound.units == 0));
    if unsigned { "" } else { "-?" }
}

/// A number that travels as a JSON number, as text of this pattern, or as both.
fn lexical(value: &Value, number: &str, pattern: impl FnOnce() -> String) -> Json {
    if has_text(value) {
        json!({ "type": types(value, "string"), "pattern": pattern() })
    } else {
        json!({ "type": types(value, number) })
    }
}

/// Whether a number may travel as text. Where the schema leaves no choice, the way of writing is it.
fn has_text(value: &Value) -> bool {
    value.forms.has(Forms::STRING) || (value.as_text && !value.forms.has(Forms::NUMBER))
}

/// Whether a number may travel as a JSON number.
fn has_number(value: &Value) -> bool {
    value.forms.has(Forms::NUMBER) || !has_text(value)
}

/// A pattern says nothing of a JSON number: what its digits allow is stated as bounds.
fn bounds(value: &Value, whole: u32, schema: &mut Json) {
    let (true, Some(limit), Some(schema)) = (
        has_number(value),
        10_i64.checked_pow(whole),
        schema.as_object_mut(),
    ) else {
        return;
    };
    schema.insert("exclusiveMinimum".to_owned(), (-limit).into());
    schema.insert("exclusiveMaximum".to_owned(), limit.into());
}

/// The admitted JSON types: those in `forms`, else `usual`.
fn types(value: &Value, usual: &str) -> Json {
    let number = if matches!(value.kind, Kind::Integer | Kind::Enum(_)) {
        "integer"
    } else {
        "number"
    };
    let mut names: Vec<&str> = [
        (Forms::STRING, "string"),
        (Forms::NUMBER, number),
        (Forms::ARRAY, "array"),
        (Forms::OBJECT, "object"),
    ]
    .into_iter()
    .filter(|(form, _)| value.forms.has(*form))
    .map(|(_, name)| name)
    .collect();
    if names.is_empty() {
        names.push(usual);
    }
    if value.forms.has(Forms::NULL) {
        names.push("null");
    }
    match names.as_slice() {
        [only] => (*only).into(),
        _ => json!(names),
    }
}

fn enumeration(value: &Value, table: &super::EnumTable) -> Json {
    let integer = matches!(
        table.variants.first().map(|row| row.code),
        Some(Code::Integer(_))
    );
    let usual = if integer && !has_text(value) {
        "integer"
    } else {
        "string"
    };
    let mut schema = json!({ "type": types(value, usual) });
    let known = value.rules.iter().any(|rule| matches!(rule, Rule::Known));
    if let (true, Some(schema)) = (known, schema.as_object_mut()) {
        let mut values: Vec<Json> = Vec::new();
        for row in table.variants {
            match row.code {
                Code::Text(text) => values.push(text.into()),
                Code::Integer(code) => {
                    if has_number(value) {
                        values.push(code.into());
                    }
                    if has_text(value) {
                        values.push(code.to_string().into());
                    }
                }
            }
        }
        if value.forms.has(Forms::BLANK) {
            values.push("".into());
        }
        if value.forms.has(Forms::NULL) {
            values.push(Json::Null);
        }
        schema.insert("enum".to_owned(), values.into());
    }
    schema
}

fn state(rule: &Rule, schema: &mut Map<String, Json>) {
    let (keyword, limit): (&str, Json) = match rule {
        Rule::MinLength(limit) => ("minLength", (*limit).into()),
        // JSON Schema counts characters; a text within the bytes is within as many characters.
        Rule::MaxLength(limit) | Rule::MaxBytes(limit) => ("maxLength", (*limit).into()),
        Rule::Pattern(pattern) => ("pattern", (*pattern).into()),
        Rule::Minimum(bound) => ("minimum", number(*bound)),
        Rule::Maximum(bound) => ("maximum", number(*bound)),
        Rule::ExclusiveMinimum(bound) => ("exclusiveMinimum", number(*bound)),
        Rule::ExclusiveMaximum(bound) => ("exclusiveMaximum", number(*bound)),
        Rule::Known => return,
        Rule::Const(text) => ("const", (*text).into()),
        Rule::MinItems(limit) => ("minItems", (*limit).into()),
        Rule::MaxItems(limit) => ("maxItems", (*limit).into()),
        Rule::UniqueItems => ("uniqueItems", true.into()),
    };
    schema.insert(keyword.to_owned(), limit);
}

fn number(bound: super::Bound) -> Json {
    let text = bound.decimal().map(|limit| limit.normalize().to_string());
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or(Json::Null)
}
