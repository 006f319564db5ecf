//! `replica_term_misspelled`: a word is one letter away from "replica" and means nothing else.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::{Span, View};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "replica_term_misspelled",
    group: Group::Wording,
    meaning: "a word is one letter away from a word for copies",
    source: "character likeness to known replica wording; sellers change a letter to pass filters",
    counter_example: "\"limitation\", \"replicate\" and words of other languages that are one letter away",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Words for copies, folded, that are long enough to be known with a letter wrong.
const WORDS: &[&str] =
    &["replica", "replicas", "superfake", "counterfeit", "knockoff", "superclone", "topreplica", "реплика", "реплики"];
/// Words one letter away that are words themselves.
const HONEST: &[&str] = &[
    "replicas",
    "replica",
    "replicar",
    "replical",
    "replico",
    "replice",
    "replici",
    "replicam",
    "replicat",
    "replika",
    "replicon",
    "реплика",
    "реплики",
    "реплику",
    "реплике",
    "реплик",
    "knockoffs",
    "counterfeits",
    "superfakes",
    "counterfeiter",
    "repliche",
    "replicai",
    "replique",
];

/// The shortest of them with one letter too few, in bytes.
const BYTES_MIN: usize = 6;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || reading.is_in(&["media"]) {
        return None;
    }
    let text = reading.folded(View::Plain).text();
    let found = reading.words_of(Field::Title).find(|word| is_near(word))?;
    let start = found.as_ptr() as usize - text.as_ptr() as usize;
    let (start, end) = (u32::try_from(start).ok()?, u32::try_from(start + found.len()).ok()?);
    let span = Span { view: View::Plain, start, end };
    // What is read as a word of the lexicon already needs no guess.
    let is_known = reading.terms.iter().any(|term_use| term_use.span.overlaps(span)) || reading.denied.is_some();
    (!is_known)
        .then(|| Finding::words(span, 1000, format!("'{}' is one letter away from a word for copies", reading.quoted(span))))?
}

fn is_near(word: &str) -> bool {
    word.len() >= BYTES_MIN
        && WORDS.iter().any(|known| may_be(word, known) && *known != word && is_one_edit_away(word, known))
        && !HONEST.contains(&word)
}

/// Whether the length and the first letter fit.
fn may_be(word: &str, known: &str) -> bool {
    known.len().abs_diff(word.len()) <= 2 && known.as_bytes().first() == word.as_bytes().first()
}

/// Whether one letter is missing, too many, wrong or swapped with the next.
fn is_one_edit_away(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let (one, other) = (&one[common..], &other[common..]);
    let rest = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    let (a, b) = (&one[rest(one)..], &other[rest(other)..]);
    let swapped = || {
        let (mut x, mut y) = (one.chars(), other.chars());
        let (x1, x2, y1, y2) = (x.next(), x.next(), y.next(), y.next());
        x1.is_some() && x2.is_some() && x1 == y2 && x2 == y1 && x.as_str() == y.as_str()
    };
    // A word that only begins differently is another word ("deplica" is rare, "refits" is not).
    common > 0 && (a == b || one == b || a == other || swapped())
}
