//! The schemes against figures that the vendors' documents and programs give.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use super::*;

mod refusals;
mod shown;

const MD5_AROUND: &[Digest] = &[Digest {
    name: "md5",
    algorithm: Algorithm::Md5,
    secret: SecretPlace::Around,
}];

const FLAGSHIP: Scheme = Scheme {
    parameter: "sign",
    omit: &["sign"],
    layout: Layout::NameValue,
    digests: MD5_AROUND,
    digest_parameter: None,
    case: Case::Lower,
    body: Some("body"),
    skip_blank: false,
};

const ENTERPRISE: Scheme = Scheme {
    layout: Layout::LengthPrefixed,
    digests: &[Digest {
        name: "md5",
        algorithm: Algorithm::Md5,
        secret: SecretPlace::After,
    }],
    body: None,
    ..FLAGSHIP
};

const TOP: Scheme = Scheme {
    digests: &[
        Digest {
            name: "hmac-sha256",
            algorithm: Algorithm::HmacSha256,
            secret: SecretPlace::Key,
        },
        Digest {
            name: "md5",
            algorithm: Algorithm::Md5,
            secret: SecretPlace::Around,
        },
        Digest {
            name: "hmac",
            algorithm: Algorithm::HmacMd5,
            secret: SecretPlace::Key,
        },
    ],
    digest_parameter: Some("sign_method"),
    case: Case::Upper,
    body: None,
    skip_blank: true,
    ..FLAGSHIP
};

const OMS: Scheme = Scheme {
    omit: &["sign", "rpc_id"],
    layout: Layout::Nested,
    digests: &[Digest {
        name: "md5",
        algorithm: Algorithm::Md5,
        secret: SecretPlace::AfterInnerDigest,
    }],
    case: Case::Upper,
    body: None,
    ..FLAGSHIP
};

fn by(digest: &str) -> Options<'_> {
    Options {
        digest: Some(digest),
        ..Options::default()
    }
}

fn in_unit(unit: LengthUnit) -> Options<'static> {
    Options {
        unit,
        ..Options::default()
    }
}

fn texts<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<Param<'a>> {
    pairs
        .iter()
        .map(|(name, value)| Param::new(name, *value))
        .collect()
}

fn signed(scheme: &Scheme, options: &Options<'_>, pairs: &[(&str, &str)], secret: &str) -> String {
    let secret = SecretString::from(secret);
    sign(scheme, options, &mut texts(pairs), &secret)
        .unwrap()
        .to_string()
}

fn shown(scheme: &Scheme, options: &Options<'_>, mut params: Vec<Param<'_>>) -> String {
    to_sign(scheme, options, &mut params).unwrap()
}

#[test]
fn taobao_documents_sort_example_comes_out_under_all_three_digests() {
    let pairs = [
        ("foo", "1"),
        ("bar", "2"),
        ("foo_bar", "3"),
        ("foobar", "4"),
    ];
    let md5 = "5AAF1C690262A24768F5478B084C2C8A";
    let hmac = "E687005F819D6F9E6ED085311C8ACC75";
    let sha256 = "339676BF36C50A8BD3D8F6B4A81B2F9AA614B05BFCFEBEFC169CB830D6B77D3B";
    assert_eq!(signed(&TOP, &by("md5"), &pairs, "helloworld"), md5);
    assert_eq!(signed(&TOP, &by("hmac"), &pairs, "helloworld"), hmac);
    assert_eq!(
        signed(&TOP, &by("hmac-sha256"), &pairs, "helloworld"),
        sha256
    );
    // The first digest is the default.
    assert_eq!(
        signed(&TOP, &Options::default(), &pairs, "helloworld"),
        sha256
    );
}

#[test]
fn enterprise_documents_example_comes_out() {
    let pairs = [
        ("sid", "test2"),
        ("appkey", "test2-xx"),
        ("page_no", "0"),
        ("end_time", "2016-08-01 13:00:00"),
        ("start_time", "2016-08-01 12:00:00"),
        ("page_size", "40"),
        ("timestamp", "1470042310"),
    ];
    let sign = signed(&ENTERPRISE, &Options::default(), &pairs, "12345");
    assert_eq!(sign, "ad4e6fe037ea6e3ba4768317be9d1309");
}

#[test]
fn flagship_signs_the_body_as_a_parameter() {
    let pairs = [
        ("key", "wdtapi3-test"),
        ("method", "system.Core.now"),
        ("salt", "testsalt"),
        ("sid", "wdtapi3"),
        ("timestamp", "374652800"),
        ("v", "1.0"),
        ("body", "[]"),
    ];
    let sign = signed(&FLAGSHIP, &Options::default(), &pairs, "testsecret");
    assert_eq!(sign, "7f6559e2cfbf73df5c9eb94789ca112b");
}

