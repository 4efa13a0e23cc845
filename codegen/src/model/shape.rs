//! Keywords that decide the Rust type and the wire form.

use std::collections::BTreeSet;

use super::{Schema, schema};
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::json::{Node, Value};
use crate::keyword::Shape;
use crate::members::{Members, boolean, choice, count, list, text, upper_camel, wrong_type};
use crate::source::{Place, Spanned};

/// What a schema says about its shape.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShapeWords {
    pub(crate) types: Option<Spanned<Vec<JsonType>>>,
    pub(crate) properties: Option<Spanned<Vec<Property>>>,
    pub(crate) items: Option<Items>,
    pub(crate) prefix_items: Option<Spanned<Vec<Schema>>>,
    pub(crate) all_of: Option<Spanned<Vec<Schema>>>,
    pub(crate) any_of: Option<Spanned<Vec<Schema>>>,
    pub(crate) media_type: Option<Spanned<()>>,
    pub(crate) content: Option<Box<Schema>>,
    pub(crate) decimal: Option<Spanned<Decimal>>,
    pub(crate) time: Option<Spanned<Time>>,
    pub(crate) variants: Option<Spanned<Vec<Variant>>>,
    pub(crate) wire: Option<Spanned<Wire>>,
    pub(crate) rust_name: Option<Spanned<String>>,
    pub(crate) sensitive: bool,
}

impl ShapeWords {
    /// These, completed by those of the definition that is referred to.
    pub(crate) fn over(self, target: &ShapeWords) -> ShapeWords {
        let target = target.clone();
        ShapeWords {
            types: self.types.or(target.types),
            properties: self.properties.or(target.properties),
            items: self.items.or(target.items),
            prefix_items: self.prefix_items.or(target.prefix_items),
            all_of: self.all_of.or(target.all_of),
            any_of: self.any_of.or(target.any_of),
            media_type: self.media_type.or(target.media_type),
            content: self.content.or(target.content),
            decimal: self.decimal.or(target.decimal),
            time: self.time.or(target.time),
            variants: self.variants.or(target.variants),
            wire: self.wire.or(target.wire),
            rust_name: self.rust_name.or(target.rust_name),
            sensitive: self.sensitive || target.sensitive,
        }
    }
}

/// The names of JSON's types, in the order in which they are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

const JSON_TYPES: &[(&str, JsonType)] = &[
    ("string", JsonType::String),
    ("integer", JsonType::Integer),
    ("number", JsonType::Number),
    ("boolean", JsonType::Boolean),
    ("array", JsonType::Array),
    ("object", JsonType::Object),
    ("null", JsonType::Null),
];

#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) key: Spanned<String>,
    pub(crate) schema: Schema,
}

#[derive(Clone, Debug)]
pub(crate) enum Items {
    Each(Box<Schema>),
    /// `false`: nothing but the positional arguments.
    Nothing,
}

