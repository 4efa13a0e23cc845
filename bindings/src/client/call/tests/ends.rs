//! How a call ends after one or more attempts.

use super::*;

#[test]
fn an_answer_that_is_a_success_ends_the_call() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    attempt(&mut call);
    let ended = call.ended(Ok(answer("body")), |status, content_type, body| {
        assert_eq!((status, content_type), (StatusCode::OK, None));
        assert_eq!(body, b"body");
        Ok::<_, Error>("output")
    });
    assert_eq!(ended, Some(Ok("output")));
}

#[test]
fn the_attempts_of_the_policy_are_made_and_no_more() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    for _ in 1..4 {
        assert_eq!(lose(&mut call), None);
    }
    let Some(CallError::Unknown(unknown)) = lose(&mut call) else {
        panic!("sent again, or not unknown");
    };
    assert_eq!(unknown.cause, Cause::Lost("reset".to_owned()));
    assert_eq!(unknown.advice, advice());
    assert!(unknown.advice.key_value.is_some());
}

#[test]
fn a_request_that_did_not_leave_is_sent_again() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    for _ in 1..4 {
        assert_eq!(refuse(&mut call), None);
    }
    let connect = NotSent::Connect("refused".to_owned());
    assert_eq!(refuse(&mut call), Some(CallError::NotSent(connect)));
}

#[test]
fn an_answer_that_settles_it_ends_the_call() {
    let account = account(settings());
    let request = request();
    let partial = CallError::Partial {
        failure: failure(Class::Rejected),
        reply: Box::new("reply"),
    };
    for error in [
        rejected(Class::Rejected),
        rejected(Class::Signature),
        CallError::Duplicate(failure(Class::Duplicate)),
        partial,
    ] {
        let mut call = Call::new(&account, Task::typed(&request));
        assert_eq!(fail(&mut call, &error), Some(error));
    }
}

#[test]
fn a_wrong_clock_is_tried_again_once() {
    let account = account(settings());
    let request = request();
    let clock = rejected(Class::Clock);
    let mut call = Call::new(&account, Task::typed(&request));
    assert_eq!(fail(&mut call, &clock), None);
    assert_eq!(fail(&mut call, &clock), Some(clock.clone()));
    // What else went wrong before does not count.
    let mut call = Call::new(&account, Task::typed(&request));
    assert_eq!(refuse(&mut call), None);
    assert_eq!(refuse(&mut call), None);
    assert_eq!(fail(&mut call, &clock), None);
}

#[test]
fn too_often_leaves_the_method_alone_for_all_calls_of_the_account() {
    for (named, wait) in [(Some(20 * SECOND), 20 * SECOND), (None, 30 * SECOND)] {
        let account = account(settings());
        let request = request();
        let mut call = Call::new(&account, Task::typed(&request));
        let before = Instant::now();
        assert_eq!(fail(&mut call, &throttled(named)), None);
        let after = Instant::now();
        let Step::Wait(waits) = call.step_at::<&str>(after) else {
            panic!("no wait");
        };
        assert!(
            waits <= wait && waits + (after - before) >= wait,
            "{waits:?}"
        );
        let mut other = Call::new(&account, Task::typed(&request));
        assert!(matches!(other.step::<&str>(), Step::Wait(_)));
        let elsewhere = Task {
            method: "other.php",
            ..Task::typed(&request)
        };
        let mut elsewhere = Call::new(&account, elsewhere);
        assert!(matches!(elsewhere.step::<&str>(), Step::Place(_)));
    }
}

#[test]
fn an_open_end_of_an_answer_advises_for_this_very_request() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    let open = CallError::Unknown(Box::new(Unknown {
        cause: Cause::Status(502),
        advice: Advice::of(StockinRefundPush::API),
    }));
    for _ in 1..4 {
        assert_eq!(fail(&mut call, &open), None);
    }
    let Some(CallError::Unknown(unknown)) = fail(&mut call, &open) else {
        panic!("not unknown");
    };
    assert_eq!(
        (unknown.cause, unknown.advice),
        (Cause::Status(502), advice())
    );
}

#[test]
fn a_later_attempt_that_did_nothing_does_not_hide_an_open_end() {
    let account = account(settings());
    let request = request();
    let lost = CallError::Unknown(Box::new(Unknown {
        cause: Cause::Lost("reset".to_owned()),
        advice: advice(),
    }));
    for open in [lost, bad_reply()] {
        for later in [
            CallError::NotSent(NotSent::Connect("refused".to_owned())),
            CallError::NotSent(NotSent::Held),
            throttled(Some(90 * SECOND)),
            rejected(Class::Clock),
        ] {
            let mut call = Call::new(&account, Task::typed(&request));
            assert_eq!(fail(&mut call, &open), None);
            assert_eq!(call.over(later), open);
        }
        let mut call = Call::new(&account, Task::typed(&request));
        assert_eq!(fail(&mut call, &open), None);
        assert_eq!(call.placed::<&str>(false).err(), Some(open));
    }
}

#[test]
fn a_later_attempt_that_says_something_replaces_an_open_end() {
    let account = account(settings());
    let request = request();
    for later in [
        rejected(Class::Rejected),
        CallError::Duplicate(failure(Class::Duplicate)),
    ] {
        let mut call = Call::new(&account, Task::typed(&request));
        assert_eq!(lose(&mut call), None);
        assert_eq!(fail(&mut call, &later), Some(later));
    }
    // Of two open ends the later one is told.
    let mut call = Call::new(&account, Task::typed(&request));
    assert_eq!(lose(&mut call), None);
    assert_eq!(fail(&mut call, &bad_reply()), None);
    assert_eq!(call.over(rejected(Class::Clock)), bad_reply());
}

#[test]
fn an_end_between_does_not_forget_an_open_one() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    assert_eq!(fail(&mut call, &bad_reply()), None);
    assert_eq!(refuse(&mut call), None);
    assert_eq!(fail(&mut call, &rejected(Class::Clock)), None);
    assert_eq!(fail(&mut call, &rejected(Class::Clock)), Some(bad_reply()));
}
