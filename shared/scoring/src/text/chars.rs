//! What does one character fold to? Compatibility forms, case, accents, invisible characters, look-alike letters.

use caseless::Caseless;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;
use unicode_security::skeleton;

/// What a character becomes in folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// One other (or the same) character.
    Char(char),
    /// A styled form of ASCII letters or digits, such as `Ｇ` or `𝐆`.
    Styled(char),
    /// Several characters, such as `ﬁ` or `ß`.
    Text(Box<str>),
    /// Nothing: it has no width.
    Invisible,
    /// Nothing: a mark on the letter before it.
    Mark,
}

/// Folds one character that is not ASCII. Computed once per page of 256 characters, on first use: a process that reads only
/// Latin and Chinese never computes the rest.
pub(super) fn fold_char(c: char) -> &'static Fold {
    const PAGES: usize = 0x11_0000 / 256;
    static TABLE: [OnceLock<Box<[Fold]>>; PAGES] = [const { OnceLock::new() }; PAGES];
    let code = c as usize;
    let page = TABLE[code / 256].get_or_init(|| {
        let first = (code / 256) * 256;
        (first..first + 256)
            .map(|code| u32::try_from(code).ok().and_then(char::from_u32).map_or(Fold::Invisible, compute))
            .collect()
    });
    &page[code % 256]
}

fn compute(c: char) -> Fold {
    if is_invisible(c) {
        return Fold::Invisible;
    }
    if is_strippable_mark(c) {
        return Fold::Mark;
    }
    // A vowel of half-width Hangul, which nobody writes, and the long vowel of kana that it looks like.
    if c == '\u{ffda}' {
        return Fold::Char('ー');
    }
    // Small Cherokee letters resemble Latin ones that their capitals, to which Unicode folds them, do not.
    if matches!(c, '\u{ab70}'..='\u{abbf}') {
        return Fold::Char(c);
    }
    if let Some(letter) = styled_letter(c) {
        return Fold::Styled(letter);
    }
    let mut text = String::new();
    for part in [c].into_iter().nfkc().default_case_fold() {
        if keeps_its_marks(part) {
            text.push(part);
            continue;
        }
        decompose_canonical(part, |piece| {
            if !is_strippable_mark(piece) {
                text.push(plain(piece));
            }
        });
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) if only.is_ascii_alphanumeric() && is_styled(c) => Fold::Styled(only),
        (Some(only), None) => Fold::Char(only),
        (None, _) => Fold::Invisible,
        _ => Fold::Text(text.into_boxed_str()),
    }
}

/// Styled letters that Unicode does not give a compatibility form, or one with brackets: circled and squared in black, in brackets,
/// small capitals.
fn styled_letter(c: char) -> Option<char> {
    const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡ\u{0}ʏᴢ";
    const ALPHABETS: [u32; 5] = [0x249c, 0x1f110, 0x1f130, 0x1f150, 0x1f170];
    let in_order = ALPHABETS.iter().find_map(|first| u32::from(c).checked_sub(*first).filter(|at| *at < 26));
    let at = in_order.and_then(|at| usize::try_from(at).ok()).or_else(|| SMALL_CAPITALS.chars().position(|small| small == c));
    at.and_then(|at| ('a'..='z').nth(at))
}

