//! `dockseal receive`: a receiver of pushes as an OMS has one, until Ctrl-C, with a line for each
//! delivery: for a WMS team to test against.

mod log;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dockseal::receiver::{
    Delivery, Endpoint, NodeTokens, Pace, Receipt, Repeats, ServeSettings, Settings, deliver_until,
    not_found, serve,
};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::harmless::harmless_line;
use super::inbox::store::Which;
use super::receipt::{named, raw};
use super::secret::Source;
use super::trouble::cannot;
use super::{Context, given, stop};
use crate::language::{Language, Said};
use crate::output::{self, Answer, Complaint, GOOD, LABEL};

/// The options of the verb. Tokens and the inbox's password stand in them: there is no `Debug`.
#[derive(clap::Args)]
pub struct Options {
    /// Where to listen; port 0 for any 监听地址
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[command(flatten)]
    inbox: Which,
    /// A sender's node and token: env:VARIABLE, @FILE, - or the text itself; may be given several times 节点与密钥，可多次
    #[arg(long = "token", value_name = "NODE=SOURCE", required = true)]
    tokens: Vec<String>,
    /// The parameter that names the sender's node 按哪个参数查找密钥
    #[arg(long, value_name = "PARAMETER", value_enum, default_value_t = By::NodeId)]
    by: By,
    /// Tell senders what is wrong and where, in the reply 在回复中说明错误位置与原因
    #[arg(long)]
    explain: bool,
    /// Require all nine system parameters 要求全部系统参数
    #[arg(long)]
    strict: bool,
    /// How far the time stamp may lie from the present 时间戳允许偏差（秒）
    #[arg(long, value_name = "SECONDS")]
    window: Option<u64>,
    /// A stock-in number that begins with DC is one of the warehouse module 启用仓储模块
    #[arg(long)]
    warehouse_module: bool,
    /// What happens to a partial stock-in that says the same as an earlier one 内容相同的分批入库如何处理
    #[arg(long, value_name = "POLICY", value_enum, default_value_t = OnRepeat::Accumulate)]
    repeats: OnRepeat,
}

/// Which parameter names the sender.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum By {
    /// 目标节点: the node under which the OMS knows the sender
    #[value(name = "node_id")]
    NodeId,
    /// 来源节点: the node that pushes
    #[value(name = "from_node_id")]
    FromNodeId,
}

/// [`Repeats`] on the command line.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum OnRepeat {
    /// Both count 累加
    Accumulate,
    /// The second waits for a decision 暂存待定
    Quarantine,
    /// The second has no effect 丢弃
    Drop,
}

/// Runs until Ctrl-C.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let (tokens, warnings) = options.tokens()?;
    for warning in &warnings {
        output::log(warning.text(context.language));
    }
    // Only one program runs in this process: nobody else can have set one.
    let _ = tracing::subscriber::set_global_default(log::Lines);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| cannot("start", "启动", &error))?;
    runtime.block_on(receive(options, tokens, context))
}

async fn receive(
    options: &Options,
    tokens: NodeTokens,
    context: Context,
) -> Result<Answer, Complaint> {
    let receiver = options.inbox.receiver(tokens).await?;
    let receiver = receiver.with_settings(options.settings());
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| cannot("listen", "监听", &error))?;
    let address = listener
        .local_addr()
        .map_err(|error| cannot("listen", "监听", &error))?;
    output::line(&greeting(address, context));

    let (stop, mut stopped) = watch::channel(());
    let show = move |delivery: Delivery| async move {
        output::line(&shown(&delivery, context));
        Ok::<(), std::io::Error>(())
    };
    let worker = tokio::spawn(deliver_until(
        receiver.inbox(),
        Arc::new(show),
        Pace::default(),
        async move {
            let _ = stopped.changed().await;
        },
    ));
    let app = Endpoint::new(receiver).router().fallback(not_found);
    let ctrl_c = async {
        if let Err(error) = stop::wished().await {
            output::log(&error.to_string());
            std::future::pending::<()>().await;
        }
    };
    serve(listener, app, ServeSettings::default(), ctrl_c).await;
    drop(stop);
    let _ = worker.await;
    Ok(Answer::silence())
}

