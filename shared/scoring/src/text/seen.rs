//! Which words were looked at before and disguise nothing? Most words of a text were in another one a moment ago.

/// Longest word that is remembered, in bytes: what is compared at once, less one for the length.
const WORD_BYTES_MAX: u32 = 15;
/// Two to the power of this many words are remembered: 64 kB, within the second cache beside what is searched.
const SLOT_BITS: u32 = 12;

/// The words of a text, up to the next space. A word takes the place of another with the same hash. The default remembers nothing.
#[derive(Debug, Default)]
pub struct SeenWords {
    slots: Vec<u128>,
}

/// A word, with its length in the upper byte; never zero.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed(u128);

/// In the upper byte: the word is no other spelling of a known one, which is not asked for everywhere.
const IS_NO_SPELLING: u128 = 0x80 << 120;

impl Packed {
    /// The word at the beginning of a text, up to a space. `None` when it is empty or too long, or the text ends too soon to tell.
    #[inline]
    pub(super) fn at_start_of(bytes: &[u8]) -> Option<Self> {
        const LOWER: u128 = u128::from_le_bytes([0x01; 16]);
        const UPPER: u128 = u128::from_le_bytes([0x80; 16]);
        let bytes = u128::from_le_bytes(*bytes.first_chunk()?);
        // The lowest of the bits that are left is that of the first space.
        let others = bytes ^ u128::from_le_bytes([b' '; 16]);
        let spaces = others.wrapping_sub(LOWER) & !others & UPPER;
        let length = spaces.trailing_zeros() / 8;
        (1..=WORD_BYTES_MAX).contains(&length).then(|| Self(bytes & ((1 << (8 * length)) - 1) | u128::from(length) << 120))
    }

    pub(super) fn len(self) -> usize {
        usize::from(self.0.to_le_bytes()[15] & 0x7f)
    }

    #[allow(clippy::cast_possible_truncation)] // both halves are mixed, and the upper bits are the good ones
    fn slot(self) -> usize {
        let hash = (self.0 as u64 ^ ((self.0 >> 64) as u64).rotate_left(31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (hash >> (64 - SLOT_BITS)) as usize
    }
}

impl SeenWords {
    /// Remembers some thousand words.
    #[must_use]
    pub fn new() -> Self {
        Self { slots: vec![0; 1 << SLOT_BITS] }
    }

    /// Whether a word was seen, and where that counts, found to be no spelling of another.
    #[inline]
    pub(super) fn has(&self, word: Packed, as_no_spelling: bool) -> bool {
        let is_seen = |seen: &u128| *seen == word.0 | IS_NO_SPELLING || (!as_no_spelling && *seen == word.0);
        self.slots.get(word.slot()).is_some_and(is_seen)
    }

    pub(super) fn insert(&mut self, word: Packed, is_no_spelling: bool) {
        if let Some(slot) = self.slots.get_mut(word.slot()) {
            *slot = if is_no_spelling { word.0 | IS_NO_SPELLING } else { word.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_seen_as_what_it_was_found_to_be() {
        let mut seen = SeenWords::new();
        let word = |text: &str| Packed::at_start_of(text.as_bytes());
        let bag = word("bag, of Gucci make").unwrap();
        assert!(!seen.has(bag, false));
        seen.insert(bag, false);
        assert_eq!((seen.has(bag, false), seen.has(bag, true)), (true, false));
        seen.insert(bag, true);
        assert_eq!((seen.has(bag, false), seen.has(bag, true)), (true, true));
        for other in ["bag of Gucci make, new", "bags of Gucci make, new", "bag,, of Gucci make, new"] {
            assert!(!seen.has(word(other).unwrap(), false), "{other}");
        }
    }

    #[test]
    fn only_whole_words_are_packed() {
        let check = |text: &str, length: Option<usize>| {
            assert_eq!(Packed::at_start_of(text.as_bytes()).map(Packed::len), length, "{text}");
        };
        check("b and more of the text", Some(1));
        check("fifteen-letters and more", Some(15));
        check("sixteen-letters- and more", None);
        check(" a space before a word", None);
        check("a text that ends", Some(1));
        check("it ends too soon", Some(2));
        check("ends too soon", None);
    }
}
