//! An account: the credentials of one gateway, checked when they are taken in, never printed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::CredentialError;
use crate::gateway::{Credential, Gateway, Need};
use crate::secret::{split_secret, whole_secret};

/// The credentials of one account, by the names of `gateway.json`.
///
/// Every value is kept as a secret: zeroized when dropped, absent from `Debug`. Generated
/// `Credentials` types wrap it.
#[derive(Clone)]
pub struct Keys {
    gateway: &'static Gateway,
    values: Vec<(&'static str, SecretString)>,
}

impl Keys {
    /// An account of this gateway with nothing but the defaults.
    #[must_use]
    pub fn new(gateway: &'static Gateway) -> Keys {
        Keys {
            gateway,
            values: Vec::with_capacity(gateway.credentials.len()),
        }
    }

    /// Sets one field.
    ///
    /// # Errors
    /// The gateway has no such field, or the text cannot be right for it.
    pub fn set(
        &mut self,
        name: &str,
        text: impl Into<SecretString>,
    ) -> Result<(), CredentialError> {
        let row = self.row(name)?;
        let text = text.into();
        if !row.allowed.is_empty() && !row.allowed.contains(&text.expose_secret()) {
            return Err(CredentialError::NotAllowed {
                field: row.name,
                allowed: row.allowed,
            });
        }
        match row.split {
            Some((at, [first, second])) => {
                let (head, tail) =
                    split_secret(row.name, text.expose_secret(), at, [first, second])?;
                self.put(first, head);
                self.put(second, tail);
            }
            None => {
                self.put(row.name, whole_secret(row.name, text.expose_secret())?);
            }
        }
        Ok(())
    }

    /// The account with one more field set.
    ///
    /// # Errors
    /// As [`set`](Keys::set).
    pub fn with(
        mut self,
        name: &str,
        text: impl Into<SecretString>,
    ) -> Result<Self, CredentialError> {
        self.set(name, text)?;
        Ok(self)
    }

    /// A field, or a half of a split one; its default when unset.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let set = self.values.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.expose_secret()).or_else(|| {
            let row = self
                .gateway
                .credentials
                .iter()
                .find(|row| row.name == name)?;
            match row.need {
                Need::Default(value) => Some(value),
                Need::Required | Need::Optional => None,
            }
        })
    }

    /// The credential that signs.
    ///
    /// # Errors
    /// It was never set.
    pub fn secret(&self) -> Result<&SecretString, CredentialError> {
        let name = self.gateway.secret;
        let set = self.values.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value)
            .ok_or(CredentialError::Blank { field: name })
    }

    /// Whether a field, or a half of a split one, is never shown.
    #[must_use]
    pub fn is_secret(&self, name: &str) -> bool {
        self.gateway.credentials.iter().any(|row| {
            row.secret
                && (row.name == name || row.split.is_some_and(|(_, halves)| halves.contains(&name)))
        })
    }

    /// The same, if it is an account of this gateway with everything that an account has to have.
    ///
    /// # Errors
    /// It is an account of another gateway, or the first required field that is not set.
    pub fn complete(self, gateway: &'static Gateway) -> Result<Keys, CredentialError> {
        if self.gateway.name != gateway.name {
            return Err(CredentialError::OtherGateway {
                gateway: self.gateway.name,
                expected: gateway.name,
            });
        }
        match self.missing().first() {
            Some(field) => Err(CredentialError::Blank { field }),
            None => Ok(self),
        }
    }

    /// The required fields that are not set.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        // The halves of a split field are set together.
        let is_set = |row: &Credential| {
            let name = row.split.map_or(row.name, |(_, [first, _])| first);
            self.get(name).is_some()
        };
        let rows = self.gateway.credentials.iter();
        rows.filter(|row| row.need == Need::Required && !is_set(row))
            .map(|row| row.name)
            .collect()
    }

    /// The gateway that the account belongs to.
    #[must_use]
    pub fn gateway(&self) -> &'static Gateway {
        self.gateway
    }

    fn row(&self, name: &str) -> Result<&'static Credential, CredentialError> {
        let row = self.gateway.credentials.iter().find(|row| row.name == name);
        row.ok_or_else(|| CredentialError::NoSuchField {
            field: name.to_owned(),
            gateway: self.gateway.name,
        })
    }

    fn put(&mut self, name: &'static str, value: SecretString) {
        self.values.retain(|(known, _)| *known != name);
        self.values.push((name, value));
    }
}

impl AsRef<Keys> for Keys {
    fn as_ref(&self) -> &Keys {
        self
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.values.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Keys")
            .field("gateway", &self.gateway.name)
            .field("set", &names)
            .finish()
    }
}