impl Options {
    fn tokens(&self) -> Result<(NodeTokens, Vec<Said>), Complaint> {
        let mut tokens = match self.by {
            By::NodeId => NodeTokens::by_node_id(),
            By::FromNodeId => NodeTokens::by_from_node_id(),
        };
        let mut warnings = Vec::new();
        for text in &self.tokens {
            let (node, source) = given::halves("--token", "NODE=SOURCE", text)?;
            let Ok(source) = source.parse::<Source>();
            warnings.extend(source.warning());
            let token = source.read()?;
            // An empty token lets nobody in: without a word, each push of this sender were refused.
            if token.expose_secret().trim().is_empty() {
                return Err(empty_token(node, &source));
            }
            tokens = tokens.with(node, token);
        }
        Ok((tokens, warnings))
    }

    fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        settings.explain = self.explain;
        settings.strict = self.strict;
        settings.window = self.window.map(Duration::from_secs);
        settings.warehouse_module = self.warehouse_module;
        settings.repeats = match self.repeats {
            OnRepeat::Accumulate => Repeats::Accumulate,
            OnRepeat::Quarantine => Repeats::Quarantine,
            OnRepeat::Drop => Repeats::Drop,
        };
        settings
    }
}

fn greeting(address: SocketAddr, context: Context) -> String {
    let path = dockseal::shopex_oms::GATEWAY.transport.path;
    let url = format!("http://{address}{path}");
    if context.json {
        json!({ "listening": url }).to_string()
    } else {
        format!("listening on {url}")
    }
}

fn shown(delivery: &Delivery, context: Context) -> String {
    if context.json {
        delivery_json(delivery)
    } else {
        delivery_text(delivery, context.language)
    }
}

fn delivery_text(delivery: &Delivery, language: Language) -> String {
    let receipt = &delivery.receipt;
    let names: Vec<_> = receipt
        .numbers()
        .map(|(name, value)| format!("{name}={}", harmless_line(value)))
        .collect();
    let goods = match &delivery.document {
        Receipt::Stockin(of) => of.items.len(),
        Receipt::Transfer(of) => of.items.len(),
    };
    format!(
        "{} #{} {LABEL}{}{LABEL:#} {} {} {GOOD}{}{GOOD:#} {} {goods} {}",
        delivery.received_at,
        delivery.push,
        receipt.kind().name(),
        harmless_line(&delivery.node),
        names.join(" "),
        delivery.effect.name(),
        harmless_line(delivery.document.status()),
        language.pick("goods", "种货品"),
    )
}

/// A delivery for programs.
#[derive(Serialize)]
struct DeliveryShown<'a> {
    push: i64,
    /// What a handler is to tell a repeated delivery by.
    key: String,
    node: &'a str,
    received_at: String,
    kind: &'static str,
    identifiers: Value,
    effect: &'static str,
    receipt: Option<Box<RawValue>>,
    document: Option<Box<RawValue>>,
}

fn delivery_json(delivery: &Delivery) -> String {
    let receipt = &delivery.receipt;
    let shown = DeliveryShown {
        push: delivery.push,
        key: delivery.key.to_string(),
        node: &delivery.node,
        received_at: delivery.received_at.to_string(),
        kind: receipt.kind().name(),
        identifiers: named(receipt.kind().identifiers(), &receipt.identifiers()),
        effect: delivery.effect.name(),
        // Numbers stay as they were sent, which a parsed value does not promise.
        receipt: raw(receipt),
        document: raw(&delivery.document),
    };
    // Texts, numbers, and JSON that was read before: writing cannot fail.
    serde_json::to_string(&shown).unwrap_or_default()
}

fn empty_token(node: &str, source: &Source) -> Complaint {
    let place = match source {
        Source::Variable(name) => format!("env:{name}"),
        Source::File(path) => format!("@{path}"),
        Source::Stdin => "-".to_owned(),
        Source::Plain(_) => String::new(),
    };
    Complaint::usage(Said::new(
        format!("--token {node}={place}: the token is empty"),
        format!("--token {node}={place}：密钥为空"),
    ))
}
