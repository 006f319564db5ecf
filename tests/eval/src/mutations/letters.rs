//! Which other characters are read as the same letter?

use super::{Random, each_letter, letters};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Adds an offset to ASCII letters: most styled alphabets lie in order.
fn shifted(word: &str, capital: Option<u32>, small: Option<u32>) -> Option<String> {
    each_letter(word, |c| {
        let (first, base) = match c {
            'A'..='Z' => ('A', capital.or(small)?),
            'a'..='z' => ('a', small.or(capital)?),
            _ => return None,
        };
        char::from_u32(base + u32::from(c) - u32::from(first)).map(String::from)
    })
}

pub(super) fn full_width(word: &str, _: &mut Random) -> Option<String> {
    each_letter(word, |c| c.is_ascii_graphic().then(|| char::from_u32(u32::from(c) + 0xfee0).map(String::from))?)
}

/// Bold, bold italic, bold script, bold fraktur, sans bold, sans bold italic, monospace: the alphabets without holes.
const ALPHABETS: &[u32] = &[0x1d400, 0x1d468, 0x1d4d0, 0x1d56c, 0x1d5d4, 0x1d63c, 0x1d670];

pub(super) fn mathematical(word: &str, random: &mut Random) -> Option<String> {
    let base = random.pick(ALPHABETS)?;
    shifted(word, Some(base), Some(base + 26))
}

pub(super) fn circled(word: &str, _: &mut Random) -> Option<String> {
    shifted(word, Some(0x24b6), Some(0x24d0))
}

pub(super) fn negative_circled(word: &str, _: &mut Random) -> Option<String> {
    shifted(word, Some(0x1f150), None)
}

pub(super) fn squared(word: &str, random: &mut Random) -> Option<String> {
    shifted(word, random.pick(&[0x1f130, 0x1f170]), None)
}

pub(super) fn parenthesised(word: &str, _: &mut Random) -> Option<String> {
    shifted(word, None, Some(0x249c))
}

pub(super) fn regional(word: &str, _: &mut Random) -> Option<String> {
    // Two make a flag, which reads as a country.
    (letters(word) > 2).then(|| shifted(word, Some(0x1f1e6), None))?
}

fn from_table(word: &str, table: &[(char, &str)]) -> Option<String> {
    each_letter(word, |c| {
        let c = c.to_ascii_lowercase();
        table.iter().find(|(letter, _)| *letter == c).map(|(_, new)| (*new).to_owned())
    })
}

fn from_row(word: &str, row: &str) -> Option<String> {
    let row: Vec<(char, String)> = ('a'..='z').zip(row.chars().map(String::from)).collect();
    let table: Vec<(char, &str)> = row.iter().filter(|(_, new)| new != " ").map(|(c, new)| (*c, new.as_str())).collect();
    from_table(word, &table)
}

pub(super) fn small_capitals(word: &str, _: &mut Random) -> Option<String> {
    from_row(word, "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘ ʀꜱᴛᴜᴠᴡ ʏᴢ")
}

pub(super) fn superscripts(word: &str, _: &mut Random) -> Option<String> {
    from_row(word, "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ ʳˢᵗᵘᵛʷˣʸᶻ")
}

pub(super) fn upside_down(word: &str, _: &mut Random) -> Option<String> {
    let turned = from_row(word, "ɐqɔpǝɟƃɥıɾʞlɯuodbɹsʇnʌʍxʎz")?;
    (letters(word) > 3 && word.chars().all(|c| c.is_ascii_alphabetic())).then(|| turned.chars().rev().collect())
}

pub(super) fn accents(word: &str, random: &mut Random) -> Option<String> {
    let table: &[(char, &[&str])] = &[
        ('a', &["á", "ä", "â", "ã", "å"]),
        ('c', &["ç", "č"]),
        ('e', &["é", "ë", "ê", "è"]),
        ('i', &["í", "ï", "î", "ì"]),
        ('n', &["ñ", "ń"]),
        ('o', &["ó", "ö", "ô", "õ"]),
        ('s', &["š", "ś"]),
        ('u', &["ú", "ü", "û", "ù"]),
        ('y', &["ý", "ÿ"]),
    ];
    each_letter(word, |c| {
        let (_, forms) = table.iter().find(|(letter, _)| *letter == c.to_ascii_lowercase())?;
        random.pick(forms).map(str::to_owned)
    })
}

