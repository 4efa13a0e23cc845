//! The two languages that the program speaks, and which of them the user reads.

use std::borrow::Cow;

/// A language of the program's output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Language {
    /// English
    #[default]
    En,
    /// 中文
    Zh,
}

impl Language {
    /// The language of the locale: `LC_ALL`, else `LC_MESSAGES`, else `LANG`.
    #[must_use]
    pub fn of_locale() -> Language {
        Language::of(|name| std::env::var(name).ok())
    }

    fn of(variable: impl Fn(&str) -> Option<String>) -> Language {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|text| !text.is_empty());
        if set.is_some_and(|text| text.starts_with("zh")) {
            Language::Zh
        } else {
            Language::En
        }
    }

    /// The one of both that the user reads.
    #[must_use]
    pub fn pick<T>(self, en: T, zh: T) -> T {
        match self {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// English.
    pub en: Cow<'static, str>,
    /// Chinese.
    pub zh: Cow<'static, str>,
}

impl Said {
    /// A sentence from its two versions.
    pub fn new(en: impl Into<Cow<'static, str>>, zh: impl Into<Cow<'static, str>>) -> Said {
        Said {
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// The version that the user reads.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.en, &self.zh)
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_first_locale_variable_that_says_something_decides() {
        let of = |set: &'static [(&str, &str)]| {
            Language::of(|name| {
                set.iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, text)| (*text).to_owned())
            })
        };
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(
            of(&[("LC_ALL", "C"), ("LANG", "zh_CN.UTF-8")]),
            Language::En
        );
        assert_eq!(
            of(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW"), ("LANG", "en_GB")]),
            Language::Zh
        );
        assert_eq!(of(&[]), Language::En);
    }
}
