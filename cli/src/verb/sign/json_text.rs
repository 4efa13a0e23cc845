//! JSON text written in another style, its meaning kept: spaces, slashes, `\uXXXX`, order of names.
//! Numbers and order stay as they are unless the style says otherwise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::value::RawValue;

/// A way of writing JSON. The default leaves the text as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Between the tokens.
    pub(super) spacing: Spacing,
    /// In strings.
    pub(super) slash: Slash,
    /// Characters outside ASCII, in strings.
    pub(super) wide: Wide,
    /// `<`, `>` and `&` as `\u003c`, `\u003e` and `\u0026`.
    pub(super) html: bool,
    /// Names of objects in byte order.
    pub(super) sorted: bool,
    /// Only the first element of an array.
    pub(super) unwrapped: bool,
}

/// White space between the tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Spacing {
    /// As it is.
    #[default]
    Kept,
    /// None.
    Compact,
    /// A space behind each comma and colon.
    Spaced,
}

/// How a slash stands in a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Slash {
    /// As it is.
    #[default]
    Kept,
    /// `\/`
    Escaped,
    /// `/`
    Plain,
}

/// How characters outside ASCII stand in a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wide {
    /// As they are.
    #[default]
    Kept,
    /// Themselves.
    Raw,
    /// `\u4e2d`
    Lower,
    /// `\u4E2D`
    Upper,
}

/// The text in another style; none if it is no JSON object or array.
pub(super) fn restyle(text: &str, style: Style) -> Option<String> {
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return None;
    }
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let mut text = raw.get().to_owned();
    if style.unwrapped {
        let items: Vec<&RawValue> = serde_json::from_str(&text).ok()?;
        text = items.first()?.get().to_owned();
    }
    if style.sorted {
        text = sorted(&text)?;
    }
    Some(tokens(&text, style))
}

/// Objects with their names in byte order, at every level.
fn sorted(text: &str) -> Option<String> {
    let join = |parts: Vec<String>| parts.join(",");
    Some(match text.trim_ascii_start().as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let member = |(name, value): (String, &RawValue)| {
                Some(format!(
                    "{}:{}",
                    serde_json::to_string(&name).ok()?,
                    sorted(value.get())?
                ))
            };
            format!(
                "{{{}}}",
                join(members.into_iter().map(member).collect::<Option<_>>()?)
            )
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            format!(
                "[{}]",
                join(
                    items
                        .into_iter()
                        .map(|item| sorted(item.get()))
                        .collect::<Option<_>>()?
                )
            )
        }
        _ => text.to_owned(),
    })
}

fn tokens(text: &str, style: Style) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                out.push('"');
                string(&mut rest, style, &mut out);
            }
            ' ' | '\t' | '\n' | '\r' if style.spacing != Spacing::Kept => {}
            ',' | ':' if style.spacing == Spacing::Spaced => out.extend([c, ' ']),
            c => out.push(c),
        }
    }
    out
}

/// The inside of a string, up to and with its closing quote.
fn string(rest: &mut std::str::Chars<'_>, style: Style, out: &mut String) {
    while let Some(c) = rest.next() {
        match c {
            '"' => return out.push('"'),
            '\\' => match rest.next() {
                Some('/') if style.slash == Slash::Plain => out.push('/'),
                Some('u') => escaped(rest, style, out),
                Some(c) => out.extend(['\\', c]),
                None => out.push('\\'),
            },
            '/' if style.slash == Slash::Escaped => out.push_str("\\/"),
            '<' | '>' | '&' if style.html => {
                wide(c, Wide::Lower, out);
            }
            c if c.is_ascii() => out.push(c),
            c => wide(c, style.wide, out),
        }
    }
}

