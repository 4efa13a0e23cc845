//! Opinions on small pairs of schemas.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests panic to fail"
)]

mod judges;
mod limits;
mod random;

use super::{Depth, Effort, Opinion, Side, opinion};
use crate::diagnostic::Problems;
use crate::review::tree::Tree;
use crate::review::verdict::{Flow, Reading};
use crate::source::SourceFile;

const PATH: &str = "gateway/api.json";

/// What the algebra says of two schemas, each a file of its own.
fn opine(old: &str, new: &str, flow: Flow, reading: Reading, depth: Depth) -> Opinion {
    let files = [old, new].map(|text| {
        vec![SourceFile {
            path: PATH.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }]
    });
    let mut problems = Problems::default();
    let [old, new] = [0, 1].map(|n| Tree::read(files.get(n).unwrap(), &mut problems));
    let side = |tree| Side {
        tree,
        at: Tree::root(tree, PATH).unwrap(),
    };
    opinion(
        side(&old),
        side(&new),
        flow,
        reading,
        depth,
        &Effort::default(),
    )
}
