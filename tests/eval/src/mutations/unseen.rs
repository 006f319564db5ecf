//! Which characters can be put between letters without being seen?

use super::{Random, letters};

/// Puts something behind every letter but the last of each word.
pub(super) fn between(word: &str, mut what: impl FnMut() -> String) -> Option<String> {
    let mut out = String::new();
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric()) {
            out.push_str(&what());
        }
    }
    (out.len() > word.len()).then_some(out)
}

/// Behind every letter.
fn behind(word: &str, mut what: impl FnMut() -> String) -> Option<String> {
    super::each_letter(word, |c| c.is_alphabetic().then(|| format!("{c}{}", what())))
}

fn one_of(random: &mut Random, of: &[char]) -> String {
    random.pick(of).map(String::from).unwrap_or_default()
}

pub(super) fn zero_width(word: &str, random: &mut Random) -> Option<String> {
    between(word, || one_of(random, &['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{180e}', '\u{034f}']))
}

pub(super) fn variation_selectors(word: &str, random: &mut Random) -> Option<String> {
    behind(word, || one_of(random, &['\u{fe00}', '\u{fe0e}', '\u{fe0f}', '\u{e0100}']))
}

pub(super) fn tag_characters(word: &str, random: &mut Random) -> Option<String> {
    between(word, || one_of(random, &['\u{e0061}', '\u{e0020}', '\u{e007f}']))
}

pub(super) fn soft_hyphens(word: &str, _: &mut Random) -> Option<String> {
    between(word, || "\u{ad}".to_owned())
}

/// Light: one or two marks, as in text that is still read. Marks of Hangul, kana and Thai would make other letters.
pub(super) fn combining_marks(word: &str, random: &mut Random) -> Option<String> {
    behind(word, || {
        (0..=random.below(2))
            .map(|_| one_of(random, &['\u{0301}', '\u{0316}', '\u{033d}', '\u{0347}', '\u{036f}', '\u{0489}', '\u{20dd}']))
            .collect()
    })
}

pub(super) fn struck_through(word: &str, random: &mut Random) -> Option<String> {
    let mark = one_of(random, &['\u{0335}', '\u{0336}', '\u{0337}', '\u{0338}', '\u{20e5}']);
    behind(word, || mark.clone())
}

pub(super) fn bidi_isolates(word: &str, random: &mut Random) -> Option<String> {
    let open = one_of(random, &['\u{2066}', '\u{2067}', '\u{2068}']);
    (letters(word) > 1).then(|| between(word, || format!("{open}\u{2069}")))?
}
