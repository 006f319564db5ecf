//! What can be done to the number and order of letters?

use super::{Random, letters};

/// One word of the telling words, the longest, changed.
fn longest(word: &str, least: usize, change: impl FnOnce(&[char]) -> Option<String>) -> Option<String> {
    let longest = word.split(|c: char| !c.is_alphabetic()).max_by_key(|piece| piece.chars().count())?;
    let chars: Vec<char> = longest.chars().collect();
    let at = word.find(longest)?;
    // Syllables and ideographs are more than letters.
    (chars.len() >= least && chars.iter().all(|c| *c < '\u{0600}'))
        .then(|| change(&chars))?
        .map(|new| format!("{}{new}{}", &word[..at], &word[at + longest.len()..]))
}

pub(super) fn repeats(word: &str, random: &mut Random) -> Option<String> {
    longest(word, 4, |chars| {
        let at = random.below(chars.len());
        let times = 3 + random.below(3);
        let before: String = chars[..at].iter().collect();
        let behind: String = chars[at + 1..].iter().collect();
        Some(format!("{before}{}{behind}", chars[at].to_string().repeat(times)))
    })
}

/// It stays readable with four consonants left.
pub(super) fn dropped_vowels(word: &str, _: &mut Random) -> Option<String> {
    longest(word, 5, |chars| {
        let left: String = chars
            .iter()
            .filter(|c| !"aeiouáéíóúâêôãõàèìòùüöäаеёиоуыэюяı".contains(c.to_lowercase().next().unwrap_or(**c)))
            .collect();
        (left.chars().count() >= 4 && left.chars().count() < chars.len()).then_some(left)
    })
}

pub(super) fn swapped(word: &str, random: &mut Random) -> Option<String> {
    longest(word, 6, |chars| {
        // Not the first letter, by which a word is recognised, and not twins.
        let places: Vec<usize> = (1..chars.len() - 1).filter(|at| chars[*at] != chars[at + 1]).collect();
        let at = random.pick(&places)?;
        let mut chars = chars.to_vec();
        chars.swap(at, at + 1);
        Some(chars.into_iter().collect())
    })
}

/// What an error may make of a name, and is a name of its own: nobody reads Carter as Cartier.
const NAMES: &[&str] = &["carter"];

pub(super) fn one_typo(word: &str, random: &mut Random) -> Option<String> {
    longest(word, 7, |chars| {
        let at = 1 + random.below(chars.len() - 1);
        let mut chars = chars.to_vec();
        match random.below(3) {
            0 => drop(chars.remove(at)),
            1 => chars.insert(at, chars[at]),
            _ => chars[at] = if chars[at] == 'e' { 'a' } else { 'e' },
        }
        Some(chars.into_iter().collect::<String>()).filter(|new| !NAMES.contains(&new.to_lowercase().as_str()))
    })
}

/// Short words are other words backwards: "نايك" is "entity".
pub(super) fn reversed(word: &str, _: &mut Random) -> Option<String> {
    let least = |piece: &str| if piece.chars().any(|c| c >= '\u{2e80}') { 3 } else { 5 };
    let is_word = word.chars().all(|c| c.is_alphabetic() || c == ' ' || c == 'ー');
    (is_word && word.split(' ').all(|piece| letters(piece) >= least(piece)))
        .then(|| word.split(' ').map(|piece| piece.chars().rev().collect::<String>()).collect::<Vec<_>>().join(" "))
}

pub(super) fn bidi_reversed(word: &str, _: &mut Random) -> Option<String> {
    (letters(word) >= 3).then(|| format!("\u{202e}{}\u{202c}", word.chars().rev().collect::<String>()))
}

pub(super) fn joined(title: &str, _: &mut Random) -> Option<String> {
    let mut out = String::new();
    for word in title.split(' ') {
        let mut chars = word.chars();
        out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        out.extend(chars);
    }
    // Without capitals, nobody could read it.
    let is_cased = title.split(' ').filter(|word| word.starts_with(|c: char| c.is_lowercase() || c.is_uppercase())).count();
    (is_cased * 2 > title.split(' ').count()).then_some(out)
}
