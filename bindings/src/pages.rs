//! A long list, page by page: which page is next, and when the list is over.
//!
//! Nothing here sends. A [`Walk`] hands out the next [`Page`]; whoever sends it, with
//! [`Options::page`](crate::Options), gives the reply back. Both clients walk this way.
//!
//! | the reply has | the list is |
//! |---|---|
//! | no item | over |
//! | as many items as make up the total that the first reply told | over |
//! | fewer items than were asked for, the total unknown | over |
//! | the items of the page before | broken: [`WalkError::Repeated`] |
//! | anything else | not over; beyond the most pages: [`WalkError::TooMany`] |
//!
//! Where the total is known, a short page alone does not end the walk: a gateway may give fewer
//! items than it was asked for, and items would be lost in silence. The total is asked for with the
//! first page only; it costs the vendor, and some gateways tell it there alone.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::api::{Api, Pager};
use crate::object::{Object, View, holder, member, write};
use crate::reply;

/// Most pages of a walk, unless a caller chooses.
const MOST: u32 = 10_000;

/// One page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its number, as the gateway counts.
    pub number: u32,
    /// How many items it has at most.
    pub size: u32,
    /// Whether the reply shall tell how many items all pages have.
    pub total: bool,
}

impl Page {
    /// The first page, as large as usual.
    #[must_use]
    pub fn first(pager: &Pager) -> Page {
        Page {
            number: pager.first,
            size: pager.size,
            total: true,
        }
    }
}

/// A walk that cannot go on. What came before is good.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WalkError {
    /// The gateway gave the same items twice: it takes no notice of the page's number.
    #[error(
        "page {number} has the same items as the one before; the gateway ignores the page number"
    )]
    Repeated {
        /// The page.
        number: u32,
    },
    /// The list goes on beyond the most pages.
    #[error("the list goes on after {pages} pages; narrow the request or allow more pages")]
    TooMany {
        /// How many there were.
        pages: u32,
    },
}

impl WalkError {
    /// The same in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Repeated { number } => {
                format!("第 {number} 页与上一页内容相同，接口没有按页码返回")
            }
            Self::TooMany { pages } => {
                format!("{pages} 页之后仍有数据，请缩小查询范围或放宽页数上限")
            }
        }
    }
}

/// The way through the pages of one list.
#[derive(Clone, Debug)]
pub struct Walk {
    pager: Pager,
    next: Option<Page>,
    most: u32,
    pages: u32,
    items: u64,
    total: Option<u64>,
    /// Of the items of the page before.
    seen: Option<u64>,
}

impl Walk {
    /// The way through the pages of this API; none if it has no pages.
    #[must_use]
    pub fn new(api: &Api) -> Option<Walk> {
        let pager = api.pager?;
        let next = Some(Page::first(&pager));
        Some(Walk {
            pager,
            next,
            most: MOST,
            pages: 0,
            items: 0,
            total: None,
            seen: None,
        })
    }

    /// The same with so many items a page.
    #[must_use]
    pub fn with_size(mut self, size: u32) -> Walk {
        self.next = self.next.map(|page| Page { size, ..page });
        self
    }

    /// The same with at most so many pages; ten thousand unless set.
    #[must_use]
    pub fn with_most_pages(mut self, pages: u32) -> Walk {
        self.most = pages;
        self
    }

    /// The page to ask for; none when the list is over.
    ///
    /// # Errors
    /// The list goes on beyond the most pages.
    pub fn next_page(&self) -> Result<Option<Page>, WalkError> {
        match self.next {
            Some(_) if self.pages >= self.most => Err(WalkError::TooMany { pages: self.pages }),
            next => Ok(next),
        }
    }

    /// Takes in the whole reply to the page that was asked for.
    ///
    /// # Errors
    /// It repeats the page before, and its items are none of the list. The walk is over then.
    pub fn take(&mut self, reply: &dyn Object) -> Result<(), WalkError> {
        let Some(page) = self.next.take() else {
            return Ok(());
        };
        self.pages += 1;
        let (count, seen) = self.items_of(reply);
        if count > 0 && self.seen == Some(seen) {
            return Err(WalkError::Repeated {
                number: page.number,
            });
        }
        self.seen = Some(seen);
        self.items += count;
        if page.total {
            self.total = self.total_of(reply);
        }
        let over = count == 0
            || match self.total {
                Some(total) => self.items >= total,
                None => count < u64::from(page.size),
            };
        let number = page.number.checked_add(1).filter(|_| !over);
        self.next = number.map(|number| Page {
            number,
            total: false,
            ..page
        });
        Ok(())
    }

    /// How many items all pages have, once the first reply told.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many items came so far.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.items
    }

    /// How many items there are, and what tells them from others.
    fn items_of(&self, reply: &dyn Object) -> (u64, u64) {
        let found = holder(reply, self.pager.items).and_then(|(holder, name)| member(holder, name));
        let Some((field, View::List(list))) = found else {
            return (0, 0);
        };
        let mut hasher = DefaultHasher::new();
        write::field_to_json(View::List(list), field).hash(&mut hasher);
        (list.count() as u64, hasher.finish())
    }

    /// The total that a reply tells; one that its own items exceed is none.
    fn total_of(&self, reply: &dyn Object) -> Option<u64> {
        let total = reply::at(reply, self.pager.total?)?.parse().ok()?;
        (self.items <= total).then_some(total)
    }
}
