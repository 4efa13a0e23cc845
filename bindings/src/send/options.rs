//! What a caller may choose when a request is made.

use crate::pages::Page;
use crate::sign::LengthUnit;

/// What a caller may choose.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Base address; the gateway's production address when unset.
    pub base: Option<String>,
    /// What happens to a request that breaks its schema.
    pub validation: Validation,
    /// How the length-prefixed layout counts.
    pub unit: LengthUnit,
    /// The page to ask for, of an API that has pages; the first when unset.
    pub page: Option<Page>,
}

/// What happens to a request that breaks its schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    /// It is refused.
    #[default]
    Enforce,
    /// It is sent; [`SignedRequest::findings`](super::SignedRequest::findings) has what is wrong.
    Warn,
    /// It is sent unchecked.
    Off,
}

impl Options {
    /// With another base address, `https://host/path`.
    #[must_use]
    pub fn with_base(mut self, base: impl Into<String>) -> Self {
        self.base = Some(base.into());
        self
    }

    /// With another treatment of requests that break their schema.
    #[must_use]
    pub fn with_validation(mut self, validation: Validation) -> Self {
        self.validation = validation;
        self
    }

    /// With another unit of length.
    #[must_use]
    pub fn with_unit(mut self, unit: LengthUnit) -> Self {
        self.unit = unit;
        self
    }

    /// For one page of an API that has pages.
    #[must_use]
    pub fn with_page(mut self, page: Page) -> Self {
        self.page = Some(page);
        self
    }
}
