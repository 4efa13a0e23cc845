//! Calls whose types are known only at run time.

use dockseal::api::AnyApi;
use dockseal::object::{Object, read, write};
use dockseal::reply::{Cause, NotSent};
use dockseal::send::PrepareError;
use dockseal::wangdian_enterprise::StockinRefundPush;
use dockseal::wangdian_flagship::{ProcessUpload, WangdianFlagship};
use dockseal::{APIS, CallError, Keys, blocking, client};

use crate::support::clients::{
    Client, Kind, both, enterprise, flagship, flagship_account, good, keyless, quick, runtime, top,
};
use crate::support::server::{Server, ok};

/// An account of any gateway.
fn account(api: &dyn AnyApi) -> Keys {
    let mut keys = Keys::new(api.api().gateway);
    for row in api.api().gateway.credentials {
        let text = if row.split.is_some() {
            "secret:salt"
        } else {
            "text"
        };
        if row.allowed.is_empty() {
            keys.set(row.name, text).unwrap();
        }
    }
    keys
}

fn example(api: &dyn AnyApi) -> Box<dyn Object> {
    let json = api
        .api()
        .examples
        .iter()
        .find_map(|example| example.request)
        .unwrap();
    let mut request = api.blank_request();
    read::request(api.api().positional, &mut *request, json.as_bytes()).unwrap();
    request
}

#[test]
fn every_api_can_be_called_by_its_name() {
    both(|kind| {
        for api in APIS {
            let answer = api
                .api()
                .examples
                .iter()
                .find_map(|example| example.reply)
                .unwrap();
            let server = Server::start(move |_, connection| connection.serve(answer));
            let settings = quick(server.url());
            let client = match kind {
                Kind::Async => {
                    let client = client::Client::any(account(*api))
                        .settings(settings)
                        .build()
                        .unwrap();
                    Client::Async(client, runtime())
                }
                Kind::Blocking => Client::Blocking(
                    blocking::Client::any(account(*api))
                        .settings(settings)
                        .build()
                        .unwrap(),
                ),
            };
            let reply = client.call_any(*api, &*example(*api)).unwrap();
            assert!(
                write::to_json(&*reply, write::Escape::Raw).len() > 10,
                "{}",
                api.api().method
            );
            assert_eq!(server.count(), 1);
        }
    });
}

#[test]
fn a_method_of_another_gateway_is_not_sent() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve("{}"));
        let client = enterprise(kind, quick(server.url()));
        let error = client.call_any(APIS[4], &keyless()).unwrap_err();
        let CallError::NotSent(NotSent::Prepare(PrepareError::OtherGateway { gateway, .. })) =
            &error
        else {
            panic!("{error:?}")
        };
        assert_eq!(*gateway, "wangdian-flagship");
        assert_eq!(server.connections(), 0);
    });
}

