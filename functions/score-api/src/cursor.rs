//! How does a client come back for the next page? With a sealed token that tells nothing, cannot be made, and opens only
//! the question it was given for.

use crate::problem::{CURSOR_INVALID, Problem};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::Arc;

/// Fewest characters of a secret.
const SECRET_CHARS_MIN: usize = 32;

/// Seals and opens cursors.
#[derive(Clone)]
pub struct CursorKey(Arc<LessSafeKey>);

impl fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CursorKey")
    }
}

impl CursorKey {
    /// Of a secret of at least 32 characters; nothing for a shorter one.
    #[must_use]
    pub fn from_secret(secret: &str) -> Option<Self> {
        if secret.chars().count() < SECRET_CHARS_MIN {
            return None;
        }
        let digest = Sha256::new().chain_update("touchstone cursor ").chain_update(secret).finalize();
        let key = UnboundKey::new(&AES_256_GCM, &digest).expect("SHA-256 has the length of the key");
        Some(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// Seals a position for a question: who asks, and with which filters.
    ///
    /// # Errors
    /// [`Problem`] when the system has no randomness.
    pub(crate) fn seal(&self, position: &impl Serialize, question: &[&str]) -> Result<String, Problem> {
        let mut nonce = [0; NONCE_LEN];
        let failed = || Problem::new(crate::problem::INTERNAL, "a cursor could not be made");
        SystemRandom::new().fill(&mut nonce).map_err(|_| failed())?;
        let mut sealed = serde_json::to_vec(position).map_err(|_| failed())?;
        let aad = Aad::from(bound(question));
        self.0.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut sealed).map_err(|_| failed())?;
        Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// The position, when the cursor was sealed by this key for this question.
    ///
    /// # Errors
    /// `cursor.invalid`.
    pub(crate) fn open<T: DeserializeOwned>(&self, cursor: &str, question: &[&str]) -> Result<T, Problem> {
        let opened = || {
            let mut bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN)?;
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let position = self.0.open_in_place(nonce, Aad::from(bound(question)), sealed).ok()?;
            serde_json::from_slice(position).ok()
        };
        opened().ok_or_else(|| {
            Problem::new(CURSOR_INVALID, "ask without a cursor for the first page, and repeat the same filters for the next")
        })
    }
}

/// With their lengths, so that no two different questions read the same.
fn bound(question: &[&str]) -> Vec<u8> {
    question.iter().flat_map(|part| (part.len() as u64).to_le_bytes().into_iter().chain(part.bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(letter: &str) -> CursorKey {
        CursorKey::from_secret(&letter.repeat(SECRET_CHARS_MIN)).unwrap()
    }

    #[test]
    fn a_cursor_opens_the_question_it_was_given_for_and_no_other() {
        let cursor = key("a").seal(&"0000#A-17", &["kim", "rolex", ""]).unwrap();
        let open = |key: CursorKey, cursor: &str, question: &[&str]| key.open::<String>(cursor, question).ok();
        assert_eq!(open(key("a"), &cursor, &["kim", "rolex", ""]).as_deref(), Some("0000#A-17"));
        assert_eq!(open(key("b"), &cursor, &["kim", "rolex", ""]), None);
        for question in [&["lee", "rolex", ""][..], &["kim", "gucci", ""], &["kim", "", "rolex"], &["kimrolex", "", ""], &["kim"]]
        {
            assert_eq!(open(key("a"), &cursor, question), None, "{question:?}");
        }
        assert!(!cursor.contains("A-17") && CursorKey::from_secret(&"a".repeat(31)).is_none());
    }

    #[test]
    fn a_changed_cursor_opens_nothing() {
        let cursor = key("a").seal(&7, &[]).unwrap();
        for at in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(key("a").open::<u32>(&changed, &[]).is_err(), "{at}");
        }
        for cursor in ["", "AAAA", "not base64!", &"A".repeat(10_000)] {
            assert_eq!(key("a").open::<u32>(cursor, &[]).unwrap_err().code().name, "cursor.invalid");
        }
    }
}
