//! The document's examples as they travel: complete forms, signed by the public test account, at a
//! time that is always the same.

use dockseal::api::AnyApi;
use dockseal::form::{self, FormValue, Limits};
use dockseal::{BeijingTime, Keys, send};
use serde_json::{Map, Value as Json};

use crate::language::Said;
use crate::output::Complaint;
use crate::sandbox;
use crate::verb::given;

/// When the examples were sent: 2025-01-01 10:00:00 in Beijing.
const SENT: i64 = 1_735_696_800;

/// The forms of all examples of a method.
pub(super) fn forms(any: &dyn AnyApi) -> Result<Vec<Map<String, Json>>, Complaint> {
    let examples = any.api().examples.iter();
    let requests = examples.filter_map(|example| example.request);
    requests.map(|json| signed(any, json)).collect()
}

/// The token that signs them.
pub(super) fn token(gateway: &str, secret: &str) -> Option<&'static str> {
    let account = sandbox::account(gateway)?;
    let values = account.values.iter();
    let (_, token) = values.clone().find(|(name, _)| *name == secret)?;
    Some(token)
}

fn signed(any: &dyn AnyApi, json: &str) -> Result<Map<String, Json>, Complaint> {
    let gateway = any.api().gateway;
    let request = given::request(any, json.as_bytes())?;
    let account = sandbox::account(gateway.name);
    let keys = account
        .and_then(sandbox::TestAccount::keys)
        .unwrap_or_else(|| Keys::new(gateway));
    let now = BeijingTime::from_unix(SENT).map_err(|error| broken(&error))?;
    let options = send::Options::default();
    let signed = send::prepare_any(any.api(), &*request, &keys, now, &options);
    let http = signed.map_err(|error| given::not_made(&error))?.into_http();
    let pairs = form::decode(http.body(), &Limits::DEFAULT).map_err(|error| broken(&error))?;
    let texts = pairs.into_iter().filter_map(|(name, value)| match value {
        FormValue::Text(text) => Some((name, text.into())),
        FormValue::List(_) | FormValue::Map(_) => None,
    });
    Ok(texts.collect())
}

/// An example of the bindings that cannot be sent.
fn broken(error: &dyn std::error::Error) -> Complaint {
    Complaint::usage(Said::new(
        format!("an example cannot be sent: {error}"),
        format!("示例无法发送：{error}"),
    ))
}
