//! Invented APIs as a user would write their types by hand, with serde's derive.

use super::{Api, Field, Kind, STATES, apis};

/// The types of `count` invented APIs: one module for each and one over them all, paths and texts.
pub fn derived(count: usize) -> Vec<(String, String)> {
    let mut files: Vec<_> = apis(count)
        .map(|api| (format!("{}.rs", api.module()), module(&api)))
        .collect();
    let mut all = String::from("//! Types by derive.\n\n");
    for api in apis(count) {
        all.push_str(&format!("pub mod {};\n", api.module()));
    }
    files.push(("mod.rs".to_owned(), all));
    files
}

fn module(api: &Api) -> String {
    let mut out = format!(
        "//! Invented to be measured: number {}.\n\nuse rust_decimal::Decimal;\nuse serde::{{Deserialize, Serialize}};\n",
        api.number
    );
    for (name, fields, lines) in api.structs() {
        out.push_str(&format!(
            "\n/// A part of an invented API.\n#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]\npub struct {name} {{\n"
        ));
        for field in fields {
            out.push_str(&self::field(api, field));
        }
        if lines {
            out.push_str(&format!(
                "    /// 明细: What the document is about, line by line.\n    pub lines: Vec<{}Line>,\n",
                api.rust()
            ));
        }
        out.push_str("}\n");
    }
    out.push_str(&state(api));
    out
}

fn field(api: &Api, field: &Field) -> String {
    let kind = match field.kind {
        // A time is text to them: jiff's and chrono's own types are written in another form.
        Kind::Text(_) | Kind::Time => "String".to_owned(),
        Kind::Decimal => "Decimal".to_owned(),
        Kind::Integer => "i64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::State => format!("{}State", api.rust()),
    };
    let (title, description, name) = (&field.title, &field.description, &field.name);
    if field.required {
        format!("    /// {title}: {description}\n    pub {name}: {kind},\n")
    } else {
        format!(
            "    /// {title}: {description}\n    #[serde(default, skip_serializing_if = \"Option::is_none\")]\n    pub {name}: Option<{kind}>,\n"
        )
    }
}

fn state(api: &Api) -> String {
    let mut out = format!(
        "\n/// How far the document is.\n#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]\npub enum {}State {{\n",
        api.rust()
    );
    for (value, rust, label, label_zh) in STATES {
        out.push_str(&format!(
            "    /// {label_zh}: {label}.\n    #[serde(rename = {value:?})]\n    {rust},\n"
        ));
    }
    out.push_str("    /// A value that the document does not name.\n    #[serde(untagged)]\n    Unknown(String),\n}\n");
    out
}
