//! Which sizes, capacities, counts and codes of models does the text state?

use super::Reading;
use crate::Field;
use crate::policy::{Span, View};
use crate::text::is_word_char;

/// A size of clothes or shoes in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// One size, in tenths where it is a number; 0 for letters ("size M").
    One(u32),
    /// A run of sizes in one listing, from and to; letters by their place from XS.
    Run(u32, u32),
}

/// Words before a size.
const SIZE_WORDS: &[&str] = &[
    "size",
    "sizes",
    "sz",
    "eu",
    "eur",
    "us",
    "uk",
    "it",
    "fr",
    "taille",
    "pointure",
    "taglia",
    "talla",
    "tamanho",
    "größe",
    "grosse",
    "gr",
    "размер",
    "р",
    "beden",
    "numara",
    "numéro",
    "numero",
];
/// Systems of sizes that are countries' too: only a number behind them is a size.
const SYSTEMS: &[&str] = &["eu", "eur", "us", "uk", "it", "fr", "gr", "р"];
/// Sizes in letters, from the smallest.
const LETTERS: &[&str] = &["xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl"];
/// The same with a number.
const LETTERS_COUNTED: &[(&str, u32)] = &[("2xl", 6), ("3xl", 7), ("4xl", 8), ("5xl", 9), ("6xl", 10)];
/// Words that count pieces.
const PIECE_WORDS: &[&str] = &[
    "pcs",
    "pieces",
    "pairs",
    "units",
    "stück",
    "stuck",
    "pièces",
    "pieces",
    "piezas",
    "pezzi",
    "peças",
    "pecas",
    "шт",
    "пар",
    "штук",
    "adet",
    "个装",
    "件装",
    "双装",
    "組",
    "個セット",
    "개입",
];
/// Words before such a number.
const LOT_WORDS: &[&str] = &["lot of", "set of", "pack of", "bundle of", "lote de", "lot de", "conjunto de", "набор из"];

/// A token of a text: its bytes in it, and the text.
type Token<'t> = (usize, &'t str);

impl Reading<'_> {
    /// The first size that title or description state.
    pub(crate) fn size(&self) -> Option<(Size, Span)> {
        *self.lazy.size.get_or_init(|| self.in_text(size))
    }

    /// How many pieces the title offers at once ("lot of 50").
    pub(crate) fn pieces(&self) -> Option<(u32, Span)> {
        *self.lazy.pieces.get_or_init(|| if self.title_shape().digits == 0 { None } else { self.in_title(pieces) })
    }

    /// The largest capacity of a memory that the title names, in gigabytes.
    pub(crate) fn capacity(&self) -> Option<(u32, Span)> {
        self.in_title(capacity)
    }

    /// The maker's code of a style ("CW2288-111", "M40995"), which a buyer can look up.
    pub(crate) fn style_code(&self) -> Option<Span> {
        *self.lazy.style_code.get_or_init(|| self.in_text(|text| code(text).map(|range| ((), range))).map(|((), span)| span))
    }

    /// The season of a collection ("FW19").
    pub(crate) fn season(&self) -> Option<Span> {
        self.in_text(|text| season(text).map(|range| ((), range))).map(|((), span)| span)
    }

    fn in_title<T>(&self, find: impl Fn(&str) -> Option<(T, std::ops::Range<usize>)>) -> Option<(T, Span)> {
        self.in_fields(&[Field::Title], find)
    }

    fn in_text<T>(&self, find: impl Fn(&str) -> Option<(T, std::ops::Range<usize>)>) -> Option<(T, Span)> {
        self.in_fields(&[Field::Title, Field::Description], find)
    }

    fn in_fields<T>(&self, fields: &[Field], find: impl Fn(&str) -> Option<(T, std::ops::Range<usize>)>) -> Option<(T, Span)> {
        let folded = self.folded(View::Plain);
        let parts = folded.parts().iter().filter(|part| fields.contains(&part.field));
        parts.into_iter().find_map(|part| {
            let (found, range) = find(&folded.text()[part.range.clone()])?;
            let at = |offset: usize| u32::try_from(part.range.start + offset).ok();
            Some((found, Span { view: View::Plain, start: at(range.start)?, end: at(range.end)? }))
        })
    }
}