#[test]
fn different_nestings_of_the_same_text_sign_alike_in_the_oms() {
    let secret = SecretString::from("d0f8a3token");
    let nested = Value::Map(vec![("b", Value::Text("c"))]);
    for mut params in [vec![Param::new("ab", "c")], vec![Param::new("a", nested)]] {
        let sign = sign(&OMS, &Options::default(), &mut params, &secret).unwrap();
        assert_eq!(sign.as_str(), "D69C64B218E04EA9E30177C14A46E189");
    }
}

#[test]
fn nested_values_are_sorted_as_texts_at_every_level_and_null_is_left_out() {
    let list = (0..12).map(Value::Integer).collect();
    let map = vec![
        ("z", Value::Null),
        ("a", Value::Bool(true)),
        ("Z", Value::Bool(false)),
        ("9", Value::List(vec![])),
        ("10", Value::Integer(-5)),
        ("m", Value::List(vec![Value::Null, Value::Text("x")])),
    ];
    let params = vec![
        Param::new("map", Value::Map(map)),
        Param::new("list", Value::List(list)),
        Param::new("gone", Value::Null),
        Param::new("rpc_id", "1"),
    ];
    assert_eq!(
        shown(&OMS, &Options::default(), params),
        "UPPERHEX(MD5(list0011101011112233445566778899map10-59Z0a1m1x))‹secret›"
    );
}

#[test]
fn blank_values_are_left_out_only_where_the_scheme_says_so() {
    let pairs = [("a", "\u{3000}\t"), ("b", "\u{A0}"), ("c", "")];
    assert_eq!(
        shown(&TOP, &by("md5"), texts(&pairs)),
        "‹secret›b\u{A0}‹secret›"
    );
    assert_eq!(
        shown(&FLAGSHIP, &Options::default(), texts(&pairs)),
        "‹secret›a\u{3000}\tb\u{A0}c‹secret›"
    );
}

#[test]
fn lengths_are_counted_in_the_chosen_unit_with_minimum_widths() {
    let pairs = [("n", "中😀")];
    for (unit, length) in [
        (LengthUnit::CodePoints, 2),
        (LengthUnit::Utf16, 3),
        (LengthUnit::Utf8Bytes, 7),
    ] {
        let expected = format!("01-n:{length:04}-中😀‹secret›");
        assert_eq!(shown(&ENTERPRISE, &in_unit(unit), texts(&pairs)), expected);
    }
    let (name, value) = ("k".repeat(100), "x".repeat(10_000));
    assert_eq!(
        shown(
            &ENTERPRISE,
            &Options::default(),
            texts(&[(&name, &value), ("a", "")])
        ),
        format!("01-a:0000-;100-{name}:10000-{value}‹secret›")
    );
}

#[test]
fn a_body_without_a_name_follows_the_parameters_in_one_layout_only() {
    let options = Options {
        tail: Some("<xml/>"),
        ..by("md5")
    };
    assert_eq!(
        shown(&TOP, &options, texts(&[("a", "1")])),
        "‹secret›a1<xml/>‹secret›"
    );
    assert_eq!(to_sign(&OMS, &options, &mut []), Err(SignError::Tail));
    assert_eq!(
        to_sign(&ENTERPRISE, &options, &mut []),
        Err(SignError::Tail)
    );
}

#[test]
fn a_dry_run_masks_secret_parameters() {
    let params = vec![Param::secret("salt", "s4lt"), Param::new("key", "k")];
    let text = shown(&FLAGSHIP, &Options::default(), params);
    assert_eq!(text, "‹secret›keyksalt‹salt›‹secret›");
    let params = vec![Param::secret("session", "6100"), Param::new("v", "2.0")];
    assert_eq!(shown(&TOP, &by("hmac"), params), "session‹session›v2.0");
}

#[test]
fn the_existing_signature_is_not_signed() {
    let with = [("a", "1"), ("sign", "OLD")];
    let without = [("a", "1")];
    for scheme in [FLAGSHIP, ENTERPRISE, TOP, OMS] {
        let options = Options::default();
        assert_eq!(
            signed(&scheme, &options, &with, "s"),
            signed(&scheme, &options, &without, "s")
        );
    }
}

