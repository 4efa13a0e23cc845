//! What is an item, and what it does to programs.

use super::*;
use crate::diagnostic::Problems;
use crate::review::tree::Tree;

#[test]
fn nothing_when_nothing_changed() {
    assert_eq!(edit(UPLOAD, &[]), Surface::default());
}

#[test]
fn a_limit_is_no_part_of_the_interface_yet_of_the_text() {
    let limited = NO_1.replace("\"minLength\": 1", "\"minLength\": 1, \"maxLength\": 9");
    let surface = edit(UPLOAD, &[(NO_1, &limited)]);
    expect(&surface, &[]);
    assert_eq!(
        surface.files,
        ["wangdian_flagship/process_process_upload.rs"]
    );
}

#[test]
fn words_and_settings_are_no_part_of_the_interface() {
    expect(&edit(UPLOAD, &[("出库仓库编号", "出库仓库")]), &[]);
    expect(
        &edit(FLAGSHIP, &[("\"window\": 120", "\"window\": 90")]),
        &[],
    );
    let surface = edit(
        FLAGSHIP,
        &[("\"escape\": \"raw\"", "\"escape\": \"ascii\"")],
    );
    expect(&surface, &[]);
    assert_eq!(surface.files, ["wangdian_flagship/mod.rs"]);
}

#[test]
fn a_field_that_becomes_required_moves_from_its_setter_into_the_constructor() {
    let required = format!("{REQUIRED}\"flag_name\", ");
    expect(
        &edit(UPLOAD, &[(REQUIRED, &required)]),
        &[
            (
                "~ wangdian_flagship::ProcessUpload.flag_name",
                Rust::MajorType,
            ),
            ("~ wangdian_flagship::ProcessUpload::new", Rust::MajorType),
            (
                "- wangdian_flagship::ProcessUpload::with_flag_name",
                Rust::MajorType,
            ),
        ],
    );
}

#[test]
fn a_field_that_becomes_optional_leaves_the_constructor_for_a_setter() {
    expect(
        &edit(
            UPLOAD,
            &[(REQUIRED, "\"required\": [\"out_warehouse_no\", ")],
        ),
        &[
            (
                "~ wangdian_flagship::ProcessUpload.in_warehouse_no",
                Rust::MajorType,
            ),
            ("~ wangdian_flagship::ProcessUpload::new", Rust::MajorType),
            (
                "+ wangdian_flagship::ProcessUpload::with_in_warehouse_no",
                Rust::Minor,
            ),
        ],
    );
}

#[test]
fn an_optional_field_is_there_to_be_used() {
    let field = "\"properties\": {\n        \"colour\": { \"title\": \"颜色\", \"description\": \"Colour.\", \"type\": \"string\" },\n        \"spec_no\"";
    expect(
        &edit(UPLOAD, &[("\"properties\": {\n        \"spec_no\"", field)]),
        &[
            (
                "+ wangdian_flagship::ProcessUploadDetail.colour",
                Rust::Minor,
            ),
            (
                "+ wangdian_flagship::ProcessUploadDetail::with_colour",
                Rust::Minor,
            ),
        ],
    );
}

#[test]
fn equal_types_that_change_places_mean_something_else() {
    let swapped = ["in_warehouse_no", "out_warehouse_no"];
    let place = |name: &str| format!("\"{name}\": {{ \"title\"");
    let (first, second) = (place(swapped[1]), place(swapped[0]));
    let surface = edit(
        UPLOAD,
        &[
            (&second, "\"#\": { \"title\""),
            (&first, &second),
            ("\"#\": { \"title\"", &first),
        ],
    );
    expect(
        &surface,
        &[(
            "~ wangdian_flagship::ProcessUpload::new",
            Rust::MajorBehaviour,
        )],
    );
}

#[test]
fn another_type_changes_the_field_and_all_that_takes_it() {
    let number = NO_1.replace("\"string\", \"minLength\": 1", "\"integer\"");
    let surface = edit(UPLOAD, &[(NO_1, &number)]);
    expect(
        &surface,
        &[
            (
                "~ wangdian_flagship::ProcessUpload.out_warehouse_no",
                Rust::MajorType,
            ),
            ("~ wangdian_flagship::ProcessUpload::new", Rust::MajorType),
        ],
    );
    let item = &surface.items[0].item;
    assert_eq!(item.old.as_deref(), Some("pub out_warehouse_no: String"));
    assert_eq!(item.new.as_deref(), Some("pub out_warehouse_no: i64"));
}

