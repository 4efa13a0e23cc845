#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop there"
)]

use std::fs;
use std::path::Path;

use super::*;
use crate::review::finding::{Finding, Location};
use crate::review::rules::{self, api, compose, gateway, list, object, value, words};
use crate::review::verdict::{Bump, Direction};
use crate::review::{Rule, Wire};

const UPLOAD: &str = "wangdian-flagship/process.Process.upload.json";
const FLAGSHIP: &str = "wangdian-flagship/gateway.json";
const REFUND: &str = "wangdian-enterprise/stockin_refund_push.json";
const ENTERPRISE: &str = "wangdian-enterprise/gateway.json";

/// Rows of the schemas that tests edit.
const NO_1: &str = r#""type": "string", "minLength": 1, "x-row": "param/1""#;
const NO_2: &str = r#""type": "string", "minLength": 1, "x-row": "param/2""#;
const REQUIRED: &str = r#""required": ["out_warehouse_no", "in_warehouse_no", "#;
const INTEGER: &str = r#""integer": {
      "type": ["integer", "string"],
      "pattern": "^-?[0-9]{1,18}$",
      "x-wire": "string"
    }"#;

fn schemas() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut files = Vec::new();
    for gateway in ["wangdian-enterprise", "wangdian-flagship"] {
        for file in fs::read_dir(root.join(gateway)).unwrap() {
            let file = file.unwrap().path();
            let path = file.strip_prefix(&root).unwrap();
            files.push(SourceFile {
                path: path.to_str().unwrap().replace('\\', "/"),
                bytes: fs::read(&file).unwrap(),
            });
        }
    }
    files
}

/// The repository's schemas with one text in place of another, everywhere in a file.
fn edited(path: &str, edits: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files = schemas();
    let file = files.iter_mut().find(|file| file.path == path).unwrap();
    let mut text = String::from_utf8(file.bytes.clone()).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{path} has no {from}");
        text = text.replacen(from, to, 1);
    }
    file.bytes = text.into_bytes();
    files
}

fn between(old: &[SourceFile], new: &[SourceFile]) -> Surface {
    compare(old, new).unwrap_or_else(|unlowered| panic!("{}", unlowered.diagnostics))
}

fn edit(path: &str, edits: &[(&str, &str)]) -> Surface {
    between(&schemas(), &edited(path, edits))
}

/// `+ name`, `- name` and `~ name`, with what it does to programs.
fn told(surface: &Surface) -> Vec<(String, Rust)> {
    let items = surface.items.iter().map(|placed| {
        let sign = match (&placed.item.old, &placed.item.new) {
            (None, _) => "+",
            (_, None) => "-",
            _ => "~",
        };
        (format!("{sign} {}", placed.item.name), placed.rust)
    });
    items.collect()
}

fn expect(surface: &Surface, items: &[(&str, Rust)]) {
    let items: Vec<_> = items
        .iter()
        .map(|(name, rust)| ((*name).to_owned(), *rust))
        .collect();
    assert_eq!(told(surface), items);
}

fn finding(rule: &'static Rule, path: &str, pointer: &str) -> Finding {
    Finding {
        rule,
        gateway: path.split('/').next().unwrap().to_owned(),
        api: Some("a.method".to_owned()),
        direction: Direction::Request,
        flow: None,
        path: String::new(),
        term: None,
        location: Location {
            path: path.to_owned(),
            pointer: pointer.to_owned(),
            line: 1,
            column: 1,
            base: false,
            head: None,
        },
        old: None,
        new: None,
        wire: Wire::Compatible,
        rust: Rust::Patch,
        bump: Bump::Patch,
        items: Vec::new(),
        algebra: None,
        undecided: false,
        lost: None,
        example: None,
        source: None,
        affects: Vec::new(),
        fingerprint: String::new(),
    }
}

fn says(finding: Finding, old: &str, new: &str) -> Finding {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Finding {
        old: text(old),
        new: text(new),
        ..finding
    }
}

/// Names of the items of each finding after they were given out.
fn given(surface: &Surface, mut findings: Vec<Finding>) -> Vec<(&'static str, Rust, Vec<String>)> {
    attribute(surface, &mut findings);
    let names = |finding: &Finding| finding.items.iter().map(|item| item.name.clone()).collect();
    findings
        .iter()
        .map(|finding| (finding.rule.id, finding.rust, names(finding)))
        .collect()
}

fn row(rule: &Rule, rust: Rust, names: &[&str]) -> (&'static str, Rust, Vec<String>) {
    let names = names
        .iter()
        .map(|name| format!("wangdian_flagship::{name}"));
    (rules::rule(rule.id).unwrap().id, rust, names.collect())
}

mod compared {
    use super::*;

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
}

mod blamed {
    use super::*;

    const STRUCT: &str = "/$defs/ProcessUpload";

    fn at(rest: &str) -> String {
        format!("{STRUCT}{rest}")
    }

