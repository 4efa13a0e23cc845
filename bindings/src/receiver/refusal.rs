//! Why a push is refused: what its sender is told, and what only the log says.

use crate::shopex_oms::ErrorCode;

/// A push that was refused. Nothing was written.
///
/// The sender is told the code and the document's text; the pointer and the reason are for the log,
/// and for the sender only while [`Settings::explain`](super::Settings) is on. None of them holds a
/// value of the push.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} ({code}{}{}): {reason}", if .pointer.is_some() { " at " } else { "" }, .pointer.as_deref().unwrap_or_default())]
#[non_exhaustive]
pub struct Refusal {
    /// Sent as `msg_code`.
    pub code: ErrorCode,
    /// The document's text; sent as `msg`.
    pub message: &'static str,
    /// JSON Pointer of the parameter or member at fault.
    pub pointer: Option<String>,
    /// What is wrong and what to send instead, in English.
    pub reason: &'static str,
}

/// What the documents call a wrong parameter.
pub(crate) const MALFORMED: &str = "参数不符合规范";

impl Refusal {
    /// A parameter that is missing or malformed.
    pub(crate) fn malformed(pointer: impl Into<String>, reason: &'static str) -> Refusal {
        Refusal {
            code: ErrorCode::Param,
            message: MALFORMED,
            pointer: Some(pointer.into()),
            reason,
        }
    }

    /// A refusal without a place.
    pub(crate) fn new(code: ErrorCode, message: &'static str, reason: &'static str) -> Refusal {
        Refusal {
            code,
            message,
            pointer: None,
            reason,
        }
    }

    /// Something failed on this side: the sender may push again.
    pub(crate) fn internal(reason: &'static str) -> Refusal {
        Refusal::new(ErrorCode::Internal, "内部处理异常", reason)
    }

    /// Puts the pointer of the wrong place in.
    #[must_use]
    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Refusal {
        self.pointer = Some(pointer.into());
        self
    }
}
