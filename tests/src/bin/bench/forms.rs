//! A push as the form in which it arrives, and what is read from it.

use std::error::Error;

use dockseal::Described;
use dockseal::form::FormValue;
use dockseal::object::Blank;
use dockseal::object::read::{DecodeError, from_form};
use dockseal::shopex_oms::StockinStatusUpdate;
use serde_json::Value;

/// A push as the parameters of the form in which it arrives; its lines are JSON text.
pub(super) fn form(push: &StockinStatusUpdate) -> Result<Vec<(String, FormValue)>, Box<dyn Error>> {
    let parameters: Vec<(String, Value)> = match serde_json::from_str(&push.to_json())? {
        Value::Object(members) => members.into_iter().collect(),
        _ => return Err("a push is an object".into()),
    };
    let text = |(name, value): (String, Value)| match value {
        Value::String(text) => Ok((name, FormValue::Text(text))),
        _ => Err(format!("the parameter {name} is no text").into()),
    };
    parameters.into_iter().map(text).collect()
}

/// The push of a form.
pub(super) fn received(form: &[(String, FormValue)]) -> Result<StockinStatusUpdate, DecodeError> {
    let mut push = StockinStatusUpdate::blank();
    from_form(&mut push, form).map(|()| push)
}
