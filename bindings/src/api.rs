//! One API of a gateway: what the schema says of the method, and the types of its two messages.

use std::marker::PhantomData;

use crate::gateway::{Gateway, Marker, Place};
use crate::object::read::DecodeError;
use crate::object::{Blank, Described, Object, read};

/// What the schema says of a method.
#[derive(Debug)]
pub struct Api {
    /// The gateway that has it.
    pub gateway: &'static Gateway,
    /// The method on the wire.
    pub method: &'static str,
    /// The document's Chinese title.
    pub title: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// What it does on the other side.
    pub effect: Effect,
    /// JSON Pointer of the request's field that makes a repeat harmless; none if there is none.
    pub idempotency: Option<&'static str>,
    /// The request travels as an array of positional arguments.
    pub positional: bool,
    /// An outcome inside a successful envelope.
    pub inner: Option<Inner>,
    /// How its list is asked for page by page; none if it comes whole.
    pub pager: Option<Pager>,
    /// The schema file, below `schemas/`.
    pub schema: &'static str,
    /// The document's examples.
    pub examples: &'static [Example],
}

/// What a method does on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing changes.
    Read,
    /// Something new is made.
    Create,
    /// Something known changes.
    Update,
}

/// An outcome inside a successful envelope. Pointers lead into the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inner {
    /// What tells success from failure.
    pub status: &'static str,
    /// Its values, as text, that mean success.
    pub success: &'static [&'static str],
    /// The failure's code.
    pub code: Option<&'static str>,
    /// The failure's text.
    pub message: Option<&'static str>,
}

/// How a list that is longer than one reply is asked for. The parameters are no part of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pager {
    /// The parameter with the number of the page.
    pub page_no: &'static str,
    /// The parameter with how many items a page has at most.
    pub page_size: &'static str,
    /// The parameter that asks for the total; none where it comes unasked.
    pub calc_total: Option<&'static str>,
    /// Number of the first page.
    pub first: u32,
    /// Items of a page, unless a caller chooses.
    pub size: u32,
    /// Most items that a page may have.
    pub max_size: Option<u32>,
    /// Where the parameters travel.
    pub place: Place,
    /// JSON Pointer to the list in the reply.
    pub items: &'static str,
    /// JSON Pointer to how many items all pages have, in the reply to the first.
    pub total: Option<&'static str>,
}

/// An example exchange as JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The request, if the example has one.
    pub request: Option<&'static str>,
    /// The reply, if the example has one.
    pub reply: Option<&'static str>,
}

/// A request that a gateway understands. Implemented by generated code.
pub trait Request: Described {
    /// The gateway, as a type.
    type Gateway: Marker;
    /// The whole reply.
    type Reply: Described;
    /// The part of the reply that a caller is after.
    type Output;
    /// What the schema says of the method.
    const API: &'static Api;

    /// The part of the reply that a caller is after; none if the reply lacks it.
    fn output(reply: Self::Reply) -> Option<Self::Output>;

    /// Reads a request from JSON text as it travels: an array where arguments are positional.
    ///
    /// # Errors
    /// As [`Described::from_json`].
    fn from_wire(json: &[u8]) -> Result<Self, DecodeError> {
        let mut request = Self::blank();
        read::request(Self::API.positional, &mut request, json)?;
        Ok(request)
    }
}

/// An API whose types are known only at run time, for programs that take a method's name.
pub trait AnyApi: Sync {
    /// What the schema says of the method.
    fn api(&self) -> &'static Api;
    /// An empty request to be filled.
    fn blank_request(&self) -> Box<dyn Object>;
    /// An empty reply to be filled.
    fn blank_reply(&self) -> Box<dyn Object>;
}

/// A [`Request`] type as [`AnyApi`].
#[derive(Debug)]
pub struct Typed<R>(PhantomData<fn() -> R>);

impl<R> Typed<R> {
    /// The only value.
    #[must_use]
    pub const fn new() -> Self {
        Typed(PhantomData)
    }
}

impl<R> Default for Typed<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Request> AnyApi for Typed<R> {
    fn api(&self) -> &'static Api {
        R::API
    }

    fn blank_request(&self) -> Box<dyn Object> {
        Box::new(R::blank())
    }

    fn blank_reply(&self) -> Box<dyn Object> {
        Box::new(<R::Reply as Blank>::blank())
    }
}