/// Letters that are one and the same to a reader of the language, beyond what Unicode's case folding says.
fn plain(c: char) -> char {
    match c {
        'ı' => 'i',                           // Turkish, written without the right keyboard
        'ø' => 'o',                           // Nordic, as typed elsewhere
        'ł' => 'l',                           // Polish
        'đ' => 'd',                           // Vietnamese, Croatian
        '\u{0649}' | '\u{06cc}' => 'ي',       // Arabic final forms of ya
        '\u{0629}' => 'ه',                    // ta marbuta, commonly written as ha
        '\u{06a9}' | '\u{06ad}' | 'گ' => 'ك', // Persian and other forms of kaf
        'ڤ' | 'ڧ' | 'ڢ' => 'ف',               // written for v, which Arabic lacks
        'پ' => 'ب',                           // for p
        'چ' => 'ج',                           // for ch
        'ہ' | 'ھ' | 'ە' => 'ه',
        'ꟷ' => 'ー',
        '\u{2236}' | '\u{fe55}' | '꞉' => ':', // ratio signs
        '‘' | '’' | '‛' | '′' | '＇' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '·' | '・' | '•' => ' ', // name separators in Japanese and Chinese
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Characters that show nothing (Default_Ignorable_Code_Point and the Arabic tatweel, which only stretches).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{0640}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that only decorate or vocalise: Latin, Greek and Cyrillic accents, Arabic and Hebrew vowel points. The marks of Indic
/// scripts and Thai are letters to their readers and stay.
fn is_strippable_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05bd}' | '\u{064b}'..='\u{065f}' | '\u{0670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Kana and Hangul syllables are compared composed: their marks and parts make other letters.
fn keeps_its_marks(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Alphabets made for mathematics, lists and East Asian typesetting that repeat ASCII letters.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{ff10}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}' | '\u{1f110}'..='\u{1f189}' | '\u{2100}'..='\u{214f}')
}

/// The voiced sound marks, which half-width text writes behind the kana that they change.
pub(super) fn is_kana_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

/// The ASCII letter or digit that a letter of another script looks like (Unicode confusables data), in lower case.
/// Computed once per page, as above.
pub(crate) fn look_alike(c: char) -> Option<char> {
    const PAGES: usize = 0x3000 / 256; // beyond it stand the scripts without alphabets, and styled letters, which folding undoes
    static TABLE: [OnceLock<Box<[Option<char>]>>; PAGES] = [const { OnceLock::new() }; PAGES];
    let code = c as usize;
    let page = TABLE.get(code / 256)?.get_or_init(|| {
        let first = (code / 256) * 256;
        (first..first + 256).map(|code| u32::try_from(code).ok().and_then(char::from_u32).and_then(compute_look_alike)).collect()
    });
    page[code % 256]
}

/// Whether a character that begins with this byte may look like an ASCII letter: up to U+2FFF, where alphabets end.
pub(super) const fn may_look_alike(first_byte: u8) -> bool {
    matches!(first_byte, 0xc2..=0xe2)
}

fn compute_look_alike(c: char) -> Option<char> {
    if c.is_ascii() || !c.is_alphanumeric() {
        return None;
    }
    let text = c.to_string();
    let prototype = |text: &str| {
        let mut prototype = skeleton(text);
        match (prototype.next(), prototype.next()) {
            (Some(only), None) if only.is_ascii_alphanumeric() => Some(only.to_ascii_lowercase()),
            _ => None,
        }
    };
    // Some letters look alike only as capitals (Cyrillic `В`), some only as small ones (`а`).
    prototype(&text).or_else(|| prototype(&text.to_uppercase()))
}

/// Scripts written without spaces between words: a match needs no boundary there.
pub(crate) fn never_breaks(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{0e00}'..='\u{0eff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// `char::is_alphanumeric`, without its search for the alphabets that listings are written in.
pub(crate) fn is_word_char(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{0430}'..='\u{044f}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}' => true,
        '\u{2000}'..='\u{206f}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' => false,
        c => c.is_alphanumeric(),
    }
}

/// `char::is_alphabetic`, the same way.
pub(super) fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        '\u{0430}'..='\u{044f}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}' => true,
        '\u{2000}'..='\u{206f}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' => false,
        c => c.is_alphabetic(),
    }
}

/// Emoji and pictographs; signs of the alphabets' own punctuation are none.
pub(crate) fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}' | '\u{1f300}'..='\u{1faff}')
}

/// Characters that fold to themselves, told by their range: most of Chinese, Japanese, Korean and Russian text in small letters.
pub(super) fn is_folded(c: char) -> bool {
    matches!(c,
        '\u{0430}'..='\u{0438}' | '\u{043a}'..='\u{044f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_characters() {
        let check = |c: char, expected: Fold| assert_eq!(*fold_char(c), expected, "{c:?}");
        check('É', Fold::Char('e'));
        check('Ё', Fold::Char('е'));
        check('ß', Fold::Text("ss".into()));
        check('İ', Fold::Char('i'));
        check('Ｇ', Fold::Styled('g'));
        check('𝐆', Fold::Styled('g'));
        check('Ⓖ', Fold::Styled('g'));
        check('🅖', Fold::Styled('g'));
        check('⒢', Fold::Styled('g'));
        check('ɢ', Fold::Styled('g'));
        check('\u{200b}', Fold::Invisible);
        check('\u{0336}', Fold::Mark);
        check('ガ', Fold::Char('ガ'));
        check('각', Fold::Char('각'));
        check('أ', Fold::Char('ا'));
        check('Ω', Fold::Char('ω'));
        check('驴', Fold::Char('驴'));
        check('∶', Fold::Char(':'));
    }

    #[test]
    fn the_shortcuts_agree_with_the_tables() {
        for c in ('\0'..='\u{ffff}').chain('\u{1f000}'..='\u{1ffff}') {
            assert_eq!(is_word_char(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            if is_folded(c) {
                assert_eq!(*fold_char(c), Fold::Char(c), "{c:?}");
            }
            // What has no look-alike by its first byte has none at all.
            let mut bytes = [0; 4];
            if !may_look_alike(c.encode_utf8(&mut bytes).as_bytes()[0]) {
                assert_eq!(look_alike(c), None, "{c:?}");
            }
        }
    }

    #[test]
    fn look_alikes_follow_the_unicode_data() {
        let check = |c: char, expected: Option<char>| assert_eq!(look_alike(c), expected, "{c:?}");
        check('с', Some('c'));
        check('В', Some('b'));
        check('Ν', Some('n'));
        check('о', Some('o'));
        check('ж', None);
        check('c', None);
        check('口', None);
    }
}