/// Words with the points, hyphens and slashes inside them.
fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let is_inside = |c: char| is_word_char(c) || matches!(c, '.' | '-' | '/' | '~');
    text.split(move |c: char| !is_inside(c)).filter_map(move |token| {
        let trimmed = token.trim_matches(|c: char| !is_word_char(c));
        let at = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        (!trimmed.is_empty()).then_some((at, trimmed))
    })
}

fn size(text: &str) -> Option<(Size, std::ops::Range<usize>)> {
    let mut before: Option<Token<'_>> = None;
    for token in tokens(text) {
        let (at, word) = token;
        let range = at..at + word.len();
        if let Some(run) = run(word) {
            return Some((run, range));
        }
        // "eu42", "sz10".
        let digits_at = word.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        if digits_at > 0
            && SIZE_WORDS.contains(&&word[..digits_at])
            && let Some(tenths) = tenths(&word[digits_at..])
        {
            return Some((Size::One(tenths), range));
        }
        if let Some((start, named)) = before.filter(|(_, named)| SIZE_WORDS.contains(named)) {
            let range = start..at + word.len();
            if let Some(tenths) = tenths(word) {
                return Some((Size::One(tenths), range));
            }
            if letters(word).is_some() && !SYSTEMS.contains(&named) {
                return Some((Size::One(0), range));
            }
        }
        before = Some(token);
    }
    None
}

/// "36-45", "S-3XL".
fn run(word: &str) -> Option<Size> {
    let (from, to) = word.split_once(['-', '~', '/'])?;
    if let (Some(from), Some(to)) = (letters(from), letters(to)) {
        return (from < to).then_some(Size::Run(from, to));
    }
    // Sizes of shoes for adults: anything else is a date, a score or a code.
    let shoe = |text: &str| text.parse::<u32>().ok().filter(|size| (34..=50).contains(size));
    let (from, to) = (shoe(from)?, shoe(to)?);
    (from < to).then_some(Size::Run(from, to))
}

fn letters(word: &str) -> Option<u32> {
    let counted = LETTERS_COUNTED.iter().find(|(letters, _)| *letters == word).map(|(_, place)| *place);
    counted.or_else(|| LETTERS.iter().position(|letters| *letters == word).and_then(|place| u32::try_from(place).ok()))
}

/// "9.5" in tenths; whole numbers of up to three digits.
fn tenths(word: &str) -> Option<u32> {
    let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
    if whole.is_empty() || whole.len() > 3 || part.len() != 1 {
        return None;
    }
    Some(whole.parse::<u32>().ok()? * 10 + part.parse::<u32>().ok()?)
}

fn pieces(text: &str) -> Option<(u32, std::ops::Range<usize>)> {
    for words in LOT_WORDS {
        if let Some(at) = text.find(words) {
            let rest = &text[at + words.len()..];
            let number = rest.trim_start();
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let end = text.len() - number.len() + digits;
            if let Some(count) = number[..digits].parse().ok().filter(|count| *count > 1) {
                return Some((count, at..end));
            }
        }
    }
    let mut before: Option<Token<'_>> = None;
    for (at, word) in tokens(text) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let count = |digits: &str| digits.parse().ok().filter(|count| *count > 1);
        if PIECE_WORDS.contains(&&word[digits..])
            && let Some(count) = count(&word[..digits])
        {
            return Some((count, at..at + word.len()));
        }
        if let Some((start, number)) = before.filter(|_| PIECE_WORDS.contains(&word))
            && let Some(count) = count(number)
        {
            return Some((count, start..at + word.len()));
        }
        before = Some((at, word));
    }
    None
}

