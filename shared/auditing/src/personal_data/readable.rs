//! How is a text made plain enough to look for contacts in it, without losing where they stood?
//!
//! The scorer's folding undoes what hides letters (full width, invisible characters, HTML codes). Here come the disguises of contacts
//! alone: digits of other scripts, spelt-out digits, "(at)" and "dot".

use super::pattern;
use regex::{Captures, Regex};
use scoring::text::Folded;
use scoring::{Field, Listing};
use std::ops::Range;
use std::sync::LazyLock;

/// Fewest spelt-out digits in a row that are a number: fewer are sizes and counts ("one or two").
const DIGIT_WORDS_MIN: usize = 7;
/// Fewest in a row of digits of both kinds ("1三8一2三4五678"), and the fewest of the spelt ones among them.
const MIXED_DIGITS_MIN: usize = 9;
const MIXED_WORDS_MIN: usize = 3;
/// The zero of each script whose digits sellers use, the nine others behind it. Folding undoes the full-width and styled ones.
const ZEROS: &[char] = &['٠', '۰', '०', '০', '๐', '໐', '០', '၀'];
/// Chinese and Japanese digits; those of bank notes and of radio ("幺") among them.
const HAN_DIGITS: &[(&str, char)] = &[
    ("零〇○", '0'),
    ("一壹幺", '1'),
    ("二贰貳弍", '2'),
    ("三叁參", '3'),
    ("四肆", '4'),
    ("五伍", '5'),
    ("六陆陸", '6'),
    ("七柒", '7'),
    ("八捌", '8'),
    ("九玖", '9'),
    ("공영", '0'),
    ("일", '1'),
    ("이", '2'),
    ("삼", '3'),
    ("사", '4'),
    ("오", '5'),
    ("육륙", '6'),
    ("칠", '7'),
    ("팔", '8'),
    ("구", '9'),
];
/// Digits as words, folded, in the languages that set words apart; sorted.
const DIGIT_WORDS: &[(&str, char)] = &[
    ("acht", '8'),
    ("alti", '6'),
    ("bay", '7'),
    ("bes", '5'),
    ("bir", '1'),
    ("bon", '4'),
    ("cero", '0'),
    ("chin", '9'),
    ("cinco", '5'),
    ("cinq", '5'),
    ("cinque", '5'),
    ("cuatro", '4'),
    ("delapan", '8'),
    ("deux", '2'),
    ("dois", '2'),
    ("dokuz", '9'),
    ("dort", '4'),
    ("dos", '2'),
    ("drei", '3'),
    ("dua", '2'),
    ("due", '2'),
    ("eight", '8'),
    ("eins", '1'),
    ("empat", '4'),
    ("enam", '6'),
    ("five", '5'),
    ("four", '4'),
    ("fuenf", '5'),
    ("funf", '5'),
    ("hai", '2'),
    ("huit", '8'),
    ("iki", '2'),
    ("khong", '0'),
    ("lima", '5'),
    ("meia", '6'),
    ("mot", '1'),
    ("nam", '5'),
    ("neuf", '9'),
    ("neun", '9'),
    ("nine", '9'),
    ("nol", '0'),
    ("nove", '9'),
    ("nueve", '9'),
    ("null", '0'),
    ("ocho", '8'),
    ("oh", '0'),
    ("oito", '8'),
    ("one", '1'),
    ("otto", '8'),
    ("quatre", '4'),
    ("quatro", '4'),
    ("quattro", '4'),
    ("satu", '1'),
    ("sau", '6'),
    ("sechs", '6'),
    ("sei", '6'),
    ("seis", '6'),
    ("sekiz", '8'),
    ("sembilan", '9'),
    ("sept", '7'),
    ("sete", '7'),
    ("sette", '7'),
    ("seven", '7'),
    ("sieben", '7'),
    ("siete", '7'),
    ("sifir", '0'),
    ("six", '6'),
    ("tam", '8'),
    ("three", '3'),
    ("tiga", '3'),
    ("tre", '3'),
    ("tres", '3'),
    ("trois", '3'),
    ("tujuh", '7'),
    ("two", '2'),
    ("uc", '3'),
    ("um", '1'),
    ("un", '1'),
    ("uno", '1'),
    ("vier", '4'),
    ("yedi", '7'),
    ("zero", '0'),
    ("zwei", '2'),
    ("восемь", '8'),
    ("два", '2'),
    ("девять", '9'),
    ("ноль", '0'),
    ("один", '1'),
    ("пять", '5'),
    ("семь", '7'),
    ("три", '3'),
    ("четыре", '4'),
    ("шесть", '6'),
    ("اثنان", '2'),
    ("اثنين", '2'),
    ("اربعه", '4'),
    ("تسعه", '9'),
    ("ثلاثه", '3'),
    ("ثمانيه", '8'),
    ("خمسه", '5'),
    ("سبعه", '7'),
    ("سته", '6'),
    ("صفر", '0'),
    ("واحد", '1'),
];