    #[test]
    fn required_goes_by_the_names_in_it() {
        let required = format!("{REQUIRED}\"flag_name\", ");
        let surface = edit(UPLOAD, &[(REQUIRED, &required)]);
        let names = [
            "ProcessUpload.flag_name",
            "ProcessUpload::new",
            "ProcessUpload::with_flag_name",
        ];
        for (pointer, old, new) in [
            ("/required/2", "", "\"flag_name\""),
            ("/required", "[\"a\"]", "[\"a\",\"flag_name\"]"),
            ("/properties/flag_name", "", ""),
        ] {
            let cause = says(
                finding(&object::FIELD_BECAME_REQUIRED, UPLOAD, &at(pointer)),
                old,
                new,
            );
            let other = finding(
                &object::FIELD_BECAME_REQUIRED,
                UPLOAD,
                &at("/properties/bom_name"),
            );
            assert_eq!(
                given(&surface, vec![cause, other]),
                [
                    row(&object::FIELD_BECAME_REQUIRED, Rust::MajorType, &names),
                    row(&object::FIELD_BECAME_REQUIRED, Rust::Patch, &[]),
                ]
            );
        }
    }

    #[test]
    fn findings_that_each_would_have_done_it_share_an_item() {
        let number = NO_1.replace("\"string\", \"minLength\": 1", "\"integer\"");
        let longer = NO_2.replace("\"minLength\": 1", "\"minLength\": 2");
        let required = format!("{REQUIRED}\"flag_name\", ");
        let surface = edit(
            UPLOAD,
            &[(NO_1, &number), (NO_2, &longer), (REQUIRED, &required)],
        );
        assert_eq!(
            given(
                &surface,
                vec![
                    finding(
                        &value::TYPE_CHANGED,
                        UPLOAD,
                        &at("/properties/out_warehouse_no/type")
                    ),
                    says(
                        finding(&object::FIELD_BECAME_REQUIRED, UPLOAD, &at("/required/2")),
                        "",
                        "\"flag_name\"",
                    ),
                    finding(
                        &value::MIN_LENGTH_TIGHTENED,
                        UPLOAD,
                        &at("/properties/in_warehouse_no/minLength"),
                    ),
                ]
            ),
            [
                row(
                    &value::TYPE_CHANGED,
                    Rust::MajorType,
                    &["ProcessUpload.out_warehouse_no", "ProcessUpload::new"],
                ),
                row(
                    &object::FIELD_BECAME_REQUIRED,
                    Rust::MajorType,
                    &[
                        "ProcessUpload.flag_name",
                        "ProcessUpload::new",
                        "ProcessUpload::with_flag_name"
                    ],
                ),
                row(&value::MIN_LENGTH_TIGHTENED, Rust::Patch, &[]),
            ]
        );
    }

    #[test]
    fn parameters_that_change_places_go_to_the_order() {
        let place = |name: &str| format!("\"{name}\": {{ \"title\"");
        let (first, second) = (place("out_warehouse_no"), place("in_warehouse_no"));
        let surface = edit(
            UPLOAD,
            &[
                (&second, "\"#\": { \"title\""),
                (&first, &second),
                ("\"#\": { \"title\"", &first),
            ],
        );
        assert_eq!(
            given(
                &surface,
                vec![
                    finding(&object::ORDER_CHANGED, UPLOAD, &at("/properties")),
                    finding(
                        &words::TITLE_CHANGED,
                        UPLOAD,
                        &at("/properties/out_warehouse_no/title")
                    ),
                ]
            ),
            [
                row(
                    &object::ORDER_CHANGED,
                    Rust::MajorBehaviour,
                    &["ProcessUpload::new"]
                ),
                row(&words::TITLE_CHANGED, Rust::Patch, &[]),
            ]
        );
    }

    #[test]
    fn both_names_of_a_renamed_field_are_its_own() {
        let surface = edit(UPLOAD, &[("\"bom_name\": {", "\"bill\": {")]);
        let cause = says(
            finding(&object::FIELD_RENAMED, UPLOAD, &at("/properties/bill")),
            "\"bom_name\"",
            "\"bill\"",
        );
        assert_eq!(
            given(&surface, vec![cause]),
            [row(
                &object::FIELD_RENAMED,
                Rust::MajorType,
                &[
                    "ProcessUpload.bill",
                    "ProcessUpload.bom_name",
                    "ProcessUpload::with_bill",
                    "ProcessUpload::with_bom_name",
                ],
            )]
        );
    }

