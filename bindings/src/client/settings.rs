//! What a client is told: addresses, time limits, patience, and the limits of one account.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use http::Uri;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use secrecy::{ExposeSecret as _, SecretString};

use crate::gateway::{Endpoint, Gateway};
use crate::outcome::Policy;
use crate::send::Validation;
use crate::sign::LengthUnit;

/// What a client is told; the same for both clients.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Base address; the gateway's production address when unset.
    pub base_url: Option<String>,
    /// Address of an HTTP proxy, with its password if it has one. The environment is not asked.
    pub proxy: Option<SecretString>,
    /// The certificates to trust instead of the usual ones, as PEM text: a client talks to one host.
    pub ca_pem: Option<String>,
    /// Time for a name's address, a connection and its encryption. 5 s by default.
    pub connect_timeout: Duration,
    /// Time for one attempt, from its first byte to the last of the reply. 30 s by default.
    pub attempt_timeout: Duration,
    /// How often to send again, and the deadline of the whole call, waits included: 60 s by default.
    pub policy: Policy,
    /// Attempts of one account that are under way at the same time. 16 by default.
    pub max_in_flight: usize,
    /// Attempts of one account in a minute, evenly spread; no limit by default.
    pub calls_per_minute: Option<u32>,
    /// What happens to a request that breaks its schema.
    pub validation: Validation,
    /// How the length-prefixed signature counts.
    pub unit: LengthUnit,
    /// Most bytes of a reply, decompressed. 32 MiB by default.
    pub reply_cap: usize,
    /// What traces call the account; not its name at the vendor's.
    pub alias: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            base_url: None,
            proxy: None,
            ca_pem: None,
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(30),
            policy: Policy::default(),
            max_in_flight: 16,
            calls_per_minute: None,
            validation: Validation::default(),
            unit: LengthUnit::default(),
            reply_cap: 32 * 1024 * 1024,
            alias: None,
        }
    }
}

/// A setting that cannot be used. No message shows its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettingError {
    /// The field of [`Settings`].
    pub field: &'static str,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wrong {
    /// It has to be set: the gateway has no address of its own.
    Missing,
    /// It is no address that can be used there.
    Address,
    /// It has to be more than zero.
    Zero,
    /// It is no certificate in PEM text.
    Certificate,
    /// The HTTP library refused what it was told.
    Refused,
}

impl SettingError {
    const fn new(field: &'static str, wrong: Wrong) -> SettingError {
        SettingError { field, wrong }
    }

    /// The HTTP library refused this setting.
    pub(super) const fn refused(field: &'static str) -> SettingError {
        SettingError::new(field, Wrong::Refused)
    }

    /// The same in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let SettingError { field, wrong } = self;
        match wrong {
            Wrong::Missing => format!("{field} 必填：该网关没有固定地址，请填对方的接口地址"),
            Wrong::Address => format!(
                "{field} 不是可用的地址：应形如 https://host/path，不带用户名、参数与片段；代理应形如 http://host:port"
            ),
            Wrong::Zero => format!("{field} 必须大于零"),
            Wrong::Certificate => format!("{field} 不是 PEM 格式的证书"),
            Wrong::Refused => format!("{field} 不能使用"),
        }
    }
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.wrong {
            Wrong::Missing => "has to be set: this gateway has no address of its own",
            Wrong::Address => {
                "is no address that can be used: write https://host/path without user, query and fragment, a proxy as http://host:port"
            }
            Wrong::Zero => "has to be more than zero",
            Wrong::Certificate => "is no certificate in PEM text",
            Wrong::Refused => "cannot be used",
        };
        write!(f, "{} {text}", self.field)
    }
}

impl std::error::Error for SettingError {}

/// What the settings come to for one gateway.
pub(super) struct Checked {
    pub(super) settings: Settings,
    /// The base address.
    pub(super) base: Uri,
    /// The proxy's address.
    pub(super) proxy: Option<SecretString>,
    /// The certificates to trust instead of the usual ones.
    pub(super) roots: Option<Vec<CertificateDer<'static>>>,
}

impl Settings {
    pub(super) fn check(self, gateway: &Gateway) -> Result<Checked, SettingError> {
        for (field, is_zero) in [
            ("connect_timeout", self.connect_timeout.is_zero()),
            ("attempt_timeout", self.attempt_timeout.is_zero()),
            ("operation_timeout", self.policy.deadline.is_zero()),
            ("policy.attempts", self.policy.attempts == 0),
            ("max_in_flight", self.max_in_flight == 0),
            ("calls_per_minute", self.calls_per_minute == Some(0)),
            ("reply_cap", self.reply_cap == 0),
        ] {
            if is_zero {
                return Err(SettingError::new(field, Wrong::Zero));
            }
        }
        let own = |endpoint: &&Endpoint| endpoint.environment == "production";
        let own = gateway
            .endpoints
            .iter()
            .find(own)
            .map(|endpoint| endpoint.url);
        let base = self.base_url.as_deref().or(own);
        let base = base.ok_or(SettingError::new("base_url", Wrong::Missing))?;
        let base = base_address(base).ok_or(SettingError::new("base_url", Wrong::Address))?;
        if let Some(proxy) = &self.proxy {
            let address = address(proxy.expose_secret());
            address.ok_or(SettingError::new("proxy", Wrong::Address))?;
        }
        let roots = self.ca_pem.as_deref().map(certificates).transpose()?;
        Ok(Checked {
            base,
            proxy: self.proxy.clone(),
            roots,
            settings: self,
        })
    }
}

/// An `http` or `https` address with a host.
fn address(text: &str) -> Option<Uri> {
    let uri: Uri = text.parse().ok()?;
    let web = matches!(uri.scheme_str(), Some("http" | "https"));
    (web && uri.host().is_some_and(|host| !host.is_empty())).then_some(uri)
}

/// The same with nothing that a signed request would carry along.
fn base_address(text: &str) -> Option<Uri> {
    let uri = address(text)?;
    let user = uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'));
    (!user && uri.query().is_none() && !text.contains('#')).then_some(uri)
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, SettingError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let found = found.ok().filter(|found| !found.is_empty());
    found.ok_or(SettingError::new("ca_pem", Wrong::Certificate))
}

/// Whether what is sent there leaves this machine in the clear.
pub(super) fn in_the_clear(base: &Uri) -> bool {
    let host = base.host().unwrap_or_default().trim_matches(['[', ']']);
    let here = host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    base.scheme_str() == Some("http") && !here
}
