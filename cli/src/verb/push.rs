//! `dockseal push`: a push to an OMS as its WMS sends it, once or more often, to see how a receiver
//! takes it and its repetition.

use std::time::{Duration, Instant};

use bytes::Bytes;
use dockseal::api::AnyApi;
use dockseal::gateway::Direction;
use dockseal::object::Object;
use dockseal::object::write::{Escape, to_json};
use dockseal::send::{self, Validation};
use dockseal::{BeijingTime, CallError, Keys, reply};
use serde_json::{Value, json};
use std::fmt::Write as _;

use super::ending::Ending;
use super::{Context, account, find_api, given, unknown, wire};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{Answer, Complaint, LABEL};
use crate::sandbox;

/// Time for one push.
const LIMIT: Duration = Duration::from_secs(30);

/// The options of the verb.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The method; dockseal methods lists them 接口名
    method: String,
    /// Where the receiver listens; the path of an OMS is added if there is none 接收方地址
    #[arg(long, value_name = "URL")]
    to: String,
    /// How often 次数
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    times: u32,
    /// The push as JSON: @FILE, - or the text itself; the document's example when not given 推送内容
    #[arg(long, value_name = "@FILE|-|JSON")]
    data: Option<String>,
    /// Stamp the time and sign anew each time 每次重新签名
    #[arg(long)]
    restamp: bool,
    /// Push even what breaks the schema 不校验
    #[arg(long)]
    unchecked: bool,
    #[command(flatten)]
    account: account::Which,
}

/// One push and its end.
struct Pushed {
    number: u32,
    status: Option<u16>,
    ending: Ending,
    took: Duration,
}

/// Pushes.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let language = context.language;
    let any = find_push(&options.method)?;
    let request = options.request(any)?;
    let (keys, warnings) = options.keys(any)?;
    let mut same = None;
    let mut pushed = Vec::new();
    for number in 1..=options.times {
        let bytes = match &same {
            Some(request) if !options.restamp => http::Request::clone(request),
            _ => options.signed(any, &*request, &keys)?,
        };
        same = Some(bytes.clone());
        pushed.push(push(number, any, &*request, bytes));
    }
    let worst = pushed
        .iter()
        .map(|pushed| pushed.ending.kind.exit())
        .max_by_key(|exit| gravity(*exit));
    let mut text = String::new();
    for pushed in &pushed {
        text.push_str(&pushed.text(language));
    }
    let json: Vec<_> = pushed.iter().map(|pushed| pushed.json(language)).collect();
    let warnings = warnings
        .iter()
        .map(|said| said.text(language).to_owned())
        .collect();
    Ok(Answer::new(worst.unwrap_or_default(), text, &json).with_warnings(warnings))
}

/// What a caller has to know of first.
fn gravity(exit: Exit) -> u8 {
    match exit {
        Exit::Ok => 0,
        Exit::Throttled => 1,
        Exit::Rejected => 2,
        Exit::Usage => 3,
        Exit::Signature => 4,
        Exit::Unknown => 5,
    }
}

/// The API of a method that is pushed.
pub(super) fn find_push(method: &str) -> Result<&'static dyn AnyApi, Complaint> {
    let any = find_api(method)?;
    if any.api().gateway.direction == Direction::Push {
        return Ok(any);
    }
    let pushes = dockseal::APIS.iter().map(|known| known.api());
    let pushes = pushes.filter(|api| api.gateway.direction == Direction::Push);
    let known: Vec<_> = pushes.map(|api| api.method).collect();
    let what = Said::new(
        format!("{method} is called at a vendor, not pushed to an OMS: use dockseal call"),
        format!("{method} 是调用平台的接口，不是推送：请用 dockseal call"),
    );
    Err(unknown(what, method, &known))
}

impl Options {
    fn request(&self, any: &dyn AnyApi) -> Result<Box<dyn Object>, Complaint> {
        let json = match self.data.as_deref() {
            None => given::example(any).unwrap_or("{}").as_bytes().to_vec(),
            Some("-") => given::file("-")?,
            Some(data) => given::text_or_file(data)?,
        };
        given::request(any, &json)
    }

    /// The account that signs; the sandbox's test account when none is named.
    fn keys(&self, any: &dyn AnyApi) -> Result<(Keys, Vec<Said>), Complaint> {
        let gateway = any.api().gateway;
        if self.account.is_named() {
            let account = self.account.load(gateway)?;
            return Ok((account.keys, account.warnings));
        }
        let test = sandbox::account(gateway.name);
        let values: Vec<_> = test
            .into_iter()
            .flat_map(|account| {
                account
                    .values
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"))
            })
            .collect();
        let keys = test
            .and_then(sandbox::TestAccount::keys)
            .unwrap_or_else(|| Keys::new(gateway));
        let note = Said::new(
            format!("signed by the public test account: {}", values.join(" ")),
            format!("使用公开测试账号签名：{}", values.join(" ")),
        );
        Ok((keys, vec![note]))
    }

    fn signed(
        &self,
        any: &dyn AnyApi,
        request: &dyn Object,
        keys: &Keys,
    ) -> Result<http::Request<Bytes>, Complaint> {
        let mut options = send::Options::default();
        options.base = Some(self.to.clone());
        if self.unchecked {
            options.validation = Validation::Off;
        }
        let signed = send::prepare_any(any.api(), request, keys, BeijingTime::now(), &options);
        let mut http = signed.map_err(|error| given::not_made(&error))?.into_http();
        // A receiver may listen anywhere; without a path it is taken for an OMS.
        if let Ok(to) = self.to.parse::<http::Uri>()
            && !matches!(to.path(), "" | "/")
        {
            *http.uri_mut() = to;
        }
        Ok(http)
    }
}

fn push(
    number: u32,
    any: &dyn AnyApi,
    request: &dyn Object,
    bytes: http::Request<Bytes>,
) -> Pushed {
    let api = any.api();
    let started = Instant::now();
    let sent = wire::send(bytes, LIMIT);
    let took = started.elapsed();
    let (status, ending) = match sent {
        Ok(answer) => {
            let mut end = reply::read_any(any, answer.status, None, &answer.body);
            if let Err(CallError::Unknown(unknown)) = &mut end {
                unknown.advice = unknown.advice.clone().with_request(request);
            }
            (
                Some(answer.status.as_u16()),
                Ending::of(&end, |reply| to_json(&**reply, Escape::Raw)),
            )
        }
        Err(trouble) => (
            None,
            Ending::lost(api, request, trouble.left, &trouble.text),
        ),
    };
    Pushed {
        number,
        status,
        ending,
        took,
    }
}

impl Pushed {
    fn text(&self, language: Language) -> String {
        let push = language.pick("push", "推送");
        let mut text = format!("{LABEL}{push} {}{LABEL:#}", self.number);
        if let Some(status) = self.status {
            let _ = write!(text, "  HTTP {status}");
        }
        let _ = writeln!(text, "  {} ms", self.took.as_millis());
        text + &self.ending.text(language)
    }

    fn json(&self, language: Language) -> Value {
        let mut json = self.ending.json(language);
        if let Some(members) = json.as_object_mut() {
            members.insert("push".to_owned(), json!(self.number));
            members.insert("status".to_owned(), json!(self.status));
            members.insert("milliseconds".to_owned(), json!(self.took.as_millis()));
        }
        json
    }
}
