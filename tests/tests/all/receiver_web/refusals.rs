//! Requests that are no pushes: an HTTP status, and the vendor's envelope all the same.

use axum::Router;
use axum::routing::get;
use dockseal::receiver::not_found;

use super::support::form;
use super::support::oms::{Oms, Setup};
use super::support::sender::{Sender, request};

#[test]
fn a_path_where_nothing_is_received_is_404_in_the_envelope() {
    let oms = Oms::start();
    for path in ["/", "/index.php/api/", "/index.php/api/x", "/index.php"] {
        for head in [format!("GET {path} "), format!("POST {path} ")] {
            let mut sender = Sender::connect(oms.address);
            sender.say(request("a=b").replace("POST /index.php/api ", &head));
            sender.reply().refuses(404, "E_PARAM");
        }
    }
}

#[test]
fn a_refusal_that_leaves_a_body_unread_says_that_it_closes() {
    let oms = Oms::start();
    let form = request(&form::stockin("S1"));
    for wrong in [
        form.replace("POST /index.php/api", "POST /elsewhere"),
        form.replace("POST", "PUT"),
        form.replace("x-www-form-urlencoded", "json"),
    ] {
        let mut sender = Sender::connect(oms.address);
        sender.say(wrong);
        assert_eq!(sender.reply().header("connection"), Some("close"));
        assert!(sender.is_closed());
    }
    // A refused push was read: the connection goes on.
    let mut sender = Sender::connect(oms.address);
    sender.push("a=b").refuses(200, "E_PARAM");
    sender.push(&form::stockin("S1")).takes();
}

#[test]
fn another_method_is_405_with_the_one_that_is_allowed() {
    let oms = Oms::start();
    for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
        let mut sender = Sender::connect(oms.address);
        sender.say(format!(
            "{method} /index.php/api HTTP/1.1\r\nHost: oms\r\n\r\n"
        ));
        let reply = sender.reply();
        reply.refuses(405, "E_PARAM");
        assert_eq!(reply.header("allow"), Some("POST"));
    }
}

#[test]
fn a_body_that_is_no_plain_form_in_utf8_is_415() {
    let oms = Oms::start();
    let form = request(&form::stockin("S1"));
    let right = "Content-Type: application/x-www-form-urlencoded\r\n";
    for wrong in [
        "",
        "Content-Type: application/json\r\n",
        "Content-Type: text/plain\r\n",
        "Content-Type: multipart/form-data; boundary=x\r\n",
        "Content-Type: application/x-www-form-urlencoded; charset=gbk\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip\r\n",
    ] {
        let mut sender = Sender::connect(oms.address);
        sender.say(form.replace(right, wrong));
        sender.reply().refuses(415, "E_PARAM");
    }
    let mut sender = Sender::connect(oms.address);
    let utf8 = right.replace("\r\n", "; charset=UTF-8\r\nContent-Encoding: identity\r\n");
    sender.say(form.replace(right, &utf8));
    sender.reply().takes();
}

#[test]
fn what_is_no_http_is_closed() {
    let oms = Oms::start();
    for noise in [
        "\0\0\0\0\r\n\r\n",
        "hello\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}",
    ] {
        let mut sender = Sender::connect(oms.address);
        sender.say(noise);
        sender.fall_silent();
        while !sender.is_closed() {}
    }
    Sender::connect(oms.address)
        .push(&form::stockin("S1"))
        .takes();
}

#[test]
fn badly_framed_chunks_are_400_in_the_envelope() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    let head = request("").replace("Content-Length: 0", "Transfer-Encoding: chunked");
    sender.say(format!("{head}zz\r\nnonsense\r\n"));
    let reply = sender.reply();
    reply.refuses(400, "E_PARAM");
    assert!(sender.is_closed());
}

#[test]
fn the_programs_own_routes_and_fallback_stay_its_own() {
    let own = |pushes: Router| {
        Router::new()
            .route("/health", get(|| async { "well" }))
            .fallback(|| async { "mine" })
            .merge(pushes)
    };
    let oms = Oms::set(Setup {
        app: own,
        ..Setup::default()
    });
    let mut sender = Sender::connect(oms.address);
    for (path, text) in [("/health", "well"), ("/elsewhere", "mine")] {
        sender.say(format!("GET {path} HTTP/1.1\r\nHost: oms\r\n\r\n"));
        assert_eq!(sender.reply().body, text);
    }
    sender.push(&form::stockin("S1")).takes();

    let nested = |pushes: Router| Router::new().nest("/oms", pushes).fallback(not_found);
    let oms = Oms::set(Setup {
        app: nested,
        ..Setup::default()
    });
    let mut sender = Sender::connect(oms.address);
    sender.say(request(&form::stockin("S1")).replace("/index.php", "/oms/index.php"));
    sender.reply().takes();
}
