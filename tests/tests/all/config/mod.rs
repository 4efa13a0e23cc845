//! Configuration from the program, the environment and a file: who wins, what is refused and where,
//! and that no secret is ever shown.

mod errors;

use std::path::PathBuf;
use std::time::Duration;

use crate::spawn;
use dockseal::client::Settings;
use dockseal::config::{Config, ConfigError, Profile, Sources, Warning};
use dockseal::send::prepare;
use dockseal::wangdian_enterprise::WangdianEnterprise;
use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadDetail, WangdianFlagship};
use dockseal::{BeijingTime, CredentialError, SecretString, wangdian_flagship};

const SECRET: &str = "hunter2:pepper";

const FILE: &str = r#"
[profiles.main]
gateway = "wangdian-flagship"
sid = "file-sid"
key = "file-key"
appsecret = "hunter2:pepper"
base_url = "http://127.0.0.1:1/openapi"
connect_timeout_seconds = 2
attempts = 4
reply_cap_mib = 1

[profiles.other]
gateway = "wangdian-enterprise"
sid = "e-sid"
appkey = "e-key"
appsecret = "env:OTHER_SECRET"
"#;

fn variables(pairs: &[(&str, &str)]) -> Sources {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    Sources::variables(pairs.iter().map(owned))
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = spawn::scratch(&format!("config-{name}")).join("config.toml");
    spawn::write(&path, text);
    private(&path);
    path
}

#[cfg(unix)]
fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) {}

fn load(name: &str, text: &str, pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::load(variables(pairs).with_file(file(name, text)))
}

/// What a profile says, without its secret halves.
fn shown(profile: &Profile) -> String {
    let get = |name| profile.keys.get(name).unwrap_or("-").to_owned();
    format!("{} {} {}", profile.gateway.name, get("sid"), get("key"))
}

/// The message, its Chinese and `Debug`, none of which may show the secret.
fn told(error: &ConfigError) -> String {
    for text in [error.to_string(), error.zh(), format!("{error:?}")] {
        for part in ["hunter2", "pepper"] {
            assert!(!text.contains(part), "{text}");
        }
    }
    let text = error.to_string();
    // The scratch directory is not the same everywhere.
    text.split_once("config.toml")
        .map_or(text.clone(), |(_, rest)| rest.to_owned())
}

#[test]
fn a_profile_of_the_file_signs_a_request() {
    let config = load("file", FILE, &[]).unwrap();
    assert_eq!(config.names(), ["main", "other"]);
    assert_eq!(config.warnings(), []);
    let profile = config.profile("main").unwrap();
    assert_eq!(shown(&profile), "wangdian-flagship file-sid file-key");
    assert_eq!(profile.connect_timeout, Some(Duration::from_secs(2)));
    assert_eq!(profile.attempt_timeout, None);
    assert_eq!(profile.attempts, Some(4));
    assert_eq!(profile.reply_cap, Some(1 << 20));

    let credentials = profile.credentials::<WangdianFlagship>().unwrap();
    let lines = vec![ProcessUploadDetail::new("A", 1)];
    let order = ProcessUpload::new("W", "W", "a", "N", 1, lines);
    let now = BeijingTime::new(2024, 1, 2, 3, 4, 5).unwrap();
    let made = prepare(&order, &credentials, now, &profile.options()).unwrap();
    let typed = wangdian_flagship::Credentials::new("file-sid", "file-key", SECRET).unwrap();
    let expected = prepare(&order, &typed, now, &profile.options()).unwrap();
    assert_eq!(made.http().uri(), expected.http().uri());
    assert_eq!(made.http().uri().host(), Some("127.0.0.1"));
}

