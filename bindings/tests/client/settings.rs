//! Settings that cannot be used are refused when the client is built, by name and without the value.

use std::time::Duration;

use dockseal::client::{Settings, Wrong};
use dockseal::shopex_oms::{self, ShopexOms};
use dockseal::wangdian_flagship::WangdianFlagship;

use crate::support::clients::{Client, both, flagship_account};

/// A setting's field, what is wrong, and how it was set.
type Case = (&'static str, Wrong, fn(&mut Settings));

#[test]
fn each_is_refused_by_its_name() {
    let cases: [Case; 16] = [
        ("connect_timeout", Wrong::Zero, |settings| {
            settings.connect_timeout = Duration::ZERO;
        }),
        ("attempt_timeout", Wrong::Zero, |settings| {
            settings.attempt_timeout = Duration::ZERO;
        }),
        ("operation_timeout", Wrong::Zero, |settings| {
            settings.policy.deadline = Duration::ZERO;
        }),
        ("policy.attempts", Wrong::Zero, |settings| {
            settings.policy.attempts = 0;
        }),
        ("max_in_flight", Wrong::Zero, |settings| {
            settings.max_in_flight = 0;
        }),
        ("calls_per_minute", Wrong::Zero, |settings| {
            settings.calls_per_minute = Some(0);
        }),
        ("reply_cap", Wrong::Zero, |settings| settings.reply_cap = 0),
        ("base_url", Wrong::Address, |settings| {
            settings.base_url = Some("hidden.example".into());
        }),
        ("base_url", Wrong::Address, |settings| {
            settings.base_url = Some("ftp://hidden.example/".into());
        }),
        ("base_url", Wrong::Address, |settings| {
            settings.base_url = Some("http://u:hidden@a.example".into());
        }),
        ("base_url", Wrong::Address, |settings| {
            settings.base_url = Some("http://a.example/?hidden".into());
        }),
        ("base_url", Wrong::Address, |settings| {
            settings.base_url = Some("http://a.example/#hidden".into());
        }),
        ("proxy", Wrong::Address, |settings| {
            settings.proxy = Some("hidden:80".into());
        }),
        ("proxy", Wrong::Address, |settings| {
            settings.proxy = Some("socks5://u:hidden@a.example".into());
        }),
        ("ca_pem", Wrong::Certificate, |settings| {
            settings.ca_pem = Some("hidden".into());
        }),
        ("ca_pem", Wrong::Certificate, |settings| {
            settings.ca_pem = Some(String::new());
        }),
    ];
    both(|kind| {
        for (field, wrong, set) in cases {
            let mut settings = Settings::default();
            set(&mut settings);
            let error = Client::<WangdianFlagship>::build(kind, flagship_account(), settings)
                .err()
                .unwrap();
            assert_eq!((error.field, error.wrong), (field, wrong));
            for text in [error.to_string(), error.zh(), format!("{error:?}")] {
                assert!(text.contains(field) && !text.contains("hidden"), "{text}");
            }
        }
    });
}

#[test]
fn a_partner_without_an_address_of_its_own_has_to_be_given_one() {
    both(|kind| {
        let account = shopex_oms::Credentials::new("node", "from", "certi", "token").unwrap();
        let built = Client::<ShopexOms>::build(kind, account.clone(), Settings::default());
        let error = built.err().unwrap();
        assert_eq!((error.field, error.wrong), ("base_url", Wrong::Missing));
        let mut settings = Settings::default();
        settings.base_url = Some("https://oms.example".to_owned());
        assert!(Client::<ShopexOms>::build(kind, account, settings).is_ok());
    });
}

#[test]
fn the_usual_settings_are_finite() {
    let settings = Settings::default();
    assert_eq!(settings.connect_timeout, Duration::from_secs(5));
    assert_eq!(settings.attempt_timeout, Duration::from_secs(30));
    assert_eq!(settings.policy.deadline, Duration::from_secs(60));
    assert_eq!(settings.reply_cap, 32 * 1024 * 1024);
    assert_eq!(settings.calls_per_minute, None);
}

#[test]
fn the_debug_of_settings_hides_the_password_of_a_proxy() {
    let mut settings = Settings::default();
    settings.proxy = Some("http://u:hidden@a.example".into());
    assert!(!format!("{settings:?}").contains("hidden"));
}
