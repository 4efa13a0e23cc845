//! A signed HTTP request before the user: as HTTP text, or as a curl command. Secrets are masked
//! unless asked for.

use std::fmt::Write as _;

use bytes::Bytes;
use dockseal::Keys;
use dockseal::gateway::{Business, Place, Source};

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mask {
    /// Neither secrets nor the signature.
    All,
    /// No secrets.
    Secrets,
    /// Everything.
    Nothing,
}

/// A request with what is masked in it.
pub(super) struct Shown {
    url: String,
    content_type: String,
    pub(super) body: String,
    host: String,
    target: String,
    /// Something was masked that is needed to send it.
    pub(super) lacks: bool,
}

impl Shown {
    pub(super) fn new(request: &http::Request<Bytes>, keys: &Keys, mask: Mask) -> Shown {
        let uri = request.uri();
        let mut lacks = false;
        let query = uri
            .query()
            .map(|query| masked(query, keys, mask, &mut lacks));
        let target = match query {
            Some(query) => format!("{}?{query}", uri.path()),
            None => uri.path().to_owned(),
        };
        let body = String::from_utf8_lossy(request.body());
        let transport = &keys.gateway().transport;
        let body = if transport.system == Place::Form || transport.business == Business::Form {
            masked(&body, keys, mask, &mut lacks)
        } else {
            body.into_owned()
        };
        let host = uri.authority().map(ToString::to_string).unwrap_or_default();
        Shown {
            url: format!("{}://{host}{target}", uri.scheme_str().unwrap_or("http")),
            content_type: keys.gateway().transport.content_type.to_owned(),
            body,
            host,
            target,
            lacks,
        }
    }

    /// As it goes over the wire.
    pub(super) fn http(&self) -> String {
        format!(
            "POST {} HTTP/1.1\nHost: {}\nContent-Type: {}\n\n{}",
            self.target, self.host, self.content_type, self.body
        )
    }

    /// As a command for a shell.
    pub(super) fn curl(&self) -> String {
        let mut out = String::from("curl -sS -X POST");
        let _ = write!(
            out,
            " -H {}",
            quoted(&format!("Content-Type: {}", self.content_type))
        );
        let _ = write!(
            out,
            " --data-raw {} {}",
            quoted(&self.body),
            quoted(&self.url)
        );
        out
    }
}

/// The text in single quotes of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn masked(form: &str, keys: &Keys, mask: Mask, lacks: &mut bool) -> String {
    let gateway = keys.gateway();
    let mut piece = |piece: &str| {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let parameter = gateway.parameters.iter().find(|known| known.name == name);
        match parameter.map(|parameter| parameter.source) {
            Some(Source::Credential(field)) if mask != Mask::Nothing && keys.is_secret(field) => {
                *lacks = true;
                format!("{name}=‹{field}›")
            }
            Some(Source::Sign) if mask == Mask::All => {
                let head: String = value.chars().take(6).collect();
                format!("{name}={head}…({})", value.len())
            }
            _ => piece.to_owned(),
        }
    };
    form.split('&')
        .map(&mut piece)
        .collect::<Vec<_>>()
        .join("&")
}
