//! Sixty-four calls of the async client at a time, to all gateways: none fails, and the process does
//! not grow.
//!
//! ```sh
//! DOCKSEAL_LOAD_SECONDS=10 cargo test --release -p dockseal-cli --test load -- --nocapture
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may stop"
)]

// A program of its own: its memory is measured.
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "one example is needed of it"
)]
#[path = "all/clients/mod.rs"]
mod clients;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clients::example;
use dockseal::api::Request;
use dockseal::client::Client;
use dockseal::gateway::Marker;
use dockseal::shopex_oms::{ShopexOms, StockinStatusUpdate, TransferorderUpdate};
use dockseal::taobao_top::{ProtocolCallback, TaobaoTop};
use dockseal::wangdian_enterprise::{StockinRefundPush, WangdianEnterprise};
use dockseal::wangdian_flagship::{ProcessUpload, WangdianFlagship};
use dockseal_cli::sandbox::{Running, Sandbox, account};

const AT_A_TIME: u64 = 64;

/// Connections, threads and the sandbox's own log are there after so much of the time.
const WARM_UP: f64 = 0.25;

/// What the process may grow by after the warm-up, in KiB, and for each document of its own: the
/// sandbox remembers those.
const ONCE: u64 = 8 << 10;
const PER_DOCUMENT: u64 = 2;

/// Calls to one document of its own.
const SHARE: u64 = 5;

/// The clients that a load needs: one for each gateway, shared by all callers.
struct Clients {
    flagship: Client<WangdianFlagship>,
    enterprise: Client<WangdianEnterprise>,
    top: Client<TaobaoTop>,
    oms: Client<ShopexOms>,
}

fn client<G: Marker>(sandbox: &Running) -> Client<G> {
    let gateway = G::GATEWAY.name;
    let keys = account(gateway).unwrap().keys().unwrap();
    Client::builder(keys.try_into().unwrap())
        .base_url(sandbox.base_url(gateway))
        .max_in_flight(usize::try_from(AT_A_TIME).unwrap())
        .build()
        .unwrap()
}

impl Clients {
    fn new(sandbox: &Running) -> Clients {
        Clients {
            flagship: client(sandbox),
            enterprise: client(sandbox),
            top: client(sandbox),
            oms: client(sandbox),
        }
    }

    /// One call. Only the enterprise edition wants every document to be another one.
    async fn call(&self, number: u64) {
        match number % SHARE {
            0 => well(&self.flagship, example::<ProcessUpload>()).await,
            1 => {
                let mut push = example::<StockinRefundPush>();
                push.stockin_refund_info.outer_no = format!("LOAD-{number}");
                well(&self.enterprise, push).await;
            }
            2 => {
                let mut receipt = example::<ProtocolCallback>();
                receipt.process_do.out_bill_code = format!("LOAD-{}", number % 100);
                well(&self.top, receipt).await;
            }
            3 => well(&self.oms, example::<StockinStatusUpdate>()).await,
            _ => well(&self.oms, example::<TransferorderUpdate>()).await,
        }
    }
}

async fn well<G, R>(client: &Client<G>, request: R)
where
    G: Marker,
    R: Request<Gateway = G>,
    R::Reply: std::fmt::Debug,
{
    if let Err(error) = client.call(&request).await {
        panic!("{}: {error}", R::API.method);
    }
}

/// Resident memory in KiB, where the system says.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn seconds() -> f64 {
    let asked = std::env::var("DOCKSEAL_LOAD_SECONDS").ok();
    asked.map_or(2.0, |text| text.parse().expect("a number of seconds"))
}

#[test]
fn many_calls_at_a_time_all_succeed_and_memory_stays_where_it_is() {
    let sandbox = Sandbox::builder().start().unwrap();
    let clients = Arc::new(Clients::new(&sandbox));
    let time = Duration::from_secs_f64(seconds());
    let runtime = tokio::runtime::Runtime::new().unwrap();

    let (stop, next) = (
        Arc::new(AtomicBool::new(false)),
        Arc::new(AtomicU64::new(0)),
    );
    let begun = Instant::now();
    let callers: Vec<_> = (0..AT_A_TIME)
        .map(|_| {
            let (clients, stop, next) =
                (Arc::clone(&clients), Arc::clone(&stop), Arc::clone(&next));
            runtime.spawn(async move {
                let mut took = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let begun = Instant::now();
                    clients.call(next.fetch_add(1, Ordering::Relaxed)).await;
                    took.push(begun.elapsed());
                }
                took
            })
        })
        .collect();
    std::thread::sleep(time.mul_f64(WARM_UP));
    let (warm, calls_warm) = (resident(), sandbox.count());
    std::thread::sleep(time.mul_f64(1.0 - WARM_UP));
    let (after, calls_after) = (resident(), sandbox.count());
    stop.store(true, Ordering::Relaxed);
    let mut took: Vec<Duration> = Vec::new();
    for caller in callers {
        took.extend(runtime.block_on(caller).expect("no call failed"));
    }
    let whole = begun.elapsed();

    took.sort_unstable();
    let calls = took.len();
    assert_eq!(calls as u64, sandbox.count(), "each call was sent once");
    assert!(calls as u64 > AT_A_TIME, "{calls} calls");
    println!(
        "{calls} calls in {whole:.1?}: {:.0} calls/s, p50 {:.1?}, p99 {:.1?}",
        f64::from(u32::try_from(calls).unwrap()) / whole.as_secs_f64(),
        took[calls / 2],
        took[calls * 99 / 100],
    );
    let (Some(warm), Some(after)) = (warm, after) else {
        println!("skipped: this system does not tell resident memory");
        return;
    };
    let bound = ONCE + PER_DOCUMENT * (calls_after - calls_warm) / SHARE;
    println!("resident memory: {warm} KiB warm, {after} KiB at the end, at most {bound} KiB more");
    assert!(after <= warm + bound, "{warm} KiB grew to {after} KiB");
}
