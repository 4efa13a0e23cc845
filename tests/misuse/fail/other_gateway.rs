use dockseal::BeijingTime;
use dockseal::send::{Options, prepare};
use dockseal::wangdian_enterprise::Credentials;
use dockseal::wangdian_flagship::ProcessUpload;

fn send(order: &ProcessUpload, credentials: &Credentials, now: BeijingTime) {
    let _ = prepare(order, credentials, now, &Options::default());
}

fn main() {}
