//! What a push does to the documents that are there: a stock-in in part adds up until it is finished,
//! a transfer order changes its status.

use super::arrival::{Arrival, Change, Effect};
use super::convert::{Merge, add_counts};
use super::{Receipt, Refusal, Repeats, StockinReceipt, TransferReceipt};
use crate::shopex_oms::{ErrorCode, StockinStatus};

impl Arrival {
    /// What it does to the documents of its node and kind that have one of its identifiers.
    ///
    /// An update changes what the documents name and nothing else: the status, the goods of a
    /// stock-in, and an identifier that the stored document lacks. That one is learned even when
    /// nothing else changes: a later push that has it alone would begin a second document otherwise.
    ///
    /// `counted` says whether an earlier push to the document, one that had an effect, has the same
    /// `content`; it is asked only while [`Settings::repeats`](super::Settings) is not `Accumulate`.
    ///
    /// # Errors
    /// The identifiers belong to two documents (`E_STATE`), or a sum leaves the range of `i64`.
    pub fn apply(&self, found: &[Receipt], counted: bool) -> Result<Change, Refusal> {
        match (found, &self.receipt) {
            ([], push) => Ok(Change {
                effect: Effect::Created,
                document: Some(push.clone()),
            }),
            ([Receipt::Stockin(stored)], Receipt::Stockin(push)) => {
                self.apply_stockin(stored, push, counted)
            }
            ([Receipt::Transfer(stored)], Receipt::Transfer(push)) => {
                Ok(apply_transfer(stored, push))
            }
            ([_], _) => Err(Refusal::internal(
                "the inbox found a document of another kind",
            )),
            ([_, _, ..], _) => Err(Refusal::new(
                ErrorCode::State,
                "单号与已有单据冲突",
                "the two numbers belong to two documents; send those of one",
            )),
        }
    }

    fn apply_stockin(
        &self,
        stored: &StockinReceipt,
        push: &StockinReceipt,
        counted: bool,
    ) -> Result<Change, Refusal> {
        let effect = match (&stored.status, &push.status, self.repeats) {
            (StockinStatus::Finish, _, _) => Effect::Ignored,
            (_, _, Repeats::Quarantine) if counted => Effect::Quarantined,
            (_, _, Repeats::Drop) if counted => Effect::Dropped,
            (_, StockinStatus::Finish, _) => Effect::Finished,
            _ => Effect::Accumulated,
        };
        let mut document = stored.clone();
        learn(&mut document.stockin_bn, push.stockin_bn.as_ref());
        learn(&mut document.entry_order_id, push.entry_order_id.as_ref());
        if matches!(effect, Effect::Accumulated | Effect::Finished) {
            document.status = push.status.clone();
            self.add_goods(&mut document, push)?;
        }
        let document = Some(document).filter(|document| document != stored);
        Ok(Change {
            effect,
            document: document.map(Receipt::Stockin),
        })
    }

    /// Adds the lines in the order of the push, to what is there already.
    fn add_goods(
        &self,
        document: &mut StockinReceipt,
        push: &StockinReceipt,
    ) -> Result<(), Refusal> {
        let mut merge = Merge::over(std::mem::take(&mut document.items));
        for (index, line) in self.lines.iter().enumerate() {
            add_counts(&mut merge, index, line)?;
        }
        for pushed in &push.items {
            let goods = merge.goods_of(&pushed.product_bn)?;
            goods.batches.extend_from_slice(&pushed.batches);
            goods.lines.extend_from_slice(&pushed.lines);
        }
        document.items = merge.into_goods();
        Ok(())
    }
}

fn apply_transfer(stored: &TransferReceipt, push: &TransferReceipt) -> Change {
    let effect = if stored.status == push.status {
        Effect::Unchanged
    } else {
        Effect::StatusChanged
    };
    let mut document = stored.clone();
    learn(&mut document.order_code, push.order_code.as_ref());
    learn(&mut document.erp_order_code, push.erp_order_code.as_ref());
    document.status.clone_from(&push.status);
    let document = Some(document).filter(|document| document != stored);
    Change {
        effect,
        document: document.map(Receipt::Transfer),
    }
}

/// An identifier that the stored document lacks is taken over; one that it has stays.
fn learn(stored: &mut Option<String>, pushed: Option<&String>) {
    if stored.is_none() {
        *stored = pushed.cloned();
    }
}
