//! A program that uses all of a gateway's bindings: every field at its type, every method with
//! values of its types, every variant, every trait that is derived.
//!
//! It is written from the text of the generated files, which is laid out alike everywhere.

use std::fmt::Write as _;

/// Modules below `generated/`, with the names that are in scope there.
const GATEWAYS: &str = "super::generated";

/// The program, for the files of one gateway.
pub(crate) fn program<'t>(gateway: &str, files: impl Iterator<Item = &'t str>) -> String {
    let home = format!("{GATEWAYS}::{gateway}");
    let mut out = format!("#![allow(deprecated, unused_imports)]\nuse {home}::*;\n");
    for text in files {
        let mut lines = text.lines().peekable();
        let mut derived = "";
        while let Some(line) = lines.next() {
            let mut block = || {
                let inside = lines.by_ref().take_while(|line| *line != "}");
                inside
                    .map(|line| line.replace("super::", &format!("{home}::")))
                    .collect::<Vec<_>>()
            };
            if let Some(traits) = line.strip_prefix("#[derive(") {
                derived = traits.trim_end_matches(")]");
            } else if let Some(name) = opening(line, "pub struct ") {
                uses_struct(&mut out, name, derived, &block());
            } else if let Some(name) = opening(line, "pub enum ") {
                uses_enum(&mut out, name, derived, &block());
            } else if let Some(name) = opening(line, "impl Default for ") {
                writeln!(
                    out,
                    "pub fn default_{name}() -> {name} {{ {name}::default() }}"
                )
                .unwrap();
                block();
            } else if let Some(name) = opening(line, "impl ").filter(|name| !name.contains(' ')) {
                uses_methods(&mut out, name, &block());
            } else if let Some((side, name)) =
                opening(line, "impl dockseal::api::").and_then(|rest| rest.split_once(" for "))
            {
                uses_exchange(&mut out, side, name, &block());
            }
        }
    }
    out
}

/// The name in a line like `pub struct Name {`.
fn opening<'l>(line: &'l str, start: &str) -> Option<&'l str> {
    line.strip_prefix(start)?.strip_suffix(" {")
}

fn uses_traits(out: &mut String, name: &str, derived: &str) {
    let bounds: Vec<_> = derived
        .split(", ")
        .map(|name| match name {
            "Debug" => "std::fmt::Debug",
            "Hash" => "std::hash::Hash",
            other => other,
        })
        .collect();
    if !derived.is_empty() {
        let bounds = bounds.join(" + ");
        writeln!(
            out,
            "pub fn traits_{name}() {{ fn has<T: {bounds}>() {{}} has::<{name}>(); }}"
        )
        .unwrap();
    }
}

fn uses_struct(out: &mut String, name: &str, derived: &str, inside: &[String]) {
    uses_traits(out, name, derived);
    for line in inside {
        let field = line
            .strip_prefix("    pub ")
            .and_then(|rest| rest.strip_suffix(','));
        if let Some((field, kind)) = field.and_then(|field| field.split_once(": ")) {
            writeln!(
                out,
                "pub fn field_{name}_{}(it: &mut {name}) -> &mut {kind} {{ &mut it.{field} }}",
                plain(field)
            )
            .unwrap();
        }
    }
}

fn uses_enum(out: &mut String, name: &str, derived: &str, inside: &[String]) {
    uses_traits(out, name, derived);
    for line in inside {
        let Some(variant) = line
            .trim()
            .strip_suffix(',')
            .filter(|text| !text.starts_with('/'))
        else {
            continue;
        };
        match variant.split_once('(') {
            Some((variant, kind)) => {
                let kind = kind.trim_end_matches(')');
                writeln!(out, "pub fn variant_{name}_{variant}(value: {kind}) -> {name} {{ {name}::{variant}(value) }}").unwrap();
            }
            None => writeln!(
                out,
                "pub fn variant_{name}_{variant}(it: &{name}) -> bool {{ matches!(it, {name}::{variant}) || *it == {name}::{variant} }}"
            )
            .unwrap(),
        }
    }
}

fn uses_methods(out: &mut String, name: &str, inside: &[String]) {
    let text = inside.join("\n");
    for method in text.split("    pub fn ").skip(1) {
        let head = method
            .split(" {")
            .next()
            .unwrap_or_default()
            .replace('\n', " ");
        let Some((method, rest)) = head.split_once('(') else {
            continue;
        };
        let Some((parameters, answer)) = rest.rsplit_once(") -> ") else {
            continue;
        };
        let answer = answer.replace("Self", name);
        let mut given = Vec::new();
        let mut passed = Vec::new();
        let mut receiver = format!("{name}::{method}");
        for parameter in parameters
            .split(", ")
            .map(str::trim)
            .filter(|p| !p.is_empty())
        {
            match parameter.trim_end_matches(',').split_once(": ") {
                None => {
                    given.push(format!("it: {name}"));
                    receiver = format!("it.{method}");
                }
                Some((parameter, kind)) => {
                    let parameter = plain(parameter);
                    given.push(format!("p_{parameter}: {}", value_of(kind)));
                    passed.push(format!("p_{parameter}"));
                }
            }
        }
        writeln!(
            out,
            "pub fn method_{name}_{}({}) -> {answer} {{ {receiver}({}) }}",
            plain(method),
            given.join(", "),
            passed.join(", ")
        )
        .unwrap();
    }
}

/// A type whose values a parameter takes.
fn value_of(kind: &str) -> &str {
    match kind {
        "impl Into<String>" => "String",
        // Texts that are no secrets, and secrets that are no texts.
        "impl Into<Box<str>>" => "std::borrow::Cow<'static, str>",
        "impl Into<dockseal::SecretString>" => "dockseal::SecretString",
        "impl Into<dockseal::Decimal>" => "dockseal::Decimal",
        other => other,
    }
}

/// What a request or a push is answered with.
fn uses_exchange(out: &mut String, side: &str, name: &str, inside: &[String]) {
    let types = inside
        .iter()
        .filter_map(|line| line.trim().strip_prefix("type ")?.strip_suffix(';'));
    let types: Vec<_> = types.collect();
    writeln!(
        out,
        "pub fn exchange_{name}() {{ fn has<T: dockseal::api::{side}<{}>>() {{}} has::<{name}>(); }}",
        types.join(", ")
    )
    .unwrap();
}

fn plain(name: &str) -> &str {
    name.trim_start_matches("r#")
}
