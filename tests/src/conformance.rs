//! `cargo xtask conformance`: files of cases against the bindings.
//!
//! A file holds one case a line, in JSON: for [`sign()`] signatures of the vendors' own programs, for
//! [`receiver()`] pushes with what an OMS makes of them. Failing names go to the output, then the
//! totals.

mod cases;
mod datum;
mod difference;
mod receiver;
mod sign;

pub use self::cases::Outcome;
pub use self::receiver::receiver;
pub use self::sign::sign;
