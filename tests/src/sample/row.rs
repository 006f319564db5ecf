//! What does the generator hand out? A row of text fields as an export has them, and, apart from it, the truth.

use scoring::{Field, RawListing};
use std::ops::{Index, IndexMut};

/// The fields of a row as text; an empty one is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row([String; Field::ALL.len()]);

impl Index<Field> for Row {
    type Output = String;

    fn index(&self, field: Field) -> &String {
        &self.0[field as usize]
    }
}

impl IndexMut<Field> for Row {
    fn index_mut(&mut self, field: Field) -> &mut String {
        &mut self.0[field as usize]
    }
}

impl Row {
    /// As the scorer reads it.
    #[must_use]
    pub fn to_raw(&self) -> RawListing {
        let mut raw = RawListing::default();
        for field in Field::ALL {
            raw.set(field, self[field].as_str());
        }
        raw
    }
}

/// What a listing really is. It is never written to an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// Nothing wrong; the name of what it is, such as `second_hand`.
    Honest(&'static str),
    /// A copy; the name of how it is sold, such as `evasion`.
    Suspicious(&'static str),
}

impl Truth {
    /// Whether it is a copy.
    #[must_use]
    pub fn is_suspicious(self) -> bool {
        matches!(self, Self::Suspicious(_))
    }
}

/// A row with its truth.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What the export says.
    pub row: Row,
    /// What it is.
    pub truth: Truth,
}
