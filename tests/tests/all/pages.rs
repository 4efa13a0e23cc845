//! Paged APIs: the page travels signed where the schema says, and a walk ends where the list ends.
//!
//! The schemas are invented, and written into a copy of the repository's own.

use std::fs;
use std::path::PathBuf;

use crate::spawn;

const FLAGSHIP: &str = "wangdian-flagship/goods.Goods.list.json";
const ENTERPRISE: &str = "wangdian-enterprise/stock_list.json";

fn schemas(name: &str) -> (PathBuf, PathBuf) {
    let (directory, schemas) = spawn::scratch_with_schemas(name);
    let flagship = include_str!("../../fixtures/paged/goods.Goods.list.json");
    let enterprise = include_str!("../../fixtures/paged/stock_list.json");
    spawn::write(&schemas.join(FLAGSHIP), flagship);
    spawn::write(&schemas.join(ENTERPRISE), enterprise);
    (directory, schemas)
}

#[test]
fn pages_are_signed_where_the_schema_says_and_a_walk_ends_where_the_list_ends() {
    let (directory, schemas) = schemas("paged");
    let generated = spawn::generate(&schemas, &directory.join("generated"), &[]);
    assert_eq!(generated.code, Some(0), "{}", generated.stderr);
    // `client_pages.rs` compiles this module; it is kept as the generator writes it.
    let kept = spawn::repository().join("tests/fixtures/paged/goods_goods_list.rs");
    let module = directory.join("generated/wangdian_flagship/goods_goods_list.rs");
    let module = fs::read_to_string(module).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        spawn::write(&kept, &module);
    }
    assert_eq!(
        module,
        fs::read_to_string(kept).unwrap().replace("\r\n", "\n")
    );

    let main = include_str!("../../fixtures/paged/main.rs");
    spawn::fresh_crate(&directory, "paged", main);
    let ran = spawn::cargo_in(&directory, &["run", "--quiet"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);

    let golden = spawn::repository().join("tests/golden/pages.txt");
    if std::env::var_os("UPDATE").is_some() {
        spawn::write(&golden, &ran.stdout);
    }
    let expected = fs::read_to_string(golden).unwrap();
    assert_eq!(ran.stdout, expected.replace("\r\n", "\n"));
}

#[test]
fn the_dialect_knows_a_pager_and_what_it_must_not_be() {
    let (_, schemas) = schemas("paged-check");
    let check = || spawn::xtask(["check".as_ref(), "--schemas".as_ref(), schemas.as_os_str()]);
    let said = check();
    let of_pager = |text: &str| {
        let lines = text.lines().filter(|line| line.contains("/x-api/pager"));
        lines.count()
    };
    assert_eq!(of_pager(&said.stderr), 0, "{}", said.stderr);
    let path = schemas.join(FLAGSHIP);
    spawn::edit(
        &path,
        r#""items": "/data/order""#,
        r#""items": "/data/orders""#,
    );
    let said = check();
    assert_eq!(said.code, Some(1));
    assert!(
        said.stderr.contains("pointer: /x-api/pager/items"),
        "{}",
        said.stderr
    );
}
