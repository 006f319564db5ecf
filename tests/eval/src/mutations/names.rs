//! In which other letters can a name be spelt?

use super::{Random, each_letter, letters};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// The names of one brand, as its file in the policy gives them.
#[derive(Default)]
pub struct Names {
    aliases: Vec<String>,
    /// All that names it: aliases, short forms, code words and model lines.
    all: Vec<String>,
}

#[derive(Deserialize)]
struct BrandFile {
    aliases: Vec<String>,
    #[serde(default)]
    short: Vec<String>,
    #[serde(default)]
    nicknames: Vec<String>,
    #[serde(default)]
    models: Vec<String>,
}

impl Names {
    /// The names of a brand by its id, from the files of a policy; none for a brand that there is not.
    #[must_use]
    pub fn of(policy: &BTreeMap<String, String>, brand: &str) -> Self {
        let text = policy.get(&format!("brands/{brand}.toml"));
        let Some(file) = text.and_then(|text| toml::from_str::<BrandFile>(text).ok()) else { return Self::default() };
        let all = [file.aliases.as_slice(), &file.short, &file.nicknames, &file.models].concat();
        Self { aliases: file.aliases, all }
    }

    /// Where the names stand in a text.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for (at, _) in text.char_indices() {
            if text[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric()) {
                continue;
            }
            for name in &self.all {
                let same = text.get(at..at + name.len()).is_some_and(|here| here.to_lowercase() == name.to_lowercase());
                if same && !text[at + name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
                    found.push(at..at + name.len());
                }
            }
        }
        found
    }
}

fn script(word: &str) -> u32 {
    // Blocks of 256 characters tell scripts apart well enough here.
    word.chars().find(|c| c.is_alphabetic()).map_or(0, |c| match u32::from(c) {
        0..0x300 => 0,
        0x4e00..0xa000 => 0x4e,
        0xac00..0xd7b0 => 0xac,
        code => code / 256,
    })
}

pub(super) fn other_script(word: &str, names: &Names, random: &mut Random) -> Option<String> {
    let is_alias = names.aliases.iter().any(|alias| alias.to_lowercase() == word.to_lowercase());
    let others: Vec<&str> = names.aliases.iter().map(String::as_str).filter(|alias| script(alias) != script(word)).collect();
    random.pick(&others).filter(|_| is_alias).map(str::to_owned)
}

