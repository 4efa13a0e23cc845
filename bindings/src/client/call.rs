//! One call, from its first attempt to how it ended. Nothing here sends or sleeps: both clients do
//! as [`Call::step`] says, and hand back what came of it.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{StatusCode, header};
use tracing::Span;

use super::account::Account;
use super::trace;
use super::wire::{Answer, Trouble};
use crate::BeijingTime;
use crate::api::{Api, Request};
use crate::outcome::{self, Attempts, End, Next};
use crate::pages::Page;
use crate::reply::{Advice, BadReply, CallError, Cause, NotSent, Unknown};
use crate::send::{self, Content, Options};

/// What is called.
pub(super) struct Task<'a> {
    pub(super) api: &'a Api,
    /// The method on the wire.
    pub(super) method: &'a str,
    pub(super) content: Content<'a>,
    /// The page to ask for, of a list.
    pub(super) page: Option<Page>,
    /// What to do if the effect stays open.
    pub(super) advice: Advice,
}

impl<'a> Task<'a> {
    pub(super) fn typed<R: Request>(request: &'a R) -> Task<'a> {
        Task::object(R::API, request)
    }

    pub(super) fn object(api: &'a Api, request: &'a dyn crate::object::Object) -> Task<'a> {
        Task {
            api,
            method: api.method,
            content: Content::Object(request),
            page: None,
            advice: Advice::of(api).with_request(request),
        }
    }
}

/// What a client has to do next.
pub(super) enum Step<E: fmt::Debug> {
    /// Wait so long.
    Wait(Duration),
    /// Wait at most so long for a place among the attempts under way, then say
    /// [`Call::placed`].
    Place(Duration),
    /// Hand this to the caller.
    Over(CallError<E>),
}

/// One attempt.
pub(super) struct Attempt {
    /// To be sent once.
    pub(super) request: http::Request<Bytes>,
    /// Time until the reply is whole.
    pub(super) limit: Duration,
}

pub(super) struct Call<'a> {
    account: &'a Account,
    task: Task<'a>,
    started: Instant,
    attempts: Attempts,
    /// No attempt before this.
    not_before: Option<Instant>,
    /// The account's rate allows the next attempt.
    has_turn: bool,
    /// An earlier attempt that left the effect open.
    open: Option<Open>,
    span: Span,
}

/// An end that leaves the effect open.
enum Open {
    Unknown(Box<Unknown>),
    BadReply(BadReply),
}

