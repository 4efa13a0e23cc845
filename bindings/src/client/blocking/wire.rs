//! One attempt over ureq: a request out, a whole answer in, within a time limit.

use std::cell::Cell;
use std::io::Read as _;
use std::sync::Arc;

use rustls::crypto::ring;
use secrecy::ExposeSecret as _;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport,
};
use ureq::{Agent, Proxy};

use crate::client::call::Attempt;
use crate::client::settings::{Checked, SettingError};
use crate::client::wire::{Answer, IDLE, Trouble, USER_AGENT};

#[derive(Clone)]
pub(super) struct Wire {
    http: Agent,
    cap: usize,
}

impl Wire {
    pub(super) fn new(checked: &Checked) -> Result<Wire, SettingError> {
        let settings = &checked.settings;
        let proxy = checked
            .proxy
            .as_ref()
            .map(|proxy| Proxy::new(proxy.expose_secret()));
        let proxy = proxy
            .transpose()
            .map_err(|_| SettingError::refused("proxy"))?;
        let watch = Watch {
            proxied: proxy.is_some(),
        };
        let config = Agent::config_builder()
            .tls_config(tls(checked))
            .user_agent(USER_AGENT)
            .timeout_resolve(Some(settings.connect_timeout))
            .timeout_connect(Some(settings.connect_timeout))
            .max_idle_age(IDLE)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // None, not the proxies of the environment.
            .proxy(proxy)
            .build();
        let connector = DefaultConnector::new().chain(watch);
        let http = Agent::with_parts(config, connector, DefaultResolver::default());
        Ok(Wire {
            http,
            cap: settings.reply_cap,
        })
    }

    pub(super) fn send(&self, attempt: Attempt) -> Result<Answer, Trouble> {
        LEFT.set(false);
        self.exchange(attempt).map_err(|failed| match failed {
            Failed::TooLarge => Trouble::too_large(self.cap),
            Failed::Http(error) if LEFT.get() => Trouble::Lost(told(&error)),
            Failed::Http(error) => Trouble::NotSent(told(&error)),
        })
    }

    fn exchange(&self, Attempt { request, limit }: Attempt) -> Result<Answer, Failed> {
        let (parts, body) = request.into_parts();
        let request = http::Request::from_parts(parts, &*body);
        let request = self
            .http
            .configure_request(request)
            .timeout_global(Some(limit))
            .build();
        let (parts, body) = self.http.run(request)?.into_parts();
        let most = u64::try_from(self.cap)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        let mut reply = Vec::new();
        let read = body.into_reader().take(most).read_to_end(&mut reply);
        if read.map_err(ureq::Error::from)? > self.cap {
            return Err(Failed::TooLarge);
        }
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: reply,
        })
    }
}

enum Failed {
    TooLarge,
    Http(ureq::Error),
}

impl From<ureq::Error> for Failed {
    fn from(error: ureq::Error) -> Self {
        Failed::Http(error)
    }
}

fn tls(checked: &Checked) -> TlsConfig {
    let roots = match &checked.roots {
        Some(own) => own
            .iter()
            .map(|one| Certificate::from_der(one).to_owned())
            .collect::<Vec<_>>()
            .into(),
        None => RootCerts::WebPki,
    };
    TlsConfig::builder()
        .root_certs(roots)
        .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
        .build()
}

/// What happened, without the address: its query is signed.
fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::BadUri(_) => "the address cannot be used".to_owned(),
        error => error.to_string(),
    }
}

thread_local! {
    /// Whether a byte of this thread's request left. ureq's errors do not tell; an attempt never
    /// changes its thread.
    static LEFT: Cell<bool> = const { Cell::new(false) };
}

/// Watches every connection for the first byte of a request.
#[derive(Debug)]
struct Watch {
    proxied: bool,
}

impl<In: Transport> Connector<In> for Watch {
    type Out = Watched<In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        // The connection to the proxy itself carries only what opens the tunnel.
        let is_tunnel = self.proxied && details.config.proxy().is_none();
        Ok(chained.map(|transport| Watched {
            transport,
            is_tunnel,
        }))
    }
}

#[derive(Debug)]
struct Watched<T> {
    transport: T,
    is_tunnel: bool,
}

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.transport.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        if !self.is_tunnel {
            LEFT.set(true);
        }
        self.transport.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.transport.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.transport.is_open()
    }

    fn is_tls(&self) -> bool {
        self.transport.is_tls()
    }
}
