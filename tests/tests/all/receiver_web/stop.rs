//! The end of the server: requests under way end first, but not for ever.

use std::net::TcpStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dockseal::receiver::{NodeTokens, Receiver, ServeSettings, router};
use dockseal_inbox::Inbox;

use super::support::form;
use super::support::oms::{Oms, PATIENCE, Setup, folder};
use super::support::sender::{HEAD, Sender, request};

#[test]
fn a_request_under_way_is_answered_before_the_server_ends() {
    let mut oms = Oms::start();
    let mut idle = Sender::connect(oms.address);
    idle.push(&form::stockin("S1")).takes();
    let form = form::stockin("S2");
    let (first, rest) = form.split_at(10);
    let mut busy = Sender::connect(oms.address);
    let expect = "Expect: 100-continue\r\n";
    busy.say(format!(
        "{HEAD}{expect}Content-Length: {}\r\n\r\n",
        form.len()
    ));
    // It is under way: its body is asked for.
    assert_eq!(busy.reply().status, 100);
    busy.say(first);

    oms.ask_to_stop();
    assert!(idle.is_closed());
    busy.say(rest);
    let reply = busy.reply();
    reply.takes();
    assert!(busy.is_closed());
    oms.wait();
    assert!(TcpStream::connect(oms.address).is_err());
}

#[test]
fn a_request_that_does_not_end_is_cut_off_when_the_grace_is_over() {
    let mut serve = ServeSettings::default();
    serve.grace = Duration::from_millis(300);
    let mut oms = Oms::set(Setup {
        serve,
        ..Setup::default()
    });
    let mut busy = Sender::connect(oms.address);
    let expect = "Expect: 100-continue\r\n";
    busy.say(format!("{HEAD}{expect}Content-Length: 1000\r\n\r\n"));
    assert_eq!(busy.reply().status, 100);
    oms.ask_to_stop();
    oms.wait();
    assert!(busy.is_closed());
}

#[test]
fn the_worker_ends_with_the_last_clone_of_its_router() {
    let folder = folder();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let inbox = Inbox::open(folder.join("inbox.db")).unwrap();
    let kept = Arc::new(());
    let held = Arc::clone(&kept);
    let app = router(Receiver::new(inbox, NodeTokens::by_node_id()), move |_| {
        let _held = Arc::clone(&held);
        async { Ok::<(), &str>(()) }
    });
    let clone = app.clone();
    drop(app);
    assert_eq!(Arc::strong_count(&kept), 2);
    drop(clone);
    let since = Instant::now();
    while Arc::strong_count(&kept) > 1 {
        assert!(since.elapsed() < PATIENCE, "the handler is still held");
        std::thread::sleep(Duration::from_millis(5));
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn axum_serves_the_router_too() {
    let folder = folder();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let address = runtime.block_on(async {
        let inbox = Inbox::open(folder.join("inbox.db")).unwrap();
        let tokens = NodeTokens::by_node_id().with(form::NODE, form::TOKEN);
        let app = router(Receiver::new(inbox, tokens), |_| async {
            Ok::<(), &str>(())
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async { axum::serve(listener, app).await });
        address
    });
    let mut sender = Sender::connect(address);
    sender.push(&form::stockin("S1")).takes();
    sender.say(request("").replace("POST", "GET"));
    sender.reply().refuses(405, "E_PARAM");
    runtime.shutdown_timeout(Duration::from_secs(5));
    std::fs::remove_dir_all(folder).unwrap();
}