impl Items {
    pub(crate) fn each(&self) -> Option<&Schema> {
        match self {
            Items::Each(schema) => Some(schema),
            Items::Nothing => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) precision: u32,
    pub(crate) scale: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Time {
    DateTime,
    Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    String,
    Number,
}

/// One entry of `x-enum`.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) value: String,
    pub(crate) integer: bool,
    pub(crate) value_place: Place,
    pub(crate) rust: Spanned<String>,
    pub(crate) label: String,
    pub(crate) label_zh: String,
}

/// Reads one keyword. False when its value could not be read, so that the shape is not known.
pub(super) fn read(
    shape: &mut ShapeWords,
    keyword: Shape,
    node: &Node,
    problems: &mut Problems,
) -> bool {
    match keyword {
        Shape::Type => fill(&mut shape.types, types(node, problems)),
        Shape::Properties => fill(&mut shape.properties, properties(node, problems)),
        Shape::Items => fill(&mut shape.items, items(node, problems)),
        Shape::PrefixItems => fill(
            &mut shape.prefix_items,
            list(node, problems, schema::read_argument),
        ),
        Shape::AllOf => fill(&mut shape.all_of, list(node, problems, schema::read)),
        Shape::AnyOf => fill(&mut shape.any_of, list(node, problems, schema::read)),
        Shape::ContentMediaType => {
            let media = &[("application/json", ())];
            fill(&mut shape.media_type, choice(node, media, problems))
        }
        Shape::ContentSchema => fill(
            &mut shape.content,
            schema::read(node, problems).map(Box::new),
        ),
        Shape::XDecimal => fill(&mut shape.decimal, decimal(node, problems)),
        Shape::XTime => {
            let times = &[("datetime", Time::DateTime), ("date", Time::Date)];
            fill(&mut shape.time, choice(node, times, problems))
        }
        Shape::XEnum => fill(&mut shape.variants, variants(node, problems)),
        Shape::XWire => {
            let wires = &[("string", Wire::String), ("number", Wire::Number)];
            fill(&mut shape.wire, choice(node, wires, problems))
        }
        // These two change no shape.
        Shape::XRustName => {
            shape.rust_name = text(node, problems);
            true
        }
        Shape::XSensitive => {
            shape.sensitive = boolean(node, problems).is_some_and(|b| b.value);
            true
        }
    }
}

fn fill<T>(slot: &mut Option<T>, value: Option<T>) -> bool {
    *slot = value;
    slot.is_some()
}

/// `type`: one name, or a list of different ones. Sorted, so that lists compare.
fn types(node: &Node, problems: &mut Problems) -> Option<Spanned<Vec<JsonType>>> {
    let mut types = match &node.value {
        Value::Text(_) => vec![choice(node, JSON_TYPES, problems)?.value],
        Value::List(_) => {
            let names: Vec<_> = list(node, problems, |node, problems| {
                choice(node, JSON_TYPES, problems)
            })?
            .value;
            names.into_iter().map(|name| name.value).collect()
        }
        _ => {
            wrong_type(node, "a type name or an array of type names", problems);
            return None;
        }
    };
    types.sort_unstable();
    let all = types.len();
    types.dedup();
    if types.len() < all {
        problems.report(
            Code::Repeated,
            node.place,
            "a type stands twice in the list",
            "name each type once",
        );
    }
    Some(Spanned {
        value: types,
        place: node.place,
    })
}

fn properties(node: &Node, problems: &mut Problems) -> Option<Spanned<Vec<Property>>> {
    let Value::Object(members) = &node.value else {
        wrong_type(node, "an object of schemas", problems);
        return None;
    };
    let mut properties: Vec<Property> = Vec::new();
    let mut seen = BTreeSet::new();
    for member in members {
        // A duplicate key was reported by the reader; the first one counts.
        if !seen.insert(&member.key) {
            continue;
        }
        let key = Spanned {
            value: member.key.clone(),
            place: member.key_place,
        };
        // A property that cannot be read is there all the same.
        let schema = schema::read(&member.node, problems)
            .unwrap_or_else(|| Schema::unreadable(member.node.place));
        properties.push(Property { key, schema });
    }
    Some(Spanned {
        value: properties,
        place: node.place,
    })
}

fn items(node: &Node, problems: &mut Problems) -> Option<Items> {
    match node.value {
        Value::Bool(false) => Some(Items::Nothing),
        _ => schema::read(node, problems).map(|schema| Items::Each(Box::new(schema))),
    }
}

/// `rust_decimal` holds 28 digits of any kind.
const MAX_PRECISION: u32 = 28;

fn decimal(node: &Node, problems: &mut Problems) -> Option<Spanned<Decimal>> {
    let mut members = Members::open(node, "`x-decimal`", problems)?;
    let precision = members
        .need("precision", problems)
        .and_then(|n| count(n, problems));
    let scale = members
        .need("scale", problems)
        .and_then(|n| count(n, problems));
    members.close(problems);
    let (precision, scale) = (precision?, scale?);
    if precision.value > MAX_PRECISION || precision.value == 0 || scale.value > precision.value {
        problems.report(
            Code::DecimalRange,
            node.place,
            format!(
                "Decimal({},{}) does not fit the Rust type",
                precision.value, scale.value
            ),
            format!(
                "the precision is 1 to {MAX_PRECISION} digits, the scale at most the precision"
            ),
        );
        return None;
    }
    let value = Decimal {
        precision: precision.value,
        scale: scale.value,
    };
    Some(Spanned {
        value,
        place: node.place,
    })
}

fn variants(node: &Node, problems: &mut Problems) -> Option<Spanned<Vec<Variant>>> {
    let variants = list(node, problems, variant)?;
    if node.elements().is_empty() {
        problems.report(
            Code::EmptyList,
            node.place,
            "`x-enum` lists no value",
            "list each value with its Rust name and labels, or delete `x-enum`",
        );
    }
    (variants.value.len() == node.elements().len()).then_some(variants)
}

fn variant(node: &Node, problems: &mut Problems) -> Option<Variant> {
    let mut members = Members::open(node, "an entry of `x-enum`", problems)?;
    let value = members
        .need("value", problems)
        .and_then(|node| match &node.value {
            Value::Text(text) => Some((text.clone(), false, node.place)),
            // Only whole numbers in plain digits: they are compared as text.
            Value::Number(text) if text.parse::<i64>().is_ok() => {
                Some((text.clone(), true, node.place))
            }
            _ => {
                wrong_type(node, "a string or a whole number", problems);
                None
            }
        });
    let rust = members
        .need("rust", problems)
        .and_then(|node| upper_camel(node, problems));
    let label = members.need_text("label", problems);
    let label_zh = members.need_text("label_zh", problems);
    members.take_annotations(problems);
    members.close(problems);
    let (value, integer, value_place) = value?;
    Some(Variant {
        value,
        integer,
        value_place,
        rust: rust?,
        label: label?,
        label_zh: label_zh?,
    })
}
