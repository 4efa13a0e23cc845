//! A typed value to a complete signed HTTP request: `prepare`, which checks every rule, against what
//! is written by hand with serde's derive, serde_json, form_urlencoded and md-5, which checks nothing.

use std::error::Error;

use bytes::Bytes;
use dockseal::http::{Request, header};
use dockseal::shopex_oms::{self, StockinStatusUpdate};
use dockseal::{BeijingTime, Described, Options, prepare, wangdian_flagship};
use form_urlencoded::Serializer;
use md5::{Digest, Md5};

use crate::contest::Contest;
use crate::payloads::{SIZES, now, order, push};
use crate::table::Table;
use crate::twins::{Item, Upload};

type Made = Result<Request<Bytes>, Box<dyn Error>>;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let (now, options) = (now()?, Options::default());
    let account = wangdian_flagship::Credentials::new("wdtapi3", "wdt_test", SECRET_AND_SALT)?;
    for size in SIZES {
        let order = order(size);
        let twin: Upload = serde_json::from_str(&order.to_json())?;
        let ours = || -> Made { Ok(prepare(&order, &account, now, &options)?.into_http()) };
        let theirs = || order_by_hand(&twin, now);
        same(&ours()?, &theirs()?)?;
        let outcome = contest.hold(ours, theirs)?;
        table.row(format!("build/{size}"), "production order", outcome);
    }
    let account = shopex_oms::Credentials::new("1234567890", "1098765432", "1357902468", TOKEN)?;
    for size in SIZES {
        let push = push(size)?;
        let twin = Push::try_from(&push)?;
        let ours = || -> Made { Ok(prepare(&push, &account, now, &options)?.into_http()) };
        let theirs = || push_by_hand(&twin, now);
        same(&ours()?, &theirs()?)?;
        let outcome = contest.hold(ours, theirs)?;
        table.row(format!("build/{size}"), "stock-in push", outcome);
    }
    Ok(())
}

fn same(ours: &Request<Bytes>, theirs: &Request<Bytes>) -> Result<(), Box<dyn Error>> {
    let is_same = ours.method() == theirs.method()
        && ours.uri() == theirs.uri()
        && ours.headers() == theirs.headers()
        && ours.body() == theirs.body();
    if is_same {
        Ok(())
    } else {
        Err("by hand it is another request".into())
    }
}

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const SALT: &str = "fedcba9876543210fedcba9876543210";
const SECRET_AND_SALT: &str = "0123456789abcdef0123456789abcdef:fedcba9876543210fedcba9876543210";
const TOKEN: &str = "00112233445566778899aabbccddeeff";

/// Seconds of the flagship edition's year zero.
const YEAR_ZERO: i64 = 1_325_347_200;

fn order_by_hand(order: &Upload, now: BeijingTime) -> Made {
    let body = serde_json::to_string(&[order])?;
    let timestamp = (now.unix() - YEAR_ZERO).to_string();
    let system = [
        ("sid", "wdtapi3"),
        ("key", "wdt_test"),
        ("salt", SALT),
        ("method", "process.Process.upload"),
        ("v", "1.0"),
        ("timestamp", timestamp.as_str()),
    ];
    let mut signed = Vec::from(system);
    signed.push(("body", &body));
    signed.sort_unstable();
    let mut digest = Md5::new_with_prefix(SECRET);
    for (name, value) in signed {
        digest.update(name);
        digest.update(value);
    }
    digest.update(SECRET);
    let sign = hex(&digest.finalize(), b"0123456789abcdef");

    let address = "http://wdt.wangdian.cn/openapi?";
    let query = Serializer::for_suffix(address.to_owned(), address.len())
        .extend_pairs(system)
        .append_pair("sign", &sign)
        .finish();
    Ok(Request::post(query)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Bytes::from(body))?)
}

/// What a stock-in push holds here.
struct Push {
    stockin_bn: String,
    status: String,
    warehouse: String,
    operate_time: BeijingTime,
    remark: String,
    item: Vec<Item>,
}

impl TryFrom<&StockinStatusUpdate> for Push {
    type Error = Box<dyn Error>;

    fn try_from(push: &StockinStatusUpdate) -> Result<Push, Box<dyn Error>> {
        let push = push.clone();
        let missing = "a field is missing";
        Ok(Push {
            stockin_bn: push.stockin_bn.ok_or(missing)?,
            status: push.status.ok_or(missing)?.to_string(),
            warehouse: push.warehouse.ok_or(missing)?,
            operate_time: push.operate_time.ok_or(missing)?,
            remark: push.remark.ok_or(missing)?,
            item: serde_json::from_str(&serde_json::to_string(&push.item)?)?,
        })
    }
}

fn push_by_hand(push: &Push, now: BeijingTime) -> Made {
    let item = serde_json::to_string(&push.item)?;
    let (timestamp, operated) = (now.unix().to_string(), push.operate_time.to_string());
    let system = [
        ("flag", "erpapi"),
        ("app_id", "ecos.ome"),
        ("certi_id", "1357902468"),
        ("from_node_id", "1098765432"),
        ("node_id", "1234567890"),
        ("node_type", "ecos.ome"),
        ("timestamp", timestamp.as_str()),
        ("method", "wms.stockin.status_update"),
    ];
    let business = [
        ("stockin_bn", push.stockin_bn.as_str()),
        ("status", &push.status),
        ("warehouse", &push.warehouse),
        ("operate_time", &operated),
        ("remark", &push.remark),
        ("item", &item),
    ];
    let mut signed = [system.as_slice(), &business].concat();
    signed.sort_unstable();
    let mut digest = Md5::new();
    for (name, value) in signed {
        digest.update(name);
        digest.update(value);
    }
    let mut outer = Md5::new_with_prefix(hex(&digest.finalize(), UPPER));
    outer.update(TOKEN);
    let sign = hex(&outer.finalize(), UPPER);

    let body = Serializer::new(String::new())
        .extend_pairs(system)
        .append_pair("sign", &sign)
        .extend_pairs(business)
        .finish();
    Ok(Request::post("http://127.0.0.1/index.php/api")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Bytes::from(body))?)
}

const UPPER: &[u8; 16] = b"0123456789ABCDEF";

fn hex(bytes: &[u8], digits: &[u8; 16]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 0xF] {
            text.extend(digits.get(usize::from(nibble)).copied().map(char::from));
        }
    }
    text
}
