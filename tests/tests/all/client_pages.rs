//! Both clients walk through the pages of a list, over real HTTP on the loopback.
//!
//! The API is invented: its schema lies in `fixtures/paged`, and so does the module that the
//! generator made of it, which `pages.rs` holds fresh.

#[rustfmt::skip]
#[path = "../../fixtures/paged/goods_goods_list.rs"]
#[allow(dead_code, unreachable_pub, clippy::pedantic, reason = "generated")]
mod goods_goods_list;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use dockseal::blocking;
use dockseal::client::{Client, PagesError};
use dockseal::pages::WalkError;
use dockseal::reply::{CallError, NotSent};
use dockseal::send::PrepareError;
use dockseal::wangdian_flagship::{Credentials, GATEWAY, ProcessUpload, WangdianFlagship};
use goods_goods_list::{GoodsList, GoodsPage};

/// A gateway with five articles; what it is asked for is written down.
struct Played {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Plays the gateway; `reply` makes a body of a page's number and size.
fn play(reply: impl Fn(usize, usize) -> String + Send + 'static) -> Played {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/openapi", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
            reader.read_line(&mut first).unwrap();
            while line != "\r\n" {
                line.clear();
                reader.read_line(&mut line).unwrap();
                let header = line.to_lowercase();
                if let Some(value) = header.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let query = first.split(['?', ' ']).nth(2).unwrap().to_owned();
            let get = |name: &str| -> String {
                let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                pairs.find(|pair| pair.0 == name).unwrap().1.to_owned()
            };
            let (number, size) = (get("page_no"), get("page_size"));
            let note = format!("{number}x{size} {}", get("calc_total"));
            notes.lock().unwrap().push(note);
            let body = reply(number.parse().unwrap(), size.parse().unwrap());
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            reader.into_inner().write_all(answer.as_bytes()).unwrap();
        }
    });
    Played { address, asked }
}

fn five(number: usize, size: usize) -> String {
    let all = ["A", "B", "C", "D", "E"].into_iter();
    let items = all.skip(number * size).take(size);
    let items: Vec<_> = items.map(|no| format!(r#"{{"spec_no":"{no}"}}"#)).collect();
    let total = if number == 0 {
        r#""total_count":5,"#
    } else {
        ""
    };
    format!(
        r#"{{"status":0,"data":{{{total}"order":[{}]}}}}"#,
        items.join(",")
    )
}

fn account() -> Credentials {
    Credentials::new("sid", "key", "secret:salt").unwrap()
}

fn blocking(address: &str) -> blocking::Client<WangdianFlagship> {
    let builder = blocking::Client::builder(account()).base_url(address);
    builder.build().unwrap()
}

fn asynchronous(address: &str) -> Client<WangdianFlagship> {
    let builder = Client::builder(account()).base_url(address);
    builder.build().unwrap()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

fn names(page: GoodsPage) -> String {
    let lines = page.order.unwrap_or_default().into_iter();
    lines.map(|line| line.spec_no).collect()
}

/// What an iteration gave, page by page.
fn told<R: std::fmt::Debug>(page: Result<GoodsPage, PagesError<R>>) -> String {
    page.map_or_else(|error| error.to_string(), names)
}

#[test]
fn both_clients_give_every_page_once_and_ask_for_the_total_once() {
    let list = GoodsList::new("B");
    let played = play(five);
    let client = blocking(&played.address);
    let mut pages = client.pages(&list);
    assert_eq!(pages.total(), None);
    assert_eq!(pages.next().map(told).unwrap(), "AB");
    assert_eq!(pages.total(), Some(5));
    let rest: Vec<_> = pages.map(told).collect();
    assert_eq!(rest, ["CD", "E"]);
    let expected = ["0x2 1", "1x2 0", "2x2 0"];
    assert_eq!(*played.asked.lock().unwrap(), expected);

    let played = play(five);
    let client = asynchronous(&played.address);
    let got = run(async {
        let mut pages = client.pages(&list);
        let mut got = Vec::new();
        while let Some(page) = pages.next().await {
            got.push(told(page));
        }
        assert_eq!(pages.total(), Some(5));
        got
    });
    assert_eq!(got, ["AB", "CD", "E"]);
    assert_eq!(*played.asked.lock().unwrap(), expected);
}

#[test]
fn size_and_number_of_pages_may_be_chosen() {
    let list = GoodsList::new("B");
    let played = play(five);
    let client = blocking(&played.address);
    let pages = client.pages(&list).with_size(4);
    assert_eq!(pages.map(told).collect::<Vec<_>>(), ["ABCD", "E"]);
    let pages = client.pages(&list).with_most_pages(1);
    let all: Result<Vec<_>, _> = pages.collect();
    let error = all.unwrap_err();
    assert_eq!(error, PagesError::Walk(WalkError::TooMany { pages: 1 }));
    let expected = ["0x4 1", "1x4 0", "0x2 1"];
    assert_eq!(*played.asked.lock().unwrap(), expected);
}

#[test]
fn a_gateway_that_ignores_the_page_number_ends_the_walk_with_an_error() {
    let played = play(|_, size| five(0, size));
    let (list, client) = (GoodsList::new("B"), blocking(&played.address));
    let got: Vec<_> = client.pages(&list).map(told).collect();
    let repeated = WalkError::Repeated { number: 1 }.to_string();
    assert_eq!(got, ["AB", &repeated]);
}

#[test]
fn a_failure_ends_the_walk_after_the_pages_before_it() {
    let refuse = |number, size| match number {
        1 => r#"{"status":6,"message":"no"}"#.to_owned(),
        _ => five(number, size),
    };
    let played = play(refuse);
    let (list, client) = (GoodsList::new("B"), asynchronous(&played.address));
    run(async {
        let mut pages = client.pages(&list);
        assert_eq!(pages.next().await.map(told).unwrap(), "AB");
        let end = pages.next().await.unwrap();
        let rejected = matches!(&end, Err(PagesError::Call(CallError::Rejected(_))));
        assert!(rejected, "{}", told(end));
        assert!(pages.next().await.is_none());
    });
}

#[test]
fn an_api_without_pages_sends_nothing() {
    let played = play(five);
    let client = blocking(&played.address);
    let upload = ProcessUpload::new("A", "B", "C", "D", 1, Vec::new());
    let mut pages = client.pages(&upload);
    let refused = PrepareError::NoPages("process.Process.upload".to_owned());
    let refused = PagesError::Call(CallError::NotSent(NotSent::Prepare(refused)));
    assert_eq!(pages.next(), Some(Err(refused)));
    assert_eq!(pages.next(), None);
    assert!(played.asked.lock().unwrap().is_empty());
}
