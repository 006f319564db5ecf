//! Which listings are nearly the same? Those whose titles share most of their words, however they are dressed up.
//!
//! A seller who posts one fake fifty times changes the order, a colour, a number or the letters; a reviewer wants to see it once.

use crate::limits::LIKENESS_MIN_PER_THOUSAND;
use crate::text::{Folded, is_word_char, never_breaks};
use unicode_security::skeleton;

/// What a title says, without order, case, look-alike letters, punctuation and numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Sorted and unique.
    words: Vec<u64>,
}

impl Sketch {
    /// Of a title. Where a script puts no space between words, pairs of letters take their place.
    #[must_use]
    pub fn of(title: &str) -> Self {
        let folded = Folded::of(title);
        let mut words = Vec::new();
        for word in folded.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty()) {
            let letters = word.chars().filter(|&c| never_breaks(c)).collect::<Vec<_>>();
            words.extend(letters.windows(2).map(|pair| hash(pair.iter().copied())));
            // Numbers are sizes, colours and counts; a title of numbers alone is what they say.
            let rest: String = word.chars().filter(|&c| letters.len() == 1 || !never_breaks(c)).collect();
            if rest.chars().any(|c| !c.is_ascii_digit()) {
                // Letters that look the same become the same (Unicode Technical Standard 39).
                words.push(hash(skeleton(&rest)));
            }
        }
        if words.is_empty() {
            words.push(hash(folded.chars().filter(|&c| is_word_char(c))));
        }
        words.sort_unstable();
        words.dedup();
        Self { words }
    }

    /// Whether two listings are nearly the same: of all their words, [`LIKENESS_MIN_PER_THOUSAND`] stand in both (Jaccard).
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let (mut shared, mut a, mut b) = (0, 0, 0);
        while let (Some(left), Some(right)) = (self.words.get(a), other.words.get(b)) {
            shared += usize::from(left == right);
            a += usize::from(left <= right);
            b += usize::from(right <= left);
        }
        let all = self.words.len() + other.words.len() - shared;
        shared * 1_000 >= all * LIKENESS_MIN_PER_THOUSAND
    }
}

/// FNV-1a, 64 bits: the same on every machine.
fn hash(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0xcbf2_9ce4_8422_2325, |hash, letter| (hash ^ u64::from(letter)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        let (a, b) = (Sketch::of(one), Sketch::of(other));
        assert_eq!((a.is_like(&b), b.is_like(&a)), (expected, expected), "{one} / {other}");
    }

    #[test]
    fn the_same_in_other_clothes_is_like() {
        let title = "Louis Vuitton Neverfull MM Monogram Bag 2023";
        check(title, title, true);
        check(title, "BAG, louis vuitton: Neverfull - MM (monogram) 2024!", true);
        check(title, "Lоuis Vuittоn Neverfull MM Mоnogram Bag", true); // Cyrillic о
        check(title, "Louis Vuitton Neverfull MM Monogram Bag new", true);
        check("Rolex Submariner 40mm watch", "Rolex Submariner 41mm watch", false);
        check("路易威登老花手提包女士2023新款", "路易威登老花手提包女士2024新款", true);
        check("12345", "12345", true);
    }

    #[test]
    fn another_model_is_not() {
        check("Louis Vuitton Neverfull bag", "Louis Vuitton Speedy bag", false);
        check("Nike Air Jordan 1 High", "Nike Air Max 90 Low", false);
        check("路易威登手提包", "古驰双肩包", false);
        check("12345", "54321", false);
        check("!!!", "Rolex", false);
    }
}
