//! `json_reply` of `dockseal_tests::fuzz`.
#![no_main]

dockseal_fuzz::fuzz!("json_reply");
