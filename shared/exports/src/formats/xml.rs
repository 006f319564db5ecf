//! How does a product feed (RSS, Atom, RDF) become listings?

use crate::draft::{Defaults, Draft};
use crate::error::{ExportError, Problem};
use crate::limits::ROW_BYTES_MAX;
use crate::presets::{Target, feed_element};
use crate::quote::quote;
use crate::rows::{Counts, Row};
use crate::text::Text;
use memchr::{memchr, memmem};
use quick_xml::events::{BytesStart, Event};
use scoring::Field;

const PAGE: &str = "a web page: export the listings as CSV or a product feed instead";
const NO_FEED: &str = "XML without <item> or <entry> elements: export a Google Merchant feed (RSS or Atom) or CSV instead";

/// The elements that are listings.
const ITEMS: [&str; 2] = ["item", "entry"];

/// Bytes that tell what kind of tag a `<` begins.
const TAG_HEAD_BYTES: usize = 16;

/// Finds the items of a feed by their tags, in constant memory, and reads each by itself.
///
/// Document types are skipped and entities other than XML's own are left as they stand: nothing expands.
/// An item that begins inside of another shows that the first was not closed; the first is a reject.
pub(crate) struct Feed {
    /// Qualified name of the root element.
    root: Vec<u8>,
    root_ended: bool,
}

/// Where an item ends.
enum Item {
    /// So many bytes.
    Whole(usize),
    /// Another item begins behind so many bytes.
    NotClosed(usize),
    Partial,
}

impl Feed {
    /// Looks at the root element; the text stays where it is.
    pub(crate) fn open(text: &Text<'_>) -> Result<Self, ExportError> {
        let sample = text.window();
        let root = root(sample).ok_or(Problem::NotAnExport(NO_FEED))?;
        let local = local_name(root).to_ascii_lowercase();
        let lower = sample[..sample.len().min(1_024)].to_ascii_lowercase();
        if local == b"html" || memmem::find(&lower, b"<!doctype html").is_some() {
            return Err(Problem::NotAnExport(PAGE).into());
        }
        let known = [b"rss".as_slice(), b"feed", b"rdf", b"channel"].contains(&local.as_slice());
        if !known && !memchr::memchr_iter(b'<', sample).any(|at| is_item(&sample[at..])) {
            return Err(Problem::NotAnExport(NO_FEED).into());
        }
        Ok(Self { root: root.to_vec(), root_ended: false })
    }

