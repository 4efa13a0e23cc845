//! The builder of both clients.

use std::marker::PhantomData;
use std::time::Duration;

use secrecy::SecretString;

use super::settings::{Checked, SettingError, Settings, in_the_clear};
use crate::Keys;
use crate::outcome::Policy;
use crate::send::Validation;
use crate::sign::LengthUnit;

/// A client before it is built: `C` is the client's type.
#[derive(Debug)]
#[must_use]
pub struct Builder<C> {
    keys: Keys,
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// A client that a [`Builder`] can build. Implemented by the two clients.
pub trait Build: Sized {
    #[doc(hidden)]
    fn build(keys: Keys, parts: Parts) -> Result<Self, SettingError>;
}

/// Checked settings, on their way from a builder to its client.
#[doc(hidden)]
pub struct Parts(pub(super) Checked);

impl<C: Build> Builder<C> {
    pub(super) fn new(keys: Keys) -> Self {
        Builder {
            keys,
            settings: Settings::default(),
            client: PhantomData,
        }
    }

    /// All settings at once, replacing what was set before.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The base address, where it is not the vendor's production address.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url = Some(url.into());
        self
    }

    /// An HTTP proxy, `http://user:password@host:port`. The blocking client opens a tunnel through
    /// it (`CONNECT`) for `http` addresses, too.
    pub fn proxy(mut self, url: impl Into<SecretString>) -> Self {
        self.settings.proxy = Some(url.into());
        self
    }

    /// Trusts these certificates, as PEM text, instead of the usual ones.
    pub fn ca_pem(mut self, pem: impl Into<String>) -> Self {
        self.settings.ca_pem = Some(pem.into());
        self
    }

    /// Time for a name's address, a connection and its encryption. 5 s by default.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// Time for one attempt. 30 s by default.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.settings.attempt_timeout = limit;
        self
    }

    /// Time for a whole call, all its attempts and waits. 60 s by default. The same as the deadline
    /// of the [`policy`](Builder::policy): what is set last counts.
    pub fn operation_timeout(mut self, limit: Duration) -> Self {
        self.settings.policy.deadline = limit;
        self
    }

    /// How patient the client is.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.settings.policy = policy;
        self
    }

    /// Attempts of this account that are under way at the same time. 16 by default.
    pub fn max_in_flight(mut self, attempts: usize) -> Self {
        self.settings.max_in_flight = attempts;
        self
    }

    /// Attempts of this account in a minute, evenly spread. No limit by default.
    pub fn calls_per_minute(mut self, attempts: u32) -> Self {
        self.settings.calls_per_minute = Some(attempts);
        self
    }

    /// What happens to a request that breaks its schema.
    pub fn validation(mut self, validation: Validation) -> Self {
        self.settings.validation = validation;
        self
    }

    /// How the length-prefixed signature counts.
    pub fn length_unit(mut self, unit: LengthUnit) -> Self {
        self.settings.unit = unit;
        self
    }

    /// Most bytes of a reply, decompressed. 32 MiB by default.
    pub fn reply_cap(mut self, bytes: usize) -> Self {
        self.settings.reply_cap = bytes;
        self
    }

    /// What traces call this account.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.settings.alias = Some(alias.into());
        self
    }

    /// The client. Warns, through `tracing`, of an address that is not encrypted.
    ///
    /// # Errors
    /// A setting cannot be used; the error names it.
    pub fn build(self) -> Result<C, SettingError> {
        let checked = self.settings.check(self.keys.gateway())?;
        let host = checked.base.host().unwrap_or_default().to_owned();
        let clear = in_the_clear(&checked.base);
        let client = C::build(self.keys, Parts(checked))?;
        if clear {
            tracing::warn!(
                server.address = host,
                "requests travel unencrypted; set base_url to the gateway's https address if it has one"
            );
        }
        Ok(client)
    }
}
