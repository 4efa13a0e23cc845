//! Whether a call that did not end well is sent again: the only place that decides it.
//!
//! Nothing here sleeps or sends. Both clients ask [`next`] after each attempt and do as it says, so
//! that the rule can be checked over every sequence of faults.
//!
//! | how the attempt ended | sent again |
//! |---|---|
//! | nothing left this machine | yes |
//! | the gateway said "too often" | if a repeat is harmless and the wait fits the deadline |
//! | the gateway said that our clock is off | once, if a repeat is harmless |
//! | no complete answer, a broken one, or a failure on the vendor's side | if a repeat is harmless |
//! | any other answer | no |
//!
//! A repeat is harmless where the method only reads, or where its schema names an idempotency field.
//! Always within the attempts and the deadline of the [`Policy`].

use std::time::Duration;

use crate::api::{Api, Effect};

/// How patient a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// Attempts in all, at least one. Three by default.
    pub attempts: u32,
    /// Wait before the second attempt; doubled before each further one. 200 ms by default.
    pub backoff: Duration,
    /// No wait grows beyond this. 5 s by default.
    pub backoff_limit: Duration,
    /// Wait after "too often" where the gateway does not say how long. 60 s by default.
    pub throttled: Duration,
    /// From the first attempt to the last answer. 60 s by default.
    pub deadline: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            attempts: 3,
            backoff: Duration::from_millis(200),
            backoff_limit: Duration::from_secs(5),
            throttled: Duration::from_secs(60),
            deadline: Duration::from_secs(60),
        }
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// No byte of the request left this machine.
    NotSent,
    /// The gateway refused because of too many calls, and may have said how long to wait.
    Throttled(Option<Duration>),
    /// The gateway refused because of the time stamp.
    Clock,
    /// Whether the request took effect is open.
    Open,
    /// The gateway answered, and that is that.
    Final,
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Hand the outcome to the caller.
    Stop,
    /// Wait so long, then stamp the time, sign, and send again.
    Again(Duration),
}

/// The attempts of one call so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// How many were made.
    pub made: u32,
    /// How many of them ended with [`End::Clock`].
    pub clock: u32,
    /// Time since the first began.
    pub elapsed: Duration,
}

/// Whether sending the same request twice does no more than sending it once.
#[must_use]
pub fn repeat_is_harmless(api: &Api) -> bool {
    api.effect == Effect::Read || api.idempotency.is_some()
}

/// Decides after an attempt that ended with `end`; `attempts` has it counted already.
///
/// `jitter` spreads the waits of many clients: 0 leaves a wait whole, 255 halves it.
#[must_use]
pub fn next(api: &Api, policy: &Policy, attempts: Attempts, end: End, jitter: u8) -> Next {
    let may_repeat = match end {
        End::Final => false,
        End::NotSent => true,
        End::Clock => attempts.clock <= 1 && repeat_is_harmless(api),
        End::Throttled(_) | End::Open => repeat_is_harmless(api),
    };
    if !may_repeat || attempts.made >= policy.attempts.max(1) {
        return Next::Stop;
    }
    let wait = match end {
        End::Throttled(named) => named.unwrap_or(policy.throttled),
        _ => backoff(policy, attempts.made, jitter),
    };
    if attempts.elapsed.saturating_add(wait) >= policy.deadline {
        return Next::Stop;
    }
    Next::Again(wait)
}