fn spelt(word: &str, least: usize, table: &[(&str, &[&str])], random: &mut Random) -> Option<String> {
    if letters(word) < least || word.contains(|c: char| c.is_numeric()) {
        return None;
    }
    let lower = word.to_lowercase();
    let (mut out, mut rest, mut any) = (String::new(), lower.as_str(), false);
    while let Some(c) = rest.chars().next() {
        // The longest entry first: tables list digraphs before letters.
        match table.iter().find(|(from, _)| rest.starts_with(from)) {
            Some((from, to)) => {
                out.push_str(random.pick(to)?);
                rest = &rest[from.len()..];
                any = true;
            }
            // A letter that the table does not know is left out of no word.
            None if c.is_alphabetic() => return None,
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    any.then_some(out)
}

pub(super) fn cyrillic(word: &str, random: &mut Random) -> Option<String> {
    spelt(
        word,
        5,
        &[
            ("sh", &["ш"]),
            ("ch", &["ч", "ш"]),
            ("ph", &["ф"]),
            ("x", &["кс"]),
            ("a", &["а"]),
            ("b", &["б"]),
            ("c", &["к", "ц"]),
            ("d", &["д"]),
            ("e", &["е"]),
            ("é", &["е"]),
            ("è", &["е"]),
            ("f", &["ф"]),
            ("g", &["г"]),
            ("h", &["х"]),
            ("i", &["и"]),
            ("j", &["ж", "дж"]),
            ("k", &["к"]),
            ("l", &["л"]),
            ("m", &["м"]),
            ("n", &["н"]),
            ("o", &["о"]),
            ("p", &["п"]),
            ("q", &["к"]),
            ("r", &["р"]),
            ("s", &["с"]),
            ("t", &["т"]),
            ("u", &["у"]),
            ("v", &["в"]),
            ("w", &["в"]),
            ("y", &["й", "и"]),
            ("z", &["з"]),
        ],
        random,
    )
}

pub(super) fn greek(word: &str, random: &mut Random) -> Option<String> {
    spelt(
        word,
        5,
        &[
            ("ch", &["χ", "τσ"]),
            ("ph", &["φ"]),
            ("x", &["ξ"]),
            ("a", &["α"]),
            ("b", &["μπ", "β"]),
            ("c", &["κ"]),
            ("d", &["δ", "ντ"]),
            ("e", &["ε"]),
            ("é", &["ε"]),
            ("è", &["ε"]),
            ("f", &["φ"]),
            ("g", &["γ", "γκ"]),
            ("h", &["χ"]),
            ("i", &["ι"]),
            ("j", &["τζ"]),
            ("k", &["κ"]),
            ("l", &["λ"]),
            ("m", &["μ"]),
            ("n", &["ν"]),
            ("o", &["ο"]),
            ("p", &["π"]),
            ("q", &["κ"]),
            ("r", &["ρ"]),
            ("s", &["σ"]),
            ("t", &["τ"]),
            ("u", &["ου"]),
            ("v", &["β"]),
            ("w", &["β"]),
            ("y", &["υ", "ι"]),
            ("z", &["ζ"]),
        ],
        random,
    )
}

pub(super) fn latin(word: &str, random: &mut Random) -> Option<String> {
    spelt(
        word,
        5,
        &[
            ("а", &["a"]),
            ("б", &["b"]),
            ("в", &["v"]),
            ("г", &["g"]),
            ("д", &["d"]),
            ("е", &["e"]),
            ("ё", &["e", "yo"]),
            ("ж", &["zh"]),
            ("з", &["z"]),
            ("и", &["i"]),
            ("й", &["y", "j"]),
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
            ("ы", &["y"]),
            ("ь", &[""]),
            ("э", &["e"]),
            ("ю", &["yu", "ju"]),
            ("я", &["ya", "ja"]),
        ],
        random,
    )
}

fn is_arabic(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{0620}'..='\u{064a}'))
}

pub(super) fn tatweel(word: &str, random: &mut Random) -> Option<String> {
    is_arabic(word).then(|| super::unseen::between(word, || "\u{640}".repeat(1 + random.below(3))))?
}

/// Letters and where their isolated forms stand; the other three follow.
const FORMS: &[(char, u32, u32)] = &[
    ('ا', 0xfe8d, 2),
    ('ب', 0xfe8f, 4),
    ('ة', 0xfe93, 2),
    ('ت', 0xfe95, 4),
    ('ث', 0xfe99, 4),
    ('ج', 0xfe9d, 4),
    ('ح', 0xfea1, 4),
    ('خ', 0xfea5, 4),
    ('د', 0xfea9, 2),
    ('ذ', 0xfeab, 2),
    ('ر', 0xfead, 2),
    ('ز', 0xfeaf, 2),
    ('س', 0xfeb1, 4),
    ('ش', 0xfeb5, 4),
    ('ص', 0xfeb9, 4),
    ('ض', 0xfebd, 4),
    ('ط', 0xfec1, 4),
    ('ع', 0xfec9, 4),
    ('غ', 0xfecd, 4),
    ('ف', 0xfed1, 4),
    ('ق', 0xfed5, 4),
    ('ك', 0xfed9, 4),
    ('ل', 0xfedd, 4),
    ('م', 0xfee1, 4),
    ('ن', 0xfee5, 4),
    ('ه', 0xfee9, 4),
    ('و', 0xfeed, 2),
    ('ي', 0xfef1, 4),
];

pub(super) fn arabic_forms(word: &str, random: &mut Random) -> Option<String> {
    each_letter(word, |c| {
        let (_, first, count) = FORMS.iter().find(|(letter, ..)| *letter == c)?;
        let form = u32::try_from(random.below(usize::try_from(*count).ok()?)).ok()?;
        char::from_u32(first + form).map(String::from)
    })
}
