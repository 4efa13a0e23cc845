//! Inputs for proptest: seeds with a few edits, and texts put together from a target's words.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::Target;

/// One change of an input.
#[derive(Clone, Debug)]
enum Edit {
    Flip(Index, u8),
    Delete(Index, usize),
    Insert(Index, Vec<u8>),
    /// A piece that stands there already, so many times more.
    Repeat(Index, usize, usize),
    /// The rest is that of another seed.
    Splice(Index, Index),
}

/// Inputs of a target that begin with these seeds.
pub fn inputs(target: &Target, seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> + use<> {
    let words: Vec<Vec<u8>> = target
        .words
        .iter()
        .map(|word| word.as_bytes().to_vec())
        .collect();
    let piece = prop_oneof![
        4 => select(words),
        1 => vec(any::<u8>(), 1..5),
        1 => "[ -~]{1,6}".prop_map(String::into_bytes),
        1 => "\\PC{1,4}".prop_map(String::into_bytes),
    ]
    .boxed();
    let most = target.most;
    let edit = edit(piece.clone());
    let edited = (any::<Index>(), vec(edit, 0..6)).prop_map(move |(seed, edits)| {
        let mut input = if seeds.is_empty() {
            Vec::new()
        } else {
            seed.get(&seeds).clone()
        };
        for edit in &edits {
            apply(edit, &mut input, &seeds);
        }
        input.truncate(most);
        input
    });
    let put_together = vec(piece, 0..24).prop_map(move |pieces| {
        let mut input = pieces.concat();
        input.truncate(most);
        input
    });
    prop_oneof![4 => edited, 1 => put_together]
}

fn edit(piece: BoxedStrategy<Vec<u8>>) -> impl Strategy<Value = Edit> {
    prop_oneof![
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Edit::Flip(at, byte)),
        2 => (any::<Index>(), 1..20_usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        4 => (any::<Index>(), piece).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        1 => (any::<Index>(), 1..30_usize, 1..80_usize)
            .prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(at, other)| Edit::Splice(at, other)),
    ]
}

fn apply(edit: &Edit, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let place = |at: &Index| at.index(input.len() + 1);
    match edit {
        Edit::Flip(at, with) => {
            let at = place(at);
            if let Some(byte) = input.get_mut(at) {
                *byte ^= with;
            }
        }
        Edit::Delete(at, length) => {
            let at = place(at);
            input.drain(at..(at + length).min(input.len()));
        }
        Edit::Insert(at, piece) => {
            let at = place(at);
            input.splice(at..at, piece.iter().copied());
        }
        Edit::Repeat(at, length, times) => {
            let at = place(at);
            let piece = input
                .get(at..(at + length).min(input.len()))
                .unwrap_or_default()
                .repeat(*times);
            input.splice(at..at, piece);
        }
        Edit::Splice(at, other) => {
            let at = place(at);
            let Some(other) = seeds.get(other.index(seeds.len().max(1))) else {
                return;
            };
            input.truncate(at);
            input.extend_from_slice(other.get(at..).unwrap_or_default());
        }
    }
}
