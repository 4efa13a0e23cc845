//! Many accounts side by side.

use std::thread;
use std::time::Duration;

use dockseal::wangdian_flagship::{Credentials, ProcessUpload};

use crate::support::clients::{both, flagship, flagship_account, good, keyless, quick};
use crate::support::server::Server;

#[test]
fn accounts_share_connections_where_asked_to_and_no_limits() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
        let mut settings = quick(server.url());
        settings.calls_per_minute = Some(1);
        let first = flagship(kind, settings);
        let second = first.with_credentials(Credentials::new("second", "key", "s:t").unwrap());
        first.call(&keyless()).unwrap();
        // The connection is given back in the background.
        thread::sleep(Duration::from_millis(50));
        second.call(&keyless()).unwrap();
        let sent = server.received();
        assert_eq!((sent.len(), server.connections()), (2, 1));
        assert_eq!(sent[0].parameter("sid"), "sid-of-flagship");
        assert_eq!(sent[1].parameter("sid"), "second");
    });
}

#[test]
fn clones_share_everything() {
    let server = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
    let client = dockseal::wangdian_flagship::BlockingClient::builder(flagship_account())
        .base_url(server.url())
        .calls_per_minute(1)
        .operation_timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    client.call(&keyless()).unwrap();
    client.clone().call(&keyless()).unwrap_err();
    assert_eq!(server.count(), 1);
}

#[test]
fn clients_can_be_sent_and_shared_and_their_debug_says_nothing_of_the_account() {
    fn usable<T: Send + Sync + Clone + 'static>() {}
    usable::<dockseal::wangdian_flagship::Client>();
    usable::<dockseal::wangdian_flagship::BlockingClient>();
    usable::<dockseal::client::Client>();
    let client = dockseal::wangdian_flagship::Client::builder(flagship_account())
        .alias("shop-1")
        .build()
        .unwrap();
    let shown = format!("{client:?}");
    assert_eq!(
        shown,
        "Client { gateway: \"wangdian-flagship\", host: Some(\"wdt.wangdian.cn\"), alias: Some(\"shop-1\"), .. }"
    );
}

#[test]
fn the_future_of_a_call_can_move_between_threads() {
    fn movable<T: Send>(future: T) -> T {
        future
    }
    let server = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
    let client = dockseal::wangdian_flagship::Client::builder(flagship_account())
        .base_url(server.url())
        .build();
    let (client, request) = (client.unwrap(), keyless());
    let runtime = crate::support::clients::runtime();
    let spawned = {
        let client = client.clone();
        runtime.spawn(movable(async move {
            client.call(&request).await.map(|made| made.process_no)
        }))
    };
    assert_eq!(runtime.block_on(spawned).unwrap().unwrap(), "PS2021113010");
    let any = dockseal::APIS[4];
    let request = keyless();
    runtime
        .block_on(movable(client.call_any(any, &request)))
        .unwrap();
    runtime
        .block_on(movable(client.call_raw("m", "[]")))
        .unwrap();
    assert_eq!(server.count(), 3);
}