#[test]
fn verify_takes_the_exact_text_only() {
    let secret = SecretString::from("token");
    let options = Options::default();
    let mut params = texts(&[("b", "2"), ("a", "1")]);
    let sign = compute(&OMS, &options, &mut params, &secret).unwrap();
    let mut check = |given: &str| verify(&OMS, &options, &mut params, &secret, given);
    assert_eq!(check(sign.as_str()), Ok(()));
    assert_eq!(
        check(&sign.as_str().to_lowercase()),
        Err(VerifyError::Mismatch)
    );
    assert_eq!(check(&sign.as_str()[..31]), Err(VerifyError::Mismatch));
    assert_eq!(check(&format!("{sign} ")), Err(VerifyError::Mismatch));
    assert_eq!(check(""), Err(VerifyError::Mismatch));
}

#[test]
fn any_of_several_secrets_verifies_wherever_the_scheme_puts_it() {
    let secrets = ["old", "new"].map(SecretString::from);
    for scheme in [OMS, ENTERPRISE, FLAGSHIP, TOP] {
        for digest in scheme.digests {
            let options = by(digest.name);
            let pairs = [("b", "2"), ("a", "1")];
            let verify = |given: &str, secrets: &[SecretString]| {
                verify_any(&scheme, &options, &mut texts(&pairs), secrets, given)
            };
            for secret in ["old", "new"] {
                let given = signed(&scheme, &options, &pairs, secret);
                assert_eq!(verify(&given, &secrets), Ok(()), "{}", digest.name);
                assert_eq!(verify(&given, &[]), Err(VerifyError::Mismatch));
            }
            for secret in ["other", "", "oldnew"] {
                let given = signed(&scheme, &options, &pairs, secret);
                assert_eq!(verify(&given, &secrets), Err(VerifyError::Mismatch));
            }
        }
    }
}

#[test]
fn the_text_is_digested_before_any_secret_is_known_where_the_secret_follows_it() {
    let secret = SecretString::from("s");
    for (scheme, first) in [
        (OMS, true),
        (ENTERPRISE, true),
        (FLAGSHIP, false),
        (TOP, false),
    ] {
        for digest in scheme.digests {
            let Some(mut text) = Hasher::without_secret(digest) else {
                assert!(!first, "{}", digest.name);
                continue;
            };
            assert!(first, "{}", digest.name);
            let mut whole = Hasher::new(digest, &secret).unwrap();
            for hasher in [&mut text, &mut whole] {
                sink::Sink::text(hasher, "a1b2");
            }
            text.end_text();
            let closed = text.with_secret(&secret).finish(scheme.case);
            assert!(whole.finish(scheme.case).matches(closed.as_str()));
        }
    }
}

#[test]
fn the_order_in_which_parameters_come_does_not_matter() {
    let mut pairs = [
        ("a", "1"),
        ("b", "2"),
        ("B", "3"),
        ("a_b", "4"),
        ("ab", "5"),
    ];
    for _ in 0..2 {
        for turn in 0..pairs.len() {
            pairs.rotate_left(turn);
            let text = shown(&FLAGSHIP, &Options::default(), texts(&pairs));
            assert_eq!(text, "‹secret›B3a1a_b4ab5b2‹secret›");
        }
        pairs.sort_unstable_by(|one, other| other.cmp(one));
    }
}

#[test]
fn a_secret_parameter_is_signed_as_any_other() {
    let secret = SecretString::from("s");
    for scheme in [FLAGSHIP, ENTERPRISE, TOP, OMS] {
        let sign = |param| compute(&scheme, &Options::default(), &mut [param], &secret);
        let open = sign(Param::new("salt", "s4lt")).unwrap();
        assert_eq!(
            sign(Param::secret("salt", "s4lt")).unwrap().as_str(),
            open.as_str()
        );
        assert_ne!(
            sign(Param::secret("salt", "other")).unwrap().as_str(),
            open.as_str()
        );
    }
}

#[test]
fn nothing_prints_a_value() {
    let secret = SecretString::from("s3cret");
    let options = Options {
        tail: Some("t4il"),
        ..by("md5")
    };
    let mut params = vec![
        Param::new("a", "v4lue"),
        Param::secret("b", "v4lue"),
        Param::new("c", Value::Integer(987_654)),
    ];
    let signature = sign(&TOP, &options, &mut params, &secret).unwrap();
    let printed = format!("{params:?} {options:?} {signature:?} {secret:?}");
    for hidden in ["v4lue", "987654", "s3cret", "t4il", signature.as_str()] {
        assert!(!printed.contains(hidden), "{printed}");
    }
}
