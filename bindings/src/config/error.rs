//! What can be wrong with configuration, with its place and without its values.

use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::CredentialError;

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file, from line 1.
    File {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// In a variable of the environment.
    Variable(String),
    /// In the program.
    Program,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File { path, line } => write!(f, "{}:{line}", path.display()),
            Place::Variable(name) => f.write_str(name),
            Place::Program => f.write_str("set by the program"),
        }
    }
}

/// What is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// A key.
    Key,
    /// A gateway.
    Gateway,
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text in quotes.
    Text,
    /// A whole number of at least 1, without quotes and unit.
    Number,
    /// A table.
    Table,
}

impl Expected {
    fn said(self) -> [&'static str; 2] {
        match self {
            Expected::Text => ["a text in quotes", "带引号的文本"],
            Expected::Number => [
                "a whole number from 1 to 4294967295, without quotes",
                "1 到 4294967295 的整数，不加引号",
            ],
            Expected::Table => ["a table", "表"],
        }
    }
}

/// Configuration that cannot be used. No message shows a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: ErrorKind,
    },
    /// The file is not TOML.
    #[error("{place}: not TOML: {message}")]
    Syntax {
        /// Where.
        place: Place,
        /// What was expected.
        message: String,
    },
    /// A name that nothing has.
    #[error("{place}: unknown {} {name:?}; {}", what.said()[0], hint(near.as_deref(), known)[0])]
    Unknown {
        /// Where.
        place: Place,
        /// What it should name.
        what: Unknown,
        /// The name.
        name: String,
        /// The known name most like it.
        near: Option<String>,
        /// All known names.
        known: Vec<String>,
    },
    /// A value of another type.
    #[error("{place}: {key} must be {}", expected.said()[0])]
    WrongType {
        /// Where.
        place: Place,
        /// Whose value.
        key: String,
        /// What it must be.
        expected: Expected,
    },
    /// A profile that does not say what it is for.
    #[error("{place}: profile {profile:?} has no gateway; add gateway = one of {}", known.join(", "))]
    NoGateway {
        /// Where.
        place: Place,
        /// The profile.
        profile: String,
        /// The gateways there are.
        known: Vec<&'static str>,
    },
    /// `env:` with a variable that is not set.
    #[error("{place}: {key} is to come from the variable {variable}, which is not set")]
    NoVariable {
        /// Where.
        place: Place,
        /// Whose value.
        key: &'static str,
        /// The variable.
        variable: String,
    },
    /// `file:` with a file that cannot be read.
    #[error("{place}: {key} is to come from the file {}: {cause}", path.display())]
    NoFile {
        /// Where.
        place: Place,
        /// Whose value.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        cause: ErrorKind,
    },
    /// A credential that cannot be right.
    #[error("{place}: {error}")]
    Credential {
        /// Where.
        place: Place,
        /// Why.
        error: CredentialError,
    },
    /// A profile without something that every account has.
    #[error(
        "profile {profile:?} lacks {key}; set it in the profile, or in the variable {variable}"
    )]
    Missing {
        /// The profile.
        profile: String,
        /// What it lacks.
        key: &'static str,
        /// The variable that would set it.
        variable: String,
    },
    /// There is no such profile.
    #[error("there is no profile {name:?}; {}", there_are(known)[0])]
    NoProfile {
        /// The name.
        name: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// There is no profile for a gateway.
    #[error("there is no profile for {gateway}; add one to the file, or set DOCKSEAL_{}_...", gateway.to_uppercase().replace('-', "_"))]
    NoProfileOf {
        /// The gateway.
        gateway: &'static str,
    },
    /// Several profiles for one gateway, and nothing says which.
    #[error("several profiles are for {gateway}: {}; name one of them in DOCKSEAL_PROFILE", profiles.join(", "))]
    Ambiguous {
        /// The gateway.
        gateway: &'static str,
        /// Its profiles.
        profiles: Vec<String>,
    },
}

impl Unknown {
    fn said(self) -> [&'static str; 2] {
        match self {
            Unknown::Key => ["key", "键"],
            Unknown::Gateway => ["gateway", "平台"],
        }
    }
}

fn hint(near: Option<&str>, known: &[String]) -> [String; 2] {
    match near {
        Some(near) => [
            format!("did you mean {near:?}?"),
            format!("是否为 {near}？"),
        ],
        None => [
            format!("known are {}", known.join(", ")),
            format!("可用的有 {}", known.join("、")),
        ],
    }
}

fn there_are(known: &[String]) -> [String; 2] {
    if known.is_empty() {
        return ["there are none".to_owned(), "现无任何配置".to_owned()];
    }
    [
        format!("there are {}", known.join(", ")),
        format!("现有 {}", known.join("、")),
    ]
}

impl ConfigError {
    /// The same in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { path, cause } => format!("{}：无法读取：{cause}", path.display()),
            Self::Syntax { place, message } => format!("{place}：不是合法的 TOML：{message}"),
            Self::Unknown {
                place,
                what,
                name,
                near,
                known,
            } => {
                let [_, what] = what.said();
                let [_, hint] = hint(near.as_deref(), known);
                format!("{place}：没有{what} {name}；{hint}")
            }
            Self::WrongType {
                place,
                key,
                expected,
            } => {
                let [_, expected] = expected.said();
                format!("{place}：{key} 必须是{expected}")
            }
            Self::NoGateway {
                place,
                profile,
                known,
            } => {
                format!(
                    "{place}：配置 {profile} 缺少 gateway，可选 {}",
                    known.join("、")
                )
            }
            Self::NoVariable {
                place,
                key,
                variable,
            } => {
                format!("{place}：{key} 取自环境变量 {variable}，但该变量未设置")
            }
            Self::NoFile {
                place,
                key,
                path,
                cause,
            } => {
                format!("{place}：{key} 取自文件 {}：{cause}", path.display())
            }
            Self::Credential { place, error } => format!("{place}：{}", error.zh()),
            Self::Missing {
                profile,
                key,
                variable,
            } => {
                format!("配置 {profile} 缺少 {key}，请写入配置，或设置环境变量 {variable}")
            }
            Self::NoProfile { name, known } => {
                let [_, there_are] = there_are(known);
                format!("没有名为 {name} 的配置；{there_are}")
            }
            Self::NoProfileOf { gateway } => {
                format!("没有 {gateway} 的配置，请在文件中添加，或设置环境变量")
            }
            Self::Ambiguous { gateway, profiles } => {
                format!(
                    "{gateway} 有多个配置：{}；请用 DOCKSEAL_PROFILE 指定其一",
                    profiles.join("、")
                )
            }
        }
    }
}

/// Something that is better mended, though it works.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Other users of this machine can read the file.
    ReadableByOthers {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Warning::ReadableByOthers { path, mode } = self;
        let path = path.display();
        write!(
            f,
            "{path} holds credentials and others can read it (mode {mode:04o}); run: chmod 600 {path}"
        )
    }
}

impl Warning {
    /// The same in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let Warning::ReadableByOthers { path, mode } = self;
        let path = path.display();
        format!("{path} 含有凭证，其他用户可以读取（权限 {mode:04o}），请执行：chmod 600 {path}")
    }
}
