//! `dockseal sign`: a signature explained step by step, verified, or traced to the mistake that
//! made it.

mod capture;
mod curl;
mod explain;
mod find;
mod input;
mod json_text;
mod message;
mod mistakes;
mod recipe;
mod stamp;
mod values;
mod verify;
pub(super) mod words;

use clap::Subcommand;

use super::Context;
use crate::output::{Answer, Complaint};

/// What to do with a signature.
#[derive(Subcommand)]
pub enum Verb {
    /// Show every step of a signature, secrets masked 逐步讲解签名过程
    #[command(
        after_help = "Examples:\n  dockseal sign explain wangdian-flagship --request req.txt --secret env:WDT_SECRET\n  dockseal sign explain wangdian-enterprise --param sid=test2 --param appkey=test2-xx --param timestamp=1470042310 --secret @secret.txt\n  dockseal sign explain process.Process.upload --data @order.json --account sid=s --account key=k --secret -\n\nA request file is HTTP text (request line, headers, empty line, body), the lines of curl -v, a curl command, a HAR entry, or a bare query.\n\nExit codes: 0 explained, 2 a file or the command line is wrong, 5 the request's own signature is another one"
    )]
    Explain(input::Input),
    /// Check the signature of a request 验证请求的签名
    #[command(
        after_help = "Example: dockseal sign verify taobao-top --request req.txt --secret env:TOP_SECRET\n\nExit codes: 0 it passes, 2 a file or the command line is wrong, 5 it does not"
    )]
    Verify(verify::Options),
    /// Search for the mistake that made a wrong signature 查找签名错误的原因
    #[command(
        after_help = "Example: dockseal sign find wangdian-enterprise --request req.txt --secret env:WDT_SECRET --got cc0a3085993afdb7ac07725dfde83b14\n\nExit codes: 0 a cause was found or nothing is wrong, 2 a file or the command line is wrong, 5 no cause was found"
    )]
    Find(find::Options),
}

impl Verb {
    /// Does it.
    ///
    /// # Errors
    /// A file or the command line is wrong.
    pub fn run(&self, context: Context) -> Result<Answer, Complaint> {
        match self {
            Verb::Explain(input) => explain::run(input, context),
            Verb::Verify(options) => verify::run(options, context),
            Verb::Find(options) => find::run(options, context),
        }
    }
}
