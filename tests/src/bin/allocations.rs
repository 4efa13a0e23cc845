//! Counts what signing allocates: a line for every gateway and digest, with the count and its name.
//!
//! A program of its own, since its allocator counts, which is slow.

#[path = "bench/payloads.rs"]
mod payloads;
#[path = "bench/prepared.rs"]
mod prepared;

use std::error::Error;

use allocation_counter::measure;
use dockseal::sign::{SecretString, sign};

use self::payloads::SIZES;
use self::prepared::{SECRET, all};

fn main() -> Result<(), Box<dyn Error>> {
    let secret = SecretString::from(SECRET);
    for size in SIZES {
        for message in all(size)? {
            let scheme = &message.gateway.scheme;
            // In the order in which they are sent, so that they have to be sorted.
            let mut params = message.params();
            let mut signature = None;
            let counted = measure(|| {
                signature = Some(sign(scheme, &message.options, &mut params, &secret));
            });
            signature.ok_or("not signed")??;
            anstream::println!("{} {}/{size}", counted.count_total, message.subject);
        }
    }
    Ok(())
}