#[test]
fn another_value_of_an_open_enum_is_there_to_be_used() {
    let value = r#"{ "value": 2, "rust": "Slow", "label": "slow", "label_zh": "慢速" },"#;
    let first = r#"{ "value": 0, "rust": "Stepwise""#;
    let more = format!("{value} {first}");
    let surface = edit(
        UPLOAD,
        &[(first, &more), ("\"enum\": [0, 1]", "\"enum\": [2, 0, 1]")],
    );
    expect(
        &surface,
        &[("+ wangdian_flagship::ProcessUploadType::Slow", Rust::Minor)],
    );
}

#[test]
fn a_type_of_another_name_goes_and_comes_as_a_whole() {
    let surface = edit(
        UPLOAD,
        &[(
            "\"x-rust-name\": \"ProcessUploadType\"",
            "\"x-rust-name\": \"Way\"",
        )],
    );
    expect(
        &surface,
        &[
            ("~ wangdian_flagship::ProcessUpload.r#type", Rust::MajorType),
            (
                "~ wangdian_flagship::ProcessUpload::with_type",
                Rust::MajorType,
            ),
            ("- wangdian_flagship::ProcessUploadType", Rust::MajorType),
            ("+ wangdian_flagship::Way", Rust::Minor),
        ],
    );
}

#[test]
fn advice_against_a_field_is_minor_and_its_end_a_patch() {
    let field = "\"type\": \"string\", \"x-row\": \"param/6\"";
    let deprecated = "\"type\": \"string\", \"deprecated\": true, \"x-row\": \"param/6\"";
    let new = edited(UPLOAD, &[(field, deprecated)]);
    for (surface, rust) in [
        (between(&schemas(), &new), Rust::Minor),
        (between(&new, &schemas()), Rust::Patch),
    ] {
        expect(
            &surface,
            &[
                ("~ wangdian_flagship::ProcessUpload.flag_name", rust),
                ("~ wangdian_flagship::ProcessUpload::with_flag_name", rust),
            ],
        );
    }
}

#[test]
fn a_shared_scalar_changes_the_fields_that_refer_to_it() {
    let surface = edit(
        FLAGSHIP,
        &[(INTEGER, "\"integer\": { \"type\": \"string\" }")],
    );
    expect(
        &surface,
        &[
            (
                "~ wangdian_flagship::ProcessUpload.process_count",
                Rust::MajorType,
            ),
            ("~ wangdian_flagship::ProcessUpload::new", Rust::MajorType),
        ],
    );
    for placed in &surface.items {
        let scalar = format!("{FLAGSHIP}#/$defs/integer");
        assert!(placed.places.contains(&scalar), "{placed:?}");
    }
}

#[test]
fn a_shared_type_is_the_same_item_wherever_it_stands() {
    let surface = edit(
        ENTERPRISE,
        &[(
            "\"YesNo\": {",
            "\"YesNo\": {\n      \"x-rust-name\": \"Flag\",",
        )],
    );
    let items = told(&surface);
    assert!(items.contains(&("- wangdian_enterprise::YesNo".to_owned(), Rust::MajorType)));
    assert!(items.contains(&("+ wangdian_enterprise::Flag".to_owned(), Rust::Minor)));
    let fields = items.iter().filter(|(name, _)| name.starts_with("~ "));
    assert!(fields.count() >= 2, "{items:?}");
    let path = &surface.items[0].item.old;
    assert!(!path.as_deref().unwrap_or_default().contains("super::"));
}

#[test]
fn an_account_is_part_of_the_interface() {
    expect(
        &edit(
            FLAGSHIP,
            &[("\"secret\": true", "\"optional\": true, \"secret\": true")],
        ),
        &[
            ("~ wangdian_flagship::Credentials::new", Rust::MajorType),
            (
                "+ wangdian_flagship::Credentials::with_appsecret",
                Rust::Minor,
            ),
        ],
    );
}

