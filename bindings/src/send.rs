//! A typed request to a signed HTTP request: validate, encode, add the system parameters, sign.
//!
//! Nothing is sent here. The time is stamped by the caller's `now`, so that one instant gives the
//! same bytes in every time zone.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;

use crate::api::{Api, Request};
use crate::gateway::{Business, Gateway, Marker, Place, Source};
use crate::object::violation::Violations;
use crate::object::{Layout, Object, write};
use crate::sign::{self, Param, SignError};
use crate::{BeijingTime, CredentialError, Keys, form};

/// What a caller may choose.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Base address; the gateway's production address when unset.
    pub base: Option<String>,
    /// What happens to a request that breaks its schema.
    pub validation: Validation,
    /// How the length-prefixed layout counts.
    pub unit: sign::LengthUnit,
}

/// What happens to a request that breaks its schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validation {
    /// It is refused.
    #[default]
    Enforce,
    /// It is sent; [`SignedRequest::violations`] has what is wrong.
    Warn,
    /// It is sent unchecked.
    Off,
}

/// A request that was not made. Nothing has been sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrepareError {
    /// The request breaks its schema.
    #[error("not sent: {0}")]
    Invalid(Violations),
    /// The account lacks a credential.
    #[error("not sent: {0}")]
    Credential(#[from] CredentialError),
    /// A parameter cannot be signed.
    #[error("not sent: {0}")]
    Sign(#[from] SignError),
    /// The base address is not one.
    #[error("not sent: the base address is not one like https://host/path")]
    Address,
    /// A business parameter has the name of a system parameter.
    #[error("not sent: the field {0:?} has the name of a system parameter")]
    Clash(String),
}

/// A complete, signed HTTP request. `Debug` hides the query and the body.
#[derive(Clone)]
pub struct SignedRequest {
    http: http::Request<Bytes>,
    violations: Option<Violations>,
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

    /// What is wrong with a request that is sent all the same.
    #[must_use]
    pub fn violations(&self) -> Option<&Violations> {
        self.violations.as_ref()
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
    let violations = check(request, options.validation)?;
    let message = Message::new(api, request, keys, now)?;
    let mut params = message.params(api.gateway);
    let signature = sign::sign(
        &api.gateway.scheme,
        &message.choices(options),
        &mut params,
        keys.secret()?,
    )?;
    let http = message.assemble(api, signature, options)?;
    Ok(SignedRequest { http, violations })
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
    let message = Message::new(api, request, keys, now)?;
    let mut params = message.params(api.gateway);
    Ok(sign::to_sign(
        &api.gateway.scheme,
        &message.choices(options),
        &mut params,
    )?)
}

fn check(request: &dyn Object, validation: Validation) -> Result<Option<Violations>, PrepareError> {
    if validation == Validation::Off {
        return Ok(None);
    }
    match (crate::object::violations(request), validation) {
        (Some(violations), Validation::Enforce) => Err(PrepareError::Invalid(violations)),
        (violations, _) => Ok(violations),
    }
}

/// A message before it is signed.
struct Message<'a> {
    system: Vec<System<'a>>,
    /// The business request as form parameters.
    form: Vec<(&'a str, String)>,
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
        request: &'a dyn Object,
        keys: &'a Keys,
        now: BeijingTime,
    ) -> Result<Self, PrepareError> {
        let gateway = api.gateway;
        let (form, body) = encode(api, request);
        if let Some((name, _)) = form
            .iter()
            .find(|(name, _)| gateway.parameters.iter().any(|p| p.name == *name))
        {
            return Err(PrepareError::Clash((*name).to_owned()));
        }
        Ok(Message {
            system: system_parameters(gateway, api.method, keys, now),
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
                .map(|(name, value)| Param::new(name, value.as_str())),
        );
        if let (Some(name), Some(body)) = (gateway.scheme.body, &self.body) {
            params.push(Param::new(name, body.as_str()));
        }
        params
    }

    fn assemble(
        self,
        api: &Api,
        signature: sign::Signature,
        options: &Options,
    ) -> Result<http::Request<Bytes>, PrepareError> {
        let gateway = api.gateway;
        let sign = (gateway.scheme.parameter, signature.as_str());
        let system = self
            .system
            .iter()
            .map(|system| (system.name, system.value.as_ref()))
            .chain([sign]);
        let fields = self
            .form
            .iter()
            .map(|(name, value)| (*name, value.as_str()));

        let mut address = address(gateway, api.method, options);
        let mut body = String::new();
        match gateway.transport.system {
            Place::Query => {
                address.push('?');
                form::encode_pairs(system, &mut address);
                form::encode_pairs(fields, &mut body);
            }
            Place::Form => form::encode_pairs(system.chain(fields), &mut body),
        }
        http::Request::post(&address)
            .header(http::header::CONTENT_TYPE, gateway.transport.content_type)
            .body(Bytes::from(self.body.unwrap_or(body)))
            .map_err(|_| PrepareError::Address)
    }
}

/// The business request as it travels: form parameters, or a body.
fn encode<'a>(api: &Api, request: &'a dyn Object) -> (Vec<(&'a str, String)>, Option<String>) {
    let gateway = api.gateway;
    match gateway.transport.business {
        Business::Form => {
            let mut form = write::to_form(request, gateway.escape);
            if gateway.scheme.skip_blank {
                form.retain(|(_, value)| !sign::is_blank(value));
            }
            (form, None)
        }
        Business::Json => {
            let json = write::to_json(request, gateway.escape);
            let wrap = api.positional && request.table().layout == Layout::Named;
            (
                Vec::new(),
                Some(if wrap { format!("[{json}]") } else { json }),
            )
        }
    }
}

/// All system parameters but the signature; one without a value is not sent.
fn system_parameters<'a>(
    gateway: &Gateway,
    method: &str,
    keys: &'a Keys,
    now: BeijingTime,
) -> Vec<System<'a>> {
    let value = |source| {
        Some(match source {
            Source::Sign => return None,
            Source::Method => (Cow::Owned(method.to_owned()), false),
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

fn address(gateway: &Gateway, method: &str, options: &Options) -> String {
    let known = gateway
        .endpoints
        .first()
        .map_or("", |endpoint| endpoint.url);
    let base = options
        .base
        .as_deref()
        .unwrap_or(known)
        .trim_end_matches('/');
    format!(
        "{base}{}",
        gateway.transport.path.replace("{method}", method)
    )
}
