//! How does a browser show a text? References and tags of HTML, percent-encoding, and direction overrides, taken back before folding.

use memchr::{memchr, memchr3_iter};
use std::borrow::Cow;
use std::ops::Range;

/// Longest HTML tag that is taken out, in bytes: longer ones are text between angle brackets.
const TAG_BYTES_MAX: usize = 256;
/// How often a character may be encoded again: twice is seen where a shop's software escapes what was escaped.
const ENCODINGS_MAX: usize = 3;
/// Longest name of a reference, in bytes: `ZeroWidthSpace` and its sign.
const NAME_BYTES_MAX: usize = 16;

/// One character as shown, and the bytes that it stands for.
pub(super) struct Shown {
    pub(super) c: char,
    pub(super) origin: Range<usize>,
    /// Whether it was written as something else.
    pub(super) encoded: bool,
}

/// What a part of a text shows.
enum Piece {
    /// One character.
    Char(char),
    /// Nothing, not even a gap: an element within a line.
    Nothing,
}

/// The characters that a text shows, where they differ from those that it is written in; `None` for nearly every text.
pub(super) fn shown(text: &str) -> Option<Vec<Shown>> {
    let is_overridden = memchr(0xe2, text.as_bytes()).is_some() && text.contains(['\u{202d}', '\u{202e}']);
    if !is_overridden && !is_encoded(text) {
        return None;
    }
    let mut shown = Vec::with_capacity(text.len());
    let (mut at, mut any) = (0, is_overridden);
    while let Some(c) = text[at..].chars().next() {
        let piece = matches!(c, '&' | '%' | '<').then(|| piece(&text[at..])).flatten();
        any |= piece.is_some();
        let (piece, length) = piece.unwrap_or((Piece::Char(c), c.len_utf8()));
        let encoded = length > c.len_utf8();
        match piece {
            Piece::Char(c) => shown.push(Shown { c, origin: at..at + length, encoded }),
            // It stays as what separates nothing: folding drops it and remembers that it was there.
            Piece::Nothing => shown.push(Shown { c: '\u{2060}', origin: at..at + length, encoded }),
        }
        at += length;
    }
    if is_overridden {
        turn_overrides(&mut shown);
    }
    any.then_some(shown)
}

/// Whether any sign begins a code: most texts hold none, and most signs stand for themselves.
fn is_encoded(text: &str) -> bool {
    memchr3_iter(b'&', b'%', b'<', text.as_bytes()).any(|at| piece(&text[at..]).is_some())
}

/// What begins with `&`, `%` or `<`, and its length in bytes.
fn piece(text: &str) -> Option<(Piece, usize)> {
    match text.as_bytes().first()? {
        b'<' => tag(text),
        b'&' => reference(text, ENCODINGS_MAX).map(|(c, length)| (Piece::Char(c), length)),
        _ => percent(text, ENCODINGS_MAX).map(|(c, length)| (Piece::Char(c), length)),
    }
}

/// `&#71;`, `&#x47;`, `&eacute;`, `&amp;#71;`.
fn reference(text: &str, encodings: usize) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let (c, length) = if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
        let count = digits.bytes().take(8).take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let c = u32::from_str_radix(&digits[..count], radix).ok().and_then(char::from_u32).filter(|c| !c.is_control())?;
        let end = text.len() - digits.len() + count;
        (c, end + usize::from(text[end..].starts_with(';')))
    } else {
        let name = rest.bytes().take(NAME_BYTES_MAX).take_while(u8::is_ascii_alphanumeric).count();
        let length = 1 + rest[name..].starts_with(';').then_some(name + 1)?;
        (named(&rest[..name])?, length)
    };
    again(text, c, length, encodings)
}

/// `%47`, `%E9%A9%B4`, `%2547`.
fn percent(text: &str, encodings: usize) -> Option<(char, usize)> {
    let byte = |at: usize| {
        let hex = text.get(at..at + 3)?.strip_prefix('%')?;
        hex.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u8::from_str_radix(hex, 16).ok())?
    };
    let first = byte(0)?;
    let width = match first {
        0x20..0x7f => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return None,
    };
    let bytes: Vec<u8> = (0..width).map_while(|at| byte(3 * at)).collect();
    let c = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    again(text, c, 3 * width, encodings)
}