#[test]
fn a_client_takes_the_limits_of_a_profile_and_keeps_its_own_where_it_has_none() {
    let text = FILE.replace(
        "attempts = 4",
        "attempts = 4\noperation_timeout_seconds = 9\nmax_in_flight = 3\nca_file = \"ca.pem\"",
    );
    let path = file("settings", &text);
    spawn::write(&path.with_file_name("ca.pem"), "certificates");
    let config = Config::load(variables(&[]).with_file(&path)).unwrap();
    let profile = config.profile("main").unwrap();
    let (settings, usual) = (profile.settings().unwrap(), Settings::default());
    assert_eq!(settings.base_url, profile.base);
    assert_eq!(settings.connect_timeout, Duration::from_secs(2));
    assert_eq!(settings.attempt_timeout, usual.attempt_timeout);
    assert_eq!(settings.policy.attempts, 4);
    assert_eq!(settings.policy.deadline, Duration::from_secs(9));
    assert_eq!(settings.policy.backoff, usual.policy.backoff);
    assert_eq!(settings.max_in_flight, 3);
    assert_eq!(settings.reply_cap, 1 << 20);
    assert_eq!(settings.ca_pem.as_deref(), Some("certificates"));
    assert_eq!(settings.alias.as_deref(), Some("main"));
    std::fs::remove_file(path.with_file_name("ca.pem")).unwrap();
    assert!(told(&profile.settings().unwrap_err()).contains("cannot be read"));
}

#[test]
fn the_program_wins_over_variables_and_variables_over_the_file() {
    let pairs = [
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_SID", "env-sid"),
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_KEY", "env-key"),
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_CALLS_PER_MINUTE", "60"),
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_BASE_URL", ""),
    ];
    let mut config = load("order", FILE, &pairs).unwrap();
    config.set("main", "sid", "code-sid").unwrap();
    let profile = config.profile("main").unwrap();
    assert_eq!(shown(&profile), "wangdian-flagship code-sid env-key");
    assert_eq!(profile.calls_per_minute, Some(60));
    let base = profile.base.as_deref();
    assert_eq!(base, Some("http://127.0.0.1:1/openapi"), "empty is unset");
}

#[test]
fn variables_alone_make_a_profile() {
    let pairs = [
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_SID", "env-sid"),
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_KEY", "env-key"),
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_APPSECRET", "env:ELSEWHERE"),
        ("ELSEWHERE", SECRET),
    ];
    let config = Config::load(variables(&pairs)).unwrap();
    let profile = config.selected().unwrap();
    assert_eq!(profile.name, "wangdian-flagship");
    assert_eq!(shown(&profile), "wangdian-flagship env-sid env-key");
    let same = config.profile_of(wangdian_flagship::GATEWAY).unwrap();
    assert_eq!(same.name, profile.name);
}

#[test]
fn the_program_alone_makes_a_profile_and_its_texts_count_as_they_are() {
    let mut config = Config::load(Sources::default()).unwrap();
    config.add("mine", wangdian_flagship::GATEWAY);
    for (key, text) in [("sid", "env:SID"), ("key", "k"), ("appsecret", SECRET)] {
        config.set("mine", key, SecretString::from(text)).unwrap();
    }
    let profile = config.selected().unwrap();
    assert_eq!(shown(&profile), "wangdian-flagship env:SID k");
}

#[test]
fn the_file_is_found_by_the_variables() {
    let path = file("found", FILE);
    let pairs = [("DOCKSEAL_CONFIG", path.to_str().unwrap())];
    assert_eq!(Config::load(variables(&pairs)).unwrap().names().len(), 2);

    let home = spawn::scratch("config-home");
    let xdg = home.join("xdg");
    for directory in [&xdg, &home.join(".config")] {
        spawn::write(&directory.join("dockseal/config.toml"), FILE);
    }
    let pairs = [("XDG_CONFIG_HOME", xdg.to_str().unwrap())];
    assert_eq!(Config::load(variables(&pairs)).unwrap().names().len(), 2);
    let pairs = [("HOME", home.to_str().unwrap())];
    assert_eq!(Config::load(variables(&pairs)).unwrap().names().len(), 2);

    let empty = home.join("empty");
    let nowhere = [("HOME", empty.to_str().unwrap())];
    let config = Config::load(variables(&nowhere)).unwrap();
    assert_eq!(config.names().len(), 0);
    let named = Config::load(variables(&[]).with_file(empty.join("config.toml")));
    assert!(told(&named.unwrap_err()).contains("cannot be read"));
}

