//! Form bodies as partners send them, and as nobody should.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use super::*;

/// The decoded form as compact text: `{"a":"1","b":["2"]}`.
fn read(body: &str) -> String {
    let pairs = decode(body.as_bytes(), &Limits::DEFAULT).unwrap();
    show(&FormValue::Map(pairs))
}

fn show(value: &FormValue) -> String {
    match value {
        FormValue::Text(text) => format!("{text:?}"),
        FormValue::List(items) => {
            format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(","))
        }
        FormValue::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| format!("{key:?}:{}", show(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}

fn refused(body: impl AsRef<[u8]>) -> FormError {
    decode(body.as_ref(), &Limits::DEFAULT).unwrap_err()
}

fn repeated(pointer: &str) -> FormError {
    FormError::Repeated {
        pointer: pointer.to_owned(),
    }
}

#[test]
fn pieces_are_split_as_browsers_and_php_split_them() {
    assert_eq!(read(""), "{}");
    assert_eq!(read("&&a=1&&b=2&"), r#"{"a":"1","b":"2"}"#);
    assert_eq!(
        read("a&b=&c=x=y=z;d=1"),
        r#"{"a":"","b":"","c":"x=y=z;d=1"}"#
    );
}

#[test]
fn percent_codes_are_bytes_and_incomplete_ones_stay() {
    assert_eq!(read("a=b+c%2B%20d"), r#"{"a":"b c+ d"}"#);
    assert_eq!(read("a=%e4%B8%ad&b=%F0%9F%98%80"), r#"{"a":"中","b":"😀"}"#);
    assert_eq!(
        read("a=100%&b=%4&c=%zz&d=%%41&e=%4%41"),
        r#"{"a":"100%","b":"%4","c":"%zz","d":"%A","e":"%4A"}"#
    );
    assert_eq!(read("%61=1&a%3Db=2"), r#"{"a":"1","a=b":"2"}"#);
}

#[test]
fn brackets_nest() {
    assert_eq!(
        read("e[k]=v&x=1&e[a]=w"),
        r#"{"e":{"k":"v","a":"w"},"x":"1"}"#
    );
    assert_eq!(
        read("e[b][c]=1&e[b][d][]=2"),
        r#"{"e":{"b":{"c":"1","d":["2"]}}}"#
    );
    assert_eq!(read("e%5Bk%5D=v"), r#"{"e":{"k":"v"}}"#);
    assert_eq!(read("e[%E9%94%AE]=x"), r#"{"e":{"键":"x"}}"#);
}

#[test]
fn keys_that_count_from_zero_in_order_make_a_list() {
    assert_eq!(read("e[0]=x&e[1]=y"), r#"{"e":["x","y"]}"#);
    assert_eq!(read("e[1]=y&e[0]=x"), r#"{"e":{"1":"y","0":"x"}}"#);
    assert_eq!(read("e[0]=x&e[2]=y"), r#"{"e":{"0":"x","2":"y"}}"#);
    assert_eq!(read("e[0]=x&e[a]=y"), r#"{"e":{"0":"x","a":"y"}}"#);
    assert_eq!(read("e[00]=x"), r#"{"e":{"00":"x"}}"#);
    // The parameters themselves are never a list.
    assert_eq!(read("0=x&1=y"), r#"{"0":"x","1":"y"}"#);
}

#[test]
fn empty_brackets_take_the_next_integer() {
    assert_eq!(read("e[]=a&e[]=b&e[]=c"), r#"{"e":["a","b","c"]}"#);
    assert_eq!(read("e[5]=x&e[]=y"), r#"{"e":{"5":"x","6":"y"}}"#);
    assert_eq!(
        read("e[01]=x&e[-3]=y&e[%2B4]=p&e[k]=z&e[]=w"),
        r#"{"e":{"01":"x","-3":"y","+4":"p","k":"z","0":"w"}}"#
    );
    assert_eq!(read("e[][a]=1&e[][a]=2"), r#"{"e":[{"a":"1"},{"a":"2"}]}"#);
    let full = format!("e[{}]=x&e[]=y", i64::MAX);
    assert_eq!(
        refused(full),
        FormError::NoNextKey {
            pointer: "/e".to_owned()
        }
    );
}

#[test]
fn a_path_is_set_once() {
    assert_eq!(refused("w=1&x=2&w=1"), repeated("/w"));
    assert_eq!(refused("w=1&%77=2"), repeated("/w"));
    assert_eq!(refused("e[a]=1&e[a]=2"), repeated("/e/a"));
    assert_eq!(refused("e[]=1&e[0]=2"), repeated("/e/0"));
    assert_eq!(refused("a~/b=1&a~/b=2"), repeated("/a~0~1b"));
}

#[test]
fn a_path_is_text_or_nested_and_not_both() {
    assert_eq!(refused("e=1&e[a]=2"), repeated("/e"));
    assert_eq!(refused("e[a]=2&e=1"), repeated("/e"));
    assert_eq!(refused("e[a]=1&e[a][b]=2"), repeated("/e/a"));
    assert_eq!(refused("e[a][b]=2&e[a]=1"), repeated("/e/a"));
}

#[test]
fn names_whose_brackets_make_no_path_are_plain() {
    assert_eq!(
        read("a[b=1&a]b=2&[c]=3&a[b]c=4&a[b][=5&=6"),
        r#"{"a[b":"1","a]b":"2","[c]":"3","a[b]c":"4","a[b][":"5","":"6"}"#
    );
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    let pointer = "/e/k".to_owned();
    assert_eq!(
        refused("x=1&e[k]=%D6%D0"),
        FormError::ValueNotUtf8 { pointer }
    );
    assert_eq!(refused(b"x=1&&\xFF=1"), FormError::NameNotUtf8 { pair: 2 });
}

#[test]
fn each_limit_is_named_when_it_is_passed() {
    let limits = Limits {
        body: 20,
        pairs: 3,
        name: 8,
        depth: 2,
    };
    for (body, limit, most) in [
        ("a=123456789012345678", None, 0),
        ("a=1234567890123456789", Some(Limit::Body), 20),
        ("a=1&b=1&c=1", None, 0),
        ("a=1&b=1&c=1&d=1", Some(Limit::Pairs), 3),
        ("12345678=", None, 0),
        ("123456789=", Some(Limit::Name), 8),
        ("a[b][c]=", None, 0),
        ("a[][][]=", Some(Limit::Depth), 2),
    ] {
        let error = decode(body.as_bytes(), &limits).err();
        assert_eq!(
            error,
            limit.map(|limit| FormError::TooLarge { limit, most }),
            "{body}"
        );
    }
    let error = FormError::TooLarge {
        limit: Limit::Pairs,
        most: 10_000,
    };
    assert_eq!(
        error.to_string(),
        "the form is refused: more than 10000 pairs in the body"
    );
    assert_eq!(error.zh(), "表单被拒绝：参数个数超过 10000");
}

#[test]
fn what_is_encoded_is_decoded() {
    let pairs = [("a", " +%&=;\n"), ("中", "~😀"), ("c", "")];
    let mut body = String::new();
    crate::form::encode_pairs(pairs, &mut body);
    let decoded = decode(body.as_bytes(), &Limits::DEFAULT).unwrap();
    let texts: Vec<_> = decoded
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_text().unwrap()))
        .collect();
    assert_eq!(texts, pairs);
}

#[test]
fn nothing_prints_a_value() {
    let decoded = decode(b"a=v4lue&b[]=v4lue&c[k]=v4lue", &Limits::DEFAULT).unwrap();
    let printed = format!("{decoded:?}");
    assert!(!printed.contains("v4lue"), "{printed}");
}
