//! Into which letters does Hangul come apart?

use super::{Random, each_letter};

/// Leading consonant, vowel and trailing consonant of a syllable, as positions (Unicode Standard 3.12).
fn parts(c: char) -> Option<(u32, u32, u32)> {
    let code = u32::from(c).checked_sub(0xac00).filter(|code| *code < 11_172)?;
    Some((code / 588, code % 588 / 28, code % 28))
}

pub(super) fn jamo(word: &str, _: &mut Random) -> Option<String> {
    each_letter(word, |c| {
        let (leading, vowel, trailing) = parts(c)?;
        let codes = [0x1100 + leading, 0x1161 + vowel, 0x11a7 + trailing];
        Some(codes.into_iter().take(if trailing == 0 { 2 } else { 3 }).filter_map(char::from_u32).collect())
    })
}

const LEADING: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const TRAILING: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";

pub(super) fn compatibility(word: &str, _: &mut Random) -> Option<String> {
    let nth = |letters: &str, at: u32| letters.chars().nth(usize::try_from(at).ok()?);
    each_letter(word, |c| {
        let (leading, vowel, trailing) = parts(c)?;
        let mut out = String::from(nth(LEADING, leading)?);
        out.extend(char::from_u32(0x314f + vowel));
        out.extend(trailing.checked_sub(1).and_then(|at| nth(TRAILING, at)));
        Some(out)
    })
}
