//! XML to values, by the same tables: TOP's gateway answers in XML unless it is asked for JSON, and
//! sometimes even then.
//!
//! Every value is text. The children of a list's element are its items, whatever their names. An
//! element without anything in it, `<a/>` or `<a></a>`, is a list without elements, a struct that
//! needs no fields, or the empty text.
//! Entities beyond the five of XML are not expanded; elements nest at most [`DEPTH`] deep.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::path::Path;
use super::read::{
    DecodeError, Found, Problem, Seen, finish, is_enough, missing, problem, read_text_field,
};
use super::scalar::{self, Scalar};
use super::{Elements, Field, Kind, Object, Slot, Value};
use crate::RawJson;

/// Elements nested deeper than this are refused.
pub const DEPTH: usize = 64;

/// The name of the root element; none if the text is not XML.
#[must_use]
pub fn root(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                return Some(tag.name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Fills a blank value from the children of the root element.
///
/// # Errors
/// All problems, each with its place as a JSON Pointer; or the byte at which the text stops being
/// XML.
pub fn from_xml(object: &mut (dyn Object + 'static), xml: &str) -> Result<(), DecodeError> {
    let mut source = Source {
        reader: Reader::from_str(xml),
        depth: 0,
    };
    let mut problems = Vec::new();
    if let Err(broken) = source.document(object, &mut problems) {
        let at = source.reader.buffer_position();
        problems.push(Problem::of_syntax(
            String::new(),
            format!("XML (byte {at})"),
            broken,
        ));
    }
    finish(problems, xml.as_bytes())
}

struct Source<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
}

/// What makes a text not XML.
type Broken = &'static str;

/// The next thing that matters inside an element.
enum Next<'x> {
    Child(BytesStart<'x>),
    EmptyChild(BytesStart<'x>),
    Text(Cow<'x, str>),
    End,
}

impl<'x> Source<'x> {
    fn document(
        &mut self,
        object: &mut (dyn Object + 'static),
        problems: &mut Vec<Problem>,
    ) -> Result<(), Broken> {
        loop {
            match self.reader.read_event().map_err(|_| "something else")? {
                Event::Start(_) => {
                    self.depth += 1;
                    return self.fields(object, &Path::Root, problems);
                }
                Event::Empty(_) => {
                    missing(object.table(), &Seen::default(), &Path::Root, problems);
                    return Ok(());
                }
                Event::Eof => return Err("no element"),
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<Next<'x>, Broken> {
        loop {
            return Ok(
                match self
                    .reader
                    .read_event()
                    .map_err(|_| "a tag that does not fit")?
                {
                    Event::Start(_) if self.depth >= DEPTH => {
                        return Err("elements nested too deeply");
                    }
                    // `<a></a>` is the same XML as `<a/>`.
                    Event::Start(tag) if self.reader.get_ref().starts_with(b"</") => {
                        self.reader
                            .read_event()
                            .map_err(|_| "a tag that does not fit")?;
                        Next::EmptyChild(tag)
                    }
                    Event::Start(tag) => {
                        self.depth += 1;
                        Next::Child(tag)
                    }
                    Event::Empty(tag) => Next::EmptyChild(tag),
                    Event::Text(text) => Next::Text(text.xml_content(XmlVersion::Explicit1_0)),
                    Event::CData(text) => Next::Text(text.xml_content(XmlVersion::Explicit1_0)),
                    Event::GeneralRef(entity) => Next::Text(character(&entity)?.into()),
                    Event::End(_) => {
                        self.depth -= 1;
                        Next::End
                    }
                    Event::Eof => return Err("a text that ends too early"),
                    Event::Comment(_) | Event::PI(_) | Event::Decl(_) => continue,
                    Event::DocType(_) => return Err("a document type"),
                },
            );
        }
    }

    /// Reads the children of a struct's element.
    fn fields(
        &mut self,
        object: &mut (dyn Object + 'static),
        path: &Path<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Broken> {
        let table = object.table();
        let mut seen = Seen::default();
        let mut expected = 0;
        loop {
            let (tag, empty) = match self.next()? {
                Next::Child(tag) => (tag, false),
                Next::EmptyChild(tag) => (tag, true),
                Next::Text(_) => continue,
                Next::End => break,
            };
            if is_enough(problems) {
                self.pass_over(empty)?;
                continue;
            }
            let name = tag.name().0;
            let Some(index) = table.position(name, expected) else {
                let text = if empty {
                    Cow::default()
                } else {
                    self.text_of_all()?
                };
                object.extra_mut().insert(name, RawJson::string(&text));
                continue;
            };
            expected = index + 1;
            let Some(field) = table.fields.get(index) else {
                continue;
            };
            let path = Path::Key(path, field.name);
            let found = if empty {
                empty_field(object, index, field, &path, problems)
            } else {
                self.field(object, index, field, &path, problems)?
            };
            seen.note(index, found);
        }
        // Fields that were passed over are not missing.
        if !is_enough(problems) {
            missing(table, &seen, path, problems);
        }
        Ok(())
    }

    fn field(
        &mut self,
        object: &mut (dyn Object + 'static),
        index: usize,
        field: &'static Field,
        path: &Path<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<Found, Broken> {
        match field.value.kind {
            Kind::Object(_) if !field.value.json_text => match object.slot(index) {
                Slot::Object(inner) => self.fields(inner, path, problems).map(|()| Found::Present),
                _ => Ok(Found::Broken),
            },
            Kind::List(element) if !field.value.json_text => match object.slot(index) {
                Slot::List(list) => self
                    .elements(list, element, path, problems)
                    .map(|()| Found::Present),
                _ => Ok(Found::Broken),
            },
            _ => {
                let text = self.text_of_all()?;
                Ok(read_text_field(object, index, &text, path, problems))
            }
        }
    }

    fn elements(
        &mut self,
        list: &mut (dyn Elements + 'static),
        value: &'static Value,
        path: &Path<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<(), Broken> {
        list.clear();
        let mut index = 0;
        loop {
            let empty = match self.next()? {
                Next::Child(_) => false,
                Next::EmptyChild(_) => true,
                Next::Text(_) => continue,
                Next::End => return Ok(()),
            };
            if is_enough(problems) {
                self.pass_over(empty)?;
                continue;
            }
            let path = Path::Index(path, index);
            index += 1;
            match value.kind {
                Kind::Object(table) => match list.push() {
                    Slot::Object(_) if empty => missing(table, &Seen::default(), &path, problems),
                    Slot::Object(object) => self.fields(object, &path, problems)?,
                    _ => return Err("an element of another kind"),
                },
                Kind::List(element) => match list.push() {
                    Slot::List(_) if empty => {}
                    Slot::List(inner) => self.elements(inner, element, &path, problems)?,
                    _ => return Err("an element of another kind"),
                },
                _ => {
                    let text = if empty {
                        Cow::default()
                    } else {
                        self.text_of_all()?
                    };
                    let found = scalar::fill(value, Scalar::Text(&text), || list.push());
                    if found != Found::Present {
                        problems.push(problem(&path, value, "text"));
                    }
                }
            }
        }
    }

    /// Leaves the element that was just begun, unless it is empty.
    fn pass_over(&mut self, empty: bool) -> Result<(), Broken> {
        let mut open = usize::from(!empty);
        while open > 0 {
            match self.next()? {
                Next::Child(_) => open += 1,
                Next::End => open -= 1,
                Next::Text(_) | Next::EmptyChild(_) => {}
            }
        }
        Ok(())
    }

    /// The text of an element and of everything inside it: mostly one piece, which is not copied.
    fn text_of_all(&mut self) -> Result<Cow<'x, str>, Broken> {
        let mut text = Cow::default();
        let mut open = 1;
        while open > 0 {
            match self.next()? {
                Next::Text(part) => text += part,
                Next::Child(_) => open += 1,
                Next::EmptyChild(_) => {}
                Next::End => open -= 1,
            }
        }
        Ok(text)
    }
}

/// Reads an element without anything in it: a list without elements, a struct if it needs no fields;
/// otherwise the empty text, which is mostly absence.
fn empty_field(
    object: &mut (dyn Object + 'static),
    index: usize,
    field: &Field,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Found {
    match field.value.kind {
        Kind::List(_) if !field.value.json_text => {
            if let Slot::List(list) = object.slot(index) {
                list.clear();
            }
            Found::Present
        }
        Kind::Object(table) if !field.value.json_text && !table.needs_fields() => {
            object.slot(index);
            Found::Present
        }
        _ => read_text_field(object, index, "", path, problems),
    }
}

/// A character reference or one of XML's own five entities.
fn character(entity: &BytesRef<'_>) -> Result<String, Broken> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Ok(c.to_string());
    }
    match &**entity {
        "lt" => Ok("<".to_owned()),
        "gt" => Ok(">".to_owned()),
        "amp" => Ok("&".to_owned()),
        "quot" => Ok("\"".to_owned()),
        "apos" => Ok("'".to_owned()),
        _ => Err("an entity that is not XML's own"),
    }
}
