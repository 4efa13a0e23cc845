//! `x-api.pager`: where the page parameters of a paged API travel, and what its reply says of them.

use super::file::pointer;
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir;
use crate::json::Node;
use crate::members::{Members, choice, count, report_repeated, text};
use crate::source::{Place, Spanned};

const PLACES: &[(&str, ir::Place)] = &[("query", ir::Place::Query), ("form", ir::Place::Form)];

/// `x-api.pager`
#[derive(Debug)]
pub(crate) struct PagerWords {
    pub(crate) at: Place,
    pub(crate) page_no: Spanned<String>,
    pub(crate) page_size: Spanned<String>,
    pub(crate) calc_total: Option<Spanned<String>>,
    pub(crate) first: u32,
    pub(crate) size: u32,
    pub(crate) max_size: Option<u32>,
    pub(crate) place: Spanned<ir::Place>,
    pub(crate) items: Spanned<String>,
    pub(crate) total: Option<Spanned<String>>,
}

impl PagerWords {
    /// The parameters that a page adds to a request.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &Spanned<String>> {
        [&self.page_no, &self.page_size]
            .into_iter()
            .chain(&self.calc_total)
    }
}

pub(super) fn read(node: &Node, problems: &mut Problems) -> Option<PagerWords> {
    let mut members = Members::open(node, "`pager`", problems)?;
    let at = members.place();
    let page_no = members.need("page_no", problems);
    let page_no = page_no.and_then(|n| text(n, problems));
    let page_size = members.need("page_size", problems);
    let page_size = page_size.and_then(|n| text(n, problems));
    let calc_total = members.take("calc_total").and_then(|n| text(n, problems));
    let first = members.need("first", problems);
    let first = first.and_then(|n| count(n, problems));
    let size = members.need("size", problems);
    let size = size.and_then(|n| count(n, problems));
    let max_size = members.take("max_size").and_then(|n| count(n, problems));
    let place = members.need("place", problems);
    let place = place.and_then(|n| choice(n, PLACES, problems));
    let items = members.need("items", problems);
    let items = items.and_then(|n| pointer(n, problems));
    let total = members.take("total").and_then(|n| pointer(n, problems));
    members.take_annotations(problems);
    members.close(problems);

    let names = [page_no.as_ref(), page_size.as_ref(), calc_total.as_ref()];
    let names: Vec<_> = names.into_iter().flatten().cloned().collect();
    report_repeated(&names, "page parameter", problems);
    if let Some(size) = size {
        check_size(size, max_size, problems);
    }
    Some(PagerWords {
        at,
        page_no: page_no?,
        page_size: page_size?,
        calc_total,
        first: first?.value,
        size: size?.value,
        max_size: max_size.map(|max| max.value),
        place: place?,
        items: items?,
        total,
    })
}

fn check_size(size: Spanned<u32>, max: Option<Spanned<u32>>, problems: &mut Problems) {
    let (message, help) = match max {
        _ if size.value == 0 => (
            "a page without items never ends".to_owned(),
            "write how many items a page has unless a caller chooses, at least 1",
        ),
        Some(max) if max.value < size.value => (
            format!("at most {} items fit a page", max.value),
            "`size` is what is asked for unless a caller chooses; it cannot exceed `max_size`",
        ),
        _ => return,
    };
    problems.report(Code::EmptyRange, size.place, message, help);
}
