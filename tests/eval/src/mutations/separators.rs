//! Which characters can be put between letters so that the eye still joins them?

use super::unseen::between;
use super::{Random, letters};

/// Shortest word whose letters stay one word when set apart; Chinese and Hangul say as much in two.
fn is_long_enough(word: &str) -> bool {
    letters(word) >= if word.chars().any(|c| c >= '\u{2e80}') { 2 } else { 3 }
}

fn separated(word: &str, separator: &str) -> Option<String> {
    is_long_enough(word).then(|| between(word, || separator.to_owned()))?
}

pub(super) fn spaces(word: &str, _: &mut Random) -> Option<String> {
    // A wider gap between words keeps them apart.
    let word = word.replace(' ', "   ");
    separated(&word, " ")
}

pub(super) fn dots(word: &str, _: &mut Random) -> Option<String> {
    separated(word, ".")
}

pub(super) fn hyphens(word: &str, _: &mut Random) -> Option<String> {
    separated(word, "-")
}

pub(super) fn slashes(word: &str, _: &mut Random) -> Option<String> {
    separated(word, "/")
}

pub(super) fn underscores(word: &str, _: &mut Random) -> Option<String> {
    separated(word, "_")
}

pub(super) fn asterisks(word: &str, _: &mut Random) -> Option<String> {
    separated(word, "*")
}

pub(super) fn mixed(word: &str, random: &mut Random) -> Option<String> {
    is_long_enough(word)
        .then(|| between(word, || random.pick(&[".", "-", "_", "/", "*", "~", "|", "+"]).unwrap_or(".").to_owned()))?
}

const EMOJI: [&str; 6] = ["🔥", "⭐", "❤\u{fe0f}", "✨", "👜", "💎"];

pub(super) fn emoji_around(title: &str, random: &mut Random) -> Option<String> {
    let mut out = String::new();
    for word in title.split(' ') {
        out.push_str(random.pick(&EMOJI)?);
        out.push(' ');
        out.push_str(word);
        out.push(' ');
    }
    out.push_str(random.pick(&EMOJI)?);
    Some(out)
}

pub(super) fn emoji(word: &str, random: &mut Random) -> Option<String> {
    let emoji = random.pick(&EMOJI)?;
    separated(word, emoji)
}

/// Inside the longest run of letters, where at least two stay on each side; one for Chinese.
fn inside(word: &str, random: &mut Random, new: impl Fn(char) -> String) -> Option<String> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let margin = if word.chars().any(|c| c >= '\u{2e80}') { 1 } else { 2 };
    let is_inner = |at: usize| {
        let around = at.checked_sub(margin).and_then(|from| chars.get(from..at + margin));
        around.is_some_and(|around| around.iter().all(|(_, c)| c.is_alphabetic()))
    };
    let places: Vec<usize> = (0..chars.len()).filter(|at| is_inner(*at)).collect();
    let (at, c) = chars[random.pick(&places)?];
    Some(format!("{}{}{}", &word[..at], new(c), &word[at + c.len_utf8()..]))
}

pub(super) fn one(word: &str, random: &mut Random) -> Option<String> {
    let sign = random.pick(&[".", "_", "*", "~"])?;
    (letters(word) >= 5 || is_long_enough(word) && !word.is_ascii()).then(|| inside(word, random, |c| format!("{sign}{c}")))?
}

pub(super) fn newlines(word: &str, random: &mut Random) -> Option<String> {
    (letters(word) >= 5 || is_long_enough(word) && !word.is_ascii()).then(|| inside(word, random, |c| format!("\n{c}")))?
}

pub(super) fn censored(word: &str, random: &mut Random) -> Option<String> {
    // Of few letters, too many words fit.
    (letters(word) >= 6 && word.is_ascii()).then(|| inside(word, random, |_| "*".to_owned()))?
}
