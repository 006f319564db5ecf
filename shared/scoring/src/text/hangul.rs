//! How are Hangul syllables put together from the letters that they were taken apart into?

/// Consonants at the beginning of a syllable, in the order of Unicode.
const LEADING: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/// Consonants at its end.
const TRAILING: &str = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
/// Fewest syllables: laughter (`ㅋㅋㅋ`) and tears (`ㅠㅠ`) make none.
const SYLLABLES_MIN: usize = 1;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Jamo {
    Leading(u32),
    Vowel(u32),
    Trailing(u32),
}

fn position(letters: &str, c: char) -> Option<u32> {
    letters.chars().zip(0..).find(|(letter, _)| *letter == c).map(|(_, at)| at)
}

/// Folding turns the letters of the keyboard into conjoining ones, all consonants into leading ones.
fn jamo(c: char) -> Option<Jamo> {
    Some(match u32::from(c) {
        code @ 0x1100..=0x1112 => Jamo::Leading(code - 0x1100),
        code @ 0x1161..=0x1175 => Jamo::Vowel(code - 0x1161),
        code @ 0x11a8..=0x11c2 => Jamo::Trailing(code - 0x11a7),
        _ => return None,
    })
}

/// Whether a character is a part of a syllable that was not put together.
pub(super) fn is_jamo(c: char) -> bool {
    jamo(c).is_some()
}

/// A leading consonant at the end of a syllable.
fn as_trailing(leading: u32) -> Option<u32> {
    let c = LEADING.chars().nth(usize::try_from(leading).ok()?)?;
    position(TRAILING, c).map(|at| at + 1)
}

/// The chunk with its letters put together; `None` when there are none to put together.
pub(super) fn assembled(chunk: &str) -> Option<String> {
    if !chunk.contains(is_jamo) {
        return None;
    }
    let chars: Vec<char> = chunk.chars().collect();
    let (mut out, mut syllables, mut at) = (String::new(), 0, 0);
    while at < chars.len() {
        let next = |ahead: usize| chars.get(at + ahead).copied().and_then(jamo);
        let (Some(Jamo::Leading(leading)), Some(Jamo::Vowel(vowel))) = (next(0), next(1)) else {
            out.push(chars[at]);
            at += 1;
            continue;
        };
        let trailing = match (next(2), next(3)) {
            (Some(Jamo::Trailing(trailing)), _) => Some(trailing),
            // A consonant before a vowel begins the next syllable.
            (Some(Jamo::Leading(_)), Some(Jamo::Vowel(_))) => None,
            (Some(Jamo::Leading(trailing)), _) => as_trailing(trailing),
            _ => None,
        };
        out.extend(char::from_u32(0xac00 + (leading * 21 + vowel) * 28 + trailing.unwrap_or(0)));
        syllables += 1;
        at += if trailing.is_some() { 3 } else { 2 };
    }
    (syllables >= SYLLABLES_MIN).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;

    #[test]
    fn letters_make_syllables() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(assembled(&Folded::of(text)).as_deref(), expected, "{text}");
        check("ㄱㅜㅉㅣ", Some("구찌"));
        check("ㄹㅗㄹㄹㅔㄱㅅㅡ", Some("롤렉스"));
        check("ㅅㅑㄴㅔㄹ", Some("샤넬"));
        // How some systems store Hangul: folding puts it together.
        check("\u{1109}\u{1163}\u{1102}\u{1166}\u{11af}", None);
        check("ㅋㅋㅋ", None);
        check("ㅠㅠ", None);
        check("구찌", None);
    }
}
