//! The two documents that are pushed, and what differs between them.

use super::Refusal;
use crate::api::Request as _;
use crate::shopex_oms::{ErrorCode, StockinStatusUpdate, TransferorderUpdate};

/// Which of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 入库单, by `wms.stockin.status_update`.
    Stockin,
    /// 转储单, by `wms.transferorder.update`.
    Transfer,
}

impl Kind {
    /// Both.
    pub const ALL: [Kind; 2] = [Kind::Stockin, Kind::Transfer];

    /// `stockin` or `transfer`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Stockin => "stockin",
            Kind::Transfer => "transfer",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The method on the wire.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Kind::Stockin => StockinStatusUpdate::API.method,
            Kind::Transfer => TransferorderUpdate::API.method,
        }
    }

    /// The kind that a method pushes.
    #[must_use]
    pub fn from_method(method: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.method() == method)
    }

    /// The names of the two parameters that identify a document, in the document's order.
    #[must_use]
    pub fn identifiers(self) -> [&'static str; 2] {
        match self {
            Kind::Stockin => ["stockin_bn", "entry_order_id"],
            Kind::Transfer => ["order_code", "erp_order_code"],
        }
    }

    /// What a sender is told when its push was taken.
    pub(crate) fn taken(self) -> &'static str {
        match self {
            Kind::Stockin => "入库单状态更新成功",
            Kind::Transfer => "转储单状态更新成功",
        }
    }

    /// For a push with neither number.
    pub(crate) fn unnumbered(self) -> Refusal {
        let message = match self {
            Kind::Stockin => "入库单号必填",
            Kind::Transfer => "转储单号必填",
        };
        let reason = "both numbers of the document are missing or empty; send one of them";
        Refusal::new(ErrorCode::Param, message, reason)
    }
}
