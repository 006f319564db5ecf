//! How is text made comparable, so that a word is found however it is dressed up, without losing where it stood?

mod alike;
mod chars;
mod cluster;
mod decode;
mod fold;
mod han;
mod hangul;
mod known;
mod seen;
mod shape;
mod sound;
mod spellings;
mod undo;
mod walk;

pub use fold::{Folded, Part};
pub use known::{KnownWords, Worth};
pub use seen::SeenWords;
pub use undo::undo;

pub(crate) use chars::{is_picture, is_word_char, look_alike, never_breaks};
pub(crate) use han::other_forms;

/// A way of writing a word so that a plain search misses it. Found while folding or undone afterwards; a hit remembers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trick {
    /// An invisible character inside a word: `Gu<U+200B>cci`.
    Invisible,
    /// Letters of a mathematical, circled or full-width alphabet: `ＧＵＣＣＩ`, `𝐆𝐮𝐜𝐜𝐢`.
    Styled,
    /// Marks struck through or stacked over letters: `G̶u̶c̶c̶i̶`.
    Marked,
    /// Letters as codes, or markup between them: `&#71;ucci`, `G<b>ucci</b>`.
    Encoded,
    /// Letters of another script that look the same: Cyrillic `с` in `Guссi` (Unicode Technical Standard 39).
    LookAlike,
    /// Letters set apart: `G u c c i`, `G.u.c.c.i`.
    Spaced,
    /// Digits or signs for letters: `R0lex`, `Ch@nel`.
    Leet,
    /// Letters repeated: `Guuucci`.
    Repeated,
    /// A sign put into a word: `Gu.cci`, or in place of one of its letters: `G*cci`.
    Censored,
    /// A letter too few, too many or wrong, or two swapped: `Adidsa`.
    Misspelt,
    /// Backwards, without vowels, or in the letters of another alphabet: `iccuG`, `Blncg`, `Гуцци`.
    Respelt,
    /// Words that are not set apart as they should be: `NewGucciBag`, `Louis/Vuitton`.
    Joined,
}