fn capacity(text: &str) -> Option<(u32, std::ops::Range<usize>)> {
    let mut largest: Option<(u32, std::ops::Range<usize>)> = None;
    let mut before: Option<Token<'_>> = None;
    for (at, word) in tokens(text) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (start, number, unit) = match before {
            Some((start, number)) if digits == 0 => (start, number, word),
            _ => (at, &word[..digits], &word[digits..]),
        };
        let gigabytes = match unit {
            "gb" | "go" | "гб" => 1,
            "tb" | "to" | "тб" => 1_000,
            _ => 0,
        };
        if gigabytes > 0
            && number.len() <= 5
            && let Some(count) = number.parse::<u32>().ok().filter(|count| *count > 0)
        {
            let found = (count * gigabytes, start..at + word.len());
            if largest.as_ref().is_none_or(|(known, _)| *known < found.0) {
                largest = Some(found);
            }
        }
        before = Some((at, word));
    }
    largest
}

/// Shapes of style codes, `a` for a letter and `0` for a digit: Nike, Adidas and New Balance on shoes, Louis Vuitton, Gucci, Rolex.
const CODE_SHAPES: &[&str] =
    &["aa0000-000", "000000-000", "aa0000", "a00000", "aa0000aa", "000000aa", "000000aaaa", "aa00000", "000000a"];

fn code(text: &str) -> Option<std::ops::Range<usize>> {
    tokens(text).find_map(|(at, word)| {
        // "rg1000w", "hd1080p": units are no codes. Colours and years are shorter.
        let fits = |shape: &&str| {
            shape.len() == word.len()
                && shape.bytes().zip(word.bytes()).all(|(kind, byte)| match kind {
                    b'a' => byte.is_ascii_lowercase(),
                    b'0' => byte.is_ascii_digit(),
                    other => byte == other,
                })
        };
        CODE_SHAPES.iter().any(fits).then(|| at..at + word.len())
    })
}

const SEASONS: &[&str] = &["fw", "ss", "aw", "pf", "f/w", "s/s", "a/w"];

fn season(text: &str) -> Option<std::ops::Range<usize>> {
    tokens(text).find_map(|(at, word)| {
        let digits_at = word.find(|c: char| c.is_ascii_digit())?;
        let year = word[digits_at..].parse::<u32>().ok()?;
        let is_year = matches!((word.len() - digits_at, year), (2, 0..=35) | (4, 1990..=2035));
        (is_year && SEASONS.contains(&&word[..digits_at])).then(|| at..at + word.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        let check = |text: &str, expected: Option<Size>| assert_eq!(size(text).map(|(size, _)| size), expected, "{text}");
        check("shoes size 9.5", Some(Size::One(95)));
        check("dress taille m", Some(Size::One(0)));
        check("sneakers eu42", Some(Size::One(420)));
        check("sneakers 36-45", Some(Size::Run(36, 45)));
        check("hoodie (s-3xl)", Some(Size::Run(2, 7)));
        check("made in the us m series", None);
        check("score 3-2, 2019-2020, 12-14", None);
    }

    #[test]
    fn pieces_and_capacities_are_counted() {
        let check = |text: &str, expected: Option<u32>| assert_eq!(pieces(text).map(|(count, _)| count), expected, "{text}");
        check("lot of 50 belts", Some(50));
        check("50pcs belts", Some(50));
        check("10 pairs of socks", Some(10));
        check("1 pcs", None);
        check("2 piece suit", None);
        let check = |text: &str, expected: Option<u32>| assert_eq!(capacity(text).map(|(size, _)| size), expected, "{text}");
        check("phone 8gb 256 gb", Some(256));
        check("usb stick 16tb", Some(16_000));
        check("gb size 8, 0gb", None);
    }

    #[test]
    fn codes_and_seasons_are_told_by_their_shape() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(code(text).map(|range| &text[range]), expected, "{text}");
        check("air force 1 (cw2288-111)", Some("cw2288-111"));
        check("neverfull m40995", Some("m40995"));
        check("submariner 116610ln 2019", Some("116610ln"));
        check("size 42, 2019, 100ml, 1080p", None);
        let check = |text: &str, expected: Option<&str>| assert_eq!(season(text).map(|range| &text[range]), expected, "{text}");
        check("coat fw19", Some("fw19"));
        check("coat s/s2021", Some("s/s2021"));
        check("ss 316l, fw", None);
    }
}
