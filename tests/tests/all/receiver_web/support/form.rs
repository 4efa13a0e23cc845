//! Signed forms, made without the library under test.

use md5::{Digest as _, Md5};

/// The node whose token the OMS knows.
pub(crate) const NODE: &str = "1000000001";
pub(crate) const TOKEN: &str = "a token for tests";

/// A finished stock-in of that number, signed.
pub(crate) fn stockin(number: &str) -> String {
    of_node(NODE, number)
}

/// The same from another node; the look-ups know what to make of it.
pub(crate) fn of_node(node: &str, number: &str) -> String {
    let item = r#"[{"product_bn":"SKU1","normal_num":3,"defective_num":0}]"#;
    with_item(node, number, item)
}

/// The same with these goods.
pub(crate) fn with_item(node: &str, number: &str, item: &str) -> String {
    signed(&[
        ("node_id", node),
        ("method", "wms.stockin.status_update"),
        ("timestamp", "1700000000"),
        ("stockin_bn", number),
        ("status", "FINISH"),
        ("item", item),
    ])
}

fn signed(pairs: &[(&str, &str)]) -> String {
    let mut sorted = pairs.to_vec();
    sorted.sort_unstable();
    let text: String = sorted
        .iter()
        .flat_map(|(name, value)| [*name, *value])
        .collect();
    let sign = digest(&(digest(&text) + TOKEN));
    let mut form: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)))
        .collect();
    form.push(format!("sign={sign}"));
    form.join("&")
}

fn digest(text: &str) -> String {
    let bytes = Md5::digest(text);
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'%' | b'&' | b'+' | b'=' | b' ' | 0x80.. => format!("%{byte:02X}"),
            _ => char::from(byte).to_string(),
        })
        .collect()
}
