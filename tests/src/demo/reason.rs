//! What a reply means, in one sentence each in English and Chinese: how the call ended, and whether
//! sending it again is safe.

use std::time::Duration;

use dockseal::api::{Api, Effect, Inner};
use dockseal::gateway::Class;
use dockseal::object::{Object, View};
use dockseal::reply::{Failure, Verdict};

use super::Both;

/// How good an end is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Careful,
    Bad,
}

/// How a call ended.
pub(super) struct End {
    pub(super) tone: Tone,
    /// One word each.
    pub(super) name: Both,
    pub(super) sentence: Both,
    /// Whether sending the same again is safe.
    pub(super) again: Both,
}

/// How a call ended; nothing for a reply that could not be read.
pub(super) fn end(api: &Api, verdict: &Verdict) -> Option<End> {
    Some(match verdict {
        Verdict::Success => End {
            tone: Tone::Good,
            name: Both::new("success", "成功"),
            sentence: match api.inner {
                None => Both::new("done, as the reply says", "已完成：响应为成功"),
                Some(_) => Both::new(
                    "done, as the envelope and its inside say",
                    "已完成：外层与内层均为成功",
                ),
            },
            again: joined(&Both::new("no need", "无需重发"), &repeat(api)),
        },
        Verdict::Partial(_) => End {
            tone: Tone::Careful,
            name: Both::new("partial", "部分成功"),
            sentence: Both::new(
                "the call was accepted, but its inside says failure: something may have been done",
                "外层成功而内层失败：可能已产生数据",
            ),
            again: joined(&Both::new("look first", "先查询"), &repeat(api)),
        },
        Verdict::Pending(_) => End {
            tone: Tone::Careful,
            name: Both::new("pending", "处理中"),
            sentence: Both::new(
                "the other side took it and has not done it yet",
                "对方已接收，尚未处理完成",
            ),
            again: joined(&Both::new("look first", "先查询"), &repeat(api)),
        },
        Verdict::Failed(failure) => failed(api, failure),
        Verdict::Unreadable(_) => return None,
    })
}

fn failed(api: &Api, failure: &Failure) -> End {
    let refused = |en: &str, zh: &str, mend_en: &str, mend_zh: &str| End {
        tone: Tone::Bad,
        name: Both::new("rejected", "被拒绝"),
        sentence: Both::new(en, zh),
        again: Both::new(
            &format!("safe, since nothing was done, but of use only {mend_en}"),
            &format!("安全（未产生任何变更），但{mend_zh}才有用"),
        ),
    };
    match failure.class() {
        Class::Rejected => refused(
            "refused for what it says: nothing was done",
            "内容被拒绝：未产生任何变更",
            "after the request is mended",
            "修正请求后",
        ),
        Class::Clock => refused(
            "refused for its time stamp: nothing was done",
            "时间戳被拒绝：未产生任何变更",
            "after the clock is set",
            "校准时钟后",
        ),
        Class::Signature => refused(
            "refused for its signature: nothing was done",
            "验签未通过：未产生任何变更",
            "after the account or the signing is mended",
            "核对密钥与签名后",
        ),
        Class::Duplicate => End {
            tone: Tone::Good,
            name: Both::new("duplicate", "重复"),
            sentence: Both::new(
                "it is already there from an earlier call: nothing new was done",
                "此前的调用已生效，本次未产生新数据",
            ),
            again: Both::new(
                "no need: the other side knew it again",
                "无需重发：对方已识别出重复",
            ),
        },
        Class::Throttled => throttled(failure.wait()),
        Class::Provider => provider(api),
    }
}

fn throttled(wait: Option<Duration>) -> End {
    let time = wait.map_or_else(
        || Both::new("wait; no time is named", "请稍候（对方未说明时长）"),
        |wait| {
            let seconds = wait.as_secs();
            Both::new(
                &format!("wait {seconds} s"),
                &format!("请等待 {seconds} 秒"),
            )
        },
    );
    End {
        tone: Tone::Careful,
        name: Both::new("throttled", "限流"),
        sentence: Both::new(
            &format!("too many calls, nothing was done: {}", time.en),
            &format!("调用过多，未产生任何变更：{}", time.zh),
        ),
        again: Both::new(
            "safe after the wait: nothing was done",
            "等待后可安全重发：未产生任何变更",
        ),
    }
}

