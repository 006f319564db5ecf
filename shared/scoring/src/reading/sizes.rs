//! Which sizes, capacities, counts and codes of models does the text state?

use super::Reading;
use crate::policy::{Span, View};
use crate::text::is_word_char;
use std::ops::{Range, RangeInclusive};

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
/// The longest size on its own: "xxxxl", "100.5".
const SIZE_BYTES_MAX: usize = 5;
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

/// A word of a text, with the points, hyphens and slashes inside it: where it begins, and the word.
pub(super) type Token<'t> = (usize, &'t str);

impl Reading<'_> {
    /// How many pieces the title offers at once ("lot of 50").
    pub(crate) fn pieces(&self) -> Option<(u32, Span)> {
        *self.lazy.pieces.get_or_init(|| if self.title_shape().digits == 0 { None } else { self.in_title(pieces) })
    }

    /// The largest capacity of a memory that the title names, in gigabytes.
    pub(crate) fn capacity(&self) -> Option<(u32, Span)> {
        self.in_title(capacity)
    }

    fn in_title<T>(&self, find: impl Fn(&str) -> Option<(T, Range<usize>)>) -> Option<(T, Span)> {
        let title = self.title_span()?;
        let (found, range) = find(&self.folded(View::Plain).text()[title.range()])?;
        let at = |offset: usize| u32::try_from(offset).ok().map(|offset| title.start + offset);
        Some((found, Span { view: View::Plain, start: at(range.start)?, end: at(range.end)? }))
    }
}

fn is_inside(c: char) -> bool {
    is_word_char(c) || matches!(c, '.' | '-' | '/' | '~')
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    text.split(|c: char| !is_inside(c)).filter_map(move |chunk| token(text, chunk))
}

/// The last word of a text.
pub(super) fn last_token(text: &str) -> Option<Token<'_>> {
    text.rsplit(|c: char| !is_inside(c)).find_map(move |chunk| token(text, chunk))
}

fn token<'t>(text: &'t str, chunk: &'t str) -> Option<Token<'t>> {
    let word = chunk.trim_matches(|c: char| !is_word_char(c));
    (!word.is_empty()).then(|| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// The size that a word states, with the word before it where that says what it is, and its place in the text.
pub(super) fn size<'t>((at, word): Token<'t>, before: impl FnOnce() -> Option<Token<'t>>) -> Option<(Size, Range<usize>)> {
    let end = at + word.len();
    if let Some(run) = run(word) {
        return Some((run, at..end));
    }
    // "eu42", "sz10".
    let digits_at = word.bytes().position(|byte| byte.is_ascii_digit()).unwrap_or(0);
    if digits_at > 0
        && let Some(tenths) = tenths(&word[digits_at..])
        && SIZE_WORDS.contains(&&word[..digits_at])
    {
        return Some((Size::One(tenths), at..end));
    }
    if word.len() > SIZE_BYTES_MAX {
        return None;
    }
    let number = tenths(word);
    if number.is_none() && letters(word).is_none() {
        return None;
    }
    let (start, named) = before().filter(|(_, named)| SIZE_WORDS.contains(named))?;
    match number {
        Some(tenths) => Some((Size::One(tenths), start..end)),
        None => (!SYSTEMS.contains(&named)).then_some((Size::One(0), start..end)),
    }
}

/// "36-45", "S-3XL".
fn run(word: &str) -> Option<Size> {
    let at = word.bytes().position(|byte| matches!(byte, b'-' | b'~' | b'/'))?;
    let (from, to) = (&word[..at], &word[at + 1..]);
    if from.len().max(to.len()) > SIZE_BYTES_MAX {
        return None;
    }
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

fn pieces(text: &str) -> Option<(u32, Range<usize>)> {
    // All of them are set apart from the number by such a word.
    let may_be_lot = [" of", " de", " из"].iter().any(|joint| text.contains(joint));
    for words in LOT_WORDS.iter().filter(|_| may_be_lot) {
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

fn capacity(text: &str) -> Option<(u32, Range<usize>)> {
    let mut largest: Option<(u32, Range<usize>)> = None;
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

/// How long the shapes are, in bytes.
const CODE_BYTES: RangeInclusive<usize> = 6..=10;

/// Whether a word is the maker's code of a style ("cw2288-111", "m40995").
pub(super) fn is_code(word: &str) -> bool {
    // "rg1000w", "hd1080p": units are no codes. Colours and years are shorter.
    let fits = |shape: &&str| {
        shape.len() == word.len()
            && shape.bytes().zip(word.bytes()).all(|(kind, byte)| match kind {
                b'a' => byte.is_ascii_lowercase(),
                b'0' => byte.is_ascii_digit(),
                other => byte == other,
            })
    };
    CODE_BYTES.contains(&word.len()) && CODE_SHAPES.iter().any(fits)
}

const SEASONS: &[&str] = &["fw", "ss", "aw", "pf", "f/w", "s/s", "a/w"];
/// How long they are, in bytes.
const SEASON_BYTES: RangeInclusive<usize> = 2..=3;

/// Whether a word names the season of a collection ("fw19").
pub(super) fn is_season(word: &str) -> bool {
    let Some(digits_at) = word.bytes().position(|byte| byte.is_ascii_digit()) else { return false };
    let (season, year) = word.split_at(digits_at);
    SEASON_BYTES.contains(&season.len())
        && SEASONS.contains(&season)
        && year.parse().is_ok_and(|number: u32| matches!((year.len(), number), (2, 0..=35) | (4, 1990..=2035)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
