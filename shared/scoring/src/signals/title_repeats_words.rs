//! `title_repeats_words`: the title says the same word again and again.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "title_repeats_words",
    group: Group::Presentation,
    meaning: "the title repeats a word to be found by it",
    source: "title quality rules that marketplaces publish for sellers",
    counter_example: "\"New York New York\"",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

const TIMES_MIN: usize = 3;
/// Shorter words are articles and units.
const BYTES_MIN: usize = 4;
/// Most words that are compared with each other, which bounds the work.
const WORDS_MAX: usize = 40;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() || reading.title_shape().words < 5 {
        return None;
    }
    let (mut words, mut count) = ([""; WORDS_MAX], 0);
    for word in reading.words_of(Field::Title).filter(|word| word.len() >= BYTES_MIN).take(WORDS_MAX) {
        words[count] = word;
        count += 1;
    }
    let words = &words[..count];
    let times = |of: &str| words.iter().filter(|word| **word == of).count();
    // A word that stands there often enough stands among those that the last ones follow.
    let firsts = &words[..(count + 1).saturating_sub(TIMES_MIN)];
    let repeated = firsts.iter().filter(|word| times(word) >= TIMES_MIN).min()?;
    let why = format!("the title says '{repeated}' {} times", times(repeated));
    Finding::words(reading.title_span()?, 1000, why)
}
