//! How are the words of a listing shown of which reasons speak? Highlighted, in the passages that were kept.

use super::excerpt::{Excerpt, Passage};
use maud::{Markup, html};
use pages::seller_text::visible;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// What a highlighted span says about the listing. Where spans overlap, the graver one is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The points speak for the seller.
    For,
    /// The points speak against the seller.
    Against,
}

/// The passages of an excerpt with the spans highlighted. Spans are byte offsets in the original field, in any order, overlapping or not.
pub(super) fn marked(excerpt: &Excerpt, spans: &[(Range<usize>, Mark)]) -> Markup {
    let first = excerpt.passages.first().map_or(0, |passage| passage.at);
    let last = excerpt.passages.last().map_or(0, |passage| passage.at + passage.text.len());
    html! {
        @if first > 0 { "… " }
        @for (n, passage) in excerpt.passages.iter().enumerate() {
            @if n > 0 { " … " }
            @for (range, mark) in segments(passage, spans) {
                @let text = visible(&passage.text[range]);
                @match mark {
                    None => (text),
                    Some(Mark::For) => mark.for { (text) },
                    Some(Mark::Against) => mark { (text) },
                }
            }
        }
        @if last < excerpt.bytes { " …" }
    }
}

/// Cuts a passage where spans begin and end. Offsets that do not stand between characters move to the left, ones outside are ignored.
fn segments(passage: &Passage, spans: &[(Range<usize>, Mark)]) -> Vec<(Range<usize>, Option<Mark>)> {
    let text = &passage.text;
    let place = |offset: usize| text.floor_char_boundary(offset.saturating_sub(passage.at));
    // Marks over the last letter belong to it.
    let behind_marks = |offset: usize| {
        let marks = text[offset..].chars().take_while(|c| is_combining_mark(*c));
        offset + marks.map(char::len_utf8).sum::<usize>()
    };
    let spans: Vec<_> = spans.iter().map(|(range, mark)| (place(range.start)..behind_marks(place(range.end)), *mark)).collect();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(range, _)| [range.start, range.end]).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut segments: Vec<(Range<usize>, Option<Mark>)> = Vec::new();
    for (start, end) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        let mark = spans.iter().filter(|(range, _)| range.start <= start && end <= range.end).map(|(_, mark)| *mark).max();
        match segments.last_mut() {
            Some((range, last)) if *last == mark => range.end = end,
            _ => segments.push((start..end, mark)),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_marked_whatever_they_are() {
        use Mark::{Against, For};
        let check = |text: &str, at: usize, spans: &[(usize, usize, Mark)], expected: &str| {
            let passage = Passage { at, text: text.to_owned() };
            let excerpt = Excerpt { field: "title".into(), bytes: at + text.len(), passages: vec![passage] };
            let spans: Vec<_> = spans.iter().map(|&(start, end, mark)| (start..end, mark)).collect();
            assert_eq!(marked(&excerpt, &spans).into_string(), expected);
        };
        check("one two three", 0, &[], "one two three");
        check("one two three", 0, &[(4, 7, Against)], "one <mark>two</mark> three");
        check("one two three", 0, &[(8, 13, Against), (0, 3, For)], "<mark class=\"for\">one</mark> two <mark>three</mark>");
        check("one two three", 0, &[(0, 7, Against), (4, 13, Against)], "<mark>one two three</mark>");
        check(
            "one two three",
            0,
            &[(0, 13, For), (4, 7, Against)],
            "<mark class=\"for\">one </mark><mark>two</mark><mark class=\"for\"> three</mark>",
        );
        check("one two", 100, &[(104, 107, Against)], "… one <mark>two</mark>");
        check("one two", 100, &[(0, 102, Against), (106, 900, Against)], "… <mark>on</mark>e tw<mark>o</mark>");
        check("one two", 0, &[(3, 3, Against), (50, 60, Against)], "one two");
        check("驴包", 0, &[(1, 3, Against)], "<mark>驴</mark>包"); // an offset inside a character
        check("驴包", 0, &[(4, 2, Against)], "驴包"); // backwards
        check("G\u{336}u\u{336} x", 0, &[(0, 4, Against)], "<mark>G\u{336}u\u{336}</mark> x");
        check("<b>", 0, &[(0, 1, Against)], "<mark>&lt;</mark>b&gt;");
    }

    #[test]
    fn what_was_left_out_is_shown() {
        let passage = |at: usize, text: &str| Passage { at, text: text.to_owned() };
        let excerpt =
            Excerpt { field: "description".into(), bytes: 100, passages: vec![passage(0, "head"), passage(50, "middle")] };
        assert_eq!(marked(&excerpt, &[(50..53, Mark::Against)]).into_string(), "head … <mark>mid</mark>dle …");
    }
}
