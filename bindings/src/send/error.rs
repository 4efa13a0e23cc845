//! Why a request was not made.

use crate::CredentialError;
use crate::object::violation::{Violation, Violations};
use crate::sign::SignError;

/// A request that was not made. Nothing has been sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError {
    /// The request breaks its schema.
    #[error("not sent: {0}")]
    Invalid(Violations),
    /// The account lacks a credential.
    #[error("not sent: {0}")]
    Credential(#[from] CredentialError),
    /// A parameter cannot be signed.
    #[error("not sent: {0}")]
    Sign(#[from] SignError),
    /// The method and the account belong to different gateways.
    #[error("not sent: {method} is a method of {gateway}, the account is one of {account}")]
    OtherGateway {
        /// The method.
        method: String,
        /// The gateway that has it.
        gateway: &'static str,
        /// The gateway that the account belongs to.
        account: &'static str,
    },
    /// Raw parameters are not what the gateway takes.
    #[error("not sent: the raw parameters are no JSON {expected}")]
    Raw {
        /// What it takes.
        expected: &'static str,
    },
    /// No method has such a name: it would change the address.
    #[error(
        "not sent: {0:?} is no name of a method; write it in letters, digits, dots and underscores"
    )]
    Method(String),
    /// The base address is not one.
    #[error(
        "not sent: the base address is not one like https://host/path, without query, fragment or user"
    )]
    Address,
    /// A business parameter has the name of a system parameter.
    #[error("not sent: the field {0:?} has the name of a system parameter")]
    Clash(String),
    /// A page of an API that has none.
    #[error("not sent: {0} has no pages; leave the page unset")]
    NoPages(String),
    /// A page without items, or with more than the vendor allows.
    #[error("not sent: a page of {size} items; ask for 1 to {max}")]
    PageSize {
        /// How many were asked for.
        size: u32,
        /// How many there may be.
        max: u32,
    },
}

impl PrepareError {
    /// The error in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let what = match self {
            Self::Invalid(violations) => {
                let found: Vec<_> = violations.0.iter().map(Violation::zh).collect();
                found.join("；")
            }
            Self::Credential(error) => error.zh(),
            Self::Sign(error) => error.zh(),
            Self::OtherGateway {
                method,
                gateway,
                account,
            } => format!("{method} 是 {gateway} 的接口，账号却属于 {account}"),
            Self::Raw { expected } => format!("原始参数不是 JSON {expected}"),
            Self::Method(method) => {
                format!("{method:?} 不是接口名，应由字母、数字、点和下划线组成")
            }
            Self::Address => {
                "基础地址应形如 https://host/path，不带查询串、片段或用户信息".to_owned()
            }
            Self::Clash(name) => format!("字段 {name} 与系统参数同名"),
            Self::NoPages(method) => format!("{method} 不分页，请勿设置分页"),
            Self::PageSize { size, max } => format!("每页 {size} 条，应为 1 至 {max} 条"),
        };
        format!("未发送：{what}")
    }
}
