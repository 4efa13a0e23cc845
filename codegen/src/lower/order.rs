//! The order of types in a module: each before what it uses first.

use std::collections::BTreeSet;

use super::Lowering;
use crate::ir::{Shape, Type};
use crate::model::File;
use crate::resolve::Target;

impl Lowering<'_, '_> {
    /// The types of a file: those that the roots lead to, depth first in order of first use, then
    /// the definitions that nothing refers to.
    pub(super) fn types_of(&self, file: &File, roots: &[&str]) -> Vec<Type> {
        let defined = (0..file.definitions.len()).filter_map(|index| {
            self.definitions
                .get(&Target {
                    file: file.id,
                    index,
                })
                .map(String::as_str)
        });
        let mut types = Vec::new();
        let mut seen = BTreeSet::new();
        for root in roots.iter().copied().chain(defined) {
            let mut next = vec![root];
            while let Some(name) = next.pop() {
                let Some((home, found)) = self.types.get(name) else {
                    continue;
                };
                if *home != file.id || !seen.insert(name) {
                    continue;
                }
                types.push(found.clone());
                let mut used = used(found);
                used.reverse();
                next.extend(used);
            }
        }
        types
    }
}

/// Names of the types that a type's fields have, in order.
fn used(defined: &Type) -> Vec<&str> {
    match defined {
        Type::Struct(defined) => defined
            .fields
            .iter()
            .filter_map(|field| innermost(&field.value.shape))
            .collect(),
        Type::Enum(_) => Vec::new(),
    }
}

fn innermost(mut shape: &Shape) -> Option<&str> {
    loop {
        match shape {
            Shape::List(element) => shape = &element.shape,
            Shape::Enum(name) | Shape::Object(name) => return Some(name),
            Shape::Text
            | Shape::Integer
            | Shape::Boolean
            | Shape::Decimal { .. }
            | Shape::DateTime
            | Shape::Date
            | Shape::Json => return None,
        }
    }
}
