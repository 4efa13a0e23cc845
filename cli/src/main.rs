//! The `dockseal` program: `dockseal --help`.

use std::process::ExitCode;

use clap::Parser;
use dockseal_cli::language::Language;
use dockseal_cli::output;
use dockseal_cli::verb::{Context, Verb};

/// Gateways of Chinese e-commerce from the command line 电商与仓储开放接口命令行工具
#[derive(Parser)]
#[command(
    name = "dockseal",
    version,
    after_help = "Exit codes: 0 ok, 1 rejected, 2 usage, 3 unknown outcome, 4 throttled, 5 signature\n退出码：0 成功，1 被拒绝，2 用法错误，3 结果未知，4 被限流，5 签名不符"
)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
    /// Answer in JSON 输出 JSON
    #[arg(long, global = true)]
    json: bool,
    /// Language; that of the locale when not given 输出语言，默认取自系统
    #[arg(long, global = true, value_enum)]
    lang: Option<Language>,
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return misused(&error),
    };
    let language = arguments.lang.unwrap_or_else(Language::of_locale);
    let json = arguments.json;
    let end = arguments.verb.run(Context { language, json });
    output::show(end, language, json).into()
}

/// Help, the version, or a command line that does not parse; as JSON too where that was asked for.
fn misused(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args().any(|argument| argument == "--json");
    if wants_json && error.use_stderr() {
        let told = serde_json::json!({ "error": error.to_string().trim(), "exit": "usage" });
        anstream::println!("{told}");
    } else {
        // A closed pipe is nobody's fault.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
