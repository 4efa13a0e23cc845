//! What the `dockseal` program is made of: the sandbox gateway, and the verbs of the command line.

pub mod exit;
pub mod language;
pub mod output;
pub mod sandbox;
pub mod verb;
