//! In which format is the text, and who reads it?

mod delimited;
mod json;
mod xml;

use crate::error::{ExportError, Problem};
use crate::rows::{Counts, Hint, Row};
use crate::text::Text;
use delimited::Delimited;
use json::{JsonElements, JsonLines};
use xml::Feed;

/// The reader of one format.
#[allow(clippy::large_enum_variant)] // there is one per file
pub(crate) enum Reader {
    Delimited(Delimited),
    JsonLines(JsonLines),
    JsonElements(JsonElements),
    Feed(Feed),
}

/// Decides by the first character that is not blank, and moves the text to where the rows begin.
pub(crate) fn sniff(text: &mut Text<'_>, hint: &Hint<'_>, counts: &mut Counts) -> Result<Reader, ExportError> {
    reader(text, hint, counts).or_else(|error| {
        // A file that is broken right here looks like something else; that it is broken is the better answer.
        text.more()?;
        Err(error)
    })
}

fn reader(text: &mut Text<'_>, hint: &Hint<'_>, counts: &mut Counts) -> Result<Reader, ExportError> {
    let window = text.window();
    let blank = window.len() - window.trim_ascii_start().len();
    let lines_by_name = is_named_lines(hint.name);
    Ok(match window[blank..] {
        [] => return Err(Problem::Empty.into()),
        [b'<', ..] => Reader::Feed(Feed::open(text)?),
        [b'[', ..] => {
            text.consume_counting(blank + 1);
            Reader::JsonElements(JsonElements::in_array())
        }
        [b'{', ..] => match json::shape(&window[blank..]) {
            json::Shape::Lines => Reader::JsonLines(JsonLines::new()),
            _ if lines_by_name => Reader::JsonLines(JsonLines::new()),
            json::Shape::Wrapped { list_at } => {
                text.consume_counting(blank + list_at);
                Reader::JsonElements(JsonElements::wrapped())
            }
            json::Shape::Objects => Reader::JsonElements(JsonElements::in_sequence()),
        },
        _ if lines_by_name => Reader::JsonLines(JsonLines::new()),
        _ => Reader::Delimited(Delimited::open(text, counts)?),
    })
}

/// `listings.jsonl`, `listings.ndjson.gz`
fn is_named_lines(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    [".jsonl", ".ndjson", ".jsonlines"].iter().any(|end| name.ends_with(end))
}

impl Reader {
    /// Preset and syntax, such as `shopify-products csv`.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Delimited(reader) => reader.name(),
            Self::JsonLines(_) => "generic jsonl",
            Self::JsonElements(_) => "generic json",
            Self::Feed(_) => "google-merchant xml",
        }
    }

    pub(crate) fn next(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Option<Row>, ExportError> {
        match self {
            Self::Delimited(reader) => reader.next(text, counts),
            Self::JsonLines(reader) => reader.next(text, counts),
            Self::JsonElements(reader) => reader.next(text, counts),
            Self::Feed(reader) => reader.next(text, counts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_read_under_the_compression() {
        for (name, is) in [
            ("a/b.JSONL", true),
            ("b.ndjson.gz", true),
            ("b.jsonl.zst", true),
            ("b.json", false),
            ("b.csv.gz", false),
            ("jsonl", false),
            ("", false),
        ] {
            assert_eq!(is_named_lines(name), is, "{name}");
        }
    }
}
