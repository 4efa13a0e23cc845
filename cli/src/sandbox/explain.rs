//! Why a signature was refused: the text that should have been signed, and which common mistake
//! makes the signature that came.

use dockseal::gateway::Gateway;
use dockseal::sign::{self, LengthUnit, Options, Param, Scheme, SecretString, Signature};
use dockseal::{Keys, form};

use super::parameters::Parameters;
use crate::language::Said;

/// A refused signature, explained. Secrets are masked, and no signature is shown whole.
#[derive(Debug)]
pub(super) struct Report {
    text: String,
    received: Vec<String>,
    wanted: String,
    given: String,
    mistake: Option<(Said, Option<Said>)>,
}

impl Report {
    pub(super) fn new(
        parameters: &Parameters,
        keys: &Keys,
        options: &Options<'_>,
        wanted: &Signature,
        given: &str,
    ) -> Report {
        let scheme = &parameters.gateway.scheme;
        let text =
            sign::to_sign(scheme, options, &mut parameters.signed(keys, true)).unwrap_or_default();
        Report {
            mistake: mistake(parameters, keys, options, wanted, given, &text),
            text: shortened(&text),
            received: parameters
                .pairs
                .iter()
                .map(|(name, _)| name.clone())
                .collect(),
            wanted: head(wanted.as_str()),
            given: head(given),
        }
    }

    pub(super) fn said(&self) -> Said {
        match &self.mistake {
            Some((mistake, _)) => Said::new(
                format!("the signature does not match: {}", mistake.en),
                format!("签名不一致：{}", mistake.zh),
            ),
            None => Said::new(
                "the signature does not match; compare the secret, then the text to be signed in the sandbox's log",
                "签名不一致：请先核对密钥，再与沙箱日志中的待签名文本比较",
            ),
        }
    }

    pub(super) fn details(&self) -> Vec<Said> {
        let names = self.received.join(" ");
        let mut details = vec![
            Said::new(
                format!("to sign   {}", self.text),
                format!("待签名    {}", self.text),
            ),
            Said::new(format!("received  {names}"), format!("收到参数  {names}")),
            Said::new(
                format!("sign      {}, expected {}", self.given, self.wanted),
                format!("签名      {}，应为 {}", self.given, self.wanted),
            ),
        ];
        if let Some((mistake, difference)) = &self.mistake {
            details.push(Said::new(
                format!("mistake   {}", mistake.en),
                format!("原因      {}", mistake.zh),
            ));
            details.extend(difference.clone());
        }
        details
    }
}

/// Characters of a text to be signed that the log shows.
const SHOWN: usize = 8 * 1024;

fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push_str(" …");
    }
    shown
}

/// The beginning of a signature: enough to compare, too little to send.
fn head(sign: &str) -> String {
    let head: String = sign.chars().take(6).collect();
    format!("{head}…({})", sign.chars().count())
}

/// One way to sign wrongly.
struct Attempt<'a> {
    said: Said,
    options: Options<'a>,
    body: bool,
    encoded: bool,
    secret: Option<SecretString>,
}

fn mistake(
    parameters: &Parameters,
    keys: &Keys,
    options: &Options<'_>,
    wanted: &Signature,
    given: &str,
    text: &str,
) -> Option<(Said, Option<Said>)> {
    if wanted.as_str().eq_ignore_ascii_case(given) {
        return Some((
            Said::new("it is in the wrong letter case", "字母大小写不对"),
            None,
        ));
    }
    let gateway = parameters.gateway;
    attempts(gateway, keys, options)
        .into_iter()
        .find_map(|attempt| {
            let params = parameters.signed(keys, attempt.body);
            let values: Vec<String> = params.iter().map(encoded).collect();
            let signed = |scheme: &Scheme| {
                let mut params = parameters.signed(keys, attempt.body);
                if attempt.encoded {
                    for (param, value) in params.iter_mut().zip(&values) {
                        param.value = value.into();
                    }
                }
                let secret = attempt.secret.as_ref().or(keys.secret().ok())?;
                let sign = sign::compute(scheme, &attempt.options, &mut params, secret).ok()?;
                let text = sign::to_sign(scheme, &attempt.options, &mut params).ok()?;
                Some((sign, text))
            };
            let (sign, wrong) = signed(&gateway.scheme)?;
            sign.as_str()
                .eq_ignore_ascii_case(given)
                .then(|| (attempt.said, difference(text, &wrong)))
        })
}

/// The value of a parameter as a form writes it.
fn encoded(param: &Param<'_>) -> String {
    let mut out = String::new();
    if let sign::Value::Text(text) = param.value {
        form::encode(text, &mut out);
    }
    out
}

fn attempts<'a>(gateway: &Gateway, keys: &Keys, options: &Options<'a>) -> Vec<Attempt<'a>> {
    let plain = |en: &'static str, zh: &'static str| Attempt {
        said: Said::new(en, zh),
        options: *options,
        body: true,
        encoded: false,
        secret: None,
    };
    let mut attempts = vec![
        Attempt {
            encoded: true,
            ..plain(
                "values were url-encoded before signing",
                "签名前对值做了 URL 编码",
            )
        },
        Attempt {
            body: false,
            ..plain("the body was not signed", "请求体未参与签名")
        },
        Attempt {
            options: Options {
                unit: LengthUnit::Utf8Bytes,
                ..*options
            },
            ..plain(
                "lengths were counted in bytes, not in characters",
                "长度按字节计，应按字符计",
            )
        },
        Attempt {
            options: Options {
                unit: LengthUnit::Utf16,
                ..*options
            },
            ..plain(
                "lengths were counted in UTF-16 units, not in characters",
                "长度按 UTF-16 计，应按字符计",
            )
        },
    ];
    for digest in gateway.scheme.digests {
        attempts.push(Attempt {
            said: Said::new(
                format!("it was made with {}", digest.name),
                format!("实际使用了 {} 算法", digest.name),
            ),
            options: Options {
                digest: Some(digest.name),
                ..*options
            },
            ..plain("", "")
        });
    }
    for credential in gateway.credentials {
        if let Some((at, [first, second])) = credential.split
            && let (Some(head), Some(tail)) = (keys.get(first), keys.get(second))
        {
            let whole = |text: String| Some(SecretString::from(text));
            attempts.push(Attempt {
                secret: whole(format!("{head}{at}{tail}")),
                ..plain(
                    "the whole secret signed; split it at the colon",
                    "用了整段密钥签名，应在冒号处分开",
                )
            });
            attempts.push(Attempt {
                secret: whole(tail.to_owned()),
                ..plain(
                    "the salt signed in place of the secret",
                    "误用 salt 作为密钥",
                )
            });
        }
    }
    attempts
}

/// Where two texts part, with a little of each.
fn difference(right: &str, wrong: &str) -> Option<Said> {
    let same = right
        .chars()
        .zip(wrong.chars())
        .take_while(|(a, b)| a == b)
        .count();
    if same == right.chars().count() && same == wrong.chars().count() {
        return None;
    }
    let around = |text: &str| {
        text.chars()
            .skip(same.saturating_sub(12))
            .take(40)
            .collect::<String>()
    };
    let (right, wrong) = (around(right), around(wrong));
    let at = same + 1;
    Some(Said::new(
        format!("differs   at character {at}: {right:?} was expected, {wrong:?} was signed"),
        format!("不同之处  第 {at} 个字符：应为 {right:?}，实际签名的是 {wrong:?}"),
    ))
}