/// Words for "@" that stand in brackets.
const AT_WORDS: &str = "at|a|et|arroba|aroba|chiocciola|собака|собачка|골뱅이|アット|艾特|圈a|маймун|kuyruklu a";
/// Words for a point.
const DOT_WORDS: &str = "dot|punkt|punto|ponto|point|точка|nokta|titik|点|點|。|ドット|점|닷|نقطه";
/// Who runs most mailboxes: behind one of these names, "at" is no ordinary word.
pub(super) const PROVIDERS: &str = "gmail|googlemail|yahoo|hotmail|outlook|icloud|live|msn|aol|qq|163|126|foxmail|sina|mail|yandex|bk|inbox|\
     rambler|naver|daum|hanmail|protonmail|proton|gmx|web|t-online|orange|free|laposte|libero|tiscali|virgilio|uol|bol|terra|docomo|ezweb|softbank|zoho";

static BRACKETED_AT: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\x20?[(\[{{<]\x20?(?:{AT_WORDS})\x20?[)\]}}>]\x20?")));
static BRACKETED_DOT: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\x20?[(\[{{<]\x20?(?:\.|{DOT_WORDS})\x20?[)\]}}>]\x20?")));
static SPELT_DOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"[\x20_]?(?:{DOT_WORDS})[\x20_]?(com|net|org|ru|cn|de|fr|it|es|pt|tr|jp|kr|br|shop|me)(?-u:\b)"))
});
static SPELT_AT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?:[\x20_](?:at|arroba|chiocciola|собака)[\x20_]|艾特|골뱅이|アット)\x20?({PROVIDERS})(?-u:\b)"))
});

/// A text as it is searched.
pub(super) struct Readable {
    text: String,
    /// For each byte of `text`, the bytes of the original that it came from.
    origins: Vec<(usize, usize)>,
}

impl Readable {
    /// As a reader sees it: codes and markup undone.
    pub(super) fn as_shown(original: &str) -> Self {
        let mut folded = Folded::default();
        folded.fold(&Listing { title: original.to_owned(), ..Listing::default() });
        let Some(part) = folded.parts().iter().find(|part| part.field == Field::Title) else { return Self::as_written("") };
        let mut readable = Self { text: String::with_capacity(part.range.len()), origins: Vec::with_capacity(part.range.len()) };
        for (at, c) in folded.text()[part.range.clone()].char_indices() {
            let start = part.range.start + at;
            let origin = folded.origin(part, &(start..start + c.len_utf8()));
            readable.push(c, (origin.start, origin.end));
        }
        readable.plain()
    }

    /// As it is stored: what stands inside tags is seen too.
    pub(super) fn as_written(original: &str) -> Self {
        let mut readable = Self { text: String::with_capacity(original.len()), origins: Vec::with_capacity(original.len()) };
        for (at, c) in original.char_indices() {
            readable.push(c.to_ascii_lowercase(), (at, at + c.len_utf8()));
        }
        readable.plain()
    }

    /// Lower case, digits as `0` to `9`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of the text came from.
    pub(super) fn origin(&self, range: &Range<usize>) -> Range<usize> {
        let origins = self.origins.get(range.clone()).unwrap_or_default();
        let start = origins.iter().map(|origin| origin.0).min();
        let end = origins.iter().map(|origin| origin.1).max();
        start.unwrap_or(0)..end.unwrap_or(0)
    }

    fn push(&mut self, c: char, origin: (usize, usize)) {
        let c = if c.is_ascii() { c } else { digit(c).unwrap_or(c) };
        self.text.push(c);
        self.origins.resize(self.text.len(), origin);
    }

    fn plain(mut self) -> Self {
        self.spell_digits();
        let has = |signs: &[char]| self.text.contains(signs);
        if has(&['(', '[', '{', '<']) {
            self.rewrite(&BRACKETED_AT, |_| "@".to_owned());
            self.rewrite(&BRACKETED_DOT, |_| ".".to_owned());
        }
        self.rewrite(&SPELT_DOT, |found| format!(".{}", &found[1]));
        self.rewrite(&SPELT_AT, |found| format!("@{}", &found[1]));
        self
    }

