//! The sandbox without its sockets: a request in, the answer of the gateway out, everything noted.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use dockseal::gateway::Gateway;
use dockseal::{BeijingTime, Keys};
use serde_json::Value;

use super::check::{Checked, check};
use super::clock::{BEIJING, Clock, shifted};
use super::envelope::{self, Style};
use super::fault::{Dice, Fault};
use super::parameters::{Arrived, Parameters, gateway_at};
use super::record::{Entry, Log, Outcome, Seen, Sink};
use super::responder::{self, Example};
use super::state::{Api, State, Taken};
use super::vendor::{Refusal, Vendor};
use super::wrong::Wrong;
use crate::language::Said;

/// Everything that the requests of one sandbox share.
#[derive(Debug)]
pub(super) struct World {
    pub(super) accounts: Vec<Keys>,
    pub(super) clock: Clock,
    pub(super) drip: Duration,
    pub(super) sink: Sink,
    pub(super) dice: Mutex<Dice>,
    pub(super) state: Mutex<State>,
    pub(super) log: Mutex<Log>,
}

/// What goes back: always 200, unless a fault or the state file says otherwise.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
}

/// A guard even if another request panicked: its change is complete or was never begun.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A reply before it is written.
struct Reply {
    body: Value,
    failed: bool,
    outcome: Outcome,
}

impl World {
    /// The time by which a request is judged and dated.
    pub(super) fn now(&self, fault: Option<Fault>) -> BeijingTime {
        let now = self.clock.now();
        if fault == Some(Fault::ClockOff) {
            shifted(now, BEIJING)
        } else {
            now
        }
    }

    /// Notes what became of a request.
    pub(super) fn note(&self, seen: Seen, details: Vec<Said>) {
        let seen = lock(&self.log).keep(seen);
        self.sink.tell(&Entry { seen, details });
    }

    /// Notes a request that no gateway saw.
    pub(super) fn note_outcome(&self, outcome: Outcome, fault: Option<Fault>) {
        let mut seen = Seen::new(self.now(fault), outcome);
        seen.fault = fault;
        self.note(seen, Vec::new());
    }

    /// The answer to a request; none if no gateway has its address.
    pub(super) fn answer(&self, arrived: &Arrived<'_>, fault: Option<Fault>) -> Option<Answer> {
        let (gateway, path_method) = gateway_at(arrived.path)?;
        let now = self.now(fault);
        let mut seen = Seen::new(now, Outcome::Accepted);
        (seen.gateway, seen.fault) = (Some(gateway.name), fault);
        let mut details = Vec::new();
        let mut style = Style::of(gateway, None);
        let reply = match Parameters::read(gateway, arrived) {
            Err(wrong) => Ok(refuse(gateway, &wrong, None, &mut seen)),
            Ok(parameters) => {
                style = Style::of(gateway, Some(&parameters));
                self.process(&parameters, path_method, now, &mut seen, &mut details)
            }
        };
        let answer = match reply {
            Ok(reply) => {
                seen.outcome = reply.outcome;
                let method = seen.method.as_deref().unwrap_or_default();
                let body = envelope::write(gateway, method, style, reply.failed, &reply.body);
                Answer {
                    status: 200,
                    content_type: style.content_type(),
                    body,
                }
            }
            Err(said) => {
                let body = format!("{}\n{}\n", said.en, said.zh).into_bytes();
                (seen.outcome, seen.reason) = (Outcome::NotKept, Some(said));
                Answer {
                    status: 500,
                    content_type: "text/plain;charset=UTF-8",
                    body,
                }
            }
        };
        self.note(seen, details);
        Some(answer)
    }

