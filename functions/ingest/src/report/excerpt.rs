//! Which part of a long text is worth keeping? The beginning and the surroundings of the words that reasons point at.

use super::limits::CONTEXT_BYTES;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A piece of a field that knows where it stood, so that byte spans of the original still apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Passage {
    /// Byte offset in the original field.
    pub(super) at: usize,
    pub(super) text: String,
}

/// The passages of one field in their order, and how long the field was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Excerpt {
    /// As named in the listing.
    pub(super) field: String,
    /// Length of the original field.
    pub(super) bytes: usize,
    pub(super) passages: Vec<Passage>,
}

/// Keeps at most `bytes_max` bytes of a text. `spans` are byte offsets, the most important first; nonsense among them is ignored.
pub(super) fn excerpt(field: &str, text: &str, spans: &[Range<usize>], bytes_max: usize) -> Excerpt {
    let mut windows = Vec::new();
    if text.len() <= bytes_max {
        windows.push(0..text.len());
    } else {
        let head = if spans.is_empty() { bytes_max } else { bytes_max / 4 };
        windows.push(0..text.floor_char_boundary(head));
        for span in spans {
            let start = text.floor_char_boundary(span.start.saturating_sub(CONTEXT_BYTES));
            let end = text.floor_char_boundary(span.end.saturating_add(CONTEXT_BYTES));
            if span.start < span.end && span.end <= text.len() {
                let merged = union(&windows, start..end);
                if merged.iter().map(Range::len).sum::<usize>() <= bytes_max {
                    windows = merged;
                }
            }
        }
    }
    let passages = windows.into_iter().map(|window| Passage { at: window.start, text: text[window].to_owned() }).collect();
    Excerpt { field: field.to_owned(), bytes: text.len(), passages }
}

/// Adds a range to ordered, disjoint ranges.
fn union(ranges: &[Range<usize>], mut new: Range<usize>) -> Vec<Range<usize>> {
    let mut merged = Vec::with_capacity(ranges.len() + 1);
    for range in ranges {
        if range.end < new.start || new.end < range.start {
            merged.push(range.clone());
        } else {
            new = new.start.min(range.start)..new.end.max(range.end);
        }
    }
    let at = merged.partition_point(|range| range.start < new.start);
    merged.insert(at, new);
    merged
}

/// Cuts a text to at most `bytes_max` bytes between characters, with an ellipsis where something was left out.
pub(super) fn cut(text: &str, bytes_max: usize) -> String {
    if text.len() <= bytes_max {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(bytes_max.saturating_sub('…'.len_utf8()))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_and_what_matters_is_kept() {
        let check = |text: &str, spans: &[(usize, usize)], bytes_max: usize, expected: &[(usize, usize)]| {
            let spans: Vec<_> = spans.iter().map(|&(start, end)| start..end).collect();
            let excerpt = excerpt("title", text, &spans, bytes_max);
            let found: Vec<_> = excerpt.passages.iter().map(|passage| (passage.at, passage.at + passage.text.len())).collect();
            assert_eq!(found, expected);
            assert!(excerpt.passages.iter().all(|passage| text[passage.at..].starts_with(&passage.text)));
        };
        let long = "x".repeat(5_000);
        check("short", &[], 600, &[(0, 5)]);
        check(&long, &[], 600, &[(0, 600)]);
        check(&long, &[(3_000, 3_010)], 600, &[(0, 150), (2_910, 3_100)]);
        check(&long, &[(3_000, 3_010), (3_050, 3_060)], 600, &[(0, 150), (2_910, 3_150)]); // overlap
        check(&long, &[(200, 210)], 600, &[(0, 300)]); // touches the head
        check(&long, &[(3_000, 3_010), (1_000, 1_010), (2_000, 2_010)], 600, &[(0, 150), (910, 1_100), (2_910, 3_100)]); // the third finds no room
        check(&long, &[(4_990, 5_000)], 600, &[(0, 150), (4_900, 5_000)]);
        check(&long, &[(6_000, 6_010), (10, 10), (0, 5_000)], 600, &[(0, 150)]); // beyond the end, empty, too long
        let cjk = "驴".repeat(1_000);
        check(&cjk, &[(1_501, 1_504)], 600, &[(0, 150), (1_410, 1_593)]); // never inside a character
    }
}
