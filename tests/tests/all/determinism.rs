//! The same schemas give the same bytes: again, in any order of the files, in any directory.

use crate::spawn;
use dockseal_codegen::{GeneratedFile, SourceFile, generate};
use proptest::prelude::*;

fn schemas() -> Vec<SourceFile> {
    let files = spawn::read_tree(&spawn::repository().join("schemas")).into_iter();
    let files = files.filter(|(path, _)| path != "sources.lock");
    files
        .map(|(path, text)| SourceFile {
            path,
            bytes: text.into_bytes(),
        })
        .collect()
}

fn generated(files: &[SourceFile]) -> Vec<GeneratedFile> {
    generate(files).unwrap()
}

#[test]
fn two_runs_give_equal_bytes() {
    assert_eq!(generated(&schemas()), generated(&schemas()));
}

#[test]
fn the_checked_in_bindings_are_what_the_schemas_say() {
    let there = spawn::read_tree(&spawn::repository().join("bindings/src/generated"));
    let wanted = generated(&schemas())
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    assert_eq!(there, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_files_does_not_matter(files in Just(schemas()).prop_shuffle()) {
        prop_assert_eq!(generated(&files), generated(&schemas()));
    }

    #[test]
    fn the_order_in_which_mistakes_are_met_does_not_matter(files in Just(schemas()).prop_shuffle()) {
        let broken = |mut files: Vec<SourceFile>| {
            for file in &mut files {
                let text = String::from_utf8(file.bytes.clone()).unwrap();
                file.bytes = text.replacen("\"minLength\"", "\"minLenght\"", 2).into_bytes();
            }
            generate(&files).unwrap_err().to_string()
        };
        prop_assert_eq!(broken(files), broken(schemas()));
    }
}

#[test]
fn two_processes_in_two_directories_give_equal_bytes() {
    let (first, schemas) = spawn::scratch_with_schemas("determinism-one");
    let (second, copied) = spawn::scratch_with_schemas("determinism-two/deep/er");
    assert_eq!(
        spawn::generate(&schemas, &first.join("out"), &[]).code,
        Some(0)
    );
    assert_eq!(
        spawn::generate(&copied, &second.join("out"), &[]).code,
        Some(0)
    );
    let text = spawn::read_tree(&first.join("out"));
    assert_eq!(text, spawn::read_tree(&second.join("out")));
    let here = first.to_str().unwrap();
    assert!(
        text.values().all(|text| !text.contains(here)),
        "a path of this machine is in the bindings"
    );
}
