//! How do the elements of a JSON document become listings, one by one, without the document ever being in memory?

use super::object::{self, Keys};
use super::scan::{Scan, Step};
use crate::error::{ExportError, Problem};
use crate::limits::ROW_BYTES_MAX;
use crate::quote::quote;
use crate::rows::{Counts, Row};
use crate::text::Text;

/// What is around the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    /// `[…]`, the whole document, possibly several of them.
    List,
    /// `{"listings":[…]}`; what follows the list is not looked at.
    ListInObject,
    /// Nothing: one object after the other.
    Nothing,
}

/// Splits the text into elements by their brackets and quotes and reads each by itself.
///
/// An element in which a line ends inside of a text is broken, and where it ends cannot be known. It is rejected, and reading
/// goes on at the next line that is not indented further and begins an element.
pub(crate) struct JsonElements {
    around: Around,
    keys: Keys,
    /// White space between the last line end and here, if there is nothing else.
    indent: Option<usize>,
    list_ended: bool,
}

impl JsonElements {
    fn new(around: Around) -> Self {
        Self { around, keys: Keys::default(), indent: None, list_ended: false }
    }

    /// The text stands behind the `[` of the document.
    pub(crate) fn in_array() -> Self {
        Self::new(Around::List)
    }

    /// The text stands behind the `[` of the list inside of an object.
    pub(crate) fn wrapped() -> Self {
        Self::new(Around::ListInObject)
    }

    /// The text stands before the first of several objects.
    pub(crate) fn in_sequence() -> Self {
        Self::new(Around::Nothing)
    }

    pub(crate) fn next(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Option<Row>, ExportError> {
        loop {
            match (self.skip_blank(text)?, self.around) {
                (None, Around::Nothing) => return Ok(None),
                (None, _) if self.list_ended => return Ok(None),
                (None, _) => return Err(Problem::TruncatedJson.at(text.line())),
                (Some(b'['), Around::List) if self.list_ended => {
                    self.list_ended = false;
                    text.consume(1, 0);
                }
                (Some(_), Around::List) if self.list_ended => return Err(Problem::TrailingJson.at(text.line())),
                (Some(_), Around::ListInObject) if self.list_ended => drain(text)?,
                (Some(b']'), Around::List | Around::ListInObject) => {
                    self.list_ended = true;
                    text.consume(1, 0);
                }
                (Some(_), _) => return self.element(text, counts).map(Some),
            }
        }
    }

    /// Moves to the next byte that is neither blank nor a comma.
    fn skip_blank(&mut self, text: &mut Text<'_>) -> Result<Option<u8>, ExportError> {
        loop {
            let window = text.window();
            let (mut lines, mut found) = (0, None);
            let mut bytes = 0;
            for byte in window {
                match byte {
                    b'\n' => {
                        lines += 1;
                        self.indent = Some(0);
                    }
                    b' ' | b'\t' => self.indent = self.indent.map(|indent| indent + 1),
                    b',' | b'\r' => {}
                    byte => {
                        found = Some(*byte);
                        break;
                    }
                }
                bytes += 1;
            }
            text.consume(bytes, lines);
            if found.is_some() || !text.more()? {
                return Ok(found);
            }
        }
    }

    /// Reads the element at the start of the window.
    fn element(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Row, ExportError> {
        let line = text.line();
        let indent = self.indent.take();
        let (mut scan, mut walked) = (Scan::default(), 0);
        loop {
            let window = text.window();
            let view = &window[..window.len().min(ROW_BYTES_MAX + 1)];
            match scan.step(&view[walked..]) {
                Step::End(0) if walked == 0 => return self.broken(text, "a bracket without its partner", indent),
                Step::End(end) => {
                    let bytes = walked + end;
                    if bytes > ROW_BYTES_MAX {
                        let reject = Row::too_long(line, view);
                        text.consume_counting(bytes);
                        return Ok(reject);
                    }
                    let row = object::read(&view[..bytes], line, text.damaged_within(bytes), &mut self.keys, counts);
                    text.consume_counting(bytes);
                    return Ok(row);
                }
                Step::Broken(_) => return self.broken(text, "a line ends inside of a text", indent),
                Step::Goes if view.len() > ROW_BYTES_MAX => return self.too_long(text, scan, indent),
                Step::Goes => walked = view.len(),
            }
            if !text.more()? {
                return self.cut_off(text, counts);
            }
        }
    }

    /// The file ends within an element: in a list that is an error, among objects the last one is a bad row or a number.
    fn cut_off(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Row, ExportError> {
        let line = text.line();
        if self.around != Around::Nothing {
            return Err(Problem::TruncatedJson.at(line));
        }
        let bytes = text.window().len();
        let row = object::read(text.window(), line, text.damaged_within(bytes), &mut self.keys, counts);
        text.consume_counting(bytes);
        Ok(row)
    }

    /// Walks to the end of an element that is too long, in constant memory.
    fn too_long(&mut self, text: &mut Text<'_>, mut scan: Scan, indent: Option<usize>) -> Result<Row, ExportError> {
        let reject = Row::too_long(text.line(), text.window());
        text.consume_counting(ROW_BYTES_MAX + 1);
        loop {
            let window = text.window();
            let length = window.len();
            match scan.step(window) {
                Step::End(end) => {
                    text.consume_counting(end);
                    return Ok(reject);
                }
                Step::Broken(at) => {
                    text.consume_counting(at);
                    self.find_element(text, indent)?;
                    return Ok(reject);
                }
                Step::Goes => text.consume_counting(length),
            }
            if !text.more()? {
                // In a list the next step says that the file is cut off.
                return if self.around == Around::Nothing { Ok(reject) } else { Err(Problem::TruncatedJson.at(text.line())) };
            }
        }
    }

    fn broken(&mut self, text: &mut Text<'_>, what: &str, indent: Option<usize>) -> Result<Row, ExportError> {
        let window = text.window();
        let first_line = &window[..memchr::memchr(b'\n', window).unwrap_or(window.len())];
        let reject = Row::reject(text.line(), "row.not_json", format!("{what}: '{}'", quote(first_line)));
        self.find_element(text, indent)?;
        Ok(reject)
    }

    /// Moves to the next line that begins an element or ends the list and is not indented further than `indent`.
    fn find_element(&mut self, text: &mut Text<'_>, indent: Option<usize>) -> Result<(), ExportError> {
        loop {
            text.skip_line(b'\n')?;
            let mut here = 0;
            let first = loop {
                let blank = text.window().iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                here += blank;
                text.consume(blank, 0);
                if let Some(first) = text.window().first() {
                    break Some(*first);
                }
                if !text.more()? {
                    break None;
                }
            };
            if first.is_none() || matches!(first, Some(b'{' | b']')) && indent.is_none_or(|indent| here <= indent) {
                self.indent = Some(here);
                return Ok(());
            }
        }
    }
}

/// Moves to the end of the file, so that a file that is cut off there is noticed.
fn drain(text: &mut Text<'_>) -> Result<(), ExportError> {
    loop {
        text.consume_counting(text.window().len());
        if !text.more()? {
            return Ok(());
        }
    }
}
