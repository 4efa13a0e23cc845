//! `dockseal doctor`: what most often keeps a first call from passing, checked without calling
//! anything: credentials, configuration, address, clock, time zone.

mod clock;

use std::net::IpAddr;

use dockseal::Keys;
use dockseal::config::{Config, ConfigError, Sources};
use dockseal::gateway::Gateway;
use serde_json::json;

use super::account::{Which, wrong_config};
use super::{Context, need_gateway};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{Answer, BAD, Complaint, DOUBT, GOOD};

/// The options of the verb.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The gateway that --credential belongs to 凭证所属网关
    #[arg(
        long,
        value_name = "GATEWAY",
        required_unless_present = "profile",
        conflicts_with = "profile"
    )]
    gateway: Option<String>,
    #[command(flatten)]
    account: Which,
}

/// How well it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Ok,
    Warn,
    Bad,
}

/// What was found.
struct Finding {
    about: [&'static str; 2],
    level: Level,
    said: Said,
}

const CREDENTIALS: [&str; 2] = ["credentials", "凭证"];
const CONFIGURATION: [&str; 2] = ["configuration", "配置"];
const ADDRESS: [&str; 2] = ["address", "地址"];
const ZONE: [&str; 2] = ["time zone", "时区"];

impl Finding {
    fn new(about: [&'static str; 2], level: Level, said: Said) -> Finding {
        Finding { about, level, said }
    }
}

/// Who is examined.
struct Patient {
    gateway: Option<&'static Gateway>,
    base: Option<String>,
    findings: Vec<Finding>,
}

/// Examines an account.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let patient = match (options.account.profile(), &options.gateway) {
        (Some(profile), _) => of_profile(profile)?,
        (None, name) => of_command_line(name.as_deref().unwrap_or_default(), &options.account)?,
    };
    let mut findings = patient.findings;
    let own = patient
        .gateway
        .and_then(|gateway| gateway.endpoints.first())
        .map(|known| known.url.to_owned());
    let base = options
        .account
        .base_url()
        .map(str::to_owned)
        .or(patient.base)
        .or(own);
    match base.as_deref() {
        Some(base) => {
            findings.push(address(base));
            findings.push(clock::compare(
                base,
                patient.gateway.and_then(|gateway| gateway.window),
            ));
        }
        None => findings.push(Finding::new(
            ADDRESS,
            Level::Bad,
            Said::new(
                "none: this gateway has no address of its own; add --base-url",
                "缺少：该网关没有固定地址，请加 --base-url",
            ),
        )),
    }
    findings.push(zone());
    Ok(answer(&findings, context.language))
}

fn of_profile(name: &str) -> Result<Patient, Complaint> {
    let config = Config::load(Sources::process()).map_err(|error| wrong_config(&error))?;
    let mut findings: Vec<_> = config
        .warnings()
        .iter()
        .map(|warning| {
            Finding::new(
                CONFIGURATION,
                Level::Warn,
                Said::new(warning.to_string(), warning.zh()),
            )
        })
        .collect();
    if findings.is_empty() {
        findings.push(Finding::new(
            CONFIGURATION,
            Level::Ok,
            Said::new("no file that others can read", "没有其他用户可读的文件"),
        ));
    }
    match config.profile(name) {
        Ok(profile) => {
            findings.insert(0, whole(profile.gateway));
            Ok(Patient {
                gateway: Some(profile.gateway),
                base: profile.base,
                findings,
            })
        }
        Err(error @ ConfigError::NoProfile { .. }) => Err(wrong_config(&error)),
        Err(error) => {
            let said = Said::new(error.to_string(), error.zh());
            findings.insert(0, Finding::new(CREDENTIALS, Level::Bad, said));
            Ok(Patient {
                gateway: None,
                base: None,
                findings,
            })
        }
    }
}

fn of_command_line(name: &str, which: &Which) -> Result<Patient, Complaint> {
    let gateway = need_gateway(name)?;
    let (mut keys, mut findings) = (Keys::new(gateway), Vec::new());
    let mut refused = Vec::new();
    for (field, source) in which.pairs()? {
        if let (true, Some(warning)) = (keys.is_secret(field), source.warning()) {
            findings.push(Finding::new(CREDENTIALS, Level::Warn, warning));
        }
        if let Err(error) = keys.set(field, source.read()?) {
            refused.push(field);
            findings.push(Finding::new(
                CREDENTIALS,
                Level::Bad,
                Said::new(error.to_string(), error.zh()),
            ));
        }
    }
    for lacking in keys
        .missing()
        .into_iter()
        .filter(|field| !refused.contains(field))
    {
        let said = Said::new(
            format!("{lacking} is missing; add --credential {lacking}=env:VARIABLE"),
            format!("缺少 {lacking}，请加 --credential {lacking}=env:变量名"),
        );
        findings.push(Finding::new(CREDENTIALS, Level::Bad, said));
    }
    if findings.iter().all(|finding| finding.level != Level::Bad) {
        findings.insert(0, whole(gateway));
    }
    Ok(Patient {
        gateway: Some(gateway),
        base: None,
        findings,
    })
}

