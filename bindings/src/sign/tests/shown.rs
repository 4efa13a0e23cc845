//! What a signature, its parameters and its errors show, and what is wiped.

use zeroize::Zeroize as _;

use super::*;

#[test]
fn debug_names_the_parameter_and_the_form_of_its_value() {
    let form = |value: Value<'_>| format!("{value:?}");
    assert_eq!(form("v".into()), "Text(..)");
    assert_eq!(form((&"v".to_owned()).into()), "Text(..)");
    assert_eq!(form(Value::List(vec![])), "List(..)");
    assert_eq!(form(Value::Map(vec![])), "Map(..)");
    assert_eq!(form(Value::Null), "Null");
    assert_eq!(form(Value::Bool(true)), "Bool(..)");
    assert_eq!(form(Value::Integer(1)), "Integer(..)");
    assert_eq!(
        format!("{:?} {:?}", Param::new("a", "v"), Param::secret("b", "v")),
        r#"Param { name: "a", value: Text(..), secret: false } Param { name: "b", value: Text(..), secret: true }"#
    );
}

#[test]
fn debug_shows_what_was_chosen_and_no_signature() {
    let options = Options {
        unit: LengthUnit::Utf16,
        ..by("md5")
    };
    assert_eq!(
        format!("{options:?}"),
        r#"Options { digest: Some("md5"), unit: Utf16, .. }"#
    );
    let signature = Signature::new(&[0xA0], Case::Lower);
    assert_eq!(format!("{signature:?}"), "Signature(..)");
}

#[test]
fn every_byte_is_two_digits_of_the_chosen_case() {
    let bytes: Vec<u8> = (0..=u8::MAX).collect();
    for bytes in bytes.chunks(32) {
        let lower: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let signature = Signature::new(bytes, Case::Lower);
        assert_eq!(signature.as_str(), lower);
        assert_eq!(AsRef::<str>::as_ref(&signature), lower);
        assert_eq!(signature.to_string(), lower);
        assert_eq!(
            Signature::new(bytes, Case::Upper).as_str(),
            lower.to_uppercase()
        );
        let (short, _) = bytes.split_at(16);
        assert_eq!(Signature::new(short, Case::Lower).as_str(), &lower[..32]);
    }
}

#[test]
fn a_wiped_signature_is_empty_and_matches_nothing() {
    let mut signature = Signature::new(&[0xA0, 1], Case::Upper);
    assert!(signature.matches("A001"));
    signature.zeroize();
    assert_eq!(signature.as_str(), "");
    assert!(!signature.matches("A001"));
}

#[test]
fn every_refusal_is_told_in_both_languages() {
    let name = || "n".to_owned();
    let told = [
        (
            SignError::EmptyName,
            "a parameter has an empty name; give it one",
            "存在名称为空的参数，请补上名称",
        ),
        (
            SignError::NotAscii { name: name() },
            "the parameter name \"n\" is not ASCII, and gateways sort such names differently; rename it",
            "参数名 \"n\" 含非 ASCII 字符，各平台排序不一致，请改名",
        ),
        (
            SignError::Repeated { name: name() },
            "the parameter \"n\" is given more than once; send it once",
            "参数 \"n\" 重复出现，请只传一次",
        ),
        (
            SignError::Nested { name: name() },
            "the parameter \"n\" is a list or a map, and this gateway signs texts only; send it as JSON text",
            "参数 \"n\" 是列表或对象，该网关只对文本签名，请转为 JSON 文本后再传",
        ),
        (
            SignError::TooDeep {
                name: name(),
                limit: 128,
            },
            "the parameter \"n\" is nested more than 128 levels deep",
            "参数 \"n\" 嵌套超过 128 层",
        ),
        (
            SignError::Tail,
            "this gateway signs no body behind its parameters; leave `Options::tail` empty",
            "该网关不在参数之后对请求体签名，请勿设置 Options::tail",
        ),
        (
            SignError::UnknownDigest {
                digest: name(),
                known: TOP.digests,
            },
            "the digest \"n\" is unknown to this gateway; choose one of: hmac-sha256, md5, hmac",
            "该网关不支持签名算法 \"n\"，可选：hmac-sha256, md5, hmac",
        ),
        (
            SignError::Unusable { digest: "n" },
            "the digest \"n\" cannot take the secret where the scheme puts it; mend the scheme",
            "签名算法 \"n\" 与方案中密钥的位置不相容，请修正签名方案",
        ),
    ];
    for (error, english, chinese) in told {
        assert_eq!(
            (error.to_string().as_str(), &*error.zh()),
            (english, chinese)
        );
        // What cannot be computed cannot be verified either, for the same reason.
        let refused = VerifyError::from(error);
        assert_eq!(
            (refused.to_string().as_str(), &*refused.zh()),
            (english, chinese)
        );
    }
    assert_eq!(
        VerifyError::Mismatch.to_string(),
        "the signature does not match; compare the secret, then what was signed with what was sent"
    );
    assert_eq!(
        VerifyError::Mismatch.zh(),
        "签名不一致：请先核对密钥，再核对签名内容与实际发送内容是否相同"
    );
}
