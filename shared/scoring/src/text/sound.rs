//! How does a word sound? Letters of three alphabets, each reduced to a few sounds that they have in common.

/// Most ways in which one word may sound or be written: two letters with two readings each are common, four are not.
const VARIANTS_MAX: usize = 16;
/// Shortest sound that is recognised.
const SOUND_CHARS_MIN: usize = 4;

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

/// Cyrillic and Greek letters, the longest first.
const OTHERS: &[(&str, &str)] = &[
    ("дж", "j"),
    ("кс", "ks"),
    ("а", "a"),
    ("б", "v"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("е", "e"),
    ("ж", "j"),
    ("з", "z"),
    ("и", "i"),
    ("й", "i"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ф", "f"),
    ("х", "h"),
    ("ц", "k"),
    ("ч", "S"),
    ("ш", "S"),
    ("щ", "S"),
    ("ъ", ""),
    ("ы", "i"),
    ("ь", ""),
    ("э", "e"),
    ("ю", "u"),
    ("я", "a"),
    ("μπ", "v"),
    ("ντ", "d"),
    ("γκ", "g"),
    ("τζ", "j"),
    ("τσ", "S"),
    ("ου", "u"),
    ("α", "a"),
    ("β", "v"),
    ("γ", "g"),
    ("δ", "d"),
    ("ε", "e"),
    ("ζ", "z"),
    ("η", "i"),
    ("ι", "i"),
    ("κ", "k"),
    ("λ", "l"),
    ("μ", "m"),
    ("ν", "n"),
    ("ξ", "ks"),
    ("ο", "o"),
    ("π", "p"),
    ("ρ", "r"),
    ("σ", "s"),
    ("τ", "t"),
    ("υ", "i"),
    ("φ", "f"),
    ("χ", "h"),
    ("ω", "o"),
];

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

/// How a word of Cyrillic or Greek letters sounds; `None` for a word of other letters.
pub(super) fn sound_of(word: &[char]) -> Option<Vec<char>> {
    // Most words of other scripts leave here.
    if !word.iter().all(|c| matches!(c, 'α'..='ω' | 'а'..='я')) {
        return None;
    }
    let (mut sound, mut at) = (String::new(), 0);
    while at < word.len() {
        let fits = |(letters, _): &&(&str, &str)| letters.chars().zip(at..).all(|(c, at)| word.get(at) == Some(&c));
        let (letters, heard) = OTHERS.iter().find(fits)?;
        sound.push_str(heard);
        at += letters.chars().count();
    }
    Some(without_doubles(sound.chars())).filter(|sound| sound.len() >= SOUND_CHARS_MIN)
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
            let sound = sound_of(&other.chars().collect::<Vec<_>>()).unwrap();
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
        assert!(sound_of(&['g']).is_none());
    }
}
