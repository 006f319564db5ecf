//! Which titles are near-identical? Those of one offer, posted many times with a word more, another size or other letters.

use crate::limits::SKETCH_FEATURES_MAX;
use crate::text::{Folded, SeenWords, is_word_char, look_alike, never_breaks, undo};
use crate::{Listing, Policy};
use std::ops::RangeInclusive;

/// What of a title is compared: its words in any order, folded and with disguises undone. Made by [`Policy::sketch`]: make it once,
/// compare it often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// Hashes of words, and of pairs of characters where words are not set apart; sorted, each once.
    features: Vec<u64>,
    /// Those among them that hold a digit and are no size: model numbers.
    models: Vec<u64>,
}

/// Least share of all features of two titles that both have (Jaccard index), in thousandths. Copies of an offer differ by one word of
/// five, or two of nine; one word of four is another kind of goods ("Louis Vuitton bag", "Louis Vuitton Neverfull bag").
///
/// Among the titles of 2,713 real listings offered as copies, this and [`REPLACED_MAX`] put 383 into 148 groups, the largest of 18. Read
/// one by one, groups hold one offer with a colour, "men" or "unisex" more or less, or its words in another order. What they should not
/// hold they hold where catalogue words that say nothing ("[Premium Quality]") make most of a title.
const SHARED_MIN: usize = 800;
/// Largest share of the shorter title's features that the longer one lacks, in thousandths. A word more is a copy of the offer; a word
/// for another is another offer: "Neverfull" for "Speedy".
const REPLACED_MAX: usize = 100;

/// Words beside which a number counts or measures and names no model, folded.
const MEASURES: &[&str] = &[
    // en and international
    "size",
    "sizes",
    "sz",
    "eu",
    "eur",
    "us",
    "uk",
    "cm",
    "mm",
    "ml",
    "oz",
    "inch",
    "color",
    "colors",
    "colour",
    "colours",
    "colorway",
    "colorways",
    "style",
    "styles",
    "pcs",
    "pc",
    "pack",
    "pairs",
    // fr, de, es, it, pt, tr
    "taille",
    "couleur",
    "couleurs",
    "gr",
    "grosse",
    "farbe",
    "farben",
    "talla",
    "colores",
    "taglia",
    "colori",
    "tamanho",
    "cores",
    "beden",
    "renk",
    // ru, ko
    "размер",
    "цвет",
    "цвета",
    "цветов",
    "사이즈",
    "색상",
];
/// The same in Chinese and Japanese, where a measure is one character.
const MEASURE_CHARS: &[char] = &['码', '碼', '号', '號', '色', '款', '寸', '双', '件', '元', '円'];
/// Sizes of clothes, folded.
const LETTER_SIZES: &[&str] = &["xs", "s", "m", "l", "xl", "xxl", "xxxl", "2xl", "3xl", "4xl"];
/// European shoe sizes, which end a title without a word beside them.
const SHOE_SIZES: RangeInclusive<u32> = 35..=48;

impl Sketch {
    /// Whether two titles are near-identical: the same words but for order, punctuation, case, look-alike letters, sizes, and a word more.
    /// Titles with different model numbers never are, nor are titles without words.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let fewest = self.features.len().min(other.features.len());
        let most = self.features.len().max(other.features.len());
        if fewest == 0 || fewest * 1_000 < most * SHARED_MIN {
            return false;
        }
        let shared = shared(&self.features, &other.features);
        let all = self.features.len() + other.features.len() - shared;
        shared * 1_000 >= all * SHARED_MIN && (fewest - shared) * 1_000 <= fewest * REPLACED_MAX && self.may_be_model_of(other)
    }

    /// Whether one title's model numbers are all in the other's.
    fn may_be_model_of(&self, other: &Self) -> bool {
        shared(&self.models, &other.models) == self.models.len().min(other.models.len())
    }
}

/// How many of two sorted lists are in both.
fn shared(one: &[u64], other: &[u64]) -> usize {
    let (mut at, mut beside, mut count) = (0, 0, 0);
    while at < one.len() && beside < other.len() {
        match one[at].cmp(&other[beside]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => beside += 1,
            std::cmp::Ordering::Equal => (at, beside, count) = (at + 1, beside + 1, count + 1),
        }
    }
    count
}

impl Policy {
    /// Prepares a title for comparison. Disguised names and words of the policy count as written plainly.
    #[must_use]
    pub fn sketch(&self, title: &str) -> Sketch {
        let (mut plain, mut undone) = (Folded::default(), Folded::default());
        let listing = Listing { title: title.to_owned(), ..Listing::default() };
        plain.fold(&listing);
        let is_undone = undo(&listing, &plain, self.known(), &mut SeenWords::default(), &mut undone);
        sketch(if is_undone { undone.text() } else { plain.text() })
    }
}

fn sketch(text: &str) -> Sketch {
    let words: Vec<&str> = words(text);
    let mut sketch = Sketch::default();
    for (at, word) in words.iter().enumerate() {
        if sketch.features.len() >= SKETCH_FEATURES_MAX {
            break;
        }
        if word.starts_with(never_breaks) {
            let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
            for (first, start) in starts.iter().enumerate().take((starts.len() - 1).max(1)) {
                let end = starts.get(first + 2).map_or(word.len(), |end| *end);
                sketch.features.push(hash(&word[*start..end]));
            }
        } else if !is_size(word, at.checked_sub(1).map(|before| words[before]), words.get(at + 1).copied()) {
            sketch.features.push(hash(word));
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                sketch.models.push(hash(word));
            }
        }
    }
    sketch.features.truncate(SKETCH_FEATURES_MAX);
    for list in [&mut sketch.features, &mut sketch.models] {
        list.sort_unstable();
        list.dedup();
    }
    sketch
}

