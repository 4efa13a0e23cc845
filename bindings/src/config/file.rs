//! The TOML file to profiles, each value with its line.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Expected, Place, Unknown};
use super::key::{self, Key};
use super::{Draft, Entry};
use crate::gateway::Gateway;

/// A file while it is being read.
struct Reader<'t> {
    path: &'t Path,
    text: &'t str,
}

pub(super) fn profiles(path: &Path, text: &str) -> Result<Vec<Draft>, ConfigError> {
    let reader = Reader { path, text };
    let root = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
        place: reader.place(error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    let mut drafts = Vec::new();
    for (name, value) in root.get_ref() {
        if name.get_ref() != "profiles" {
            let place = reader.place(name.span().start);
            let known = ["profiles"].into_iter();
            return Err(key::unknown(Unknown::Key, name.get_ref(), known, place));
        }
        for (name, value) in reader.table(value, "profiles")? {
            drafts.push(reader.profile(name.get_ref(), value)?);
        }
    }
    Ok(drafts)
}

impl Reader<'_> {
    fn profile(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<Draft, ConfigError> {
        let table = self.table(value, name)?;
        let gateway = self.gateway(name, value, table)?;
        let mut values = Vec::new();
        for (name, value) in table {
            if name.get_ref() == "gateway" {
                continue;
            }
            let key = Key::find(gateway, name.get_ref(), &self.place(name.span().start))?;
            let place = self.place(value.span().start);
            let text = match (key, value.get_ref()) {
                (Key::Number(_), DeValue::Integer(number)) if number.radix() == 10 => {
                    number.as_str().into()
                }
                (Key::Credential(_) | Key::Text(_), DeValue::String(text)) => text.as_ref().into(),
                _ => {
                    return Err(ConfigError::WrongType {
                        place,
                        key: key.name().to_owned(),
                        expected: key.expected(),
                    });
                }
            };
            values.push(Entry { key, text, place });
        }
        Ok(Draft {
            name: name.to_owned(),
            gateway,
            values,
        })
    }

    fn gateway(
        &self,
        profile: &str,
        value: &Spanned<DeValue<'_>>,
        table: &DeTable<'_>,
    ) -> Result<&'static Gateway, ConfigError> {
        let names = || crate::GATEWAYS.iter().map(|gateway| gateway.name);
        let Some(chosen) = table.get("gateway") else {
            return Err(ConfigError::NoGateway {
                place: self.place(value.span().start),
                profile: profile.to_owned(),
                known: names().collect(),
            });
        };
        let place = self.place(chosen.span().start);
        let DeValue::String(name) = chosen.get_ref() else {
            let (key, expected) = ("gateway".to_owned(), Expected::Text);
            return Err(ConfigError::WrongType {
                place,
                key,
                expected,
            });
        };
        let mut gateways = crate::GATEWAYS.iter().copied();
        let found = gateways.find(|gateway| gateway.name == *name);
        found.ok_or_else(|| key::unknown(Unknown::Gateway, name, names(), place))
    }

    fn table<'v, 'i>(
        &self,
        value: &'v Spanned<DeValue<'i>>,
        name: &str,
    ) -> Result<&'v DeTable<'i>, ConfigError> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => Err(ConfigError::WrongType {
                place: self.place(value.span().start),
                key: name.to_owned(),
                expected: Expected::Table,
            }),
        }
    }

    fn place(&self, at: usize) -> Place {
        let before = self.text.as_bytes().iter().take(at);
        Place::File {
            path: self.path.to_owned(),
            line: 1 + before.filter(|byte| **byte == b'\n').count(),
        }
    }
}
