//! `dockseal inbox replay`: pushes whose effect is wanted once more, or at last.

use dockseal::receiver::{Effect, InboxError};
use dockseal_inbox::{Browse, Page, PushFilter, Replayed};
use serde_json::json;

use super::store::{Which, failure};
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
    let replays = options
        .inbox
        .with(async |inbox| Ok(each(&*inbox, &options.pushes).await))?;
    let mut exit = Exit::Ok;
    let mut text = String::new();
    let mut json = Vec::new();
    for (push, replay) in &replays {
        let End {
            word,
            exit: of_push,
            said,
        } = End::of(replay);
        let style = if of_push == Exit::Ok { GOOD } else { BAD };
        // A store that failed outweighs a push that will not be delivered.
        if exit != Exit::Usage && of_push != Exit::Ok {
            exit = of_push;
        }
        let said = said.text(context.language);
        text.push_str(&format!("{push}  {style}{word}{style:#}  {said}\n"));
        json.push(json!({ "push": push, "outcome": word, "reason": said }));
    }
    Ok(Answer::new(exit, text, &json))
}

/// What became of one of the numbers.
enum Replay {
    /// The store says so.
    Done(Replayed),
    /// It is in quarantine still: let out, it would do no more than this.
    Quarantined(Effect),
    /// The store failed.
    Failed(InboxError),
    /// The store had failed before.
    NotTried,
}

/// All of them, up to the first at which the store fails: those before it are done and have to be
/// told.
async fn each(inbox: &dyn Browse, pushes: &[i64]) -> Vec<(i64, Replay)> {
    let mut replays = Vec::with_capacity(pushes.len());
    let mut sound = true;
    for push in pushes {
        let replay = if sound {
            one(inbox, *push).await.unwrap_or_else(Replay::Failed)
        } else {
            Replay::NotTried
        };
        sound = sound && !matches!(replay, Replay::Failed(_));
        replays.push((*push, replay));
    }
    replays
}

async fn one(inbox: &dyn Browse, push: i64) -> Result<Replay, InboxError> {
    let replayed = inbox.replay(push).await?;
    match replayed {
        // Done long ago to no effect, or in quarantine before and after.
        Replayed::NoEffect(effect) if is_quarantined(inbox, push).await? => {
            Ok(Replay::Quarantined(effect))
        }
        replayed => Ok(Replay::Done(replayed)),
    }
}

async fn is_quarantined(inbox: &dyn Browse, push: i64) -> Result<bool, InboxError> {
    let filter = PushFilter {
        push: Some(push),
        effect: Some(Effect::Quarantined),
        ..PushFilter::default()
    };
    let found = inbox.pushes(filter, Page::first(1)).await?;
    Ok(!found.is_empty())
}

/// An outcome in words.
struct End {
    word: &'static str,
    /// Ok when the handler gets it.
    exit: Exit,
    said: Said,
}

impl End {
    fn of(replay: &Replay) -> End {
        let end = |word, exit, said| End { word, exit, said };
        match replay {
            Replay::Done(replayed) => End::replayed(replayed),
            Replay::Quarantined(Effect::Ignored) => end(
                "quarantined",
                Exit::Rejected,
                Said::new(
                    "it stays in quarantine: its document is finished; nothing was counted",
                    "仍在隔离中：单据已完结，未计入",
                ),
            ),
            Replay::Quarantined(effect) => end(
                "quarantined",
                Exit::Rejected,
                Said::new(
                    format!(
                        "it stays in quarantine: let out, it would do nothing ({}); nothing was counted",
                        effect.name()
                    ),
                    format!("仍在隔离中：放行也不会生效（{}），未计入", effect.name()),
                ),
            ),
            Replay::Failed(error) => end("failed", Exit::Usage, failure(error)),
            Replay::NotTried => end(
                "not-tried",
                Exit::Usage,
                Said::new(
                    "the inbox had failed before: nothing was done with it",
                    "此前收件箱出错，未处理",
                ),
            ),
        }
    }

    fn replayed(replayed: &Replayed) -> End {
        let said = |word, exit, en: String, zh: String| End {
            word,
            exit,
            said: Said::new(en, zh),
        };
        match replayed {
            Replayed::Again => said(
                "again",
                Exit::Ok,
                "the handler gets it again".to_owned(),
                "将再次投递".to_owned(),
            ),
            Replayed::LetThrough(effect) => said(
                "let-through",
                Exit::Ok,
                format!("counted now: {}", effect.name()),
                format!("已解除隔离并生效：{}", effect.name()),
            ),
            Replayed::Waiting => said(
                "waiting",
                Exit::Ok,
                "the handler is not done with it: it comes anyway".to_owned(),
                "尚未投递完成，无需重放".to_owned(),
            ),
            Replayed::NoEffect(effect) => said(
                "no-effect",
                Exit::Rejected,
                format!("it did nothing to deliver: {}", effect.name()),
                format!("该推送没有可投递的作用：{}", effect.name()),
            ),
            Replayed::Refused(refusal) => said(
                "refused",
                Exit::Rejected,
                format!("it stays in quarantine: {}", refusal.reason),
                format!("仍在隔离中：{}", refusal.message),
            ),
            Replayed::Unknown => said(
                "unknown",
                Exit::Rejected,
                "there is no such push in this inbox".to_owned(),
                "收件箱中没有该推送".to_owned(),
            ),
            _ => said(
                "other",
                Exit::Rejected,
                "this version of the program does not know the outcome".to_owned(),
                "未知结果".to_owned(),
            ),
        }
    }
}