    /// Replaces what a pattern finds; all of the new bytes come from all of the old.
    fn rewrite(&mut self, pattern: &Regex, with: impl Fn(&Captures<'_>) -> String) {
        let found: Vec<_> = pattern.captures_iter(&self.text).map(|found| (found.get_match().range(), with(&found))).collect();
        self.replace(&found);
    }

    /// Replaces ranges that rise and do not overlap.
    fn replace(&mut self, ranges: &[(Range<usize>, String)]) {
        if ranges.is_empty() {
            return;
        }
        let mut changed = Self { text: String::with_capacity(self.text.len()), origins: Vec::with_capacity(self.text.len()) };
        let mut done = 0;
        for (range, text) in ranges {
            changed.copy(self, done..range.start);
            let origin = self.origin(range);
            changed.text.push_str(text);
            changed.origins.resize(changed.text.len(), (origin.start, origin.end));
            done = range.end;
        }
        changed.copy(self, done..self.text.len());
        *self = changed;
    }

    fn copy(&mut self, from: &Self, range: Range<usize>) {
        self.text.push_str(&from.text[range.clone()]);
        self.origins.extend_from_slice(&from.origins[range]);
    }

    /// Writes runs of spelt-out digits as digits: "one three eight ..." and "一三八...", digits between them as they are.
    fn spell_digits(&mut self) {
        let mut spelt = Vec::new();
        let mut run: Vec<(Range<usize>, String)> = Vec::new();
        let mut spelt_in_run = 0;
        let mut end_run = |run: &mut Vec<(Range<usize>, String)>, spelt_in_run: &mut usize| {
            let is_mixed = *spelt_in_run >= MIXED_WORDS_MIN && run.len() >= MIXED_DIGITS_MIN;
            if (*spelt_in_run >= DIGIT_WORDS_MIN || is_mixed)
                && let (Some(first), Some(last)) = (run.first(), run.last())
            {
                let digits = run.iter().map(|(_, digits)| digits.as_str()).collect();
                spelt.push((first.0.start..last.0.end, digits));
            }
            run.clear();
            *spelt_in_run = 0;
        };
        for (range, digits, is_spelt) in tokens(&self.text) {
            let gap = run.last().map_or("", |(last, _)| &self.text[last.end..range.start]);
            if digits.is_none() || gap.len() > 2 || gap.contains(|c| !matches!(c, ' ' | '-' | '.' | '/')) {
                end_run(&mut run, &mut spelt_in_run);
            }
            if let Some(digits) = digits {
                spelt_in_run += usize::from(is_spelt);
                run.push((range, digits));
            }
        }
        end_run(&mut run, &mut spelt_in_run);
        self.replace(&spelt);
    }
}

/// Words, digits that are a letter of their own, and runs of digits: where, the digits that it means, and whether they are spelt out.
fn tokens(text: &str) -> impl Iterator<Item = (Range<usize>, Option<String>, bool)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        if let Some(digit) = han_digit(first) {
            return Some((start..start + first.len_utf8(), Some(digit.to_string()), true));
        }
        let mut end = start + first.len_utf8();
        let is_number = first.is_ascii_digit();
        let belongs = |c: char| if is_number { c.is_ascii_digit() } else { c.is_alphabetic() && han_digit(c).is_none() };
        while let Some((at, c)) = chars.next_if(|(_, c)| belongs(*c)) {
            end = at + c.len_utf8();
        }
        let word = &text[start..end];
        if is_number {
            return Some((start..end, Some(word.to_owned()), false));
        }
        let digit = DIGIT_WORDS.binary_search_by(|(known, _)| (*known).cmp(word)).ok().map(|at| DIGIT_WORDS[at].1);
        Some((start..end, digit.map(String::from), true))
    })
}

fn han_digit(c: char) -> Option<char> {
    // Most text ends here.
    if c < '\u{25cb}' {
        return None;
    }
    HAN_DIGITS.iter().find(|(forms, _)| forms.contains(c)).map(|(_, digit)| *digit)
}

fn digit(c: char) -> Option<char> {
    let value = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguises_are_undone() {
        let check = |text: &str, expected: &str| assert_eq!(Readable::as_shown(text).text(), expected);
        check("１３８ ٠١٢ ๑๒๓ ①", "138 012 123 1");
        check("joe (at) shop [dot] com, joe at gmail dot com", "joe@shop.com, joe@gmail.com");
        check("joe&#64;shop.com joe%40shop.com", "joe@shop.com joe@shop.com");
        check("look at the dot on it", "look at the dot on it");
        check("微信一三八一二三四五六七八", "微信13812345678");
        check("one three eight one two three four five, one or two", "13812345, one or two");
        check("공일공 일이삼사 오육칠팔", "01012345678");
        check("size one two three", "size one two three");
    }

    #[test]
    fn everything_stays_traced() {
        let original = "写信 ｊｏｅ（at）ｓｈｏｐ。com";
        let readable = Readable::as_shown(original);
        let at = readable.text().find('@').unwrap();
        assert_eq!(&original[readable.origin(&(at..at + 1))], "（at）");
    }

    #[test]
    fn the_words_can_be_searched() {
        assert!(DIGIT_WORDS.is_sorted_by(|one, other| one.0 < other.0));
        for (word, _) in DIGIT_WORDS {
            assert_eq!(Folded::of(word), **word);
        }
    }
}
