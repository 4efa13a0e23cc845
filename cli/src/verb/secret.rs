//! The secret of an account: where it is taken from, and how it is kept out of every output.

use std::convert::Infallible;
use std::io::Read as _;
use std::str::FromStr;

use dockseal::gateway::{Credential, Gateway};
use dockseal::{CredentialError, Keys, SecretString};
use secrecy::ExposeSecret;

use crate::language::Said;
use crate::output::{Answer, Complaint};

/// Shorter texts are no secrets, and masking them would spoil every number.
const SHORTEST: usize = 4;

/// Where a secret is taken from. `Debug` does not show it.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// `env:NAME`
    Variable(String),
    /// `@FILE`
    File(String),
    /// `-`
    Stdin,
    /// Anything else, which others can see.
    Plain(SecretString),
}

impl FromStr for Source {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Source, Infallible> {
        Ok(if text == "-" {
            Source::Stdin
        } else if let Some(name) = text.strip_prefix("env:") {
            Source::Variable(name.to_owned())
        } else if let Some(path) = text.strip_prefix('@') {
            Source::File(path.to_owned())
        } else {
            Source::Plain(text.into())
        })
    }
}

impl Source {
    /// The text. The end of the line behind it in a file is not part of it.
    pub(super) fn read(&self) -> Result<SecretString, Complaint> {
        match self {
            Source::Variable(name) => std::env::var(name).map(SecretString::from).map_err(|_| {
                Complaint::usage(Said::new(
                    format!("the environment variable {name} is not set"),
                    format!("未设置环境变量 {name}"),
                ))
            }),
            Source::File(path) => std::fs::read_to_string(path)
                .map(line)
                .map_err(|error| unreadable(path, &error)),
            Source::Stdin => {
                let mut text = String::new();
                let read = std::io::stdin().read_to_string(&mut text);
                read.map(|_| line(text))
                    .map_err(|error| unreadable("-", &error))
            }
            Source::Plain(text) => Ok(text.clone()),
        }
    }

    /// What is wrong with a secret that stands on the command line.
    pub(super) fn warning(&self) -> Option<Said> {
        matches!(self, Source::Plain(_)).then(|| {
            Said::new(
                "a secret on the command line can be read by other users and stays in the shell's history; use env:NAME, @FILE or - instead",
                "命令行中的密钥会被其他用户看到并留在 shell 历史中，请改用 env:变量名、@文件 或 -",
            )
        })
    }
}

fn line(text: String) -> SecretString {
    let text = zeroize::Zeroizing::new(text);
    text.trim_end_matches(['\r', '\n']).into()
}

/// A complaint about a file.
pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Complaint {
    Complaint::usage(Said::new(
        format!("{path} cannot be read: {error}"),
        format!("无法读取 {path}：{error}"),
    ))
}

/// The secret of an account, and the salt where it comes with one.
#[derive(Clone, Debug)]
pub(super) struct Secret {
    /// What signs.
    pub(super) signing: SecretString,
    /// The other half of a text of two.
    pub(super) salt: Option<SecretString>,
    /// Both halves as handed out.
    pub(super) whole: Option<SecretString>,
}

impl Secret {
    /// The secret from its text. Where the gateway hands out two halves in one, the first alone is
    /// taken too, and `salt` is what the request says.
    pub(super) fn new(
        gateway: &'static Gateway,
        text: &SecretString,
        salt: Option<&str>,
    ) -> Result<Secret, CredentialError> {
        let row = row(gateway);
        let mut keys = Keys::new(gateway);
        let Some(row) = row else {
            return Ok(Secret {
                signing: text.clone(),
                salt: None,
                whole: None,
            });
        };
        let whole = match (row.split, salt) {
            (Some((at, _)), Some(salt)) if !text.expose_secret().contains(at) => {
                format!("{}{at}{salt}", text.expose_secret()).into()
            }
            _ => text.clone(),
        };
        keys.set(row.name, whole.clone())?;
        let salt = row
            .split
            .and_then(|(_, [_, second])| keys.get(second))
            .map(SecretString::from);
        let whole = salt.is_some().then_some(whole);
        Ok(Secret {
            signing: keys.secret()?.clone(),
            salt,
            whole,
        })
    }

    /// Masks every appearance in an answer.
    pub(super) fn hide(&self, mut answer: Answer) -> Answer {
        answer.text = self.mask(&answer.text);
        answer.warnings = answer
            .warnings
            .iter()
            .map(|warning| self.mask(warning))
            .collect();
        self.mask_json(&mut answer.json);
        answer
    }

    fn mask(&self, text: &str) -> String {
        let parts = [
            (self.whole.as_ref(), "secret"),
            (Some(&self.signing), "secret"),
            (self.salt.as_ref(), "salt"),
        ];
        parts
            .into_iter()
            .fold(text.to_owned(), |text, (part, word)| {
                match part.map(ExposeSecret::expose_secret) {
                    Some(part) if part.chars().count() >= SHORTEST => {
                        text.replace(part, &format!("‹{word}›"))
                    }
                    _ => text,
                }
            })
    }

    fn mask_json(&self, json: &mut serde_json::Value) {
        match json {
            serde_json::Value::String(text) => *text = self.mask(text),
            serde_json::Value::Array(items) => {
                for item in items {
                    self.mask_json(item);
                }
            }
            serde_json::Value::Object(members) => members
                .values_mut()
                .for_each(|member| self.mask_json(member)),
            _ => {}
        }
    }
}

/// The credential that holds the secret that signs.
pub(super) fn row(gateway: &'static Gateway) -> Option<&'static Credential> {
    let holds = |row: &&Credential| {
        row.name == gateway.secret
            || row
                .split
                .is_some_and(|(_, halves)| halves.contains(&gateway.secret))
    };
    gateway.credentials.iter().find(holds)
}
