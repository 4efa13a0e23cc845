//! Which pushes or documents are meant, as `ls` and `export` take it.

use dockseal::BeijingTime;
use dockseal::receiver::{Effect, Kind};
use dockseal_inbox::{DocumentFilter, PushFilter};

/// The options that choose.
#[derive(clap::Args)]
pub(super) struct Filter {
    /// Documents rather than pushes 单据而非推送
    #[arg(long)]
    pub(super) documents: bool,
    /// Of this sender 推送方节点
    #[arg(long, value_name = "NODE")]
    node: Option<String>,
    /// stockin (入库单) or transfer (转储单)
    #[arg(long, value_parser = kind)]
    kind: Option<Kind>,
    /// With this document number, such as a 入库单号 单号
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Received, or for documents changed, at this time in Beijing or later 起始时间（北京时间）
    #[arg(long, value_name = "\"Y-m-d [H:i:s]\"", value_parser = time)]
    since: Option<BeijingTime>,
    /// Pushes to the document of this number in the inbox 所属单据序号
    #[arg(long, value_name = "N", conflicts_with = "documents")]
    of: Option<i64>,
    /// Pushes that did this 推送的作用
    #[arg(long, value_parser = effect, conflicts_with = "documents")]
    effect: Option<Effect>,
    /// Pushes that the handler is not done with 尚未投递完成的推送
    #[arg(long, conflicts_with = "documents")]
    undelivered: bool,
    /// Documents in this state 单据状态
    #[arg(long, requires = "documents")]
    status: Option<String>,
}

impl Filter {
    pub(super) fn pushes(&self) -> PushFilter {
        PushFilter {
            push: None,
            document: self.of,
            node: self.node.clone(),
            kind: self.kind,
            effect: self.effect,
            number: self.number.clone(),
            since: self.since,
            undelivered: self.undelivered,
        }
    }

    pub(super) fn documents(&self) -> DocumentFilter {
        DocumentFilter {
            document: None,
            node: self.node.clone(),
            kind: self.kind,
            status: self.status.clone(),
            number: self.number.clone(),
            since: self.since,
        }
    }
}

fn kind(text: &str) -> Result<Kind, &'static str> {
    Kind::from_name(text).ok_or("stockin or transfer")
}

fn effect(text: &str) -> Result<Effect, String> {
    Effect::from_name(text).ok_or_else(|| Effect::ALL.map(Effect::name).join(", "))
}

fn time(text: &str) -> Result<BeijingTime, &'static str> {
    let day = || format!("{text} 00:00:00").parse();
    text.parse()
        .or_else(|_| day())
        .map_err(|_| "write it as 2025-01-31 or \"2025-01-31 08:00:00\"")
}
