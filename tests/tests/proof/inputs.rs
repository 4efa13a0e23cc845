//! Values as gateways and careless programs write them: the forms that a kind of value is read from,
//! and texts that miss them by a character.

use serde_json::Value;

use crate::cases::Dice;
use crate::places::{Kind, Place};
use crate::support::leaf::Kind as Leaf;

/// JSON text to be put into a place: half of it of a form that is read there.
pub fn input(place: &Place, dice: &mut Dice) -> String {
    let json = match dice.below(10) {
        0..5 => of_its_form(place.kind, &place.full, dice),
        5..9 => {
            let form = of_its_form(place.kind, &place.full, dice);
            missed(&form, dice)
        }
        _ => of_any_form(&place.full, dice),
    };
    // What is not JSON would be none at all, or end the value elsewhere if it held these.
    let broken = serde_json::from_str::<serde::de::IgnoredAny>(&json).is_err();
    if json.trim().is_empty() || broken && json.contains([',', ':', '[', ']', '{', '}', '"']) {
        return "null".to_owned();
    }
    json
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// A form that the kind is read from, or nearly always so.
fn of_its_form(kind: Kind, full: &Value, dice: &mut Dice) -> String {
    if dice.one_in(12) {
        return (*dice.pick(&["null", "\"\""])).to_owned();
    }
    match kind {
        Kind::Single(leaf, _) => single(leaf, full, dice),
        Kind::Object => (*dice.pick(&[&full.to_string(), "[]", "{}", "[[]]", "[{}]"])).to_owned(),
        Kind::List | Kind::InnerList | Kind::OneOrMany => {
            let forms = [
                full.to_string(),
                format!("{{\"item\":{full}}}"),
                format!("{{\"item\":{full},\"more\":1}}"),
                format!("{{\"item\":{{\"item\":{full}}}}}"),
                format!("{{\"item\":[{full}]}}"),
                "[]".to_owned(),
            ];
            dice.pick(if kind == Kind::OneOrMany {
                &forms[5..]
            } else {
                &forms
            })
            .clone()
        }
        Kind::JsonText => {
            let inside = full.as_str().unwrap();
            let forms = [
                quoted(inside),
                quoted(&format!(" {inside}\n")),
                quoted("null"),
                quoted("\"\""),
                inside.to_owned(),
                quoted(&quoted(inside)),
                quoted(&inside[..inside.len() - 1]),
                quoted(&format!("{inside}{inside}")),
                "[]".to_owned(),
            ];
            dice.pick(&forms).clone()
        }
    }
}

fn single(leaf: Leaf, full: &Value, dice: &mut Dice) -> String {
    match leaf {
        Leaf::Text | Leaf::TextEnum => match dice.below(4) {
            0 => number(dice),
            1 => (*dice.pick(&["true", "false"])).to_owned(),
            2 => full.to_string(),
            _ => quoted(&dice.text(8)),
        },
        Leaf::Integer | Leaf::IntegerEnum | Leaf::Decimal => {
            let number = number(dice);
            if dice.one_in(2) {
                number
            } else {
                quoted(&number)
            }
        }
        Leaf::Boolean => {
            let plain = *dice.pick(&["true", "false", "1", "0", "1.0", "0e0", "-0"]);
            if dice.one_in(2) {
                plain.to_owned()
            } else {
                quoted(plain)
            }
        }
        Leaf::DateTime | Leaf::Date => quoted(&time(leaf, dice)),
        Leaf::Json => full.to_string(),
    }
}

/// A number as JSON writes it.
fn number(dice: &mut Dice) -> String {
    const EDGES: &[&str] = &[
        "0",
        "-0",
        "1",
        "0.0",
        "-0.00",
        "12.0",
        "1e2",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "9007199254740993",
        "9.223372036854775807e18",
        "79228162514264337593543950335",
        "79228162514264337593543950336",
        "0.1",
        "1.50",
        "0.30000000000000004",
        "1e400",
        "1e-400",
        "1.0000000000000000001",
        "123456789012345678901234567890",
        "0e9999999999",
        "1E+2",
        "1e-0",
        "100e-2",
        "0.0000000000000000000000000001",
    ];
    if dice.one_in(4) {
        return (*dice.pick(EDGES)).to_owned();
    }
    let sign = if dice.one_in(3) { "-" } else { "" };
    let whole = match dice.within(1, 20) {
        1 => dice.digits(1),
        length => format!("{}{}", dice.within(1, 9), dice.digits(length - 1)),
    };
    let fraction = match dice.below(4) {
        0 => format!(".{}", "0".repeat(dice.within(1, 12))),
        1 => {
            let length = dice.within(1, 12);
            format!(".{}", dice.digits(length))
        }
        _ => String::new(),
    };
    let exponent = if dice.one_in(4) {
        let sign = *dice.pick(&["", "+", "-"]);
        format!("{}{sign}{}", dice.pick(&["e", "E"]), dice.within(0, 30))
    } else {
        String::new()
    };
    format!("{sign}{whole}{fraction}{exponent}")
}

fn time(leaf: Leaf, dice: &mut Dice) -> String {
    let year = *dice.pick(&[1, 1900, 1970, 2000, 2023, 2024, 2038, 2100, 9999]);
    let day = format!(
        "{year:04}-{:02}-{:02}",
        dice.within(1, 12),
        dice.within(1, 31)
    );
    let clock = format!(
        "{:02}:{:02}:{:02}",
        dice.within(0, 24),
        dice.within(0, 60),
        dice.within(0, 60)
    );
    match (leaf, dice.below(8)) {
        (_, 0) => "0000-00-00 00:00:00".to_owned(),
        (_, 1) => "0000-00-00".to_owned(),
        (Leaf::Date, 2) => format!("{day} 00:00:00"),
        (Leaf::Date, 3..) => day,
        (_, 2) => format!("{day}T{clock}"),
        _ => format!("{day} {clock}"),
    }
}

/// The same with a character changed, put in or taken out.
fn missed(json: &str, dice: &mut Dice) -> String {
    match serde_json::from_str::<String>(json) {
        Ok(text) => quoted(&changed(&text, dice)),
        Err(_) => changed(json, dice),
    }
}

fn changed(text: &str, dice: &mut Dice) -> String {
    const BEFORE: &[&str] = &["+", "-", " ", "0", ".", "００", "\t", "$", "+-"];
    const AFTER: &[&str] = &[
        " ",
        ".",
        ".0",
        ".5",
        "e0",
        "0",
        "\n",
        "%",
        "L",
        " 00:00:00",
        "Z",
    ];
    const NEAR: &[char] = &[
        '+', '-', '.', ',', 'e', 'E', 'x', '_', ' ', '\t', '\n', '0', '1', '9', '６', '٣', '−',
        '：', '／', ':', '/', 'T', 'Z', '\u{0}', '\u{a0}', '\u{200b}', '\u{feff}', '\'', '"', '%',
        '￥', 'f', 't', 'u',
    ];
    match dice.below(4) {
        0 => return format!("{}{text}", dice.pick(BEFORE)),
        1 => return format!("{text}{}", dice.pick(AFTER)),
        _ => {}
    }
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..dice.within(1, 2) {
        let at = dice.below(characters.len() + 1);
        let near = *dice.pick(NEAR);
        match dice.below(4) {
            0 => characters.insert(at, near),
            _ if at == characters.len() => characters.push(near),
            1 => characters[at] = near,
            2 => drop(characters.remove(at)),
            _ => characters.insert(at, characters[at]),
        }
    }
    characters.into_iter().collect()
}

/// Values of every form, whatever is wanted.
fn of_any_form(full: &Value, dice: &mut Dice) -> String {
    const ANY: &[&str] = &[
        "true",
        "false",
        "0",
        "1",
        "-1.5",
        "\"\"",
        "\" \"",
        "\"null\"",
        "\"true\"",
        "\"TRUE\"",
        "\"yes\"",
        "\"+1\"",
        "\" 1\"",
        "\"01\"",
        "\"1_000\"",
        "\"NaN\"",
        "\"Infinity\"",
        "\"0x10\"",
        "\"1e3\"",
        "\"１２\"",
        "\"[]\"",
        "\"{}\"",
        "[]",
        "[null]",
        "[0]",
        "[\"\"]",
        "[[]]",
        "{}",
        "{\"\":null}",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "\"\\u0000\"",
        "\"2025-01-31\"",
        "\"2025-01-31 10:00:00\"",
        "1738288800",
    ];
    match dice.below(4) {
        0 => format!("[{full}]"),
        1 => quoted(&full.to_string()),
        _ => (*dice.pick(ANY)).to_owned(),
    }
}
