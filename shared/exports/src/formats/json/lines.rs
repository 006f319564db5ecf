//! How do JSON lines become listings?

use super::object::{self, Keys};
use crate::error::ExportError;
use crate::limits::ROW_BYTES_MAX;
use crate::rows::{Counts, Row};
use crate::text::Text;
use memchr::memchr;

/// One object a line. Blank lines are no rows; everything else that is no object is a reject.
#[derive(Default)]
pub(crate) struct JsonLines {
    keys: Keys,
}

impl JsonLines {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn next(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Option<Row>, ExportError> {
        loop {
            let line = text.line();
            let window = text.window();
            // One byte more than the limit, and a line end of two.
            let view = &window[..window.len().min(ROW_BYTES_MAX + 3)];
            let (row, bytes, lines) = match memchr(b'\n', view) {
                Some(end) => (&view[..end], end + 1, 1),
                None if view.len() > ROW_BYTES_MAX + 2 => {
                    let reject = Row::too_long(line, view);
                    text.skip_line(b'\n')?;
                    return Ok(Some(reject));
                }
                None if text.ended() => (view, view.len(), 0),
                None => {
                    text.more()?;
                    continue;
                }
            };
            let content = row.trim_ascii();
            if content.is_empty() {
                if bytes == 0 {
                    return Ok(None);
                }
                text.consume(bytes, lines);
                continue;
            }
            let row = if content.len() > ROW_BYTES_MAX {
                Row::too_long(line, content)
            } else {
                object::read(content, line, text.damaged_within(bytes), &mut self.keys, counts)
            };
            text.consume(bytes, lines);
            return Ok(Some(row));
        }
    }
}
