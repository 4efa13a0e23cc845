//! A request from its making to its reply, as the README shows it.
#![deny(warnings)]

use dockseal::http::StatusCode;
use dockseal::reply::{CallError, read_reply};
use dockseal::send::{Options, prepare};
use dockseal::wangdian_flagship::{
    Credentials, ProcessUpload, ProcessUploadDetail, ProcessUploadStatus, ProcessUploadType,
};
use dockseal::{BeijingTime, Decimal, Described as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::new("sid", "key", "secret:salt")?;
    let order = ProcessUpload::new(
        "WH-OUT",
        "WH-IN",
        "admin",
        "SC001",
        1,
        vec![
            ProcessUploadDetail::new("RAW-01", Decimal::new(25, 1)),
            ProcessUploadDetail::new("GOODS-01", 1).with_is_product(true),
        ],
    )
    .with_type(ProcessUploadType::Quick);
    order.validate()?;
    let now = BeijingTime::new(2024, 1, 2, 3, 4, 5)?;
    let signed = prepare(&order, &credentials, now, &Options::default())?;
    assert!(
        signed
            .http()
            .uri()
            .query()
            .is_some_and(|query| query.contains("sign="))
    );

    let body =
        br#"{"status":0,"data":{"process_id":1,"process_no":"P","status":20,"message":"m"}}"#;
    match read_reply::<ProcessUpload>(StatusCode::OK, None, body) {
        Ok(data) => match data.status {
            ProcessUploadStatus::Done => println!("{}", data.process_no),
            ProcessUploadStatus::Unknown(code) => println!("{code}"),
            other => println!("{}", other.label()),
        },
        Err(CallError::Throttled { wait, .. }) => println!("{wait:?}"),
        Err(CallError::Partial { failure, reply }) => {
            println!(
                "{failure}: {}",
                reply.data.map_or(0, |data| data.process_id)
            );
        }
        Err(error) => println!("{error}"),
    }
    Ok(())
}
