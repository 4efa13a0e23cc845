//! A receiver that is killed in the middle of its work, again and again: what was acknowledged is
//! there, once, and a redelivery gets the same reply.
//!
//! `DOCKSEAL_KILL_ROUNDS` says how often (50 when it does not), `DOCKSEAL_KILL_SEED` from where the
//! moments are drawn; the seed is printed. A killed process leaves its commits to the operating
//! system, so that this says nothing of a power cut.

mod wms;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use dockseal::receiver::Receipt;
use dockseal_inbox::{
    Browse as _, DocumentFilter, Inbox, Page, PushFilter, StoredDocument, StoredPush,
};
use serde_json::Value;

use crate::served::push::Connection;
use crate::served::{self, Served};
use wms::{Plan, Push, Sent};

/// Connections that push at once.
const SYSTEMS: usize = 8;

#[test]
fn nothing_acknowledged_is_lost_and_nothing_counts_twice_when_the_receiver_is_killed() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u64>().unwrap())
    };
    let rounds = number("DOCKSEAL_KILL_ROUNDS").unwrap_or(50);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seed = number("DOCKSEAL_KILL_SEED").unwrap_or_else(|| now.unwrap().as_secs());
    println!("proof kill: {rounds} rounds, seed {seed}");
    let directory = served::scratch("kill");
    let mut random = Random(seed);
    let mut total = Counts::default();
    for round in 0..rounds {
        let moment = Duration::from_micros(10_000 + random.next() % 90_000);
        let place = directory.join(format!("{round}"));
        std::fs::create_dir(&place).unwrap();
        println!("round {round}: killed {moment:?} after the first reply");
        total.add(&one_round(&place, moment));
        std::fs::remove_dir_all(&place).unwrap();
    }
    println!("{total:?}");
    assert!(total.acknowledged > rounds, "{total:?}");
}

/// What the rounds went through.
#[derive(Debug, Default)]
struct Counts {
    acknowledged: u64,
    unanswered: u64,
    /// Of the unanswered ones, those that were safe on disk all the same.
    committed: u64,
    delivered: u64,
    delivered_twice: u64,
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.acknowledged += other.acknowledged;
        self.unanswered += other.unanswered;
        self.committed += other.committed;
        self.delivered += other.delivered;
        self.delivered_twice += other.delivered_twice;
    }
}

fn one_round(place: &Path, moment: Duration) -> Counts {
    let file = place.join("inbox.db");
    let (first, sent) = pushed_until_killed(&file, moment);
    let committed = survived(&copy(&file), &sent);

    let receiver = Served::start(&file, &[]);
    let bell = redelivered(&receiver, &sent);
    let last = delivered_to_the_end(receiver, &file, &bell);

    let pushes: Vec<&Push> = sent.iter().map(|sent| &sent.push).chain([&bell]).collect();
    let (stored, documents) = read(&file);
    assert_there_once(&stored, &pushes);
    assert_nothing_doubled(&documents, &sent, &bell);
    let all: Vec<Value> = first.into_iter().chain(last).collect();
    let twice = assert_delivered(&all, &stored, &documents);
    assert_sound(&file);

    let acknowledged = sent.iter().filter(|sent| sent.reply.is_some()).count();
    Counts {
        acknowledged: acknowledged as u64,
        unanswered: (sent.len() - acknowledged) as u64,
        committed: (committed - acknowledged) as u64,
        delivered: all.len() as u64,
        delivered_twice: twice,
    }
}

/// All systems push until the receiver is killed: what it delivered, and what they sent.
fn pushed_until_killed(file: &Path, moment: Duration) -> (Vec<Value>, Vec<Sent>) {
    let receiver = Served::start(file, &[]);
    let (told, acknowledged) = channel();
    let systems: Vec<_> = (0..SYSTEMS)
        .map(|system| {
            let (address, told) = (receiver.address.clone(), told.clone());
            thread::spawn(move || push_on(&address, system, &told))
        })
        .collect();
    acknowledged.recv_timeout(Duration::from_secs(60)).unwrap();
    thread::sleep(moment);
    let delivered = receiver.kill();
    let sent = systems
        .into_iter()
        .flat_map(|system| system.join().unwrap());
    (delivered, sent.collect())
}

