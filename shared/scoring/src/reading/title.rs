//! What does the title look like, whatever it says?

use super::Reading;
use crate::Field;
use crate::policy::{Span, View};
use crate::text::is_picture;

/// What a title is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleShape {
    /// Letters of alphabets that have capitals, and the capitals among them.
    pub(crate) cased: u32,
    pub(crate) capitals: u32,
    /// Words; two characters of Chinese, Japanese or Thai count as one.
    pub(crate) words: u32,
    pub(crate) digits: u32,
    pub(crate) exclamations: u32,
    pub(crate) pictures: u32,
    pub(crate) hashtags: u32,
}

impl Reading<'_> {
    /// What the title looks like.
    pub(crate) fn title_shape(&self) -> &TitleShape {
        self.lazy.title.get_or_init(|| shape(&self.listing.title))
    }

    /// The whole title, to point at.
    pub(crate) fn title_span(&self) -> Option<Span> {
        self.span_of(Field::Title)
    }

    /// A whole field, to point at.
    pub(crate) fn span_of(&self, field: Field) -> Option<Span> {
        let part = self.folded(View::Plain).parts().iter().find(|part| part.field == field)?;
        // A field of white space alone folds to nothing that could be pointed at.
        let (start, end) = (u32::try_from(part.range.start).ok()?, u32::try_from(part.range.end).ok()?);
        (start < end).then_some(Span { view: View::Plain, start, end })
    }

    /// A field as folded.
    pub(super) fn folded_field(&self, field: Field) -> Option<&str> {
        let folded = self.folded(View::Plain);
        folded.parts().iter().find(|part| part.field == field).map(|part| &folded.text()[part.range.clone()])
    }

    /// The folded words of a field.
    pub(crate) fn words_of(&self, field: Field) -> impl Iterator<Item = &str> {
        let text = self.folded_field(field).unwrap_or("");
        text.split(|c: char| !crate::text::is_word_char(c)).filter(|word| !word.is_empty())
    }
}

/// Whether a letter is a capital, and whether it is a small one.
fn case(c: char) -> (bool, bool) {
    match c {
        '\0'..='\x7f' => (c.is_ascii_uppercase(), c.is_ascii_lowercase()),
        // The letters of most other titles, and the scripts of East Asia, which have no case: none of it is looked up.
        '\u{0410}'..='\u{042f}' => (true, false),
        '\u{0430}'..='\u{044f}' => (false, true),
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => (false, false),
        // Letters in circles and squares have one case, and say nothing by it.
        '\u{1f100}'..='\u{1f1ff}' => (false, c.is_lowercase()),
        c => (c.is_uppercase(), c.is_lowercase()),
    }
}

fn shape(title: &str) -> TitleShape {
    let mut shape = TitleShape::default();
    let (mut in_word, mut unspaced) = (false, 0);
    let mut before = ' ';
    for c in title.chars() {
        let (upper, lower) = case(c);
        let is_digit = c.is_ascii_digit();
        let is_word = upper || lower || is_digit || !c.is_ascii() && crate::text::is_word_char(c);
        let is_unspaced = is_word && !c.is_ascii() && crate::text::never_breaks(c);
        unspaced += u32::from(is_unspaced);
        shape.words += u32::from(is_word && !is_unspaced && !in_word);
        in_word = is_word && !is_unspaced;
        shape.cased += u32::from(upper || lower);
        shape.capitals += u32::from(upper);
        shape.digits += u32::from(is_digit);
        shape.exclamations += u32::from(matches!(c, '!' | '！'));
        shape.pictures += u32::from(!c.is_ascii() && is_picture(c));
        shape.hashtags += u32::from(matches!(before, '#' | '＃') && c.is_alphabetic());
        before = c;
    }
    shape.words += unspaced / 2;
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortcuts_agree_with_unicode() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(case(c), (c.is_uppercase(), c.is_lowercase()), "{c:?}");
            assert!(c.is_alphanumeric() || case(c) == (false, false), "{c:?}");
        }
    }

    #[test]
    fn titles_are_counted() {
        let check = |title: &str, expected: TitleShape| assert_eq!(shape(title), expected, "{title}");
        let plain = TitleShape::default();
        check("BAG new!", TitleShape { cased: 6, capitals: 3, words: 2, exclamations: 1, ..plain });
        check("🔥🔥 #shoes 42", TitleShape { cased: 5, words: 2, digits: 2, pictures: 2, hashtags: 1, ..plain });
        check("女士手提包", TitleShape { words: 2, ..plain });
        check("", plain);
    }
}
