//! The finished signature: a short hexadecimal text.

use std::fmt;

use subtle::ConstantTimeEq as _;
use zeroize::Zeroize;

use super::Case;

/// A signature: 32 or 64 hexadecimal digits, on the stack.
///
/// `Debug` does not show it: whoever has the message and its signature can send it again.
#[derive(Clone, Copy)]
pub struct Signature {
    digits: [u8; 64],
    len: usize,
}

impl Signature {
    /// The hexadecimal text of at most 32 bytes; more would be left out.
    pub(super) fn new(bytes: &[u8], case: Case) -> Self {
        let hex = match case {
            Case::Lower => b"0123456789abcdef",
            Case::Upper => b"0123456789ABCDEF",
        };
        // Half a byte has a digit whatever it is.
        let digit = |half: u8| {
            hex.get(usize::from(half & 0xF))
                .copied()
                .unwrap_or_default()
        };
        let mut digits = [0; 64];
        for (pair, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
            *pair = [digit(byte >> 4), digit(*byte)];
        }
        Self {
            digits,
            len: bytes.len().min(32) * 2,
        }
    }

    /// The text as sent.
    pub fn as_str(&self) -> &str {
        let digits = self.digits.get(..self.len).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }

    /// Whether `given` is exactly this text. The time taken does not tell where they differ.
    pub fn matches(&self, given: &str) -> bool {
        self.as_str().as_bytes().ct_eq(given.as_bytes()).into()
    }
}

impl Zeroize for Signature {
    fn zeroize(&mut self) {
        self.digits.zeroize();
        self.len.zeroize();
    }
}

impl AsRef<str> for Signature {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(..)")
    }
}
