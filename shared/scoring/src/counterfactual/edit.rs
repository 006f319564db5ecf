//! What does a field read like when some of its words are taken out or replaced, and where did what is left stand before?

use crate::text::{Folded, is_word_char, never_breaks};
use std::ops::Range;

/// Words of a text, and what stands in their place: nothing, or other words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut<'w> {
    pub(super) range: Range<usize>,
    pub(super) with: Option<&'w str>,
}

/// A text after some cuts.
#[derive(Debug)]
pub(super) struct Edited {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the edited text and the bytes of the original that it stands for.
#[derive(Debug)]
struct Piece {
    at: Range<usize>,
    original: Range<usize>,
    is_kept: bool,
}

/// What separates the items of a list: when one goes, one of its separators goes with it.
const SEPARATORS: &[char] = &[',', ';', '|', '/', '-', '–', '—', '•', '·', '、', '，', '；', '｜', '／'];
/// What else is left over at the beginning of a text whose first words went.
const LEADING: &[char] = &['.', ':', '!', '。', '：', '！'];
/// What stands close to the word before it.
const CLOSING: &[char] = &[',', '.', ';', ':', '!', '?', ')', ']', '}'];
const BRACKETS: &[(char, char)] = &[
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('"', '"'),
    ('“', '”'),
    ('«', '»'),
    ('（', '）'),
    ('【', '】'),
    ('「', '」'),
    ('《', '》'),
];

impl Edited {
    /// Cuts that lie outside of the text, inside a character or in another cut are left out. What is taken out leaves no double
    /// space, no empty brackets and no separator without an item; what is put in stands apart from the letters around it.
    pub(super) fn new(original: &str, mut cuts: Vec<Cut<'_>>) -> Self {
        cuts.retain(|cut| original.get(cut.range.clone()).is_some_and(|words| !words.is_empty()));
        cuts.sort_by_key(|cut| (cut.range.start, cut.range.end));
        let mut end = 0;
        cuts.retain(|cut| {
            let keep = cut.range.start >= end;
            end = if keep { cut.range.end } else { end };
            keep
        });
        let cuts = joined(original, with_unseen(original, cuts));
        let mut edited = Self { text: String::with_capacity(original.len()), pieces: Vec::new() };
        let mut at = 0;
        for (number, cut) in cuts.iter().enumerate() {
            let next = cuts.get(number + 1).map_or(original.len(), |next| next.range.start);
            let (range, with) = match cut.with {
                Some(with) => (cut.range.clone(), spaced(original, &cut.range, with)),
                None => tidied(original, cut.range.clone(), &(at..next)),
            };
            edited.push(&original[at..range.start], at..range.start, true);
            edited.push(&with, range.clone(), false);
            at = range.end;
        }
        edited.push(&original[at..], at..original.len(), true);
        edited
    }

    fn push(&mut self, text: &str, original: Range<usize>, is_kept: bool) {
        if !text.is_empty() {
            let start = self.text.len();
            self.text.push_str(text);
            self.pieces.push(Piece { at: start..self.text.len(), original, is_kept });
        }
    }

    /// The bytes of the original text that a non-empty range of the edited text stands for, with all that was taken out between.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let piece = |at: usize| self.pieces.iter().find(|piece| piece.at.contains(&at));
        let start = piece(range.start).map_or(0, |piece| {
            if piece.is_kept { piece.original.start + (range.start - piece.at.start) } else { piece.original.start }
        });
        let end = piece(range.end.saturating_sub(1)).map_or(start, |piece| {
            if piece.is_kept { piece.original.start + (range.end - piece.at.start) } else { piece.original.end }
        });
        start..end
    }
}

/// What does not show belongs to the letter before it, and goes with it.
fn with_unseen<'w>(original: &str, mut cuts: Vec<Cut<'w>>) -> Vec<Cut<'w>> {
    let mut next = original.len();
    for cut in cuts.iter_mut().rev() {
        let unseen = original[cut.range.end..next]
            .chars()
            .take_while(|c| !c.is_ascii() && Folded::of(c.encode_utf8(&mut [0; 4])).is_empty());
        cut.range.end += unseen.map(char::len_utf8).sum::<usize>();
        next = cut.range.start;
    }
    cuts
}

