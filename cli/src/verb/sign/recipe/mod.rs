//! A way of making a signature, right or wrong: every step of it is a field that a mistake can turn.
//!
//! Right signatures are `dockseal::sign`'s business; [`Recipe::right`] says the same in these fields
//! so that a mistake is one change of it.

use dockseal::form::FormValue;
use dockseal::gateway::Stamp;
use dockseal::sign::{Algorithm, Case, Layout, LengthUnit, SecretPlace};
use dockseal::{BeijingTime, sign};
use md5::{Digest as _, Md5};
use secrecy::ExposeSecret as _;

mod step;
#[cfg(test)]
mod tests;

pub(super) use self::step::{
    Blanks, Hash, Join, Key, Lists, Order, Place, StampForm, With, Without,
};
use super::json_text::{Style, restyle};
use super::message::{Message, Pair, Role};
use super::stamp;
use super::values::{Change, Charset};
use super::words::chosen;
use crate::verb::secret::Secret;

/// What is signed, and with what.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    /// The message as sent.
    pub(super) message: &'a Message,
    /// The account's.
    pub(super) secret: &'a Secret,
}

/// All steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Recipe {
    pub(super) without: Without,
    pub(super) with: With,
    pub(super) order: Order,
    pub(super) lists: Lists,
    pub(super) stamp: StampForm,
    pub(super) json: Style,
    pub(super) change: Change,
    pub(super) blanks: Blanks,
    pub(super) join: Join,
    pub(super) unit: LengthUnit,
    pub(super) charset: Charset,
    pub(super) key: Key,
    pub(super) place: Place,
    pub(super) inner: Option<Case>,
    pub(super) hash: Hash,
    pub(super) case: Case,
}

impl Recipe {
    /// The gateway's own way; none if its scheme has no digest.
    pub(super) fn right(message: &Message) -> Option<Recipe> {
        let scheme = &message.gateway.scheme;
        let digest = chosen(scheme, message.digest())?;
        let (place, inner) = match digest.secret {
            SecretPlace::Around => (Place::Around, None),
            SecretPlace::After => (Place::After, None),
            SecretPlace::Key => (Place::Nowhere, None),
            SecretPlace::AfterInnerDigest => (Place::After, Some(Case::Upper)),
        };
        Some(Recipe {
            without: Without::Nothing,
            with: With::Nothing,
            order: Order::Bytes,
            lists: Lists::AsTexts,
            stamp: StampForm::Sent,
            json: Style::default(),
            change: Change::Nothing,
            blanks: if scheme.skip_blank {
                Blanks::BlankDropped
            } else {
                Blanks::Kept
            },
            join: match scheme.layout {
                Layout::LengthPrefixed => Join::Lengths { padded: true },
                Layout::NameValue | Layout::Nested => Join::NameValue,
            },
            unit: LengthUnit::CodePoints,
            charset: Charset::Utf8,
            key: Key::Right,
            place,
            inner,
            hash: match digest.algorithm {
                Algorithm::Md5 => Hash::Md5,
                Algorithm::HmacMd5 => Hash::HmacMd5,
                Algorithm::HmacSha256 => Hash::HmacSha256,
            },
            case: scheme.case,
        })
    }

    /// The signature; none where this recipe cannot be followed.
    pub(super) fn sign(&self, subject: Subject<'_>) -> Option<String> {
        let mut text = self.text(subject)?;
        let key = self.key.bytes(subject)?;
        if let Some(case) = self.inner {
            text = hex(&Md5::digest(&text), case).into_bytes();
        }
        let text = self.place.around(&text, &key);
        Some(hex(&self.hash.of(&text, &key)?, self.case))
    }

