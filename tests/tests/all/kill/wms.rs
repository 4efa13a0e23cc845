//! A warehouse system that pushes over one connection, one push after the other, and remembers what
//! it sent and what it was answered.

use crate::served::NODE;
use crate::served::push::signed;

/// The number that all warehouse systems push to at once.
pub(crate) const SHARED: &str = "I-SHARED";

/// A push and what became of it.
pub(crate) struct Sent {
    pub(crate) push: Push,
    /// The reply, byte for byte; none if none came.
    pub(crate) reply: Option<Vec<u8>>,
}

/// A push that adds pieces to a document.
#[derive(Clone)]
pub(crate) struct Push {
    /// The form.
    pub(crate) body: String,
    /// Number of the document.
    pub(crate) number: String,
    /// Its status after this push.
    pub(crate) status: String,
    /// What it adds; a transfer order takes only what its first push has.
    pub(crate) goods: (String, i64),
    pub(crate) is_transfer: bool,
}

/// The pushes of one warehouse system: new documents, deliveries in part to its own and to the shared
/// document, their ends, transfer orders and their changes.
pub(crate) struct Plan {
    system: usize,
    next: usize,
}

impl Plan {
    pub(crate) fn new(system: usize) -> Plan {
        Plan { system, next: 0 }
    }

    /// The next push, unlike every other.
    pub(crate) fn next(&mut self) -> Push {
        let (system, next) = (self.system, self.next);
        self.next += 1;
        let (series, step) = (next / 8, next % 8);
        let pieces = i64::try_from(next % 5 + 1).unwrap();
        let own = |kind: &str| format!("I-{kind}-{system}-{series}");
        let goods = |name: &str| (name.to_owned(), pieces);
        let stamp = format!("{}", 1_700_000_000 + system * 1_000_000 + next);
        match step {
            0 => stock_in(&own("NEW"), "FINISH", goods("A"), &stamp),
            1 | 4 => stock_in(&own("PART"), "PARTIN", goods("A"), &stamp),
            2 | 6 => stock_in(SHARED, "PARTIN", goods(&format!("S{system}")), &stamp),
            5 => stock_in(&own("PART"), "FINISH", goods("B"), &stamp),
            _ => transfer(&format!("T-{system}-{series}"), step, goods("A"), &stamp),
        }
    }
}

/// A push by which a receiver is woken.
pub(crate) fn bell() -> Push {
    stock_in("I-BELL", "FINISH", ("A".to_owned(), 1), "1600000000")
}

fn stock_in(number: &str, status: &str, goods: (String, i64), stamp: &str) -> Push {
    let item = format!(
        r#"[{{"product_bn":"{}","normal_num":{}}}]"#,
        goods.0, goods.1
    );
    Push {
        body: signed(&[
            ("item", &item),
            ("method", "wms.stockin.status_update"),
            ("node_id", NODE),
            ("status", status),
            ("stockin_bn", number),
            ("timestamp", stamp),
        ]),
        number: number.to_owned(),
        status: status.to_owned(),
        goods,
        is_transfer: false,
    }
}

fn transfer(number: &str, step: usize, goods: (String, i64), stamp: &str) -> Push {
    let status = format!("STEP-{step}");
    let item = format!(r#"[{{"in_count":{},"product_bn":"{}"}}]"#, goods.1, goods.0);
    Push {
        body: signed(&[
            ("item", &item),
            ("method", "wms.transferorder.update"),
            ("node_id", NODE),
            ("order_code", number),
            ("order_status", &status),
            ("timestamp", stamp),
        ]),
        number: number.to_owned(),
        status,
        goods,
        is_transfer: true,
    }
}
