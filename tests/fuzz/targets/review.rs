//! `review` of `dockseal_tests::fuzz`.
#![no_main]

dockseal_fuzz::fuzz!("review");
