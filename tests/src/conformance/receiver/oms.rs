//! The OMS of one case: a receiver on an empty inbox, with the tokens and orders of the case.

use dockseal::BeijingTime;
use dockseal::form::FormValue;
use dockseal::receiver::{
    Answer, LookupError, NodeTokens, Orders, Pending, Receipt, Receiver, Refusal, Settings,
};
use dockseal_inbox::{Browse, DocumentFilter, Inbox, Page};

use super::super::cases::Malformed;
use super::super::datum::Datum;
use super::normal;

/// A receiver and its inbox.
pub(super) struct Oms {
    receiver: Receiver,
    inbox: Inbox,
    /// When everything of this case is received.
    pub(super) received_at: BeijingTime,
}

impl Oms {
    /// With an empty inbox in memory.
    pub(super) fn new(
        tokens: &[(String, Datum)],
        config: Option<&Datum>,
    ) -> Result<Oms, Malformed> {
        let mut known = NodeTokens::by_node_id();
        for (node, token) in tokens {
            let token = token
                .as_text()
                .ok_or_else(|| Malformed(format!("the token of {node:?} is not a text")))?;
            known = known.with(node, token);
        }
        let mut settings = Settings::default();
        settings.warehouse_module = warehouse_module(config)?;
        let orders = KnownOrders {
            purchase_orders: numbers(config, "purchase_orders")?,
            asns: numbers(config, "asns")?,
        };

        let inbox = Inbox::in_memory().map_err(failed)?;
        let receiver = Receiver::new(inbox.clone(), known)
            .with_orders(orders)
            .with_settings(settings);
        Ok(Oms {
            receiver,
            inbox,
            received_at: BeijingTime::now(),
        })
    }

    /// The document of parameters that are already decoded.
    pub(super) async fn understand(
        &self,
        method: &str,
        parameters: &[(String, FormValue)],
    ) -> Result<Receipt, Refusal> {
        self.receiver
            .understand(method, parameters, self.received_at)
            .await
    }

    /// One form body in, its reply out.
    pub(super) async fn receive(&self, body: &[u8]) -> Answer {
        self.receiver.receive(body, self.received_at).await
    }

    /// All documents, oldest first, as the cases state them.
    pub(super) async fn stored(&self) -> Result<Datum, Malformed> {
        let mut page = Page::first(100);
        let mut all = Vec::new();
        loop {
            let rows = self
                .inbox
                .documents(DocumentFilter::default(), page)
                .await
                .map_err(failed)?;
            let Some(last) = rows.last() else { break };
            page = page.behind(last.document);
            for row in &rows {
                all.push(Datum::Map(vec![
                    ("kind".to_owned(), normal::text(row.receipt.kind().name())),
                    ("node_id".to_owned(), normal::text(&row.node)),
                    (
                        "document".to_owned(),
                        normal::document(&row.receipt, self.received_at)?,
                    ),
                ]));
            }
        }
        Ok(Datum::List(all))
    }
}

fn failed(error: impl std::error::Error) -> Malformed {
    Malformed(format!("the inbox failed: {error}"))
}

fn warehouse_module(config: Option<&Datum>) -> Result<bool, Malformed> {
    match config.and_then(|config| config.get("warehouse_module")) {
        None | Some(Datum::Null) => Ok(false),
        Some(Datum::Bool(there)) => Ok(*there),
        Some(_) => Err(Malformed(
            "\"warehouse_module\" is not true or false".to_owned(),
        )),
    }
}

/// Document numbers: texts, or integers as their decimal text.
fn numbers(config: Option<&Datum>, member: &str) -> Result<Vec<String>, Malformed> {
    let wrong = || Malformed(format!("{member:?} is not a list of document numbers"));
    let list = match config.and_then(|config| config.get(member)) {
        None | Some(Datum::Null) => return Ok(Vec::new()),
        Some(list) => list.as_list().ok_or_else(wrong)?,
    };
    list.iter()
        .map(|number| match number {
            Datum::Text(text) => Ok(text.clone()),
            Datum::Integer(number) => Ok(number.to_string()),
            _ => Err(wrong()),
        })
        .collect()
}

/// The purchase orders and arrival notices of a case.
struct KnownOrders {
    purchase_orders: Vec<String>,
    asns: Vec<String>,
}

impl Orders for KnownOrders {
    fn is_purchase_order<'a>(&'a self, number: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        let there = self.purchase_orders.iter().any(|known| known == number);
        Box::pin(std::future::ready(Ok(there)))
    }

    fn is_asn<'a>(&'a self, number: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        let there = self.asns.iter().any(|known| known == number);
        Box::pin(std::future::ready(Ok(there)))
    }
}
