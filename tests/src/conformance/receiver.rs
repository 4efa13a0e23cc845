//! `cargo xtask conformance receiver FILE...`: pushes of a warehouse system, and what the OMS makes
//! of them.
//!
//! Five kinds of case, told apart by their members and never by the file's name: one push as
//! parameters (stock-in or transfer), several pushes one after the other (`steps`), a raw form body
//! (`body`), and a text that is signed (`assembled`). `tests/receiver-cases/README.md` describes
//! them member by member.

mod assemble;
mod exchange;
mod form;
mod kind;
mod normal;
mod oms;
mod push;

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use tokio::runtime::{Builder, Runtime};

use self::kind::CaseKind;
use super::cases::{self, Malformed, Outcome, Verdict};
use super::datum::Datum;

/// Runs every case of the files and reports to `out`.
///
/// # Errors
/// `out` cannot be written, or there is no runtime. A file that cannot be read is reported and
/// counted.
pub fn receiver(files: &[PathBuf], out: &mut impl Write) -> io::Result<Outcome> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    cases::run_files(files, |line| run(&runtime, line), out)
}

fn run(runtime: &Runtime, line: &[u8]) -> Result<Verdict, Malformed> {
    let case = Datum::parse(line)?;
    if case.as_map().is_none() {
        return Err(Malformed("expected a JSON object".to_owned()));
    }
    let name = case.text("name")?.to_owned();
    // One case that brings the receiver down must not hide how the others come out.
    let found = catch_unwind(AssertUnwindSafe(|| runtime.block_on(difference(&case))));
    let difference = match found {
        Ok(found) => found?,
        Err(_) => Some("the receiver panicked".to_owned()),
    };
    Ok(Verdict {
        name,
        differences: difference.into_iter().collect(),
    })
}

/// The first place where a case comes out otherwise; none when it passes.
async fn difference(case: &Datum) -> Result<Option<String>, Malformed> {
    match kind::of(case)? {
        CaseKind::Assemble => assemble::difference(case),
        CaseKind::Sequence => exchange::sequence(case).await,
        CaseKind::Http => exchange::http(case).await,
        CaseKind::Push(kind) => push::difference(case, kind).await,
    }
}

#[cfg(test)]
mod tests;
