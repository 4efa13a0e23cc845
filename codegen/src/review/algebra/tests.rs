#![allow(clippy::unwrap_used, reason = "tests panic to fail")]
use super::*;
use crate::source::SourceFile;

fn opine(old: &str, new: &str, flow: Flow, reading: Reading, depth: Depth) -> Opinion {
    let file = |text: &str| {
        vec![SourceFile {
            path: "a/b.json".to_owned(),
            bytes: text.as_bytes().to_vec(),
        }]
    };
    let (old, new) = (file(old), file(new));
    let mut problems = crate::diagnostic::Problems::default();
    let (old, new) = (
        Tree::read(&old, &mut problems),
        Tree::read(&new, &mut problems),
    );
    opinion(
        Side {
            tree: &old,
            at: old.root("a/b.json").unwrap(),
        },
        Side {
            tree: &new,
            at: new.root("a/b.json").unwrap(),
        },
        flow,
        reading,
        depth,
    )
}

#[test]
fn what_a_schema_takes_is_covered_by_what_takes_more() {
    for (old, new, answer) in [
        (
            r#"{"type":"string","maxLength":20}"#,
            r#"{"type":"string","maxLength":40}"#,
            Answer::Yes,
        ),
        (
            r#"{"type":"string","maxLength":40}"#,
            r#"{"type":"string","maxLength":20}"#,
            Answer::No,
        ),
        (
            r#"{"type":"string","pattern":"^[0-9]{1,16}$"}"#,
            r#"{"type":"string","pattern":"^[0-9]{1,19}$"}"#,
            Answer::Yes,
        ),
    ] {
        let sent = opine(old, new, Flow::Sent, Reading::Closed, Depth::Whole);
        assert_eq!(sent.answer, answer, "{old} -> {new}");
    }
}