/// The credentials look as they should.
fn whole(gateway: &Gateway) -> Finding {
    let name = gateway.name;
    Finding::new(
        CREDENTIALS,
        Level::Ok,
        Said::new(
            format!(
                "complete for {name}, and of the right shape; whether the gateway knows them, only a call can tell"
            ),
            format!("{name} 所需凭证齐全、格式正确；是否有效须实际调用才知道"),
        ),
    )
}

fn address(base: &str) -> Finding {
    let uri = base.parse::<http::Uri>().ok();
    let scheme = uri
        .as_ref()
        .and_then(http::Uri::scheme_str)
        .unwrap_or_default();
    let host = uri
        .as_ref()
        .and_then(http::Uri::host)
        .unwrap_or_default()
        .trim_matches(['[', ']']);
    let here = host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback());
    let (level, en, zh) = match (scheme, here) {
        (_, _) if host.is_empty() => (
            Level::Bad,
            "is no address like https://host/path",
            "不是形如 https://host/path 的地址",
        ),
        ("https", _) => (Level::Ok, "is encrypted", "已加密"),
        ("http", true) => (Level::Ok, "is this machine", "是本机"),
        ("http", false) => (
            Level::Warn,
            "is not encrypted: whoever is between can read and repeat requests; use https",
            "未加密：途经者可读取并重放请求，请改用 https",
        ),
        _ => (
            Level::Bad,
            "is neither http nor https",
            "既不是 http 也不是 https",
        ),
    };
    let shown = if host.is_empty() {
        String::new()
    } else {
        format!("{scheme}://{host} ")
    };
    Finding::new(
        ADDRESS,
        level,
        Said::new(format!("{shown}{en}"), format!("{shown}{zh}")),
    )
}

fn zone() -> Finding {
    let set = std::env::var("TZ").ok().filter(|text| !text.is_empty());
    let linked = || {
        let target = std::fs::read_link("/etc/localtime").ok()?;
        let target = target.to_str()?;
        Some(
            target
                .rsplit_once("zoneinfo/")
                .map_or(target, |(_, zone)| zone)
                .to_owned(),
        )
    };
    let zone = set.or_else(linked).unwrap_or_else(|| "UTC".to_owned());
    Finding::new(
        ZONE,
        Level::Ok,
        Said::new(
            format!("{zone}; it does not matter: time stamps are Beijing time in every zone"),
            format!("{zone}；不影响：时间戳一律用北京时间"),
        ),
    )
}

fn answer(findings: &[Finding], language: Language) -> Answer {
    let mut rows = Vec::new();
    for Finding {
        about: [en, zh],
        level,
        said,
    } in findings
    {
        let word = match level {
            Level::Ok => format!("{GOOD}ok{GOOD:#}  "),
            Level::Warn => format!("{DOUBT}warn{DOUBT:#}"),
            Level::Bad => format!("{BAD}bad{BAD:#} "),
        };
        rows.push((
            language.pick(*en, *zh),
            format!("{word}  {}", said.text(language)),
        ));
    }
    let bad = findings.iter().any(|finding| finding.level == Level::Bad);
    let exit = if bad { Exit::Rejected } else { Exit::Ok };
    let json: Vec<_> = findings
        .iter()
        .map(|finding| json!({ "about": finding.about[0], "level": finding.level, "said": finding.said.text(language) }))
        .collect();
    Answer::new(exit, crate::output::labelled(&rows), &json)
}

#[cfg(test)]
mod tests {
    use super::{Level, address};

    #[test]
    fn only_addresses_beyond_this_machine_need_encryption() {
        for (base, level) in [
            ("https://wdt.example/openapi", Level::Ok),
            ("http://127.0.0.1:7788/openapi", Level::Ok),
            ("http://[::1]:7788", Level::Ok),
            ("http://wdt.example", Level::Warn),
            ("ftp://wdt.example", Level::Bad),
            ("wdt", Level::Bad),
        ] {
            assert_eq!(address(base).level, level, "{base}");
        }
    }
}
