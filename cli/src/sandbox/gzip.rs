//! Two gzip bodies that need no compressor: one that stores, and a bomb.

use bytes::Bytes;

const HEADER: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

/// A well-formed gzip body of these bytes, stored as they are.
pub(super) fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut out = HEADER.to_vec();
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    if blocks.peek().is_none() {
        out.extend([1, 0, 0, 0xFF, 0xFF]);
    }
    while let Some(block) = blocks.next() {
        out.push(u8::from(blocks.peek().is_none()));
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    out.extend(crc32(bytes).to_le_bytes());
    // The length is kept modulo 2^32.
    out.extend(
        u32::try_from(bytes.len() & 0xFFFF_FFFF)
            .unwrap_or_default()
            .to_le_bytes(),
    );
    out
}

/// A gzip body of [`BOMB_SIZE`] zeros: what stands before the repeated block, the block, how often,
/// and what stands behind.
pub(super) fn bomb() -> (Bytes, Bytes, u32, Bytes) {
    // One final block with the fixed code: a literal zero, then copies of 258 zeros at distance 1,
    // which take 13 bits each; eight of them fill 13 bytes.
    const COPIES: [u8; 13] = [
        0x18, 0x05, 0xA3, 0x60, 0x14, 0x8C, 0x82, 0x51, 0x30, 0x0A, 0x46, 0xC1, 0x28,
    ];
    const PER_BLOCK: u32 = 63;
    let mut head = HEADER.to_vec();
    head.push(0x63);
    let block = COPIES.repeat(63);
    let mut tail = COPIES.repeat(usize::try_from(GROUPS % PER_BLOCK).unwrap_or_default());
    tail.extend([0, 0]);
    tail.extend(BOMB_CRC.to_le_bytes());
    tail.extend(BOMB_SIZE.to_le_bytes());
    (head.into(), block.into(), GROUPS / PER_BLOCK, tail.into())
}

/// Groups of eight copies.
const GROUPS: u32 = 65_026;
/// Zeros that the bomb unpacks to.
pub(super) const BOMB_SIZE: u32 = 1 + 258 * 8 * GROUPS;
/// The CRC-32 of so many zeros.
const BOMB_CRC: u32 = 0xA33E_E23F;

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{bomb, crc32, stored};

    #[test]
    fn the_checksum_is_that_of_gzip() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn long_bodies_are_stored_in_blocks() {
        assert_eq!(stored(&[]).len(), 10 + 5 + 8);
        assert_eq!(
            stored(&vec![7; 70_000]).len(),
            10 + 5 + 65_535 + 5 + 4_465 + 8
        );
    }

    #[test]
    fn the_bomb_is_small_and_counts_its_zeros() {
        let (head, block, times, tail) = bomb();
        let size =
            head.len() + block.len() * usize::try_from(times).unwrap_or_default() + tail.len();
        assert!((800_000..900_000).contains(&size), "{size}");
        assert_eq!(super::BOMB_SIZE, 134_213_665);
    }
}
