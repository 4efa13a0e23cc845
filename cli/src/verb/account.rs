//! The account that a verb calls with: named credentials, a profile of the configuration, or the
//! sandbox's test account.

use dockseal::Keys;
use dockseal::client::Settings;
use dockseal::config::{Config, ConfigError, Sources};
use dockseal::gateway::Gateway;

use super::given::{credential, halves};
use super::secret::Source;
use crate::language::Said;
use crate::output::Complaint;
use crate::sandbox;

/// Which account, and where its gateway is.
#[derive(Clone, Debug, clap::Args)]
pub struct Which {
    /// A profile of the configuration 配置中的账号
    #[arg(long, value_name = "NAME", conflicts_with = "credentials")]
    profile: Option<String>,
    /// A credential: env:VARIABLE, @FILE, - or, unless it is secret, the text itself 凭证，可多次
    #[arg(long = "credential", value_name = "NAME=SOURCE")]
    credentials: Vec<String>,
    /// The gateway's base address; its production address when not given 网关地址
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

/// An account with how to reach its gateway.
pub(super) struct Account {
    pub(super) keys: Keys,
    pub(super) settings: Settings,
    /// What the user should know.
    pub(super) warnings: Vec<Said>,
}

impl Which {
    /// Whether the command line says which account.
    pub(super) fn is_named(&self) -> bool {
        self.profile.is_some() || !self.credentials.is_empty()
    }

    /// The profile's name.
    pub(super) fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// The address that the command line gives.
    pub(super) fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// The credentials of the command line, unread.
    pub(super) fn pairs(&self) -> Result<Vec<(&str, Source)>, Complaint> {
        pairs(&self.credentials)
    }

    /// The account of that gateway.
    pub(super) fn load(&self, gateway: &'static Gateway) -> Result<Account, Complaint> {
        let mut account = if self.credentials.is_empty() {
            self.configured(gateway)?
        } else {
            let (keys, warnings) = keys(gateway, &self.credentials)?;
            Account {
                keys: complete(keys)?,
                settings: Settings::default(),
                warnings,
            }
        };
        if self.base_url.is_some() {
            account.settings.base_url.clone_from(&self.base_url);
        }
        Ok(account)
    }

    fn configured(&self, gateway: &'static Gateway) -> Result<Account, Complaint> {
        let config = Config::load(Sources::process()).map_err(|error| wrong_config(&error))?;
        let profile = match &self.profile {
            Some(name) => config.profile(name),
            None => config.profile_of(gateway),
        };
        let help = Said::new(
            "give --credential NAME=env:VARIABLE for each credential, --profile NAME, or --sandbox URL for a sandbox's test account",
            "请逐个给出 --credential 名=env:变量名，或 --profile 账号名，或 --sandbox 地址（沙箱测试账号）",
        );
        let profile = profile.map_err(|error| wrong_config(&error).with_help(help))?;
        let settings = profile.settings().map_err(|error| wrong_config(&error))?;
        let warnings = config.warnings().iter();
        Ok(Account {
            keys: profile
                .keys
                .complete(gateway)
                .map_err(|error| credential(&error))?,
            settings,
            warnings: warnings
                .map(|warning| Said::new(warning.to_string(), warning.zh()))
                .collect(),
        })
    }
}

/// The test account of a gateway, at a sandbox.
pub(super) fn of_sandbox(gateway: &'static Gateway, url: &str) -> Result<Account, Complaint> {
    let keys = sandbox::account(gateway.name).and_then(sandbox::TestAccount::keys);
    let keys = keys.ok_or_else(|| {
        Complaint::usage(Said::new(
            "the sandbox has no account of this gateway",
            "沙箱没有该网关的账号",
        ))
    })?;
    let mut settings = Settings::default();
    settings.base_url = Some(format!(
        "{}{}",
        url.trim_end_matches('/'),
        sandbox::base_path(gateway)
    ));
    Ok(Account {
        keys,
        settings,
        warnings: Vec::new(),
    })
}

/// The credentials of the command line, complete or not.
pub(super) fn keys(
    gateway: &'static Gateway,
    pairs: &[String],
) -> Result<(Keys, Vec<Said>), Complaint> {
    let (mut keys, mut warnings) = (Keys::new(gateway), Vec::new());
    for (name, source) in self::pairs(pairs)? {
        if keys.is_secret(name) {
            warnings.extend(source.warning());
        }
        let set = keys.set(name, source.read()?);
        set.map_err(|error| credential(&error).with_warnings(warnings.clone()))?;
    }
    Ok((keys, warnings))
}

fn pairs(texts: &[String]) -> Result<Vec<(&str, Source)>, Complaint> {
    let mut pairs = Vec::with_capacity(texts.len());
    for text in texts {
        let (name, source) = halves("--credential", "NAME=SOURCE", text)?;
        let Ok(source) = source.parse::<Source>();
        pairs.push((name, source));
    }
    Ok(pairs)
}

/// The same if nothing is lacking.
pub(super) fn complete(keys: Keys) -> Result<Keys, Complaint> {
    let Some(lacking) = keys.missing().first().copied() else {
        return Ok(keys);
    };
    let how = format!("--credential {lacking}=env:VARIABLE");
    let what = Said::new(
        format!("the account lacks {lacking}"),
        format!("账号缺少 {lacking}"),
    );
    let help = Said::new(format!("add {how}"), format!("请加 {how}"));
    Err(Complaint::usage(what).with_help(help))
}

/// A complaint about the configuration.
pub(super) fn wrong_config(error: &ConfigError) -> Complaint {
    Complaint::usage(Said::new(error.to_string(), error.zh()))
}
