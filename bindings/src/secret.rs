//! Credentials as they are handed out: checked once, when they are taken in, and never printed.
//!
//! The generated credential types call these functions; a text that cannot be right is refused
//! there, with the name of its field, rather than by the gateway as a wrong signature.

use secrecy::SecretString;

/// A credential that cannot be right. No message shows the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialError {
    /// The field is empty or white space.
    #[error("{field} is empty; copy it from the gateway's console")]
    Blank {
        /// Name of the field.
        field: &'static str,
    },
    /// White space or an invisible character before or behind the text.
    #[error(
        "{field} begins or ends with white space or an invisible character; copy it again without"
    )]
    Surrounded {
        /// Name of the field.
        field: &'static str,
    },
    /// A text of two parts has no separator.
    #[error(
        "{field} must be \"{first}{at}{second}\": no \"{at}\" in a text of {length} characters; copy it whole"
    )]
    NoSeparator {
        /// Name of the field.
        field: &'static str,
        /// The separator.
        at: &'static str,
        /// Name of the part before it.
        first: &'static str,
        /// Name of the part behind it.
        second: &'static str,
        /// Length of the text, in code points.
        length: usize,
    },
    /// One part of a text of two is empty.
    #[error("{field} must be \"{first}{at}{second}\": the {empty} is empty; copy it whole")]
    EmptyPart {
        /// Name of the field.
        field: &'static str,
        /// The separator.
        at: &'static str,
        /// Name of the part before it.
        first: &'static str,
        /// Name of the part behind it.
        second: &'static str,
        /// Which of the two is empty.
        empty: &'static str,
    },
    /// One part of a text of two has white space beside the separator.
    #[error(
        "{field} has white space or an invisible character beside its \"{at}\"; copy it again without"
    )]
    SurroundedPart {
        /// Name of the field.
        field: &'static str,
        /// The separator.
        at: &'static str,
    },
    /// The field takes only a few values.
    #[error("{field} must be one of {}", allowed.join(", "))]
    NotAllowed {
        /// Name of the field.
        field: &'static str,
        /// The values.
        allowed: &'static [&'static str],
    },
    /// The account is not one of this gateway.
    #[error("these are the credentials of {gateway}, not of {expected}")]
    OtherGateway {
        /// Whose they are.
        gateway: &'static str,
        /// Whose were asked for.
        expected: &'static str,
    },
    /// The gateway has no such field.
    #[error("{gateway} has no credential {field:?}")]
    NoSuchField {
        /// The name that was given.
        field: String,
        /// The gateway.
        gateway: &'static str,
    },
}

impl CredentialError {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Blank { field } => format!("{field} 为空，请从开放平台控制台复制"),
            Self::Surrounded { field } => {
                format!("{field} 首尾有空白或不可见字符，请重新复制并去掉")
            }
            Self::NoSeparator {
                field,
                at,
                first,
                second,
                length,
            } => format!(
                "{field} 由“{at}”分成两段：{first}{at}{second}；现有 {length} 个字符中没有“{at}”，请完整复制"
            ),
            Self::EmptyPart {
                field,
                at,
                first,
                second,
                empty,
            } => format!(
                "{field} 由“{at}”分成两段：{first}{at}{second}；其中 {empty} 为空，请完整复制"
            ),
            Self::SurroundedPart { field, at } => {
                format!("{field} 的“{at}”两侧有空白或不可见字符，请重新复制并去掉")
            }
            Self::NotAllowed { field, allowed } => {
                format!("{field} 只能是 {}", allowed.join("、"))
            }
            Self::OtherGateway { gateway, expected } => {
                format!("这是 {gateway} 的凭证，不是 {expected} 的")
            }
            Self::NoSuchField { field, gateway } => format!("{gateway} 没有凭证字段 {field}"),
        }
    }
}

/// Takes in a credential of one part.
///
/// # Errors
/// It is blank, or white space stands around it.
pub(crate) fn whole_secret(
    field: &'static str,
    text: &str,
) -> Result<SecretString, CredentialError> {
    check(field, text)?;
    Ok(SecretString::from(text))
}

/// Takes in a credential of two parts, split at the first `at`; `into` names the parts.
///
/// # Errors
/// It is blank, has white space around it or its parts, has no `at`, or an empty part.
pub(crate) fn split_secret(
    field: &'static str,
    text: &str,
    at: &'static str,
    into: [&'static str; 2],
) -> Result<(SecretString, SecretString), CredentialError> {
    check(field, text)?;
    let [first, second] = into;
    let Some((before, behind)) = text.split_once(at) else {
        let length = text.chars().count();
        return Err(CredentialError::NoSeparator {
            field,
            at,
            first,
            second,
            length,
        });
    };
    for (part, empty) in [(before, first), (behind, second)] {
        if trimmed(part).is_empty() {
            return Err(CredentialError::EmptyPart {
                field,
                at,
                first,
                second,
                empty,
            });
        }
        if trimmed(part) != part {
            return Err(CredentialError::SurroundedPart { field, at });
        }
    }
    Ok((SecretString::from(before), SecretString::from(behind)))
}

fn check(field: &'static str, text: &str) -> Result<(), CredentialError> {
    if trimmed(text).is_empty() {
        return Err(CredentialError::Blank { field });
    }
    if trimmed(text) != text {
        return Err(CredentialError::Surrounded { field });
    }
    Ok(())
}

/// Without what a copy from a web page or a spreadsheet brings along.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}')
    })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use secrecy::ExposeSecret as _;

    use super::*;

    const INTO: [&str; 2] = ["secret", "salt"];

    fn split(text: &str) -> Result<(String, String), CredentialError> {
        split_secret("appsecret", text, ":", INTO).map(|(secret, salt)| {
            (
                secret.expose_secret().to_owned(),
                salt.expose_secret().to_owned(),
            )
        })
    }

    #[test]
    fn the_first_separator_splits() {
        assert_eq!(split("a:b:c").unwrap(), ("a".to_owned(), "b:c".to_owned()));
    }

    #[test]
    fn a_broken_text_is_refused_without_being_shown() {
        for text in [
            "hunter2hunter2",
            "hunter2:",
            ":hunter2",
            " hunter2:x",
            "hunter2: x",
            "\u{FEFF}hunter2:x",
        ] {
            let error = split(text).unwrap_err();
            for message in [error.to_string(), error.zh(), format!("{error:?}")] {
                assert!(!message.contains("hunter2"), "{message}");
                assert!(message.contains("appsecret"), "{message}");
            }
        }
    }

    #[test]
    fn a_missing_separator_says_what_was_expected_and_how_much_was_there() {
        let error = split("0123456789abcdef0123456789abcdef").unwrap_err();
        assert_eq!(
            error.to_string(),
            "appsecret must be \"secret:salt\": no \":\" in a text of 32 characters; copy it whole"
        );
        assert_eq!(
            error.zh(),
            "appsecret 由“:”分成两段：secret:salt；现有 32 个字符中没有“:”，请完整复制"
        );
    }

    #[test]
    fn blank_and_surrounded_fields_are_told_apart() {
        for blank in ["", " \n", "\u{3000}", "\u{200B}"] {
            assert_eq!(
                whole_secret("sid", blank).err(),
                Some(CredentialError::Blank { field: "sid" })
            );
        }
        for surrounded in ["sid\n", " sid", "sid\u{3000}", "\u{FEFF}sid"] {
            assert_eq!(
                whole_secret("sid", surrounded).err(),
                Some(CredentialError::Surrounded { field: "sid" })
            );
        }
        assert!(whole_secret("sid", "a b").is_ok());
    }
}
