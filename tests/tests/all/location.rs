//! The places in the schemas that violations name are really there.

use dockseal::object::{Kind, Layout, Table, Value};

/// Every place that a violation in a value of this table can name.
fn places(table: &'static Table, found: &mut Vec<String>) {
    found.push(table.location.to_owned());
    for (index, field) in table.fields.iter().enumerate() {
        found.push(match table.layout {
            Layout::Named => format!("{}/properties/{}", table.location, field.name),
            Layout::Positional => format!("{}/prefixItems/{index}", table.location),
        });
        inside(&field.value, found);
    }
}

fn inside(value: &'static Value, found: &mut Vec<String>) {
    match value.kind {
        Kind::Object(table) => places(table, found),
        Kind::List(element) => inside(element, found),
        Kind::Enum(table) => found.push(table.location.to_owned()),
        _ => {}
    }
}

#[test]
fn every_place_that_a_violation_can_name_is_in_the_schema_files() {
    let schemas = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut found = Vec::new();
    for api in dockseal::APIS {
        places(api.blank_request().table(), &mut found);
        places(api.blank_reply().table(), &mut found);
    }
    assert!(found.len() > 100, "{}", found.len());
    for place in found {
        let (file, pointer) = place.split_once('#').expect("a file and a pointer");
        let text = std::fs::read_to_string(schemas.join(file)).unwrap();
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(schema.pointer(pointer).is_some(), "{place}");
    }
}
