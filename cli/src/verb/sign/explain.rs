//! `dockseal sign explain`: every step from the parameters to the signature, secrets masked.

use dockseal::BeijingTime;
use dockseal::gateway::Gateway;
use dockseal::sign::{
    self, Algorithm, Case, Digest, Options, Param, Scheme, SecretPlace, SecretString, SignError,
    Value,
};
use serde::Serialize;
use std::fmt::Write as _;

use super::input::{Input, Loaded};
use super::message::Message;
use super::stamp;
use super::words::{chosen, formula};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{Answer, BAD, Complaint, GOOD, labelled};
use crate::verb::Context;

#[derive(Serialize)]
struct Explained {
    gateway: &'static str,
    scheme: String,
    digest: &'static str,
    timestamp: Option<Timestamp>,
    signed: Vec<Signed>,
    left_out: Vec<LeftOut>,
    to_sign: String,
    bytes: usize,
    characters: usize,
    inner_digest: Option<String>,
    sign: Option<String>,
    sent_sign_matches: Option<bool>,
}

#[derive(Serialize)]
struct Timestamp {
    sent: String,
    unix: Option<i64>,
    beijing: Option<String>,
    window_seconds: Option<u32>,
    doubt: Option<String>,
}

#[derive(Serialize)]
struct Signed {
    name: String,
    /// How it stands in the text, masked.
    piece: String,
}

#[derive(Serialize)]
struct LeftOut {
    name: String,
    why: &'static str,
}

/// Explains a signature.
pub(super) fn run(input: &Input, context: Context) -> Result<Answer, Complaint> {
    let loaded = input.load(context)?;
    let (explained, exit) = explain(&loaded, context.language)?;
    let text = labelled(&rows(&explained, loaded.message.gateway, context.language));
    let answer = Answer::new(exit, text, &explained);
    Ok(loaded.finish(answer))
}

/// A complaint about a message that cannot be signed.
pub(super) fn cannot(error: &SignError) -> Complaint {
    Complaint::usage(Said::new(error.to_string(), error.zh()))
}

/// What the caller chooses, as the message says it.
pub(super) fn options(message: &Message) -> Options<'_> {
    Options {
        digest: message.digest().filter(|name| !name.is_empty()),
        ..Options::default()
    }
}

fn explain(loaded: &Loaded, language: Language) -> Result<(Explained, Exit), Complaint> {
    let Loaded {
        message, secret, ..
    } = loaded;
    let (gateway, options) = (message.gateway, options(message));
    let scheme = &gateway.scheme;
    let digest = chosen(scheme, options.digest)
        .ok_or_else(|| cannot(&SignError::Unusable { digest: "" }))?;

    let full = sign::assembled(scheme, &options, &mut message.params(false))
        .map_err(|error| cannot(&error))?;
    let to_sign = sign::to_sign(scheme, &options, &mut message.params(true))
        .map_err(|error| cannot(&error))?;
    let inner = (digest.secret == SecretPlace::AfterInnerDigest)
        .then(|| inner_digest(scheme, message))
        .transpose();
    let sign = match secret {
        Some(secret) => {
            let made = sign::compute(
                scheme,
                &options,
                &mut message.params(false),
                &secret.signing,
            );
            Some(made.map_err(|error| cannot(&error))?)
        }
        None => None,
    };
    let matches = sign
        .as_ref()
        .and_then(|sign| Some(sign.matches(message.given()?)));
    let (signed, left_out) = parts(message, &options, language).map_err(|error| cannot(&error))?;
    let exit = if matches == Some(false) {
        Exit::Signature
    } else {
        Exit::Ok
    };
    let explained = Explained {
        gateway: gateway.name,
        scheme: formula(gateway, digest, language),
        digest: digest.name,
        timestamp: timestamp(message, language),
        signed,
        left_out,
        to_sign,
        bytes: full.len(),
        characters: full.chars().count(),
        inner_digest: inner.map_err(|error| cannot(&error))?,
        sign: sign.map(|sign| sign.to_string()),
        sent_sign_matches: matches,
    };
    Ok((explained, exit))
}

/// The upper-case digest of the text alone: the same scheme with a secret of no characters.
fn inner_digest(scheme: &Scheme, message: &Message) -> Result<String, SignError> {
    const PLAIN: &[Digest] = &[Digest {
        name: "md5",
        algorithm: Algorithm::Md5,
        secret: SecretPlace::After,
    }];
    let plain = Scheme {
        digests: PLAIN,
        case: Case::Upper,
        ..*scheme
    };
    let made = sign::compute(
        &plain,
        &Options::default(),
        &mut message.params(false),
        &SecretString::from(""),
    )?;
    Ok(made.to_string())
}

/// Each parameter as it stands in the text, in signing order, and those that do not.
fn parts(
    message: &Message,
    options: &Options<'_>,
    language: Language,
) -> Result<(Vec<Signed>, Vec<LeftOut>), SignError> {
    let scheme = &message.gateway.scheme;
    let (mut signed, mut left_out) = (Vec::new(), Vec::new());
    let mut params = message.params(true);
    params.sort_by_key(|param| param.name);
    for Param {
        name,
        value,
        secret,
    } in params
    {
        let why = why_left_out(scheme, name, &value, language);
        let name = name.to_owned();
        if let Some(why) = why {
            left_out.push(LeftOut { name, why });
            continue;
        }
        let mut alone = [Param {
            name: &name,
            value,
            secret,
        }];
        let piece = sign::assembled(scheme, options, &mut alone)?;
        signed.push(Signed { name, piece });
    }
    Ok((signed, left_out))
}

