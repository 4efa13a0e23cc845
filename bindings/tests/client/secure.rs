//! Encryption and proxies.

use std::sync::Arc;

use dockseal::CallError;
use dockseal::reply::NotSent;
use dockseal::wangdian_flagship::ProcessUpload;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;

use crate::support::clients::{both, flagship, good, keyless, quick};
use crate::support::server::Server;

/// A new authority as PEM text, and a server of 127.0.0.1 that it vouches for.
fn authority() -> (String, Arc<ServerConfig>) {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&key, &authority).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    (authority.pem(), Arc::new(config))
}

#[test]
fn f1_a_reset_before_encryption_is_up_is_tried_again_and_one_request_is_accepted() {
    both(|kind| {
        let (pem, config) = authority();
        let server = Server::start(move |number, connection| match number {
            0 => connection.reset(),
            1 => connection.close(),
            _ => {
                connection.secure(Arc::clone(&config));
                connection.serve(good::<ProcessUpload>());
            }
        });
        let mut settings = quick(server.url().replace("http:", "https:"));
        settings.ca_pem = Some(pem);
        flagship(kind, settings).call(&keyless()).unwrap();
        assert_eq!((server.count(), server.connections()), (1, 3));
    });
}

#[test]
fn a_server_that_nobody_vouches_for_gets_no_request() {
    both(|kind| {
        let (_, config) = authority();
        let server = Server::start(move |_, connection| {
            connection.secure(Arc::clone(&config));
            connection.serve(good::<ProcessUpload>());
        });
        let mut settings = quick(server.url().replace("http:", "https:"));
        let error = flagship(kind, settings.clone())
            .call(&keyless())
            .unwrap_err();
        assert!(
            matches!(error, CallError::NotSent(NotSent::Connect(_))),
            "{error:?}"
        );
        settings.ca_pem = Some(authority().0);
        let error = flagship(kind, settings).call(&keyless()).unwrap_err();
        assert!(
            matches!(error, CallError::NotSent(NotSent::Connect(_))),
            "{error:?}"
        );
        assert_eq!(server.count(), 0);
    });
}

#[test]
fn a_proxy_is_used_and_the_host_is_left_to_it() {
    both(|kind| {
        let proxy = Server::start(|_, connection| {
            // The async client asks the proxy for the whole address, the blocking one for a tunnel.
            connection.touch();
            if kind_of_first_line(connection) {
                let _ = connection.write("HTTP/1.1 200 OK\r\n\r\n");
            }
            connection.serve(good::<ProcessUpload>());
        });
        let mut settings = quick("http://gateway.invalid/openapi".to_owned());
        settings.proxy = Some(format!("http://user:hidden-word@{}", proxy.address()).into());
        flagship(kind, settings).call(&keyless()).unwrap();
        assert_eq!((proxy.count(), proxy.connections()), (1, 1));
        assert!(
            proxy.received()[0]
                .head
                .to_lowercase()
                .contains("host: gateway.invalid")
        );
    });
}

/// Whether it opens a tunnel, whose head is then read.
fn kind_of_first_line(connection: &mut crate::support::server::Connection) -> bool {
    let tunnel = connection.peek(7) == b"CONNECT";
    if tunnel {
        connection.head().unwrap();
    }
    tunnel
}

#[test]
fn an_encrypted_call_through_a_proxy_stays_encrypted_and_a_refused_tunnel_is_not_sent() {
    both(|kind| {
        let (pem, config) = authority();
        let proxy = Server::start(move |number, connection| {
            let head = connection.head().unwrap();
            assert!(head.starts_with("CONNECT 127.0.0.1:4433 "), "{head}");
            if number < 2 {
                let _ = connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            let _ = connection.write("HTTP/1.1 200 OK\r\n\r\n");
            connection.secure(Arc::clone(&config));
            connection.serve(good::<ProcessUpload>());
        });
        let mut settings = quick("https://127.0.0.1:4433/openapi".to_owned());
        settings.proxy = Some(format!("http://user:hidden-word@{}", proxy.address()).into());
        settings.ca_pem = Some(pem);
        settings.policy.attempts = 1;
        let error = flagship(kind, settings.clone())
            .call(&keyless())
            .unwrap_err();
        assert!(
            matches!(error, CallError::NotSent(NotSent::Connect(_))),
            "{error:?}"
        );
        assert!(
            !format!("{error} {error:?}").contains("hidden"),
            "{error:?}"
        );
        settings.policy.attempts = 2;
        flagship(kind, settings).call(&keyless()).unwrap();
        assert_eq!((proxy.count(), proxy.connections()), (1, 3));
    });
}
