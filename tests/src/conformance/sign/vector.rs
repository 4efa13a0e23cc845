//! One vector: a line of a vector file, read and checked.

use super::super::cases::Malformed;
use super::super::datum::Datum;

/// One case, owned.
pub(super) struct Vector {
    pub(super) name: String,
    pub(super) gateway: String,
    pub(super) secret: String,
    pub(super) params: Vec<(String, Datum)>,
    pub(super) body: Option<String>,
    pub(super) sign_method: Option<String>,
    pub(super) sign: String,
    pub(super) sign_utf16: Option<String>,
    pub(super) sign_bytes: Option<String>,
}

impl Vector {
    pub(super) fn parse(line: &[u8]) -> Result<Self, Malformed> {
        let case = Datum::parse(line)?;
        if case.as_map().is_none() {
            return Err(Malformed("expected a JSON object".to_owned()));
        }
        let required = |member| case.text(member).map(ToOwned::to_owned);
        let optional = |member| {
            let text = case.optional_text(member)?;
            Ok(text.map(ToOwned::to_owned))
        };
        Ok(Self {
            name: required("name")?,
            gateway: required("gateway")?,
            secret: required("secret")?,
            params: pairs(case.get("params").unwrap_or(&Datum::Null), "params")?,
            body: optional("body")?,
            sign_method: optional("sign_method")?,
            sign: required("sign")?,
            sign_utf16: optional("sign_utf16")?,
            sign_bytes: optional("sign_bytes")?,
        })
    }
}

fn pairs(list: &Datum, place: &str) -> Result<Vec<(String, Datum)>, Malformed> {
    let expected = || Malformed(format!("{place:?} is not a list of [name, value] pairs"));
    list.as_list()
        .ok_or_else(expected)?
        .iter()
        .map(|item| match item.as_list() {
            Some([Datum::Text(name), value]) => Ok((name.clone(), plain(value, name)?)),
            _ => Err(expected()),
        })
        .collect()
}

/// The value itself, with every `{"map": ...}` in it made a map.
fn plain(value: &Datum, name: &str) -> Result<Datum, Malformed> {
    match value {
        Datum::List(items) => {
            let items = items.iter().map(|item| plain(item, name));
            items.collect::<Result<_, _>>().map(Datum::List)
        }
        Datum::Map(members) => match members.as_slice() {
            [(key, map)] if key == "map" => pairs(map, name).map(Datum::Map),
            _ => Err(Malformed(format!(
                "the value of {name:?} is an object without \"map\""
            ))),
        },
        // Refuses the numbers that cannot be signed, where their line is known.
        other => other.to_value(name).map(|_| other.clone()),
    }
}
