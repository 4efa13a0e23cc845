//! Calls methods that have no schema yet, with raw JSON.
//!
//! ```sh
//! DOCKSEAL_BASE_URL=http://127.0.0.1:8080/openapi cargo run --example raw --features client
//! ```

use dockseal::wangdian_flagship::{Client, Credentials};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder(Credentials::new("sid", "key", "secret:salt")?)
        .base_url(std::env::var("DOCKSEAL_BASE_URL")?)
        .build()?;
    // The flagship takes an array of arguments; other gateways take an object of parameters.
    let order = r#"[{"out_warehouse_no":"WH-OUT","in_warehouse_no":"WH-IN","operator_name":"admin",
        "producer_no":"SC001","process_count":1,"detail_list":[{"spec_no":"RAW-01","num":2.5},
        {"spec_no":"GOODS-01","num":1,"is_product":true}]}]"#;
    let reply = client.call_raw("process.Process.upload", order).await?;
    println!("{}", reply.as_str());
    Ok(())
}
