//! `xml_reply` of `dockseal_tests::fuzz`.
#![no_main]

dockseal_fuzz::fuzz!("xml_reply");
