//! The `dockseal` program: `dockseal --help`.

fn main() {}
