//! Cases of pushes into an inbox: the reply, the refusal behind it, and every document afterwards.

use dockseal::SecretString;
use dockseal::receiver::{Answer, Outcome};

use super::super::cases::Malformed;
use super::super::datum::Datum;
use super::super::difference::{self, shown};
use super::oms::Oms;
use super::{form, push};

/// Members of a reply in the order in which they are sent, those of `data` after it.
const ORDER: [&str; 8] = [
    "rsp",
    "msg",
    "data",
    "msg_code",
    "stockin_bn",
    "entry_order_id",
    "order_code",
    "erp_order_code",
];

/// Where the first step that goes wrong goes wrong.
pub(super) async fn sequence(case: &Datum) -> Result<Option<String>, Malformed> {
    let tokens = case.map("token_by_node")?;
    let oms = Oms::new(tokens, case.get("config"))?;
    let steps = case.get("steps").and_then(Datum::as_list);
    let steps = steps.ok_or_else(|| Malformed("\"steps\" is not a list".to_owned()))?;
    for (step, number) in steps.iter().zip(1..) {
        let body = signed_body(step, tokens)?;
        if let Some(found) = exchange(&oms, body.as_bytes(), step).await? {
            return Ok(Some(format!("step {number}: {found}")));
        }
    }
    Ok(None)
}

/// Where the last of the bodies goes wrong.
pub(super) async fn http(case: &Datum) -> Result<Option<String>, Malformed> {
    let oms = Oms::new(case.map("token_by_node")?, case.get("config"))?;
    let before = case.get("before").and_then(Datum::as_list);
    for body in before.unwrap_or_default() {
        let body = body
            .as_text()
            .ok_or_else(|| Malformed("\"before\" holds what is not a text".to_owned()))?;
        oms.receive(body.as_bytes()).await;
    }
    exchange(&oms, case.text("body")?.as_bytes(), case).await
}

/// The form body of a step, signed with the token of its node.
fn signed_body(step: &Datum, tokens: &[(String, Datum)]) -> Result<String, Malformed> {
    let mut parameters = form::parameters(step.map("params")?)?;
    parameters.retain(|(name, _)| name != "sign");
    let node = parameters.iter().find_map(|(name, value)| {
        if name == "node_id" {
            value.as_text()
        } else {
            None
        }
    });
    let token = tokens
        .iter()
        .find(|(known, _)| Some(known.as_str()) == node)
        .and_then(|(_, token)| token.as_text())
        .unwrap_or_default();
    form::signed(&parameters, &SecretString::from(token))
}

/// One body in; where what comes out is not what `expect` of this case or step says.
async fn exchange(oms: &Oms, body: &[u8], case: &Datum) -> Result<Option<String>, Malformed> {
    let expected = case.get("expect").unwrap_or(&Datum::Null);
    let of = |member: &str| {
        let value = expected.get(member);
        value.ok_or_else(|| Malformed(format!("\"expect\" has no {member:?}")))
    };
    let answer = oms.receive(body).await;
    if let Some(found) = reply(of("reply")?, &answer) {
        return Ok(Some(found));
    }
    if let Some(found) = expected
        .get("error")
        .and_then(|error| refusal(error, &answer))
    {
        return Ok(Some(found));
    }
    let stored = oms.stored().await?;
    Ok(difference::first("/store", of("store")?, &stored).map(|found| found.to_string()))
}

fn reply(expected: &Datum, answer: &Answer) -> Option<String> {
    let Ok(got) = Datum::parse(answer.body.as_bytes()) else {
        return Some(format!(
            "/reply: expected {}, got what is no JSON",
            shown(Some(expected))
        ));
    };
    let found = difference::first("/reply", expected, &got);
    found
        .map(|found| found.to_string())
        .or_else(|| out_of_order("/reply", &got))
        .or_else(|| out_of_order("/reply/data", got.get("data")?))
}

/// The members of a reply have a fixed order, which parsed values do not show.
fn out_of_order(place: &str, got: &Datum) -> Option<String> {
    let names: Vec<_> = got
        .as_map()?
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let fixed: Vec<_> = ORDER
        .into_iter()
        .filter(|name| names.contains(name))
        .collect();
    (names != fixed).then(|| {
        format!(
            "{place}: expected the order {}, got {}",
            fixed.join(", "),
            names.join(", ")
        )
    })
}

fn refusal(expected: &Datum, answer: &Answer) -> Option<String> {
    match &answer.outcome {
        Outcome::Refused(refusal) => push::refused(expected, refusal),
        _ => Some(format!(
            "/error: expected {}, got a success",
            shown(Some(expected))
        )),
    }
}