fn provider(api: &Api) -> End {
    let harmless = api.effect == Effect::Read || api.idempotency.is_some();
    let advice = if harmless {
        Both::new("safe", "安全")
    } else {
        Both::new("query first", "先查询")
    };
    End {
        tone: Tone::Careful,
        name: Both::new("unknown", "结果未知"),
        sentence: Both::new(
            "the other side failed; whether the request took effect is open",
            "对方系统异常，请求是否生效未知",
        ),
        again: joined(&advice, &repeat(api)),
    }
}

/// What a second request with the same content does.
pub(super) fn repeat(api: &Api) -> Both {
    match (api.effect, api.idempotency) {
        (Effect::Read, _) => Both::new("a repeat changes nothing", "重发不改变任何数据"),
        (_, Some(field)) => Both::new(
            &format!("a repeat with the same {field} is recognised"),
            &format!("{field} 相同的重发可被识别"),
        ),
        (Effect::Create, None) => Both::new(
            "no field makes a repeat harmless: it can make a second one",
            "没有去重字段：重发可能重复创建",
        ),
        (Effect::Update, None) => Both::new(
            "no field makes a repeat harmless: it can be applied twice",
            "没有去重字段：重发可能重复生效",
        ),
    }
}

fn joined(first: &Both, second: &Both) -> Both {
    Both::new(
        &format!("{}; {}", first.en, second.en),
        &format!("{}；{}", first.zh, second.zh),
    )
}

/// What a failure means, from its row or from the outcome inside; nothing when neither knows.
pub(super) fn meaning(api: &Api, verdict: &Verdict, reply: &dyn Object) -> Option<Both> {
    match verdict {
        Verdict::Failed(failure) => {
            let row = failure.known?;
            Some(Both::new(row.meaning, row.meaning_zh))
        }
        Verdict::Partial(failure) => Some(inside(&api.inner?, failure, reply)),
        Verdict::Success | Verdict::Pending(_) | Verdict::Unreadable(_) => None,
    }
}

/// What the outcome inside says, with the label of its value where the schema has one.
fn inside(inner: &Inner, failure: &Failure, reply: &dyn Object) -> Both {
    let (pointer, wanted) = (inner.status, inner.success.join(", "));
    match at(reply, pointer) {
        Some(View::Enum(value)) => {
            let code = value.code();
            let row = value.table().variants.iter().find(|row| row.code == code);
            let (en, zh) = row.map_or(("", ""), |row| (row.label, row.label_zh));
            Both::new(
                &format!("{pointer} is {code} {en}, where {wanted} is success"),
                &format!("{pointer} 为 {code} {zh}，成功应为 {wanted}"),
            )
        }
        Some(View::Boolean(value)) => Both::new(
            &format!("{pointer} is {value}, where {wanted} is success"),
            &format!("{pointer} 为 {value}，成功应为 {wanted}"),
        ),
        _ => Both::new(
            &format!("{pointer} is {}, where {wanted} is success", failure.code),
            &format!("{pointer} 为 {}，成功应为 {wanted}", failure.code),
        ),
    }
}

/// The value at a pointer of field names.
fn at<'a>(object: &'a dyn Object, pointer: &str) -> Option<View<'a>> {
    let mut names = pointer.strip_prefix('/')?.split('/').peekable();
    let mut object = object;
    loop {
        let name = names.next()?;
        let fields = object.table().fields;
        let view = object.get(fields.iter().position(|field| field.name == name)?);
        match (names.peek(), view) {
            (None, view) => return Some(view),
            (Some(_), View::Object(inside)) => object = inside,
            (Some(_), _) => return None,
        }
    }
}
