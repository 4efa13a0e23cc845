//! Reading a raw form body: pieces, percent codes, brackets.
//!
//! What PHP would let pass in silence is an error here: a repeated name (PHP keeps the last), bytes
//! that are not UTF-8, more pairs than the limit (PHP drops the rest).

use super::FormValue;
use super::tree::{Conflict, Tree};

/// How much of a body is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body.
    pub body: usize,
    /// Pairs in the body.
    pub pairs: usize,
    /// Bytes of a decoded name, brackets included.
    pub name: usize,
    /// Brackets behind a name; more than [`DEEPEST`](Self::DEEPEST) are none the less refused.
    pub depth: usize,
}

impl Limits {
    /// What is nested deeper is not read whatever the limits say, nor could it be signed: what is
    /// done with nested values recurses.
    pub const DEEPEST: usize = 128;

    /// Room for every message of the documents many times over.
    pub const DEFAULT: Self = Self {
        body: 16 << 20,
        pairs: 10_000,
        name: 1024,
        depth: 16,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// One of [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of the body.
    Body,
    /// Pairs in the body.
    Pairs,
    /// Bytes of a name.
    Name,
    /// Brackets behind a name.
    Depth,
}

/// Why a form body was refused. No message shows a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// Two pieces set the same path, or a path is set both as text and as nested value.
    #[error("{pointer} is set more than once; send it once")]
    Repeated {
        /// JSON Pointer of the path.
        pointer: String,
    },
    /// The bytes of a value are not UTF-8.
    #[error("the value of {pointer} is not UTF-8; encode the form as UTF-8")]
    ValueNotUtf8 {
        /// JSON Pointer of the path.
        pointer: String,
    },
    /// The bytes of a name are not UTF-8.
    #[error("the name of pair {pair} is not UTF-8; encode the form as UTF-8")]
    NameNotUtf8 {
        /// Number of the pair, from 1.
        pair: usize,
    },
    /// `name[]` under a list whose last key is the largest integer there is.
    #[error("{pointer} has no next key for \"[]\"; number the elements from 0")]
    NoNextKey {
        /// JSON Pointer of the list.
        pointer: String,
    },
    /// The body is larger than it may be.
    #[error("the form is refused: more than {most} {}", .limit.unit())]
    TooLarge {
        /// The limit that was passed.
        limit: Limit,
        /// Its value.
        most: usize,
    },
}

impl Limit {
    fn unit(self) -> &'static str {
        match self {
            Self::Body => "bytes in the body",
            Self::Pairs => "pairs in the body",
            Self::Name => "bytes in a name",
            Self::Depth => "brackets behind a name",
        }
    }

    fn unit_zh(self) -> &'static str {
        match self {
            Self::Body => "请求体字节数",
            Self::Pairs => "参数个数",
            Self::Name => "参数名字节数",
            Self::Depth => "参数名方括号层数",
        }
    }

    fn check(self, found: usize, most: usize) -> Result<(), FormError> {
        if found > most {
            Err(FormError::TooLarge { limit: self, most })
        } else {
            Ok(())
        }
    }
}

impl FormError {
    /// The path that is at fault, when there is one.
    pub fn pointer(&self) -> Option<&str> {
        match self {
            Self::Repeated { pointer }
            | Self::ValueNotUtf8 { pointer }
            | Self::NoNextKey { pointer } => Some(pointer),
            Self::NameNotUtf8 { .. } | Self::TooLarge { .. } => None,
        }
    }

    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Repeated { pointer } => format!("参数 {pointer} 重复出现，请只传一次"),
            Self::ValueNotUtf8 { pointer } => {
                format!("参数 {pointer} 的值不是 UTF-8，请用 UTF-8 编码表单")
            }
            Self::NameNotUtf8 { pair } => {
                format!("第 {pair} 个参数的名称不是 UTF-8，请用 UTF-8 编码表单")
            }
            Self::NoNextKey { pointer } => {
                format!("参数 {pointer} 的“[]”没有下一个序号，请从 0 起编号")
            }
            Self::TooLarge { limit, most } => {
                format!("表单被拒绝：{}超过 {most}", limit.unit_zh())
            }
        }
    }
}

/// Reads a form body into its parameters, in order of first appearance.
///
/// The body is split at `&` (empty pieces are passed over), each piece at its first `=` (without one
/// the value is empty). `+` is a space, `%XX` a byte, an incomplete `%` stays. `a[k]` makes a map,
/// `a[]` takes the next integer key; a name whose brackets do not close, or that has something behind
/// them, is a plain name.
///
/// # Errors
/// The first piece that repeats a path, is not UTF-8 or passes one of the `limits`.
pub fn decode(body: &[u8], limits: &Limits) -> Result<Vec<(String, FormValue)>, FormError> {
    Limit::Body.check(body.len(), limits.body)?;
    let mut tree = Tree::default();
    let pieces = body
        .split(|byte| *byte == b'&')
        .filter(|piece| !piece.is_empty());
    for (piece, pair) in pieces.zip(1..) {
        Limit::Pairs.check(pair, limits.pairs)?;
        read_piece(piece, pair, limits, &mut tree)?;
    }
    Ok(tree.into_pairs())
}

fn read_piece(
    piece: &[u8],
    pair: usize,
    limits: &Limits,
    tree: &mut Tree,
) -> Result<(), FormError> {
    let mut halves = piece.splitn(2, |byte| *byte == b'=');
    let name = unescape(halves.next().unwrap_or_default());
    let value = unescape(halves.next().unwrap_or_default());

    Limit::Name.check(name.len(), limits.name)?;
    let name = String::from_utf8(name).map_err(|_| FormError::NameNotUtf8 { pair })?;
    let (root, brackets) = split_brackets(&name);
    Limit::Depth.check(brackets.len(), limits.depth.min(Limits::DEEPEST))?;

    let place = tree
        .place(root, &brackets)
        .map_err(|(conflict, pointer)| match conflict {
            Conflict::Repeated => FormError::Repeated { pointer },
            Conflict::NoNextKey => FormError::NoNextKey { pointer },
        })?;
    match String::from_utf8(value) {
        Ok(text) => place.set(text),
        Err(_) => {
            return Err(FormError::ValueNotUtf8 {
                pointer: place.pointer(),
            });
        }
    }
    Ok(())
}

/// `a[b][]` is `a` and `["b", ""]`; a name of another form is itself, without brackets.
fn split_brackets(name: &str) -> (&str, Vec<&str>) {
    let plain = (name, Vec::new());
    let Some((root, mut rest)) = name.split_once('[') else {
        return plain;
    };
    if root.is_empty() {
        return plain;
    }
    let mut keys = Vec::new();
    loop {
        let Some((key, behind)) = rest.split_once(']') else {
            return plain;
        };
        keys.push(key);
        if behind.is_empty() {
            return (root, keys);
        }
        let Some(next) = behind.strip_prefix('[') else {
            return plain;
        };
        rest = next;
    }
}

/// The bytes that a name or value stands for.
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let (byte, after) = match (first, behind) {
            (b'+', _) => (b' ', behind),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => (high << 4 | low, after),
                _ => (b'%', behind),
            },
            (byte, _) => (*byte, behind),
        };
        bytes.push(byte);
        rest = after;
    }
    bytes
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