/// What follows `\u`: one character, in one or two units.
fn escaped(rest: &mut std::str::Chars<'_>, style: Style, out: &mut String) {
    let digits: String = rest.by_ref().take(4).collect();
    let first = u16::from_str_radix(&digits, 16).unwrap_or_default();
    let mut units = vec![first];
    let behind = rest
        .as_str()
        .strip_prefix("\\u")
        .and_then(|low| low.get(..4));
    if let (0xD800..0xDC00, Some(low)) = (first, behind) {
        units.extend(u16::from_str_radix(low, 16));
        rest.by_ref().take(6).for_each(drop);
    }
    match char::decode_utf16(units.iter().copied()).next() {
        Some(Ok(c)) if !c.is_ascii() && style.wide != Wide::Kept => wide(c, style.wide, out),
        // Control characters stay escaped, and a choice that was not changed stays as it was written.
        _ => {
            let upper = digits.chars().any(|digit| digit.is_ascii_uppercase());
            for half in units {
                unit(half, upper, out);
            }
        }
    }
}

fn wide(c: char, form: Wide, out: &mut String) {
    match form {
        Wide::Kept | Wide::Raw => out.push(c),
        Wide::Lower | Wide::Upper => {
            c.encode_utf16(&mut [0; 2])
                .iter()
                .for_each(|half| unit(*half, form == Wide::Upper, out));
        }
    }
}

fn unit(unit: u16, upper: bool, out: &mut String) {
    let _ = if upper {
        write!(out, "\\u{unit:04X}")
    } else {
        write!(out, "\\u{unit:04x}")
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styled(text: &str, style: Style) -> Option<String> {
        restyle(text, style)
    }

    #[test]
    fn each_style_changes_what_it_names_and_nothing_else() {
        let text = "[{\"b\": \"/中😀\\u00e9 , :\",\"a\":1.50}]";
        let is = |style, expected: &str| assert_eq!(styled(text, style).as_deref(), Some(expected));
        let base = Style::default();
        is(base, text);
        is(
            Style {
                spacing: Spacing::Compact,
                ..base
            },
            "[{\"b\":\"/中😀\\u00e9 , :\",\"a\":1.50}]",
        );
        is(
            Style {
                spacing: Spacing::Spaced,
                ..base
            },
            "[{\"b\": \"/中😀\\u00e9 , :\", \"a\": 1.50}]",
        );
        is(
            Style {
                slash: Slash::Escaped,
                ..base
            },
            "[{\"b\": \"\\/中😀\\u00e9 , :\",\"a\":1.50}]",
        );
        is(
            Style {
                wide: Wide::Upper,
                ..base
            },
            "[{\"b\": \"/\\u4E2D\\uD83D\\uDE00\\u00E9 , :\",\"a\":1.50}]",
        );
        is(
            Style {
                wide: Wide::Raw,
                ..base
            },
            "[{\"b\": \"/中😀é , :\",\"a\":1.50}]",
        );
        is(
            Style {
                sorted: true,
                ..base
            },
            "[{\"a\":1.50,\"b\":\"/中😀\\u00e9 , :\"}]",
        );
        is(
            Style {
                unwrapped: true,
                ..base
            },
            "{\"b\": \"/中😀\\u00e9 , :\",\"a\":1.50}",
        );
    }

    #[test]
    fn pairs_of_units_and_escapes_are_read_back() {
        let raw = Style {
            wide: Wide::Raw,
            slash: Slash::Plain,
            ..Style::default()
        };
        let text = styled("[\"\\ud83d\\ude00\\/\\\"\\u0009\\n\"]", raw);
        assert_eq!(text.as_deref(), Some("[\"😀/\\\"\\u0009\\n\"]"));
        let html = Style {
            html: true,
            ..Style::default()
        };
        assert_eq!(
            styled("[\"<a&\"]", html).as_deref(),
            Some("[\"\\u003ca\\u0026\"]")
        );
    }

    #[test]
    fn what_is_no_object_or_array_is_left_alone() {
        for text in ["12", "\"a\"", "{broken", "", "[1] x"] {
            assert_eq!(styled(text, Style::default()), None, "{text}");
        }
    }
}