/// What is put in, with a space wherever it would run into a word.
fn spaced(original: &str, range: &Range<usize>, with: &str) -> String {
    let (before, after) = (original[..range.start].chars().next_back(), original[range.end..].chars().next());
    let touches =
        |one: Option<char>, other: Option<char>| one.is_some_and(is_spaced_letter) && other.is_some_and(is_spaced_letter);
    let left = if touches(before, with.chars().next()) { " " } else { "" };
    let right = if touches(with.chars().next_back(), after) { " " } else { "" };
    format!("{left}{with}{right}")
}

/// Words taken out with nothing but separators between them go as one.
fn joined<'w>(original: &str, cuts: Vec<Cut<'w>>) -> Vec<Cut<'w>> {
    let mut joined: Vec<Cut<'w>> = Vec::with_capacity(cuts.len());
    for cut in cuts {
        let is_gap = |c: char| c.is_whitespace() || SEPARATORS.contains(&c);
        match joined.last_mut() {
            Some(last)
                if last.with.is_none() && cut.with.is_none() && original[last.range.end..cut.range.start].chars().all(is_gap) =>
            {
                last.range.end = cut.range.end;
            }
            _ => joined.push(cut),
        }
    }
    joined
}

/// What to take out with a range so that the rest reads well, and what to put in its place. `bounds` is what lies between the cuts
/// before and after it.
fn tidied(text: &str, mut range: Range<usize>, bounds: &Range<usize>) -> (Range<usize>, String) {
    let (left, right) = loop {
        let left = text[bounds.start..range.start].trim_end();
        let right = text[range.end..bounds.end].trim_start();
        match (left.chars().next_back(), right.chars().next()) {
            (Some(open), Some(close)) if BRACKETS.contains(&(open, close)) => {
                range = bounds.start + left.len() - open.len_utf8()..bounds.end - right.len() + close.len_utf8();
            }
            _ => break (left, right),
        }
    };
    // Where the words around begin and end.
    let (left_end, right_start) = (bounds.start + left.len(), bounds.end - right.len());
    if bounds.start == 0 && left.is_empty() {
        let rest = right.trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c) || LEADING.contains(&c));
        return (0..bounds.end - rest.len(), String::new());
    }
    if bounds.end == text.len() && right.is_empty() {
        let rest = left.trim_end_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c));
        return (bounds.start + rest.len()..bounds.end, String::new());
    }
    let (before, after) = (left.chars().next_back(), right.chars().next());
    let is_spaced = (left_end < range.start, right_start > range.end);
    if let (Some(before), Some(after)) = (before, after)
        && SEPARATORS.contains(&before)
        && SEPARATORS.contains(&after)
    {
        let rest = &right[after.len_utf8()..];
        let rest = if is_spaced.0 { rest.trim_start() } else { rest };
        return (range.start..bounds.end - rest.len(), String::new());
    }
    match is_spaced {
        (true, true) if text[range.end..right_start].contains('\n') => (left_end..range.end, String::new()),
        (true, true) => (range.start..right_start, String::new()),
        (true, false) if after.is_some_and(|after| CLOSING.contains(&after)) => (left_end..range.end, String::new()),
        (false, false) if before.is_some_and(is_spaced_letter) && after.is_some_and(is_spaced_letter) => (range, " ".to_owned()),
        _ => (range, String::new()),
    }
}

