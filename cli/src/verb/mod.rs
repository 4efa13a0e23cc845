//! The verbs of the command line. Each takes its options and returns an [`Answer`] or a
//! [`Complaint`]; none prints.

pub mod methods;
pub mod schema;
pub mod sign;

use clap::Subcommand;
use dockseal::api::AnyApi;
use dockseal::gateway::Gateway;

use crate::language::{Language, Said};
use crate::output::{Answer, Complaint};

/// What every verb knows.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// What the user reads.
    pub language: Language,
}

/// A verb with its options.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List the methods that have types 列出已支持的接口
    #[command(after_help = "Example: dockseal methods stockin\n\nExit codes: 0 listed, 1 no method fits the filter")]
    Methods(methods::Options),
    /// Show the fields of a method's request and reply 查看接口字段
    #[command(after_help = "Example: dockseal schema process.Process.upload\n         dockseal schema process.Process.upload --json\n\nExit codes: 0 shown, 2 no such method")]
    Schema(schema::Options),
    /// Explain, verify or repair a signature 签名：讲解、验证、找错
    #[command(subcommand)]
    Sign(sign::Verb),
}

impl Verb {
    /// Does it.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn run(&self, context: &Context) -> Result<Answer, Complaint> {
        match self {
            Verb::Methods(options) => Ok(methods::run(options, context)),
            Verb::Schema(options) => schema::run(options, context),
            Verb::Sign(verb) => verb.run(context),
        }
    }
}

/// The API of a method.
///
/// # Errors
/// There is none; the complaint has the nearest names.
pub fn find_api(method: &str) -> Result<&'static dyn AnyApi, Complaint> {
    let found = dockseal::APIS.iter().find(|known| known.api().method == method);
    found.copied().ok_or_else(|| {
        unknown(Said::new(format!("there is no method {method:?}"), format!("没有接口 {method}")), method, &methods())
    })
}

/// The gateway of that name.
#[must_use]
pub fn find_gateway(name: &str) -> Option<&'static Gateway> {
    dockseal::GATEWAYS.iter().copied().find(|gateway| gateway.name == name)
}

fn methods() -> Vec<&'static str> {
    dockseal::APIS.iter().map(|known| known.api().method).collect()
}

/// A complaint about a name, with the known names most like it.
fn unknown(what: Said, name: &str, known: &[&str]) -> Complaint {
    let name = name.to_lowercase();
    let mut near: Vec<_> = known
        .iter()
        .map(|known| (strsim::jaro_winkler(&name, &known.to_lowercase()), *known))
        .filter(|(likeness, known)| *likeness > 0.7 || known.to_lowercase().contains(&name))
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let near: Vec<_> = near.into_iter().take(3).map(|(_, known)| known).collect();
    let (shown, most) = if near.is_empty() { (known.to_vec(), false) } else { (near, true) };
    let help = if most {
        Said::new(format!("did you mean {}?", shown.join(", ")), format!("是否为 {}？", shown.join("、")))
    } else {
        Said::new(format!("known are {}", shown.join(", ")), format!("现有 {}", shown.join("、")))
    };
    Complaint::usage(what).with_help(help)
}
