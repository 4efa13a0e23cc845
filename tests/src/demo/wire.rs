//! The HTTP request as it is printed, and the proof that the printed one is signed.
//!
//! A secret that travels is printed as its name between `‹` and `›`. The proof starts from the
//! printed text: marks are taken back, parameters are decoded, the signature is verified.

use dockseal::Keys;
use dockseal::api::Api;
use dockseal::form::{self, FormValue, Limits};
use dockseal::gateway::{Business, Gateway, Place, Source};
use dockseal::send::SignedRequest;
use dockseal::sign::{self, Options, Param};

/// An HTTP request as text, secrets masked.
pub(super) struct Printed {
    /// The whole address, without its query.
    pub(super) address: String,
    /// `POST /openapi?... HTTP/1.1`.
    pub(super) line: String,
    /// Names and values, those that every HTTP client adds among them.
    pub(super) headers: Vec<(String, String)>,
    /// The body.
    pub(super) body: String,
    /// The query as it stands in the line.
    query: String,
}

impl Printed {
    /// The text of a request; an error says what in it cannot be printed.
    pub(super) fn new(request: &SignedRequest, keys: &Keys) -> Result<Self, String> {
        let http = request.http();
        let (uri, gateway) = (http.uri(), keys.gateway());
        let query = masked(uri.query().unwrap_or_default(), keys);
        let mark = if query.is_empty() { "" } else { "?" };
        let line = format!("{} {}{mark}{query} HTTP/1.1", http.method(), uri.path());

        let host = uri.authority().ok_or("the address has no host")?;
        let scheme = uri.scheme_str().unwrap_or_default();
        let address = format!("{scheme}://{host}{}", uri.path());
        let mut headers = vec![("host".to_owned(), host.to_string())];
        for (name, value) in http.headers() {
            let value = value
                .to_str()
                .map_err(|_| format!("the header {name} is not text"))?;
            headers.push((name.to_string(), value.to_owned()));
        }
        headers.push(("content-length".to_owned(), http.body().len().to_string()));

        let body = std::str::from_utf8(http.body()).map_err(|_| "the body is not UTF-8")?;
        let body = if has_form(gateway) {
            masked(body, keys)
        } else {
            body.to_owned()
        };
        Ok(Self {
            address,
            line,
            headers,
            body,
            query,
        })
    }

    /// The decoded parameters of a form body; none of another body.
    pub(super) fn fields(&self, gateway: &Gateway) -> Result<Vec<(String, String)>, String> {
        if !has_form(gateway) {
            return Ok(Vec::new());
        }
        let shown = |(name, value): (String, FormValue)| match value {
            FormValue::Text(text) => Ok((name, text)),
            FormValue::List(_) | FormValue::Map(_) => {
                Err(format!("the parameter {name:?} is not plain text"))
            }
        };
        decoded(&self.body)?.into_iter().map(shown).collect()
    }

    /// Verifies the signature over what is printed and gives it back. `to_sign` is the masked text
    /// that was shown as signed; the printed request has to give the same one.
    pub(super) fn verify(&self, api: &Api, keys: &Keys, to_sign: &str) -> Result<String, String> {
        let gateway = api.gateway;
        let mut fields = decoded(&self.query)?;
        if has_form(gateway) {
            fields.extend(decoded(&self.body)?);
        }
        let scheme = &gateway.scheme;
        let text = |wanted: &str| {
            let field = fields.iter().find(|(name, _)| name == wanted);
            field.and_then(|(_, value)| value.as_text())
        };
        let given = text(scheme.parameter)
            .ok_or("the printed request has no signature")?
            .to_owned();
        let options = Options {
            digest: scheme.digest_parameter.and_then(text),
            ..Options::default()
        };

        let mut params: Vec<_> = fields
            .iter()
            .filter(|(name, _)| name != scheme.parameter)
            .map(|(name, value)| param(name, value, keys))
            .collect();
        if let (Some(name), Business::Json) = (scheme.body, gateway.transport.business) {
            params.push(Param::new(name, self.body.as_str()));
        }

        let again =
            sign::to_sign(scheme, &options, &mut params).map_err(|error| error.to_string())?;
        if again != to_sign {
            return Err("the printed request gives another text to sign".to_owned());
        }
        let secret = keys.secret().map_err(|error| error.to_string())?;
        sign::verify(scheme, &options, &mut params, secret, &given)
            .map_err(|error| error.to_string())?;
        Ok(given)
    }
}

/// Whether the body is a form.
fn has_form(gateway: &Gateway) -> bool {
    gateway.transport.system == Place::Form || gateway.transport.business == Business::Form
}

fn decoded(text: &str) -> Result<Vec<(String, FormValue)>, String> {
    form::decode(text.as_bytes(), &Limits::DEFAULT).map_err(|error| error.to_string())
}

/// Encoded pairs with the secret values among the system parameters masked.
fn masked(pairs: &str, keys: &Keys) -> String {
    let pieces = pairs.split('&').map(|piece| match piece.split_once('=') {
        Some((name, _)) if secret_behind(name, keys).is_some() => format!("{name}={}", mark(name)),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("&")
}

/// A printed parameter as it was signed, its mark taken back.
fn param<'a>(name: &'a str, value: &'a FormValue, keys: &'a Keys) -> Param<'a> {
    match secret_behind(name, keys) {
        Some(secret) if value.as_text() == Some(&mark(name)) => Param::secret(name, secret),
        _ => Param::new(name, value),
    }
}

/// The value of a system parameter that is a secret.
fn secret_behind<'a>(parameter: &str, keys: &'a Keys) -> Option<&'a str> {
    let rows = keys.gateway().parameters;
    match rows.iter().find(|row| row.name == parameter)?.source {
        Source::Credential(name) if keys.is_secret(name) => keys.get(name),
        _ => None,
    }
}

/// What stands for the secret value of a parameter, as in a text to sign.
fn mark(parameter: &str) -> String {
    format!("‹{parameter}›")
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use dockseal::BeijingTime;
    use dockseal::api::Request as _;
    use dockseal::send::{Options, dry_run, prepare_any};
    use dockseal::wangdian_flagship::ProcessUpload;

    use super::Printed;
    use crate::demo::account::account;

    #[test]
    fn only_the_request_as_it_was_printed_passes() {
        let api = ProcessUpload::API;
        let json = api
            .examples
            .iter()
            .find_map(|example| example.request)
            .unwrap();
        let request = ProcessUpload::from_wire(json.as_bytes()).unwrap();
        let keys = account(api.gateway).unwrap();
        let (now, options) = (BeijingTime::from_unix(0).unwrap(), Options::default());
        let to_sign = dry_run(api, &request, &keys, now, &options).unwrap();
        let signed = prepare_any(api, &request, &keys, now, &options).unwrap();
        let printed = || Printed::new(&signed, &keys).unwrap();

        assert!(printed().line.contains("&salt=‹salt›&"));
        let signature = printed().verify(api, &keys, &to_sign).unwrap();
        assert!(printed().query.ends_with(&signature));

        let mut changed = printed();
        changed.body = changed.body.replace("admin", "other");
        changed.verify(api, &keys, &to_sign).unwrap_err();
        let mut changed = printed();
        changed.query = changed.query.replace("‹salt›", "othersalt");
        changed.verify(api, &keys, &to_sign).unwrap_err();
        let mut changed = printed();
        changed.query = changed
            .query
            .replace(&signature, &"0".repeat(signature.len()));
        let error = changed.verify(api, &keys, &to_sign).unwrap_err();
        assert!(error.starts_with("the signature does not match"), "{error}");
    }
}