fn why_left_out(
    scheme: &Scheme,
    name: &str,
    value: &Value<'_>,
    language: Language,
) -> Option<&'static str> {
    if name == scheme.parameter {
        return Some(language.pick("carries the signature", "即签名本身"));
    }
    if scheme.omit.contains(&name) {
        return Some(language.pick("this gateway never signs it", "该网关不对其签名"));
    }
    let blank = scheme.skip_blank && matches!(value, Value::Text(text) if sign::is_blank(text));
    blank.then(|| language.pick("empty or white space", "为空或空白"))
}

fn timestamp(message: &Message, language: Language) -> Option<Timestamp> {
    let (_, sent) = message.stamp()?;
    let reading = stamp::read(message.gateway.stamp, sent);
    let unix = reading.as_ref().map(|reading| reading.unix);
    let doubt = match &reading {
        Some(reading) => reading
            .doubt
            .as_ref()
            .map(|doubt| doubt.text(language).to_owned()),
        None => Some(
            language
                .pick("this is no time stamp", "无法识别的时间戳")
                .to_owned(),
        ),
    };
    Some(Timestamp {
        sent: sent.to_owned(),
        unix,
        beijing: unix
            .and_then(|unix| BeijingTime::from_unix(unix).ok())
            .map(|time| time.to_string()),
        window_seconds: message.gateway.window,
        doubt,
    })
}

fn rows(
    explained: &Explained,
    gateway: &Gateway,
    language: Language,
) -> Vec<(&'static str, String)> {
    let pick = |en, zh| language.pick(en, zh);
    let mut rows = vec![
        (
            pick("gateway", "网关"),
            format!("{} {}", gateway.name, gateway.title),
        ),
        (pick("scheme", "算法"), explained.scheme.clone()),
    ];
    if let Some(timestamp) = &explained.timestamp {
        rows.push((
            pick("time stamp", "时间戳"),
            timestamp_row(timestamp, language),
        ));
    }
    let signed: Vec<_> = explained
        .signed
        .iter()
        .zip(1..)
        .map(|(part, at)| format!("{at:>2}  {}  →  {}", part.name, part.piece))
        .collect();
    rows.push((pick("signed", "参与签名"), signed.join("\n")));
    let left_out: Vec<_> = explained
        .left_out
        .iter()
        .map(|part| format!("{}: {}", part.name, part.why))
        .collect();
    rows.push((
        pick("left out", "不参与"),
        if left_out.is_empty() {
            pick("nothing", "无").to_owned()
        } else {
            left_out.join("\n")
        },
    ));
    rows.push((pick("to sign", "待签名"), explained.to_sign.clone()));
    let Explained {
        bytes, characters, ..
    } = explained;
    rows.push((
        pick("length", "长度"),
        language.pick(
            format!("{bytes} bytes of UTF-8, {characters} characters, the secret not counted"),
            format!("UTF-8 {bytes} 字节，{characters} 字符（不含密钥）"),
        ),
    ));
    if let Some(inner) = &explained.inner_digest {
        rows.push((
            pick("inner", "内层摘要"),
            format!("UPPERHEX(md5(text)) = {inner}"),
        ));
    }
    let none = || pick("add --secret to compute it", "加 --secret 后可计算").to_owned();
    rows.push((
        pick("sign", "签名"),
        explained.sign.clone().unwrap_or_else(none),
    ));
    if let Some(matches) = explained.sent_sign_matches {
        rows.push((pick("sent", "已发送"), sent_row(matches, language)));
    }
    rows
}

fn timestamp_row(timestamp: &Timestamp, language: Language) -> String {
    let mut text = timestamp.sent.clone();
    if let (Some(unix), Some(beijing)) = (timestamp.unix, &timestamp.beijing) {
        text.push_str(&language.pick(
            format!(" = unix {unix} = {beijing} Beijing time"),
            format!(" = unix {unix} = 北京时间 {beijing}"),
        ));
    }
    text.push_str(&match timestamp.window_seconds {
        Some(window) => language.pick(
            format!("; window ±{window} s"),
            format!("；允许误差 ±{window} 秒"),
        ),
        None => language
            .pick("; nobody checks it", "；网关不校验")
            .to_owned(),
    });
    if let Some(doubt) = &timestamp.doubt {
        let _ = write!(text, "\n{BAD}!{BAD:#} {doubt}");
    }
    text
}

fn sent_row(matches: bool, language: Language) -> String {
    if matches {
        return format!(
            "{GOOD}✓{GOOD:#} {}",
            language.pick("the request carries this signature", "请求中的签名与此一致")
        );
    }
    let text = language.pick(
        "the request carries another signature: dockseal sign find … searches for the mistake",
        "请求中的签名与此不同：可用 dockseal sign find … 查找原因",
    );
    format!("{BAD}✗{BAD:#} {text}")
}
