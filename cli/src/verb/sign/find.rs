//! `dockseal sign find`: which mistake made the signature that someone has.

use serde::Serialize;
use std::fmt::Write as _;

use super::input::{Input, Loaded};
use super::mistakes::{MISTAKES, Mistake};
use super::recipe::{Recipe, Subject};
use super::verify::{expected, got, is_right};
use super::words::{chosen, formula};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{Answer, BAD, Complaint, GOOD};
use crate::verb::Context;

/// Explanations of one signature beyond this are not shown.
const MOST: usize = 5;

/// The options of the verb.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    input: Input,
    /// The wrong signature; the request's own when not given 错误的签名
    #[arg(long, value_name = "HEX")]
    got: Option<String>,
    /// Show the signature that would pass 显示正确的签名
    #[arg(long)]
    show: bool,
}

#[derive(Serialize)]
struct Found {
    gateway: &'static str,
    /// Nothing is wrong.
    valid: bool,
    tried: usize,
    /// Each explains the signature on its own; its mistakes were made together.
    causes: Vec<Vec<Cause>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
}

#[derive(Serialize)]
struct Cause {
    id: &'static str,
    what: &'static str,
    fix: &'static str,
    /// The parameters of which something else was signed.
    parameters: Vec<String>,
}

/// Searches for the mistake.
pub(super) fn run(given: &Options, context: Context) -> Result<Answer, Complaint> {
    let loaded = given.input.load(context)?;
    let language = context.language;
    let subject = Subject {
        message: &loaded.message,
        secret: loaded.need_secret()?,
    };
    let got = got(given.got.as_deref(), &loaded)?.trim();
    if got.is_empty() || !got.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Complaint::usage(Said::new(
            "a signature is hexadecimal; --got is not",
            "签名由十六进制数字组成，--got 不是",
        )));
    }
    let valid = is_right(&loaded, got)?;
    let right = Recipe::right(&loaded.message).ok_or_else(|| {
        Complaint::usage(Said::new("the gateway has no digest", "网关没有签名算法"))
    })?;
    let search = if valid {
        Search::default()
    } else {
        search(&right, subject, got)
    };
    let causes = search
        .found
        .iter()
        .take(MOST)
        .map(|mistakes| causes(mistakes, &right, subject, language))
        .collect();
    let expected = if given.show {
        Some(expected(&loaded)?)
    } else {
        None
    };
    let found = Found {
        gateway: loaded.message.gateway.name,
        valid,
        tried: search.tried,
        causes,
        expected,
    };
    let exit = if valid || !found.causes.is_empty() {
        Exit::Ok
    } else {
        Exit::Signature
    };
    let answer = Answer::new(exit, text(&found, &loaded, language), &found);
    Ok(loaded.finish(answer))
}

#[derive(Default)]
struct Search {
    tried: usize,
    found: Vec<Vec<&'static Mistake>>,
}

/// Tries every mistake alone, then every two of different steps.
fn search(right: &Recipe, subject: Subject<'_>, got: &str) -> Search {
    let mut search = Search::default();
    let made = |recipe: &Recipe, mistake: &Mistake| {
        let mut recipe = recipe.clone();
        (mistake.make)(&mut recipe);
        recipe
    };
    let possible: Vec<_> = MISTAKES
        .iter()
        .map(|mistake| (mistake, made(right, mistake)))
        .filter(|(_, recipe)| recipe != right)
        .collect();
    for (mistake, recipe) in &possible {
        search.tried += 1;
        if recipe.sign(subject).is_some_and(|sign| sign == got) {
            search.found.push(vec![mistake]);
        }
    }
    if !search.found.is_empty() {
        return search;
    }
    for (at, (first, recipe)) in possible.iter().enumerate() {
        for (second, _) in possible
            .iter()
            .skip(at + 1)
            .filter(|(second, _)| second.step != first.step)
        {
            let both = made(recipe, second);
            search.tried += 1;
            if both != *recipe && both.sign(subject).is_some_and(|sign| sign == got) {
                search.found.push(vec![first, second]);
            }
        }
    }
    search
}

fn causes(
    mistakes: &[&'static Mistake],
    right: &Recipe,
    subject: Subject<'_>,
    language: Language,
) -> Vec<Cause> {
    let cause = |mistake: &&'static Mistake| {
        let mut wrong = right.clone();
        (mistake.make)(&mut wrong);
        Cause {
            id: mistake.id,
            what: language.pick(mistake.en, mistake.zh),
            fix: language.pick(mistake.fix_en, mistake.fix_zh),
            // A change of all parameters is none of a single one.
            parameters: if wrong.join == right.join {
                right.differences(&wrong, subject)
            } else {
                Vec::new()
            },
        }
    };
    mistakes.iter().map(cause).collect()
}

fn text(found: &Found, loaded: &Loaded, language: Language) -> String {
    let mut text = String::new();
    let bad = |text: &str| format!("{BAD}✗{BAD:#} {text}\n");
    if found.valid {
        let right = language.pick(
            "the signature is right; look at the time stamp, the account and the address instead",
            "签名正确；请检查时间戳、账号与请求地址",
        );
        return format!("{GOOD}✓{GOOD:#} {right}\n");
    }
    text.push_str(&bad(
        language.pick("the signature does not match", "签名不符")
    ));
    for (at, causes) in found.causes.iter().enumerate() {
        if at > 0 {
            text.push_str(language.pick("or, with the same result:\n", "或（结果相同）：\n"));
        }
        for cause in causes {
            text.push_str(&one(cause, language));
        }
    }
    if found.causes.is_empty() {
        text.push_str(language.pick(
            "no known mistake makes this signature: is it the secret of this account, and the request exactly as it was sent?\n",
            "没有已知错误能产生该签名：请确认密钥属于该账号，且请求与实际发送的完全一致\n",
        ));
    }
    if let Some(expected) = &found.expected {
        let _ = writeln!(
            text,
            "{}: {expected}",
            language.pick("expected", "正确签名")
        );
    }
    let gateway = loaded.message.gateway;
    if let Some(digest) = chosen(&gateway.scheme, loaded.message.digest()) {
        let _ = writeln!(
            text,
            "{}: {}",
            language.pick("scheme", "算法"),
            formula(gateway, digest, language)
        );
    }
    text.push_str(&language.pick(
        format!("tried {} variants\n", found.tried),
        format!("已尝试 {} 种变体\n", found.tried),
    ));
    text
}

fn one(cause: &Cause, language: Language) -> String {
    let place = match cause.parameters.as_slice() {
        [] => String::new(),
        names => language.pick(
            format!(" in {}", names.join(", ")),
            format!("（{}）", names.join("、")),
        ),
    };
    let fix = language.pick("fix", "改法");
    format!(
        "{GOOD}✓{GOOD:#} {}: {}{place}\n  {fix}: {}\n",
        cause.id, cause.what, cause.fix
    )
}
