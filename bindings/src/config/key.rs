//! The keys of a profile: the credentials of its gateway, and those that every profile may have.

use super::error::{ConfigError, Expected, Place, Unknown};
use super::{Entry, Sources};
use crate::gateway::Gateway;

/// A key of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A credential of the gateway.
    Credential(&'static str),
    /// A text that every profile may have.
    Text(&'static str),
    /// A whole number that every profile may have.
    Number(&'static str),
}

pub(super) const BASE_URL: Key = Key::Text("base_url");
pub(super) const PROXY: Key = Key::Text("proxy");
pub(super) const CA_FILE: Key = Key::Text("ca_file");
pub(super) const CONNECT_TIMEOUT: Key = Key::Number("connect_timeout_seconds");
pub(super) const ATTEMPT_TIMEOUT: Key = Key::Number("attempt_timeout_seconds");
pub(super) const OPERATION_TIMEOUT: Key = Key::Number("operation_timeout_seconds");
pub(super) const ATTEMPTS: Key = Key::Number("attempts");
pub(super) const MAX_IN_FLIGHT: Key = Key::Number("max_in_flight");
pub(super) const CALLS_PER_MINUTE: Key = Key::Number("calls_per_minute");
pub(super) const REPLY_CAP: Key = Key::Number("reply_cap_mib");

const GENERAL: &[Key] = &[
    BASE_URL,
    PROXY,
    CA_FILE,
    CONNECT_TIMEOUT,
    ATTEMPT_TIMEOUT,
    OPERATION_TIMEOUT,
    ATTEMPTS,
    MAX_IN_FLIGHT,
    CALLS_PER_MINUTE,
    REPLY_CAP,
];

impl Key {
    pub(super) fn name(self) -> &'static str {
        let (Key::Credential(name) | Key::Text(name) | Key::Number(name)) = self;
        name
    }

    /// The key of that name in a profile of this gateway.
    pub(super) fn find(
        gateway: &'static Gateway,
        name: &str,
        place: &Place,
    ) -> Result<Key, ConfigError> {
        let found = of(gateway).find(|key| key.name() == name);
        found.ok_or_else(|| {
            // `gateway` is one too, though not one that can be set anew.
            let known = of(gateway).map(Key::name).chain(["gateway"]);
            unknown(Unknown::Key, name, known, place.clone())
        })
    }

    /// What its value has to be.
    pub(super) fn expected(self) -> Expected {
        match self {
            Key::Credential(_) | Key::Text(_) => Expected::Text,
            Key::Number(_) => Expected::Number,
        }
    }

    /// The variable that sets it.
    pub(super) fn variable(self, gateway: &Gateway) -> String {
        format!("{}{}", prefix(gateway), self.name().to_uppercase())
    }
}

fn of(gateway: &'static Gateway) -> impl Iterator<Item = Key> {
    let credentials = gateway.credentials.iter();
    credentials
        .map(|row| Key::Credential(row.name))
        .chain(GENERAL.iter().copied())
}

fn prefix(gateway: &Gateway) -> String {
    format!(
        "DOCKSEAL_{}_",
        gateway.name.to_uppercase().replace('-', "_")
    )
}

/// What the variables say of this gateway.
pub(super) fn of_variables(
    gateway: &'static Gateway,
    sources: &Sources,
) -> Result<Vec<Entry>, ConfigError> {
    let prefix = prefix(gateway);
    let mut found = Vec::new();
    for (name, key, text) in sources.beginning_with(&prefix) {
        let place = Place::Variable(name.to_owned());
        let key = Key::find(gateway, &key.to_lowercase(), &place)?;
        found.push(Entry {
            key,
            text: text.into(),
            place,
        });
    }
    Ok(found)
}

/// The error about a name that is not known, with the known one most like it.
pub(super) fn unknown<'a>(
    what: Unknown,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    place: Place,
) -> ConfigError {
    let known: Vec<_> = known.collect();
    let likeness = known
        .iter()
        .map(|known| (strsim::jaro_winkler(&name.to_lowercase(), known), *known));
    let near = likeness
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known.to_owned());
    ConfigError::Unknown {
        place,
        what,
        name: name.to_owned(),
        near,
        known: known.into_iter().map(str::to_owned).collect(),
    }
}
