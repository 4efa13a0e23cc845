//! A typed request to a signed HTTP request: validate, encode, add the system parameters, sign.
//!
//! Nothing is sent here. The time is stamped by the caller's `now`, so that one instant gives the
//! same bytes in every time zone.

mod address;
mod error;
mod options;
mod page;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

pub use error::PrepareError;
pub use options::{Options, Validation};

use crate::api::{Api, Request};
use crate::gateway::{Business, Gateway, Marker, Place, Source};
use crate::object::violation::{Severity, Violation, Violations};
use crate::object::{Layout, Object, View, member, write};
use crate::sign::{self, Param};
use crate::{BeijingTime, Keys, RawJson, form};

/// A complete, signed HTTP request. `Debug` hides the query and the body.
#[derive(Clone)]
pub struct SignedRequest {
    http: http::Request<Bytes>,
    findings: Vec<Violation>,
}

impl SignedRequest {
    /// The HTTP request, to be sent by any client.
    #[must_use]
    pub fn into_http(self) -> http::Request<Bytes> {
        self.http
    }

    /// The HTTP request. Its address and body hold the signature and business data.
    #[must_use]
    pub fn http(&self) -> &http::Request<Bytes> {
        &self.http
    }

    /// What the schema says against a request that is sent all the same: warnings, and under
    /// [`Validation::Warn`] violations too.
    #[must_use]
    pub fn findings(&self) -> &[Violation] {
        &self.findings
    }
}

impl fmt::Debug for SignedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedRequest")
            .field("method", self.http.method())
            .field("host", &self.http.uri().host())
            .field("path", &self.http.uri().path())
            .field("body_bytes", &self.http.body().len())
            .finish_non_exhaustive()
    }
}

/// Makes the signed HTTP request of a typed request.
///
/// # Errors
/// Nothing is sent; see [`PrepareError`].
pub fn prepare<R: Request>(
    request: &R,
    credentials: &<R::Gateway as Marker>::Credentials,
    now: BeijingTime,
    options: &Options,
) -> Result<SignedRequest, PrepareError> {
    prepare_any(R::API, request, credentials.as_ref(), now, options)
}

/// As [`prepare`], for types that are known only at run time.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_any(
    api: &Api,
    request: &dyn Object,
    keys: &Keys,
    now: BeijingTime,
    options: &Options,
) -> Result<SignedRequest, PrepareError> {
    prepare_content(
        api,
        api.method,
        Content::Object(request),
        keys,
        now,
        options,
    )
}

/// A business request before it is encoded.
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    /// Its table says how it travels.
    Object(&'a dyn Object),
    /// The body as it is.
    #[cfg_attr(
        not(any(feature = "client", feature = "blocking")),
        expect(dead_code, reason = "only clients take raw JSON")
    )]
    Json(&'a RawJson),
}

/// As [`prepare_any`], of a method that need not be the API's own.
pub(crate) fn prepare_content(
    api: &Api,
    method: &str,
    content: Content<'_>,
    keys: &Keys,
    now: BeijingTime,
    options: &Options,
) -> Result<SignedRequest, PrepareError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if method.is_empty() || method.starts_with('.') || !method.bytes().all(plain) {
        return Err(PrepareError::Method(method.to_owned()));
    }
    if keys.gateway().name != api.gateway.name {
        return Err(PrepareError::OtherGateway {
            method: method.to_owned(),
            gateway: api.gateway.name,
            account: keys.gateway().name,
        });
    }
    let findings = match content {
        Content::Object(request) => check(request, options.validation)?,
        Content::Json(_) => Vec::new(),
    };
    let message = Message::new(api, method, content, keys, now, options)?;
    let mut params = message.params(api.gateway);
    let signature = sign::sign(
        &api.gateway.scheme,
        &message.choices(options),
        &mut params,
        keys.secret()?,
    )?;
    let http = message.assemble(api.gateway, method, signature, options)?;
    Ok(SignedRequest { http, findings })
}

/// The text that [`prepare_any`] would sign, secrets masked, for people to look at.
///
/// # Errors
/// As [`prepare`], except that the request is not checked against its schema.
pub fn dry_run(
    api: &Api,
    request: &dyn Object,
    keys: &Keys,
    now: BeijingTime,
    options: &Options,
) -> Result<String, PrepareError> {
    let content = Content::Object(request);
    let message = Message::new(api, api.method, content, keys, now, options)?;
    let mut params = message.params(api.gateway);
    Ok(sign::to_sign(
        &api.gateway.scheme,
        &message.choices(options),
        &mut params,
    )?)
}

fn check(request: &dyn Object, validation: Validation) -> Result<Vec<Violation>, PrepareError> {
    if validation == Validation::Off {
        return Ok(Vec::new());
    }
    let findings = crate::object::inspect(request);
    let is_error = |finding: &Violation| finding.severity == Severity::Error;
    if validation == Validation::Enforce && findings.iter().any(is_error) {
        let violations = findings.into_iter().filter(is_error).collect();
        return Err(PrepareError::Invalid(Violations(violations)));
    }
    Ok(findings)
}

/// A message before it is signed.
struct Message<'a> {
    system: Vec<System<'a>>,
    /// The business request as form parameters.
    form: Vec<(&'a str, Cow<'a, str>)>,
    /// The business request as the body.
    body: Option<String>,
    /// The digest that the account asks for.
    digest: Option<&'a str>,
}

/// A system parameter with its value.
struct System<'a> {
    name: &'static str,
    value: Cow<'a, str>,
    secret: bool,
}

