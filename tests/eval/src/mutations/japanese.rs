//! In which other ways is kana written?

use super::{Random, each_letter};

const FULL: &str =
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

pub(super) fn half_width(word: &str, _: &mut Random) -> Option<String> {
    let half = |c: char| (0xff66..).zip(FULL.chars()).find(|(_, full)| *full == c).and_then(|(code, _)| char::from_u32(code));
    each_letter(word, |c| {
        if let Some(half) = half(c) {
            return Some(half.to_string());
        }
        // Voiced letters are the letter and its mark.
        let (base, mark) = match u32::from(c) {
            0x30f4 => (Some('ウ'), 'ﾞ'),
            0x30d1 | 0x30d4 | 0x30d7 | 0x30da | 0x30dd => (char::from_u32(u32::from(c) - 2), 'ﾟ'),
            0x30ac..=0x30dc => (char::from_u32(u32::from(c) - 1), 'ﾞ'),
            _ => return None,
        };
        half(base?).map(|half| format!("{half}{mark}"))
    })
}

pub(super) fn hiragana(word: &str, _: &mut Random) -> Option<String> {
    let is_kana = word.chars().all(|c| matches!(c, '\u{30a1}'..='\u{30f4}' | 'ー' | '・'));
    (is_kana && word.chars().count() >= 3).then(|| {
        each_letter(word, |c| {
            matches!(c, '\u{30a1}'..='\u{30f4}').then(|| char::from_u32(u32::from(c) - 0x60).map(String::from))?
        })
    })?
}
