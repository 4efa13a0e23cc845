//! What only the OMS knows of a stock-in number.

use super::{LookupError, Pending};

/// Looks a stock-in number up among the purchase orders and arrival notices of the OMS.
///
/// Asked only where the answer matters: for a push of `type` `CGRK`.
pub trait Orders: Send + Sync + 'static {
    /// Whether a purchase order 采购单 has this number.
    ///
    /// # Errors
    /// The look-up failed; the sender is answered `E_INTERNAL` and may push again.
    fn is_purchase_order<'a>(&'a self, number: &'a str) -> Pending<'a, Result<bool, LookupError>>;

    /// Whether an advance shipping notice ASN has this number.
    ///
    /// # Errors
    /// The look-up failed; the sender is answered `E_INTERNAL` and may push again.
    fn is_asn<'a>(&'a self, number: &'a str) -> Pending<'a, Result<bool, LookupError>>;
}

/// Finds nothing: every push of `type` `CGRK` is a purchase.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoOrders;

impl Orders for NoOrders {
    fn is_purchase_order<'a>(&'a self, _: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        Box::pin(std::future::ready(Ok(false)))
    }

    fn is_asn<'a>(&'a self, _: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        Box::pin(std::future::ready(Ok(false)))
    }
}