/// Runs of letters and digits; a run of a script without spaces is a word of its own.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let kind = |c: char| (is_word_char(c) || never_breaks(c), never_breaks(c));
    let (mut start, mut before) = (0, (false, false));
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if kind(c) != before {
            if before.0 {
                words.push(&text[start..at]);
            }
            (start, before) = (at, kind(c));
        }
    }
    words
}

fn is_size(word: &str, before: Option<&str>, after: Option<&str>) -> bool {
    let Ok(number) = word.parse::<u32>() else { return LETTER_SIZES.contains(&word) };
    before.is_some_and(|before| MEASURES.contains(&before) || before.ends_with(MEASURE_CHARS))
        || after.map_or(SHOE_SIZES.contains(&number), |after| MEASURES.contains(&after) || after.starts_with(MEASURE_CHARS))
}

/// FNV-1a, 64 bits, the same on every machine; letters that look alike count as one.
fn hash(word: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for c in word.chars() {
        let plain = look_alike(c).unwrap_or(c);
        for byte in u32::from(plain).to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn copies_of_an_offer_are_alike_and_other_models_are_not() {
        let policy = Policy::embedded();
        let check = |one: &str, other: &str, expected: bool| {
            let (a, b) = (policy.sketch(one), policy.sketch(other));
            assert_eq!((a.is_like(&b), b.is_like(&a)), (expected, expected), "{one} / {other}");
        };
        let title = "Gucci GG Marmont small shoulder bag black leather";
        check(title, title, true);
        check(title, "BLACK leather shoulder bag, Gucci (small) GG-Marmont!!", true);
        check(title, "Guссi GG Marmont small shoulder bag black leather", true);
        check(title, "G u c c i GG Marmont small shoulder bag black leather", true);
        check(title, "𝐆𝐮𝐜𝐜𝐢 GG Marmont small shoulder bag bl\u{200b}ack leather", true);
        check(title, "Guuucci GG Marmont small shoulder bag black leather", true);
        check(title, "New Gucci GG Marmont small shoulder bag black leather", true);
        check(title, "Gucci GG Dionysus small shoulder bag black leather", false);
        check(title, "Gucci GG Marmont small shoulder bag", false);
        check(title, "Prada", false);
        // Sizes and counts tell no models apart, model numbers do.
        check("Nike Dunk Low Panda 42", "Nike Dunk Low Panda 43", true);
        check("Nike Dunk Low Panda size 9", "Nike Dunk Low Panda size 10", true);
        check("Nike Dunk Low Panda EU 36 (12 colours)", "Nike Dunk Low Panda EU 37 (9 colours)", true);
        check("Stussy Zipper Hoodie XL", "Stussy Zipper Hoodie M", true);
        check("Кроссовки Nike Dunk Low размер 9", "Кроссовки Nike Dunk Low размер 10", true);
        check("Nike Dunk Low 熊猫 42码", "Nike Dunk Low 熊猫 40码", true);
        check("Nike Air Jordan 1 Retro High OG Bred", "Nike Air Jordan 4 Retro High OG Bred", false);
        check("Nike Air Zoom Pegasus 37 running shoes", "Nike Air Zoom Pegasus 38 running shoes", false);
        check("Rolex Submariner Date 116610LN steel watch", "Rolex Submariner Date 126610LN steel watch", false);
        check("Apple iPhone 13 Pro", "Apple iPhone 15 Pro", false);
        // Short titles are alike only when they are the same.
        check("Armani", "ARMANI", true);
        check("Armani", "Armani belt", false);
        check("Louis Vuitton bag", "Louis Vuitton Neverfull bag", false);
        // Scripts without spaces.
        check("路易威登 老花 手提包 女士单肩斜挎包 经典款", "路易威登 老花 手提包 女士单肩斜挎包 经典款 现货", true);
        check("路易威登老花手提包女士单肩斜挎包经典款", "路易威登老花手提包女士单肩斜挎包经典款包邮", true);
        check("路易威登老花手提包女士单肩斜挎包经典款", "路易威登棋盘格钱包男士短款皮夹经典款", false);
        check("กระเป๋าสะพายข้างหลุยส์วิตตองแท้", "กระเป๋าสะพายข้างหลุยส์วิตตองแท้ๆ", true);
        check("กระเป๋าสะพายข้างหลุยส์วิตตองแท้", "รองเท้าผ้าใบไนกี้ผู้ชาย", false);
        // Without words there is nothing to compare.
        check("🔥🔥🔥", "🔥🔥🔥", false);
    }

    #[test]
    fn a_sketch_is_limited() {
        let words = |count: usize| (0..count).map(|at| format!("word{at}")).collect::<Vec<_>>().join(" ");
        let features = |title: &str| Policy::embedded().sketch(title).features.len();
        assert_eq!(features(&words(SKETCH_FEATURES_MAX)), SKETCH_FEATURES_MAX);
        assert_eq!(features(&words(SKETCH_FEATURES_MAX + 1)), SKETCH_FEATURES_MAX);
        assert!(features(&"驴牌高仿".repeat(SKETCH_FEATURES_MAX)) <= SKETCH_FEATURES_MAX);
    }

    proptest! {
        #[test]
        fn likeness_is_mutual(titles in proptest::collection::vec("\\PC{0,20}|(gucci|bag|1|42|驴牌|แท้| ){0,6}", 0..12)) {
            let policy = Policy::embedded();
            let sketches: Vec<_> = titles.iter().map(|title| policy.sketch(title)).collect();
            for one in &sketches {
                prop_assert!(one.is_like(one) || one.features.is_empty());
                prop_assert!(sketches.iter().all(|other| one.is_like(other) == other.is_like(one)));
            }
        }
    }
}
