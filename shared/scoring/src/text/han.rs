//! In which other ways is a word of Chinese characters or kana written: by its sound, in other forms, in parts, backwards?

use super::chars::never_breaks;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Shortest word that is still recognised backwards or in the other kana, in characters: two are often a word both ways.
const TURNED_CHARS_MIN: usize = 3;

/// The characters that are common to all who write Chinese ones.
const HAN: RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// What is known about characters; read from `han.txt` when a text needs it first.
struct Characters {
    /// How each character of [`HAN`] sounds; empty when that is not known.
    sounds: Vec<&'static str>,
    traditional: HashMap<char, char>,
    simplified: HashMap<char, char>,
    parts: HashMap<char, &'static str>,
}

fn characters() -> &'static Characters {
    static CHARACTERS: OnceLock<Characters> = OnceLock::new();
    CHARACTERS.get_or_init(|| read(include_str!("han.txt")))
}

fn read(text: &'static str) -> Characters {
    let (mut sounds, mut traditional, mut simplified, mut parts) =
        (HashMap::<char, &'static str>::new(), HashMap::new(), HashMap::new(), HashMap::new());
    let mut section = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match section {
            _ if line.starts_with('[') => section = line,
            "[sounds]" => {
                let (sound, characters) = line.split_once(' ').unwrap_or((line, ""));
                sounds.extend(characters.chars().map(|c| (c, sound)));
            }
            "[traditional]" => {
                for (simple, full) in line.split(' ').filter_map(|pair| Some((pair.chars().next()?, pair.chars().nth(1)?))) {
                    traditional.insert(simple, full);
                    simplified.entry(full).or_insert(simple);
                }
            }
            _ => parts.extend(line.split(' ').filter_map(|entry| {
                let c = entry.chars().next()?;
                Some((c, &entry[c.len_utf8()..]))
            })),
        }
    }
    let sound_of = |c: char| sounds.get(&c).or_else(|| sounds.get(simplified.get(&c)?)).copied().unwrap_or("");
    let sounds = HAN.map(sound_of).collect();
    Characters { sounds, traditional, simplified, parts }
}

/// How a character sounds, without its tone: `gao`.
pub(super) fn sound(c: char) -> Option<&'static str> {
    let at = usize::try_from(u32::from(c).checked_sub(u32::from(*HAN.start()))?).ok()?;
    characters().sounds.get(at).copied().filter(|sound| !sound.is_empty())
}

/// How each character of a word sounds; `None` for a word of anything else.
pub(super) fn sounds(word: &str) -> Option<Vec<&'static str>> {
    word.chars().map(sound).collect()
}

/// Whether a character is one of Chinese, so that its sound says something.
pub(super) fn is_han(c: char) -> bool {
    HAN.contains(&c)
}

/// Other forms of a word: in traditional or simplified characters, a character in two parts, hiragana for katakana, backwards.
pub(crate) fn other_forms(word: &str) -> Vec<String> {
    if !word.chars().all(never_breaks) {
        return Vec::new();
    }
    let characters = characters();
    let mapped = |map: &HashMap<char, char>| word.chars().map(|c| map.get(&c).copied().unwrap_or(c)).collect::<String>();
    let mut forms = vec![mapped(&characters.traditional), mapped(&characters.simplified)];
    for (at, c) in word.char_indices() {
        if let Some(parts) = characters.parts.get(&c) {
            forms.push(format!("{}{parts}{}", &word[..at], &word[at + c.len_utf8()..]));
        }
    }
    let is_kana = |c: char| matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー');
    if word.chars().count() >= TURNED_CHARS_MIN {
        forms.push(word.chars().rev().collect());
        if word.chars().all(is_kana) {
            let hiragana =
                |c: char| char::from_u32(u32::from(c) - 0x60).filter(|_| matches!(c, '\u{30a1}'..='\u{30f4}')).unwrap_or(c);
            forms.push(word.chars().map(hiragana).collect());
        }
    }
    forms.retain(|form| form != word);
    forms.sort_unstable();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_sounds() {
        let check = |word: &str, expected: Option<&str>| {
            assert_eq!(sounds(word).map(|sounds| sounds.concat()).as_deref(), expected, "{word}");
        };
        check("高仿", Some("gaofang"));
        check("劳力士", Some("laolishi"));
        check("勞力士", Some("laolishi"));
        check("ロ", None);
        check("a", None);
    }

    #[test]
    fn words_have_other_forms() {
        let check =
            |word: &str, form: &str| assert!(other_forms(word).contains(&form.to_owned()), "{word}: {:?}", other_forms(word));
        check("劳力士", "勞力士");
        check("勞力士", "劳力士");
        check("劳力士", "士力劳");
        check("高仿", "高亻方");
        check("驴牌", "马户牌");
        check("グッチ", "ぐっち");
        check("ロレックス", "ろれっくす");
        assert_eq!(other_forms("gucci"), [""; 0]);
        assert!(!other_forms("高仿").contains(&"仿高".to_owned()));
    }
}
