//! The parameters of a page.

use super::{Options, PrepareError};
use crate::api::Api;
use crate::pages::Page;

/// What a page adds to a request.
pub(super) fn parameters(
    api: &Api,
    options: &Options,
) -> Result<Vec<(&'static str, String)>, PrepareError> {
    let Some(pager) = api.pager else {
        return match options.page {
            Some(_) => Err(PrepareError::NoPages(api.method.to_owned())),
            None => Ok(Vec::new()),
        };
    };
    let page = options.page.unwrap_or_else(|| Page::first(&pager));
    let max = pager.max_size.unwrap_or(u32::MAX);
    if page.size == 0 || page.size > max {
        return Err(PrepareError::PageSize {
            size: page.size,
            max,
        });
    }
    let mut parameters = vec![
        (pager.page_no, page.number.to_string()),
        (pager.page_size, page.size.to_string()),
    ];
    parameters.extend(
        pager
            .calc_total
            .map(|name| (name, u8::from(page.total).to_string())),
    );
    Ok(parameters)
}