/// What was decoded may be the beginning of another code.
fn again(text: &str, c: char, length: usize, encodings: usize) -> Option<(char, usize)> {
    if matches!(c, '&' | '%') && encodings > 1 {
        // The longest code ends well within these bytes.
        let rest = &text[length..];
        let inner: Cow<'_, str> = format!("{c}{}", &rest[..rest.floor_char_boundary(2 * NAME_BYTES_MAX)]).into();
        let decoded = if c == '&' { reference(&inner, encodings - 1) } else { percent(&inner, encodings - 1) };
        if let Some((inner, inner_length)) = decoded {
            return Some((inner, length + inner_length - 1));
        }
    }
    Some((c, length))
}

/// Elements that are shown within a line; every other one begins a new one.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

/// `<b>`, `</span>`, `<!-- -->`, `<br>`.
fn tag(text: &str) -> Option<(Piece, usize)> {
    let bytes = text.as_bytes();
    let inside = &bytes[1..bytes.len().min(TAG_BYTES_MAX)];
    let end = if inside.starts_with(b"!--") {
        inside.windows(3).position(|three| three == b"-->")? + 3
    } else {
        inside.iter().position(|byte| *byte == b'>' || *byte == b'<').filter(|at| inside[*at] == b'>')? + 1
    };
    let name = inside.strip_prefix(b"/").unwrap_or(inside);
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_comment = name.starts_with(b"!");
    if !is_comment && !name.first().is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let is_inline = is_comment || INLINE.iter().any(|inline| inline.as_bytes().eq_ignore_ascii_case(&name[..letters]));
    Some((if is_inline { Piece::Nothing } else { Piece::Char(' ') }, 1 + end))
}

/// The letters of Latin-1 from U+00C0, by the names that HTML gives them.
const LATIN_1: &str = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde \
    Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring \
    aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave \
    uacute ucirc uuml yacute thorn yuml";

/// The character of a named reference, of those that occur in listings.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" | "AMP" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "shy" => '\u{ad}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "ZeroWidthSpace" => '\u{200b}',
        "NoBreak" => '\u{2060}',
        "percnt" => '%',
        "period" => '.',
        "hyphen" | "dash" | "ndash" | "mdash" => '-',
        "lowbar" => '_',
        "ast" => '*',
        "sol" => '/',
        "colon" => ':',
        "commat" => '@',
        "dollar" => '$',
        "num" => '#',
        "bull" | "middot" => '·',
        "inodot" | "imath" => 'ı',
        _ => (0xc0..)
            .zip(LATIN_1.split_whitespace())
            .find(|(_, known)| *known == name)
            .and_then(|(code, _)| char::from_u32(code))?,
    })
}

/// Puts what stands behind an override in the order in which it is shown.
fn turn_overrides(shown: &mut [Shown]) {
    let mut at = 0;
    while at < shown.len() {
        if shown[at].c == '\u{202e}' {
            let ends = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\n');
            let length = shown[at + 1..].iter().position(|next| ends(next.c)).unwrap_or(shown.len() - at - 1);
            shown[at + 1..at + 1 + length].reverse();
            at += length;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_a_browser_shows_them() {
        let check = |text: &str, expected: &str| {
            let shown = shown(text).unwrap_or_else(|| panic!("{text} is plain"));
            let read: String =
                shown.iter().map(|shown| shown.c).filter(|c| !matches!(c, '\u{2060}' | '\u{202a}'..='\u{202e}')).collect();
            assert_eq!(read, expected, "{text}");
            for shown in &shown {
                assert!(text.get(shown.origin.clone()).is_some_and(|origin| !origin.is_empty()), "{text}");
            }
        };
        check("&#71;u&#x63;&#X63;i", "Gucci");
        check("&#71ucci", "Gucci");
        check("Herm&egrave;s &amp; Co", "Hermès & Co");
        check("&amp;#71;ucci", "Gucci");
        check("&amp;amp;#71;ucci", "Gucci");
        check("%47ucci %E9%A9%B4", "Gucci 驴");
        check("%2547ucci", "Gucci");
        check("G<b>uc</b>ci<br>bag <!-- x -->", "Gucci bag ");
        check("\u{202e}iccuG\u{202c} bag", "Gucci bag");
        check("a &lt; b", "a < b");
    }

    #[test]
    fn ordinary_signs_are_left_alone() {
        for text in [
            "Dolce & Gabbana",
            "100% cotton, 50%de",
            "I <3 it",
            "a < b > c",
            "R&B; soul",
            "&;&#;&#x;&#0;",
            "%",
            "%4",
            "<",
            "5%ff",
            "été",
        ] {
            assert!(shown(text).is_none(), "{text}");
        }
    }
}
