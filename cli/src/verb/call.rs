//! `dockseal call`: one call of a gateway, or what it would send.

use dockseal::api::AnyApi;
use dockseal::client::SettingError;
use dockseal::object::Object;
use dockseal::object::violation::Severity;
use dockseal::object::write::{Escape, to_json};
use dockseal::send::{self, Validation};
use dockseal::{BeijingTime, RawJson, blocking};
use serde_json::json;
use std::time::Duration;

use super::account::{self, Account};
use super::ending::Ending;
use super::given::{self, not_made};
use super::shown::{Mask, Shown};
use super::{Context, find_api, need_gateway};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{Answer, Complaint, labelled};

/// The options of the verb.
#[derive(Debug, clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct Options {
    /// The method; dockseal methods lists them 接口名
    method: String,
    /// The business request as JSON: @FILE, - or the text itself 业务请求
    #[arg(long, value_name = "@FILE|-|JSON", required_unless_present = "example")]
    data: Option<String>,
    /// Send the document's example 使用文档示例
    #[arg(long, conflicts_with = "data")]
    example: bool,
    #[command(flatten)]
    account: account::Which,
    /// A sandbox: its address and its test account 使用沙箱及其测试账号
    #[arg(long, value_name = "URL", conflicts_with_all = ["profile", "credentials", "base_url"])]
    sandbox: Option<String>,
    /// Send nothing: show the text to sign and the HTTP request, masked 仅显示，不发送
    #[arg(long)]
    dry_run: bool,
    /// Send nothing: print a curl command 输出 curl 命令，不发送
    #[arg(long, conflicts_with = "dry_run")]
    curl: bool,
    /// Show secret parameters and the signature in what is printed 显示密钥参数与签名
    #[arg(long)]
    show: bool,
    /// A method without types, of this gateway: --data is sent as it is 无类型接口，原样发送
    #[arg(long, value_name = "GATEWAY", conflicts_with_all = ["dry_run", "curl", "example"])]
    raw: Option<String>,
    /// Seconds for the whole call, repeats and waits included 总时限（秒）
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: Option<u64>,
}

/// Calls, or shows what it would send.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let language = context.language;
    if let Some(gateway) = &options.raw {
        return raw(options, gateway, language);
    }
    let any = find_api(&options.method)?;
    let json = match given::example(any) {
        Some(example) if options.example => example.as_bytes().to_vec(),
        _ => options.data()?,
    };
    let request = given::request(any, &json)?;
    let account = options.account(any.api().gateway)?;
    let mut warnings = texts(&account.warnings, language);
    warnings.extend(texts(&given::strangers(&*request), language));
    let answer = if options.dry_run || options.curl {
        options.show(any, &*request, &account, language)?
    } else {
        let end = client(account, options.timeout)?.call_any(any, &*request);
        let ending = Ending::of(&end, |reply| to_json(&**reply, Escape::Raw));
        answer(&ending, language)
    };
    Ok(with(answer, warnings))
}

fn raw(options: &Options, name: &str, language: Language) -> Result<Answer, Complaint> {
    let gateway = need_gateway(name)?;
    let json = String::from_utf8(options.data()?)
        .map_err(|_| Complaint::usage(Said::new("--data is not UTF-8", "--data 不是 UTF-8")))?;
    let account = options.account(gateway)?;
    let warnings = texts(&account.warnings, language);
    let end = client(account, options.timeout)?.call_raw(&options.method, &json);
    let ending = Ending::of(&end, |reply: &RawJson| reply.as_str().to_owned());
    Ok(with(answer(&ending, language), warnings))
}

impl Options {
    fn data(&self) -> Result<Vec<u8>, Complaint> {
        match self.data.as_deref() {
            Some("-") => given::file("-"),
            data => given::text_or_file(data.unwrap_or_default()),
        }
    }

    fn account(&self, gateway: &'static dockseal::gateway::Gateway) -> Result<Account, Complaint> {
        match &self.sandbox {
            Some(url) => account::of_sandbox(gateway, url),
            None => self.account.load(gateway),
        }
    }

    /// What would be sent.
    fn show(
        &self,
        any: &dyn AnyApi,
        request: &dyn Object,
        account: &Account,
        language: Language,
    ) -> Result<Answer, Complaint> {
        let (api, keys, now) = (any.api(), &account.keys, BeijingTime::now());
        let mut options = send::Options::default();
        options.base.clone_from(&account.settings.base_url);
        options.validation = Validation::Warn;
        let signed = send::prepare_any(api, request, keys, now, &options)
            .map_err(|error| not_made(&error))?;
        let broken = signed.findings();
        let mut warnings: Vec<_> = broken
            .iter()
            .map(|violation| language.pick(violation.to_string(), violation.zh()))
            .collect();
        let exit = if broken
            .iter()
            .all(|found| found.severity == Severity::Warning)
        {
            Exit::Ok
        } else {
            Exit::Rejected
        };
        let mask = match (self.show, self.curl) {
            (true, _) => Mask::Nothing,
            (false, true) => Mask::Secrets,
            (false, false) => Mask::All,
        };
        let shown = Shown::new(signed.http(), keys, mask);
        if self.curl {
            let curl = shown.curl();
            warnings.extend(curl_warnings(&shown, language));
            let answer = Answer::new(exit, format!("{curl}\n"), &json!({ "curl": curl }));
            return Ok(answer.with_warnings(warnings));
        }
        let to_sign =
            send::dry_run(api, request, keys, now, &options).map_err(|error| not_made(&error))?;
        let rows = [
            (language.pick("to sign", "待签名"), to_sign.clone()),
            (language.pick("request", "请求"), shown.http()),
            (
                language.pick("sent", "发送"),
                language
                    .pick("nothing, this is a dry run", "未发送，仅演示")
                    .to_owned(),
            ),
        ];
        let json = json!({ "method": api.method, "to_sign": to_sign, "request": shown.http() });
        Ok(Answer::new(exit, labelled(&rows), &json).with_warnings(warnings))
    }
}

fn curl_warnings(shown: &Shown, language: Language) -> Vec<String> {
    let mut said = vec![Said::new(
        "the command holds a valid signature: whoever has it can send this request until the time stamp expires",
        "命令中含有效签名：在时间戳过期前，任何人都可用它发送该请求",
    )];
    if shown.lacks {
        said.push(Said::new(
            "a secret parameter is masked; add --show for a command that can be run",
            "密钥参数已遮盖；加 --show 得到可执行的命令",
        ));
    }
    texts(&said, language)
}

fn client(account: Account, timeout: Option<u64>) -> Result<blocking::Client, Complaint> {
    let mut settings = account.settings;
    if let Some(seconds) = timeout {
        settings.policy.deadline = Duration::from_secs(seconds);
    }
    let wrong = |error: SettingError| Complaint::usage(Said::new(error.to_string(), error.zh()));
    blocking::Client::any(account.keys)
        .settings(settings)
        .build()
        .map_err(wrong)
}

fn answer(ending: &Ending, language: Language) -> Answer {
    Answer::new(
        ending.kind.exit(),
        ending.text(language),
        &ending.json(language),
    )
}

fn texts(said: &[Said], language: Language) -> Vec<String> {
    said.iter()
        .map(|said| said.text(language).to_owned())
        .collect()
}

fn with(mut answer: Answer, mut warnings: Vec<String>) -> Answer {
    warnings.append(&mut answer.warnings);
    answer.with_warnings(warnings)
}
