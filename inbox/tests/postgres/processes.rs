//! Several processes on one database, with connections and processes that end without warning.
//!
//! The processes are this program again: `a_process_that_pushes` is what they run.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use dockseal::receiver::Outcome;
use dockseal_inbox::postgres::Inbox;
use tokio::task::JoinSet;

use crate::place::{self, Schema};
use crate::suite::{Place as _, Push, documents, goods, receiver, send, stockin};

/// Different pushes, and how often each process sends each.
const PUSHES: usize = 200;
const TIMES: usize = 5;
/// Pushes of one process under way at once.
const AT_ONCE: usize = 64;
/// Documents that the pushes are about.
const DOCUMENTS: usize = 20;

/// What tells a process that it is one.
const SCHEMA: &str = "DOCKSEAL_TEST_SCHEMA";
const CONNECTIONS: &str = "DOCKSEAL_TEST_CONNECTIONS";

/// The push of this number, the same in every process: each third by its other identifier.
fn push(number: usize) -> Push {
    let document = number % DOCUMENTS;
    let (name, entry) = (format!("IN-{document}"), format!("E-{document}"));
    let second = u32::try_from(number).unwrap();
    let push = match number / DOCUMENTS % 3 {
        0 => stockin(&name, "PARTIN", 1).with("entry_order_id", entry),
        1 => stockin(&name, "PARTIN", 1),
        _ => stockin("", "PARTIN", 1).with("entry_order_id", entry),
    };
    push.at(second)
}

/// Pushes everything and prints a line for each answer: number, outcome, reply.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the tests beside it"]
async fn a_process_that_pushes() {
    let (Ok(schema), Ok(connections)) = (std::env::var(SCHEMA), std::env::var(CONNECTIONS)) else {
        return;
    };
    let mut config = place::server().unwrap();
    config
        .options(format!("-c search_path={schema}"))
        .application_name(&schema);
    let pool = place::pool(config, connections.parse().unwrap());
    let receiver = receiver(Inbox::with_pool(pool).await.unwrap());
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (receiver, next) = (receiver.clone(), Arc::clone(&next));
        tasks.spawn(async move {
            loop {
                let turn = next.fetch_add(1, Ordering::Relaxed);
                if turn >= PUSHES * TIMES {
                    return;
                }
                // One push again and again, so that it is under way several times at once.
                let number = turn / TIMES;
                let answer = send(&receiver, &push(number)).await;
                let outcome = match answer.outcome {
                    Outcome::Taken { .. } => "taken".to_owned(),
                    Outcome::Repeated { .. } => "repeated".to_owned(),
                    other => format!("{other:?}"),
                };
                println!("\nanswer\t{number}\t{outcome}\t{}", answer.body);
            }
        });
    }
    tasks.join_all().await;
    println!("\nend");
}

/// What the processes printed.
#[derive(Default)]
struct Heard {
    replies: HashMap<usize, HashSet<String>>,
    taken: HashMap<usize, usize>,
    others: Vec<String>,
    answers: usize,
    ends: usize,
}

impl Heard {
    fn line(&mut self, line: &str) {
        if line == "end" {
            self.ends += 1;
        }
        let mut words = line.split('\t');
        if words.next() != Some("answer") {
            return;
        }
        // The last line of a process that was killed may end anywhere.
        let (Some(number), Some(outcome), Some(reply)) = (words.next(), words.next(), words.next())
        else {
            return;
        };
        if !reply.ends_with('}') {
            return;
        }
        let number = number.parse().unwrap();
        self.answers += 1;
        self.replies
            .entry(number)
            .or_default()
            .insert(reply.to_owned());
        match outcome {
            "taken" => *self.taken.entry(number).or_default() += 1,
            "repeated" => {}
            other => self.others.push(format!("{number}: {other}")),
        }
    }

    /// Everything was answered, equal pushes equally, and no push was taken twice.
    fn check(&self) {
        assert!(self.others.is_empty(), "{:?}", self.others);
        assert_eq!(self.replies.len(), PUSHES);
        for (number, replies) in &self.replies {
            assert_eq!(replies.len(), 1, "{number}: {replies:?}");
        }
        assert!(self.taken.values().all(|times| *times == 1));
    }
}

