//! How are the fields of a listing folded into one text that can be searched in one pass, with every byte traced to its origin?

use super::Trick;
use super::alike::stand_ins;
use super::chars::{Fold, fold_char, is_folded, is_kana_mark, is_picture, is_word_char};
use super::decode::{Shown, shown};
use crate::{Field, Listing};
use std::ops::Range;
use unicode_normalization::char::compose;

/// Separates fields; no pattern contains it, so no match crosses fields.
pub(super) const FIELD_END: char = '\n';

/// The searchable fields of a listing, folded one after the other.
///
/// Reused between listings: clearing keeps the buffers.
#[derive(Debug, Default)]
pub struct Folded {
    text: String,
    parts: Vec<Part>,
    /// For fields that are not plain ASCII: the byte range in the original of each folded byte.
    origins: Vec<(u32, u32)>,
    /// Where folding undid a trick: folded offset of the letter concerned.
    tricks: Vec<(usize, Trick)>,
    /// What stood behind the last letter without being seen: a trick if the word goes on.
    unseen: Option<Trick>,
}

/// One field within the folded text.
#[derive(Clone, Debug)]
pub struct Part {
    /// Which field.
    pub field: Field,
    /// Its bytes in the folded text.
    pub range: Range<usize>,
    /// Index of its first entry in `origins`; `None` when folding moved no byte.
    traced: Option<usize>,
}

impl Folded {
    /// Fields that are searched, in the order in which they are laid out.
    pub const FIELDS: [Field; 5] = [Field::Title, Field::Brand, Field::Category, Field::SellerName, Field::Description];

