//! What the sandbox knows of earlier requests, in memory or in a file.
//!
//! The file is JSON. It is written beside its place and renamed after each change, so that a crash
//! leaves the old state or the new one.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the file.
const VERSION: u32 = 1;

/// What earlier requests did.
#[derive(Debug, Default)]
pub(super) struct State {
    file: Option<PathBuf>,
    made: BTreeMap<Api, u64>,
    known: BTreeMap<(Api, String), Value>,
}

/// A method as one account calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Api {
    pub(super) gateway: String,
    pub(super) account: String,
    pub(super) method: String,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    made: Vec<Made>,
    known: Vec<Known>,
}

/// How many documents a method made.
#[derive(Serialize, Deserialize)]
struct Made {
    #[serde(flatten)]
    api: Api,
    count: u64,
}

/// A request that a later one may repeat.
#[derive(Serialize, Deserialize)]
struct Known {
    #[serde(flatten)]
    api: Api,
    /// What makes a later request a repetition.
    value: String,
    /// The reply that the first one was given.
    reply: Value,
}

/// Whether a request was new.
#[derive(Debug, PartialEq)]
pub(super) enum Taken {
    /// It was, and this is its reply.
    New(Value),
    /// It was not; the reply that the first one was given.
    Known(Value),
}

/// A state file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// It cannot be read or written.
    #[error("the state file {path} cannot be used: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not a state file.
    #[error("{path} is no state file of this sandbox: {source}; move it away to start afresh", path = path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// Where it is broken.
        source: serde_json::Error,
    },
    /// It was written by another version.
    #[error("the state file {path} has version {found}, and this sandbox writes {VERSION}; move it away to start afresh", path = path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
}

impl StateError {
    /// The same in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            StateError::Io { path, source } => {
                format!("状态文件 {} 无法读写：{source}", path.display())
            }
            StateError::Broken { path, source } => {
                format!(
                    "{} 不是沙箱状态文件：{source}；移走该文件即可重新开始",
                    path.display()
                )
            }
            StateError::Version { path, found } => {
                format!(
                    "状态文件 {} 的版本为 {found}，当前为 {VERSION}；移走该文件即可重新开始",
                    path.display()
                )
            }
        }
    }
}

impl State {
    /// The state that a file keeps; an absent file is a new state.
    pub(super) fn open(path: &Path) -> Result<State, StateError> {
        let mut state = State {
            file: Some(path.to_owned()),
            ..State::default()
        };
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // Better now than after the first request.
                state.write()?;
                return Ok(state);
            }
            Err(source) => {
                return Err(StateError::Io {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        let kept: Kept = serde_json::from_slice(&text).map_err(|source| StateError::Broken {
            path: path.to_owned(),
            source,
        })?;
        if kept.version != VERSION {
            return Err(StateError::Version {
                path: path.to_owned(),
                found: kept.version,
            });
        }
        state.made = kept
            .made
            .into_iter()
            .map(|made| (made.api, made.count))
            .collect();
        state.known = kept
            .known
            .into_iter()
            .map(|known| ((known.api, known.value), known.reply))
            .collect();
        Ok(state)
    }

    /// Takes in a request: `identity` is what makes a later one a repetition of it, `reply` makes
    /// the answer to a new one from the number of documents of this method.
    pub(super) fn take(
        &mut self,
        api: Api,
        identity: Option<String>,
        reply: impl FnOnce(u64) -> Value,
    ) -> Result<Taken, StateError> {
        let key = identity.map(|value| (api.clone(), value));
        if let Some(known) = key.as_ref().and_then(|key| self.known.get(key)) {
            return Ok(Taken::Known(known.clone()));
        }
        let count = self.made.entry(api).or_default();
        *count += 1;
        let reply = reply(*count);
        if let Some(key) = key {
            self.known.insert(key, reply.clone());
        }
        self.write()?;
        Ok(Taken::New(reply))
    }

    /// How many documents each method made.
    pub(super) fn made(&self) -> impl Iterator<Item = (&Api, u64)> {
        self.made.iter().map(|(api, count)| (api, *count))
    }

    fn write(&self) -> Result<(), StateError> {
        let Some(path) = &self.file else {
            return Ok(());
        };
        self.replace(path).map_err(|source| StateError::Io {
            path: path.clone(),
            source,
        })
    }

    fn replace(&self, path: &Path) -> io::Result<()> {
        let kept = Kept {
            version: VERSION,
            made: self
                .made
                .iter()
                .map(|(api, count)| Made {
                    api: api.clone(),
                    count: *count,
                })
                .collect(),
            known: self
                .known
                .iter()
                .map(|((api, value), reply)| Known {
                    api: api.clone(),
                    value: value.clone(),
                    reply: reply.clone(),
                })
                .collect(),
        };
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        std::fs::write(&beside, serde_json::to_vec_pretty(&kept)?)?;
        std::fs::rename(&beside, path)
    }
}
