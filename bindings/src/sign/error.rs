//! What can go wrong with a signature. No message shows a value or a secret.

use super::Digest;

/// No signature can be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// A parameter has no name.
    #[error("a parameter has an empty name; give it one")]
    EmptyName,
    /// A name has characters outside ASCII.
    #[error(
        "the parameter name {name:?} is not ASCII, and gateways sort such names differently; rename it"
    )]
    NotAscii {
        /// The name.
        name: String,
    },
    /// A name stands twice, so that the order of its values is open.
    #[error("the parameter {name:?} is given more than once; send it once")]
    Repeated {
        /// The name.
        name: String,
    },
    /// A list or map under a scheme that signs texts only.
    #[error(
        "the parameter {name:?} is a list or a map, and this gateway signs texts only; send it as JSON text"
    )]
    Nested {
        /// The name.
        name: String,
    },
    /// Lists and maps inside each other beyond the limit.
    #[error("the parameter {name:?} is nested more than {limit} levels deep")]
    TooDeep {
        /// The name.
        name: String,
        /// The limit in levels.
        limit: usize,
    },
    /// A body without a name under a scheme that has none.
    #[error("this gateway signs no body behind its parameters; leave `Options::tail` empty")]
    Tail,
    /// The chosen digest is not one of the scheme's.
    #[error("the digest {digest:?} is unknown to this gateway; choose one of: {}", names(.known))]
    UnknownDigest {
        /// The name that was asked for.
        digest: String,
        /// The digests of the scheme.
        known: &'static [Digest],
    },
    /// The scheme puts the secret where its digest cannot take it.
    #[error(
        "the digest {digest:?} cannot take the secret where the scheme puts it; mend the scheme"
    )]
    Unusable {
        /// The digest.
        digest: &'static str,
    },
}

/// A signature was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The message was signed with another secret, or changed after it was signed.
    #[error(
        "the signature does not match; compare the secret, then what was signed with what was sent"
    )]
    Mismatch,
    /// The signature cannot be computed for this message.
    #[error(transparent)]
    NotComputed(#[from] SignError),
}

impl SignError {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::EmptyName => "存在名称为空的参数，请补上名称".to_owned(),
            Self::NotAscii { name } => {
                format!("参数名 {name:?} 含非 ASCII 字符，各平台排序不一致，请改名")
            }
            Self::Repeated { name } => format!("参数 {name:?} 重复出现，请只传一次"),
            Self::Nested { name } => {
                format!("参数 {name:?} 是列表或对象，该网关只对文本签名，请转为 JSON 文本后再传")
            }
            Self::TooDeep { name, limit } => format!("参数 {name:?} 嵌套超过 {limit} 层"),
            Self::Tail => "该网关不在参数之后对请求体签名，请勿设置 Options::tail".to_owned(),
            Self::UnknownDigest { digest, known } => {
                format!("该网关不支持签名算法 {digest:?}，可选：{}", names(known))
            }
            Self::Unusable { digest } => {
                format!("签名算法 {digest:?} 与方案中密钥的位置不相容，请修正签名方案")
            }
        }
    }
}

impl VerifyError {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Mismatch => {
                "签名不一致：请先核对密钥，再核对签名内容与实际发送内容是否相同".to_owned()
            }
            Self::NotComputed(error) => error.zh(),
        }
    }
}

fn names(digests: &[Digest]) -> String {
    digests
        .iter()
        .map(|digest| digest.name)
        .collect::<Vec<_>>()
        .join(", ")
}
