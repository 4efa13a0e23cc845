//! `cargo xtask demo --examples [METHOD...]`: the documents' examples as typed values, signed requests and
//! understood replies, without a network.
//!
//! In go the generated APIs; out comes a page for people, and [`Outcome`], which says whether every
//! example was as expected. Nothing here knows a method or a gateway by name. Accounts and the time
//! are made up and fixed, so that every run writes the same bytes.

mod account;
mod page;
mod reason;
mod reply;
mod request;
mod text;
mod wire;

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};

use dockseal::api::{AnyApi, Api, Effect};
use dockseal::gateway::Direction;
use dockseal::{BeijingTime, Keys};

use self::page::{BAD, FAINT, GOOD, Page, STRONG};

/// The time of every request, in seconds since 1970: 2025-01-01 10:00:00 in Beijing.
const NOW: i64 = 1_735_696_800;

/// What was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// APIs.
    pub apis: usize,
    /// Gateways that have them.
    pub gateways: usize,
    /// Requests that were signed, and whose printed form was verified.
    pub verified: usize,
    /// Replies whose meaning is known.
    pub understood: usize,
    /// What was not as expected, each with its method.
    pub surprises: Vec<String>,
}

impl Outcome {
    /// 0 when all was as expected, else 1.
    pub fn exit_code(&self) -> u8 {
        u8::from(!self.surprises.is_empty())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [apis, gateways, verified, understood, surprises] = [
            counted(self.apis, "API", "APIs"),
            counted(self.gateways, "gateway", "gateways"),
            counted(self.verified, "request", "requests"),
            counted(self.understood, "reply", "replies"),
            counted(self.surprises.len(), "surprise", "surprises"),
        ];
        write!(
            f,
            "{apis} of {gateways}: {verified} signed and verified, {understood} understood, {surprises}"
        )
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Methods that no API has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMethods {
    /// What was asked for.
    pub asked: Vec<String>,
    /// What there is, with Chinese titles.
    pub known: Vec<(&'static str, &'static str)>,
}

impl fmt::Display for UnknownMethods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked: Vec<_> = self
            .asked
            .iter()
            .map(|method| format!("{method:?}"))
            .collect();
        write!(
            f,
            "no API has the method {}; there are:",
            asked.join(" or ")
        )?;
        let widest = self
            .known
            .iter()
            .map(|(method, _)| text::width(method))
            .max()
            .unwrap_or_default();
        for (method, title) in &self.known {
            write!(f, "\n  {}  {title}", text::padded(method, widest))?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownMethods {}

/// The APIs with these methods, all when none is given, in their own order.
///
/// # Errors
/// A method that none of them has.
pub fn choose<'a>(
    apis: &[&'a dyn AnyApi],
    methods: &[String],
) -> Result<Vec<&'a dyn AnyApi>, UnknownMethods> {
    let unknown = |method: &&String| !apis.iter().any(|any| any.api().method == method.as_str());
    let asked: Vec<_> = methods.iter().filter(unknown).cloned().collect();
    if !asked.is_empty() {
        let known = apis
            .iter()
            .map(|any| (any.api().method, any.api().title))
            .collect();
        return Err(UnknownMethods { asked, known });
    }
    let wanted = |any: &&&dyn AnyApi| {
        methods.is_empty() || methods.iter().any(|method| method == any.api().method)
    };
    Ok(apis.iter().filter(wanted).copied().collect())
}

/// Shows the APIs, with styles as ANSI codes.
///
/// # Errors
/// `out` cannot be written.
pub fn run(apis: &[&dyn AnyApi], out: &mut impl Write) -> io::Result<Outcome> {
    let now = BeijingTime::from_unix(NOW).unwrap_or_default();
    let mut page = Page::default();
    page.plain(STRONG, "dockseal demo: the documents' own examples, nothing is sent  文档示例离线演示，不发送任何请求");
    page.plain(
        FAINT,
        &format!(
            "Accounts are made up and the time is {now} in Beijing. ‹name› stands for a secret,"
        ),
    );
    page.plain(
        FAINT,
        "↳ for the rest of a line that is too long for the page.",
    );
    out.write_all(page.into_text().as_bytes())?;

    let mut outcome = Outcome {
        apis: apis.len(),
        ..Outcome::default()
    };
    let gateways: BTreeSet<_> = apis.iter().map(|any| any.api().gateway.name).collect();
    outcome.gateways = gateways.len();
    for (any, number) in apis.iter().zip(1_usize..) {
        let tally = show(*any, &format!("{number} of {}", apis.len()), now, out)?;
        outcome.verified += tally.verified;
        outcome.understood += tally.understood;
        let method = any.api().method;
        outcome.surprises.extend(
            tally
                .surprises
                .iter()
                .map(|surprise| format!("{method}: {surprise}")),
        );
    }
    finish(&outcome, out)?;
    Ok(outcome)
}

fn finish(outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
    let mut page = Page::default();
    page.gap();
    for surprise in &outcome.surprises {
        page.styled_row(BAD, "not expected", STRONG, surprise);
    }
    let style = if outcome.surprises.is_empty() {
        GOOD
    } else {
        BAD
    };
    page.plain(style, &outcome.to_string());
    out.write_all(page.into_text().as_bytes())?;
    out.flush()
}

/// Shows one API; nothing of it reaches `out` if a secret is in it.
fn show(
    any: &dyn AnyApi,
    place: &str,
    now: BeijingTime,
    out: &mut impl Write,
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let mut page = Page::default();
    heading(any.api(), place, &mut page);
    match account::account(any.api().gateway) {
        Ok(keys) => {
            examples(any, &keys, now, &mut page, &mut tally);
            if account::secrets(&keys)
                .into_iter()
                .any(|secret| page.shows(secret))
            {
                page = Page::default();
                heading(any.api(), place, &mut page);
                tally.surprise(&mut page, "a secret would have been shown, so nothing is");
            }
        }
        Err(error) => tally.surprise(&mut page, &format!("no account can be made up: {error}")),
    }
    out.write_all(page.into_text().as_bytes())?;
    Ok(tally)
}

fn heading(api: &Api, place: &str, page: &mut Page) {
    let gateway = api.gateway;
    let direction = match gateway.direction {
        Direction::Call => Both::new("we call the vendor", "我方调用"),
        Direction::Push => Both::new("a partner pushes to us, or we push", "伙伴推送"),
    };
    let effect = match api.effect {
        Effect::Read => Both::new("reads", "读取"),
        Effect::Create => Both::new("creates", "新建"),
        Effect::Update => Both::new("updates", "更新"),
    };
    let repeat = reason::repeat(api);
    page.gap();
    page.title(&format!("{}  {}", api.method, api.title), place);
    page.row(
        "gateway",
        &format!(
            "{} {}: {}  {}",
            gateway.name, gateway.title, direction.en, direction.zh
        ),
    );
    page.row("schema", &format!("schemas/{}", api.schema));
    page.row("purpose", api.description);
    page.row("effect", &format!("{}; {}", effect.en, repeat.en));
    page.more(&format!("{}；{}", effect.zh, repeat.zh));
}

fn examples(any: &dyn AnyApi, keys: &Keys, now: BeijingTime, page: &mut Page, tally: &mut Tally) {
    let examples = any.api().examples;
    let requests: Vec<_> = examples
        .iter()
        .filter_map(|example| example.request)
        .collect();
    let replies: Vec<_> = examples
        .iter()
        .filter_map(|example| example.reply)
        .collect();
    for (text, number) in requests.iter().zip(1_usize..) {
        page.heading(&format!("request {number} of {}", requests.len()));
        request::show(any, text, keys, now, page, tally);
    }
    for (text, number) in replies.iter().zip(1_usize..) {
        page.heading(&format!("reply {number} of {}", replies.len()));
        reply::show(any, text, page, tally);
    }
    if requests.is_empty() {
        tally.surprise(page, "no example has a request");
    }
    if replies.is_empty() {
        tally.surprise(page, "no example has a reply");
    }
}

/// What was counted while one API was shown.
#[derive(Default)]
struct Tally {
    verified: usize,
    understood: usize,
    surprises: Vec<String>,
}

impl Tally {
    /// Says on the page that something was not as expected, and notes it.
    fn surprise(&mut self, page: &mut Page, text: &str) {
        page.styled_row(BAD, "not expected", STRONG, text);
        self.surprises.push(text.to_owned());
    }
}

/// A text in English and Chinese.
struct Both {
    en: String,
    zh: String,
}

impl Both {
    fn new(en: &str, zh: &str) -> Self {
        Self {
            en: en.to_owned(),
            zh: zh.to_owned(),
        }
    }
}
