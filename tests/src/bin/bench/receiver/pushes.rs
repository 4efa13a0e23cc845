//! Signed stock-in pushes as the bytes of their requests, made before anything is measured.

use std::error::Error;

use dockseal::SecretString;
use dockseal::form;
use dockseal::shopex_oms::GATEWAY;
use dockseal::sign::{self, Options, Param};

/// The one sender.
pub(super) const NODE: &str = "1234567890";
pub(super) const TOKEN: &str = "bench-token";

const ITEM: &str = r#"[{"product_bn":"SKU001","normal_num":10,"defective_num":0,"batch":[{"batchCode":"BATCH001","produceCode":"PROD001","productDate":"2024-01-01","expireDate":"2025-01-01","inventoryType":"ZP","actualQty":10}]}]"#;

/// Requests one behind the other, all of one length.
pub(super) struct Pushes {
    bytes: Vec<u8>,
    length: usize,
    body: usize,
}

impl Pushes {
    /// Pushes of the documents numbered from `first` on.
    pub(super) fn new(first: u64, count: usize) -> Result<Pushes, Box<dyn Error>> {
        let mut bytes = Vec::new();
        let (mut length, mut body) = (0, 0);
        for number in (first..).take(count) {
            let form = form(number)?;
            let head = format!(
                "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
                GATEWAY.transport.path,
                GATEWAY.transport.content_type,
                form.len()
            );
            if bytes.is_empty() {
                (length, body) = (head.len() + form.len(), form.len());
                bytes.reserve_exact(length.saturating_mul(count));
            }
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(form.as_bytes());
        }
        Ok(Pushes {
            bytes,
            length,
            body,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len() / self.length.max(1)
    }

    /// Bytes of one body.
    pub(super) fn body(&self) -> usize {
        self.body
    }

    pub(super) fn get(&self, position: usize) -> Option<&[u8]> {
        let start = position.checked_mul(self.length)?;
        self.bytes.get(start..start.checked_add(self.length)?)
    }
}

/// The form of one push. Numbers of up to 12 digits keep its length.
pub(super) fn form(number: u64) -> Result<String, Box<dyn Error>> {
    let document = format!("I{number:012}");
    // As if they came at this rate.
    let timestamp = (1_700_000_000 + number / 5_000).to_string();
    let pairs = [
        ("flag", "erpapi"),
        ("app_id", "ecos.ome"),
        ("certi_id", "c1"),
        ("from_node_id", "1000000001"),
        ("node_id", NODE),
        ("node_type", "ecos.ome"),
        ("timestamp", timestamp.as_str()),
        ("method", "wms.stockin.status_update"),
        ("stockin_bn", document.as_str()),
        ("status", "FINISH"),
        ("warehouse", "WH001"),
        ("operate_time", "2025-01-01 10:00:00"),
        ("item", ITEM),
    ];
    let mut params = pairs.map(|(name, value)| Param::new(name, value));
    let token = SecretString::from(TOKEN);
    let sign = sign::compute(&GATEWAY.scheme, &Options::default(), &mut params, &token)?;
    let mut body = String::new();
    form::encode_pairs(
        pairs.into_iter().chain([("sign", sign.as_str())]),
        &mut body,
    );
    Ok(body)
}
