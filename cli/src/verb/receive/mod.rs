//! `dockseal receive`: a receiver of pushes as an OMS has one, until Ctrl-C, with a line for each
//! delivery: for a WMS team to test against.

mod log;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use dockseal::receiver::{
    Delivery, Endpoint, NodeTokens, Pace, Receipt, Receiver, Repeats, ServeSettings, Settings,
    deliver_until, not_found, serve,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::secret::Source;
use super::{Context, given, stop};
use crate::language::{Language, Said};
use crate::output::{self, Answer, Complaint, GOOD, LABEL};

/// The options of the verb.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Where to listen; port 0 for any 监听地址
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Where pushes are kept: an SQLite file, made at need, or a PostgreSQL database 收件箱
    #[arg(
        long,
        value_name = "FILE|postgres://…",
        env = "DOCKSEAL_INBOX",
        hide_env_values = true,
        default_value = "inbox.db"
    )]
    inbox: String,
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
    let receiver = options.receiver(tokens).await?;
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
            let (node, source) = given::halves("--token", text)?;
            let Ok(source) = source.parse::<Source>();
            warnings.extend(source.warning());
            tokens = tokens.with(node, source.read()?);
        }
        Ok((tokens, warnings))
    }

    async fn receiver(&self, tokens: NodeTokens) -> Result<Receiver, Complaint> {
        let name = &self.inbox;
        let receiver = if name.starts_with("postgres://") || name.starts_with("postgresql://") {
            let inbox = dockseal_inbox::postgres::Inbox::connect(name).await;
            let inbox = inbox.map_err(|error| cannot("open the inbox", "打开收件箱", &error))?;
            Receiver::new(inbox, tokens)
        } else {
            let inbox = dockseal_inbox::Inbox::open(name)
                .map_err(|error| Complaint::usage(Said::new(causes(&error), error.zh())))?;
            Receiver::new(inbox, tokens)
        };
        Ok(receiver.with_settings(self.settings()))
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
        delivery_json(delivery).to_string()
    } else {
        delivery_text(delivery, context.language)
    }
}

fn delivery_text(delivery: &Delivery, language: Language) -> String {
    let names = identifiers(&delivery.receipt).map(|(name, value)| format!("{name}={value}"));
    let names: Vec<_> = names.collect();
    let goods = match &delivery.document {
        Receipt::Stockin(of) => of.items.len(),
        Receipt::Transfer(of) => of.items.len(),
    };
    format!(
        "{} #{} {LABEL}{}{LABEL:#} {} {} {GOOD}{}{GOOD:#} {} {goods} {}",
        delivery.received_at,
        delivery.push,
        delivery.receipt.kind().name(),
        delivery.node,
        names.join(" "),
        delivery.effect.name(),
        delivery.document.status(),
        language.pick("goods", "种货品"),
    )
}

fn delivery_json(delivery: &Delivery) -> Value {
    let receipt = |receipt: &Receipt| serde_json::from_str::<Value>(&receipt.to_json());
    let names = identifiers(&delivery.receipt);
    let names: serde_json::Map<_, _> = names
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    json!({
        "push": delivery.push,
        "node": delivery.node,
        "received_at": delivery.received_at.to_string(),
        "kind": delivery.receipt.kind().name(),
        "identifiers": names,
        "effect": delivery.effect.name(),
        "receipt": receipt(&delivery.receipt).unwrap_or_default(),
        "document": receipt(&delivery.document).unwrap_or_default(),
    })
}

fn identifiers(receipt: &Receipt) -> impl Iterator<Item = (&'static str, &str)> {
    let names = receipt.kind().identifiers().into_iter();
    names
        .zip(receipt.identifiers())
        .filter_map(|(name, value)| Some((name, value?)))
}

/// A complaint about what the system, or a database, does not let us do.
fn cannot(en: &str, zh: &str, error: &dyn std::error::Error) -> Complaint {
    let causes = causes(error);
    Complaint::usage(Said::new(
        format!("cannot {en}: {causes}"),
        format!("无法{zh}：{causes}"),
    ))
}

/// An error with what caused it.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
