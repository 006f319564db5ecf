//! How do sellers of copies hide a word from a list of words and not from a buyer?

use super::rng::Rng;

/// Latin letters with a twin in Cyrillic.
const CYRILLIC: &[(char, char)] = &[
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('i', 'і'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
];

const LEET: &[(char, char)] = &[
    ('a', '@'),
    ('e', '3'),
    ('i', '1'),
    ('l', '1'),
    ('o', '0'),
    ('s', '$'),
    ('A', '4'),
    ('E', '3'),
    ('I', '1'),
    ('O', '0'),
    ('S', '5'),
];

/// Chinese words and what is written for them: the same sound, or the character taken apart.
const SOUNDS: &[(&str, &[&str])] = &[
    ("高仿", &["高房", "高彷", "g仿", "高亻方"]),
    ("复刻", &["复克", "付刻", "覆刻"]),
    ("A货", &["A貨", "Ａ huo", "a 货"]),
    ("精仿", &["精彷", "精 方"]),
    ("驴牌", &["马户牌", "🐴户"]),
];

/// Writes a word so that a plain search does not find it.
pub(super) fn disguise(rng: &mut Rng, word: &str) -> String {
    if !word.chars().any(|c| c.is_ascii_alphabetic()) {
        return disguise_characters(rng, word);
    }
    match rng.below(8) {
        0 => separated(word, " "),
        1 => separated(word, "."),
        2 => replaced(word, CYRILLIC),
        3 => separated(word, "\u{200b}"),
        4 => replaced(word, LEET),
        5 => word.chars().map(full_width).collect(),
        6 => word.chars().flat_map(|c| [Some(c), c.is_alphabetic().then_some('\u{336}')]).flatten().collect(),
        _ => separated(word, "\u{2060}"),
    }
}

fn disguise_characters(rng: &mut Rng, word: &str) -> String {
    for (known, spellings) in SOUNDS {
        if word.contains(known) && rng.chance(600) {
            return word.replace(known, rng.pick(spellings));
        }
    }
    separated(word, rng.pick(&["\u{200b}", " ", "·", "\u{200d}"]))
}

fn separated(word: &str, between: &str) -> String {
    let mut text = String::new();
    for c in word.chars() {
        if !text.is_empty() && c != ' ' {
            text.push_str(between);
        }
        text.push(c);
    }
    text
}

fn replaced(word: &str, twins: &[(char, char)]) -> String {
    word.chars().map(|c| twins.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
}

fn full_width(c: char) -> char {
    if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_plain_search_finds_nothing() {
        for word in ["Gucci", "replica", "高仿", "スーパーコピー", "реплика люкс", "1:1 顶级复刻"] {
            let found: BTreeSet<String> = (0..200).map(|seed| disguise(&mut Rng::new(seed), word)).collect();
            assert!(!found.contains(word), "{word}");
            assert!(found.len() >= 3, "{word}: {found:?}");
        }
    }
}