fn start(schema: &Schema, connections: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "processes::a_process_that_pushes"])
        .args(["--ignored", "--nocapture", "--test-threads=1"])
        .env(SCHEMA, &schema.name)
        .env(CONNECTIONS, connections.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Hears a process to its end, and kills it after so many answers.
fn hear(mut process: Child, kill_after: Option<usize>) -> Heard {
    let mut heard = Heard::default();
    for line in BufReader::new(process.stdout.take().unwrap()).lines() {
        heard.line(&line.unwrap());
        if kill_after.is_some_and(|answers| heard.answers == answers) {
            process.kill().unwrap();
        }
    }
    process.wait().unwrap();
    heard
}

fn together(all: Vec<Heard>) -> Heard {
    let mut whole = Heard::default();
    for heard in all {
        for (number, replies) in heard.replies {
            whole.replies.entry(number).or_default().extend(replies);
        }
        for (number, times) in heard.taken {
            *whole.taken.entry(number).or_default() += times;
        }
        whole.others.extend(heard.others);
        whole.answers += heard.answers;
        whole.ends += heard.ends;
    }
    whole
}

/// As many connections for each of two processes as the server has, but not more than pushes.
async fn connections(schema: &Schema) -> usize {
    let most = schema
        .number("SELECT current_setting('max_connections')::bigint")
        .await;
    let most = usize::try_from(most).unwrap();
    (most.saturating_sub(40) / 2).clamp(4, AT_ONCE)
}

async fn one_effect_each(schema: &Schema) {
    let stored = documents(&schema.open().await).await;
    assert_eq!(stored.len(), DOCUMENTS);
    let each = i64::try_from(PUSHES / DOCUMENTS).unwrap();
    for document in stored {
        assert_eq!(goods(&document.receipt), [("A", each, each)]);
        assert!(document.receipt.identifiers().iter().all(Option::is_some));
    }
    let pushes = schema.number("SELECT count(*) FROM dockseal_push").await;
    assert_eq!(pushes, i64::try_from(PUSHES).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_get_the_same_pushes_count_each_once() {
    let Some(schema) = Schema::alone().await else {
        return;
    };
    let connections = connections(&schema).await;
    let processes = [start(&schema, connections), start(&schema, connections)];
    let mut hearing = JoinSet::new();
    for process in processes {
        hearing.spawn_blocking(move || hear(process, None));
    }
    let heard = together(hearing.join_all().await);
    heard.check();
    assert_eq!((heard.ends, heard.answers), (2, 2 * PUSHES * TIMES));
    assert_eq!(heard.taken.len(), PUSHES);
    one_effect_each(&schema).await;
    // A number is used up by each attempt: the locks left nothing to the indexes and to retries.
    let last = schema.number("SELECT max(id) FROM dockseal_push").await;
    assert_eq!(last, i64::try_from(PUSHES).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_and_a_process_that_are_killed_lose_nothing_and_repeat_nothing() {
    let Some(schema) = Schema::alone().await else {
        return;
    };
    let connections = connections(&schema).await;
    let (killed, steady) = (start(&schema, connections), start(&schema, connections));
    let kill_after = fastrand::usize(50..PUSHES * TIMES / 2);
    let mut hearing = JoinSet::new();
    hearing.spawn_blocking(move || hear(killed, Some(kill_after)));
    hearing.spawn_blocking(move || hear(steady, None));

    let over = Arc::new(AtomicBool::new(false));
    let ending = tokio::spawn(end_connections(
        schema.client().await,
        schema.name.clone(),
        Arc::clone(&over),
    ));
    let mut all = hearing.join_all().await;
    // The process that was killed starts anew, and gets everything again.
    let anew = start(&schema, connections);
    all.push(
        tokio::task::spawn_blocking(move || hear(anew, None))
            .await
            .unwrap(),
    );
    over.store(true, Ordering::Relaxed);
    let ended = ending.await.unwrap();

    let heard = together(all);
    heard.check();
    assert_eq!(
        heard.ends, 2,
        "only one was killed, after {kill_after} answers"
    );
    assert!(ended > 0, "no connection was ended");
    one_effect_each(&schema).await;
}

/// Ends connections of the processes at random, until it is over; never all of them, as in a process
/// that has just begun. Returns how many.
async fn end_connections(
    client: tokio_postgres::Client,
    name: String,
    over: Arc<AtomicBool>,
) -> u64 {
    let mut ended = 0;
    while !over.load(Ordering::Relaxed) {
        ended += client
            .execute(
                "SELECT pg_terminate_backend(pid) FROM (
                     SELECT pid FROM pg_stat_activity
                     WHERE application_name = $1 ORDER BY random() OFFSET 8 LIMIT 3) AS chosen",
                &[&name],
            )
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    ended
}