/// At most half of the letters of each word, and never in a word so short that it becomes a model number.
pub(super) fn leet(word: &str, random: &mut Random) -> Option<String> {
    let table: &[(char, &[&str])] = &[
        ('o', &["0"]),
        ('i', &["1", "!"]),
        ('l', &["1", "|"]),
        ('e', &["3"]),
        ('a', &["4", "@"]),
        ('s', &["5", "$"]),
        ('t', &["7"]),
        ('b', &["8"]),
    ];
    let mut any = false;
    let pieces = word.split(' ').map(|piece| {
        let mut left = if letters(piece) < 4 { 0 } else { (letters(piece) - 1) / 2 };
        let new = each_letter(piece, |c| {
            let (_, forms) = table.iter().find(|(letter, _)| *letter == c.to_ascii_lowercase())?;
            left = left.checked_sub(1)?;
            random.pick(forms).map(str::to_owned)
        });
        any |= new.is_some();
        new.unwrap_or_else(|| piece.to_owned())
    });
    let out = pieces.collect::<Vec<_>>().join(" ");
    any.then_some(out)
}

pub(super) fn emoji_letters(word: &str, _: &mut Random) -> Option<String> {
    let table = [
        ('a', "🅰\u{fe0f}"),
        ('b', "🅱\u{fe0f}"),
        ('o', "⭕"),
        ('p', "🅿\u{fe0f}"),
        ('x', "❌"),
        ('m', "Ⓜ\u{fe0f}"),
        ('s', "💲"),
        ('i', "ℹ\u{fe0f}"),
    ];
    (letters(word) > 3).then(|| from_table(word, &table))?
}

pub(super) fn mixed_case(word: &str, random: &mut Random) -> Option<String> {
    let mut upper = random.below(2) == 0;
    each_letter(word, |c| {
        upper = !upper;
        // Some letters have no capital of their own, and ß would become two.
        let new = if upper { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() };
        (new != c.to_string()).then_some(new)
    })
}

/// Every character that stands for others in the Unicode confusables data, by what it stands for.
fn confusables() -> &'static BTreeMap<String, Vec<char>> {
    static TABLE: OnceLock<BTreeMap<String, Vec<char>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<String, Vec<char>> = BTreeMap::new();
        for c in ('\u{80}'..='\u{2fff}')
            .chain('\u{a000}'..='\u{10fff}')
            .chain('\u{1d400}'..='\u{1d7ff}')
            .filter(|c| c.is_alphanumeric())
        {
            table.entry(prototype(c)).or_default().push(c);
        }
        table
    })
}

fn prototype(c: char) -> String {
    unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).collect()
}

pub(super) fn lookalikes(word: &str, random: &mut Random) -> Option<String> {
    if letters(word) < 4 {
        return None;
    }
    // Every second letter, so that the word goes on being read.
    let mut every_second = random.below(2) == 0;
    each_letter(word, |c| {
        // Thai letters that resemble each other make other words.
        if !c.is_alphabetic() || matches!(c, '\u{e00}'..='\u{e7f}') {
            return None;
        }
        every_second = !every_second;
        let others = confusables().get(&prototype(c)).filter(|_| every_second)?;
        random.pick(others).filter(|other| *other != c).map(String::from)
    })
}

pub(super) fn ascii_lookalikes(word: &str, random: &mut Random) -> Option<String> {
    let table: &[(char, &str)] = &[('i', "l"), ('I', "l"), ('l', "I"), ('m', "rn"), ('w', "vv"), ('d', "cl"), ('O', "0")];
    if letters(word) < 5 || !word.is_ascii() {
        return None;
    }
    let places: Vec<_> =
        word.char_indices().filter_map(|(at, c)| Some((at, c, table.iter().find(|(letter, _)| *letter == c)?.1))).collect();
    let (at, c, new) = random.pick(&places)?;
    Some(format!("{}{new}{}", &word[..at], &word[at + c.len_utf8()..]))
}