impl<'a> Message<'a> {
    fn new(
        api: &Api,
        method: &'a str,
        content: Content<'a>,
        keys: &'a Keys,
        now: BeijingTime,
        options: &Options,
    ) -> Result<Self, PrepareError> {
        let gateway = api.gateway;
        let page = page::parameters(api, options)?;
        let (mut form, body) = encode(api, content);
        let taken = |name: &str| {
            gateway.parameters.iter().any(|p| p.name == name) || page.iter().any(|p| p.0 == name)
        };
        if let Some((name, _)) = form.iter().find(|(name, _)| taken(name)) {
            return Err(PrepareError::Clash((*name).to_owned()));
        }
        let mut system = system_parameters(gateway, method, keys, now);
        match api.pager.map(|pager| pager.place) {
            Some(Place::Form) => {
                form.extend(page.into_iter().map(|(name, value)| (name, value.into())));
            }
            _ => system.extend(page.into_iter().map(|(name, value)| System {
                name,
                value: value.into(),
                secret: false,
            })),
        }
        Ok(Message {
            system,
            form,
            body,
            digest: gateway
                .scheme
                .digest_parameter
                .and_then(|name| keys.get(name)),
        })
    }

    fn choices(&self, options: &Options) -> sign::Options<'a> {
        sign::Options {
            digest: self.digest,
            unit: options.unit,
            ..sign::Options::default()
        }
    }

    /// Everything that is signed.
    fn params(&self, gateway: &Gateway) -> Vec<Param<'_>> {
        let mut params = Vec::with_capacity(self.system.len() + self.form.len() + 1);
        for System {
            name,
            value,
            secret,
        } in &self.system
        {
            let param = if *secret { Param::secret } else { Param::new };
            params.push(param(name, value.as_ref()));
        }
        params.extend(
            self.form
                .iter()
                .map(|(name, value)| Param::new(name, value.as_ref())),
        );
        if let (Some(name), Some(body)) = (gateway.scheme.body, &self.body) {
            params.push(Param::new(name, body.as_str()));
        }
        params
    }

    fn assemble(
        self,
        gateway: &Gateway,
        method: &str,
        signature: sign::Signature,
        options: &Options,
    ) -> Result<http::Request<Bytes>, PrepareError> {
        let sign = (gateway.scheme.parameter, signature.as_str());
        let system = self
            .system
            .iter()
            .map(|system| (system.name, system.value.as_ref()))
            .chain([sign]);
        let fields = self
            .form
            .iter()
            .map(|(name, value)| (*name, value.as_ref()));

        let mut address = address::address(gateway, method, options)?;
        // JSON text is half as long again when it is encoded.
        let form = fields.clone().map(|(name, value)| name.len() + value.len());
        let mut body = String::with_capacity(form.sum::<usize>() * 2);
        match gateway.transport.system {
            Place::Query => {
                address.push('?');
                form::encode_pairs(system, &mut address);
                form::encode_pairs(fields, &mut body);
            }
            Place::Form => form::encode_pairs(system.chain(fields), &mut body),
        }
        http::Request::post(address::checked(address)?)
            .header(http::header::CONTENT_TYPE, gateway.transport.content_type)
            .body(Bytes::from(self.body.unwrap_or(body)))
            .map_err(|_| PrepareError::Address)
    }
}

/// The business request as it travels: form parameters, or a body.
fn encode<'a>(api: &Api, content: Content<'a>) -> (Vec<(&'a str, Cow<'a, str>)>, Option<String>) {
    let gateway = api.gateway;
    let request = match content {
        Content::Object(request) => request,
        Content::Json(json) => return (Vec::new(), Some(json.as_str().to_owned())),
    };
    match gateway.transport.business {
        Business::Form => {
            let mut form = write::to_form(request, gateway.escape);
            if gateway.scheme.skip_blank {
                form.retain(|(_, value)| !sign::is_blank(value));
            }
            if gateway.transport.omit_empty_lists {
                form.retain(|(name, _)| !is_empty_list(request, name));
            }
            (form, None)
        }
        Business::Json => {
            let wrap = api.positional && request.table().layout == Layout::Named;
            let json = if wrap {
                write::to_json_array(request, gateway.escape)
            } else {
                write::to_json(request, gateway.escape)
            };
            (Vec::new(), Some(json))
        }
    }
}

/// A text that reads `[]` is none.
fn is_empty_list(request: &dyn Object, name: &str) -> bool {
    matches!(member(request, name), Some((_, View::List(list))) if list.count() == 0)
}

/// All system parameters but the signature; one without a value is not sent.
fn system_parameters<'a>(
    gateway: &Gateway,
    method: &'a str,
    keys: &'a Keys,
    now: BeijingTime,
) -> Vec<System<'a>> {
    let value = |source| {
        Some(match source {
            Source::Sign => return None,
            Source::Method => (Cow::Borrowed(method), false),
            Source::Constant(text) => (Cow::Borrowed(text), false),
            Source::Timestamp => (Cow::Owned(gateway.stamp.write(now)), false),
            Source::Credential(name) => (Cow::Borrowed(keys.get(name)?), keys.is_secret(name)),
        })
    };
    let parameters = gateway.parameters.iter();
    parameters
        .filter_map(|parameter| {
            let (value, secret) = value(parameter.source)?;
            Some(System {
                name: parameter.name,
                value,
                secret,
            })
        })
        .collect()
}
