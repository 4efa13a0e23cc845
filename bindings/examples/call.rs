//! Pushes a production order to the flagship edition, and tells the ways apart in which it can end.
//!
//! ```sh
//! DOCKSEAL_BASE_URL=http://127.0.0.1:8080/openapi cargo run --example call --features client
//! ```

use dockseal::wangdian_flagship::{Client, Credentials, ProcessUpload, ProcessUploadDetail};
use dockseal::{CallError, Decimal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Credentials::new("sid", "key", "secret:salt")?)
        .base_url(std::env::var("DOCKSEAL_BASE_URL")?)
        .build()?;
    let lines = vec![
        ProcessUploadDetail::new("RAW-01", Decimal::new(25, 1)),
        ProcessUploadDetail::new("GOODS-01", 1).with_is_product(true),
    ];
    let order = ProcessUpload::new("WH-OUT", "WH-IN", "admin", "SC001", 1, lines);
    match client.call(&order).await {
        Ok(made) => println!("made: {}", made.process_no),
        // Made, but the audit refused it: look before doing anything.
        Err(CallError::Partial { failure, .. }) => println!("review: {failure}"),
        // Bytes left and no answer came: it says what is safe to do.
        Err(CallError::Unknown(unknown)) => println!("reconcile: {unknown}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
