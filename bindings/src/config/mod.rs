//! Accounts and limits from a TOML file, the environment and the program itself.
//!
//! ```toml
//! [profiles.main]
//! gateway = "wangdian-flagship"
//! sid = "my-shop"
//! key = "my-key"
//! appsecret = "env:SHOP_SECRET"       # or "file:/run/secrets/shop", or the text itself
//! base_url = "http://127.0.0.1:8080/openapi"
//! attempt_timeout_seconds = 10
//! ```
//!
//! | where | precedence |
//! |---|---|
//! | [`Config::set`] in the program | first |
//! | `DOCKSEAL_<GATEWAY>_<KEY>`, as `DOCKSEAL_WANGDIAN_FLAGSHIP_SID` | second |
//! | the file: `$DOCKSEAL_CONFIG`, else `$XDG_CONFIG_HOME/dockseal/config.toml`, else `~/.config/dockseal/config.toml` | third |
//!
//! The variables of a gateway belong to the profile that `DOCKSEAL_PROFILE` names, or else to the
//! gateway's only profile, so that the keys of two accounts never mix; where there is none, they
//! make one that has the gateway's name. An empty variable counts as unset.
//!
//! A profile has the credentials of its gateway and the keys of [`Profile`]. A key that neither
//! knows is an error with its line. No error, warning or `Debug` shows a value.

mod error;
mod file;
mod key;
mod profile;
mod source;

pub use error::{ConfigError, Expected, Place, Unknown, Warning};
pub use profile::Profile;
pub use source::Sources;

use secrecy::SecretString;

use crate::gateway::Gateway;
use key::Key;

/// The variable that names the profile to use.
const SELECT: &str = "DOCKSEAL_PROFILE";

/// Every profile that was found. `Debug` shows names only.
#[derive(Clone, Debug)]
pub struct Config {
    profiles: Vec<Draft>,
    sources: Sources,
    warnings: Vec<Warning>,
}

/// A profile before its values are looked up.
#[derive(Clone, Debug)]
struct Draft {
    name: String,
    gateway: &'static Gateway,
    /// In order of precedence, the last counts.
    values: Vec<Entry>,
}

/// One value of a profile.
#[derive(Clone, Debug)]
struct Entry {
    key: Key,
    text: SecretString,
    place: Place,
}

impl Config {
    /// Reads the file and the variables. Values that lie elsewhere (`env:`, `file:`) are looked up
    /// when their profile is asked for.
    ///
    /// # Errors
    /// The file cannot be read or is not TOML, or something in it or in a variable is not known.
    pub fn load(sources: Sources) -> Result<Config, ConfigError> {
        let (mut profiles, mut warnings) = (Vec::new(), Vec::new());
        if let Some(path) = sources.file() {
            let text = source::read(&path, sources.insists_on_file(), &mut warnings)?;
            profiles = text.map_or(Ok(Vec::new()), |text| file::profiles(&path, &text))?;
        }
        let mut config = Config {
            profiles,
            sources,
            warnings,
        };
        config.add_variables()?;
        Ok(config)
    }

    /// Adds an empty profile, in place of one of the same name.
    pub fn add(&mut self, profile: &str, gateway: &'static Gateway) {
        self.profiles.retain(|draft| draft.name != profile);
        self.profiles.push(Draft {
            name: profile.to_owned(),
            gateway,
            values: Vec::new(),
        });
    }

    /// Sets one value of a profile, over what the file and the variables say. The text counts as it
    /// is: `env:` and `file:` mean nothing here.
    ///
    /// # Errors
    /// There is no such profile, or its gateway has no such key.
    pub fn set(
        &mut self,
        profile: &str,
        key: &str,
        text: impl Into<SecretString>,
    ) -> Result<(), ConfigError> {
        let known = self.names();
        let draft = self.profiles.iter_mut().find(|draft| draft.name == profile);
        let draft = draft.ok_or_else(|| ConfigError::NoProfile {
            name: profile.to_owned(),
            known,
        })?;
        let place = Place::Program;
        let key = Key::find(draft.gateway, key, &place)?;
        draft.values.push(Entry {
            key,
            text: text.into(),
            place,
        });
        Ok(())
    }

    /// The names of the profiles: those of the file in alphabetical order, then the others.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let names = self.profiles.iter().map(|draft| draft.name.clone());
        names.collect()
    }

    /// What is wrong, though not wrong enough to stop.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The profile of that name.
    ///
    /// # Errors
    /// There is none, it lacks a credential, or one of its values cannot be right.
    pub fn profile(&self, name: &str) -> Result<Profile, ConfigError> {
        let draft = self.profiles.iter().find(|draft| draft.name == name);
        let draft = draft.ok_or_else(|| ConfigError::NoProfile {
            name: name.to_owned(),
            known: self.names(),
        })?;
        Profile::read(draft, &self.sources)
    }

    /// The profile that `DOCKSEAL_PROFILE` names; else the only one; else `main`.
    ///
    /// # Errors
    /// As [`profile`](Config::profile).
    pub fn selected(&self) -> Result<Profile, ConfigError> {
        match (self.sources.get(SELECT), self.profiles.as_slice()) {
            (Some(name), _) => self.profile(name),
            (None, [only]) => Profile::read(only, &self.sources),
            (None, _) => self.profile("main"),
        }
    }

    /// The profile to use for a gateway: the one that `DOCKSEAL_PROFILE` names, if it is of this
    /// gateway, or else the gateway's only one.
    ///
    /// # Errors
    /// There is none or more than one; else as [`profile`](Config::profile).
    pub fn profile_of(&self, gateway: &Gateway) -> Result<Profile, ConfigError> {
        let index = self.index_of(gateway)?;
        let draft = index.and_then(|index| self.profiles.get(index));
        let draft = draft.ok_or(ConfigError::NoProfileOf {
            gateway: gateway.name,
        })?;
        Profile::read(draft, &self.sources)
    }

    fn index_of(&self, gateway: &Gateway) -> Result<Option<usize>, ConfigError> {
        let drafts = self.profiles.iter().enumerate();
        let mine: Vec<_> = drafts
            .filter(|(_, draft)| draft.gateway.name == gateway.name)
            .collect();
        let selected = self.sources.get(SELECT);
        let named = mine
            .iter()
            .find(|(_, draft)| selected == Some(draft.name.as_str()));
        match (named, mine.as_slice()) {
            (Some((index, _)), _) | (None, [(index, _)]) => Ok(Some(*index)),
            (None, []) => Ok(None),
            (None, several) => Err(ConfigError::Ambiguous {
                gateway: gateway.name,
                profiles: several
                    .iter()
                    .map(|(_, draft)| draft.name.clone())
                    .collect(),
            }),
        }
    }

    fn add_variables(&mut self) -> Result<(), ConfigError> {
        for gateway in crate::GATEWAYS.iter().copied() {
            let found = key::of_variables(gateway, &self.sources)?;
            if found.is_empty() {
                continue;
            }
            let mine = self.index_of(gateway)?;
            match mine.and_then(|index| self.profiles.get_mut(index)) {
                Some(draft) => draft.values.extend(found),
                None => self.profiles.push(Draft {
                    name: gateway.name.to_owned(),
                    gateway,
                    values: found,
                }),
            }
        }
        Ok(())
    }
}
