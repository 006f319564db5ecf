//! Which chunks that follow each other may be one word in pieces?

use super::known::{IDEOGRAPHS_MIN, SPACED_LETTERS_MIN};
use super::shape::{Kinds, NON_ASCII, lone_letters};
use std::ops::Range;

/// Shortest run of chunks that is read, in bytes: a word has three letters, or two of three bytes each.
const CLUSTER_BYTES_MIN: usize = 3;

/// Chunks that follow each other and may be one word in pieces.
#[derive(Default)]
pub(super) struct Cluster {
    /// From the first of them to the last.
    pub(super) range: Range<usize>,
    /// Letters that stand alone, or chunks of other scripts.
    lone: usize,
    is_suspicious: bool,
    is_dense: bool,
    /// Whether they may be pieces: not when all of them are plain words with spaces between them.
    is_odd: bool,
    /// Whether the last one ends with what does not stand within a word, so that the next one may be a piece.
    is_cut: bool,
}

impl Cluster {
    /// Takes the next chunk.
    pub(super) fn add(&mut self, chunk: &Range<usize>, word: &[u8], kinds: Kinds, is_suspicious: bool, is_word: bool) {
        let start = if self.range.is_empty() { chunk.start } else { self.range.start };
        let is_dense = kinds & NON_ASCII != 0;
        self.range = start..chunk.end;
        self.lone += lone_letters(word) + usize::from(is_dense);
        self.is_suspicious |= is_suspicious;
        self.is_dense |= is_dense;
        self.is_odd |= self.is_cut || !is_word;
        self.is_cut = matches!(word.last(), Some(b'.' | b'?'));
    }

    /// Whether a known word may be read in it.
    pub(super) fn may_be_read(&self) -> bool {
        let lone_min = if self.is_dense { IDEOGRAPHS_MIN } else { SPACED_LETTERS_MIN };
        self.is_odd && self.range.len() >= CLUSTER_BYTES_MIN && (self.is_suspicious || self.lone >= lone_min)
    }
}
