//! A captured request as its gateway sees it: decoded parameters in the order of sending, and what
//! each of them is.

use dockseal::Keys;
use dockseal::form::{FormError, FormValue, Limits, decode};
use dockseal::gateway::{Business, Gateway, Source};
use dockseal::sign::Param;

use super::capture::{Capture, utf8};
use crate::language::Said;
use crate::output::Complaint;

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The gateway asks every message for it.
    System,
    /// A part of the business request.
    Business,
    /// The body, under the name by which it is signed.
    Body,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Its name.
    pub(super) name: String,
    /// Its decoded value.
    pub(super) value: FormValue,
    /// What it is.
    pub(super) role: Role,
}

/// A message to one gateway.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// Who receives it.
    pub(super) gateway: &'static Gateway,
    /// All parameters, the signature among them, in the order of sending.
    pub(super) pairs: Vec<Pair>,
    /// What is odd about it.
    pub(super) notes: Vec<Said>,
}

impl Message {
    /// Reads what the gateway would read.
    pub(super) fn new(gateway: &'static Gateway, capture: Capture) -> Result<Message, Complaint> {
        let mut message = Message {
            gateway,
            pairs: Vec::new(),
            notes: capture.notes,
        };
        message.take(capture.query.as_bytes())?;
        let says_json = capture.content_type.contains("json");
        match gateway.transport.business {
            Business::Json => {
                if let Some(name) = gateway.scheme.body {
                    let text = utf8(&capture.body)?.to_owned();
                    message.pairs.push(Pair {
                        name: name.to_owned(),
                        value: FormValue::Text(text),
                        role: Role::Body,
                    });
                }
                if capture.content_type.contains("form") {
                    message.notes.push(Said::new(
                        "this gateway takes a JSON body, not a form",
                        "该网关的请求体应为 JSON，而非表单",
                    ));
                }
            }
            Business::Form if says_json => message.notes.push(Said::new(
                "this gateway reads forms only: the JSON body is neither read nor signed",
                "该网关只读取表单：JSON 请求体不会被读取，也不参与签名",
            )),
            Business::Form => message.take(capture.body.trim_ascii())?,
        }
        if message.pairs.iter().all(|pair| pair.role == Role::Body) {
            return Err(Complaint::usage(Said::new(
                "the request has no parameters",
                "请求中没有参数",
            ))
            .with_help(Said::new(
                "give the whole request, with its query",
                "请提供含查询串的完整请求",
            )));
        }
        Ok(message)
    }

    fn take(&mut self, encoded: &[u8]) -> Result<(), Complaint> {
        let decoded = decode(encoded, &Limits::DEFAULT).map_err(|error| form(&error))?;
        self.pairs.extend(decoded.into_iter().map(|(name, value)| {
            let system = self
                .gateway
                .parameters
                .iter()
                .any(|known| known.name == name);
            let role = if system { Role::System } else { Role::Business };
            Pair { name, value, role }
        }));
        Ok(())
    }

    /// A parameter's text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|pair| pair.name == name)
            .and_then(|pair| pair.value.as_text())
    }

    /// The signature that was sent.
    pub(super) fn given(&self) -> Option<&str> {
        self.text(self.gateway.scheme.parameter)
    }

    /// The digest that the message asks for.
    pub(super) fn digest(&self) -> Option<&str> {
        self.gateway
            .scheme
            .digest_parameter
            .and_then(|name| self.text(name))
    }

    /// Name and text of the time stamp.
    pub(super) fn stamp(&self) -> Option<(&'static str, &str)> {
        let row = self
            .gateway
            .parameters
            .iter()
            .find(|row| row.source == Source::Timestamp)?;
        Some((row.name, self.text(row.name)?))
    }

    /// Whether a parameter's value is never shown.
    pub(super) fn is_secret(&self, name: &str) -> bool {
        Keys::new(self.gateway).is_secret(name)
    }

    /// What the gateway signs, or, if `masked`, what may be shown of it.
    pub(super) fn params(&self, masked: bool) -> Vec<Param<'_>> {
        let param = |pair: &'_ Pair| masked && self.is_secret(&pair.name);
        self.pairs
            .iter()
            .map(|pair| Param {
                name: &pair.name,
                value: (&pair.value).into(),
                secret: param(pair),
            })
            .collect()
    }
}

fn form(error: &FormError) -> Complaint {
    let what = Said::new(error.to_string(), error.zh());
    let complaint = Complaint::usage(what);
    match error {
        FormError::ValueNotUtf8 { .. } | FormError::NameNotUtf8 { .. } => {
            complaint.with_help(Said::new(
                "the sender probably encodes as GBK; every gateway reads UTF-8, and signs it",
                "发送方很可能使用 GBK 编码；各网关均按 UTF-8 读取并签名",
            ))
        }
        _ => complaint,
    }
}
