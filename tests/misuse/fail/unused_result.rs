#![deny(unused_must_use)]

use dockseal::Described as _;
use dockseal::wangdian_flagship::ProcessUploadDetail;

fn main() {
    let detail = ProcessUploadDetail::new("RAW-01", 1);
    detail.validate();
    detail.with_is_product(true);
}