    /// Folds a listing's fields, replacing what was there.
    pub fn fold(&mut self, listing: &Listing) {
        self.clear();
        for field in Self::FIELDS {
            if let Some(original) = listing.text(field) {
                self.push(field, original);
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
        self.origins.clear();
        self.tricks.clear();
        self.unseen = None;
    }

    /// Folds one text on its own: how patterns are prepared.
    #[must_use]
    pub fn of(text: &str) -> String {
        let mut folded = Self::default();
        folded.push(Field::Title, text);
        folded.text.pop();
        folded.text
    }

    /// The folded text, each field followed by a line feed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields, in order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The field that a byte of the folded text belongs to.
    #[must_use]
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        self.parts.iter().find(|part| part.range.contains(&at))
    }

    /// The tricks undone within a range of the folded text.
    pub fn tricks(&self, range: Range<usize>) -> impl Iterator<Item = Trick> {
        let Range { start, end } = range;
        let first = self.tricks.partition_point(|(at, _)| *at < start);
        self.tricks[first..].iter().take_while(move |(at, _)| *at < end).map(|(_, trick)| *trick)
    }

    /// Whether folding undid anything.
    #[must_use]
    pub fn has_tricks(&self) -> bool {
        !self.tricks.is_empty()
    }

    /// The bytes of the ORIGINAL field that a non-empty range of the folded text came from.
    #[must_use]
    pub fn origin(&self, part: &Part, range: &Range<usize>) -> Range<usize> {
        let (first, end) = (range.start - part.range.start, range.end - part.range.start);
        let Some(traced) = part.traced else { return first..end };
        // What a direction override turned around was stored backwards.
        let origins = &self.origins[traced + first..traced + end];
        let start = origins.iter().map(|origin| origin.0).min();
        let end = origins.iter().map(|origin| origin.1).max();
        start.unwrap_or(0) as usize..end.unwrap_or(0) as usize
    }

    fn push(&mut self, field: Field, original: &str) {
        let start = self.text.len();
        self.unseen = None;
        let traced = if let Some(shown) = shown(original) {
            let traced = self.origins.len();
            self.push_shown(shown);
            Some(traced)
        } else if original.is_ascii() && !has_wide_gaps(original) {
            self.text.push_str(original);
            let added = &mut self.text[start..];
            added.make_ascii_lowercase();
            if added.bytes().any(|byte| byte < b' ') {
                // A lone line break or tab separates words like a space; kept, it would look like the end of a field.
                let spaced = self.text[start..].replace(|c: char| c < ' ', " ");
                self.text.replace_range(start.., &spaced);
            }
            None
        } else {
            let traced = self.origins.len();
            self.push_traced(original);
            Some(traced)
        };
        self.parts.push(Part { field, range: start..self.text.len(), traced });
        self.text.push(FIELD_END);
    }

    /// Copies a run of ASCII, with every run of white space as one space: a wide gap hides a name of two words from a search.
    fn push_ascii(&mut self, run: &str, at: usize) {
        if let Some(next) = run.chars().next() {
            self.settle_unseen(next);
            if next <= ' ' {
                self.drop_lone_pictures();
            }
        }
        let mut after_space = self.text.ends_with(' ');
        let is_even =
            !(has_wide_gaps(run) || after_space && run.starts_with(|c: char| c <= ' ')) && run.bytes().all(|byte| byte >= b' ');
        if is_even {
            let start = self.text.len();
            self.text.push_str(run);
            self.text[start..].make_ascii_lowercase();
            self.origins.extend((offset(at)..).take(run.len()).map(|at| (at, at + 1)));
            return;
        }
        for (at, byte) in (at..).zip(run.bytes()) {
            let is_space = byte <= b' ';
            if !(is_space && after_space) {
                self.text.push(if is_space { ' ' } else { char::from(byte.to_ascii_lowercase()) });
                self.origins.push((offset(at), offset(at + 1)));
            }
            after_space = is_space;
        }
    }

    fn push_traced(&mut self, original: &str) {
        let mut rest = original;
        let mut at = 0;
        while !rest.is_empty() {
            // Runs of ASCII are copied whole: most text that is not ASCII is mostly ASCII.
            let run = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            if run > 0 {
                self.push_ascii(&rest[..run], at);
                (rest, at) = (&rest[run..], at + run);
            }
            // So are runs of letters that fold to themselves: most of the rest of it.
            let mut run = 0;
            if let Some(next) = rest.chars().next().filter(|c| is_folded(*c)) {
                self.settle_unseen(next);
            }
            for c in rest.chars().take_while(|c| is_folded(*c)) {
                let end = run + c.len_utf8();
                let origin = (offset(at + run), offset(at + end));
                // Of two or three bytes, all of them.
                self.origins.extend_from_slice(&[origin; 2]);
                if end - run > 2 {
                    self.origins.push(origin);
                }
                run = end;
            }
            self.text.push_str(&rest[..run]);
            (rest, at) = (&rest[run..], at + run);
            if let Some(c) = rest.chars().next().filter(|c| !c.is_ascii()) {
                let end = at + c.len_utf8();
                self.push_folded(c, at..end);
                (rest, at) = (&rest[c.len_utf8()..], end);
            }
        }
    }

    /// Text that is not written as it is shown, character by character.
    fn push_shown(&mut self, shown: Vec<Shown>) {
        for Shown { c, origin, encoded } in shown {
            // Nobody needs a code for a plain letter; for `é`, old software did.
            if encoded && c.is_ascii_alphanumeric() {
                self.tricks.push((self.text.len(), Trick::Encoded));
            }
            if c.is_ascii() {
                self.push_char(if c <= ' ' { ' ' } else { c.to_ascii_lowercase() }, origin);
            } else if encoded && c == '\u{2060}' {
                self.note_unseen(Trick::Encoded);
            } else {
                self.push_folded(c, origin);
            }
        }
    }

    fn push_folded(&mut self, c: char, origin: Range<usize>) {
        match fold_char(c) {
            Fold::Char(folded) => {
                // Half-width kana and their marks; Hangul in parts, as some systems store it.
                if (is_kana_mark(*folded) || matches!(c, '\u{1161}'..='\u{11c2}'))
                    && let Some(before) = self.text.chars().next_back()
                    && let Some(joined) = compose(before, *folded)
                {
                    // The letter now spans both characters.
                    let start = self.origins.last().map_or(origin.start, |origin| origin.0 as usize);
                    self.text.pop();
                    self.origins.truncate(self.origins.len().saturating_sub(before.len_utf8()));
                    self.push_char(joined, start..origin.end);
                } else {
                    self.push_char(*folded, origin);
                }
            }
            Fold::Styled(folded) => {
                self.tricks.push((self.text.len(), Trick::Styled));
                self.push_char(*folded, origin);
            }
            Fold::Text(folded) => {
                for folded in folded.chars() {
                    self.push_char(folded, origin.clone());
                }
            }
            Fold::Invisible => self.note_unseen(Trick::Invisible),
            // An accent that the letter may have is how some keyboards write it.
            Fold::Mark if self.text.chars().next_back().is_some_and(|before| compose(before, c).is_some()) => {}
            Fold::Mark => self.note_unseen(Trick::Marked),
        }
    }

    /// Remembers what was dropped: it breaks up a word when it stands between two letters, and a letter with a mark is altered
    /// even at the end.
    fn note_unseen(&mut self, trick: Trick) {
        if let Some(before) = self.text.chars().next_back()
            && before.is_alphanumeric()
        {
            if trick == Trick::Marked {
                self.tricks.push((self.text.len() - before.len_utf8(), trick));
            } else {
                self.unseen = Some(trick);
            }
        }
    }

    /// Whether what was dropped stood inside a word shows when the next character comes.
    fn settle_unseen(&mut self, next: char) {
        if let Some(trick) = self.unseen.take()
            && is_word_char(next)
            && let Some(before) = self.text.chars().next_back()
        {
            self.tricks.push((self.text.len() - before.len_utf8(), trick));
        }
    }

    fn push_char(&mut self, c: char, origin: Range<usize>) {
        self.settle_unseen(c);
        if c == ' ' {
            self.drop_lone_pictures();
            if self.text.ends_with(' ') {
                return;
            }
        }
        self.text.push(c);
        let origin = (offset(origin.start), offset(origin.end));
        self.origins.extend_from_slice(&[origin; 4][..c.len_utf8()]);
    }

    /// Takes out pictures that stand alone before a space: they decorate, and would set the words of a phrase apart. Those that may be
    /// letters stay.
    fn drop_lone_pictures(&mut self) {
        let kept = self.text.trim_end_matches(|c| is_picture(c) && stand_ins(c).is_empty());
        if kept.is_empty() || kept.ends_with([' ', FIELD_END]) {
            let dropped = self.text.len() - kept.len();
            self.text.truncate(kept.len());
            self.origins.truncate(self.origins.len() - dropped);
        }
    }

    /// Builds the text of another view from pieces of this one: a replacement, or the bytes as they are.
    pub(super) fn rewrite(&self, replacements: &[(Range<usize>, String, Trick)], into: &mut Self) {
        into.clear();
        let mut replacements = replacements.iter().peekable();
        for part in &self.parts {
            let start = into.text.len();
            let traced = into.origins.len();
            let mut at = part.range.start;
            while let Some((range, text, trick)) = replacements.next_if(|(range, ..)| range.start < part.range.end) {
                self.copy(part, at..range.start, into);
                let origin = self.origin(part, range);
                let leading = text.len() - text.trim_start().len();
                into.tricks.push((into.text.len() + leading, *trick));
                for c in text.chars() {
                    into.push_char(c, origin.clone());
                }
                at = range.end;
            }
            self.copy(part, at..part.range.end, into);
            into.parts.push(Part { field: part.field, range: start..into.text.len(), traced: Some(traced) });
            into.text.push(FIELD_END);
        }
    }

    fn copy(&self, part: &Part, range: Range<usize>, into: &mut Self) {
        into.text.push_str(&self.text[range.clone()]);
        into.origins.extend(range.map(|at| {
            let origin = self.origin(part, &(at..at + 1));
            (offset(origin.start), offset(origin.end))
        }));
    }
}

/// Whether white space stands beside white space.
fn has_wide_gaps(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0] <= b' ' && pair[1] <= b' ')
}

