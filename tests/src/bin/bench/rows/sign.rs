//! Signing a prepared request against one digest pass over exactly the bytes that it signs.
//!
//! Both sides end in hexadecimal digits. Parameters stand in order, as they do once they are signed;
//! what sorting costs is part of the row `build`. Allocations are counted by a program of its own,
//! since counting them slows down whatever allocates.

use std::error::Error;
use std::process::{Command, Stdio};

use dockseal::sign::{self, Algorithm, Case, Digest, SecretPlace, SecretString};
use dockseal_tests::nested::cargo;
use hmac::{Hmac, KeyInit, Mac};
use md5::{Digest as _, Md5};
use sha2::Sha256;

use crate::contest::Contest;
use crate::manifest;
use crate::payloads::SIZES;
use crate::prepared::{Prepared, SECRET, all};
use crate::table::Table;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    for size in SIZES {
        for message in all(size)? {
            let outcome = hold(contest, &message)?;
            rows.push((message.subject, size, outcome));
        }
    }
    // All sizes of one digest together.
    rows.sort_by_key(|(subject, ..)| *subject);
    for (subject, size, outcome) in rows {
        table.row(format!("sign/{size}"), subject, outcome);
    }
    table.claim(
        "sign/allocations",
        "the most of all gateways and digests",
        allocations()?,
    );
    Ok(())
}

fn hold(contest: &Contest, message: &Prepared) -> Result<crate::contest::Outcome, Box<dyn Error>> {
    let mut params = message.params();
    let scheme = &message.gateway.scheme;
    let text = sign::assembled(scheme, &message.options, &mut params)?;
    let digest = match message.options.digest {
        None => scheme.digests.first(),
        Some(name) => scheme.digests.iter().find(|digest| digest.name == name),
    };
    let pass = pass(digest.ok_or("no such digest")?, scheme.case, text)?;
    let secret = SecretString::from(SECRET);
    let mut ours = || sign::sign(scheme, &message.options, &mut params, &secret);
    let (signature, digits) = (ours()?, pass());
    if !digits.starts_with(signature.as_str().as_bytes()) {
        return Err(format!("{}: another signature", message.subject).into());
    }
    contest.hold(ours, pass)
}

/// From bytes that stand ready one behind the other to the digits, and zeros behind them.
type Pass = Box<dyn Fn() -> [u8; 64]>;

fn pass(digest: &Digest, case: Case, text: String) -> Result<Pass, Box<dyn Error>> {
    let digits = match case {
        Case::Lower => b"0123456789abcdef",
        Case::Upper => b"0123456789ABCDEF",
    };
    let key = SECRET.as_bytes();
    Ok(match (digest.algorithm, digest.secret) {
        (Algorithm::Md5, SecretPlace::Around) => {
            let text = format!("{SECRET}{text}{SECRET}");
            Box::new(move || hex(&Md5::digest(&text), digits))
        }
        (Algorithm::Md5, SecretPlace::After) => {
            let text = format!("{text}{SECRET}");
            Box::new(move || hex(&Md5::digest(&text), digits))
        }
        (Algorithm::Md5, SecretPlace::AfterInnerDigest) => Box::new(move || {
            let mut outer = hex(&Md5::digest(&text), b"0123456789ABCDEF");
            if let Some(end) = outer.last_chunk_mut() {
                *end = *SECRET.as_bytes().first_chunk().unwrap_or(&[0; 32]);
            }
            hex(&Md5::digest(outer), digits)
        }),
        (Algorithm::HmacMd5, SecretPlace::Key) => {
            let keyed = || Hmac::<Md5>::new_from_slice(key);
            keyed()?;
            Box::new(move || {
                let mac = keyed().map(|mac| mac.chain_update(&text).finalize());
                mac.map_or([0; 64], |mac| hex(&mac.into_bytes(), digits))
            })
        }
        (Algorithm::HmacSha256, SecretPlace::Key) => {
            let keyed = || Hmac::<Sha256>::new_from_slice(key);
            keyed()?;
            Box::new(move || {
                let mac = keyed().map(|mac| mac.chain_update(&text).finalize());
                mac.map_or([0; 64], |mac| hex(&mac.into_bytes(), digits))
            })
        }
        _ => return Err("no such place for a secret".into()),
    })
}

fn hex(bytes: &[u8], digits: &[u8; 16]) -> [u8; 64] {
    let digit = |nibble: u8| digits.get(usize::from(nibble)).copied().unwrap_or_default();
    let mut text = [0; 64];
    for (pair, byte) in text.as_chunks_mut().0.iter_mut().zip(bytes) {
        *pair = [digit(byte >> 4), digit(byte & 0xF)];
    }
    text
}

/// What the program `allocations` counts: the one beside this program, as the tests have it, or else
/// it is built.
fn allocations() -> Result<f64, Box<dyn Error>> {
    let beside = std::env::current_exe()?.with_file_name("allocations");
    let mut program = if beside.exists() {
        Command::new(beside)
    } else {
        let mut cargo = cargo();
        cargo
            .current_dir(manifest())
            .args("run --quiet --release --features=bench --bin=allocations".split(' '));
        cargo
    };
    let run = program.stderr(Stdio::inherit()).output()?;
    if !run.status.success() {
        return Err("allocations could not be counted".into());
    }
    let counted = String::from_utf8(run.stdout)?;
    let counts = counted.lines().map(|line| {
        let count = line.split_once(' ').ok_or("no count")?.0;
        Ok(count.parse::<f64>()?)
    });
    let counts: Result<Vec<f64>, Box<dyn Error>> = counts.collect();
    counts?
        .into_iter()
        .reduce(f64::max)
        .ok_or_else(|| "nothing was counted".into())
}
