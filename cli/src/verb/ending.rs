//! How a call ended, for people and programs: one word, the exit code, what came back, and one next
//! step. Every verb that sends tells its end through this table.

use dockseal::api::Api;
use dockseal::gateway::Class;
use dockseal::object::Object;
use dockseal::reply::{Advice, Cause, Failure, NotSent};
use dockseal::send::PrepareError;
use dockseal::{CallError, RawJson};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{BAD, DOUBT, GOOD, labelled};

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ok,
    Partial,
    Duplicate,
    Rejected,
    Signature,
    Clock,
    Throttled,
    Unknown,
    BadReply,
    NotSent,
    Invalid,
    Unusable,
}

/// Name, exit code, meaning and next step in both languages.
type Row = (
    &'static str,
    Exit,
    [&'static str; 2],
    Option<[&'static str; 2]>,
);

impl Kind {
    #[rustfmt::skip]
    fn row(self) -> Row {
        match self {
            Kind::Ok => ("ok", Exit::Ok, ["accepted", "成功"], None),
            Kind::Partial => ("partial", Exit::Rejected, ["partial: accepted outside, failed inside", "部分成功：外层成功、内层失败"],
                Some(["something may have been made: look at it before anything is sent again", "可能已产生数据：请先核对，切勿直接重发"])),
            Kind::Duplicate => ("duplicate", Exit::Rejected, ["duplicate: it is already there", "重复：已存在"],
                Some(["count it as done if the earlier one is yours", "若此前正是自己推送，可视为成功"])),
            Kind::Rejected => ("rejected", Exit::Rejected, ["rejected: nothing was done", "被拒绝：未产生数据"],
                Some(["mend the request; sending the same again cannot help", "请修正请求，原样重发无用"])),
            Kind::Signature => ("signature", Exit::Signature, ["signature refused: nothing was done", "签名错误：未产生数据"],
                Some(["dockseal sign find names the mistake", "用 dockseal sign find 查找原因"])),
            Kind::Clock => ("clock", Exit::Rejected, ["clock refused: nothing was done", "时间戳错误：未产生数据"],
                Some(["dockseal doctor compares the clocks", "用 dockseal doctor 比较时钟"])),
            Kind::Throttled => ("throttled", Exit::Throttled, ["throttled: nothing was done", "限流：未产生数据"],
                Some(["wait, then send again", "请等待后重发"])),
            Kind::Unknown => ("unknown", Exit::Unknown, ["unknown: it may have taken effect", "结果未知：可能已生效"], None),
            Kind::BadReply => ("bad-reply", Exit::Unknown, ["no reply of this gateway: it may have taken effect", "应答并非来自该网关：可能已生效"],
                Some(["check the base address, and look before anything is sent again", "请检查网关地址，并先核对再重发"])),
            Kind::NotSent => ("not-sent", Exit::Rejected, ["not sent: nothing was done", "未发送：未产生数据"],
                Some(["check the address and the network; it may be sent again", "请检查地址与网络，可重发"])),
            Kind::Invalid => ("invalid", Exit::Rejected, ["not sent: the request breaks its schema", "未发送：请求不符合 schema"],
                Some(["dockseal schema METHOD shows the fields", "用 dockseal schema 接口名 查看字段"])),
            Kind::Unusable => ("unusable", Exit::Usage, ["not sent: the request cannot be made", "未发送：无法构造请求"], None),
        }
    }

    /// One word for it.
    pub(super) fn name(self) -> &'static str {
        self.row().0
    }

    /// The exit code.
    pub(super) fn exit(self) -> Exit {
        self.row().1
    }

    /// What it means.
    pub(super) fn meaning(self, language: Language) -> &'static str {
        let [en, zh] = self.row().2;
        language.pick(en, zh)
    }

    fn of(failure: &Failure) -> Kind {
        match failure.class() {
            Class::Rejected => Kind::Rejected,
            Class::Throttled => Kind::Throttled,
            Class::Duplicate => Kind::Duplicate,
            Class::Clock => Kind::Clock,
            Class::Provider => Kind::Unknown,
            Class::Signature => Kind::Signature,
        }
    }
}

/// How a call ended, and what is known of it.
pub(super) struct Ending {
    pub(super) kind: Kind,
    /// The reply as JSON text, where there is one.
    reply: Option<String>,
    failure: Option<Failure>,
    /// What happened, where the reply does not say it.
    said: Option<Said>,
    next: Option<Said>,
}

impl Ending {
    fn bare(kind: Kind) -> Ending {
        let next = kind.row().3.map(|[en, zh]| Said::new(en, zh));
        Ending {
            kind,
            reply: None,
            failure: None,
            said: None,
            next,
        }
    }

    fn said(kind: Kind, said: Said) -> Ending {
        Ending {
            said: Some(said),
            ..Ending::bare(kind)
        }
    }