#[test]
fn keys_of_two_accounts_never_mix() {
    let two = FILE.replace("[profiles.other]", "[profiles.second]\ngateway = \"wangdian-flagship\"\nsid = \"s2\"\nkey = \"k2\"\nappsecret = \"x:y\"\n\n[profiles.other]");
    let sid = ("DOCKSEAL_WANGDIAN_FLAGSHIP_SID", "env-sid");
    let error = load("mix", &two, &[sid]).unwrap_err();
    assert_eq!(
        told(&error),
        "several profiles are for wangdian-flagship: main, second; name one of them in DOCKSEAL_PROFILE"
    );
    let config = load("mix", &two, &[sid, ("DOCKSEAL_PROFILE", "second")]).unwrap();
    let sids = ["main", "second"].map(|name| shown(&config.profile(name).unwrap()));
    assert_eq!(
        sids,
        [
            "wangdian-flagship file-sid file-key",
            "wangdian-flagship env-sid k2"
        ]
    );
    assert_eq!(config.selected().unwrap().name, "second");
    let of = config.profile_of(wangdian_flagship::GATEWAY).unwrap();
    assert_eq!(of.name, "second");
}

#[test]
fn a_profile_for_another_gateway_gives_no_credentials() {
    let profile = load("gateway", FILE, &[]).unwrap().profile("main").unwrap();
    let error = profile.credentials::<WangdianEnterprise>().unwrap_err();
    let expected = CredentialError::OtherGateway {
        gateway: "wangdian-flagship",
        expected: "wangdian-enterprise",
    };
    assert_eq!(error, expected);
}

#[test]
fn secrets_are_looked_up_where_the_file_points() {
    let path = file("secret", &FILE.replace(SECRET, "file:secret.txt"));
    let beside = path.with_file_name("secret.txt");
    spawn::write(&beside, &format!("{SECRET}\n"));
    let config = Config::load(variables(&[("OTHER_SECRET", "e")]).with_file(&path)).unwrap();
    let profile = config.profile("main").unwrap();
    assert_eq!(profile.keys.get("salt"), Some("pepper"));
    config.profile("other").unwrap();
    std::fs::remove_file(&beside).unwrap();
    let error = told(&config.profile("main").unwrap_err());
    assert!(
        error.starts_with(":6: appsecret is to come from the file"),
        "{error}"
    );

    // The other profile is not affected by what this one lacks.
    let config = Config::load(variables(&[]).with_file(&path)).unwrap();
    assert_eq!(
        told(&config.profile("other").unwrap_err()),
        ":16: appsecret is to come from the variable OTHER_SECRET, which is not set"
    );
}

#[test]
fn nothing_shows_a_value_in_debug() {
    let text = FILE.replace("attempts", "proxy = \"http://u:hunter2@p\"\nattempts");
    let pairs = [
        ("OTHER_SECRET", "hunter2"),
        ("DOCKSEAL_WANGDIAN_FLAGSHIP_KEY", "hunter2"),
    ];
    let sources = variables(&pairs).with_file(file("debug", &text));
    let config = Config::load(sources.clone()).unwrap();
    let profile = config.profile("main").unwrap();
    for text in [
        format!("{sources:?}"),
        format!("{config:?}"),
        format!("{profile:?}"),
    ] {
        for part in ["hunter2", "pepper", "file-sid"] {
            assert!(!text.contains(part), "{text}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_gives_a_warning_with_the_remedy() {
    use std::os::unix::fs::PermissionsExt as _;
    let path = file("mode", FILE);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    let config = Config::load(variables(&[]).with_file(&path)).unwrap();
    let [warning] = config.warnings() else {
        unreachable!("{:?}", config.warnings());
    };
    let expected = Warning::ReadableByOthers {
        path: path.clone(),
        mode: 0o640,
    };
    assert_eq!(*warning, expected);
    for text in [warning.to_string(), warning.zh()] {
        assert!(text.contains("0640"), "{text}");
        assert!(
            text.ends_with(&format!("chmod 600 {}", path.display())),
            "{text}"
        );
    }
}