impl<'a> Call<'a> {
    pub(super) fn new(account: &'a Account, task: Task<'a>) -> Call<'a> {
        let span = trace::open(account, task.method);
        Call {
            account,
            task,
            started: Instant::now(),
            attempts: Attempts::default(),
            not_before: None,
            has_turn: false,
            open: None,
            span,
        }
    }

    /// The span of the call.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }

    /// What to do next.
    pub(super) fn step<E: fmt::Debug>(&mut self) -> Step<E> {
        self.step_at(Instant::now())
    }

    fn step_at<E: fmt::Debug>(&mut self, now: Instant) -> Step<E> {
        let left = self.left(now);
        if let Some(wait) = self.backoff(now) {
            return Step::Wait(wait);
        }
        if let Some((wait, failure)) = self.account.gate(self.task.method, now) {
            if fits(wait, left) {
                return Step::Wait(wait);
            }
            let wait = Some(wait);
            return Step::Over(self.over(CallError::Throttled { failure, wait }));
        }
        if !self.has_turn {
            match self.account.turn() {
                Ok(()) => self.has_turn = true,
                Err(wait) if fits(wait, left) => return Step::Wait(wait),
                Err(_) => return Step::Over(self.held()),
            }
        }
        if left.is_zero() {
            return Step::Over(self.held());
        }
        Step::Place(left)
    }

    /// Whether there was a place: the attempt to send while it is held, then to say [`Call::ended`];
    /// none if the gateway has called the method too often meanwhile.
    pub(super) fn placed<E: fmt::Debug>(
        &mut self,
        has_place: bool,
    ) -> Result<Option<Attempt>, CallError<E>> {
        let now = Instant::now();
        let left = self.left(now);
        if !has_place || left.is_zero() {
            return Err(self.held());
        }
        match self.account.gate(self.task.method, now) {
            Some(_) => Ok(None),
            None => self.attempt(left).map(Some),
        }
    }

    /// What came of an attempt; none if there is to be another one.
    pub(super) fn ended<T, E: fmt::Debug>(
        &mut self,
        sent: Result<Answer, Trouble>,
        read: impl Fn(StatusCode, Option<&str>, &[u8]) -> Result<T, CallError<E>>,
    ) -> Option<Result<T, CallError<E>>> {
        let now = Instant::now();
        let end = match sent {
            Ok(answer) => self.read(&answer, read),
            Err(Trouble::NotSent(text)) => Err(CallError::NotSent(NotSent::Connect(text))),
            Err(Trouble::Lost(text)) => Err(CallError::Unknown(Box::new(Unknown {
                cause: Cause::Lost(text),
                advice: self.task.advice.clone(),
            }))),
        };
        let error = match end {
            Ok(output) => return Some(Ok(output)),
            Err(error) => error,
        };
        if let CallError::Throttled { failure, wait } = &error {
            let wait = wait.unwrap_or(self.account.settings.policy.throttled);
            self.account
                .close_gate(self.task.method, now, wait, failure.clone());
        }
        let end = error.end();
        self.attempts.clock += u32::from(end == End::Clock);
        self.attempts.elapsed = self.started.elapsed();
        let policy = &self.account.settings.policy;
        match outcome::next(self.task.api, policy, self.attempts, end, jitter()) {
            Next::Stop => Some(Err(self.over(error))),
            Next::Again(wait) => {
                tracing::debug!(parent: &self.span, attempt = self.attempts.made, ?wait, "sending again");
                self.not_before = now.checked_add(wait);
                self.open = Open::of(error).or(self.open.take());
                None
            }
        }
    }

    /// Stamps the time and signs, now that all waiting is over.
    fn attempt<E: fmt::Debug>(&mut self, left: Duration) -> Result<Attempt, CallError<E>> {
        let Task {
            api,
            method,
            content,
            page,
            ..
        } = self.task;
        let Account {
            keys,
            options,
            settings,
            ..
        } = self.account;
        let options = Options {
            page,
            ..options.clone()
        };
        let made = send::prepare_content(api, method, content, keys, BeijingTime::now(), &options);
        let request = match made {
            Ok(request) => request.into_http(),
            Err(error) => return Err(self.over(CallError::NotSent(NotSent::Prepare(error)))),
        };
        self.has_turn = false;
        self.span.record("url.path", request.uri().path());
        self.span
            .record("http.request.resend_count", self.attempts.made);
        self.attempts.made += 1;
        Ok(Attempt {
            request,
            limit: settings.attempt_timeout.min(left),
        })
    }

    fn read<T, E: fmt::Debug>(
        &self,
        answer: &Answer,
        read: impl Fn(StatusCode, Option<&str>, &[u8]) -> Result<T, CallError<E>>,
    ) -> Result<T, CallError<E>> {
        self.span
            .record("http.response.status_code", answer.status.as_u16());
        if let Some(date) = answer.header(header::DATE) {
            self.account.learn_date(date);
        }
        let content_type = answer.header(header::CONTENT_TYPE);
        let mut end = read(answer.status, content_type, &answer.body);
        if let Err(CallError::Unknown(unknown)) = &mut end {
            unknown.advice = self.task.advice.clone();
        }
        end
    }

    /// The call ends with this, unless an earlier attempt left the effect open and this one, which
    /// did nothing, says nothing about it.
    fn over<E: fmt::Debug>(&mut self, error: CallError<E>) -> CallError<E> {
        let nothing_done = matches!(error.end(), End::NotSent | End::Throttled(_) | End::Clock)
            || matches!(error, CallError::NotSent(_));
        let error = match self.open.take() {
            Some(open) if nothing_done => open.into_error(),
            _ => error,
        };
        trace::close(&self.span, &error);
        error
    }

    fn held<E: fmt::Debug>(&mut self) -> CallError<E> {
        self.over(CallError::NotSent(NotSent::Held))
    }

    fn backoff(&mut self, now: Instant) -> Option<Duration> {
        let wait = self.not_before?.saturating_duration_since(now);
        if wait.is_zero() {
            self.not_before = None;
        }
        self.not_before.map(|_| wait)
    }

    /// Time until the deadline of the whole call.
    fn left(&self, now: Instant) -> Duration {
        let deadline = self.account.settings.policy.deadline;
        deadline.saturating_sub(now.saturating_duration_since(self.started))
    }
}

impl Open {
    fn of<E: fmt::Debug>(error: CallError<E>) -> Option<Open> {
        match error {
            CallError::Unknown(unknown) => Some(Open::Unknown(unknown)),
            CallError::BadReply(reply) => Some(Open::BadReply(reply)),
            _ => None,
        }
    }

    fn into_error<E: fmt::Debug>(self) -> CallError<E> {
        match self {
            Open::Unknown(unknown) => CallError::Unknown(unknown),
            Open::BadReply(reply) => CallError::BadReply(reply),
        }
    }
}

/// Whether a wait leaves time for an attempt.
fn fits(wait: Duration, left: Duration) -> bool {
    wait < left
}

/// Different for every wait of every client.
fn jitter() -> u8 {
    let [byte, ..] = RandomState::new().hash_one(()).to_le_bytes();
    byte
}

#[cfg(test)]
mod tests;