#[test]
fn the_member_that_holds_the_reply_decides_what_a_call_gives() {
    let request = "wangdian_flagship::ProcessUpload as dockseal::api::Request";
    expect(
        &edit(FLAGSHIP, &[("\"data\": \"data\"", "\"data\": \"content\"")]),
        &[(&format!("~ <{request}>::Output"), Rust::MajorType)],
    );
}

#[test]
fn an_api_brings_its_types_and_takes_them_away() {
    let all = schemas();
    let fewer: Vec<_> = all
        .iter()
        .filter(|file| file.path != REFUND)
        .cloned()
        .collect();
    let added = between(&fewer, &all);
    let gone = between(&all, &fewer);
    assert!(!added.items.is_empty());
    assert!(
        added.items.iter().all(|placed| placed.rust == Rust::Minor),
        "{added:?}"
    );
    assert!(
        gone.items
            .iter()
            .all(|placed| placed.rust == Rust::MajorType),
        "{gone:?}"
    );
    assert_eq!(added.items.len(), gone.items.len());
    assert_eq!(added.files, gone.files);
}

#[test]
fn a_side_that_the_generator_refuses_is_named() {
    let broken = edited(
        UPLOAD,
        &[("#/$defs/ProcessUploadDetail", "#/$defs/Nothing")],
    );
    assert!(compare(&broken, &schemas()).unwrap_err().base);
    let unlowered = compare(&schemas(), &broken).unwrap_err();
    assert!(!unlowered.base && !unlowered.diagnostics.is_empty());
}

#[test]
fn apis_that_did_not_change_are_not_written() {
    let (mut old, mut new) = (
        crate::lower(&schemas()).unwrap(),
        crate::lower(&edited(
            UPLOAD,
            &[("\"effect\": \"create\"", "\"effect\": \"update\"")],
        ))
        .unwrap(),
    );
    leave_out_equals(&mut old, &mut new);
    for ir in [old, new] {
        let left: Vec<_> = ir
            .gateways
            .iter()
            .map(|gateway| (gateway.name.as_str(), gateway.apis.len()))
            .collect();
        assert_eq!(left, [("wangdian-flagship", 1)]);
    }
}

#[test]
fn every_item_comes_from_places_that_there_are() {
    let mut fixture = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/every-keyword");
    for file in fs::read_dir(root.join("demo")).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_name().unwrap().to_str().unwrap();
        fixture.push(SourceFile {
            path: format!("demo/{name}"),
            bytes: fs::read(&file).unwrap(),
        });
    }
    for files in [schemas(), fixture] {
        let surface = between(&[], &files);
        assert!(surface.items.len() > 10);
        let tree = Tree::read(&files, &mut Problems::default());
        for placed in &surface.items {
            assert!(!placed.places.is_empty(), "{}", placed.item.name);
            for place in placed.places.iter().chain(&placed.around) {
                assert!(surface.known.contains(place), "{place}");
            }
        }
        for place in &surface.known {
            let (path, pointer) = place.split_once('#').unwrap();
            let at = tree.root(path).and_then(|file| file.pointer(pointer));
            assert!(at.is_some(), "there is no {place}");
        }
    }
}

#[test]
fn the_reverse_of_an_edit_gives_back_what_it_took() {
    let number = NO_1.replace("\"string\", \"minLength\": 1", "\"integer\"");
    let required = format!("{REQUIRED}\"flag_name\", ");
    let old = schemas();
    for edits in [
        &[(NO_1, number.as_str())][..],
        &[(REQUIRED, required.as_str())],
        &[("\"bom_name\": {", "\"bill\": {")],
        &[(
            "\"x-rust-name\": \"ProcessUploadType\"",
            "\"x-rust-name\": \"Way\"",
        )],
    ] {
        let new = edited(UPLOAD, edits);
        let (there, back) = (between(&old, &new), between(&new, &old));
        let turned = back.items.iter().map(|placed| Item {
            name: placed.item.name.clone(),
            old: placed.item.new.clone(),
            new: placed.item.old.clone(),
        });
        let there: Vec<_> = there
            .items
            .iter()
            .map(|placed| placed.item.clone())
            .collect();
        assert_eq!(there, turned.collect::<Vec<_>>());
        assert!(!there.is_empty());
    }
}