    #[test]
    fn values_go_to_the_findings_that_name_them() {
        let value = |n: u8| {
            format!(r#"{{ "value": {n}, "rust": "Way{n}", "label": "w", "label_zh": "方" }},"#)
        };
        let first = r#"{ "value": 0, "rust": "Stepwise""#;
        let more = format!("{} {} {first}", value(2), value(3));
        let surface = edit(
            UPLOAD,
            &[
                (first, &more),
                ("\"enum\": [0, 1]", "\"enum\": [2, 3, 0, 1]"),
            ],
        );
        let added = |new: &str| {
            let pointer = at("/properties/type/x-enum");
            says(finding(&value::ENUM_VALUE_ADDED, UPLOAD, &pointer), "", new)
        };
        assert_eq!(
            given(&surface, vec![added("3"), added("{\"value\":2}")]),
            [
                row(
                    &value::ENUM_VALUE_ADDED,
                    Rust::Minor,
                    &["ProcessUploadType::Way3"]
                ),
                row(
                    &value::ENUM_VALUE_ADDED,
                    Rust::Minor,
                    &["ProcessUploadType::Way2"]
                ),
            ]
        );
    }

    #[test]
    fn a_type_that_goes_with_its_field_goes_to_the_field() {
        let old = edited(
            UPLOAD,
            &[(
                "\"type\": \"string\", \"x-row\": \"param/6\"",
                r#""type": "object", "properties": { "a": { "title": "甲", "description": "A.", "type": "string" } }, "x-row": "param/6""#,
            )],
        );
        let line = "        \"flag_name\": { \"title\": \"标记名称\", \"description\": \"Name of the order's flag.\", \"type\": \"string\", \"x-row\": \"param/6\" },\n";
        let surface = between(&old, &edited(UPLOAD, &[(line, "")]));
        let cause = finding(
            &object::FIELD_REMOVED_OPTIONAL,
            UPLOAD,
            &at("/properties/flag_name"),
        );
        assert_eq!(
            given(&surface, vec![cause]),
            [row(
                &object::FIELD_REMOVED_OPTIONAL,
                Rust::MajorType,
                &[
                    "ProcessUpload.flag_name",
                    "ProcessUpload::with_flag_name",
                    "ProcessUploadFlagName",
                ],
            )]
        );
    }

    #[test]
    fn a_shared_scalar_goes_to_every_message_that_reaches_it() {
        let surface = edit(
            FLAGSHIP,
            &[(INTEGER, "\"integer\": { \"type\": \"string\" }")],
        );
        let cause = finding(&value::TYPE_NARROWED, FLAGSHIP, "/$defs/integer/type");
        let reply = Finding {
            direction: Direction::Reply,
            ..cause.clone()
        };
        let names = ["ProcessUpload.process_count", "ProcessUpload::new"];
        let expected = row(&value::TYPE_NARROWED, Rust::MajorType, &names);
        assert_eq!(
            given(&surface, vec![cause, reply]),
            [expected.clone(), expected]
        );
    }

    #[test]
    fn a_whole_api_goes_to_its_file() {
        let all = schemas();
        let fewer: Vec<_> = all
            .iter()
            .filter(|file| file.path != UPLOAD)
            .cloned()
            .collect();
        for (surface, rule) in [
            (between(&fewer, &all), &api::API_ADDED),
            (between(&all, &fewer), &api::API_REMOVED),
        ] {
            let findings = given(&surface, vec![finding(rule, UPLOAD, "")]);
            let [(id, _, items)] = findings.as_slice() else {
                panic!("{findings:?}")
            };
            assert_eq!((*id, items.len()), (rule.id, surface.items.len()));
        }
    }

    #[test]
    fn accounts_and_names_of_gateways_go_to_their_settings() {
        let surface = edit(
            FLAGSHIP,
            &[("\"secret\": true", "\"optional\": true, \"secret\": true")],
        );
        let cause = finding(
            &gateway::CREDENTIAL_CHANGED,
            FLAGSHIP,
            "/x-gateway/credentials/2/optional",
        );
        let names = ["Credentials::new", "Credentials::with_appsecret"];
        assert_eq!(
            given(&surface, vec![cause]),
            [row(&gateway::CREDENTIAL_CHANGED, Rust::MajorType, &names)]
        );
        let surface = edit(FLAGSHIP, &[("\"WangdianFlagship\"", "\"Flagship\"")]);
        let cause = finding(&compose::RUST_NAME_CHANGED, FLAGSHIP, "/x-gateway/rust");
        assert_eq!(given(&surface, vec![cause]).len(), 1);
    }

    #[test]
    fn what_no_finding_explains_becomes_one() {
        let number = NO_1.replace("\"string\", \"minLength\": 1", "\"integer\"");
        let surface = edit(UPLOAD, &[(NO_1, &number)]);
        let mut findings = vec![
            finding(
                &words::TITLE_CHANGED,
                UPLOAD,
                &at("/properties/out_warehouse_no/title"),
            ),
            finding(
                &list::MAX_ITEMS_LOOSENED,
                UPLOAD,
                &at("/properties/detail_list/maxItems"),
            ),
        ];
        attribute(&surface, &mut findings);
        let unexplained: Vec<_> = findings.iter().skip(2).collect();
        assert_eq!(unexplained.len(), 2);
        for finding in unexplained {
            assert_eq!(finding.rule.id, compose::INTERFACE_CHANGED.id);
            assert_eq!(finding.location.path, UPLOAD);
            assert_eq!(finding.location.pointer, at("/properties/out_warehouse_no"));
            assert_eq!(finding.api.as_deref(), Some("process.Process.upload"));
            assert_eq!((finding.rust, finding.bump), (Rust::MajorType, Bump::Major));
        }
    }
}
