//! Signing: whatever the names and values are, a signature that verifies, or an error that says why.

use dockseal::form::{FormValue, Limits, decode};
use dockseal::sign::{
    self, LengthUnit, Options, Param, Scheme, SecretString, SignError, VerifyError,
};

pub(super) const WORDS: &[&str] = &[
    "&",
    "=",
    "[",
    "]",
    "[]",
    "[0]",
    "[a][b]",
    "sign=",
    "sign_method=",
    "method=",
    "+",
    "%20",
    "%09",
    "%E4%BD%A0",
    "%F0%9F%98%80",
    "session=",
    "body=",
    "%00",
    "a=",
    "b=",
];

const SECRET: &str = "5ECRET-0F-THE-FUZZER";

/// As deep as a form can be.
const LIMITS: Limits = Limits {
    name: 4096,
    depth: Limits::DEEPEST,
    ..Limits::DEFAULT
};

pub(super) fn body(data: &[u8]) {
    let Ok(pairs) = decode(data, &LIMITS) else {
        return;
    };
    for gateway in dockseal::GATEWAYS {
        let scheme = &gateway.scheme;
        for digest in scheme.digests {
            let options = Options {
                digest: Some(digest.name),
                ..Options::default()
            };
            signs(scheme, options, &pairs);
        }
        for unit in [LengthUnit::Utf16, LengthUnit::Utf8Bytes] {
            signs(
                scheme,
                Options {
                    unit,
                    ..Options::default()
                },
                &pairs,
            );
        }
        let tail = Options {
            tail: Some("{}"),
            ..Options::default()
        };
        signs(scheme, tail, &pairs);
    }
}

fn params(pairs: &[(String, FormValue)]) -> Vec<Param<'_>> {
    pairs
        .iter()
        .map(|(name, value)| Param::new(name, value))
        .collect()
}

fn signs(scheme: &Scheme, options: Options<'_>, pairs: &[(String, FormValue)]) {
    let secret = SecretString::from(SECRET);
    let other = SecretString::from("another");
    let mut sorted = params(pairs);
    let mut reversed = params(pairs);
    reversed.reverse();

    let computed = sign::compute(scheme, &options, &mut sorted, &secret);
    let backwards = sign::compute(scheme, &options, &mut reversed, &secret);
    let ours = sign::sign(scheme, &options, &mut reversed, &secret);
    match (&computed, &backwards) {
        (Ok(one), Ok(two)) => assert_eq!(one.as_str(), two.as_str(), "the order counts"),
        (Err(error), Err(_)) => told(error),
        _ => panic!("the order decides whether there is a signature"),
    }
    match (&computed, ours) {
        (Ok(theirs), Ok(ours)) => assert_eq!(theirs.as_str(), ours.as_str()),
        (Ok(_), Err(error)) => {
            assert!(
                matches!(error, SignError::EmptyName | SignError::NotAscii { .. }),
                "{error}"
            );
            told(&error);
        }
        (Err(_), Ok(_)) => panic!("what cannot be computed was signed"),
        (Err(_), Err(_)) => {}
    }
    let Ok(signature) = computed else {
        let refused = sign::verify(scheme, &options, &mut sorted, &secret, "00");
        assert!(matches!(refused, Err(VerifyError::NotComputed(_))));
        return;
    };
    let given = signature.as_str();
    assert!(matches!(given.len(), 32 | 64) && given.bytes().all(|byte| byte.is_ascii_hexdigit()));
    sign::verify(scheme, &options, &mut reversed, &secret, given).expect("it verifies");
    sign::verify_any(scheme, &options, &mut reversed, [&other, &secret], given)
        .expect("it verifies");
    for refused in [
        &given.to_lowercase(),
        &given.to_uppercase(),
        given.trim_end_matches('0'),
        "",
    ] {
        let verified = sign::verify(scheme, &options, &mut reversed, &secret, refused);
        assert_eq!(verified.is_ok(), refused == given);
    }
    let strange = sign::verify(scheme, &options, &mut reversed, &other, given);
    assert_eq!(strange, Err(VerifyError::Mismatch));
    shown(scheme, options, &mut sorted);
}

/// What is signed can be shown, in whatever order it was given.
fn shown(scheme: &Scheme, options: Options<'_>, params: &mut [Param<'_>]) {
    let text = sign::to_sign(scheme, &options, params).expect("what is signed can be shown");
    params.reverse();
    let again = sign::to_sign(scheme, &options, params).expect("what is signed can be shown");
    assert_eq!(text, again);
    sign::assembled(scheme, &options, params).expect("what is signed can be put together");
}

fn told(error: &SignError) {
    assert!(!error.to_string().is_empty() && !error.zh().is_empty());
}
