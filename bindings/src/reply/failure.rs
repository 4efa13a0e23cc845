//! What a gateway said when it refused, and what the schemas know of it.

use std::fmt;
use std::time::Duration;

use crate::gateway::{Class, ErrorRow};

/// What a gateway said when it refused, in its own words, and what is known of it.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Failure {
    /// The vendor's code.
    pub code: String,
    /// The vendor's finer code.
    pub sub_code: Option<String>,
    /// The vendor's text.
    pub message: String,
    /// The finer text.
    pub sub_message: Option<String>,
    /// What the vendor's support asks for.
    pub request_id: Option<String>,
    /// What the schema knows of this failure, with a hint.
    pub known: Option<&'static ErrorRow>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.vendor())?;
        if let Some(known) = self.known {
            write!(f, " — {}; {}", known.meaning, known.hint)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("code", &self.code)
            .field("sub_code", &self.sub_code)
            .field("message", &self.message)
            .field("sub_message", &self.sub_message)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl Failure {
    /// The failure in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self.known {
            Some(known) => format!(
                "{} — {}；{}",
                self.vendor(),
                known.meaning_zh,
                known.hint_zh
            ),
            None => self.vendor(),
        }
    }

    /// What it means for the caller; one that no row of the schema fits is [`Class::Rejected`].
    #[must_use]
    pub fn class(&self) -> Class {
        self.known.map_or(Class::Rejected, |row| row.class)
    }

    /// How long to wait before the next call; none where neither the text nor the schema says.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        let seconds = named_wait(self).or(self.known.and_then(|row| row.wait))?;
        Some(Duration::from_secs(seconds.into()))
    }

    /// The vendor's own codes and words.
    fn vendor(&self) -> String {
        let parts = [
            Some(&self.code),
            self.sub_code.as_ref(),
            Some(&self.message),
            self.sub_message.as_ref(),
        ];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// Seconds of a ban that only its text names: "... for N more seconds", and one to be sure.
fn named_wait(failure: &Failure) -> Option<u32> {
    let text = failure.sub_message.as_deref().unwrap_or(&failure.message);
    let before = text.get(..text.find(" more second")?)?;
    let digits = before.get(
        before
            .rfind(|c: char| !c.is_ascii_digit())
            .map_or(0, |at| at + 1)..,
    )?;
    digits.parse::<u32>().ok()?.checked_add(1)
}
