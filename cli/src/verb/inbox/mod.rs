//! `dockseal inbox`: what a receiver remembers, for the operator of an OMS: lists, single pushes and
//! documents, another delivery, and everything as JSON lines.

mod export;
mod filter;
mod indent;
mod list;
mod replay;
mod show;
pub(super) mod store;

use super::Context;
use crate::output::{Answer, Complaint};

/// What to do with an inbox.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// List pushes, or the documents that they make 列出推送或单据
    #[command(
        after_help = "Examples:\n  dockseal inbox ls --inbox inbox.db --since \"2025-01-31 08:00:00\"\n  dockseal inbox ls --undelivered --limit 20 --after 1200\n  dockseal inbox ls --documents --kind stockin --status PARTIN\n  dockseal inbox ls --number I20250101001 --json\n\nExit codes: 0 listed, 1 nothing fits, 2 the command line is wrong or the inbox cannot be read"
    )]
    Ls(list::Options),
    /// Show one push, or one document 查看单次推送或单据
    #[command(
        after_help = "Examples:\n  dockseal inbox show 1201 --inbox inbox.db\n  dockseal inbox show 1201 --body\n  dockseal inbox show --document 77 --json\n\nOf the signature only the beginning is shown. --body shows the form as it was received, signature and all.\n\nExit codes: 0 shown, 1 there is none of that number, 2 the command line is wrong or the inbox cannot be read"
    )]
    Show(show::Options),
    /// Let pushes have their effect again 重新投递
    #[command(
        after_help = "Examples:\n  dockseal inbox replay 1201 1205 --inbox inbox.db\n\nA push that the handler was done with is handed to it again, with the same key. A push in quarantine is counted now, unless its document is finished: then it stays there. The running receiver delivers it.\n\nExit codes: 0 each will be delivered, 1 one of them will not, 2 the command line is wrong or the inbox cannot be used; of several numbers, those before the one that failed are done"
    )]
    Replay(replay::Options),
    /// Write pushes or documents as JSON lines 导出为 JSON 行
    #[command(
        after_help = "Examples:\n  dockseal inbox export --inbox inbox.db > pushes.jsonl\n  dockseal inbox export --documents --kind transfer --out transfers.jsonl\n  dockseal inbox export --number I20250101001\n\nOne object a line, oldest first, in the memory of one page. Everything that was pushed is in there, buyer data and signatures too; a new file is the owner's alone to read.\n\nExit codes: 0 written, also when nothing fits, 2 the command line is wrong, or the inbox cannot be read or the file not be written"
    )]
    Export(export::Options),
}

impl Verb {
    /// Does it.
    pub(super) fn run(&self, context: Context) -> Result<Answer, Complaint> {
        match self {
            Verb::Ls(options) => list::run(options, context),
            Verb::Show(options) => show::run(options, context),
            Verb::Replay(options) => replay::run(options, context),
            Verb::Export(options) => export::run(options, context),
        }
    }
}