    /// The parameters of which this recipe signs something else than the other.
    pub(super) fn differences(&self, other: &Recipe, subject: Subject<'_>) -> Vec<String> {
        let (mine, others) = (
            self.pieces(subject).unwrap_or_default(),
            other.pieces(subject).unwrap_or_default(),
        );
        let lacks = |pieces: &[Piece], piece: &Piece| !pieces.contains(piece);
        let changed = mine
            .iter()
            .filter(|piece| lacks(&others, piece))
            .chain(others.iter().filter(|piece| lacks(&mine, piece)));
        let mut names: Vec<_> = changed.map(|piece| piece.name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn text(&self, subject: Subject<'_>) -> Option<Vec<u8>> {
        let between: &[u8] = match self.join {
            Join::Lengths { .. } => b";",
            Join::Query => b"&",
            Join::NameValue | Join::Values | Join::BodyWithoutName => b"",
        };
        let pieces: Vec<_> = self
            .pieces(subject)?
            .into_iter()
            .map(|piece| piece.bytes)
            .collect();
        Some(pieces.join(between))
    }

    fn pieces(&self, subject: Subject<'_>) -> Option<Vec<Piece>> {
        let mut pairs = self.selected(subject);
        for pair in &mut pairs {
            self.restamp(subject.message, pair)?;
            each_text(&mut pair.value, &mut |text| self.rewrite(text));
        }
        pairs.retain(|pair| !self.drops(&pair.value));
        self.order
            .sort(&mut pairs, |pair| &pair.name, |pair| pair.role);
        pairs.iter().map(|pair| self.piece(pair)).collect()
    }

    fn selected(&self, subject: Subject<'_>) -> Vec<Pair> {
        let scheme = &subject.message.gateway.scheme;
        let takes_part = |pair: &&Pair| {
            let name = pair.name.as_str();
            let left_out = match self.without {
                Without::Nothing => false,
                Without::Body => pair.role == Role::Body,
                Without::Business => pair.role == Role::Business,
                Without::System => pair.role == Role::System,
                Without::Names(names) => names.contains(&name),
            };
            let signed = match self.with {
                With::Sign if name == scheme.parameter => true,
                With::Omitted if name != scheme.parameter => true,
                _ => !scheme.omit.contains(&name),
            };
            signed && !left_out
        };
        let mut pairs: Vec<_> = subject
            .message
            .pairs
            .iter()
            .filter(takes_part)
            .cloned()
            .collect();
        let more = match self.with {
            With::Secret => Some((
                subject.message.gateway.secret,
                subject.secret.signing.expose_secret(),
            )),
            With::EmptySign => Some((scheme.parameter, "")),
            With::Nothing | With::Sign | With::Omitted => None,
        };
        pairs.extend(more.map(|(name, text)| Pair {
            name: name.to_owned(),
            value: FormValue::Text(text.to_owned()),
            role: Role::System,
        }));
        pairs
    }

    fn restamp(&self, message: &Message, pair: &mut Pair) -> Option<()> {
        let Some((name, sent)) = message.stamp().filter(|_| self.stamp != StampForm::Sent) else {
            return Some(());
        };
        if pair.name != name {
            return Some(());
        }
        let unix = stamp::read(message.gateway.stamp, sent)?.unix;
        let at = |unix| BeijingTime::from_unix(unix).ok();
        pair.value = FormValue::Text(match self.stamp {
            StampForm::Sent => return Some(()),
            StampForm::Shifted(seconds) => {
                message.gateway.stamp.write(at(unix.checked_add(seconds)?)?)
            }
            StampForm::Milliseconds => unix.checked_mul(1000)?.to_string(),
            StampForm::Unix => unix.to_string(),
            StampForm::Since2012 => (unix - stamp::YEAR_2012).to_string(),
            StampForm::DateTime => Stamp::DateTime.write(at(unix)?),
        });
        Some(())
    }

    fn rewrite(&self, text: &mut String) {
        let styled = self.json != Style::default();
        if let Some(restyled) = styled.then(|| restyle(text, self.json)).flatten() {
            *text = restyled;
        }
        if self.change != Change::Nothing {
            *text = self.change.apply(text);
        }
        if self.blanks == Blanks::AsNull && text.is_empty() {
            "null".clone_into(text);
        }
    }

    fn drops(&self, value: &FormValue) -> bool {
        value.as_text().is_some_and(|text| match self.blanks {
            Blanks::Kept | Blanks::AsNull => false,
            Blanks::EmptyDropped => text.is_empty(),
            Blanks::BlankDropped => sign::is_blank(text),
        })
    }

    fn piece(&self, pair: &Pair) -> Option<Piece> {
        let nested = matches!(
            self.join,
            Join::NameValue | Join::Values | Join::BodyWithoutName
        );
        if pair.value.as_text().is_none() && !nested {
            return None;
        }
        let mut text = String::new();
        self.spell(&pair.value, &mut text);
        let (name, value) = (
            self.charset.encode(&pair.name)?,
            self.charset.encode(&text)?,
        );
        let count = |text: &str, bytes: &[u8]| match self.unit {
            LengthUnit::Utf8Bytes => bytes.len(),
            unit => unit.count(text),
        };
        let (names, values) = (count(&pair.name, &name), count(&text, &value));
        let bytes = match self.join {
            Join::Values => value,
            Join::BodyWithoutName if pair.role == Role::Body => value,
            Join::NameValue | Join::BodyWithoutName => [name, value].concat(),
            Join::Query => [name, value].join(&b'='),
            Join::Lengths { padded: true } => [
                format!("{names:02}-").into_bytes(),
                name,
                format!(":{values:04}-").into_bytes(),
                value,
            ]
            .concat(),
            Join::Lengths { padded: false } => [
                format!("{names}-").into_bytes(),
                name,
                format!(":{values}-").into_bytes(),
                value,
            ]
            .concat(),
        };
        Some(Piece {
            name: pair.name.clone(),
            bytes,
        })
    }

    /// Writes a value, nested ones level by level.
    fn spell(&self, value: &FormValue, out: &mut String) {
        match value {
            FormValue::Text(text) => out.push_str(text),
            FormValue::List(items) => {
                let mut items: Vec<_> = items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (at.to_string(), item))
                    .collect();
                if self.lists == Lists::AsTexts {
                    items.sort_by(|a, b| a.0.cmp(&b.0));
                }
                for (position, item) in items {
                    if self.lists != Lists::WithoutPositions {
                        out.push_str(&position);
                    }
                    self.spell(item, out);
                }
            }
            FormValue::Map(members) => {
                let mut members: Vec<_> = members.iter().collect();
                self.order
                    .sort(&mut members, |(name, _)| name, |_| Role::Business);
                for (name, item) in members {
                    out.push_str(name);
                    self.spell(item, out);
                }
            }
        }
    }
}

/// A parameter as it stands in the text.
#[derive(PartialEq, Eq)]
struct Piece {
    name: String,
    bytes: Vec<u8>,
}

fn each_text(value: &mut FormValue, change: &mut impl FnMut(&mut String)) {
    match value {
        FormValue::Text(text) => change(text),
        FormValue::List(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        FormValue::Map(members) => members
            .iter_mut()
            .for_each(|(_, item)| each_text(item, change)),
    }
}

fn hex(bytes: &[u8], case: Case) -> String {
    let digit = |byte: &u8| match case {
        Case::Lower => format!("{byte:02x}"),
        Case::Upper => format!("{byte:02X}"),
    };
    bytes.iter().map(digit).collect()
}
