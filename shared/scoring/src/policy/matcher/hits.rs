//! What does a find say? Which words stand where, and what they mean.

use bitcode::{Decode, Encode};
use std::ops::Range;

/// Which of the texts a match was made in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum View {
    /// The folded text.
    Plain,
    /// The text with disguises undone.
    Undone,
}

/// A place in one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) view: View,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn contains(self, other: Self) -> bool {
        self.view == other.view && self.start <= other.start && other.end <= self.end
    }

    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.view == other.view && self.start < other.end && other.start < self.end
    }

    pub(crate) fn len(self) -> u32 {
        self.end - self.start
    }
}

/// How a word names a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub(crate) enum How {
    /// A name that means this brand by itself.
    Alias,
    /// A code word used instead of the name.
    Nickname,
    /// A misspelling that sellers use on purpose.
    Misspelling,
    /// A model line.
    Model,
    /// A short form or an ordinary word; counts only where the context fits.
    Short,
    /// The display name, whatever else it means; counts only where it fills the brand field.
    Name,
}

/// What a pattern stands for. The numbers are positions in the policy's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub(crate) enum Meaning {
    Brand {
        brand: u16,
        how: How,
    },
    /// A phrase that holds a brand's name and does not mean it.
    Trap {
        brand: u16,
    },
    Term {
        term: u16,
    },
    /// A phrase that holds a term's word and is harmless.
    Benign {
        term: u16,
    },
    Guard {
        guard: u16,
    },
    /// A phrase that holds a guard's word and is none.
    NoGuard {
        guard: u16,
    },
    Category {
        category: u8,
    },
    Kind {
        kind: u8,
    },
    /// A model of a brand whose price is known.
    Priced {
        model: u16,
    },
}

/// One meaning found at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) meaning: Meaning,
}