/// Fields are at most some kilobytes (see [`crate::limits`]).
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(title: &str) -> Folded {
        let mut folded = Folded::default();
        folded.push(Field::Title, title);
        folded
    }

    #[test]
    fn texts_that_read_the_same_fold_the_same() {
        let check = |text: &str, expected: &str| assert_eq!(Folded::of(text), expected, "{text}");
        check("HERMÈS", "hermes");
        check("Straße", "strasse");
        check("ＧＵＣＣＩ 𝐛𝐚𝐠", "gucci bag");
        check("Gu\u{200b}c\u{ad}ci", "gucci");
        check("G\u{336}u\u{336}cci", "gucci");
        check("ｶﾞﾝﾀﾞﾑ", "ガンダム");
        check("1：1 复刻", "1:1 复刻");
        check("\u{1100}\u{116e}\u{110d}\u{1175}", "구찌");
        check("Копия ЛЮКС", "копия люкс");
        check("تقليــد", "تقليد");
        check("a\tb\nc", "a b c");
        check("Louis \u{3000}  Vuitton\r\n", "louis vuitton ");
        check("ルイ・ヴィトン", "ルイ ヴィトン");
        check("&#71;u<b>cc</b>i&nbsp;bag", "gucci bag");
        check("\u{202e}iccuG\u{202c}", "gucci");
        check("🔥 louis ✨❤\u{fe0f} vuitton 👜 bag👜 new ✨", " louis vuitton bag👜 new ✨");
        check("l ⭕ l", "l ⭕ l");
        check("🅖🅤🅒🅒🅘 ⒢⒰ ɢᴜᴄᴄɪ", "gucci gu gucci");
    }

    #[test]
    fn a_match_is_traced_to_the_original_bytes() {
        let check = |original: &str, word: &str, expected: &str| {
            let folded = fold(original);
            let at = folded.text().find(word).unwrap();
            let range = folded.origin(&folded.parts()[0], &(at..at + word.len()));
            assert_eq!(&original[range], expected);
        };
        check("New GUCCI bag", "gucci", "GUCCI");
        check("Été: Ｇu\u{200b}cci!", "gucci", "Ｇu\u{200b}cci");
        check("ﬁne Straße", "strasse", "Straße");
        check("ｶﾞﾝﾀﾞﾑ", "ガン", "ｶﾞﾝ");
    }

    #[test]
    fn what_was_undone_is_remembered_where_it_was() {
        let folded = fold("Ｇu\u{200b}cci bag");
        let tricks: Vec<_> = folded.tricks(0..5).collect();
        assert_eq!(tricks, [Trick::Styled, Trick::Invisible]);
        assert_eq!(folded.tricks(5..9).count(), 0);
    }

    #[test]
    fn what_hides_nothing_is_no_trick() {
        for text in
            ["Gucci\u{200b} bag", "<b>Gucci</b> bag", "Herme\u{300}s", "Herm&egrave;s", "👜\u{fe0f} Gucci", "Dolce &amp; Gabbana"]
        {
            assert_eq!(fold(text).tricks, [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_folded_byte_has_an_origin_at_character_boundaries(original in "\\PC{0,40}|[ＧｶﾞA\u{200b}\u{336}éßﬁ驴 &#;71%<>b]{0,20}") {
            let folded = fold(&original);
            let part = folded.parts()[0].clone();
            let mut before = 0;
            for (at, c) in folded.text()[part.range.clone()].char_indices() {
                let origin = folded.origin(&part, &(at..at + c.len_utf8()));
                prop_assert!(original.get(origin.clone()).is_some_and(|text| !text.is_empty()));
                prop_assert!(origin.start >= before);
                before = origin.start;
            }
        }
    }
}
