//! Prepared requests of all four gateways, as they come to be signed.

use std::error::Error;

use dockseal::Described;
use dockseal::gateway::{Gateway, Source};
use dockseal::object::write::to_form;
use dockseal::sign::{Options, Param};

use super::payloads;

/// What signs them all.
pub(super) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// A message's parameters and the way in which they are signed.
pub(super) struct Prepared {
    /// The gateway and its digest.
    pub(super) subject: &'static str,
    pub(super) gateway: &'static Gateway,
    pub(super) options: Options<'static>,
    parameters: Vec<(&'static str, String)>,
}

impl Prepared {
    /// The parameters as `sign` takes them.
    pub(super) fn params(&self) -> Vec<Param<'_>> {
        let parameters = self.parameters.iter();
        parameters
            .map(|(name, value)| Param::new(name, value.as_str()))
            .collect()
    }
}

/// One message for each gateway and digest, with so many lines.
pub(super) fn all(lines: usize) -> Result<Vec<Prepared>, Box<dyn Error>> {
    let order = payloads::order(lines).to_json();
    let push = payloads::push(lines)?;
    let push = || to_form(&push, dockseal::shopex_oms::GATEWAY.escape);
    let push = ["item", "operate_time", "status", "stockin_bn"].map(|name| {
        let mut form = push().into_iter();
        let text = form.find(|(known, _)| *known == name);
        (name, text.map(|(_, text)| text.into()).unwrap_or_default())
    });
    let top = dockseal::taobao_top::GATEWAY;
    let callback = || vec![("process_do", order.clone())];
    Ok(vec![
        prepared(
            "flagship: MD5",
            dockseal::wangdian_flagship::GATEWAY,
            None,
            vec![("body", format!("[{order}]"))],
        )?,
        prepared(
            "enterprise: MD5, lengths",
            dockseal::wangdian_enterprise::GATEWAY,
            None,
            vec![("stockin_refund_info", order.clone())],
        )?,
        prepared("TOP: MD5", top, Some("md5"), callback())?,
        prepared("TOP: HMAC-MD5", top, Some("hmac"), callback())?,
        prepared("TOP: HMAC-SHA256", top, Some("hmac-sha256"), callback())?,
        prepared(
            "OMS: MD5 of MD5",
            dockseal::shopex_oms::GATEWAY,
            None,
            push.to_vec(),
        )?,
    ])
}

fn prepared(
    subject: &'static str,
    gateway: &'static Gateway,
    digest: Option<&'static str>,
    business: Vec<(&'static str, String)>,
) -> Result<Prepared, Box<dyn Error>> {
    let now = payloads::now()?;
    let system = gateway.parameters.iter().filter_map(|parameter| {
        let value = match parameter.source {
            Source::Credential(name) => format!("{name}-1234"),
            Source::Method => "process.Process.upload".to_owned(),
            Source::Constant(text) => text.to_owned(),
            Source::Timestamp => gateway.stamp.write(now),
            Source::Sign => return None,
        };
        Some((parameter.name, value))
    });
    Ok(Prepared {
        subject,
        gateway,
        options: Options {
            digest,
            ..Options::default()
        },
        parameters: system.chain(business).collect(),
    })
}
