//! Values as the Taobao platform writes them in XML: every value is text, a list is an element whose
//! children are its items. What XML leaves open is chosen by dice.

use dockseal::object::write::{Escape, to_form};
use dockseal::object::{Elements, Kind, Object, Value, View};

use crate::cases::Dice;

/// Whether XML 1.0 has the character.
pub fn admits(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// An object as the children of a root element, one of them with another text `instead`.
pub fn write(object: &dyn Object, instead: Option<(&str, &str)>, dice: &mut Dice) -> String {
    let mut paper = Paper {
        text: String::new(),
        dice,
    };
    if paper.dice.one_in(2) {
        paper
            .text
            .push_str("<?xml version=\"1.0\" encoding=\"utf-8\" ?>");
    }
    paper.element("some_reply_response", |paper| paper.fields(object, instead));
    paper.text
}

struct Paper<'d> {
    text: String,
    dice: &'d mut Dice,
}

impl Paper<'_> {
    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.text.push_str(&format!("<{name}>"));
        inside(self);
        self.text.push_str(&format!("</{name}>"));
    }

    fn fields(&mut self, object: &dyn Object, instead: Option<(&str, &str)>) {
        let texts = to_form(object, Escape::Raw);
        for (index, field) in object.table().fields.iter().enumerate() {
            let view = object.get(index);
            let text = texts.iter().find(|(name, _)| *name == field.name);
            self.between();
            match (instead, text) {
                (Some((name, text)), _) if name == field.name => {
                    self.element(name, |paper| paper.characters(text));
                }
                (_, Some((name, text))) => {
                    self.element(name, |paper| paper.value(view, &field.value, text));
                }
                _ => {}
            }
        }
        for (name, raw) in object.extra().iter() {
            let text = raw.as_text().unwrap();
            self.element(name, |paper| paper.characters(&text));
        }
    }

    fn value(&mut self, view: View<'_>, row: &Value, text: &str) {
        match (view, row.kind) {
            (View::Object(object), _) if !row.json_text => self.fields(object, None),
            (View::List(list), Kind::List(element)) if !row.json_text => self.items(list, element),
            _ => self.characters(text),
        }
    }

    fn items(&mut self, list: &dyn Elements, row: &Value) {
        for index in 0..list.count() {
            let name = *self
                .dice
                .pick(&["string", "number", "item", "process_batch_do"]);
            self.between();
            match (list.element(index), row.kind) {
                (View::Object(object), _) => self.element(name, |paper| paper.fields(object, None)),
                (View::List(inner), Kind::List(row)) => {
                    self.element(name, |paper| paper.items(inner, row));
                }
                (view, _) => {
                    let text = single(view);
                    self.element(name, |paper| paper.characters(&text));
                }
            }
        }
    }

    /// What may stand between elements and means nothing.
    fn between(&mut self) {
        let some = *self
            .dice
            .pick(&["", "", "", "\n  ", "<!-- <a>1</a> -->", "<?php ?>"]);
        self.text.push_str(some);
    }

    fn characters(&mut self, text: &str) {
        if self.dice.one_in(4) && !text.contains("]]>") && !text.contains('\r') {
            self.text.push_str(&format!("<![CDATA[{text}]]>"));
            return;
        }
        for c in text.chars() {
            let code = u32::from(c);
            match c {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&apos;"),
                // A bare one is read as the end of a line.
                '\r' => self.text.push_str("&#13;"),
                _ if self.dice.one_in(10) => self.text.push_str(&format!("&#x{code:x};")),
                _ if self.dice.one_in(20) => self.text.push_str(&format!("&#{code};")),
                _ => self.text.push(c),
            }
        }
    }
}

/// The text of a single value.
fn single(view: View<'_>) -> String {
    match view {
        View::Text(text) => text.to_owned(),
        View::Integer(number) => number.to_string(),
        View::Boolean(truth) => truth.to_string(),
        View::Decimal(decimal) => decimal.to_string(),
        View::DateTime(time) => time.to_string(),
        View::Date(day) => day.to_string(),
        View::Enum(value) => value.code().to_string(),
        View::Json(raw) => raw.as_text().unwrap(),
        View::Absent | View::Object(_) | View::List(_) => panic!("no single value"),
    }
}
