//! An HTTP request to the parameters that a gateway reads and signs.

use dockseal::Keys;
use dockseal::form::{self, FormValue, Limits};
use dockseal::gateway::{Business, Gateway, Source};
use dockseal::sign::Param;

use super::wrong::Wrong;

/// An HTTP request as it arrived.
#[derive(Clone, Copy)]
pub(super) struct Arrived<'a> {
    pub(super) verb: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) content_type: Option<&'a str>,
    pub(super) body: &'a [u8],
}

/// What stands for the method in an address.
const METHOD: &str = "{method}";

/// The path of a gateway's address, with [`METHOD`] where the method stands.
fn path_of(gateway: &Gateway) -> String {
    format!("{}{}", base_path(gateway), gateway.transport.path)
}

/// The path of a gateway's base address.
#[must_use]
pub fn base_path(gateway: &Gateway) -> &'static str {
    let url = gateway
        .endpoints
        .first()
        .map_or("", |endpoint| endpoint.url);
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    host.find('/')
        .and_then(|at| host.get(at..))
        .unwrap_or("")
        .trim_end_matches('/')
}

/// The gateway that has this path, and the method if the path has one.
pub(super) fn gateway_at(path: &str) -> Option<(&'static Gateway, Option<&str>)> {
    let path = path.trim_end_matches('/');
    dockseal::GATEWAYS.iter().find_map(|gateway| {
        let known = path_of(gateway);
        match known.split_once(METHOD) {
            None => (known == path).then_some((*gateway, None)),
            Some((before, behind)) => {
                let method = path.strip_prefix(before)?.strip_suffix(behind)?;
                Some((*gateway, Some(method)))
            }
        }
    })
}

/// The parameters of a request, query and form together, and its body where that is signed.
pub(super) struct Parameters {
    pub(super) gateway: &'static Gateway,
    pub(super) pairs: Vec<(String, FormValue)>,
    pub(super) body: Option<String>,
}

impl Parameters {
    pub(super) fn read(
        gateway: &'static Gateway,
        arrived: &Arrived<'_>,
    ) -> Result<Parameters, Wrong> {
        if arrived.verb != "POST" {
            return Err(Wrong::HttpMethod {
                found: arrived.verb.to_owned(),
            });
        }
        let expected = gateway.transport.content_type;
        if !arrived
            .content_type
            .is_some_and(|found| media_type(found).eq_ignore_ascii_case(media_type(expected)))
        {
            return Err(Wrong::ContentType {
                found: arrived.content_type.map(str::to_owned),
                expected,
            });
        }
        let (form, body) = match gateway.transport.business {
            Business::Json => {
                let body = std::str::from_utf8(arrived.body).map_err(|_| Wrong::NotUtf8)?;
                (arrived.query.as_bytes().to_vec(), Some(body.to_owned()))
            }
            Business::Form => (
                [arrived.query.as_bytes(), b"&", arrived.body].concat(),
                None,
            ),
        };
        let pairs = form::decode(&form, &Limits::DEFAULT).map_err(Wrong::Form)?;
        Ok(Parameters {
            gateway,
            pairs,
            body,
        })
    }

    /// A parameter's text; none if it is absent or has brackets.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(known, _)| known == name)
            .and_then(|(_, value)| value.as_text())
    }

    /// The value of the system parameter that comes from this source.
    pub(super) fn system(&self, source: Source) -> Option<&str> {
        let parameter = self
            .gateway
            .parameters
            .iter()
            .find(|parameter| parameter.source == source)?;
        self.text(parameter.name)
    }

    /// The parameters that are not system parameters.
    pub(super) fn business(&self) -> Vec<(String, FormValue)> {
        let system = |name: &str| {
            self.gateway
                .parameters
                .iter()
                .any(|parameter| parameter.name == name)
        };
        self.pairs
            .iter()
            .filter(|(name, _)| !system(name))
            .cloned()
            .collect()
    }

    /// Everything that is signed. Without `body` where the body is to be left out.
    pub(super) fn signed(&self, keys: &Keys, body: bool) -> Vec<Param<'_>> {
        let is_secret = |name: &str| {
            let row = self
                .gateway
                .parameters
                .iter()
                .find(|parameter| parameter.name == name);
            row.is_some_and(
                |row| matches!(row.source, Source::Credential(field) if keys.is_secret(field)),
            )
        };
        let mut params: Vec<_> = self
            .pairs
            .iter()
            .map(|(name, value)| Param {
                name,
                value: value.into(),
                secret: is_secret(name),
            })
            .collect();
        if let (Some(name), Some(text), true) = (self.gateway.scheme.body, &self.body, body) {
            params.push(Param::new(name, text));
        }
        params
    }
}

fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::gateway_at;

    #[test]
    fn paths_are_those_of_the_vendors() {
        let at = |path| gateway_at(path).map(|(gateway, method)| (gateway.name, method));
        assert_eq!(at("/openapi"), Some(("wangdian-flagship", None)));
        assert_eq!(at("/openapi/"), Some(("wangdian-flagship", None)));
        assert_eq!(
            at("/openapi2/x.php"),
            Some(("wangdian-enterprise", Some("x.php")))
        );
        assert_eq!(at("/router/rest"), Some(("taobao-top", None)));
        assert_eq!(at("/index.php/api"), Some(("shopex-oms", None)));
        assert_eq!(at("/elsewhere"), None);
    }
}
