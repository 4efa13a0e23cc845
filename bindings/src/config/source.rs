//! Where configuration comes from, as values: nothing else here asks the process.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::error::{ConfigError, Warning};

/// The variables and the file. `Debug` shows no value.
#[derive(Clone, Default)]
pub struct Sources {
    variables: BTreeMap<String, SecretString>,
    file: Option<PathBuf>,
}

impl Sources {
    /// Those of this process.
    #[must_use]
    pub fn process() -> Sources {
        let variables = std::env::vars_os();
        let texts = variables
            .filter_map(|(name, text)| name.into_string().ok().zip(text.into_string().ok()));
        Sources::variables(texts)
    }

    /// These variables and no others, those that lead to the file among them.
    #[must_use]
    pub fn variables(variables: impl IntoIterator<Item = (String, String)>) -> Sources {
        let filled = variables.into_iter().filter(|(_, text)| !text.is_empty());
        Sources {
            variables: filled.map(|(name, text)| (name, text.into())).collect(),
            file: None,
        }
    }

    /// The same with this file, wherever the variables lead to. It has to be there.
    #[must_use]
    pub fn with_file(mut self, path: impl Into<PathBuf>) -> Sources {
        self.file = Some(path.into());
        self
    }

    /// A variable that is set and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        use secrecy::ExposeSecret as _;
        self.variables.get(name).map(SecretString::expose_secret)
    }

    /// The variables whose names begin so: name, its rest, text.
    pub(super) fn beginning_with(&self, prefix: &str) -> Vec<(&str, &str, &str)> {
        let names = self.variables.keys();
        names
            .filter_map(|name| Some((name.as_str(), name.strip_prefix(prefix)?, self.get(name)?)))
            .collect()
    }

    pub(super) fn file(&self) -> Option<PathBuf> {
        if let Some(path) = &self.file {
            return Some(path.clone());
        }
        if let Some(path) = self.get("DOCKSEAL_CONFIG") {
            return Some(path.into());
        }
        let directory = self.get("XDG_CONFIG_HOME").map(PathBuf::from);
        let directory = directory.or_else(|| Some(self.home()?.join(".config")))?;
        Some(directory.join("dockseal").join("config.toml"))
    }

    /// Whether somebody named the file, so that it has to be there.
    pub(super) fn insists_on_file(&self) -> bool {
        self.file.is_some() || self.get("DOCKSEAL_CONFIG").is_some()
    }

    pub(super) fn home(&self) -> Option<PathBuf> {
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE"));
        home.map(PathBuf::from)
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources")
            .field("file", &self.file())
            .field("variables", &self.variables.len())
            .finish()
    }
}

/// The text of the file; none if it is not there and need not be.
pub(super) fn read(
    path: &Path,
    has_to_be_there: bool,
    warnings: &mut Vec<Warning>,
) -> Result<Option<String>, ConfigError> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            warnings.extend(readable_by_others(path));
            Ok(Some(text))
        }
        Err(error) if error.kind() == ErrorKind::NotFound && !has_to_be_there => Ok(None),
        Err(error) => Err(ConfigError::Unreadable {
            path: path.to_owned(),
            cause: error.kind(),
        }),
    }
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<Warning> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| Warning::ReadableByOthers {
        path: path.to_owned(),
        mode,
    })
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Option<Warning> {
    None
}
