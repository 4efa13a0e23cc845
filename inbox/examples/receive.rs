//! An OMS that receives pushes: `cargo run --package dockseal-inbox --example receive`.

use dockseal::receiver::{self, Delivery, NodeTokens, Receiver, ServeSettings};
use dockseal_inbox::Inbox;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tokens = NodeTokens::by_node_id().with("1000000001", std::env::var("OMS_TOKEN")?);
    let receiver = Receiver::new(Inbox::open("inbox.db")?, tokens);
    let pushes = receiver::router(receiver, |delivery: Delivery| async move {
        // At least once, in order for each document; `delivery.key` tells a repeat.
        println!("push {}: {:?}", delivery.push, delivery.effect);
        Ok::<(), std::io::Error>(())
    });
    let app = pushes.fallback(receiver::not_found);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
    let ctrl_c = async { drop(tokio::signal::ctrl_c().await) };
    receiver::serve(listener, app, ServeSettings::default(), ctrl_c).await;
    Ok(())
}
