//! As which letters can a character be read?

use super::chars::is_word_char;
use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_security::skeleton;

/// The alphabets that names and words of the policy are written in, as folded.
const ALPHABETS: [std::ops::RangeInclusive<char>; 5] = ['a'..='z', 'а'..='ё', 'α'..='ω', 'ء'..='ي', 'ぁ'..='ー'];

/// Letters that a digit, a sign or an emoji is put for. `1` and `!` stand for `i` or for `l`, which also stand for each other.
pub(super) fn stand_ins(c: char) -> &'static [char] {
    match c {
        '\u{3041}'..='\u{d7ff}' => &[],
        '0' | '⭕' | '🔴' | '⚪' | '⚫' | '🔵' | '🟠' | '🟡' | '🟢' | '🟣' | '◯' | '○' | '●' | '〇' => {
            &['o']
        }
        '1' | '!' | '|' | '❗' => &['i', 'l'],
        '2' => &['z'],
        '3' | '€' => &['e'],
        '4' | '@' => &['a'],
        '5' | '$' | '💲' => &['s'],
        '6' => &['g', 'b'],
        '7' | '+' | '✝' | '➕' => &['t'],
        '8' => &['b'],
        '9' => &['g'],
        '(' | '¢' | '©' | '☪' => &['c'],
        '®' => &['r'],
        '£' => &['l'],
        '¥' => &['y'],
        '❌' | '✖' | '❎' => &['x'],
        'i' => &['l'],
        'l' => &['i'],
        _ => &[],
    }
}

/// The letter behind a regional indicator: two of them are a flag, more may be a word.
pub(super) fn regional(c: char) -> Option<char> {
    u32::from(c).checked_sub(0x1f1e6).and_then(|at| usize::try_from(at).ok()).and_then(|at| ('a'..='z').nth(at))
}

/// Two letters that are read as one.
pub(super) fn pair(first: char, second: char) -> Option<char> {
    match (first, second) {
        ('r', 'n') => Some('m'),
        ('v', 'v') => Some('w'),
        ('c', 'l') => Some('d'),
        _ => None,
    }
}

/// Whether a Chinese character looks like one of kana.
pub(super) fn is_like_kana(c: char) -> bool {
    matches!(c, '力' | '工' | '二' | '口' | '夕' | '卜' | '八' | '一' | '千' | '才')
}

/// The letter that a letter turned upside down is. Some are turned into other letters.
pub(super) fn turned(c: char) -> Option<char> {
    const TURNED: &str = "ɐqɔpǝɟƃɥiɾʞlɯuodbɹsʇnʌʍxʎz";
    TURNED.chars().position(|turned| turned == c).and_then(|at| ('a'..='z').nth(at))
}

/// For each of 256 characters in a row, the letters that look like it.
type Page = Box<[Box<[char]>]>;

/// Letters of the policy's alphabets that look like this one, by the Unicode confusables data, small or capital. Computed once per
/// page of 256 characters, on first use.
pub(super) fn look_alikes(c: char) -> &'static [char] {
    const PAGES: usize = 0x1_1000 / 256; // beyond it stand styled letters, which folding undoes, and emoji
    static TABLE: [OnceLock<Page>; PAGES] = [const { OnceLock::new() }; PAGES];
    let code = c as usize;
    let Some(page) = TABLE.get(code / 256) else { return &[] };
    let page = page.get_or_init(|| {
        let first = (code / 256) * 256;
        (first..first + 256)
            .map(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or_else(Box::default, compute_look_alikes))
            .collect()
    });
    &page[code % 256]
}

fn compute_look_alikes(c: char) -> Box<[char]> {
    static BY_SHAPE: OnceLock<HashMap<String, Vec<char>>> = OnceLock::new();
    if !is_word_char(c) {
        return Box::default();
    }
    let by_shape = BY_SHAPE.get_or_init(|| {
        let mut by_shape: HashMap<String, Vec<char>> = HashMap::new();
        for letter in ALPHABETS.into_iter().flatten().filter(|c| is_word_char(*c)) {
            for shape in shapes(letter) {
                by_shape.entry(shape).or_default().push(letter);
            }
        }
        by_shape
    });
    let mut letters: Vec<char> = shapes(c).iter().filter_map(|shape| by_shape.get(shape)).flatten().copied().collect();
    letters.retain(|letter| *letter != c);
    letters.sort_unstable();
    letters.dedup();
    letters.into()
}

/// What a letter looks like, small and capital.
fn shapes(c: char) -> [String; 2] {
    let shape = |text: String| skeleton(&text).collect::<String>();
    [shape(c.to_string()), shape(c.to_uppercase().collect())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_look_alike_across_scripts() {
        let check =
            |c: char, like: char| assert!(look_alikes(c).contains(&like), "{c:?} is not like {like:?}: {:?}", look_alikes(c));
        check('с', 'c');
        check('c', 'с');
        check('ο', 'о');
        check('н', 'h');
        check('力', 'カ');
        check('Ꮐ', 'g');
        check('ⅿ', 'm');
        for c in ['ж', '驴', '🔥', '-'] {
            assert_eq!(look_alikes(c).iter().filter(|c| c.is_ascii()).count(), 0, "{c:?}");
        }
    }
}
