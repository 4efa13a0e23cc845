//! The rules of the schemas, checked on values. Nothing is allocated until something is broken.

use super::check::{breaks, digits, is_fine, wrong_form};
use super::path::Path;
use super::violation::{Broken, Severity, Violation};
use super::{BeyondBmp, Field, Kind, Layout, Object, ObjectRule, Table, Value, View};

/// Every violation and warning of a value, in schema order.
pub(crate) fn inspect(object: &dyn Object) -> Vec<Violation> {
    let mut findings = Findings {
        warns: true,
        found: Vec::new(),
    };
    findings.inspect_object(object, &Path::Root);
    findings.found
}

/// Every violation of a value, in schema order.
pub(crate) fn violations(object: &dyn Object) -> Vec<Violation> {
    let mut findings = Findings {
        warns: false,
        found: Vec::new(),
    };
    findings.inspect_object(object, &Path::Root);
    findings.found
}

/// What is found, and what is looked for.
struct Findings {
    /// Warnings too.
    warns: bool,
    found: Vec<Violation>,
}

impl Findings {
    fn inspect_object(&mut self, object: &dyn Object, path: &Path<'_>) {
        let table = object.table();
        let fields = if self.warns {
            &table.marks.watched
        } else {
            &table.marks.ruled
        };
        for index in fields.clone() {
            let (view, Some(field)) = (object.get(index), table.fields.get(index)) else {
                continue;
            };
            if is_fine(view, &field.value) && !(self.warns && matches!(view, View::Text(_))) {
                continue;
            }
            let path = match table.layout {
                Layout::Named => Path::Key(path, field.name),
                Layout::Positional => Path::Index(path, index),
            };
            let place = Place {
                table,
                field,
                path: &path,
                index,
            };
            self.inspect_value(view, &field.value, &place);
        }
        for rule in table.rules {
            inspect_rule(rule, object, path, &mut self.found);
        }
        if table.closed {
            for (name, _) in object.extra().iter() {
                let path = Path::Key(path, name);
                self.found
                    .push(of_object(table, &path, Broken::UnknownField));
            }
        }
    }

    fn inspect_value(&mut self, view: View<'_>, value: &'static Value, place: &Place<'_>) {
        for rule in value.rules {
            if let Some(broken) = breaks(rule, view) {
                self.found.push(place.violation(broken, Severity::Error));
            }
        }
        match (view, value.kind) {
            (View::Text(text), _) if self.warns => warn_of_characters(text, place, &mut self.found),
            (View::Decimal(decimal), Kind::Decimal { precision, scale }) => {
                self.found.extend(
                    digits(decimal, precision, scale)
                        .map(|broken| place.violation(broken, Severity::Error)),
                );
            }
            (View::Object(object), _) => self.inspect_object(object, place.path),
            (View::List(list), Kind::List(element)) => {
                for index in 0..list.count() {
                    let (path, view) = (Path::Index(place.path, index), list.element(index));
                    // Most lists are of structs, whose fields have a place of their own.
                    if let (View::Object(object), []) = (view, element.rules) {
                        self.inspect_object(object, &path);
                        continue;
                    }
                    let place = Place {
                        path: &path,
                        ..*place
                    };
                    self.inspect_value(view, element, &place);
                }
            }
            (View::Json(raw), _) => {
                if let Some(expected) = wrong_form(raw.as_str(), value.forms) {
                    self.found
                        .push(place.violation(Broken::WrongForm { expected }, Severity::Error));
                }
            }
            _ => {}
        }
    }
}

/// A value's place in the message and in the schema.
struct Place<'a> {
    table: &'static Table,
    field: &'static Field,
    path: &'a Path<'a>,
    /// Of the field.
    index: usize,
}

impl Place<'_> {
    fn violation(&self, broken: Broken, severity: Severity) -> Violation {
        let schema = match self.table.layout {
            Layout::Named => format!("{}/properties/{}", self.table.location, self.field.name),
            Layout::Positional => format!("{}/prefixItems/{}", self.table.location, self.index),
        };
        Violation {
            pointer: self.path.pointer(),
            title: self.field.title,
            broken,
            severity,
            schema,
        }
    }
}

fn warn_of_characters(text: &str, place: &Place<'_>, found: &mut Vec<Violation>) {
    let broken = match place.table.beyond_bmp {
        BeyondBmp::Allow => return,
        BeyondBmp::Refused => Broken::BeyondBmp,
        BeyondBmp::Miscounted => Broken::Miscounted,
    };
    // Four-byte characters in UTF-8 are exactly those beyond the plane.
    if text.bytes().fold(0, u8::max) >= 0xF0 {
        found.push(place.violation(broken, Severity::Warning));
    }
}

fn inspect_rule(
    rule: &ObjectRule,
    object: &dyn Object,
    path: &Path<'_>,
    found: &mut Vec<Violation>,
) {
    let table = object.table();
    let present = |name: &str| {
        let index = table.fields.iter().position(|field| field.name == name);
        index.is_some_and(|index| !matches!(object.get(index), View::Absent))
    };
    match rule {
        ObjectRule::AnyOfRequired(groups) => {
            if !groups
                .iter()
                .any(|group| group.iter().all(|name| present(name)))
            {
                found.push(of_object(table, path, Broken::NoneOf { groups }));
            }
        }
        ObjectRule::DependentRequired(first, others) => {
            if !present(first) {
                return;
            }
            for missing in others.iter().filter(|name| !present(name)) {
                found.push(of_object(
                    table,
                    path,
                    Broken::MissingWith {
                        present: first,
                        missing,
                    },
                ));
            }
        }
    }
}

fn of_object(table: &'static Table, path: &Path<'_>, broken: Broken) -> Violation {
    Violation {
        pointer: path.pointer(),
        title: table.title,
        broken,
        severity: Severity::Error,
        schema: table.location.to_owned(),
    }
}
