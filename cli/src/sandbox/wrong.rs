//! What can be wrong with a request, in words that say where and what to do.
//!
//! No text here has the value of a parameter or a field.

use dockseal::form::FormError;
use dockseal::object::read::Problem;
use dockseal::object::violation::Violation;
use dockseal::sign::SignError;

use super::explain::Report;
use crate::language::Said;

/// What is wrong with a request.
#[derive(Debug)]
pub(super) enum Wrong {
    /// Not a POST.
    HttpMethod { found: String },
    /// Another type of body.
    ContentType {
        found: Option<String>,
        expected: &'static str,
    },
    /// Query or form cannot be taken apart.
    Form(FormError),
    /// The JSON body is not UTF-8.
    NotUtf8,
    /// A system parameter is missing.
    Missing { parameter: &'static str },
    /// A system parameter that is always the same has another value.
    Constant {
        parameter: &'static str,
        expected: &'static str,
    },
    /// A system parameter has none of its values.
    NotAllowed {
        parameter: &'static str,
        allowed: &'static [&'static str],
    },
    /// No account has this value.
    Account { parameter: &'static str },
    /// The account has another value.
    Credential { parameter: &'static str },
    /// The signature is another one.
    Signature(Box<Report>),
    /// No signature can be computed.
    Unsigned(SignError),
    /// The time stamp cannot be read.
    Stamp {
        parameter: &'static str,
        form: &'static str,
    },
    /// The time stamp is outside the window: how many seconds the caller's clock is ahead.
    Clock { ahead: i64, window: u32 },
    /// There is no such method.
    Method { known: Vec<&'static str> },
    /// The business request cannot be read.
    Unreadable(Vec<Problem>),
    /// A required field of the business request is missing.
    Incomplete(Vec<Problem>),
    /// The business request breaks a rule.
    Invalid(Vec<Violation>),
}

impl Wrong {
    /// One word for it.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Wrong::HttpMethod { .. } => "http-method",
            Wrong::ContentType { .. } => "content-type",
            Wrong::Form(_) | Wrong::NotUtf8 => "malformed",
            Wrong::Missing { .. } => "missing-parameter",
            Wrong::Constant { .. } => "constant",
            Wrong::NotAllowed { .. } => "not-allowed",
            Wrong::Account { .. } => "unknown-account",
            Wrong::Credential { .. } => "credential",
            Wrong::Signature(_) | Wrong::Unsigned(_) => "signature",
            Wrong::Stamp { .. } => "time-stamp",
            Wrong::Clock { .. } => "clock",
            Wrong::Method { .. } => "no-such-method",
            Wrong::Unreadable(_) => "unreadable",
            Wrong::Incomplete(_) => "missing-field",
            Wrong::Invalid(_) => "invalid",
        }
    }

    /// The system parameter that is at fault.
    pub(super) fn parameter(&self) -> Option<&'static str> {
        match self {
            Wrong::Missing { parameter }
            | Wrong::Constant { parameter, .. }
            | Wrong::NotAllowed { parameter, .. }
            | Wrong::Account { parameter }
            | Wrong::Credential { parameter }
            | Wrong::Stamp { parameter, .. } => Some(parameter),
            _ => None,
        }
    }

    /// The field that is at fault, as a JSON Pointer.
    pub(super) fn pointer(&self) -> Option<String> {
        match self {
            Wrong::Form(error) => error.pointer().map(str::to_owned),
            Wrong::Unreadable(problems) | Wrong::Incomplete(problems) => {
                problems.first().map(|problem| problem.pointer.clone())
            }
            Wrong::Invalid(violations) => violations
                .first()
                .map(|violation| violation.pointer.clone()),
            other => other.parameter().map(|name| format!("/{name}")),
        }
    }

