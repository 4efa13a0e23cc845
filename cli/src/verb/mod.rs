//! The verbs of the command line. Each takes its options and returns an [`Answer`] or a
//! [`Complaint`]; none prints.

pub mod account;
pub mod call;
mod demo;
pub mod doctor;
mod ending;
pub mod export;
mod given;
mod harmless;
pub mod inbox;
pub mod methods;
pub mod push;
mod receipt;
pub mod receive;
pub mod sandbox;
pub mod schema;
mod secret;
mod shown;
pub mod sign;
mod stop;
mod trouble;
mod wire;

use clap::Subcommand;
use dockseal::api::AnyApi;
use dockseal::gateway::Gateway;

use crate::language::{Language, Said};
use crate::output::{Answer, Complaint};

/// What every verb knows.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// What the user reads.
    pub language: Language,
    /// Programs read it.
    pub json: bool,
}

/// A verb with its options.
#[derive(Subcommand)]
pub enum Verb {
    /// Show every API and every way a call can end, offline 离线演示所有接口与结果
    #[command(
        after_help = "Example: dockseal demo\n\nStarts a sandbox in this process and sends to nobody else.\n\nExit codes: 0 all as expected, 1 not"
    )]
    Demo,
    /// Call a method, or show what would be sent 调用接口
    #[command(
        after_help = "Examples:\n  dockseal call process.Process.upload --data @order.json --profile main\n  dockseal call process.Process.upload --data @order.json --dry-run --credential sid=s --credential key=k --credential appsecret=env:WDT_SECRET\n  dockseal call process.Process.upload --example --sandbox http://127.0.0.1:7788\n  dockseal call goods.Goods.queryWithSpec --raw wangdian-flagship --data '[{}]' --profile main\n\nExit codes: 0 accepted, 1 rejected, duplicate, partial or not sent, 2 the command line or a file is wrong, 3 the outcome is unknown, 4 throttled, 5 the signature was refused"
    )]
    Call(Box<call::Options>),
    /// Push to an OMS as a WMS does 模拟 WMS 推送
    #[command(
        after_help = "Example: dockseal push wms.stockin.status_update --to http://127.0.0.1:8080 --times 2\n\nThe document's example is pushed unless --data is given, signed by the sandbox's test account unless one is named. --times repeats the same bytes, as a retransmission does; --restamp signs anew each time.\n\nExit codes: 0 taken, 1 refused, 2 the command line or a file is wrong, 3 the outcome is unknown, 4 throttled, 5 the signature was refused; of several pushes the worst"
    )]
    Push(Box<push::Options>),
    /// Receive pushes as an OMS does, until Ctrl-C 接收 WMS 推送
    #[command(
        after_help = "Examples:\n  dockseal receive --token 1234567890=env:OMS_TOKEN --explain\n  dockseal receive --token 1000000001=sandbox-token --inbox postgres://oms@127.0.0.1/oms --json\n\nThe second takes what dockseal push signs for the sandbox's test account. The inbox is made where there is none. The address goes to standard output, then one line for each delivery; with --json one object a line. Refusals and failures go to standard error. A delivery may come again after the program was killed; its key, which --json shows, is then the same.\n\nExit codes: 0 stopped, 2 the command line is wrong, or the port or the inbox cannot be used"
    )]
    Receive(Box<receive::Options>),
    /// Run a gateway to try things out on, until Ctrl-C 启动本地沙箱网关
    #[command(
        after_help = "Examples:\n  dockseal sandbox --port 7788\n  dockseal sandbox --state sandbox.json --fault reset-after:10 --fault throttled:5 --seed 7\n  dockseal sandbox --account wangdian-enterprise:sid=me,appkey=k,appsecret=env:WDT_SECRET\n\nAddresses and test accounts go to standard output, one line for each request to standard error; with --json all of it to standard output, one object a line.\n\nExit codes: 0 stopped, 2 the command line is wrong, or the port or the state file cannot be used"
    )]
    Sandbox(Box<sandbox::Options>),
    /// Check credentials, clock, address and configuration 体检：凭证、时钟、地址与配置
    #[command(
        after_help = "Examples:\n  dockseal doctor --profile main\n  dockseal doctor --gateway wangdian-flagship --credential sid=s --credential key=k --credential appsecret=env:WDT_SECRET\n\nOne request without a body and without credentials goes to the base address, to read the server's clock.\n\nExit codes: 0 nothing bad, 1 something is bad, 2 the command line or the configuration is wrong"
    )]
    Doctor(Box<doctor::Options>),
    /// List the methods that have types 列出已支持的接口
    #[command(
        after_help = "Example: dockseal methods stockin\n\nExit codes: 0 listed, 1 no method fits the filter"
    )]
    Methods(methods::Options),
    /// Show the fields of a method's request and reply 查看接口字段
    #[command(
        after_help = "Example: dockseal schema process.Process.upload\n         dockseal schema process.Process.upload --json\n\nExit codes: 0 shown, 2 no such method"
    )]
    Schema(schema::Options),
    /// Look into what a receiver remembers 查看接收端收件箱
    #[command(subcommand)]
    Inbox(Box<inbox::Verb>),
    /// Write the schemas in the formats of other tools 导出为其他工具的格式
    #[command(subcommand)]
    Export(Box<export::Verb>),
    /// Explain, verify or repair a signature 签名：讲解、验证、找错
    #[command(subcommand)]
    Sign(Box<sign::Verb>),
}

