//! What is refused: each message has its place and its remedy, and never the value.

use dockseal::config::Config;

use super::{FILE, SECRET, file, load, told, variables};

#[test]
fn what_is_not_known_is_told_with_its_line_and_the_nearest_name() {
    for (from, to, expected) in [
        (
            "sid = \"file",
            "side = \"file",
            ":4: unknown key \"side\"; did you mean \"sid\"?",
        ),
        (
            "appsecret = \"h",
            "app_secret = \"h",
            ":6: unknown key \"app_secret\"; did you mean \"appsecret\"?",
        ),
        (
            "attempts",
            "atempts",
            ":9: unknown key \"atempts\"; did you mean \"attempts\"?",
        ),
        (
            "[profiles.main]",
            "[profile.main]",
            ":2: unknown key \"profile\"; did you mean \"profiles\"?",
        ),
        (
            "wangdian-flagship",
            "wangdian-flagshp",
            ":3: unknown gateway \"wangdian-flagshp\"; did you mean \"wangdian-flagship\"?",
        ),
        (
            "connect_timeout_seconds = 2",
            "connect_timeout_seconds = \"2s\"",
            ":8: connect_timeout_seconds must be a whole number from 1 to 4294967295, without quotes",
        ),
        (
            "sid = \"file-sid\"",
            "sid = 7",
            ":4: sid must be a text in quotes",
        ),
        (
            "gateway = \"wangdian-flagship\"\n",
            "",
            ":2: profile \"main\" has no gateway; add gateway = one of shopex-oms, taobao-top, wangdian-enterprise, wangdian-flagship",
        ),
    ] {
        let error = load("unknown", &FILE.replacen(from, to, 1), &[]).unwrap_err();
        assert_eq!(told(&error), expected);
    }
    let variable = ("DOCKSEAL_WANGDIAN_FLAGSHIP_APPSECERT", SECRET);
    let error = load("unknown", FILE, &[variable]).unwrap_err();
    assert_eq!(
        told(&error),
        "DOCKSEAL_WANGDIAN_FLAGSHIP_APPSECERT: unknown key \"appsecert\"; did you mean \"appsecret\"?"
    );
    let config = load("unknown", FILE, &[("DOCKSEAL_PROFILE", "mian")]).unwrap();
    let error = config.selected().unwrap_err();
    assert_eq!(
        told(&error),
        "there is no profile \"mian\"; there are main, other"
    );
}

#[test]
fn values_that_cannot_be_right_are_told_with_their_place() {
    for (from, to, expected) in [
        (
            SECRET,
            "hunter2",
            ":6: appsecret must be \"secret:salt\": no \":\" in a text of 7 characters; copy it whole",
        ),
        (
            SECRET,
            " hunter2:pepper",
            ":6: appsecret begins or ends with white space or an invisible character; copy it again without",
        ),
        (
            "attempts = 4",
            "attempts = 0",
            ":9: attempts must be a whole number from 1 to 4294967295, without quotes",
        ),
        (
            "attempts = 4",
            "attempts = -4",
            ":9: attempts must be a whole number from 1 to 4294967295, without quotes",
        ),
        (
            "key = \"file-key\"\n",
            "",
            "profile \"main\" lacks key; set it in the profile, or in the variable DOCKSEAL_WANGDIAN_FLAGSHIP_KEY",
        ),
    ] {
        let config = load("wrong", &FILE.replacen(from, to, 1), &[]).unwrap();
        assert_eq!(told(&config.profile("main").unwrap_err()), expected);
    }
    let minute = ("DOCKSEAL_WANGDIAN_FLAGSHIP_CALLS_PER_MINUTE", "hunter2");
    let config = load("wrong", FILE, &[minute]).unwrap();
    assert_eq!(
        told(&config.profile("main").unwrap_err()),
        "DOCKSEAL_WANGDIAN_FLAGSHIP_CALLS_PER_MINUTE: calls_per_minute must be a whole number from 1 to 4294967295, without quotes"
    );
}

#[test]
fn broken_toml_is_told_with_its_line_and_never_quoted() {
    for broken in [
        "appsecret = hunter2:pepper",
        "appsecret = \"hunter2:pepper",
        "appsecret = 'hunter2:pepper' pepper",
        "appsecret = \"hunter2\\:pepper\"",
        "appsecret \"hunter2:pepper\"",
        "appsecret = [\"hunter2:pepper\"",
        "appsecret = \"hunter2:pepper\"\nappsecret = \"hunter2:pepper\"",
        "appsecret = \"hunter2:pepper\u{0}\"",
    ] {
        let text = FILE.replace("appsecret = \"hunter2:pepper\"", broken);
        let told = told(&load("broken", &text, &[]).unwrap_err());
        let line = told.trim_start_matches(':').split(':').next().unwrap();
        assert!(["6", "7"].contains(&line), "{told}");
        assert!(told.contains("not TOML"), "{told}");
    }
    let path = file("broken", "");
    std::fs::write(&path, b"\xFF\xFEhunter2").unwrap();
    let error = Config::load(variables(&[]).with_file(path)).unwrap_err();
    assert!(told(&error).contains("cannot be read"));
}
