//! One profile with its values looked up: an account, and how a client of it behaves.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::error::{ConfigError, Expected};
use super::key::{self, Key};
use super::{Draft, Entry, Place, Sources};
use crate::gateway::{Gateway, Marker};
use crate::{CredentialError, Keys, Options};

/// An account, and how a client of it behaves. What is unset is up to the client.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Profile {
    /// Its name.
    pub name: String,
    /// The gateway that it is for.
    pub gateway: &'static Gateway,
    /// Its account, complete.
    pub keys: Keys,
    /// `base_url`: the base address.
    pub base: Option<String>,
    /// `proxy`: address of a proxy, which may hold a password.
    pub proxy: Option<SecretString>,
    /// `ca_file`: the certificates to trust instead of the usual ones, in PEM; beside the file.
    pub ca_file: Option<PathBuf>,
    /// `connect_timeout_seconds`
    pub connect_timeout: Option<Duration>,
    /// `attempt_timeout_seconds`
    pub attempt_timeout: Option<Duration>,
    /// `operation_timeout_seconds`
    pub operation_timeout: Option<Duration>,
    /// `attempts`: how often a call may be sent in all.
    pub attempts: Option<u32>,
    /// `max_in_flight`: how many calls of the account run at once.
    pub max_in_flight: Option<u32>,
    /// `calls_per_minute`
    pub calls_per_minute: Option<u32>,
    /// `reply_cap_mib`: bytes of the largest reply, unpacked.
    pub reply_cap: Option<u64>,
}

impl Profile {
    /// The account as that of a gateway whose type is known.
    ///
    /// # Errors
    /// The profile is for another gateway.
    pub fn credentials<G: Marker>(&self) -> Result<G::Credentials, CredentialError> {
        G::Credentials::try_from(self.keys.clone())
    }

    /// What [`prepare`](crate::prepare) takes of it.
    #[must_use]
    pub fn options(&self) -> Options {
        Options {
            base: self.base.clone(),
            ..Options::default()
        }
    }

    /// What the builder of a client takes of it; the profile's name is the client's alias.
    ///
    /// # Errors
    /// `ca_file` cannot be read.
    #[cfg(any(feature = "client", feature = "blocking"))]
    pub fn settings(&self) -> Result<crate::client::Settings, ConfigError> {
        let usual = crate::client::Settings::default();
        let ca_pem = self.ca_file.as_ref().map(|path| {
            std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable {
                path: path.clone(),
                cause: error.kind(),
            })
        });
        Ok(crate::client::Settings {
            base_url: self.base.clone(),
            proxy: self.proxy.clone(),
            ca_pem: ca_pem.transpose()?,
            connect_timeout: self.connect_timeout.unwrap_or(usual.connect_timeout),
            attempt_timeout: self.attempt_timeout.unwrap_or(usual.attempt_timeout),
            policy: crate::outcome::Policy {
                attempts: self.attempts.unwrap_or(usual.policy.attempts),
                deadline: self.operation_timeout.unwrap_or(usual.policy.deadline),
                ..usual.policy
            },
            max_in_flight: as_usize(self.max_in_flight.map(u64::from), usual.max_in_flight),
            calls_per_minute: self.calls_per_minute,
            reply_cap: as_usize(self.reply_cap, usual.reply_cap),
            alias: Some(self.name.clone()),
            ..usual
        })
    }

    pub(super) fn read(draft: &Draft, sources: &Sources) -> Result<Profile, ConfigError> {
        let values = Values { draft, sources };
        let seconds = |key| Ok(values.number(key)?.map(|n| Duration::from_secs(n.into())));
        let plain = |key| {
            Ok(values
                .text(key)?
                .map(|text| text.expose_secret().to_owned()))
        };
        Ok(Profile {
            name: draft.name.clone(),
            gateway: draft.gateway,
            keys: values.keys()?,
            base: plain(key::BASE_URL)?,
            proxy: values.text(key::PROXY)?,
            ca_file: values.path_of(key::CA_FILE)?,
            connect_timeout: seconds(key::CONNECT_TIMEOUT)?,
            attempt_timeout: seconds(key::ATTEMPT_TIMEOUT)?,
            operation_timeout: seconds(key::OPERATION_TIMEOUT)?,
            attempts: values.number(key::ATTEMPTS)?,
            max_in_flight: values.number(key::MAX_IN_FLIGHT)?,
            calls_per_minute: values.number(key::CALLS_PER_MINUTE)?,
            reply_cap: values
                .number(key::REPLY_CAP)?
                .map(|mib| u64::from(mib) << 20),
        })
    }
}