    pub(super) fn said(&self) -> Said {
        match self {
            Wrong::HttpMethod { found } => Said::new(
                format!("sent as {found}; send a POST"),
                format!("请求方式为 {found}，请用 POST"),
            ),
            Wrong::ContentType { found, expected } => {
                let found = found.as_deref();
                Said::new(
                    format!(
                        "the content type is {}; send {expected}",
                        found.unwrap_or("missing")
                    ),
                    format!(
                        "Content-Type {}，应为 {expected}",
                        found.map_or("缺失".to_owned(), |found| format!("为 {found}"))
                    ),
                )
            }
            Wrong::Form(error) => Said::new(error.to_string(), error.zh()),
            Wrong::NotUtf8 => Said::new("the body is not UTF-8", "请求体不是 UTF-8 编码"),
            Wrong::Missing { parameter } => Said::new(
                format!("the system parameter {parameter} is missing"),
                format!("缺少系统参数 {parameter}"),
            ),
            Wrong::Constant {
                parameter,
                expected,
            } => Said::new(
                format!("{parameter} is always {expected}"),
                format!("{parameter} 固定为 {expected}"),
            ),
            Wrong::NotAllowed { parameter, allowed } => Said::new(
                format!("{parameter} is one of {}", allowed.join(", ")),
                format!("{parameter} 应为以下之一：{}", allowed.join("、")),
            ),
            Wrong::Account { parameter } => Said::new(
                format!("no test account has this {parameter}; /_sandbox/ lists them"),
                format!("没有测试账号使用该 {parameter}，账号列表见 /_sandbox/"),
            ),
            Wrong::Credential { parameter } => Said::new(
                format!("the account has another {parameter}; /_sandbox/ lists the test accounts"),
                format!("{parameter} 与账号不符，账号列表见 /_sandbox/"),
            ),
            Wrong::Signature(report) => report.said(),
            Wrong::Unsigned(error) => Said::new(error.to_string(), error.zh()),
            Wrong::Stamp { parameter, form } => Said::new(
                format!("{parameter} is not {form}"),
                format!("{parameter} 格式应为 {form}"),
            ),
            Wrong::Clock { ahead, window } => clock(*ahead, *window),
            Wrong::Method { known } => Said::new(
                format!(
                    "there is no such method here; there are: {}",
                    known.join(", ")
                ),
                format!("接口不存在，现有：{}", known.join("、")),
            ),
            Wrong::Unreadable(problems) | Wrong::Incomplete(problems) => Said::new(
                list(problems.iter().map(ToString::to_string), "; "),
                list(problems.iter().map(Problem::zh), "；"),
            ),
            Wrong::Invalid(violations) => Said::new(
                list(violations.iter().map(ToString::to_string), "; "),
                list(violations.iter().map(Violation::zh), "；"),
            ),
        }
    }

    /// How it was found out, for the log.
    pub(super) fn details(&self) -> Vec<Said> {
        match self {
            Wrong::Signature(report) => report.details(),
            _ => Vec::new(),
        }
    }
}

fn list(items: impl Iterator<Item = String>, separator: &str) -> String {
    items.collect::<Vec<_>>().join(separator)
}

/// Seconds of eight hours: what a clock in UTC lacks in Beijing.
const EIGHT_HOURS: i64 = 8 * 3600;

fn clock(ahead: i64, window: u32) -> Said {
    let (en, zh) = if ahead < 0 {
        ("behind", "慢")
    } else {
        ("ahead", "快")
    };
    let seconds = ahead.unsigned_abs();
    let mut said = (
        format!(
            "the time stamp is {seconds} s {en} of the gateway's clock, {window} s are allowed"
        ),
        format!("时间戳比网关时钟{zh} {seconds} 秒，允许 {window} 秒"),
    );
    if (ahead.abs() - EIGHT_HOURS).abs() <= i64::from(window) {
        said.0
            .push_str("; that is 8 hours: write Beijing time, whatever the zone of this machine");
        said.1
            .push_str("；恰为 8 小时：时间戳须为北京时间，与本机时区无关");
    }
    Said::new(said.0, said.1)
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn eight_hours_are_explained() {
        assert!(
            clock(-28_790, 600).en.contains("28790 s behind")
                && clock(-28_790, 600).en.contains("8 hours")
        );
        assert!(
            clock(28_800, 120).zh.contains("快 28800 秒")
                && clock(28_800, 120).zh.contains("8 小时")
        );
        assert!(!clock(3_600, 120).en.contains("8 hours"));
    }
}
