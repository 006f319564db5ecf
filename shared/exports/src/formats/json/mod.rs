//! How is JSON laid out in the file: one object a line, a list, a list inside an object, or objects one after the other?

mod elements;
mod lines;
mod object;
mod scan;

pub(crate) use elements::JsonElements;
pub(crate) use lines::JsonLines;

use crate::presets::{generic, normalise};
use memchr::memchr;
use scan::value_end;
use scoring::Field;

/// How a text that begins with `{` goes on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One object a line.
    Lines,
    /// An object with the list of listings inside, whose first element begins at `list_at`.
    Wrapped { list_at: usize },
    /// Objects over several lines each.
    Objects,
}

/// Keys under which exports and APIs put the list of listings.
const LISTS: &[&str] = &[
    "listings",
    "products",
    "items",
    "results",
    "data",
    "rows",
    "records",
    "offers",
    "entries",
    "goods",
    "list",
    "itemsummaries",
    "inventoryitems",
    "商品",
    "商品列表",
];

/// Looks at the first object, which begins at the first byte of `sample`.
pub(crate) fn shape(sample: &[u8]) -> Shape {
    let line = &sample[..memchr(b'\n', sample).unwrap_or(sample.len())];
    let one_line = value_end(line).is_some_and(|end| line[end..].trim_ascii().is_empty());
    match list_inside(sample) {
        Some(List { at, is_listing: false }) => Shape::Wrapped { list_at: at },
        Some(List { at, is_listing: true }) if !one_line => Shape::Wrapped { list_at: at },
        _ if one_line => Shape::Lines,
        // The first line is no object. Either it is a bad one among good ones, or objects take several lines.
        _ if sample[line.len()..]
            .split(|byte| *byte == b'\n')
            .take(100)
            .any(|line| line.starts_with(b"{\"") && value_end(line).is_some()) =>
        {
            Shape::Lines
        }
        _ if line.len() == sample.len() => Shape::Lines,
        _ => Shape::Objects,
    }
}

/// A list of objects inside of an object.
struct List {
    /// Behind its `[`.
    at: usize,
    /// The object around it is itself a listing, with an id and a title before the list.
    is_listing: bool,
}

fn list_inside(sample: &[u8]) -> Option<List> {
    let (mut has_id, mut has_title) = (false, false);
    let mut at = 1;
    loop {
        at += blank(&sample[at..]);
        let key_end = at + value_end(&sample[at..])?;
        let key: String = serde_json::from_slice(&sample[at..key_end]).ok()?;
        at = key_end + blank(&sample[key_end..]);
        if sample.get(at) != Some(&b':') {
            return None;
        }
        at += 1;
        at += blank(&sample[at..]);
        if sample.get(at) == Some(&b'[') && LISTS.contains(&normalise(&key).as_str()) {
            let first = at + 1 + blank(&sample[at + 1..]);
            if matches!(sample.get(first), Some(b'{' | b']')) {
                return Some(List { at: at + 1, is_listing: has_id && has_title });
            }
        }
        let field = generic(&key).map(|target| target.field);
        has_id |= field == Some(Field::ListingId);
        has_title |= field == Some(Field::Title);
        at += value_end(&sample[at..])?;
        at += blank(&sample[at..]);
        if sample.get(at) != Some(&b',') {
            return None;
        }
        at += 1;
    }
}

fn blank(text: &[u8]) -> usize {
    text.len() - text.trim_ascii_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_are_told_apart() {
        let check = |text: &str, expected: Shape| assert_eq!(shape(text.as_bytes()), expected, "{text}");
        let wrapped = |text: &str| Shape::Wrapped { list_at: text.find('[').unwrap() + 1 };
        check("{\"id\":1,\"title\":\"a\"}\n{\"id\":2}\n", Shape::Lines);
        check("{\"id\":1,\"title\":\"a\"}", Shape::Lines);
        check("{\"id\":1,\"title\":\"a\",\"items\":[{\"x\":1}]}\n", Shape::Lines);
        check("{bad\n{\"id\":2,\"title\":\"b\"}\n", Shape::Lines);
        check("{\"id\":", Shape::Lines);
        check("{\n \"id\": 1\n}\n{\n \"id\": 2\n}\n", Shape::Objects);
        for text in [
            "{\"listings\":[{\"id\":1}]}",
            "{ \"total\": {\"n\": [1]} ,\n \"products\" : [ ] }",
            "{\n  \"title\": \"My feed\",\n  \"items\": [\n {",
            "{\"data\":[\n{",
        ] {
            let at = text.rfind("[ ]").or_else(|| text.rfind("[\n")).or_else(|| text.rfind("[{")).unwrap() + 1;
            check(text, Shape::Wrapped { list_at: at });
        }
        check("{\"results\":[{\"id\":1}]}", wrapped("{\"results\":[{\"id\":1}]}"));
    }
}
