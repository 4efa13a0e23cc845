//! HTTP on loopback: connections in, requests to the world, answers out as their faults want them.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::clock::http_date;
use super::fault::Fault;
use super::line::{Line, Plan};
use super::parameters::Arrived;
use super::pour::Pour;
use super::record::Outcome;
use super::world::{Answer, World};
use super::{gzip, index};

/// Where the sandbox shows itself.
pub(super) const INDEX: &str = "/_sandbox";

/// Where a redirection leads.
const ELSEWHERE: &str = "/_elsewhere";

/// Bytes of a request's body.
const MOST: usize = 16 << 20;

/// A caller that takes longer for its headers, or then for its body, is not waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes connections until it is told to stop.
pub(super) async fn serve(listener: TcpListener, world: Arc<World>, stop: oneshot::Receiver<()>) {
    let accept = async {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => {
                    tokio::spawn(connection(stream, Arc::clone(&world)));
                }
                // Too many open files, or a caller that is gone already: others may fare better.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    };
    tokio::select! {
        () = accept => {}
        _ = stop => {}
    }
}

async fn connection(stream: TcpStream, world: Arc<World>) {
    let _ = stream.set_nodelay(true);
    let plan = Arc::new(Plan::default());
    let line = Line::new(stream, Arc::clone(&plan), Arc::clone(&world));
    let service = service_fn(move |request| {
        let (world, plan) = (Arc::clone(&world), Arc::clone(&plan));
        async move {
            let fault = plan.fault();
            let response = respond(request, &world, fault).await;
            plan.answered();
            Ok::<_, Infallible>(response)
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .auto_date_header(false);
    // A connection that breaks is the caller's affair, or a fault.
    let _ = http.serve_connection(TokioIo::new(line), service).await;
}

async fn respond(
    request: Request<Incoming>,
    world: &World,
    fault: Option<Fault>,
) -> Response<Pour> {
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let mut response = if head.method == Method::GET && path.trim_end_matches('/') == INDEX {
        json(&index::page(world))
    } else if path == ELSEWHERE {
        world.note_outcome(Outcome::Strayed, None);
        plain(
            StatusCode::NOT_FOUND,
            "this is another host: a signed request should never come here",
        )
    } else {
        match tokio::time::timeout(PATIENCE, Limited::new(body, MOST).collect()).await {
            Ok(Ok(body)) => gateway(&head, &body.to_bytes(), world, fault).await,
            Ok(Err(_)) => too_large(world, fault),
            Err(_) => too_slow(world, fault),
        }
    };
    if let Ok(date) = HeaderValue::from_str(&http_date(world.now(fault))) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// Nobody waits for ever for a body.
fn too_slow(world: &World, fault: Option<Fault>) -> Response<Pour> {
    world.note_outcome(Outcome::NotRead, fault);
    plain(StatusCode::REQUEST_TIMEOUT, "the body did not come in time")
}

/// The rest of the body is not waited for.
fn too_large(world: &World, fault: Option<Fault>) -> Response<Pour> {
    world.note_outcome(Outcome::NotRead, fault);
    let mut response = plain(StatusCode::PAYLOAD_TOO_LARGE, "at most 16 MiB are read");
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

async fn gateway(
    head: &http::request::Parts,
    body: &Bytes,
    world: &World,
    fault: Option<Fault>,
) -> Response<Pour> {
    match fault {
        Some(Fault::LoginPage) => {
            world.note_outcome(Outcome::NotProcessed, fault);
            return html(StatusCode::OK, LOGIN);
        }
        Some(Fault::Redirect) => {
            world.note_outcome(Outcome::NotProcessed, fault);
            return redirect(&head.headers);
        }
        _ => {}
    }
    let arrived = Arrived {
        verb: head.method.as_str(),
        path: head.uri.path(),
        query: head.uri.query().unwrap_or_default(),
        content_type: head
            .headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok()),
        body,
    };
    let Some(answer) = world.answer(&arrived, fault) else {
        world.note_outcome(Outcome::Nowhere, fault);
        return plain(
            StatusCode::NOT_FOUND,
            "no gateway has this address; /_sandbox/ lists them",
        );
    };
    if fault == Some(Fault::Stall) {
        std::future::pending::<()>().await;
    }
    dress(answer, fault, &head.headers, world.drip)
}

/// The answer as its fault wants it.
fn dress(
    answer: Answer,
    fault: Option<Fault>,
    asked: &HeaderMap,
    drip: Duration,
) -> Response<Pour> {
    let length = answer.body.len();
    let gzip_asked = asked
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .any(|value| value.as_bytes().windows(4).any(|part| part == b"gzip"));
    let mut encoding = None;
    let mut announced = None;
    let mut content_type = answer.content_type;
    let body = match fault {
        Some(Fault::Html502) => return html(StatusCode::BAD_GATEWAY, BAD_GATEWAY),
        Some(Fault::WrongContentType) => {
            content_type = "text/html";
            Pour::whole(answer.body)
        }
        Some(Fault::Truncated) => {
            announced = Some(length);
            let half = Bytes::from(answer.body).slice(..length / 2);
            Pour::broken(half)
        }
        Some(Fault::Slow) => {
            announced = Some(length);
            Pour::dripping(answer.body, drip)
        }
        Some(Fault::Endless) => Pour::endless(answer.body, Bytes::from(vec![b' '; 16 << 10])),
        Some(Fault::Gzip) if gzip_asked => {
            encoding = Some("gzip");
            Pour::whole(gzip::stored(&answer.body))
        }
        Some(Fault::GzipBomb) => {
            encoding = Some("gzip");
            let (head, block, times, tail) = gzip::bomb();
            Pour::repeated(head, block, times, tail)
        }
        _ => Pour::whole(answer.body),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if let Some(length) = announced {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

/// To the same address under another name of this machine, where nothing signed should arrive.
fn redirect(asked: &HeaderMap) -> Response<Pour> {
    let port = asked
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| host.rsplit_once(':'));
    let to = format!(
        "http://localhost:{}{ELSEWHERE}",
        port.map_or("80", |(_, port)| port)
    );
    let mut response = html(StatusCode::FOUND, "<html><body>moved</body></html>");
    if let Ok(to) = HeaderValue::from_str(&to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn json(value: &serde_json::Value) -> Response<Pour> {
    typed(
        StatusCode::OK,
        "application/json;charset=UTF-8",
        format!("{value:#}\n"),
    )
}

fn plain(status: StatusCode, text: &'static str) -> Response<Pour> {
    typed(status, "text/plain;charset=UTF-8", text)
}

fn html(status: StatusCode, text: &'static str) -> Response<Pour> {
    typed(status, "text/html", text)
}

fn typed(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Response<Pour> {
    let mut response = Response::new(Pour::whole(body));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

const LOGIN: &str = "<!DOCTYPE html>\n<html><head><title>Wi-Fi 登录</title></head><body><form action=\"/login\" method=\"post\"><input name=\"room\"><input name=\"password\" type=\"password\"></form></body></html>\n";
