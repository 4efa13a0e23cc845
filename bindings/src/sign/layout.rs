//! The three layouts: sorted parameters in, the text to be signed out, into a sink.

use super::order::TextOrder;
use super::sink::Sink;
use super::{Layout, LengthUnit, Options, Param, Scheme, SignError, Value, is_blank};
use crate::digits::Digits;

/// Writes what the scheme signs of `params`, which are sorted.
pub(super) fn write(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &[Param<'_>],
    sink: &mut impl Sink,
) -> Result<(), SignError> {
    let signed = params.iter().filter(|param| takes_part(scheme, param));
    match scheme.layout {
        Layout::NameValue => {
            name_value(signed, sink)?;
            if let Some(tail) = options.tail {
                sink.text(tail);
            }
            return Ok(());
        }
        Layout::LengthPrefixed => length_prefixed(signed, options.unit, sink)?,
        Layout::Nested => nested(signed, sink),
    }
    match options.tail {
        None => Ok(()),
        Some(_) => Err(SignError::Tail),
    }
}

fn takes_part(scheme: &Scheme, param: &Param<'_>) -> bool {
    let absent = match param.value {
        Value::Null => true,
        Value::Text(text) => scheme.skip_blank && is_blank(text),
        Value::List(_) | Value::Map(_) | Value::Bool(_) | Value::Integer(_) => false,
    };
    !absent && scheme.covers(param.name)
}

fn name_value<'p, 'a: 'p>(
    params: impl Iterator<Item = &'p Param<'a>>,
    sink: &mut impl Sink,
) -> Result<(), SignError> {
    for param in params {
        sink.text(param.name);
        with_flat_text(param, |text| put(sink, param, text))?;
    }
    Ok(())
}

fn length_prefixed<'p, 'a: 'p>(
    params: impl Iterator<Item = &'p Param<'a>>,
    unit: LengthUnit,
    sink: &mut impl Sink,
) -> Result<(), SignError> {
    let mut separator = "";
    for param in params {
        sink.text(separator);
        separator = ";";
        sink.text(count(unit.count(param.name), 2).as_str());
        sink.text("-");
        sink.text(param.name);
        sink.text(":");
        with_flat_text(param, |text| {
            sink.text(count(unit.count(text), 4).as_str());
            sink.text("-");
            put(sink, param, text);
        })?;
    }
    Ok(())
}

fn nested<'p, 'a: 'p>(params: impl Iterator<Item = &'p Param<'a>>, sink: &mut impl Sink) {
    for param in params {
        sink.text(param.name);
        nested_value(param, &param.value, sink);
    }
}

fn nested_value(param: &Param<'_>, value: &Value<'_>, sink: &mut impl Sink) {
    match value {
        Value::List(items) => {
            for position in TextOrder::new(items.len()) {
                let item = items.get(position).unwrap_or(&Value::Null);
                if !matches!(item, Value::Null) {
                    sink.text(count(position, 1).as_str());
                    nested_value(param, item, sink);
                }
            }
        }
        Value::Map(pairs) => {
            for (key, item) in pairs {
                if !matches!(item, Value::Null) {
                    sink.text(key);
                    nested_value(param, item, sink);
                }
            }
        }
        scalar => {
            with_scalar_text(scalar, |text| put(sink, param, text));
        }
    }
}

/// Hands over the text of a value in a layout that has no room for nested ones.
fn with_flat_text(param: &Param<'_>, take: impl FnOnce(&str)) -> Result<(), SignError> {
    if with_scalar_text(&param.value, take) {
        Ok(())
    } else {
        Err(SignError::Nested {
            name: param.name.to_owned(),
        })
    }
}

/// Hands over the text of a value that has one, and says whether it had.
fn with_scalar_text(value: &Value<'_>, take: impl FnOnce(&str)) -> bool {
    match value {
        Value::Text(text) => take(text),
        Value::Bool(true) => take("1"),
        Value::Bool(false) => take("0"),
        Value::Integer(number) => take(Digits::of(*number).as_str()),
        Value::Null => take(""),
        Value::List(_) | Value::Map(_) => return false,
    }
    true
}

fn put(sink: &mut impl Sink, param: &Param<'_>, text: &str) {
    if param.secret {
        sink.secret(param.name, text);
    } else {
        sink.text(text);
    }
}

/// A count in at least `width` digits.
fn count(number: usize, width: usize) -> Digits {
    // usize is never wider than 64 bits on a platform that Rust has.
    Digits::padded(u64::try_from(number).unwrap_or(u64::MAX), width)
}
