//! Exit codes: the same six for every verb, so that scripts can tell a refusal from a doubt.

use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Exit {
    /// Done.
    #[default]
    Ok = 0,
    /// The other side, or the schema, said no.
    Rejected = 1,
    /// The command line or a file is wrong.
    Usage = 2,
    /// Something was sent, and whether it took effect is open.
    Unknown = 3,
    /// Too many calls: wait.
    Throttled = 4,
    /// A signature did not pass.
    Signature = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
