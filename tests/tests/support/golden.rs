//! Golden files under `tests/golden`: read, compared, and rewritten with `UPDATE=1`.

use std::fmt::Write;
use std::path::PathBuf;

use dockseal::api::Request;
use dockseal::form::{self, Limits};
use dockseal::object::read::from_form as read_form;
use dockseal::send::SignedRequest;

fn path(name: &str) -> PathBuf {
    super::schemas::root().join("tests/golden").join(name)
}

/// The text of a golden file.
pub fn read(name: &str) -> String {
    std::fs::read_to_string(path(name))
        .unwrap_or_else(|error| panic!("tests/golden/{name}: {error}"))
}

/// Whether the golden files are being rewritten, so that they are not yet to be trusted.
pub fn is_updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Compares with a golden file, or rewrites it.
pub fn check(name: &str, actual: &str) {
    if is_updating() {
        let path = path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, actual).unwrap();
        return;
    }
    assert_eq!(
        actual,
        read(name),
        "tests/golden/{name}; after a wanted change run with UPDATE=1"
    );
}

/// A complete HTTP request as text: what goes over the wire, for people to read.
pub fn http_text(request: &SignedRequest) -> String {
    let http = request.http();
    let mut text = format!("{} {}\n", http.method(), http.uri());
    for (name, value) in http.headers() {
        writeln!(text, "{name}: {}", value.to_str().unwrap()).unwrap();
    }
    text + "\n" + std::str::from_utf8(http.body()).unwrap()
}

/// The request that a form body carries; the gateway's own parameters are left out.
pub fn from_form<R: Request>(body: &str) -> R {
    let mut parameters = form::decode(body.as_bytes(), &Limits::default()).unwrap();
    let system = R::API.gateway.parameters;
    parameters.retain(|(name, _)| system.iter().all(|known| known.name != name));
    let mut request = R::blank();
    read_form(&mut request, &parameters).unwrap();
    request
}
