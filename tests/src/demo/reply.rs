//! One example reply: its text, what it means, whether sending again is safe, its typed value.

use dockseal::api::AnyApi;
use dockseal::object::{Object, rust_source};
use dockseal::reply::{Failure, Verdict, judge};

use super::page::{BAD, GOOD, PLAIN, Page, STRONG, WARN};
use super::reason::{self, Tone};
use super::{Both, Tally};

/// Shows a reply and counts whether it was understood.
pub(super) fn show(any: &dyn AnyApi, text: &str, page: &mut Page, tally: &mut Tally) {
    let api = any.api();
    page.block(text);

    let mut reply = any.blank_reply();
    let verdict = judge(api, reply.as_mut(), text.as_bytes());
    let Some(end) = reason::end(api, &verdict) else {
        unreadable(&verdict, page, tally);
        return;
    };
    tally.understood += 1;

    let style = match end.tone {
        Tone::Good => GOOD,
        Tone::Careful => WARN,
        Tone::Bad => BAD,
    };
    page.styled_row(style, &end.name.en, STRONG, &end.sentence.en);
    page.styled_row(style, &end.name.zh, PLAIN, &end.sentence.zh);
    if let Verdict::Failed(failure) | Verdict::Partial(failure) = &verdict {
        page.row("they said", &said(failure));
        let unnamed = || {
            Both::new(
                "not among the failures that the schema names",
                "schema 未收录的失败",
            )
        };
        let meaning = reason::meaning(api, &verdict, reply.as_ref()).unwrap_or_else(unnamed);
        both(page, "meaning", &meaning);
        if let Some(row) = failure.known {
            both(page, "next step", &Both::new(row.hint, row.hint_zh));
        }
    }
    both(page, "send again", &end.again);
    if matches!(verdict, Verdict::Success | Verdict::Partial(_)) {
        page.label("typed value", "");
        page.block(&rust_source(reply.as_ref()));
        unknown_fields(reply.as_ref(), page);
    }
}

/// Names the fields that the schema does not know; they are kept, but Rust source has none.
pub(super) fn unknown_fields(object: &dyn Object, page: &mut Page) {
    let names: Vec<_> = object.extra().iter().map(|(name, _)| name).collect();
    if !names.is_empty() {
        page.row("kept besides", &names.join(", "));
    }
}

fn unreadable(verdict: &Verdict, page: &mut Page, tally: &mut Tally) {
    let Verdict::Unreadable(error) = verdict else {
        return;
    };
    tally.surprise(page, &format!("the reply cannot be read: {error}"));
    for problem in &error.problems {
        page.more(&problem.zh());
    }
}

/// The other side's own codes and words.
fn said(failure: &Failure) -> String {
    let codes = [Some(&failure.code), failure.sub_code.as_ref()];
    let codes: Vec<_> = codes
        .into_iter()
        .flatten()
        .filter(|code| !code.is_empty())
        .collect();
    let words = [Some(&failure.message), failure.sub_message.as_ref()];
    let words = words
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .map(|text| format!("“{text}”"));
    let code = match codes.as_slice() {
        [] => "no code".to_owned(),
        [code] => format!("code {code}"),
        [code, sub @ ..] => format!(
            "code {code}, {}",
            sub.iter()
                .map(|sub| sub.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    let request = failure.request_id.iter().map(|id| format!("request {id}"));
    std::iter::once(code)
        .chain(words)
        .chain(request)
        .collect::<Vec<_>>()
        .join("  ")
}

fn both(page: &mut Page, label: &str, text: &Both) {
    page.row(label, &text.en);
    page.more(&text.zh);
}
