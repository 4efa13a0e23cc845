//! How a call can end other than well, for the caller: what happened, whether anything was done,
//! and what to do next.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use super::{Failure, Verdict};
use crate::api::Api;
use crate::gateway::Class;
use crate::object::Object;
use crate::object::read::DecodeError;
use crate::outcome::{End, repeat_is_harmless};
use crate::send::PrepareError;

/// How a call can end other than well. `R` is the reply type.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError<R: fmt::Debug> {
    /// Nothing left this machine.
    #[error("{0}")]
    NotSent(NotSent),
    /// Too many calls. Nothing was done; wait, then send again.
    #[error("throttled: {failure}")]
    Throttled {
        /// What the gateway said.
        failure: Box<Failure>,
        /// How long it asks to wait; none where it does not say.
        wait: Option<Duration>,
    },
    /// Refused. Sending the same again cannot help.
    #[error("rejected: {0}")]
    Rejected(Box<Failure>),
    /// It is already there, from an earlier call.
    #[error("duplicate: {0}")]
    Duplicate(Box<Failure>),
    /// The envelope says success, its inside says failure: something may have been done. Do not
    /// send it again before looking.
    #[error("partial: {failure}")]
    Partial {
        /// What the inside said.
        failure: Box<Failure>,
        /// The whole reply.
        reply: Box<R>,
    },
    /// Bytes were sent and no complete answer came, or the vendor's side failed: whether the
    /// request took effect is open.
    #[error("outcome unknown: {0}")]
    Unknown(Box<Unknown>),
    /// An answer came that is none of this gateway: whether the request took effect is open.
    #[error("bad reply: {0}")]
    BadReply(BadReply),
}

/// Why nothing left this machine.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSent {
    /// The request was not made.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// No connection came about; what the transport said.
    #[error("not sent: no connection: {0}")]
    Connect(String),
    /// The client's own limits did not let it out in time.
    #[error("not sent: held back by the client's limits until the deadline")]
    Held,
}

/// A call whose effect is open, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unknown {
    /// Why it is open.
    pub cause: Cause,
    /// What to do next.
    pub advice: Advice,
}

/// Why the effect of a call is open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The answer did not come, or not whole; what the transport said.
    #[error("no complete answer: {0}")]
    Lost(String),
    /// Something between us and the gateway answered for it.
    #[error("HTTP status {0} without an answer of the gateway")]
    Status(u16),
    /// The vendor's side failed.
    #[error("{0}")]
    Vendor(Failure),
}

/// What to do about a call whose effect is open.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// The method that was called.
    pub method: Cow<'static, str>,
    /// Whether sending the same again does no more than sending it once.
    pub repeat_is_harmless: bool,
    /// The field that makes it so, as a JSON Pointer.
    pub key: Option<&'static str>,
    /// Its value in the request, where the request is known.
    pub key_value: Option<String>,
}

/// An answer that is none of this gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadReply {
    /// The HTTP status.
    pub status: u16,
    /// What the server called the body.
    pub content_type: Option<String>,
    /// What could not be read; it keeps the first 8 KiB of the body.
    pub error: DecodeError,
}

impl<R: fmt::Debug> CallError<R> {
    /// What a verdict means for the caller.
    pub(crate) fn judged(
        api: &Api,
        verdict: Verdict,
        reply: R,
        status: StatusCode,
        content_type: Option<&str>,
    ) -> Result<R, Self> {
        let open = |cause| {
            CallError::Unknown(Box::new(Unknown {
                cause,
                advice: Advice::of(api),
            }))
        };
        // What stands between us and the gateway answers in JSON too: under a server error only the
        // vendor's own code proves that the gateway spoke.
        let coded = matches!(&verdict, Verdict::Failed(failure) if !failure.code.is_empty());
        if status == StatusCode::TOO_MANY_REQUESTS && !coded {
            let failure = Failure {
                code: status.as_str().to_owned(),
                message: "too many requests".to_owned(),
                ..Failure::default()
            };
            return Err(CallError::Throttled {
                failure: Box::new(failure),
                wait: None,
            });
        }
        if status.is_server_error() && !coded {
            return Err(open(Cause::Status(status.as_u16())));
        }
        Err(match verdict {
            Verdict::Success => return Ok(reply),
            Verdict::Partial(failure) => CallError::Partial {
                failure: Box::new(failure),
                reply: Box::new(reply),
            },
            Verdict::Pending(failure) => open(Cause::Vendor(failure)),
            Verdict::Failed(failure) => match failure.class() {
                Class::Throttled => CallError::Throttled {
                    wait: failure.wait(),
                    failure: Box::new(failure),
                },
                Class::Duplicate => CallError::Duplicate(Box::new(failure)),
                Class::Provider => open(Cause::Vendor(failure)),
                Class::Rejected | Class::Clock | Class::Signature => {
                    CallError::Rejected(Box::new(failure))
                }
            },
            Verdict::Unreadable(error) => {
                CallError::BadReply(BadReply::new(status, content_type, error))
            }
        })
    }

