//! The ways in which a request can be misused, and what the compiler says of each.
//!
//! `TRYBUILD=overwrite cargo test -p dockseal-misuse` writes the expected messages anew.

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}
