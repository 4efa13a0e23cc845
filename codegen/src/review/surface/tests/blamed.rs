//! Which finding an item is given to.

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
    let value =
        |n: u8| format!(r#"{{ "value": {n}, "rust": "Way{n}", "label": "w", "label_zh": "方" }},"#);
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
