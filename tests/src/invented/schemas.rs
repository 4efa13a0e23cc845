//! Invented APIs as schema files, below a gateway of their own.

use super::{Api, Field, Kind, STATES, apis};

/// A gateway that needs little.
const GATEWAY: &str = r#"{
  "$schema": "dockseal:/schemas/dialect.json",
  "$id": "dockseal:/schemas/invented/gateway.json",
  "title": "虚构平台",
  "description": "Invented to be measured: nobody serves it.",
  "x-gateway": {
    "name": "invented",
    "rust": "Invented",
    "direction": "call",
    "endpoints": [{ "environment": "test", "url": "http://127.0.0.1/invented" }],
    "transport": { "system": "query", "business": "json", "path": "", "content_type": "application/json" },
    "credentials": [
      { "name": "key", "title": "账号", "description": "Account." },
      { "name": "secret", "title": "密钥", "description": "Secret.", "secret": true }
    ],
    "parameters": [
      { "name": "key", "title": "账号", "description": "Account.", "from": { "credential": "key" } },
      { "name": "timestamp", "title": "时间戳", "description": "Unix time.", "from": "timestamp" },
      { "name": "sign", "title": "签名", "description": "Signature.", "from": "sign" }
    ],
    "timestamp": { "form": "seconds", "since": 0, "window": 300 },
    "sign": {
      "parameter": "sign", "credential": "secret", "omit": ["sign"], "layout": "name-value",
      "digests": [{ "name": "md5", "algorithm": "md5", "secret": "around" }], "case": "lower"
    },
    "escape": "raw",
    "beyond_bmp": "allow",
    "reply": { "status": "code", "success": ["0"], "code": ["code"], "message": ["message"] },
    "errors": []
  },
  "$defs": {
    "decimal_19_4": {
      "type": ["string", "number"],
      "pattern": "^-?[0-9]{1,15}(\\.[0-9]{1,4})?$",
      "exclusiveMinimum": -1000000000000000,
      "exclusiveMaximum": 1000000000000000,
      "x-decimal": { "precision": 19, "scale": 4 },
      "x-wire": "string"
    },
    "datetime": {
      "type": "string",
      "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$",
      "x-time": "datetime"
    }
  }
}
"#;

/// The schemas of `count` invented APIs and of their gateway: paths below `schemas/`, and texts.
pub fn schemas(count: usize) -> Vec<(String, String)> {
    let mut files = vec![("invented/gateway.json".to_owned(), GATEWAY.to_owned())];
    files.extend(apis(count).map(|api| (format!("invented/{}.json", api.module()), schema(&api))));
    files
}

fn schema(api: &Api) -> String {
    let (module, rust) = (api.module(), api.rust());
    let types: Vec<_> = api
        .structs()
        .iter()
        .map(|(name, fields, lines)| object(api, name, fields, *lines))
        .collect();
    format!(
        r##"{{
  "$schema": "dockseal:/schemas/dialect.json",
  "$id": "dockseal:/schemas/invented/{module}.json",
  "title": "虚构接口",
  "description": "Invented to be measured: number {number}.",
  "x-api": {{
    "gateway": "invented", "method": "{module}", "rust": "{rust}",
    "direction": "call", "effect": "create"
  }},
  "x-source": {{ "document": "none", "sha256": "0", "rows": [] }},
  "type": "object",
  "properties": {{
    "request": {{ "$ref": "#/$defs/{rust}" }},
    "reply": {{ "$ref": "#/$defs/{rust}Reply" }}
  }},
  "$defs": {{
{types},
{state}
  }},
  "examples": [{{ "reply": {{ "code": 0, "message": "ok", "document_no": "D{number}" }} }}]
}}
"##,
        number = api.number,
        types = types.join(",\n"),
        state = state(api),
    )
}

fn object(api: &Api, name: &str, fields: &[Field], lines: bool) -> String {
    let mut properties: Vec<_> = fields.iter().map(|field| property(api, field)).collect();
    let mut required: Vec<_> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| format!("{:?}", field.name))
        .collect();
    if lines {
        properties.push(format!(
            r##"        "lines": {{
          "title": "明细", "description": "What the document is about, line by line.", "type": "array",
          "items": {{ "$ref": "#/$defs/{}Line" }}, "minItems": 1
        }}"##,
            api.rust()
        ));
        required.push(r#""lines""#.to_owned());
    }
    format!(
        r#"    "{name}": {{
      "title": "虚构", "description": "A part of an invented API.", "type": "object",
      "properties": {{
{properties}
      }},
      "required": [{required}]
    }}"#,
        properties = properties.join(",\n"),
        required = required.join(", "),
    )
}

fn property(api: &Api, field: &Field) -> String {
    let said = match field.kind {
        Kind::Text(limit) if field.required => {
            format!(r#""type": "string", "minLength": 1, "maxLength": {limit}"#)
        }
        Kind::Text(limit) => format!(r#""type": "string", "maxLength": {limit}"#),
        Kind::Decimal => r#""$ref": "gateway.json#/$defs/decimal_19_4""#.to_owned(),
        Kind::Integer => r#""type": "integer""#.to_owned(),
        Kind::Boolean => r#""type": "boolean""#.to_owned(),
        Kind::Time => r#""$ref": "gateway.json#/$defs/datetime""#.to_owned(),
        Kind::State => format!(r##""$ref": "#/$defs/{}State""##, api.rust()),
    };
    format!(
        r#"        "{}": {{ "title": "{}", "description": "{}", {said} }}"#,
        field.name, field.title, field.description
    )
}

fn state(api: &Api) -> String {
    let values: Vec<_> = STATES
        .iter()
        .map(|(value, ..)| format!("{value:?}"))
        .collect();
    let rows: Vec<_> = STATES
        .iter()
        .map(|(value, rust, label, label_zh)| {
            format!(
                r#"        {{ "value": "{value}", "rust": "{rust}", "label": "{label}", "label_zh": "{label_zh}" }}"#
            )
        })
        .collect();
    format!(
        r#"    "{}State": {{
      "title": "状态", "description": "How far the document is.",
      "type": "string",
      "enum": [{}],
      "x-enum": [
{}
      ]
    }}"#,
        api.rust(),
        values.join(", "),
        rows.join(",\n")
    )
}