fn backoff(policy: &Policy, made: u32, jitter: u8) -> Duration {
    let doublings = made.saturating_sub(1).min(16);
    let whole = policy
        .backoff
        .saturating_mul(1 << doublings)
        .min(policy.backoff_limit);
    whole.saturating_sub(whole * u32::from(jitter) / 510)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{api::Request, shopex_oms, taobao_top, wangdian_enterprise, wangdian_flagship};

    const ENDS: [End; 6] = [
        End::NotSent,
        End::Throttled(None),
        End::Throttled(Some(Duration::from_secs(1))),
        End::Clock,
        End::Open,
        End::Final,
    ];

    /// Every sequence of up to six ends, played against `next`; `seen` is told what was sent.
    fn play(api: &Api, policy: &Policy, ends: &mut Vec<End>, seen: &mut impl FnMut(&[End])) {
        let mut attempts = Attempts::default();
        for (index, end) in ends.iter().enumerate() {
            attempts.made += 1;
            attempts.clock += u32::from(*end == End::Clock);
            match next(api, policy, attempts, *end, 0) {
                Next::Again(wait) => attempts.elapsed += wait,
                Next::Stop => {
                    seen(ends.get(..=index).unwrap_or(ends));
                    return;
                }
            }
        }
        if ends.len() == 6 {
            seen(ends);
            return;
        }
        for end in ENDS {
            ends.push(end);
            play(api, policy, ends, seen);
            ends.pop();
        }
    }

    fn patient() -> Policy {
        Policy {
            attempts: 6,
            deadline: Duration::from_secs(3600),
            ..Policy::default()
        }
    }

    #[test]
    fn nothing_without_an_idempotency_field_is_sent_twice_once_a_byte_has_left() {
        for api in [
            wangdian_flagship::ProcessUpload::API,
            shopex_oms::StockinStatusUpdate::API,
            shopex_oms::TransferorderUpdate::API,
        ] {
            let mut played = 0;
            play(api, &patient(), &mut Vec::new(), &mut |sent| {
                played += 1;
                let left = sent.iter().filter(|end| **end != End::NotSent).count();
                assert!(left <= 1, "{}: {sent:?}", api.method);
            });
            assert!(played >= 31, "{played}");
        }
    }

    #[test]
    fn with_an_idempotency_field_open_ends_are_sent_again_and_answers_are_not() {
        for api in [
            wangdian_enterprise::StockinRefundPush::API,
            taobao_top::ProtocolCallback::API,
        ] {
            let mut longest = 0;
            play(api, &patient(), &mut Vec::new(), &mut |sent| {
                longest = longest.max(sent.len());
                let settled = sent.iter().position(|end| *end == End::Final);
                assert!(settled.is_none_or(|at| at + 1 == sent.len()), "{sent:?}");
                let clock = sent.iter().filter(|end| **end == End::Clock).count();
                assert!(clock <= 2, "{sent:?}");
            });
            assert_eq!(longest, 6);
        }
    }

    #[test]
    fn a_wrong_clock_is_tried_again_once_where_a_repeat_is_harmless() {
        let after = |api, clock| {
            let attempts = Attempts {
                made: clock,
                clock,
                elapsed: Duration::ZERO,
            };
            next(api, &patient(), attempts, End::Clock, 0)
        };
        let (harmless, harmful) = (
            taobao_top::ProtocolCallback::API,
            wangdian_flagship::ProcessUpload::API,
        );
        assert!(matches!(after(harmless, 1), Next::Again(_)));
        assert_eq!(after(harmless, 2), Next::Stop);
        assert_eq!(after(harmful, 1), Next::Stop);
    }

    #[test]
    fn attempts_and_deadline_end_every_call() {
        let api = taobao_top::ProtocolCallback::API;
        let made = |made, elapsed| Attempts {
            made,
            clock: 0,
            elapsed: Duration::from_secs(elapsed),
        };
        let policy = Policy::default();
        assert!(matches!(
            next(api, &policy, made(2, 0), End::Open, 0),
            Next::Again(_)
        ));
        assert_eq!(next(api, &policy, made(3, 0), End::Open, 0), Next::Stop);
        assert_eq!(next(api, &policy, made(1, 60), End::Open, 0), Next::Stop);
        let throttled = End::Throttled(Some(Duration::from_secs(31)));
        assert_eq!(
            next(api, &policy, made(1, 0), throttled, 0),
            Next::Again(Duration::from_secs(31))
        );
        assert_eq!(next(api, &policy, made(1, 30), throttled, 0), Next::Stop);
        assert_eq!(
            next(api, &policy, made(1, 0), End::Throttled(None), 0),
            Next::Stop
        );
    }

    #[test]
    fn waits_double_up_to_their_limit_and_jitter_at_most_halves_them() {
        let policy = Policy::default();
        let waits: Vec<_> = (1..8)
            .map(|made| backoff(&policy, made, 0).as_millis())
            .collect();
        assert_eq!(waits, [200, 400, 800, 1600, 3200, 5000, 5000]);
        assert_eq!(backoff(&policy, 1, 255).as_millis(), 100);
    }
}
