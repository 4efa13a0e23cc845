//! `dockseal sandbox`: the gateway to try things out on, until Ctrl-C, with a line for each request.

use std::path::PathBuf;

use dockseal::Keys;
use serde_json::json;
use std::fmt::Write as _;

use super::{Context, account, need_gateway, stop};
use crate::language::{Language, Said};
use crate::output::{self, Answer, BAD, Complaint, GOOD, LABEL};
use crate::sandbox::{Entry, Fault, FaultError, Injected, Outcome, Running, Sandbox, accounts};

/// The options of the verb.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Port on 127.0.0.1; 0 for any 端口
    #[arg(long, value_name = "N", default_value_t = 7788)]
    port: u16,
    /// Keep the state in this file; in memory when not given 状态文件
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// A fault, in all requests or in some of a hundred; may be given several times 故障，可多次
    #[arg(long = "fault", value_name = "NAME[:PERCENT]", long_help = fault_help())]
    faults: Vec<String>,
    /// Where the order of faults begins 随机种子
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// One more account: its gateway, then its credentials 增加账号
    #[arg(long = "account", value_name = "GATEWAY:NAME=SOURCE,…")]
    accounts: Vec<String>,
}

fn fault_help() -> String {
    let mut help = "A fault, in all requests or in some of a hundred; may be given several times 故障，可多次\n".to_owned();
    for fault in Fault::ALL {
        let about = fault.about();
        let _ = write!(help, "\n{fault:<19} {} {}", about.en, about.zh);
    }
    help
}

/// Runs until Ctrl-C.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let (sandbox, warnings) = options.builder()?;
    let Context { language, json } = context;
    let sandbox = sandbox.log(move |entry| {
        if json {
            output::line(&entry_json(entry, language));
        } else {
            output::log(&entry_text(entry, language));
        }
    });
    let running = sandbox
        .start()
        .map_err(|error| Complaint::usage(Said::new(error.to_string(), error.zh())))?;
    for warning in &warnings {
        output::log(warning.text(language));
    }
    output::line(&if json {
        greeting_json(&running)
    } else {
        greeting(&running, language)
    });
    wait().map_err(|error| {
        Complaint::usage(Said::new(
            format!("cannot wait for Ctrl-C: {error}"),
            format!("无法等待 Ctrl-C：{error}"),
        ))
    })?;
    running.stop();
    Ok(Answer::silence())
}

impl Options {
    fn builder(&self) -> Result<(Sandbox, Vec<Said>), Complaint> {
        let mut sandbox = Sandbox::builder().port(self.port).seed(self.seed);
        let mut warnings = Vec::new();
        if let Some(path) = &self.state {
            sandbox = sandbox.state(path);
        }
        for fault in &self.faults {
            let injected = fault.parse::<Injected>();
            sandbox = sandbox.fault(injected.map_err(|error: FaultError| {
                Complaint::usage(Said::new(error.to_string(), error.zh()))
            })?);
        }
        for text in &self.accounts {
            let (keys, told) = one_account(text)?;
            sandbox = sandbox.account(keys);
            warnings.extend(told);
        }
        Ok((sandbox, warnings))
    }
}

fn one_account(text: &str) -> Result<(Keys, Vec<Said>), Complaint> {
    let (name, pairs) = text.split_once(':').unwrap_or((text, ""));
    let gateway = need_gateway(name)?;
    let pairs: Vec<_> = pairs.split(',').map(str::to_owned).collect();
    let (keys, warnings) = account::keys(gateway, &pairs)?;
    Ok((account::complete(keys)?, warnings))
}

/// Waits for Ctrl-C, or for whoever ends processes.
fn wait() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(stop::wished())
}

fn greeting(running: &Running, language: Language) -> String {
    let stop = language.pick("Ctrl-C stops it", "按 Ctrl-C 停止");
    let mut out = format!("{LABEL}sandbox{LABEL:#}  {}  {stop}\n", running.index_url());
    for gateway in dockseal::GATEWAYS {
        let _ = writeln!(
            out,
            "{LABEL}{}{LABEL:#}  {}",
            gateway.name,
            running.base_url(gateway.name)
        );
        for account in accounts()
            .iter()
            .filter(|account| account.gateway == gateway.name)
        {
            let values: Vec<_> = account
                .values
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let _ = writeln!(out, "    {}", values.join("  "));
        }
    }
    let _ = write!(
        out,
        "{}: dockseal call process.Process.upload --example --sandbox {}",
        language.pick("try", "试用"),
        running.base_url("")
    );
    out
}

fn greeting_json(running: &Running) -> String {
    let gateways: Vec<_> = dockseal::GATEWAYS
        .iter()
        .map(|gateway| {
            let accounts: Vec<_> = accounts()
                .iter()
                .filter(|account| account.gateway == gateway.name)
                .map(|account| {
                    let values = account.values.iter();
                    values.map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>()
                })
                .collect();
            json!({ "gateway": gateway.name, "base_url": running.base_url(gateway.name), "accounts": accounts })
        })
        .collect();
    json!({ "sandbox": running.base_url(""), "gateways": gateways }).to_string()
}

fn entry_text(entry: &Entry, language: Language) -> String {
    let seen = &entry.seen;
    let style = match seen.outcome {
        Outcome::Accepted | Outcome::Repeated => GOOD,
        _ => BAD,
    };
    let mut out = format!(
        "{} #{} {} {} {style}{}{style:#}",
        seen.at,
        seen.number,
        seen.method.as_deref().unwrap_or("-"),
        seen.account.as_deref().unwrap_or("-"),
        seen.outcome
    );
    if let Some(fault) = seen.fault {
        let _ = write!(out, " [{fault}]");
    }
    if let Some(pointer) = &seen.pointer {
        let _ = write!(out, " {pointer}");
    }
    if let Some(reason) = &seen.reason {
        let _ = write!(out, "  {}", reason.text(language));
    }
    for detail in &entry.details {
        let _ = write!(out, "\n    {}", detail.text(language));
    }
    out
}

fn entry_json(entry: &Entry, language: Language) -> String {
    let mut json = entry.seen.to_json();
    let details: Vec<_> = entry
        .details
        .iter()
        .map(|detail| detail.text(language))
        .collect();
    if let Some(members) = json.as_object_mut() {
        members.insert("details".to_owned(), json!(details));
    }
    json.to_string()
}
