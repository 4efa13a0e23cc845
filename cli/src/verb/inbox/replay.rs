//! `dockseal inbox replay`: pushes whose effect is wanted once more, or at last.

use dockseal_inbox::{Browse, Replayed};
use serde_json::json;

use super::store::{Which, failed};
use crate::exit::Exit;
use crate::language::Said;
use crate::output::{Answer, BAD, Complaint, GOOD};
use crate::verb::Context;

/// The options of the verb.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    inbox: Which,
    /// Numbers of the pushes in the inbox 推送序号
    #[arg(value_name = "PUSH", required = true)]
    pushes: Vec<i64>,
}

/// Replays.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let ends = options.inbox.with(|inbox| each(inbox, &options.pushes))?;
    let language = context.language;
    let mut exit = Exit::Ok;
    let mut text = String::new();
    let mut json = Vec::new();
    for (push, end) in &ends {
        let End { word, good, said } = End::of(end);
        let style = if good { GOOD } else { BAD };
        if !good {
            exit = Exit::Rejected;
        }
        let said = said.text(language);
        text.push_str(&format!("{push}  {style}{word}{style:#}  {said}\n"));
        json.push(json!({ "push": push, "outcome": word, "reason": said }));
    }
    Ok(Answer::new(exit, text, &json))
}

async fn each(inbox: Box<dyn Browse>, pushes: &[i64]) -> Result<Vec<(i64, Replayed)>, Complaint> {
    let mut ends = Vec::new();
    for push in pushes {
        let end = inbox.replay(*push).await;
        ends.push((*push, end.map_err(|error| failed(&error))?));
    }
    Ok(ends)
}

/// An outcome in words.
struct End {
    word: &'static str,
    /// The handler gets it.
    good: bool,
    said: Said,
}

impl End {
    fn of(end: &Replayed) -> End {
        let said = |word, good, en: String, zh: String| End {
            word,
            good,
            said: Said::new(en, zh),
        };
        match end {
            Replayed::Again => said(
                "again",
                true,
                "the handler gets it again".to_owned(),
                "将再次投递".to_owned(),
            ),
            Replayed::LetThrough(effect) => said(
                "let-through",
                true,
                format!("counted now: {}", effect.name()),
                format!("已解除隔离并生效：{}", effect.name()),
            ),
            Replayed::Waiting => said(
                "waiting",
                true,
                "the handler is not done with it: it comes anyway".to_owned(),
                "尚未投递完成，无需重放".to_owned(),
            ),
            Replayed::NoEffect(effect) => said(
                "no-effect",
                false,
                format!("it did nothing to deliver: {}", effect.name()),
                format!("该推送没有可投递的作用：{}", effect.name()),
            ),
            Replayed::Refused(refusal) => said(
                "refused",
                false,
                format!("it stays in quarantine: {}", refusal.reason),
                format!("仍在隔离中：{}", refusal.message),
            ),
            Replayed::Unknown => said(
                "unknown",
                false,
                "there is no such push in this inbox".to_owned(),
                "收件箱中没有该推送".to_owned(),
            ),
            _ => said(
                "other",
                false,
                "this version of the program does not know the outcome".to_owned(),
                "未知结果".to_owned(),
            ),
        }
    }
}