/// Pushes until no answer comes.
fn push_on(address: &str, system: usize, acknowledged: &Sender<()>) -> Vec<Sent> {
    let mut connection = Connection::open(address);
    let mut plan = Plan::new(system);
    let mut sent = Vec::new();
    loop {
        let push = plan.next();
        let reply = connection.push(&push.body);
        let is_over = reply.is_none();
        if let Some(reply) = &reply {
            assert!(reply.starts_with(br#"{"rsp":"succ""#), "{}", text(reply));
            // Nobody listens after the first.
            let _ = acknowledged.send(());
        }
        sent.push(Sent { push, reply });
        if is_over {
            return sent;
        }
    }
}

/// The database as the kill left it, with its log, beside the one that is used on.
fn copy(file: &Path) -> PathBuf {
    let copy = file.with_extension("copy");
    std::fs::copy(file, &copy).unwrap();
    let log = |file: &Path| PathBuf::from(format!("{}-wal", file.display()));
    std::fs::copy(log(file), log(&copy)).unwrap();
    copy
}

/// Everything acknowledged is in there, once, with the reply that was given; how many pushes there are.
fn survived(file: &Path, sent: &[Sent]) -> usize {
    assert_sound(file);
    let (stored, _) = read(file);
    let mut known: HashMap<&[u8], &Sent> = HashMap::new();
    for sent in sent {
        known.insert(sent.push.body.as_bytes(), sent);
    }
    for push in &stored {
        // Removed, so that a second one is not known.
        let sent = known
            .remove(push.body.as_slice())
            .expect("sent, and there once");
        if let Some(reply) = &sent.reply {
            assert_eq!(text(reply), push.reply);
        }
    }
    assert!(
        known.values().all(|sent| sent.reply.is_none()),
        "a push was lost"
    );
    stored.len()
}

/// Every system pushes all it sent once more; the push that was sent last, so that the receiver
/// looks for deliveries again.
fn redelivered(receiver: &Served, sent: &[Sent]) -> Push {
    thread::scope(|scope| {
        let size = sent.len().div_ceil(SYSTEMS);
        for part in sent.chunks(size) {
            scope.spawn(move || {
                let mut connection = Connection::open(&receiver.address);
                for sent in part {
                    let reply = connection.push(&sent.push.body).unwrap();
                    match &sent.reply {
                        Some(first) => assert_eq!(text(&reply), text(first)),
                        None => assert!(reply.starts_with(br#"{"rsp":"succ""#), "{}", text(&reply)),
                    }
                }
            });
        }
    });
    wms::bell()
}

/// Waits until nothing is left to deliver, and kills the receiver; what it delivered.
fn delivered_to_the_end(receiver: Served, file: &Path, bell: &Push) -> Vec<Value> {
    let inbox = rusqlite::Connection::open(file).unwrap();
    inbox.busy_timeout(Duration::from_secs(60)).unwrap();
    // What the first process had in hand is nobody's for a minute. It is over now.
    let over = "UPDATE delivery SET due_at = 0 WHERE due_at IS NOT NULL";
    inbox.execute(over, []).unwrap();
    Connection::open(&receiver.address)
        .push(&bell.body)
        .unwrap();
    let patience = Instant::now() + Duration::from_secs(60);
    let left = || {
        let count = "SELECT count(*) FROM delivery";
        inbox
            .query_row(count, [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    while left() > 0 {
        assert!(Instant::now() < patience, "{} not delivered", left());
        thread::sleep(Duration::from_millis(5));
    }
    drop(inbox);
    receiver.kill()
}

/// Everything in an inbox, in order.
fn read(file: &Path) -> (Vec<StoredPush>, Vec<StoredDocument>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let inbox = Inbox::open_existing(file).unwrap();
        let (mut pushes, mut documents) = (Vec::<StoredPush>::new(), Vec::<StoredDocument>::new());
        let mut page = Page::first(500);
        loop {
            let more = inbox.stored(PushFilter::default(), page).await.unwrap();
            let Some(last) = more.last() else { break };
            page = page.behind(last.row.push);
            pushes.extend(more);
        }
        let mut page = Page::first(500);
        loop {
            let more = inbox
                .documents(DocumentFilter::default(), page)
                .await
                .unwrap();
            let Some(last) = more.last() else { break };
            page = page.behind(last.document);
            documents.extend(more);
        }
        (pushes, documents)
    })
}

fn assert_there_once(stored: &[StoredPush], pushes: &[&Push]) {
    let bodies: BTreeSet<_> = stored.iter().map(|push| push.body.as_slice()).collect();
    let sent: BTreeSet<_> = pushes.iter().map(|push| push.body.as_bytes()).collect();
    assert_eq!(stored.len(), bodies.len(), "a push is there twice");
    assert!(bodies == sent, "{} pushes of {}", bodies.len(), sent.len());
}

/// Status and pieces of a document.
type Sums = (String, BTreeMap<String, i64>);

/// The documents are what all pushes make of them, each counted once.
fn assert_nothing_doubled(documents: &[StoredDocument], sent: &[Sent], bell: &Push) {
    let mut expected: BTreeMap<&str, Sums> = BTreeMap::new();
    for push in sent.iter().map(|sent| &sent.push).chain([bell]) {
        let is_new = !expected.contains_key(push.number.as_str());
        let (status, goods) = expected.entry(&push.number).or_default();
        // A system's own pushes are in order here, and to the shared document all are in part.
        status.clone_from(&push.status);
        if is_new || !push.is_transfer {
            *goods.entry(push.goods.0.clone()).or_default() += push.goods.1;
        }
    }
    let found: Vec<(&str, Sums)> = documents
        .iter()
        .map(|document| {
            let receipt = &document.receipt;
            let number = receipt.identifiers()[0].unwrap();
            (number, (receipt.status().to_owned(), goods(receipt)))
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "a document is there twice");
    for (number, sums) in found {
        assert_eq!(Some(&sums), expected.get(number), "{number}");
    }
}

fn goods(receipt: &Receipt) -> BTreeMap<String, i64> {
    match receipt {
        Receipt::Stockin(of) => {
            let items = of.items.iter();
            items
                .map(|item| (item.product_bn.clone(), item.normal_num))
                .collect()
        }
        Receipt::Transfer(of) => {
            let items = of.items.iter();
            items
                .map(|item| (item.product_bn.clone(), item.in_count))
                .collect()
        }
    }
}

/// Every effect was printed, those of a document in order, and last what the document is now; how
/// many were printed again.
fn assert_delivered(all: &[Value], stored: &[StoredPush], documents: &[StoredDocument]) -> u64 {
    let rows: HashMap<i64, &StoredPush> = stored.iter().map(|push| (push.row.push, push)).collect();
    let mut last: HashMap<i64, (i64, &Value)> = HashMap::new();
    let mut seen = BTreeSet::new();
    let mut twice = 0;
    for delivery in all {
        let push = delivery["push"].as_i64().unwrap();
        let row = &rows[&push].row;
        assert_eq!(delivery["effect"], row.effect.name());
        twice += u64::from(!seen.insert(push));
        let before = last.insert(row.document, (push, delivery));
        assert!(
            before.is_none_or(|(before, _)| before <= push),
            "push {push} came after a later one"
        );
    }
    let effects: BTreeSet<_> = stored
        .iter()
        .filter(|push| push.row.effect.is_delivered())
        .map(|push| push.row.push)
        .collect();
    assert_eq!(seen, effects);
    for document in documents {
        let (_, delivery) = last[&document.document];
        let now: Value = serde_json::from_str(&document.receipt.to_json()).unwrap();
        assert_eq!(delivery["document"], now);
    }
    twice
}

fn assert_sound(file: &Path) {
    let database = rusqlite::Connection::open(file).unwrap();
    let check = "PRAGMA integrity_check";
    let said: String = database.query_row(check, [], |row| row.get(0)).unwrap();
    assert_eq!(said, "ok");
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Numbers that a seed decides (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
