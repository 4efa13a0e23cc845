//! Table rows: each field of a struct, each value of an enum, on a line of its own.

use crate::ir::{Bound, Enum, Forms, ObjectRule, Rule, Shape, Struct, Value};

use super::Scope;
use super::item::integer;

/// The `object!` call of a struct.
pub(super) fn object(scope: Scope<'_>, owner: &Struct) -> String {
    let mut out = format!(
        "dockseal::object! {{\n    {} = {};\n",
        owner.name,
        table(scope, owner)
    );
    for field in &owner.fields {
        let value = value(scope, &field.value);
        let need = if field.required {
            "required"
        } else {
            "optional"
        };
        out.push_str(&format!(
            "    {}: {need}({:?}, {:?}, {value});\n",
            field.rust, field.wire, field.title
        ));
    }
    out.push_str("}\n");
    out
}

/// The `open_enum!` call of an enum.
pub(super) fn open_enum(known: &Enum) -> String {
    let kind = if known.integer { "integer" } else { "text" };
    let mut out = format!(
        "dockseal::open_enum! {{\n    {kind} {}, {:?}, {:?};\n",
        known.name, known.title, known.location
    );
    for variant in &known.variants {
        let value = if known.integer {
            variant.value.clone()
        } else {
            format!("{:?}", variant.value)
        };
        out.push_str(&format!(
            "    {} = {value}, {:?}, {:?};\n",
            variant.rust, variant.label, variant.label_zh
        ));
    }
    out.push_str("}\n");
    out
}

fn table(scope: Scope<'_>, owner: &Struct) -> String {
    use crate::ir::BeyondBmp;
    let mut out = format!(
        "Table::new({:?}, {:?}, {:?})",
        owner.name, owner.title, owner.location
    );
    if owner.positional {
        out.push_str(".positional()");
    }
    if owner.closed {
        out.push_str(".closed()");
    }
    match scope.gateway.beyond_bmp {
        BeyondBmp::Warn => out.push_str(".beyond_bmp(BeyondBmp::Refused)"),
        BeyondBmp::WarnInParameters if owner.parameters => {
            out.push_str(".beyond_bmp(BeyondBmp::Miscounted)");
        }
        BeyondBmp::WarnInParameters | BeyondBmp::Allow => {}
    }
    if !owner.rules.is_empty() {
        let rules: Vec<_> = owner.rules.iter().map(object_rule).collect();
        out.push_str(&format!(".rules(&[{}])", rules.join(", ")));
    }
    out
}

fn object_rule(rule: &ObjectRule) -> String {
    let names = |names: &[String]| {
        let names: Vec<_> = names.iter().map(|name| format!("{name:?}")).collect();
        format!("&[{}]", names.join(", "))
    };
    match rule {
        ObjectRule::AnyOfRequired(groups) => {
            let groups: Vec<_> = groups.iter().map(|group| names(group)).collect();
            format!("AnyOfRequired(&[{}])", groups.join(", "))
        }
        ObjectRule::DependentRequired(first, others) => {
            format!("DependentRequired({first:?}, {})", names(others))
        }
    }
}

fn value(scope: Scope<'_>, value: &Value) -> String {
    let rules: Vec<_> = value.rules.iter().map(rule).collect();
    let rules = format!("&[{}]", rules.join(", "));
    let mut out = match &value.shape {
        Shape::Text => format!("text({rules})"),
        Shape::Integer => format!("integer({rules})"),
        Shape::Boolean => format!("boolean({rules})"),
        Shape::Decimal { precision, scale } => format!("decimal({precision}, {scale}, {rules})"),
        Shape::DateTime => format!("datetime({rules})"),
        Shape::Date => format!("date({rules})"),
        Shape::Enum(name) => format!("enumeration({}::TABLE, {rules})", scope.path(name)),
        Shape::Object(name) => {
            format!(
                "object(<{} as Described>::TABLE, {rules})",
                scope.path(name)
            )
        }
        Shape::List(element) => {
            let element = self::value(scope, element);
            format!("list(&{element}, {rules})")
        }
        Shape::Json => format!("json({rules})"),
    };
    out.push_str(&forms(value.forms));
    for (set, call) in [
        (value.as_text, ".as_text()"),
        (value.json_text, ".json_text()"),
        (value.one_or_many, ".one_or_many()"),
        (value.sensitive, ".sensitive()"),
    ] {
        if set {
            out.push_str(call);
        }
    }
    out
}

/// The admitted JSON types, where they are not what the kind alone implies.
fn forms(forms: Forms) -> String {
    let names = [
        (forms.string, "Forms::STRING"),
        (forms.number, "Forms::NUMBER"),
        (forms.object, "Forms::OBJECT"),
        (forms.array, "Forms::ARRAY"),
        (forms.null, "Forms::NULL"),
        (forms.blank, "Forms::BLANK"),
    ];
    let types = [
        forms.string,
        forms.number,
        forms.boolean,
        forms.array,
        forms.object,
    ];
    let choice = types.iter().filter(|set| **set).count() > 1;
    if !choice && !forms.null && !forms.blank {
        return String::new();
    }
    let set: Vec<_> = names
        .iter()
        .filter(|(set, _)| *set)
        .map(|(_, name)| *name)
        .collect();
    match set.split_first() {
        None => String::new(),
        Some((first, rest)) => {
            let rest: String = rest.iter().map(|name| format!(".or({name})")).collect();
            format!(".forms({first}{rest})")
        }
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::MinLength(limit) => format!("MinLength({limit})"),
        Rule::MaxLength(limit) => format!("MaxLength({limit})"),
        Rule::MaxBytes(limit) => format!("MaxBytes({limit})"),
        Rule::Pattern(text) => format!("Pattern({text:?})"),
        Rule::Minimum(bound) => format!("Minimum({})", self::bound(*bound)),
        Rule::Maximum(bound) => format!("Maximum({})", self::bound(*bound)),
        Rule::ExclusiveMinimum(bound) => format!("ExclusiveMinimum({})", self::bound(*bound)),
        Rule::ExclusiveMaximum(bound) => format!("ExclusiveMaximum({})", self::bound(*bound)),
        Rule::Known => "Known".to_owned(),
        Rule::Const(text) => format!("Const({text:?})"),
        Rule::MinItems(limit) => format!("MinItems({limit})"),
        Rule::MaxItems(limit) => format!("MaxItems({limit})"),
        Rule::UniqueItems => "UniqueItems".to_owned(),
    }
}

fn bound(bound: Bound) -> String {
    format!("Bound::new({}, {})", integer(bound.units), bound.scale)
}