    pub(crate) fn next(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Option<Row>, ExportError> {
        loop {
            let Some(at) = memchr(b'<', text.window()) else {
                text.consume_counting(text.window().len());
                if text.more()? {
                    continue;
                }
                return if self.root_ended { Ok(None) } else { Err(Problem::TruncatedXml.at(text.line())) };
            };
            text.consume_counting(at);
            let tag_bytes = TAG_HEAD_BYTES.max(self.root.len() + 3);
            while text.window().len() < tag_bytes && text.more()? {}
            let tag = text.window();
            if tag.starts_with(b"<!--") {
                skip_behind(text, b"-->")?;
            } else if tag.starts_with(b"<![CDATA[") {
                skip_behind(text, b"]]>")?;
            } else if tag.strip_prefix(b"</").and_then(|tag| tag.strip_prefix(&self.root[..])).is_some_and(ends_a_name) {
                self.root_ended = true;
                text.consume(2, 0);
            } else if is_item(tag) {
                return item(text, counts).map(Some);
            } else {
                text.consume(1, 0);
            }
        }
    }
}

/// Name of the root element, behind declarations and comments.
fn root(mut sample: &[u8]) -> Option<&[u8]> {
    loop {
        sample = &sample[memchr(b'<', sample)?..];
        let end: &[u8] = match sample {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            _ => {
                let name = &sample[1..];
                let end = name.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
                return Some(&name[..end.unwrap_or(name.len())]).filter(|name| !name.is_empty());
            }
        };
        sample = &sample[memmem::find(sample, end)?..];
    }
}

fn local_name(name: &[u8]) -> &[u8] {
    memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

fn ends_a_name(rest: &[u8]) -> bool {
    rest.first().is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

/// Whether `tag`, which begins with `<`, opens an item.
fn is_item(tag: &[u8]) -> bool {
    ITEMS.iter().any(|name| {
        tag.get(1..).and_then(|tag| tag.strip_prefix(name.as_bytes())).is_some_and(|rest| !rest.is_empty() && ends_a_name(rest))
    })
}

/// Moves behind the next `pattern`, or to the end of the file, in constant memory.
fn skip_behind(text: &mut Text<'_>, pattern: &[u8]) -> Result<(), ExportError> {
    loop {
        if let Some(at) = memmem::find(text.window(), pattern) {
            text.consume_counting(at + pattern.len());
            return Ok(());
        }
        // The pattern may begin in what is here.
        text.consume_counting((text.window().len() + 1).saturating_sub(pattern.len()));
        if !text.more()? {
            text.consume_counting(text.window().len());
            return Ok(());
        }
    }
}

/// Reads the item at the start of the window.
fn item(text: &mut Text<'_>, counts: &mut Counts) -> Result<Row, ExportError> {
    let line = text.line();
    loop {
        let window = text.window();
        let view = &window[..window.len().min(ROW_BYTES_MAX)];
        match item_end(view) {
            Item::Whole(bytes) => {
                let row = read_item(&view[..bytes], line, text.damaged_within(bytes), counts);
                text.consume_counting(bytes);
                return Ok(row);
            }
            Item::NotClosed(bytes) => {
                let reject = Row::reject(line, "row.not_xml", format!("the element is not closed: '{}'", quote(&view[..bytes])));
                text.consume_counting(bytes);
                return Ok(reject);
            }
            Item::Partial if window.len() > ROW_BYTES_MAX => {
                let reject = Row::too_long(line, window);
                let end = if window.starts_with(b"<item") { b"</item>".as_slice() } else { b"</entry>" };
                skip_behind(text, end)?;
                return Ok(reject);
            }
            Item::Partial => {
                if !text.more()? {
                    return Err(Problem::TruncatedXml.at(line));
                }
            }
        }
    }
}

fn item_end(text: &[u8]) -> Item {
    let name = if text.starts_with(b"<item") { ITEMS[0] } else { ITEMS[1] }.as_bytes();
    let Some(open_end) = memchr(b'>', text) else { return Item::Partial };
    if text[open_end - 1] == b'/' {
        return Item::Whole(open_end + 1);
    }
    let mut at = open_end + 1;
    loop {
        let Some(found) = memchr(b'<', &text[at..]) else { return Item::Partial };
        at += found;
        let tag = &text[at..];
        let skipped: &[u8] = if tag.starts_with(b"<![CDATA[") {
            b"]]>"
        } else if tag.starts_with(b"<!--") {
            b"-->"
        } else if tag
            .strip_prefix(b"</")
            .and_then(|tag| tag.strip_prefix(name))
            .is_some_and(|rest| !rest.is_empty() && ends_a_name(rest))
        {
            return memchr(b'>', tag).map_or(Item::Partial, |end| Item::Whole(at + end + 1));
        } else if is_item(tag) {
            return Item::NotClosed(at);
        } else {
            b"<"
        };
        match memmem::find(tag, skipped) {
            Some(end) => at += end + skipped.len(),
            None => return Item::Partial,
        }
    }
}

fn read_item(bytes: &[u8], line: u64, damaged: bool, counts: &mut Counts) -> Row {
    let lossy = String::from_utf8_lossy(bytes);
    let damaged = damaged || matches!(lossy, std::borrow::Cow::Owned(_));
    let mut draft = Draft::new(damaged);
    match fill(&mut draft, &lossy, counts) {
        Ok(()) => Row::read(line, draft.finish(&Defaults::default(), 0)),
        Err(error) => {
            let message = error.to_string();
            Row::reject(line, "row.not_xml", format!("{}: '{}'", quote(message.as_bytes()), quote(bytes)))
        }
    }
}

/// Puts the children of the item into the draft. What stands deeper belongs to the child it stands in, so that the price of the
/// shipping is not the price of the listing.
fn fill(draft: &mut Draft, item: &str, counts: &mut Counts) -> Result<(), quick_xml::Error> {
    let mut reader = quick_xml::Reader::from_str(item);
    let (mut depth, mut target, mut value) = (0_usize, None, String::new());
    loop {
        match reader.read_event()? {
            Event::Start(start) => {
                depth += 1;
                if depth == 2 {
                    target = child(&start, draft, counts)?;
                    value.clear();
                }
            }
            Event::Empty(start) if depth == 1 => {
                child(&start, draft, counts)?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 1
                    && let Some(target) = target.take()
                {
                    draft.set(target, value.trim());
                }
            }
            Event::Text(text) if target.is_some() => value.push_str(&text.xml10_content()),
            Event::CData(text) if target.is_some() => value.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if target.is_some() => {
                let name = reference.xml10_content();
                let known = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                match known {
                    Some(c) => value.push(c),
                    None => value.extend(["&", &name, ";"]),
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What a child of the item means. The feed's own names (`g:title`) go before those of RSS and Atom (`title`).
fn child(start: &BytesStart<'_>, draft: &mut Draft, counts: &mut Counts) -> Result<Option<Target>, quick_xml::Error> {
    let name = start.name();
    let (local, prefix) = name.decompose();
    let Some(mut target) = feed_element(local.as_ref()) else {
        counts.ignored(name.as_ref());
        draft.ignore();
        return Ok(None);
    };
    if prefix.is_none() {
        target.rank += 1;
    }
    // Atom writes the address as an attribute.
    if target.field == Field::Url
        && let Some(address) = start.try_get_attribute("href")?
    {
        draft.set(target, &*address.value);
        return Ok(None);
    }
    Ok(Some(target))
}
