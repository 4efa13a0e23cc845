//! What answers at the path of the pushes: a request is checked as HTTP, its form goes to the
//! [`Receiver`], and the envelope goes back.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::routing::{MethodRouter, any};
use tokio::sync::{Semaphore, oneshot};

use super::body::{Read, Reader};
use super::refused::{Refused, envelope, path};
use crate::BeijingTime;
use crate::receiver::answer::refused;
use crate::receiver::{Handler, Pace, Receiver, Refusal, deliver_until};

/// A [`Receiver`] with what HTTP adds: how long is waited, and how much is held in memory.
#[derive(Clone, Debug)]
pub struct Endpoint {
    receiver: Receiver,
    body_time: Duration,
    bodies: usize,
    answer_time: Duration,
    pace: Pace,
}

impl From<Receiver> for Endpoint {
    fn from(receiver: Receiver) -> Endpoint {
        Endpoint::new(receiver)
    }
}

impl Endpoint {
    /// With the default times and sizes.
    #[must_use]
    pub fn new(receiver: Receiver) -> Endpoint {
        Endpoint {
            receiver,
            body_time: Duration::from_secs(30),
            bodies: 128 << 20,
            answer_time: Duration::from_secs(60),
            pace: Pace::default(),
        }
    }

    /// How long a body may take from its headers to its end before the sender gets status 408. 30
    /// seconds by default.
    #[must_use]
    pub fn with_body_time(mut self, time: Duration) -> Endpoint {
        self.body_time = time;
        self
    }

    /// How many bytes the bodies of all requests under way may have together before a sender gets
    /// status 503. 128 MiB by default. What one may have is said by the limits of the
    /// [`Settings`](crate::receiver::Settings).
    #[must_use]
    pub fn with_bodies(mut self, bytes: usize) -> Endpoint {
        self.bodies = bytes;
        self
    }

    /// How long the look-ups and the inbox may take before the sender is answered `E_INTERNAL`. 60
    /// seconds by default.
    #[must_use]
    pub fn with_answer_time(mut self, time: Duration) -> Endpoint {
        self.answer_time = time;
        self
    }

    /// How deliveries are handed to the handler of [`router`].
    #[must_use]
    pub fn with_pace(mut self, pace: Pace) -> Endpoint {
        self.pace = pace;
        self
    }

    /// A router that receives pushes at `/index.php/api` and hands them to nobody: deliveries are
    /// taken from the inbox by [`deliver`](crate::receiver::deliver), here or in another process.
    pub fn router(self) -> Router {
        Router::new().route(path(), self.route())
    }

    /// The same for any path of any router.
    pub fn route(self) -> MethodRouter {
        self.with_worker(None)
    }

    fn with_worker(self, worker: Option<oneshot::Sender<Infallible>>) -> MethodRouter {
        let reader = Reader {
            most: self.receiver.settings.limits.body,
            time: self.body_time,
            together: Arc::new(Semaphore::new(self.bodies.min(Semaphore::MAX_PERMITS))),
        };
        let shared = Shared {
            receiver: self.receiver,
            reader,
            answer_time: self.answer_time,
            _worker: worker,
        };
        any(push).with_state(Arc::new(shared))
    }
}

/// A router that receives pushes at `/index.php/api` and hands each effect to the handler.
///
/// Merge it into a router of your own, or serve it as it is. It has no fallback, so that yours
/// counts; [`not_found`] is one that answers in the vendor's envelope.
///
/// The handler is called by a task that stops when the last clone of the router is dropped: it takes
/// nothing new then, and ends once the handler is done with what it has in hand. If the program ends
/// before that, those deliveries come again when their lease ends, a minute after they were taken.
///
/// # Panics
/// Outside of a Tokio runtime, as `tokio::spawn` does.
pub fn router(endpoint: impl Into<Endpoint>, handler: impl Handler) -> Router {
    let endpoint = endpoint.into();
    let (worker, dropped) = oneshot::channel();
    tokio::spawn(deliver_until(
        endpoint.receiver.inbox(),
        Arc::new(handler),
        endpoint.pace.clone(),
        async {
            // Nothing is ever sent: the end of the sender is the news.
            let _ = dropped.await;
        },
    ));
    Router::new().route(path(), endpoint.with_worker(Some(worker)))
}

/// A fallback in the vendor's envelope: `app.fallback(receiver::not_found)`.
pub async fn not_found() -> Response<Body> {
    Refused::NotFound.response(false)
}