/// Of a script in which two words need a space between them.
fn is_spaced_letter(c: char) -> bool {
    is_word_char(c) && !never_breaks(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Takes out what stands between `<` and `>`, or replaces it by what follows `=` there.
    fn check(marked: &str, expected: &str) {
        let (mut original, mut cuts, mut withs) = (String::new(), Vec::new(), Vec::new());
        for part in marked.split('<') {
            let Some((inside, after)) = part.split_once('>') else {
                original.push_str(part);
                continue;
            };
            let (words, with) = inside.split_once('=').map_or((inside, None), |(words, with)| (words, Some(with)));
            cuts.push(original.len()..original.len() + words.len());
            withs.push(with);
            original.push_str(words);
            original.push_str(after);
        }
        let cuts = cuts.into_iter().zip(withs).map(|(range, with)| Cut { range, with }).collect();
        assert_eq!(Edited::new(&original, cuts).text, expected, "{marked}");
    }

    #[test]
    fn what_is_left_reads_well() {
        check("Gucci bag <replica>", "Gucci bag");
        check("<Replica> Gucci bag", "Gucci bag");
        check("Gucci <replica> bag", "Gucci bag");
        check("Gucci bag, <replica>, new", "Gucci bag, new");
        check("Gucci bag <replica>, new", "Gucci bag, new");
        check("Gucci bag - <replica>", "Gucci bag");
        check("<1:1> - Gucci bag", "Gucci bag");
        check("<1:1>! Gucci bag", "Gucci bag");
        check("Gucci bag (<replica>) new", "Gucci bag new");
        check("Gucci bag 【<高仿>】", "Gucci bag");
        check("Gucci<高仿>女包", "Gucci女包");
        check("Gucci女<高仿>包", "Gucci女包");
        check("bag/<replica>/new", "bag/new");
        check("bag★<replica>★new", "bag★★new");
        check("bag<1:1>new", "bag new");
        check("It is a <replica>. Bye", "It is a. Bye");
        check("One <replica>\ntwo", "One\ntwo");
        check("Bag <replica>, <1:1>, <AAA>", "Bag");
        check("Bag <replica>, <1:1>, new", "Bag, new");
        check("A <Vuiton=Louis Vuitton> bag <1:1>", "A Louis Vuitton bag");
        check("<驴牌=Louis Vuitton> <高仿>", "Louis Vuitton");
        check("t<驴牌=Louis Vuitton>replica", "t Louis Vuitton replica");
        check("<驴牌=Louis Vuitton>女包", "Louis Vuitton女包");
        check("bag <高仿>\u{200b} new", "bag new");
        check("<Gu\u{200b}cci=Gucci>\u{fe0f}!", "Gucci!");
        check("<replica>", "");
        check("<replica> <1:1>!", "");
        check("no cut", "no cut");
    }

    #[test]
    fn a_place_in_the_edited_text_is_found_in_the_original() {
        let original = "A Vuiton (replica) bag, 1:1, new";
        let cuts = vec![
            Cut { range: 10..17, with: None },
            Cut { range: 2..8, with: Some("Louis Vuitton") },
            Cut { range: 24..27, with: None },
        ];
        let edited = Edited::new(original, cuts);
        assert_eq!(edited.text, "A Louis Vuitton bag, new");
        let check = |words: &str, expected: &str| {
            let at = edited.text.find(words).unwrap();
            assert_eq!(&original[edited.original(&(at..at + words.len()))], expected);
        };
        check("bag", "bag");
        check("Louis", "Vuiton");
        check("Vuitton bag", "Vuiton (replica) bag");
        check("bag, new", "bag, 1:1, new");
        check("new", "new");
    }

    proptest! {
        #[test]
        fn any_cuts_of_any_text_give_a_text_that_is_traced(
            text in "\\PC{0,30}|[a, (驴)\n/-]{0,30}",
            cuts in proptest::collection::vec((0_usize..40, 0_usize..40, proptest::option::of("[a驴 ]{0,3}")), 0..5)
        ) {
            let cuts: Vec<_> = cuts.iter().map(|(start, end, with)| Cut { range: *start..*end, with: with.as_deref() }).collect();
            let edited = Edited::new(&text, cuts);
            for (at, c) in edited.text.char_indices() {
                let range = edited.original(&(at..at + c.len_utf8()));
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
