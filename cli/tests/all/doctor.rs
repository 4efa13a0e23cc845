//! `dockseal doctor`: what it finds, and that it shows no secret.

use crate::program::{Run, command, finish};
use dockseal_cli::sandbox::{Clock, Sandbox};

/// Examines a flagship account.
fn examine(base: &str, sid: &str, secret: &str) -> Run {
    let mut command = command(&[
        "doctor",
        "--gateway",
        "wangdian-flagship",
        "--base-url",
        base,
        "--json",
        "--credential",
        "sid=env:SID",
        "--credential",
        "key=k",
        "--credential",
        "appsecret=env:SECRET",
    ]);
    command.env("SID", sid).env("SECRET", secret);
    finish(command, b"")
}

fn levels(run: &Run, about: &str) -> Vec<String> {
    let json = run.json();
    let found = json
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["about"] == about);
    found
        .map(|finding| finding["level"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_sound_account_has_nothing_bad() {
    let sandbox = Sandbox::builder().start().unwrap();
    let run = examine(
        &sandbox.base_url("wangdian-flagship"),
        "s",
        "good-secret:good-salt",
    );
    assert_eq!(run.code, 0, "{}", run.seen());
    for about in ["credentials", "address", "clock", "time zone"] {
        assert_eq!(levels(&run, about), ["ok"], "{about}: {}", run.seen());
    }
}

#[test]
fn malformed_credentials_are_named_and_not_shown() {
    let sandbox = Sandbox::builder().start().unwrap();
    let base = sandbox.base_url("wangdian-flagship");
    for (sid, secret, says) in [
        ("s", "one-part-only", "appsecret must be"),
        ("s", "good-secret:good-salt ", "white space"),
        (" ", "good-secret:good-salt", "sid is empty"),
    ] {
        let run = examine(&base, sid, secret);
        assert_eq!(run.code, 1, "{}", run.seen());
        assert!(levels(&run, "credentials").contains(&"bad".to_owned()));
        assert!(run.out.contains(says), "{}", run.out);
        assert!(
            !run.seen().contains("one-part") && !run.seen().contains("good-s"),
            "{}",
            run.seen()
        );
    }
}

#[test]
fn a_clock_that_is_eight_hours_off_is_bad_and_explained() {
    for seconds in [8 * 3600, -8 * 3600] {
        let sandbox = Sandbox::builder()
            .clock(Clock::offset(seconds))
            .start()
            .unwrap();
        let run = examine(
            &sandbox.base_url("wangdian-flagship"),
            "s",
            "good-secret:good-salt",
        );
        assert_eq!(
            (run.code, levels(&run, "clock")),
            (1, vec!["bad".to_owned()]),
            "{}",
            run.seen()
        );
        assert!(run.out.contains("8 hours"), "{}", run.out);
    }
}

#[test]
fn an_address_that_does_not_answer_is_bad() {
    let run = examine("http://127.0.0.1:1", "s", "good-secret:good-salt");
    assert_eq!(
        (run.code, levels(&run, "clock")),
        (1, vec!["bad".to_owned()]),
        "{}",
        run.seen()
    );
}

#[test]
#[cfg(unix)]
fn a_configuration_that_others_can_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::builder().start().unwrap();
    let directory = std::env::temp_dir().join(format!("dockseal-doctor-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join("config.toml");
    let text = format!(
        "[profiles.main]\ngateway = \"wangdian-flagship\"\nsid = \"s\"\nkey = \"k\"\nappsecret = \"good-secret:good-salt\"\nbase_url = \"{}\"\n",
        sandbox.base_url("wangdian-flagship")
    );
    std::fs::write(&file, text).unwrap();
    for (mode, level) in [(0o644, "warn"), (0o600, "ok")] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let mut command = command(&["doctor", "--profile", "main", "--json"]);
        command.env("DOCKSEAL_CONFIG", &file);
        let run = finish(command, b"");
        assert_eq!(
            (run.code, levels(&run, "configuration")),
            (0, vec![level.to_owned()]),
            "{}",
            run.seen()
        );
        assert!(!run.seen().contains("good-s"), "{}", run.seen());
    }
    std::fs::remove_dir_all(&directory).unwrap();
}
