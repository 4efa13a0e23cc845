//! What a value breaks: typed findings with their limits, shown in English or Chinese.
//!
//! No finding carries the value itself, so none can leak one.

use std::fmt;

/// One broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where, as a JSON Pointer into the message.
    pub pointer: String,
    /// The field's Chinese term in the document; empty for the whole message.
    pub title: &'static str,
    /// Which rule, with its limit.
    pub broken: Broken,
    /// Whether the message may be sent all the same.
    pub severity: Severity,
    /// File and JSON Pointer of the schema that says so, or that refers to the one that does; the
    /// keyword is [`Broken::keyword`].
    pub schema: String,
}

/// Whether a finding stops a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The vendor would refuse it.
    Error,
    /// Legal, but known to hurt.
    Warning,
}

/// A rule that does not hold. Members are its limit and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "each member is the limit or the count that its variant names"
)]
pub enum Broken {
    /// `minLength`, in characters.
    TooShort { limit: u32, actual: usize },
    /// `maxLength`, in characters.
    TooLong { limit: u32, actual: usize },
    /// `maxLength`, in UTF-8 bytes.
    TooManyBytes { limit: u32, actual: usize },
    /// `pattern`.
    Mismatch { pattern: &'static str },
    /// `minimum`.
    BelowMinimum { limit: String },
    /// `maximum`.
    AboveMaximum { limit: String },
    /// `exclusiveMinimum`.
    NotAbove { limit: String },
    /// `exclusiveMaximum`.
    NotBelow { limit: String },
    /// `x-decimal`: too many digits before the point.
    TooManyDigits { limit: u32, actual: u32 },
    /// `x-decimal`: too many digits after the point.
    TooManyDecimals { limit: u32, actual: u32 },
    /// `enum`: none of the values the document names.
    NotNamed { allowed: Vec<String> },
    /// `const`.
    NotConst { expected: &'static str },
    /// `minItems`.
    TooFewItems { limit: u32, actual: usize },
    /// `maxItems`.
    TooManyItems { limit: u32, actual: usize },
    /// `uniqueItems`: the second of these elements is equal to the first.
    Repeated { first: usize, second: usize },
    /// `anyOf` of `required`: none of these groups is there.
    NoneOf {
        groups: &'static [&'static [&'static str]],
    },
    /// `dependentRequired`.
    MissingWith {
        present: &'static str,
        missing: &'static str,
    },
    /// `additionalProperties: false`.
    UnknownField,
    /// `type`: any JSON is kept, but not of this type here.
    WrongForm { expected: &'static str },
    /// A character outside the Basic Multilingual Plane, which the vendor's database refuses.
    BeyondBmp,
    /// The same, where vendors' programs disagree on its length, which is signed.
    Miscounted,
}

impl Broken {
    /// The schema keyword that states the rule.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Broken::TooShort { .. } => "minLength",
            Broken::TooLong { .. } | Broken::TooManyBytes { .. } => "maxLength",
            Broken::Mismatch { .. } => "pattern",
            Broken::BelowMinimum { .. } => "minimum",
            Broken::AboveMaximum { .. } => "maximum",
            Broken::NotAbove { .. } => "exclusiveMinimum",
            Broken::NotBelow { .. } => "exclusiveMaximum",
            Broken::TooManyDigits { .. } | Broken::TooManyDecimals { .. } => "x-decimal",
            Broken::NotNamed { .. } => "enum",
            Broken::NotConst { .. } => "const",
            Broken::TooFewItems { .. } => "minItems",
            Broken::TooManyItems { .. } => "maxItems",
            Broken::Repeated { .. } => "uniqueItems",
            Broken::NoneOf { .. } => "anyOf",
            Broken::MissingWith { .. } => "dependentRequired",
            Broken::UnknownField => "additionalProperties",
            Broken::WrongForm { .. } => "type",
            Broken::BeyondBmp | Broken::Miscounted => "beyond_bmp",
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::TooShort { limit: 1, .. } => f.write_str("must not be empty"),
            Broken::TooShort { limit, actual } => write!(f, "{actual} characters, at least {limit} needed"),
            Broken::TooLong { limit, actual } => write!(f, "{actual} characters, at most {limit} allowed"),
            Broken::TooManyBytes { limit, actual } => write!(f, "{actual} bytes, at most {limit} allowed"),
            Broken::Mismatch { pattern } => write!(f, "does not match {pattern}"),
            Broken::BelowMinimum { limit } => write!(f, "must not be below {limit}"),
            Broken::AboveMaximum { limit } => write!(f, "must not be above {limit}"),
            Broken::NotAbove { limit } => write!(f, "must be above {limit}"),
            Broken::NotBelow { limit } => write!(f, "must be below {limit}"),
            Broken::TooManyDigits { limit, actual } => {
                write!(f, "{actual} digits before the point, at most {limit} allowed")
            }
            Broken::TooManyDecimals { limit, actual } => {
                write!(f, "{actual} decimals, at most {limit} allowed; round it first")
            }
            Broken::NotNamed { allowed } => write!(f, "not one of {}", allowed.join(", ")),
            Broken::NotConst { expected } | Broken::WrongForm { expected } => {
                write!(f, "must be {expected}")
            }
            Broken::TooFewItems { limit, actual } => write!(f, "{actual} elements, at least {limit} needed"),
            Broken::TooManyItems { limit, actual } => write!(f, "{actual} elements, at most {limit} allowed"),
            Broken::Repeated { first, second } => write!(f, "element {second} is equal to element {first}"),
            Broken::NoneOf { groups } => write!(f, "needs {}", groups_text(groups, " or ", " with ")),
            Broken::MissingWith { present, missing } => write!(f, "needs {missing}, since {present} is there"),
            Broken::UnknownField => f.write_str("is not a field of this message"),
            Broken::BeyondBmp => {
                f.write_str("has an emoji or another rare character that the vendor's database refuses")
            }
            Broken::Miscounted => f.write_str(
                "has an emoji or another rare character, whose length vendors' programs count differently when signing",
            ),
        }
    }
}

impl Broken {
    /// The finding in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Broken::TooShort { limit: 1, .. } => "不能为空".to_owned(),
            Broken::TooShort { limit, actual } => format!("{actual} 个字符，至少需要 {limit} 个"),
            Broken::TooLong { limit, actual } => format!("{actual} 个字符，最多 {limit} 个"),
            Broken::TooManyBytes { limit, actual } => format!("{actual} 个字节，最多 {limit} 个"),
            Broken::Mismatch { pattern } => format!("不符合格式 {pattern}"),
            Broken::BelowMinimum { limit } => format!("不能小于 {limit}"),
            Broken::AboveMaximum { limit } => format!("不能大于 {limit}"),
            Broken::NotAbove { limit } => format!("必须大于 {limit}"),
            Broken::NotBelow { limit } => format!("必须小于 {limit}"),
            Broken::TooManyDigits { limit, actual } => {
                format!("整数部分 {actual} 位，最多 {limit} 位")
            }
            Broken::TooManyDecimals { limit, actual } => {
                format!("小数部分 {actual} 位，最多 {limit} 位，请先舍入")
            }
            Broken::NotNamed { allowed } => format!("不是以下取值之一：{}", allowed.join("、")),
            Broken::NotConst { expected } => format!("必须为 {expected}"),
            Broken::TooFewItems { limit, actual } => format!("{actual} 项，至少需要 {limit} 项"),
            Broken::TooManyItems { limit, actual } => format!("{actual} 项，最多 {limit} 项"),
            Broken::Repeated { first, second } => {
                format!("第 {second} 项与第 {first} 项重复（从 0 数起）")
            }
            Broken::NoneOf { groups } => format!("缺少 {}", groups_text(groups, " 或 ", " 与 ")),
            Broken::MissingWith { present, missing } => format!("有 {present} 时必须有 {missing}"),
            Broken::UnknownField => "不是该消息的字段".to_owned(),
            Broken::WrongForm { expected } => format!("类型必须为 {expected}"),
            Broken::BeyondBmp => "含有表情符号等特殊字符，对方数据库无法写入".to_owned(),
            Broken::Miscounted => {
                "含有表情符号等特殊字符，各家程序签名时计算的长度不一致".to_owned()
            }
        }
    }
}

fn groups_text(groups: &[&[&str]], or: &str, and: &str) -> String {
    groups
        .iter()
        .map(|group| group.join(and))
        .collect::<Vec<_>>()
        .join(or)
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", place(&self.pointer))?;
        if !self.title.is_empty() {
            write!(f, " {}", self.title)?;
        }
        write!(f, ": {}", self.broken)
    }
}

impl Violation {
    /// The finding in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let place = if self.pointer.is_empty() {
            "(消息)"
        } else {
            &self.pointer
        };
        let gap = if self.title.is_empty() { "" } else { " " };
        format!("{place}{gap}{}：{}", self.title, self.broken.zh())
    }
}

fn place(pointer: &str) -> &str {
    if pointer.is_empty() {
        "(message)"
    } else {
        pointer
    }
}

/// All violations of one message, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
