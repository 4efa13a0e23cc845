//! One schema, keyword by keyword: each goes to the reader of its group.

use super::{Schema, docs, reject, rules, shape};
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::json::{Node, Value};
use crate::keyword::{Keyword, Structure};
use crate::members::{text, wrong_type};
use crate::source::Place;
use crate::suggest::did_you_mean;

/// Reads a schema.
pub(crate) fn read(node: &Node, problems: &mut Problems) -> Option<Schema> {
    let schema = read_argument(node, problems)?;
    if let Some(place) = schema.word(Keyword::Structure(Structure::XName)) {
        misplaced("x-name", "a positional argument", place, problems);
    }
    Some(schema)
}

/// Reads the schema of a positional argument, which has a name.
pub(crate) fn read_argument(node: &Node, problems: &mut Problems) -> Option<Schema> {
    let mut schema = Schema {
        place: node.place,
        ..Schema::default()
    };
    match &node.value {
        Value::Bool(true) => schema.anything = true,
        Value::Object(members) => {
            for member in members {
                let Some(keyword) = known(&member.key, member.key_place, problems) else {
                    continue;
                };
                if schema.word(keyword).is_some() {
                    continue;
                }
                schema.words.push((keyword, member.key_place));
                word(
                    &mut schema,
                    keyword,
                    member.key_place,
                    &member.node,
                    problems,
                );
            }
        }
        Value::Bool(false) => {
            problems.report(
                Code::NoShape,
                node.place,
                "the schema `false` admits nothing",
                "leave the property out, or describe what it may hold",
            );
            return None;
        }
        _ => {
            wrong_type(node, "a schema", problems);
            return None;
        }
    }
    Some(schema)
}

/// The keyword that is written so; anything else is reported with the nearest name.
pub(crate) fn known(key: &str, place: Place, problems: &mut Problems) -> Option<Keyword> {
    let keyword = Keyword::named(key);
    if keyword.is_none() {
        let names = Keyword::all().iter().map(|keyword| keyword.text());
        problems.report(
            Code::UnknownKeyword,
            place,
            format!("unknown keyword `{key}`"),
            did_you_mean(key, names).unwrap_or_else(|| {
                "`schemas/dialect.json` lists the keywords; remarks go into `x-note` or `$comment`"
                    .to_owned()
            }),
        );
    }
    keyword
}

fn word(schema: &mut Schema, keyword: Keyword, key: Place, node: &Node, problems: &mut Problems) {
    match keyword {
        Keyword::Structure(keyword) => structure(schema, keyword, key, node, problems),
        Keyword::Shape(keyword) => {
            let known = shape::read(&mut schema.shape, keyword, node, problems);
            schema.unreadable |= !known;
        }
        Keyword::Rule(keyword) => rules::read(&mut schema.rules, keyword, node, problems),
        Keyword::Documentation(keyword) => docs::read(&mut schema.docs, keyword, node, problems),
        Keyword::Rejected(keyword) => reject(keyword, key, problems),
    }
}

fn structure(
    schema: &mut Schema,
    keyword: Structure,
    key: Place,
    node: &Node,
    problems: &mut Problems,
) {
    let home = match keyword {
        Structure::Ref => {
            schema.reference = text(node, problems);
            return;
        }
        Structure::XName => {
            schema.argument = text(node, problems);
            return;
        }
        Structure::Schema | Structure::Id | Structure::Defs => "the root of a file",
        Structure::XApi | Structure::XSource => "the root of an API file",
        Structure::XGateway => "the root of `gateway.json`",
    };
    misplaced(keyword.text(), home, key, problems);
}

/// A keyword that belongs somewhere else.
pub(crate) fn misplaced(keyword: &str, home: &str, place: Place, problems: &mut Problems) {
    problems.report(
        Code::MisplacedKeyword,
        place,
        format!("`{keyword}` does not belong here"),
        format!("it belongs to {home}; move it there or delete it"),
    );
}
