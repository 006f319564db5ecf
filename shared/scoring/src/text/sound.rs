//! How does a word sound? Letters of three alphabets, each reduced to a few sounds that they have in common.

use super::spellings::MISSPELT_CHARS_MAX;

/// Most ways in which one word may sound or be written: two letters with two readings each are common, four are not.
const VARIANTS_MAX: usize = 16;
/// Shortest sound that is recognised.
const SOUND_CHARS_MIN: usize = 4;
/// Longest sound: two for each letter of the longest word that is looked at.
pub(super) const SOUND_CHARS_MAX: usize = 2 * MISSPELT_CHARS_MAX;

/// Latin letters and their sounds, the longest first. `c` and `ch` are read in two ways.
const LATIN: &[(&str, &[&str])] = &[
    ("sch", &["S"]),
    ("sh", &["S"]),
    ("ch", &["S", "h"]),
    ("ph", &["f"]),
    ("ck", &["k"]),
    ("ts", &["ts", "S"]),
    ("nt", &["nt", "d"]),
    ("mp", &["mp", "v"]),
    ("ou", &["ou", "u"]),
    ("ce", &["ke", "se"]),
    ("ci", &["ki", "si"]),
    ("x", &["ks"]),
    ("a", &["a"]),
    ("b", &["v"]),
    ("c", &["k"]),
    ("d", &["d"]),
    ("e", &["e"]),
    ("f", &["f"]),
    ("g", &["g"]),
    ("h", &["h"]),
    ("i", &["i"]),
    ("j", &["j"]),
    ("k", &["k"]),
    ("l", &["l"]),
    ("m", &["m"]),
    ("n", &["n"]),
    ("o", &["o"]),
    ("p", &["p"]),
    ("q", &["k"]),
    ("r", &["r"]),
    ("s", &["s"]),
    ("t", &["t"]),
    ("u", &["u"]),
    ("v", &["v"]),
    ("w", &["v"]),
    ("y", &["i"]),
    ("z", &["z"]),
];

/// How a Cyrillic or Greek letter sounds.
fn heard(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'я' | 'α' => "a",
        'б' | 'в' | 'β' => "v",
        'г' | 'γ' => "g",
        'д' | 'δ' => "d",
        'е' | 'э' | 'ε' => "e",
        'ж' => "j",
        'з' | 'ζ' => "z",
        'и' | 'й' | 'ы' | 'η' | 'ι' | 'υ' => "i",
        'к' | 'ц' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' => "s",
        'т' | 'τ' => "t",
        'у' | 'ю' => "u",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "h",
        'ч' | 'ш' | 'щ' => "S",
        'ъ' | 'ь' => "",
        'ξ' => "ks",
        _ => return None,
    })
}

/// How two letters sound that are heard as one.
fn heard_together(first: char, second: char) -> Option<&'static str> {
    Some(match (first, second) {
        ('д', 'ж') | ('τ', 'ζ') => "j",
        ('к', 'с') => "ks",
        ('μ', 'π') => "v",
        ('ν', 'τ') => "d",
        ('γ', 'κ') => "g",
        ('τ', 'σ') => "S",
        ('ο', 'υ') => "u",
        _ => return None,
    })
}

/// Cyrillic letters as they are written in Latin ones (ISO 9 and what people type).
const ROMANISED: &[(&str, &[&str])] = &[
    ("а", &["a"]),
    ("б", &["b"]),
    ("в", &["v"]),
    ("г", &["g"]),
    ("д", &["d"]),
    ("е", &["e"]),
    ("ж", &["zh"]),
    ("з", &["z"]),
    ("и", &["i"]),
    ("й", &["y", "j", "i"]),
    ("к", &["k"]),
    ("л", &["l"]),
    ("м", &["m"]),
    ("н", &["n"]),
    ("о", &["o"]),
    ("п", &["p"]),
    ("р", &["r"]),
    ("с", &["s"]),
    ("т", &["t"]),
    ("у", &["u"]),
    ("ф", &["f"]),
    ("х", &["h", "kh"]),
    ("ц", &["ts", "c"]),
    ("ч", &["ch"]),
    ("ш", &["sh"]),
    ("щ", &["sch", "shch"]),
    ("ъ", &[""]),
    ("ы", &["y", "i"]),
    ("ь", &[""]),
    ("э", &["e"]),
    ("ю", &["yu", "ju"]),
    ("я", &["ya", "ja"]),
];

/// The ways in which a Latin word sounds; none for a word of other letters.
pub(super) fn sounds(word: &str) -> Vec<Vec<char>> {
    let sounds = variants(word, LATIN).into_iter().map(|sound| without_doubles(sound.chars()));
    sounds.filter(|sound| sound.len() >= SOUND_CHARS_MIN).collect()
}

/// The ways in which a Cyrillic word is written in Latin letters; none for a word of other letters.
pub(super) fn romanised(word: &str) -> Vec<String> {
    variants(word, ROMANISED)
}

/// How a word of Cyrillic or Greek letters sounds; `None` for a word of other letters, and for one that is too long for the buffer.
pub(super) fn sound_of<'s>(word: &[char], sound: &'s mut [char; SOUND_CHARS_MAX]) -> Option<&'s [char]> {
    let (mut count, mut at) = (0, 0);
    while at < word.len() {
        let together = word.get(at + 1).and_then(|second| heard_together(word[at], *second));
        at += if together.is_some() { 2 } else { 1 };
        let heard = together.or_else(|| heard(word[at - 1]))?;
        for c in heard.chars() {
            // A sound that is written twice is heard once.
            if count == 0 || sound[count - 1] != c {
                *sound.get_mut(count)? = c;
                count += 1;
            }
        }
    }
    (count >= SOUND_CHARS_MIN).then_some(&sound[..count])
}

fn without_doubles(sound: impl Iterator<Item = char>) -> Vec<char> {
    let mut sound: Vec<char> = sound.collect();
    sound.dedup();
    sound
}

/// Every way to write a word by a table; none when the table lacks one of its letters.
fn variants(word: &str, table: &[(&str, &[&str])]) -> Vec<String> {
    let (mut ways, mut rest) = (vec![String::new()], word);
    while !rest.is_empty() {
        let Some((letters, readings)) = table.iter().find(|(letters, _)| rest.starts_with(letters)) else { return Vec::new() };
        let readings = if ways.len() * readings.len() > VARIANTS_MAX { &readings[..1] } else { readings };
        ways = ways.iter().flat_map(|way| readings.iter().map(move |reading| format!("{way}{reading}"))).collect();
        rest = &rest[letters.len()..];
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_sounds_the_same_in_every_alphabet() {
        let check = |latin: &str, other: &str| {
            let mut buffer = ['\0'; SOUND_CHARS_MAX];
            let sound = sound_of(&other.chars().collect::<Vec<_>>(), &mut buffer).unwrap().to_vec();
            assert!(sounds(latin).contains(&sound), "{latin} {:?}, {other} {sound:?}", sounds(latin));
        };
        check("gucci", "гукки");
        check("gucci", "гуцци");
        check("chanel", "шанел");
        check("chanel", "χανελ");
        check("rolex", "ρολεξ");
        check("balenciaga", "баленсиага");
        check("versace", "версаце");
        check("louisvuitton", "λουισβουιττον");
        assert!(sounds("驴").is_empty());
        assert!(sound_of(&['g'], &mut ['\0'; SOUND_CHARS_MAX]).is_none());
        assert!(sound_of(&['г', 'у'].repeat(SOUND_CHARS_MAX), &mut ['\0'; SOUND_CHARS_MAX]).is_none());
    }
}
