//! What a call waits for before an attempt, and what ends it before one.

use super::*;

#[test]
fn a_call_that_waits_for_nothing_asks_for_a_place_until_its_deadline() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    let Step::Place(limit) = call.step_at::<&str>(call.started + 2 * SECOND) else {
        panic!("no place");
    };
    assert_eq!(limit, 58 * SECOND);
}

#[test]
fn nothing_is_sent_at_the_deadline_or_without_a_place() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    let at_the_deadline = call.started + 60 * SECOND;
    assert!(matches!(
        call.step_at::<&str>(at_the_deadline),
        Step::Over(CallError::NotSent(NotSent::Held))
    ));
    assert!(matches!(
        call.placed::<&str>(false),
        Err(CallError::NotSent(NotSent::Held))
    ));
    call.started = call.started.checked_sub(61 * SECOND).unwrap();
    assert!(matches!(
        call.placed::<&str>(true),
        Err(CallError::NotSent(NotSent::Held))
    ));
}

#[test]
fn a_method_that_is_left_alone_is_waited_for_only_within_the_deadline() {
    for (wait, is_waited_for) in [(1, true), (59, true), (60, false), (61, false)] {
        let account = account(settings());
        let request = request();
        let mut call = Call::new(&account, Task::typed(&request));
        let (now, method) = (call.started, StockinRefundPush::API.method);
        account.close_gate(method, now, wait * SECOND, failure(Class::Throttled));
        match call.step_at::<&str>(now) {
            Step::Wait(time) => assert_eq!((time, is_waited_for), (wait * SECOND, true)),
            Step::Over(CallError::Throttled {
                failure,
                wait: told,
            }) => {
                assert_eq!((told, is_waited_for), (Some(wait * SECOND), false));
                assert_eq!(failure.code, "E");
            }
            _ => panic!("{wait}"),
        }
    }
}

#[test]
fn a_method_that_is_left_alone_meanwhile_is_not_sent_in_its_place() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    assert!(matches!(call.step::<&str>(), Step::Place(_)));
    let (now, method) = (Instant::now(), StockinRefundPush::API.method);
    account.close_gate(method, now, SECOND * 30, failure(Class::Throttled));
    assert!(matches!(call.placed::<&str>(true), Ok(None)));
    assert!(matches!(call.step::<&str>(), Step::Wait(_)));
}

#[test]
fn each_attempt_takes_one_turn_of_the_rate() {
    let account = account(Settings {
        calls_per_minute: Some(2),
        ..settings()
    });
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    // Asking again takes no second turn.
    assert!(matches!(call.step::<&str>(), Step::Place(_)));
    assert_eq!(lose(&mut call), None);
    let Step::Wait(wait) = call.step::<&str>() else {
        panic!("a turn too many");
    };
    assert!(wait > 20 * SECOND && wait <= 30 * SECOND, "{wait:?}");
}

#[test]
fn a_turn_beyond_the_deadline_is_not_waited_for() {
    let account = account(Settings {
        calls_per_minute: Some(1),
        policy: Policy {
            deadline: 10 * SECOND,
            ..settings().policy
        },
        ..settings()
    });
    let request = request();
    let _ = attempt(&mut Call::new(&account, Task::typed(&request)));
    let mut second = Call::new(&account, Task::typed(&request));
    assert!(matches!(
        second.step::<&str>(),
        Step::Over(CallError::NotSent(NotSent::Held))
    ));
}

#[test]
fn an_attempt_after_another_waits_as_the_policy_says() {
    let account = account(Settings {
        policy: Policy {
            backoff: 20 * SECOND,
            backoff_limit: 20 * SECOND,
            ..settings().policy
        },
        ..settings()
    });
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    let before = Instant::now();
    assert_eq!(lose(&mut call), None);
    let Step::Wait(wait) = call.step_at::<&str>(before) else {
        panic!("no wait");
    };
    // Jitter halves a wait at most.
    assert!(wait >= 10 * SECOND, "{wait:?}");
    let later = before + 40 * SECOND;
    assert!(matches!(call.step_at::<&str>(later), Step::Place(_)));
    // It was waited for once.
    assert!(matches!(call.step_at::<&str>(before), Step::Place(_)));
}

#[test]
fn the_waits_of_many_clients_are_spread() {
    let mut seen: Vec<u8> = (0..64).map(|_| jitter()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() > 2, "{seen:?}");
}

#[test]
fn an_attempt_has_the_time_of_one_but_not_beyond_the_deadline() {
    let account = account(settings());
    let request = request();
    let mut call = Call::new(&account, Task::typed(&request));
    assert_eq!(attempt(&mut call).limit, 7 * SECOND);
    call.started = call.started.checked_sub(55 * SECOND).unwrap();
    assert!(attempt(&mut call).limit <= 5 * SECOND);
}

#[test]
fn an_attempt_asks_for_the_page_of_its_task() {
    let api = Api {
        pager: Some(Pager {
            page_no: "page_no",
            page_size: "page_size",
            calc_total: None,
            first: 0,
            size: 40,
            max_size: None,
            place: Place::Form,
            items: "/trades",
            total: None,
        }),
        gateway: GATEWAY,
        ..*StockinRefundPush::API
    };
    let account = account(settings());
    let request = request();
    let page = Page {
        number: 31,
        size: 40,
        total: false,
    };
    let task = Task {
        page: Some(page),
        ..Task::object(&api, &request)
    };
    let attempt = attempt(&mut Call::new(&account, task));
    let body = String::from_utf8(attempt.request.into_body().to_vec()).unwrap();
    assert!(body.contains("page_no=31"), "{body}");
}

#[test]
fn a_request_that_cannot_be_made_ends_the_call_unsent() {
    let account = account(settings());
    let request = request();
    let task = Task {
        method: "../other",
        ..Task::typed(&request)
    };
    let end = Call::new(&account, task).placed::<&str>(true);
    assert!(matches!(end, Err(CallError::NotSent(NotSent::Prepare(_)))));
}
