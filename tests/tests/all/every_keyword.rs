//! Generated code of every keyword of the dialect, under the strictest rules of a crate that is not
//! ours.

use std::fs;

use crate::spawn;
use dockseal_codegen::keyword::{Disposition, Keyword};

#[test]
fn generated_code_of_every_keyword_compiles_without_a_warning_in_a_crate_that_denies_them() {
    let directory = spawn::scratch("every-keyword");
    let schemas = spawn::repository().join("tests/fixtures/every-keyword");
    let generated = spawn::generate(&schemas, &directory.join("generated"), &[]);
    assert_eq!(generated.code, Some(0), "{}", generated.stderr);
    let main = include_str!("../../fixtures/every-keyword/main.rs");
    spawn::fresh_crate(&directory, "every-keyword", main);
    let ran = spawn::cargo_in(&directory, &["run", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "/text 文本 \"一\": does not match ^[A-Z\"\\\\]*$\n\
         /integer 整数: must not be above 5\n\
         /codes 编码: element 2 is equal to element 0\n\
         /codes/1 编码: does not match ^[a-z]+$\n\
         (message) 全部: needs fixed or bytes with item\n\
         /foreign 全部: is not a field of this message\n\
         {\"text\":\"a\",\"integer\":6,\"decimal\":1,\"unsigned\":\"7\",\"day\":\"2024-02-29\",\"kind\":2,\
         \"codes\":[\"b\",\"B\",\"b\"],\"places\":[{\"city\":\"x\"}],\"oldOne\":\"old\",\"value\":\"v\",\
         \"index\":\"i\",\"foreign\":\"x\"}\n\
         [\"a\"]\n"
    );
}

#[test]
fn the_tree_that_is_compiled_uses_every_keyword_of_the_dialect() {
    let directory = spawn::repository().join("tests/fixtures/every-keyword/demo");
    let texts: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    for keyword in Keyword::all() {
        let used = texts
            .iter()
            .any(|text| text.contains(&format!("{:?}:", keyword.text())));
        let rejected = matches!(keyword.disposition(), Disposition::Rejected(_));
        assert!(used || rejected, "{} is not in the tree", keyword.text());
    }
}
