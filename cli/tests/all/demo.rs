//! The demo as people start it: everything as expected, every time, in both languages.

use crate::program::run;

#[test]
fn the_demo_is_as_expected_every_time() {
    for _ in 0..2 {
        let run = run(&["demo"]);
        assert_eq!(run.code, 0, "{}", run.seen());
        assert_eq!(run.err, "");
        let pushes = run.out.lines().filter(|line| line.contains(" → "));
        let count = pushes.clone().count();
        assert!(
            pushes.clone().all(|line| line.contains(", expected")),
            "{}",
            run.out
        );
        let last = run.out.lines().last().unwrap();
        assert_eq!(last, format!("{count} of {count} as expected"));
    }
}

#[test]
fn the_demo_shows_every_api_and_every_way_a_call_ends() {
    let json = run(&["demo", "--json"]).json();
    let scenes = json["scenes"].as_array().unwrap();
    for known in dockseal::APIS {
        let method = known.api().method;
        assert!(
            scenes
                .iter()
                .any(|scene| scene["method"] == method && scene["ending"]["outcome"] == "ok"),
            "{method}"
        );
    }
    let sends = |outcome: &str, fault: Option<&str>| {
        let scene = scenes.iter().find(|scene| {
            scene["ending"]["outcome"] == outcome && scene["fault"].as_str() == fault
        });
        let scene = scene.unwrap_or_else(|| panic!("{outcome} {fault:?}"));
        (
            scene["sends"].as_u64().unwrap(),
            scene["effects"].as_u64().unwrap(),
        )
    };
    assert_eq!(sends("duplicate", None), (1, 0));
    assert_eq!(sends("partial", None), (1, 1));
    assert_eq!(sends("throttled", Some("throttled")), (1, 0));
    assert_eq!(sends("unknown", Some("reset-after")), (1, 1));
    assert_eq!(sends("ok", Some("reset-after")), (2, 1));
    assert_eq!(sends("signature", None), (1, 0));
}

#[test]
fn a_bad_signature_is_explained_and_no_secret_is_shown() {
    for language in ["en", "zh"] {
        let run = run(&["demo", "--lang", language]);
        assert!(
            run.out.contains("dockseal sign find shopex-oms"),
            "{}",
            run.out
        );
        for secret in [
            "sandbox-secret",
            "sandbox-salt",
            "sandbox-token",
            "not-the-token",
        ] {
            assert!(!run.seen().contains(secret), "{secret}: {}", run.out);
        }
    }
}