    fn failed(kind: Kind, failure: &Failure) -> Ending {
        let said = Said::new(failure.to_string(), failure.zh());
        let mut ending = Ending {
            failure: Some(failure.clone()),
            ..Ending::said(kind, said)
        };
        if let (Kind::Throttled, Some(wait)) = (kind, failure.wait()) {
            let wait = wait.as_secs();
            ending.next = Some(Said::new(
                format!("wait {wait} s, then send again"),
                format!("请等待 {wait} 秒后重发"),
            ));
        }
        ending
    }

    fn unknown(advice: &Advice, said: Said) -> Ending {
        let next = Said::new(advice.to_string(), advice.zh());
        Ending {
            next: Some(next),
            ..Ending::said(Kind::Unknown, said)
        }
    }

    fn with_reply(self, reply: String) -> Ending {
        Ending {
            reply: Some(reply),
            ..self
        }
    }

    /// The end of a client's call; `text` writes a reply as JSON.
    pub(super) fn of<R: std::fmt::Debug>(
        end: &Result<R, CallError<R>>,
        text: impl Fn(&R) -> String,
    ) -> Ending {
        let error = match end {
            Ok(reply) => return Ending::bare(Kind::Ok).with_reply(text(reply)),
            Err(error) => error,
        };
        let whole = || Said::new(error.to_string(), error.zh());
        match error {
            CallError::Partial { failure, reply } => {
                Ending::failed(Kind::Partial, failure).with_reply(text(reply))
            }
            CallError::Throttled { failure, .. } => Ending::failed(Kind::Throttled, failure),
            CallError::Rejected(failure) | CallError::Duplicate(failure) => {
                Ending::failed(Kind::of(failure), failure)
            }
            CallError::Unknown(unknown) => Ending::unknown(&unknown.advice, cause(&unknown.cause)),
            CallError::NotSent(NotSent::Prepare(PrepareError::Invalid(_))) => {
                Ending::said(Kind::Invalid, whole())
            }
            CallError::NotSent(NotSent::Prepare(_)) => Ending::said(Kind::Unusable, whole()),
            CallError::NotSent(NotSent::Held) => Ending::said(Kind::Throttled, whole()),
            CallError::NotSent(_) => Ending::said(Kind::NotSent, whole()),
            _ => Ending::said(Kind::BadReply, whole()),
        }
    }

    /// No answer to an exchange that no client made.
    pub(super) fn lost(api: &Api, request: &dyn Object, left: bool, error: &str) -> Ending {
        let said = Said::new(error.to_owned(), error.to_owned());
        if left {
            Ending::unknown(&Advice::of(api).with_request(request), said)
        } else {
            Ending::said(Kind::NotSent, said)
        }
    }

    /// What came back, in one short line.
    pub(super) fn came_back(&self, language: Language) -> String {
        match (&self.failure, &self.reply, &self.said) {
            (Some(failure), _, _) => {
                let parts = [&failure.code, &failure.message];
                let parts = parts.into_iter().filter(|part| !part.is_empty());
                parts.map(String::as_str).collect::<Vec<_>>().join(" ")
            }
            (_, Some(reply), _) => reply.clone(),
            (_, _, Some(said)) => said.text(language).to_owned(),
            (None, None, None) => String::new(),
        }
    }

    /// Everything, one below the other.
    pub(super) fn text(&self, language: Language) -> String {
        let style = match self.kind.exit() {
            Exit::Ok => GOOD,
            Exit::Unknown | Exit::Throttled => DOUBT,
            _ => BAD,
        };
        let outcome = format!(
            "{style}{}{style:#}  {}",
            self.kind.name(),
            self.kind.meaning(language)
        );
        let mut rows = vec![(language.pick("outcome", "结果"), outcome)];
        if let Some(said) = &self.said {
            rows.push((
                language.pick("said", "说明"),
                said.text(language).to_owned(),
            ));
        }
        if let Some(reply) = &self.reply {
            rows.push((language.pick("reply", "应答"), reply.clone()));
        }
        if let Some(next) = &self.next {
            rows.push((
                language.pick("next", "下一步"),
                next.text(language).to_owned(),
            ));
        }
        labelled(&rows)
    }

    /// The same for programs.
    pub(super) fn json(&self, language: Language) -> Value {
        let reply = self.reply.as_ref().map(|reply| {
            let parsed = RawJson::parse(reply).and_then(|json| json.read::<Value>());
            parsed.unwrap_or_else(|_| Value::String(reply.clone()))
        });
        json!({
            "outcome": self.kind.name(), "exit": self.kind.exit(), "reply": reply,
            "code": self.failure.as_ref().map(|failure| &failure.code),
            "message": self.failure.as_ref().map(|failure| &failure.message),
            "said": self.said.as_ref().map(|said| said.text(language)),
            "next": self.next.as_ref().map(|next| next.text(language)),
        })
    }
}

fn cause(cause: &Cause) -> Said {
    match cause {
        Cause::Lost(text) => Said::new(cause.to_string(), format!("未收到完整应答：{text}")),
        Cause::Status(status) => Said::new(
            cause.to_string(),
            format!("HTTP 状态 {status}，并非网关应答"),
        ),
        Cause::Vendor(failure) => Said::new(failure.to_string(), failure.zh()),
        _ => Said::new(cause.to_string(), cause.to_string()),
    }
}
