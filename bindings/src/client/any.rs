//! Calls whose types are known only at run time: any gateway, any reply, raw JSON.

use std::borrow::Cow;

use http::StatusCode;

use super::call::Task;
use crate::api::{Api, Effect};
use crate::gateway::{Business, Gateway};
use crate::object::{Object, Slot, Table, View, read, write};
use crate::reply::{self, Advice, CallError, NotSent};
use crate::send::{Content, PrepareError};
use crate::{Extra, RawJson};

/// Stands for the gateway of a client that learns it at run time, from the account it is given.
#[derive(Clone, Copy, Debug)]
pub enum AnyGateway {}

/// A call with raw parameters of a method that need not have a schema.
pub(super) struct RawCall<'a> {
    /// What is known of the method: nothing, so it is taken to make something, without a key.
    api: Api,
    method: &'a str,
    parameters: Parameters,
}

enum Parameters {
    /// They are form parameters.
    Form(Members),
    /// They are the body.
    Body(RawJson),
}

impl<'a> RawCall<'a> {
    pub(super) fn new(
        gateway: &'static Gateway,
        method: &'a str,
        json: &str,
    ) -> Result<Self, CallError<RawJson>> {
        let not_made =
            |expected| CallError::NotSent(NotSent::Prepare(PrepareError::Raw { expected }));
        let parameters = match gateway.transport.business {
            Business::Json => {
                Parameters::Body(RawJson::parse(json).map_err(|_| not_made("value"))?)
            }
            Business::Form => {
                let mut members = Members::default();
                read::from_json(&mut members, json.as_bytes()).map_err(|_| not_made("object"))?;
                Parameters::Form(members.present())
            }
        };
        let api = Api {
            gateway,
            method: "",
            title: "",
            description: "",
            effect: Effect::Create,
            idempotency: None,
            positional: false,
            inner: None,
            pager: None,
            schema: "",
            examples: &[],
        };
        Ok(RawCall {
            api,
            method,
            parameters,
        })
    }

    pub(super) fn task(&self) -> Task<'_> {
        let mut advice = Advice::of(&self.api);
        advice.method = Cow::Owned(self.method.to_owned());
        Task {
            api: &self.api,
            method: self.method,
            content: match &self.parameters {
                Parameters::Form(members) => Content::Object(members),
                Parameters::Body(json) => Content::Json(json),
            },
            page: None,
            advice,
        }
    }

    pub(super) fn read(
        &self,
        status: StatusCode,
        content_type: Option<&str>,
        body: &[u8],
    ) -> Result<RawJson, CallError<RawJson>> {
        let mut members = Members::default();
        let verdict = reply::judge(&self.api, &mut members, body);
        let json = write::to_json(&members, write::Escape::Raw);
        let json = RawJson::parse(&json).unwrap_or_default();
        CallError::judged(&self.api, verdict, json, status, content_type)
    }
}

/// An object without a schema: all its members are unknown ones.
#[derive(Default)]
struct Members(Extra);

impl Members {
    /// Without the members that are `null`, which in a form would be a text.
    fn present(self) -> Members {
        let mut present = Extra::default();
        for (name, value) in self.0.iter().filter(|(_, value)| !value.is_null()) {
            present.insert(name, value.clone());
        }
        Members(present)
    }
}

impl Object for Members {
    fn table(&self) -> &'static Table {
        const TABLE: &Table = &Table::new("Members", "", "");
        TABLE
    }

    fn get(&self, _: usize) -> View<'_> {
        View::Absent
    }

    fn slot(&mut self, _: usize) -> Slot<'_> {
        Slot::Nowhere
    }

    fn extra(&self) -> &Extra {
        &self.0
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.0
    }
}
