//! One attempt over reqwest: a request out, a whole answer in, within a time limit.

use std::error::Error as _;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use secrecy::ExposeSecret as _;
use tokio::time::timeout;

use crate::client::call::Attempt;
use crate::client::settings::{Checked, SettingError};
use crate::client::wire::{Answer, IDLE, Trouble, USER_AGENT};

#[derive(Clone)]
pub(super) struct Wire {
    http: reqwest::Client,
    cap: usize,
}

impl Wire {
    pub(super) fn new(checked: &Checked) -> Result<Wire, SettingError> {
        let settings = &checked.settings;
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(checked)?)
            .user_agent(USER_AGENT)
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(IDLE)
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            // Without this, the proxies of the environment would be used.
            .no_proxy();
        if let Some(proxy) = &checked.proxy {
            let proxy = reqwest::Proxy::all(proxy.expose_secret());
            builder = builder.proxy(proxy.map_err(|_| SettingError::refused("proxy"))?);
        }
        let http = builder
            .build()
            .map_err(|_| SettingError::refused("ca_pem"))?;
        Ok(Wire {
            http,
            cap: settings.reply_cap,
        })
    }

    pub(super) async fn send(&self, attempt: Attempt) -> Result<Answer, Trouble> {
        let Attempt { request, limit } = attempt;
        let late = |_| Trouble::Lost(format!("no answer within {} ms", limit.as_millis()));
        timeout(limit, self.exchange(request)).await.map_err(late)?
    }

    async fn exchange(&self, request: http::Request<Bytes>) -> Result<Answer, Trouble> {
        let request = reqwest::Request::try_from(request);
        let request = request.map_err(|error| Trouble::NotSent(told(error)))?;
        let mut response = self.http.execute(request).await.map_err(trouble)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| Trouble::Lost(told(error)))?
        {
            if body.len() + chunk.len() > self.cap {
                return Err(Trouble::too_large(self.cap));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }
}

fn tls(checked: &Checked) -> Result<ClientConfig, SettingError> {
    let mut roots = RootCertStore::empty();
    match &checked.roots {
        Some(own) => {
            for certificate in own {
                let added = roots.add(certificate.clone());
                added.map_err(|_| SettingError::refused("ca_pem"))?;
            }
        }
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| SettingError::refused("ca_pem"))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn trouble(error: reqwest::Error) -> Trouble {
    if error.is_connect() || never_written(&error) {
        Trouble::NotSent(told(error))
    } else {
        Trouble::Lost(told(error))
    }
}

/// A connection that closes before it took the request: hyper hands the request back.
fn never_written(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error
            .downcast_ref::<hyper::Error>()
            .is_some_and(hyper::Error::is_canceled)
        {
            return true;
        }
        source = error.source();
    }
    false
}

/// What happened, down to the cause. The address is left out: its query is signed.
fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