    fn process(
        &self,
        parameters: &Parameters,
        path_method: Option<&str>,
        now: BeijingTime,
        seen: &mut Seen,
        details: &mut Vec<Said>,
    ) -> Result<Reply, Said> {
        let gateway = parameters.gateway;
        if seen.fault == Some(Fault::Throttled) {
            let turn = usize::try_from(lock(&self.log).count()).unwrap_or_default();
            let refusal = Vendor::of(gateway).throttle(turn);
            return Ok(Reply {
                outcome: Outcome::Throttled,
                ..refused(gateway, &refusal, now)
            });
        }
        let checked = match check(parameters, path_method, &self.accounts, now, seen) {
            Ok(checked) => checked,
            Err((wrong, read)) => {
                details.extend(wrong.details());
                return Ok(refuse(gateway, &wrong, read.as_ref(), seen));
            }
        };
        let mut reply = self.take(&checked, parameters, now, seen)?;
        if !reply.failed {
            let table = checked.api.blank_reply().table();
            match seen.fault {
                Some(Fault::NewField) => reply.body = responder::with_new_fields(&reply.body),
                Some(Fault::NewEnum) => {
                    reply.body =
                        responder::with_new_values(gateway.envelope.status, table, &reply.body);
                }
                Some(Fault::DuplicateAnswer) => {
                    if let Some(Example {
                        reply: body,
                        failed,
                        ..
                    }) = responder::duplicate(gateway)
                    {
                        reply = Reply {
                            body,
                            failed,
                            outcome: reply.outcome,
                        };
                    }
                }
                _ => {}
            }
        }
        Ok(reply)
    }

    /// Does what a right request asks for.
    fn take(
        &self,
        checked: &Checked,
        parameters: &Parameters,
        now: BeijingTime,
        seen: &Seen,
    ) -> Result<Reply, Said> {
        let Checked { api, request } = checked;
        let (api, request) = (api.api(), &**request);
        let gateway = parameters.gateway;
        let spoken = responder::spoken(api, request);
        if let Some(Example {
            reply: body,
            failed,
            partial: false,
        }) = spoken
        {
            let duplicate = responder::says_duplicate(gateway, &body);
            let outcome = if duplicate {
                Outcome::Duplicate
            } else {
                Outcome::Refused("as-asked")
            };
            return Ok(Reply {
                body,
                failed,
                outcome,
            });
        }
        // What failed inside may be sent again.
        let (template, identity, outcome) = match spoken {
            Some(example) => (example.reply, None, Outcome::Partial),
            None => (
                responder::usual(api),
                responder::identity(api, request, parameters),
                Outcome::Accepted,
            ),
        };
        let key = Api {
            gateway: gateway.name.to_owned(),
            account: seen.account.clone().unwrap_or_default(),
            method: api.method.to_owned(),
        };
        let taken = lock(&self.state)
            .take(key, identity, |count| {
                responder::numbered(&template, request, count, now)
            })
            .map_err(|error| Said::new(error.to_string(), error.zh()))?;
        Ok(match taken {
            Taken::New(body) => Reply {
                body,
                failed: false,
                outcome,
            },
            Taken::Known(body) => {
                match responder::duplicate(gateway).filter(|_| responder::refuses_repetition(api)) {
                    Some(Example {
                        reply: body,
                        failed,
                        ..
                    }) => Reply {
                        body,
                        failed,
                        outcome: Outcome::Duplicate,
                    },
                    None => Reply {
                        body,
                        failed: false,
                        outcome: Outcome::Repeated,
                    },
                }
            }
        })
    }
}

/// The refusal of a request that is wrong.
fn refuse(
    gateway: &'static Gateway,
    wrong: &Wrong,
    read: Option<&Checked>,
    seen: &mut Seen,
) -> Reply {
    seen.pointer = wrong.pointer();
    seen.reason = Some(wrong.said());
    let document =
        read.and_then(|read| responder::document_text(read.api.api(), &*read.request, wrong));
    let refusal = Vendor::of(gateway).refuse(wrong, document.as_deref());
    Reply {
        outcome: Outcome::Refused(wrong.kind()),
        ..refused(gateway, &refusal, seen.at)
    }
}

fn refused(gateway: &'static Gateway, refusal: &Refusal, now: BeijingTime) -> Reply {
    let request_id = format!("sandbox{:010x}", now.unix());
    Reply {
        body: envelope::refusal(gateway, refusal, &request_id),
        failed: true,
        outcome: Outcome::Accepted,
    }
}