#[test]
fn a_run_time_reply_hides_what_the_schema_calls_sensitive() {
    let server = Server::start(|_, connection| {
        connection.serve(r#"{"status":0,"data":{"process_id":0,"process_no":"P","status":20,"message":"审核失败"}}"#);
    });
    let client = flagship(Kind::Blocking, quick(server.url()));
    let error = client.call_any(APIS[4], &keyless()).unwrap_err();
    assert!(matches!(error, CallError::Partial { .. }), "{error:?}");
    let typed = client.call(&keyless()).unwrap_err();
    let CallError::Partial { reply: typed, .. } = typed else {
        panic!()
    };
    let CallError::Partial { reply, .. } = error else {
        panic!()
    };
    assert_eq!(format!("{reply:?}"), format!("{typed:?}"));
}

#[test]
fn raw_arguments_are_the_body_of_a_json_gateway() {
    both(|kind| {
        let server = Server::start(|_, connection| {
            connection.serve(r#"{"status":0,"data":{"total":1,"price":0.10}}"#);
        });
        let client = flagship(kind, quick(server.url()));
        let reply = client
            .call_raw("goods.Goods.query", r#"[{"spec_no":"A"}, {"page_no":0}]"#)
            .unwrap();
        assert_eq!(
            reply.as_str(),
            r#"{"status":0,"data":{"total":1,"price":0.10}}"#
        );
        let sent = &server.received()[0];
        assert_eq!(sent.body, r#"[{"spec_no":"A"}, {"page_no":0}]"#);
        assert_eq!(sent.parameter("method"), "goods.Goods.query");
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn raw_members_are_parameters_of_a_form_gateway() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve(r#"{"code":0,"trades":[]}"#));
        let client = enterprise(kind, quick(server.url()));
        let json = r#"{"status":30,"remark":"退货","list":[{"a":"b c"}],"none":null,"yes":true}"#;
        let reply = client.call_raw("trade_query.php", json).unwrap();
        assert_eq!(reply.as_str(), r#"{"code":0,"trades":[]}"#);
        let sent = &server.received()[0];
        assert!(
            sent.line.starts_with("POST /openapi/trade_query.php "),
            "{}",
            sent.line
        );
        assert_eq!(sent.parameter("status"), "30");
        assert_eq!(sent.parameter("remark"), "退货");
        assert_eq!(sent.parameter("list"), r#"[{"a":"b c"}]"#);
        assert_eq!(sent.parameter("yes"), "true");
        assert!(!sent.body.contains("none"));
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn a_raw_reply_is_judged_and_taken_out_of_its_wrapping() {
    both(|kind| {
        let server = Server::start(|number, connection| match number {
            0 => connection.serve(r#"{"time_get_response":{"time":"2025-01-31 10:00:00"}}"#),
            _ => connection.serve(
                r#"{"error_response":{"code":25,"msg":"Invalid signature","request_id":"r1"}}"#,
            ),
        });
        let reply = top(kind, quick(server.url()))
            .call_raw("taobao.time.get", "{}")
            .unwrap();
        assert_eq!(reply.as_str(), r#"{"time":"2025-01-31 10:00:00"}"#);
        let error = top(kind, quick(server.url()))
            .call_raw("taobao.time.get", "{}")
            .unwrap_err();
        let CallError::Rejected(failure) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (failure.code.as_str(), failure.request_id.as_deref()),
            ("25", Some("r1"))
        );
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn a_raw_call_is_never_sent_again_once_a_byte_has_left() {
    both(|kind| {
        let server = Server::start(|_, connection| _ = connection.read());
        let error = enterprise(kind, quick(server.url()))
            .call_raw("stockin_refund_push.php", "{}")
            .unwrap_err();
        let CallError::Unknown(unknown) = &error else {
            panic!("{error:?}")
        };
        assert!(matches!(unknown.cause, Cause::Lost(_)));
        assert_eq!(unknown.advice.method, "stockin_refund_push.php");
        assert!(
            error
                .to_string()
                .contains("stockin_refund_push.php has no idempotency field"),
            "{error}"
        );
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn raw_text_that_cannot_be_parameters_is_not_sent() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve("{}"));
        let clients = (
            flagship(kind, quick(server.url())),
            enterprise(kind, quick(server.url())),
        );
        let errors = [
            clients.0.call_raw("m", "[{").unwrap_err(),
            clients.1.call_raw("m", "[1]").unwrap_err(),
            clients.1.call_raw("m", r#"{"sign":"x"}"#).unwrap_err(),
        ];
        for error in errors {
            assert!(
                matches!(error, CallError::NotSent(NotSent::Prepare(_))),
                "{error:?}"
            );
        }
        assert_eq!(server.connections(), 0);
    });
}

#[test]
fn what_breaks_the_schema_is_not_sent_unless_asked_for() {
    both(|kind| {
        let server =
            Server::start(|_, connection| connection.answer(ok(good::<StockinRefundPush>())));
        let mut broken = crate::support::clients::keyed();
        broken.stockin_refund_info.outer_no.clear();
        let mut settings = quick(server.url());
        let error = enterprise(kind, settings.clone())
            .call(&broken)
            .unwrap_err();
        assert!(
            matches!(
                error,
                CallError::NotSent(NotSent::Prepare(PrepareError::Invalid(_)))
            ),
            "{error:?}"
        );
        assert_eq!(server.connections(), 0);
        settings.validation = dockseal::send::Validation::Warn;
        enterprise(kind, settings).call(&broken).unwrap();
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn aliases_are_the_clients_of_their_gateway() {
    fn same<T>(_: fn(&T), _: fn(&T)) {}
    same::<client::Client<WangdianFlagship>>(|_| {}, |_: &dockseal::wangdian_flagship::Client| {});
    same::<blocking::Client<WangdianFlagship>>(
        |_| {},
        |_: &dockseal::wangdian_flagship::BlockingClient| {},
    );
    let _ = (flagship_account(), good::<ProcessUpload>());
}
