//! One line for each fuzzed program.

pub use dockseal_tests::fuzz::target;
pub use libfuzzer_sys;

/// A program that runs the body of this name.
#[macro_export]
macro_rules! fuzz {
    ($name:literal) => {
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| {
            static BODY: std::sync::LazyLock<fn(&[u8])> =
                std::sync::LazyLock::new(|| $crate::target($name).expect("a body of this name").body);
            BODY(data);
        });
    };
}
