//! How is a text told without whom it is about?

use super::readable::Readable;
use super::{Kind, find};
use std::ops::Range;

/// Shortest name that is taken out, in characters: a single letter stands in every text.
const NAME_CHARS_MIN: usize = 2;
/// How often a text is gone through: what is taken out may bring together what stood around it. Texts of people need one round.
const ROUNDS_MAX: usize = 4;
/// What is said in place of a text that cannot be cleaned.
const WITHHELD: &str = "[withheld]";
/// What is said in place of a name.
const SELLER: &str = "[seller]";

impl Kind {
    /// What is said in its place.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Email => "[e-mail]",
            Self::Phone => "[phone]",
            Self::Handle => "[account]",
            Self::Link => "[link]",
        }
    }
}

/// The text with a label in place of everything that [`find`] finds, and of each of the names, however they are written. Nothing is
/// found in what it returns.
///
/// ```
/// let text = auditing::personal_data::redact("Ask LUXE-Bags, +86 138 1234 5678", &["Luxe-bags"]);
/// assert_eq!(text, "Ask [seller], [phone]");
/// ```
#[must_use]
pub fn redact(text: &str, names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| Readable::as_shown(name.trim()).text().trim().to_owned()).collect();
    let mut text = text.to_owned();
    for _ in 0..ROUNDS_MAX {
        let mut marked: Vec<(Range<usize>, &str)> =
            find(&text).into_iter().map(|found| (found.start..found.end, found.kind.label())).collect();
        marked.extend(named(&text, &names).into_iter().map(|range| (range, SELLER)));
        if marked.is_empty() {
            return text;
        }
        text = replaced(&text, marked);
    }
    WITHHELD.to_owned()
}

/// Where the names stand.
fn named(text: &str, names: &[String]) -> Vec<Range<usize>> {
    let mut views = vec![Readable::as_shown(text)];
    if text.contains('<') {
        views.push(Readable::as_written(text));
    }
    let labels = labels(text);
    let mut ranges = Vec::new();
    for (readable, name) in views.iter().flat_map(|view| names.iter().map(move |name| (view, name))) {
        if name.chars().count() < NAME_CHARS_MIN {
            continue;
        }
        for (start, found) in readable.text().match_indices(name.as_str()) {
            let range = start..start + found.len();
            let before = readable.text()[..range.start].chars().next_back();
            let after = readable.text()[range.end..].chars().next();
            let is_apart = is_apart(before, name.chars().next()) && is_apart(after, name.chars().next_back());
            let origin = readable.origin(&range);
            let label = labels.partition_point(|label| label.start <= origin.start).checked_sub(1);
            let is_label = label.is_some_and(|at| origin.end <= labels[at].end);
            if is_apart && !is_label {
                ranges.push(origin);
            }
        }
    }
    ranges
}

/// Whether a word ends between a character outside a name and one inside. Chinese, Japanese, Korean and Thai do not set words apart.
fn is_apart(outside: Option<char>, inside: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(is_letter(outside) && is_letter(inside)) || inside.is_some_and(|c| c >= '\u{0e00}')
}

/// Where labels stand that were put in before: a seller may be named "Seller".
fn labels(text: &str) -> Vec<Range<usize>> {
    let labels = [SELLER, Kind::Email.label(), Kind::Phone.label(), Kind::Handle.label(), Kind::Link.label()];
    let found = labels.iter().flat_map(|label| text.match_indices(label).map(|(start, _)| start..start + label.len()));
    let mut found: Vec<_> = found.collect();
    found.sort_unstable_by_key(|range| range.start);
    found
}

/// Replaces ranges of a text; what overlaps is replaced once.
fn replaced(text: &str, mut marked: Vec<(Range<usize>, &str)>) -> String {
    marked.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut clean = String::with_capacity(text.len());
    let mut done = 0;
    for (range, label) in marked {
        if range.start >= done {
            clean.push_str(text.get(done..range.start).unwrap_or_default());
            clean.push_str(label);
        }
        done = done.max(range.end);
    }
    clean.push_str(text.get(done..).unwrap_or_default());
    clean
}
