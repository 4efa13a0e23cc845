//! What is not signed, and why.

use super::*;

#[test]
fn names_that_we_would_not_send_are_refused_when_signing_and_accepted_when_verifying() {
    let secret = SecretString::from("token");
    let options = Options::default();
    for (name, error) in [
        (
            "备注",
            SignError::NotAscii {
                name: "备注".to_owned(),
            },
        ),
        ("", SignError::EmptyName),
    ] {
        let mut params = texts(&[("a", "1"), (name, "x")]);
        assert_eq!(
            sign(&OMS, &options, &mut params, &secret).err(),
            Some(error)
        );
        assert!(compute(&OMS, &options, &mut params, &secret).is_ok());
    }
}

#[test]
fn equal_names_have_no_order_and_are_refused_by_all() {
    let secret = SecretString::from("token");
    let repeated = SignError::Repeated {
        name: "a".to_owned(),
    };
    let mut params = texts(&[("a", "1"), ("b", "2"), ("a", "3")]);
    let options = Options::default();
    assert_eq!(
        compute(&OMS, &options, &mut params, &secret).err(),
        Some(repeated.clone())
    );
    assert_eq!(check_names(&mut params), Err(repeated.clone()));
    // Side by side, too.
    let mut params = texts(&[("a", "1"), ("a", "1")]);
    for refused in [sign, compute] {
        let error = refused(&OMS, &options, &mut params, &secret).err();
        assert_eq!(error, Some(repeated.clone()));
    }
    assert_eq!(check_names(&mut params), Err(repeated.clone()));
    let inner = Value::Map(vec![("a", Value::Null), ("a", Value::Null)]);
    let refused = assembled(&OMS, &options, &mut [Param::new("x", inner)]);
    assert_eq!(refused, Err(repeated));
}

#[test]
fn a_flat_layout_refuses_nested_values() {
    for scheme in [FLAGSHIP, ENTERPRISE, TOP] {
        let mut params = [Param::new("list", Value::List(vec![]))];
        let error = assembled(&scheme, &Options::default(), &mut params);
        assert_eq!(
            error,
            Err(SignError::Nested {
                name: "list".to_owned()
            })
        );
    }
}

#[test]
fn bottomless_values_are_refused() {
    let lists = |value| Value::List(vec![value]);
    let maps = |value| Value::Map(vec![("k", value)]);
    let wraps: [fn(Value<'static>) -> Value<'static>; 2] = [lists, maps];
    for wrap in wraps {
        let nested = |levels| (0..levels).fold(Value::Text("x"), |value, _| wrap(value));
        let assemble = |levels| {
            let mut params = [Param::new("deep", nested(levels))];
            assembled(&OMS, &Options::default(), &mut params)
        };
        assert!(assemble(128).is_ok());
        let refused = Err(SignError::TooDeep {
            name: "deep".to_owned(),
            limit: 128,
        });
        assert_eq!(assemble(129), refused);
        assert_eq!(assemble(200), refused);
    }
}

#[test]
fn an_unknown_digest_is_refused_with_the_known_ones() {
    let error = to_sign(&TOP, &by("sha1"), &mut []).unwrap_err();
    assert!(
        error.to_string().contains("hmac-sha256, md5, hmac"),
        "{error}"
    );
    assert!(error.zh().contains("hmac-sha256, md5, hmac"));
}

#[test]
fn a_scheme_that_would_leave_the_secret_out_is_refused() {
    let secret = SecretString::from("s");
    let digests: &[&[Digest]] = &[
        &[Digest {
            name: "d",
            algorithm: Algorithm::Md5,
            secret: SecretPlace::Key,
        }],
        &[Digest {
            name: "d",
            algorithm: Algorithm::HmacMd5,
            secret: SecretPlace::After,
        }],
        &[Digest {
            name: "d",
            algorithm: Algorithm::HmacSha256,
            secret: SecretPlace::Around,
        }],
    ];
    for digests in digests {
        let scheme = Scheme {
            digests,
            ..FLAGSHIP
        };
        let error = sign(&scheme, &Options::default(), &mut [], &secret).err();
        assert_eq!(error, Some(SignError::Unusable { digest: "d" }));
    }
}
