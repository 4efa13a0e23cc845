//! Pushes a stock-in document to the enterprise edition, without async.
//!
//! ```sh
//! DOCKSEAL_BASE_URL=http://127.0.0.1:8080/openapi2 cargo run --example call_blocking --features blocking
//! ```

use dockseal::wangdian_enterprise::{
    BlockingClient, Credentials, StockinRefundDetail, StockinRefundInfo, StockinRefundPush,
};
use dockseal::{CallError, Decimal};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = BlockingClient::builder(Credentials::new("sid", "appkey", "appsecret")?)
        .base_url(std::env::var("DOCKSEAL_BASE_URL")?)
        .calls_per_minute(60)
        .build()?;
    let lines = vec![StockinRefundDetail::new("SPEC-01", Decimal::new(2, 0))];
    let info = StockinRefundInfo::new("TK1608030001", "OUTER-0001", "WH-01", lines);
    match client.call(&StockinRefundPush::new(info)) {
        Ok(_) => println!("made"),
        // `outer_no` makes a repeat harmless, so the client has sent it again where that could help.
        Err(CallError::Duplicate(failure)) => println!("already there: {failure}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
