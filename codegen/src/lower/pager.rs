//! `x-api.pager` against the rest: its parameters have room, its pointers lead to what they name.

use super::Lowering;
use crate::code::Code;
use crate::ir::{self, Business, Effect, Place, Shape, Type};
use crate::json;
use crate::model::file::{ApiRoot, ApiWords};
use crate::model::pager::PagerWords;
use crate::source::Spanned;

/// The pager as it goes into the IR.
pub(super) fn pager(words: &PagerWords) -> ir::Pager {
    let text = |text: &Spanned<String>| text.value.clone();
    ir::Pager {
        page_no: text(&words.page_no),
        page_size: text(&words.page_size),
        calc_total: words.calc_total.as_ref().map(text),
        first: words.first,
        size: words.size,
        max_size: words.max_size,
        place: words.place.value,
        items: text(&words.items),
        total: words.total.as_ref().map(text),
    }
}

impl Lowering<'_, '_> {
    /// `request` and `reply` are the Rust names of their types.
    pub(super) fn check_pager(
        &mut self,
        root: &ApiRoot,
        words: &ApiWords,
        gateway: Option<&ir::Gateway>,
        (request, reply): (Option<&str>, Option<&str>),
    ) {
        let Some(pager) = &words.pager else { return };
        if words.effect != Effect::Read {
            self.problems.report(
                Code::NotApplicable,
                pager.at,
                "an API that changes something has no pages",
                "drop `pager`, or correct `effect`",
            );
        }
        if let Some(gateway) = gateway {
            self.check_room(pager, gateway);
        }
        if let Some(request) = request {
            self.check_fields(pager, request);
        }
        if let Some(schema) = &root.reply {
            let whole = |shape: &Shape| matches!(shape, Shape::Integer);
            let list = |shape: &Shape| matches!(shape, Shape::List(_));
            self.check_target(&pager.items, schema, reply, ("a list", list));
            if let Some(total) = &pager.total {
                self.check_target(total, schema, reply, ("an integer", whole));
            }
        }
    }

    /// The place exists in this gateway's requests, and the names are free there.
    fn check_room(&mut self, pager: &PagerWords, gateway: &ir::Gateway) {
        let transport = &gateway.transport;
        let (exists, other) = match pager.place.value {
            Place::Query => (transport.system == Place::Query, "form"),
            Place::Form => (transport.business == Business::Form, "query"),
        };
        if !exists {
            self.problems.report(
                Code::Disagrees,
                pager.place.place,
                "requests of this gateway have no such part",
                format!("write `{other}`"),
            );
        }
        for name in pager.parameters() {
            let system = gateway.parameters.iter().any(|p| p.name == name.value);
            if system || gateway.sign.body.as_ref() == Some(&name.value) {
                self.report_taken(name, "a system parameter");
            }
        }
    }

    fn check_fields(&mut self, pager: &PagerWords, request: &str) {
        let Some((_, Type::Struct(request))) = self.types.get(request) else {
            return;
        };
        let fields: Vec<_> = request.fields.iter().map(|f| f.wire.clone()).collect();
        for name in pager.parameters().filter(|n| fields.contains(&n.value)) {
            self.report_taken(name, "a field of the request");
        }
    }

    fn report_taken(&mut self, name: &Spanned<String>, what: &str) {
        self.problems.report(
            Code::Repeated,
            name.place,
            format!("`{}` is {what} too", name.value),
            "name it in one place; page parameters are added when a request is sent",
        );
    }

    fn check_target(
        &mut self,
        pointer: &Spanned<String>,
        schema: &crate::model::Schema,
        reply: Option<&str>,
        (what, fits): (&str, impl Fn(&Shape) -> bool),
    ) {
        if !self.check_pointer(pointer, schema, "reply") {
            return;
        }
        let shape = reply.and_then(|reply| self.shape_at(reply, &pointer.value));
        if shape.is_some_and(|shape| !fits(shape)) {
            self.problems.report(
                Code::WrongValue,
                pointer.place,
                format!("`{}` does not lead to {what}", pointer.value),
                format!("point to {what}, through objects only"),
            );
        }
    }

    /// The shape of the field that a pointer into a type leads to; that of the first one that is no
    /// object, if the pointer goes on.
    fn shape_at(&self, of: &str, pointer: &str) -> Option<&Shape> {
        let mut shape = None;
        let mut of = of;
        for token in json::tokens(pointer)? {
            let (_, Type::Struct(defined)) = self.types.get(of)? else {
                return None;
            };
            let field = defined.fields.iter().find(|field| field.wire == token)?;
            shape = Some(&field.value.shape);
            match &field.value.shape {
                Shape::Object(name) => of = name,
                _ => break,
            }
        }
        shape
    }
}
