//! A server that does to each connection what its script says, and notes what it received.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// A script: the connection's number, from 0, and the connection.
type Script = dyn Fn(usize, &mut Connection) + Send + Sync;

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    connections: AtomicUsize,
    received: Mutex<Vec<Received>>,
}

/// A request that came in whole.
#[derive(Clone, Debug)]
pub struct Received {
    /// `POST /path?query`.
    pub line: String,
    pub head: String,
    pub body: String,
    /// Unix seconds.
    pub at: u64,
}

impl Received {
    /// A parameter of the query or of the form.
    pub fn parameter(&self, name: &str) -> String {
        let query = self.line.split_once('?').map_or("", |(_, rest)| rest);
        let query = query.split(' ').next().unwrap();
        let pairs = query.split('&').chain(self.body.split('&'));
        let found = pairs
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| *known == name);
        decode(
            found
                .unwrap_or_else(|| panic!("no {name} in {}", self.line))
                .1,
        )
    }
}

fn decode(text: &str) -> String {
    let form = format!("v={text}");
    let form = dockseal::form::decode(form.as_bytes(), &dockseal::form::Limits::default()).unwrap();
    form[0].1.as_text().unwrap().to_owned()
}

impl Server {
    pub fn start(script: impl Fn(usize, &mut Connection) + Send + Sync + 'static) -> Server {
        Server::on("127.0.0.1:0".parse().unwrap(), script)
    }

    pub fn on(
        address: SocketAddr,
        script: impl Fn(usize, &mut Connection) + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        listener.set_nonblocking(true).unwrap();
        let shared = Arc::new(Shared::default());
        let (seen, script) = (Arc::clone(&shared), Arc::new(script));
        thread::spawn(move || accept(&listener, &seen, &script));
        Server { address, shared }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a server of TLS has another scheme.
    pub fn url(&self) -> String {
        format!("http://{}/openapi", self.address)
    }

    /// The requests that came in whole.
    pub fn received(&self) -> Vec<Received> {
        self.shared.received.lock().unwrap().clone()
    }

    /// How many requests came in whole.
    pub fn count(&self) -> usize {
        self.received().len()
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
    }
}

fn accept(
    listener: &TcpListener,
    shared: &Arc<Shared>,
    script: &Arc<impl Fn(usize, &mut Connection) + Send + Sync + 'static>,
) {
    while !shared.stop.load(Ordering::SeqCst) {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(Duration::from_millis(1));
            continue;
        };
        stream.set_nonblocking(false).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let number = shared.connections.fetch_add(1, Ordering::SeqCst);
        let (shared, script): (_, Arc<Script>) = (Arc::clone(shared), Arc::clone(script) as _);
        thread::spawn(move || {
            let socket = stream.try_clone().unwrap();
            let mut connection = Connection {
                stream: Box::new(stream),
                socket,
                shared,
            };
            script(number, &mut connection);
        });
    }
}

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

pub struct Connection {
    stream: Box<dyn Stream>,
    socket: TcpStream,
    shared: Arc<Shared>,
}

impl Connection {
    /// Reads a whole request and notes it; false if there is none.
    pub fn read(&mut self) -> bool {
        let Some(head) = self.head() else {
            return false;
        };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().unwrap())
        });
        let mut body = vec![0; length.unwrap_or(0)];
        if self.stream.read_exact(&mut body).is_err() {
            return false;
        }
        let at = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let line = head.lines().next().unwrap().to_owned();
        let body = String::from_utf8(body).unwrap();
        self.shared.received.lock().unwrap().push(Received {
            line,
            head,
            body,
            at,
        });
        true
    }

    /// Reads a head, byte by byte so that nothing of the body is taken.
    pub fn head(&mut self) -> Option<String> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if self.stream.read(&mut byte).ok()? == 0 {
                return None;
            }
            head.push(byte[0]);
        }
        String::from_utf8(head).ok()
    }

    /// Waits for the first byte.
    pub fn touch(&mut self) {
        let _ = self.socket.peek(&mut [0]);
    }

    /// The first bytes, which stay to be read.
    pub fn peek(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        while self
            .socket
            .peek(&mut bytes)
            .is_ok_and(|seen| 0 < seen && seen < count)
        {
            thread::sleep(Duration::from_millis(1));
        }
        bytes
    }

    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())?;
        self.stream.flush()
    }

    /// Answers one request after the other with this body, as long as they come.
    pub fn serve(&mut self, body: &str) {
        while self.read() {
            if self.write(ok(body)).is_err() {
                return;
            }
        }
    }

    /// Answers one request.
    pub fn answer(&mut self, bytes: impl AsRef<[u8]>) {
        if self.read() {
            let _ = self.write(bytes);
        }
    }

    /// Closes with what was received still unread, which makes the kernel send a reset.
    pub fn reset(&mut self) {
        self.touch();
        thread::sleep(Duration::from_millis(30));
    }

    /// No more bytes, and none more taken.
    pub fn close(&mut self) {
        let _ = self.socket.shutdown(Shutdown::Both);
    }

    /// Goes on in TLS.
    pub fn secure(&mut self, config: Arc<rustls::ServerConfig>) {
        let socket = self.socket.try_clone().unwrap();
        let tls = rustls::ServerConnection::new(config).unwrap();
        self.stream = Box::new(rustls::StreamOwned::new(tls, socket));
    }
}

/// A reply as these gateways give it.
pub fn ok(body: &str) -> Vec<u8> {
    reply(
        "200 OK",
        &["Content-Type: application/json"],
        body.as_bytes(),
    )
}

pub fn reply(status: &str, headers: &[&str], body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    for header in headers {
        out.push_str(header);
        out.push_str("\r\n");
    }
    out.push_str("\r\n");
    let mut out = out.into_bytes();
    out.extend_from_slice(body);
    out
}

/// Waits until it is so, for at most five seconds.
pub fn until(so: impl Fn() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "it never came to be"
        );
        thread::sleep(Duration::from_millis(2));
    }
}
