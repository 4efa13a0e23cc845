//! A sixth API is added by writing one schema file and running the generator, nothing else.
//!
//! The schemas are invented, each written into a copy of the repository's own; a small program then
//! builds, checks, signs and reads with the bindings that came out.

use std::fs;

use crate::spawn;

/// Method, gateway and schema of each invented API.
const INVENTED: &[(&str, &str, &str)] = &[
    (
        "goods_stock_query",
        "wangdian-flagship/goods.Stock.query.json",
        include_str!("../../fixtures/sixth-api/goods.Stock.query.json"),
    ),
    (
        "warehouse_switch",
        "wangdian-enterprise/warehouse_switch.json",
        include_str!("../../fixtures/sixth-api/warehouse_switch.json"),
    ),
];

#[test]
fn one_schema_file_adds_one_module_and_touches_only_the_lists_of_modules() {
    for (module, path, schema) in INVENTED {
        let (directory, schemas) = spawn::scratch_with_schemas(&format!("sixth-{module}"));
        let out = directory.join("generated");
        assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(0));
        let before = spawn::read_tree(&out);
        spawn::write(&schemas.join(path), schema);
        let added = spawn::generate(&schemas, &out, &[]);
        assert_eq!(added.code, Some(0), "{}", added.stderr);
        assert!(
            added.stdout.contains(": 3 written, 0 removed, "),
            "{}",
            added.stdout
        );

        let after = spawn::read_tree(&out);
        let gateway = path.split('/').next().unwrap().replace('-', "_");
        let changed: Vec<_> = after
            .iter()
            .filter(|(name, text)| before.get(*name) != Some(text))
            .map(|(name, _)| name)
            .collect();
        let list = format!("{gateway}/mod.rs");
        let file = format!("{gateway}/{module}.rs");
        let mut expected = vec!["mod.rs", &list, &file];
        expected.sort_unstable();
        assert_eq!(changed, expected);
        for (name, text) in &before {
            let after = &after[name];
            for line in text.lines() {
                assert!(after.contains(line), "{name} lost {line:?}");
            }
        }
    }
}

#[test]
fn a_program_builds_checks_signs_and_reads_with_the_new_bindings() {
    let (directory, schemas) = spawn::scratch_with_schemas("sixth-api");
    for (_, path, schema) in INVENTED {
        spawn::write(&schemas.join(path), schema);
    }
    let generated = spawn::generate(&schemas, &directory.join("generated"), &[]);
    assert_eq!(generated.code, Some(0), "{}", generated.stderr);
    spawn::fresh_crate(
        &directory,
        "sixth-api",
        include_str!("../../fixtures/sixth-api/main.rs"),
    );
    let ran = spawn::cargo_in(&directory, &["run", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);

    let golden = spawn::repository().join("tests/golden/sixth-api.txt");
    if std::env::var_os("UPDATE").is_some() {
        spawn::write(&golden, &ran.stdout);
    }
    assert_eq!(
        ran.stdout,
        fs::read_to_string(golden).unwrap().replace("\r\n", "\n")
    );
}

#[test]
fn examples_of_a_new_schema_are_checked_like_those_of_the_others() {
    let (_, schemas) = spawn::scratch_with_schemas("sixth-check");
    for (_, path, schema) in INVENTED {
        spawn::write(&schemas.join(path), schema);
    }
    let path = schemas.join(INVENTED[0].1);
    spawn::edit(
        &path,
        r#""request": ["WH-01", null, 2]"#,
        r#""request": ["WAREHOUSE-01", null, -2]"#,
    );
    let checked = spawn::xtask(["check".as_ref(), "--schemas".as_ref(), schemas.as_os_str()]);
    assert_eq!(checked.code, Some(1));
    for pointer in ["/examples/0/request/0", "/examples/0/request/2"] {
        assert!(checked.stderr.contains(pointer), "{}", checked.stderr);
    }
}