    /// The end, for the decision whether to send again.
    #[must_use]
    pub fn end(&self) -> End {
        match self {
            CallError::NotSent(NotSent::Connect(_)) => End::NotSent,
            CallError::Throttled { wait, .. } => End::Throttled(*wait),
            CallError::Rejected(failure) if failure.class() == Class::Clock => End::Clock,
            CallError::Unknown(_) | CallError::BadReply(_) => End::Open,
            CallError::NotSent(NotSent::Prepare(_) | NotSent::Held)
            | CallError::Rejected(_)
            | CallError::Duplicate(_)
            | CallError::Partial { .. } => End::Final,
        }
    }

    /// The end in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            CallError::NotSent(NotSent::Prepare(error)) => error.zh(),
            CallError::NotSent(NotSent::Connect(error)) => format!("未发送，无法连接：{error}"),
            CallError::NotSent(NotSent::Held) => "未发送：客户端限流，截止时间前未轮到".to_owned(),
            CallError::Throttled {
                failure,
                wait: Some(wait),
            } => {
                format!("限流，请等待 {} 秒：{}", wait.as_secs(), failure.zh())
            }
            CallError::Throttled {
                failure,
                wait: None,
            } => format!("限流：{}", failure.zh()),
            CallError::Rejected(failure) => format!("被拒绝：{}", failure.zh()),
            CallError::Duplicate(failure) => format!("重复：{}", failure.zh()),
            CallError::Partial { failure, .. } => {
                format!("部分成功，请先查看再处理：{}", failure.zh())
            }
            CallError::Unknown(unknown) => unknown.zh(),
            CallError::BadReply(reply) => {
                format!(
                    "应答无法识别（HTTP {}）：{}",
                    reply.status,
                    reply.error.zh()
                )
            }
        }
    }
}

impl Unknown {
    /// The end in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let cause = match &self.cause {
            Cause::Lost(error) => format!("未收到完整应答（{error}）"),
            Cause::Status(status) => format!("HTTP 状态 {status}，并非网关应答"),
            Cause::Vendor(failure) => failure.zh(),
        };
        format!("结果未知：{cause}；{}", self.advice.zh())
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.cause, self.advice)
    }
}

impl Advice {
    /// What the schema says of the method.
    #[must_use]
    pub fn of(api: &Api) -> Advice {
        Advice {
            method: Cow::Borrowed(api.method),
            repeat_is_harmless: repeat_is_harmless(api),
            key: api.idempotency,
            key_value: None,
        }
    }

    /// With the value that the request has in the idempotency field.
    #[must_use]
    pub fn with_request(mut self, request: &dyn Object) -> Advice {
        self.key_value = self.key.and_then(|pointer| super::at(request, pointer));
        self
    }

    /// The advice in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let method = &self.method;
        match (self.repeat_is_harmless, self.key) {
            (true, Some(key)) => format!("{method} 可按相同的 {key}{} 重发", self.value()),
            (true, None) => format!("{method} 只读，可重发"),
            (false, _) => format!("{method} 没有幂等字段，切勿直接重发；请先查询单据是否已生成"),
        }
    }

    fn value(&self) -> String {
        self.key_value
            .as_ref()
            .map_or_else(String::new, |value| format!(" ({value})"))
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = &self.method;
        match (self.repeat_is_harmless, self.key) {
            (true, Some(key)) => write!(
                f,
                "{method} may be sent again with the same {key}{}",
                self.value()
            ),
            (true, None) => write!(f, "{method} only reads and may be sent again"),
            (false, _) => write!(
                f,
                "{method} has no idempotency field: do not send it again before a query shows that it had no effect"
            ),
        }
    }
}

impl BadReply {
    pub(super) fn new(
        status: StatusCode,
        content_type: Option<&str>,
        error: DecodeError,
    ) -> BadReply {
        BadReply {
            status: status.as_u16(),
            content_type: content_type.map(str::to_owned),
            error,
        }
    }
}

impl fmt::Display for BadReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "HTTP status {}, {}",
            self.status,
            self.content_type.as_deref().unwrap_or("no content type")
        )?;
        write!(f, ": {}", self.error)
    }
}
