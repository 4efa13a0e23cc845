//! Where a request goes.

use super::{Options, PrepareError};
use crate::gateway::Gateway;

/// Where the request goes: the base address and the gateway's path.
pub(super) fn address(
    gateway: &Gateway,
    method: &str,
    options: &Options,
) -> Result<String, PrepareError> {
    let known = gateway
        .endpoints
        .first()
        .map_or("", |endpoint| endpoint.url);
    let base = options
        .base
        .as_deref()
        .unwrap_or(known)
        .trim_end_matches('/');
    // A query would not be signed, and behind a fragment everything is lost.
    if base.contains(['?', '#']) {
        return Err(PrepareError::Address);
    }
    let path = gateway.transport.path;
    let mut address = String::with_capacity(base.len() + path.len() + 256);
    address.push_str(base);
    if path.contains('{') {
        address.push_str(&path.replace("{method}", method));
    } else {
        address.push_str(path);
    }
    Ok(address)
}

/// The address, if it leads to a host and tells no user.
pub(super) fn checked(address: String) -> Result<http::Uri, PrepareError> {
    let uri = http::Uri::try_from(address).map_err(|_| PrepareError::Address)?;
    let plain = matches!(uri.scheme_str(), Some("http" | "https"))
        && uri
            .authority()
            .is_some_and(|host| !host.as_str().contains('@'));
    if plain {
        Ok(uri)
    } else {
        Err(PrepareError::Address)
    }
}
