//! What the gateway says: too often, wrong clock, refused, and what its `Date` tells.

use std::thread;
use std::time::{Duration, Instant};

use dockseal::CallError;
use dockseal::taobao_top::ProtocolCallback;
use dockseal::wangdian_flagship::ProcessUpload;

use crate::support::clients::{
    both, callback, enterprise, flagship, good, keyed, keyless, quick, top,
};
use crate::support::server::{Server, ok, reply};

const TOO_OFTEN: &str = r#"{"status":100,"message":"超过每分钟最大调用频率限制，请稍后重试"}"#;
const BANNED: &str = r#"{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-app-access-count","sub_msg":"This ban will last for 1 more seconds"}}"#;

#[test]
fn too_often_beyond_the_deadline_is_told_at_once_and_the_method_left_alone() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve(TOO_OFTEN));
        let client = flagship(kind, quick(server.url()));
        let started = Instant::now();
        for _ in 0..3 {
            let error = client.call(&keyless()).unwrap_err();
            let CallError::Throttled { failure, wait } = &error else {
                panic!("{error:?}")
            };
            assert_eq!(failure.code, "100");
            assert!(wait.unwrap() > Duration::from_secs(290), "{wait:?}");
        }
        assert_eq!(server.count(), 1);
        // Another method and another account are not concerned.
        client.call_raw("stock.Stock.query", "[{}]").unwrap_err();
        assert_eq!(server.count(), 2);
        let other = dockseal::wangdian_flagship::Credentials::new("other", "k", "s:t").unwrap();
        client.with_credentials(other).call(&keyless()).unwrap_err();
        assert_eq!(server.count(), 3);
        assert!(started.elapsed() < Duration::from_secs(2));
    });
}

#[test]
fn too_often_within_the_deadline_is_waited_for() {
    both(|kind| {
        let server = Server::start(|number, connection| match number {
            0 => connection.answer(reply("200 OK", &["Connection: close"], BANNED.as_bytes())),
            _ => connection.serve(good::<ProtocolCallback>()),
        });
        let started = Instant::now();
        top(kind, quick(server.url())).call(&callback()).unwrap();
        assert!(
            started.elapsed() >= Duration::from_secs(2),
            "{:?}",
            started.elapsed()
        );
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn a_later_call_waits_until_the_method_may_be_called_again() {
    both(|kind| {
        let server = Server::start(|number, connection| match number {
            0 => connection.answer(reply("200 OK", &["Connection: close"], BANNED.as_bytes())),
            _ => connection.serve(r#"{"total":0}"#),
        });
        let client = top(kind, quick(server.url()));
        let started = Instant::now();
        // Nothing is known of the method, so it is not sent again by itself.
        let error = client.call_raw("taobao.time.get", "{}").unwrap_err();
        assert!(matches!(error, CallError::Throttled { .. }), "{error:?}");
        assert!(started.elapsed() < Duration::from_secs(1));
        client.call_raw("taobao.time.get", "{}").unwrap();
        assert!(
            started.elapsed() >= Duration::from_secs(2),
            "{:?}",
            started.elapsed()
        );
        let sent = server.received();
        assert_eq!(sent.len(), 2);
        assert_ne!(
            sent[0].parameter("timestamp"),
            sent[1].parameter("timestamp")
        );
    });
}

#[test]
fn a_wrong_clock_is_not_sent_again_without_a_key_and_once_with_one() {
    both(|kind| {
        let server = Server::start(|_, connection| {
            connection.serve(r#"{"status":7,"message":"时间戳误差超过2分钟"}"#);
        });
        let error = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap_err();
        assert!(matches!(error, CallError::Rejected(_)), "{error:?}");
        assert_eq!(server.count(), 1);

        let server = Server::start(|_, connection| {
            connection.serve(r#"{"error_response":{"code":31,"msg":"Invalid timestamp"}}"#);
        });
        let error = top(kind, quick(server.url()))
            .call(&callback())
            .unwrap_err();
        assert!(matches!(error, CallError::Rejected(_)), "{error:?}");
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn a_refusal_a_duplicate_and_a_partial_success_are_sent_once() {
    both(|kind| {
        let server = Server::start(|_, connection| {
            connection.serve(r#"{"code":"40","message":"参数错误"}"#);
        });
        let error = enterprise(kind, quick(server.url()))
            .call(&keyed())
            .unwrap_err();
        assert!(matches!(error, CallError::Rejected(_)), "{error:?}");
        assert_eq!(server.count(), 1);

        let server = Server::start(|_, connection| {
            connection.serve(r#"{"code":"40","message":"外部单号已存在"}"#);
        });
        let error = enterprise(kind, quick(server.url()))
            .call(&keyed())
            .unwrap_err();
        assert!(matches!(error, CallError::Duplicate(_)), "{error:?}");
        assert_eq!(server.count(), 1);

        let server = Server::start(|_, connection| {
            connection.serve(r#"{"status":0,"data":{"process_id":0,"process_no":"P","status":20,"message":"审核失败"}}"#);
        });
        let error = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap_err();
        let CallError::Partial { reply, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(reply.data.as_ref().unwrap().process_no, "P");
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn f25_the_date_of_a_reply_is_an_estimate_and_a_broken_one_says_nothing() {
    both(|kind| {
        for date in [
            "yesterday",
            "",
            "Sun, 99 Foo 2025 08:49:37 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT",
        ] {
            let header = format!("Date: {date}");
            let answer = reply("200 OK", &[&header], good::<ProcessUpload>().as_bytes());
            let server = Server::start(move |_, connection| connection.answer(&answer));
            let client = flagship(kind, quick(server.url()));
            client.call(&keyless()).unwrap();
            assert_eq!((client.skew(), server.count()), (None, 1), "{date}");
        }
        let server = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
        let client = flagship(kind, quick(server.url()));
        client.call(&keyless()).unwrap();
        assert_eq!((client.skew(), server.count()), (None, 1));

        let answer = reply(
            "200 OK",
            &["Date: Sun, 06 Nov 1994 08:49:37 GMT"],
            good::<ProcessUpload>().as_bytes(),
        );
        let server = Server::start(move |_, connection| connection.answer(&answer));
        let client = flagship(kind, quick(server.url()));
        client.call(&keyless()).unwrap();
        assert!(client.skew().unwrap() < -900_000_000);
        // The next time stamp is this machine's all the same.
        thread::sleep(Duration::from_millis(20));
        client.call(&keyless()).unwrap();
        let sent = &server.received()[1];
        let stamp = sent.parameter("timestamp").parse::<u64>().unwrap() + 1_325_347_200;
        assert!(stamp.abs_diff(sent.at) <= 1);
    });
}

#[test]
fn a_reply_without_its_data_is_bad_and_the_whole_reply_can_be_had() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.answer(ok(good::<ProcessUpload>())));
        let client = flagship(kind, quick(server.url()));
        let whole = client.call_whole(&keyless()).unwrap();
        assert_eq!(whole.data.unwrap().process_no, "PS2021113010");
        assert_eq!(server.count(), 1);
    });
}
