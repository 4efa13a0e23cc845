//! Pointers of `x-api` into the request and the reply: each must lead to a field.

use super::Lowering;
use crate::code::Code;
use crate::json;
use crate::model::Schema;
use crate::model::file::{ApiRoot, ApiWords};
use crate::source::Spanned;

impl<'m> Lowering<'m, '_> {
    /// `idempotency` leads into the request, `inner` into the reply.
    pub(super) fn check_pointers(&mut self, root: &ApiRoot, words: &ApiWords) {
        if let (Some(pointer), Some(request)) = (&words.idempotency, &root.request) {
            let start = match request
                .shape
                .prefix_items
                .as_ref()
                .map(|p| p.value.as_slice())
            {
                Some([argument]) => argument,
                _ => request,
            };
            self.check_pointer(pointer, start, "request");
        }
        if let (Some(inner), Some(reply)) = (&words.inner, &root.reply) {
            let pointers = [
                Some(&inner.status),
                inner.code.as_ref(),
                inner.message.as_ref(),
            ];
            for pointer in pointers.into_iter().flatten() {
                self.check_pointer(pointer, reply, "reply");
            }
        }
    }

    /// Reports a pointer that leads nowhere; false then, or when it cannot be known.
    pub(super) fn check_pointer(
        &mut self,
        pointer: &Spanned<String>,
        start: &Schema,
        what: &str,
    ) -> bool {
        let tokens = json::tokens(&pointer.value).unwrap_or_default();
        let mut schema = start;
        for token in tokens {
            let Some(inside) = self.inside(schema) else {
                return false;
            };
            let properties = inside.shape.properties.iter().flat_map(|p| &p.value);
            let arguments = inside.shape.prefix_items.iter().flat_map(|p| &p.value);
            let property = properties
                .filter(|property| property.key.value == token)
                .map(|property| &property.schema)
                .chain(arguments.filter(|a| a.argument.as_ref().is_some_and(|n| n.value == token)))
                .next();
            let Some(property) = property else {
                self.problems.report(
                    Code::PointerLost,
                    pointer.place,
                    format!(
                        "`{}` leads to no field of the {what}: there is no `{token}`",
                        pointer.value
                    ),
                    "write the wire names of the fields on the way, each after a slash",
                );
                return false;
            };
            schema = property;
        }
        true
    }

    /// The schema that describes the members of a value: behind references and JSON text. Nothing
    /// when it cannot be known because of another mistake.
    pub(super) fn inside<'s>(&self, schema: &'s Schema) -> Option<&'s Schema>
    where
        'm: 's,
    {
        let mut schema = schema;
        // References have no cycles, and texts nest no deeper than JSON does.
        loop {
            if schema.unreadable {
                return None;
            }
            schema = match (&schema.reference, &schema.shape.content) {
                (Some(_), _) => &self.references.follow(self.model, schema)?.1.schema,
                (None, Some(content)) => content,
                (None, None) => return Some(schema),
            };
        }
    }
}
