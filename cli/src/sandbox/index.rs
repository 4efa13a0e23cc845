//! `GET /_sandbox/`: the sandbox about itself, as JSON.

use dockseal::api::Effect;
use serde_json::{Value, json};

use super::accounts::ACCOUNTS;
use super::fault::Fault;
use super::parameters::base_path;
use super::record::Seen;
use super::world::{World, lock};

/// Test accounts, APIs, faults, how many documents were made, the latest requests.
pub(super) fn page(world: &World) -> Value {
    let accounts: Vec<Value> = ACCOUNTS
        .iter()
        .map(|account| {
            let values: Value = account
                .values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect();
            json!({ "gateway": account.gateway, "credentials": values })
        })
        .collect();
    let apis: Vec<Value> = dockseal::APIS
        .iter()
        .map(|api| {
            let api = api.api();
            let path = format!(
                "{}{}",
                base_path(api.gateway),
                api.gateway.transport.path.replace("{method}", api.method)
            );
            let effect = match api.effect {
                Effect::Read => "read",
                Effect::Create => "create",
                Effect::Update => "update",
            };
            json!({
                "gateway": api.gateway.name, "method": api.method, "title": api.title, "path": path,
                "effect": effect, "idempotency": api.idempotency, "window_s": api.gateway.window,
            })
        })
        .collect();
    let faults: Vec<Value> = {
        let dice = lock(&world.dice);
        let percent = |fault| {
            dice.injected()
                .iter()
                .find(|injected| injected.fault == fault)
                .map_or(0, |found| found.percent)
        };
        Fault::ALL
            .iter()
            .map(|fault| {
                let about = fault.about();
                json!({ "name": fault.name(), "percent": percent(*fault), "en": about.en, "zh": about.zh })
            })
            .collect()
    };
    let state: Vec<Value> = lock(&world.state)
        .made()
        .map(|(api, count)| json!({ "gateway": api.gateway, "account": api.account, "method": api.method, "documents": count }))
        .collect();
    let log = lock(&world.log);
    let requests: Vec<Value> = log.latest().map(Seen::to_json).collect();
    json!({
        "accounts": accounts, "apis": apis, "faults": faults, "state": state,
        "requests": { "count": log.count(), "latest": requests },
        "now": world.clock.now().to_string(),
    })
}
