//! How are words, addresses and sellers named by a number, the same on every machine?

use sha2::{Digest, Sha256};

/// FNV-1a, 64 bits, byte by byte.
#[derive(Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// `domain` keeps values of different sorts apart.
    pub(super) fn new(domain: u8) -> Self {
        Self(0xcbf2_9ce4_8422_2325).with(domain)
    }

    pub(super) fn with(self, byte: u8) -> Self {
        Self((self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    pub(super) fn with_all(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |hash, byte| hash.with(*byte))
    }

    pub(super) fn finish(self) -> u64 {
        mixed(self.0)
    }
}

/// Spreads a number over all bits (the last step of `SplitMix64`, Steele, Lea and Flood 2014).
pub(super) fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The first 64 bits of SHA-256 over salt and value. There are few enough telephone numbers to try them all, so that a plain hash of one
/// would be the number itself to anyone with patience.
pub(super) fn sealed(salt: u64, value: &str) -> u64 {
    let digest = Sha256::new().chain_update(salt.to_le_bytes()).chain_update(value).finalize();
    digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