#[cfg(any(feature = "client", feature = "blocking"))]
fn as_usize(number: Option<u64>, usual: usize) -> usize {
    number.map_or(usual, |number| {
        usize::try_from(number).unwrap_or(usize::MAX)
    })
}

/// The values of a profile, and where those lie that it only names.
struct Values<'a> {
    draft: &'a Draft,
    sources: &'a Sources,
}

impl Values<'_> {
    fn keys(&self) -> Result<Keys, ConfigError> {
        let gateway = self.draft.gateway;
        let mut keys = Keys::new(gateway);
        for row in gateway.credentials {
            let Some(entry) = self.entry(Key::Credential(row.name)) else {
                continue;
            };
            keys.set(row.name, self.look_up(entry)?)
                .map_err(|error| ConfigError::Credential {
                    place: entry.place.clone(),
                    error,
                })?;
        }
        match keys.missing().first() {
            Some(key) => Err(ConfigError::Missing {
                profile: self.draft.name.clone(),
                key,
                variable: Key::Credential(key).variable(gateway),
            }),
            None => Ok(keys),
        }
    }

    fn text(&self, key: Key) -> Result<Option<SecretString>, ConfigError> {
        self.entry(key).map(|entry| self.look_up(entry)).transpose()
    }

    fn path_of(&self, key: Key) -> Result<Option<PathBuf>, ConfigError> {
        let Some(entry) = self.entry(key) else {
            return Ok(None);
        };
        let path = self.look_up(entry)?;
        Ok(Some(self.path(path.expose_secret(), &entry.place)))
    }

    fn number(&self, key: Key) -> Result<Option<u32>, ConfigError> {
        let Some(entry) = self.entry(key) else {
            return Ok(None);
        };
        let number = self
            .look_up(entry)?
            .expose_secret()
            .replace('_', "")
            .parse();
        match number {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(ConfigError::WrongType {
                place: entry.place.clone(),
                key: key.name().to_owned(),
                expected: Expected::Number,
            }),
        }
    }

    /// The entry of most precedence.
    fn entry(&self, key: Key) -> Option<&Entry> {
        self.draft
            .values
            .iter()
            .rev()
            .find(|entry| entry.key == key)
    }

    /// The text itself, or what lies where it points to.
    fn look_up(&self, entry: &Entry) -> Result<SecretString, ConfigError> {
        let text = entry.text.expose_secret();
        let (place, key) = (|| entry.place.clone(), entry.key.name());
        if entry.place == Place::Program {
            return Ok(entry.text.clone());
        }
        if let Some(variable) = text.strip_prefix("env:") {
            let found = self.sources.get(variable).map(SecretString::from);
            return found.ok_or_else(|| ConfigError::NoVariable {
                place: place(),
                key,
                variable: variable.to_owned(),
            });
        }
        let Some(path) = text.strip_prefix("file:") else {
            return Ok(entry.text.clone());
        };
        let path = self.path(path, &entry.place);
        let read = std::fs::read_to_string(&path).map(SecretString::from);
        let read = read.map_err(|error| ConfigError::NoFile {
            place: place(),
            key,
            path,
            cause: error.kind(),
        })?;
        // Editors end a file with a line break; no credential does.
        Ok(read.expose_secret().trim_end_matches(['\r', '\n']).into())
    }

    /// A path as it was meant: `~/` is the home directory, and others lie beside the file.
    fn path(&self, path: &str, place: &Place) -> PathBuf {
        if let (Some(rest), Some(home)) = (path.strip_prefix("~/"), self.sources.home()) {
            return home.join(rest);
        }
        match place {
            Place::File { path: file, .. } => file.with_file_name(path),
            _ => PathBuf::from(path),
        }
    }
}