impl Verb {
    /// Does it.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn run(&self, context: Context) -> Result<Answer, Complaint> {
        match self {
            Verb::Demo => demo::run(context),
            Verb::Call(options) => call::run(options, context),
            Verb::Push(options) => push::run(options, context),
            Verb::Receive(options) => receive::run(options, context),
            Verb::Sandbox(options) => sandbox::run(options, context),
            Verb::Doctor(options) => doctor::run(options, context),
            Verb::Methods(options) => Ok(methods::run(options, context)),
            Verb::Schema(options) => schema::run(options, context),
            Verb::Inbox(verb) => verb.run(context),
            Verb::Export(verb) => verb.run(context),
            Verb::Sign(verb) => verb.run(context),
        }
    }
}

/// The API of a method.
///
/// # Errors
/// There is none; the complaint has the nearest names.
pub fn find_api(method: &str) -> Result<&'static dyn AnyApi, Complaint> {
    let found = dockseal::APIS
        .iter()
        .find(|known| known.api().method == method);
    found.copied().ok_or_else(|| {
        unknown(
            Said::new(
                format!("there is no method {method:?}"),
                format!("没有接口 {method}"),
            ),
            method,
            &methods(),
        )
    })
}

/// The gateway of that name.
#[must_use]
pub fn find_gateway(name: &str) -> Option<&'static Gateway> {
    dockseal::GATEWAYS
        .iter()
        .copied()
        .find(|gateway| gateway.name == name)
}

/// The gateway that an option names.
///
/// # Errors
/// There is none; the complaint has the nearest names.
fn need_gateway(name: &str) -> Result<&'static Gateway, Complaint> {
    find_gateway(name).ok_or_else(|| {
        let known: Vec<_> = dockseal::GATEWAYS.iter().map(|known| known.name).collect();
        let what = Said::new(
            format!("there is no gateway {name:?}"),
            format!("没有网关 {name}"),
        );
        unknown(what, name, &known)
    })
}

fn methods() -> Vec<&'static str> {
    dockseal::APIS
        .iter()
        .map(|known| known.api().method)
        .collect()
}

/// A complaint about a name, with the known names most like it.
fn unknown(what: Said, name: &str, known: &[&str]) -> Complaint {
    let name = name.to_lowercase();
    let mut near: Vec<_> = known
        .iter()
        .map(|known| (strsim::jaro_winkler(&name, &known.to_lowercase()), *known))
        .filter(|(likeness, known)| *likeness > 0.7 || known.to_lowercase().contains(&name))
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let near: Vec<_> = near.into_iter().take(3).map(|(_, known)| known).collect();
    let (shown, most) = if near.is_empty() {
        (known.to_vec(), false)
    } else {
        (near, true)
    };
    let help = if most {
        Said::new(
            format!("did you mean {}?", shown.join(", ")),
            format!("是否为 {}？", shown.join("、")),
        )
    } else {
        Said::new(
            format!("known are {}", shown.join(", ")),
            format!("现有 {}", shown.join("、")),
        )
    };
    Complaint::usage(what).with_help(help)
}