struct Shared {
    receiver: Receiver,
    reader: Reader,
    answer_time: Duration,
    /// Its end stops the worker.
    _worker: Option<oneshot::Sender<Infallible>>,
}

async fn push(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let read = match fit(&head.method, &head.headers) {
        Ok(()) => shared.reader.read(body).await,
        Err(refused) => Err(refused),
    };
    match read {
        Ok(read) => envelope(StatusCode::OK, receive(shared, read).await),
        Err(refused) => refused.response(shared.receiver.settings.explain),
    }
}

/// In a task of its own: a panic of a look-up is contained, and a sender that hangs up stops nothing
/// halfway.
async fn receive(shared: Arc<Shared>, read: Read) -> String {
    let explain = shared.receiver.settings.explain;
    let task = tokio::spawn(async move {
        // With its share of the memory for bodies, which is given back when the work is done.
        let read = read;
        let receiving = shared.receiver.receive(&read.bytes, BeijingTime::now());
        tokio::time::timeout(shared.answer_time, receiving).await
    });
    let reason = match task.await {
        Ok(Ok(answer)) => return answer.body,
        Ok(Err(_)) => "receiving took too long",
        Err(_) => "receiving panicked",
    };
    tracing::error!("refused: {reason}");
    refused(&Refusal::internal(reason), explain)
}

/// Whether a request can carry a push.
fn fit(method: &Method, headers: &HeaderMap) -> Result<(), Refused> {
    if *method != Method::POST {
        Err(Refused::Method)
    } else if !is_form(headers) {
        Err(Refused::ContentType)
    } else if !is_plain(headers) {
        Err(Refused::ContentEncoding)
    } else {
        Ok(())
    }
}

/// One content type, that of a form, with no charset but UTF-8.
fn is_form(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(only), None) = (types.next(), types.next()) else {
        return false;
    };
    let Ok(text) = only.to_str() else {
        return false;
    };
    let mut parts = text.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case(crate::shopex_oms::GATEWAY.transport.content_type)
        && parts.all(|parameter| match parameter.split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
                let value = value.trim().trim_matches('"');
                value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
            }
            _ => true,
        })
}

/// No content encoding, or one that changes nothing.
fn is_plain(headers: &HeaderMap) -> bool {
    headers.get_all(CONTENT_ENCODING).iter().all(|encoding| {
        encoding
            .as_bytes()
            .trim_ascii()
            .eq_ignore_ascii_case(b"identity")
    })
}

#[cfg(test)]
mod tests {
    use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
    use axum::http::{HeaderMap, HeaderValue, Method};

    use super::{Refused, fit};

    fn headers(types: &[&'static str], encodings: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for text in types {
            headers.append(CONTENT_TYPE, HeaderValue::from_static(text));
        }
        for text in encodings {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(text));
        }
        headers
    }

    #[test]
    fn a_form_in_utf8_is_fit_however_its_type_is_written() {
        for text in [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-8",
            "Application/X-WWW-Form-Urlencoded;charset=\"UTF-8\"",
            "application/x-www-form-urlencoded ; Charset = utf8 ; x=y",
            "application/x-www-form-urlencoded;",
        ] {
            assert_eq!(
                fit(&Method::POST, &headers(&[text], &["identity"])),
                Ok(()),
                "{text}"
            );
        }
    }

    #[test]
    fn another_type_charset_encoding_or_method_is_not_fit() {
        const FORM: &str = "application/x-www-form-urlencoded";
        for types in [
            &[][..],
            &["application/json"],
            &["text/plain"],
            &["application/x-www-form-urlencoded2"],
            &["application/x-www-form-urlencoded; charset=gbk"],
            &[FORM, FORM],
        ] {
            let end = fit(&Method::POST, &headers(types, &[]));
            assert_eq!(end, Err(Refused::ContentType), "{types:?}");
        }
        for encodings in [&["gzip"][..], &["identity", "br"], &["identity, gzip"]] {
            let end = fit(&Method::POST, &headers(&[FORM], encodings));
            assert_eq!(end, Err(Refused::ContentEncoding), "{encodings:?}");
        }
        for method in [Method::GET, Method::PUT, Method::OPTIONS, Method::HEAD] {
            assert_eq!(fit(&method, &headers(&[FORM], &[])), Err(Refused::Method));
        }
    }
}
