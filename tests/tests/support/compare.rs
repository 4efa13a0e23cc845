//! Values whose types are known only at run time: read as they travel, compared field by field.

use dockseal::api::Api;
use dockseal::object::read::{self, DecodeError};
use dockseal::object::violation::{Severity, Violation};
use dockseal::object::{self, Elements, Object, View};

/// One of the two messages of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Request,
    Reply,
}

impl Side {
    /// Its place in a schema file.
    pub fn pointer(self) -> &'static str {
        match self {
            Side::Request => "/properties/request",
            Side::Reply => "/properties/reply",
        }
    }

    /// Reads a message as it travels.
    pub fn read(
        self,
        api: &Api,
        blank: &mut (dyn Object + 'static),
        json: &str,
    ) -> Result<(), DecodeError> {
        match self {
            Side::Request => read::request(api.positional, blank, json.as_bytes()),
            Side::Reply => read::from_json(blank, json.as_bytes()),
        }
    }
}

/// Both messages of every API: the API, which message, an empty value of it.
pub fn messages() -> Vec<(&'static Api, Side, Box<dyn Object>)> {
    let mut found = Vec::new();
    for any in dockseal::APIS {
        found.push((any.api(), Side::Request, any.blank_request()));
        found.push((any.api(), Side::Reply, any.blank_reply()));
    }
    found
}

/// An empty value of the same message.
pub fn blank(api: &Api, side: Side) -> Box<dyn Object> {
    let any = dockseal::APIS
        .iter()
        .find(|any| any.api().method == api.method)
        .unwrap();
    match side {
        Side::Request => any.blank_request(),
        Side::Reply => any.blank_reply(),
    }
}

/// What a message breaks, warnings aside.
pub fn violations(object: &dyn Object) -> Vec<Violation> {
    let mut found = object::inspect(object);
    found.retain(|violation| violation.severity == Severity::Error);
    found
}

/// Whether two values of one type are equal, extra fields included.
pub fn equal(a: &dyn Object, b: &dyn Object) -> bool {
    a.table().name == b.table().name
        && a.extra() == b.extra()
        && (0..a.table().fields.len()).all(|index| equal_views(a.get(index), b.get(index)))
}

fn equal_views(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Absent, View::Absent) => true,
        (View::Text(a), View::Text(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => a == b,
        (View::Boolean(a), View::Boolean(b)) => a == b,
        (View::Decimal(a), View::Decimal(b)) => a == b,
        (View::DateTime(a), View::DateTime(b)) => a == b,
        (View::Date(a), View::Date(b)) => a == b,
        (View::Enum(a), View::Enum(b)) => a.code() == b.code(),
        (View::Object(a), View::Object(b)) => equal(a, b),
        (View::List(a), View::List(b)) => equal_lists(a, b),
        (View::Json(a), View::Json(b)) => a == b,
        _ => false,
    }
}

fn equal_lists(a: &dyn Elements, b: &dyn Elements) -> bool {
    a.count() == b.count()
        && (0..a.count()).all(|index| equal_views(a.element(index), b.element(index)))
}
