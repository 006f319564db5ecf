//! How does a CSV or TSV file become listings?

mod header;
mod split;

use crate::draft::Draft;
use crate::error::ExportError;
use crate::limits::{FIELDS_PER_ROW_MAX, RESCAN_BYTES_MAX, ROW_BYTES_MAX};
use crate::presets::{Repeats, Target};
use crate::quote::quote;
use crate::rows::{Counts, Row};
use crate::text::Text;
use header::Header;
use memchr::{memchr, memchr_iter};
use scoring::Field;
use split::{Span, Split, content, split, view};

/// Reads rows by the plan of the header.
///
/// - A blank line, a row of blank fields and a repeated header are no rows.
/// - A row with fewer fields than the header lacks the last ones; a row with more, that are not blank, is a reject.
/// - A quote that is never closed would swallow the rows behind it. It is noticed when the row grows beyond its limit, runs to
///   the end of the file, or spans lines and either has too many fields or goes on behind the closing quote. Then only its
///   first line is rejected and reading goes on at the next line, up to [`RESCAN_BYTES_MAX`] a file.
pub(crate) struct Delimited {
    header: Header,
    name: String,
    /// Positions of the columns that mean something.
    columns: Vec<(usize, Target)>,
    repeats: Repeats,
    fields: Vec<Span>,
    /// The row behind the one that was given out, when it had to be looked at.
    ahead: Option<Result<Next, ExportError>>,
    rescan_bytes: usize,
}

/// What stands next in the file.
enum Next {
    Listing {
        line: u64,
        draft: Draft,
    },
    /// A row that was added to the listing before it.
    Continuation,
    Reject(Row),
    End,
}

/// A listing that the next rows may add to.
struct Open<'a> {
    id: &'a str,
    draft: &'a mut Draft,
}

impl Delimited {
    /// Finds the header and moves the text behind it.
    pub(crate) fn open(text: &mut Text<'_>, counts: &mut Counts) -> Result<Self, ExportError> {
        let header = header::find(text.window(), text.ended())?;
        for name in header.ignored() {
            counts.ignored(name);
        }
        text.consume(header.bytes, header.lines);
        let targets = header.plan.targets.iter().enumerate();
        Ok(Self {
            name: format!("{} {}", header.plan.name(), header.syntax()),
            columns: targets.filter_map(|(at, target)| Some((at, (*target)?))).collect(),
            repeats: header.plan.preset.map_or(Repeats::Never, |preset| preset.repeats),
            header,
            fields: Vec::new(),
            ahead: None,
            rescan_bytes: 0,
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn next(&mut self, text: &mut Text<'_>, counts: &mut Counts) -> Result<Option<Row>, ExportError> {
        let next = self.ahead.take().unwrap_or_else(|| self.row(text, None))?;
        let (line, mut draft) = match next {
            Next::Listing { line, draft } => (line, draft),
            Next::Reject(row) => return Ok(Some(row)),
            Next::Continuation | Next::End => return Ok(None),
        };
        if self.repeats != Repeats::Never
            && let Some(id) = draft.id().map(str::to_owned)
        {
            loop {
                match self.row(text, Some(Open { id: &id, draft: &mut draft })) {
                    Ok(Next::Continuation) => counts.continuation_rows += 1,
                    next => {
                        self.ahead = Some(next);
                        break;
                    }
                }
            }
        }
        Ok(Some(Row::read(line, draft.finish(&self.header.plan.defaults, counts.rows + 1))))
    }

    /// Reads one record, into `open` if it belongs there.
    fn row(&mut self, text: &mut Text<'_>, open: Option<Open<'_>>) -> Result<Next, ExportError> {
        loop {
            let line = text.line();
            let window = text.window();
            let record = view(window);
            let whole = text.ended() && record.len() == window.len();
            if record.is_empty() {
                if text.more()? {
                    continue;
                }
                return Ok(Next::End);
            }
            let (bytes, lines, torn) = match split(self.header.dialect, record, whole, &mut self.fields) {
                Split::Record { bytes, lines, torn } => (bytes, lines, torn),
                Split::Partial { open } if whole || record.len() > ROW_BYTES_MAX + 1 => return self.unfinished(text, open),
                Split::Partial { .. } => {
                    text.more()?;
                    continue;
                }
            };
            let record = &record[..bytes];
            let content = record.trim_ascii_end();
            if content.is_empty() || content == self.header.record || self.all_blank(record) {
                text.consume(bytes, lines);
                continue;
            }
            if content.len() > ROW_BYTES_MAX {
                let reject = Row::too_long(line, record);
                text.consume(bytes, lines);
                return Ok(Next::Reject(reject));
            }
            let too_many = self.too_many_fields(record);
            // A row over several lines that has too many fields is several rows behind a quote that was never closed.
            if torn || too_many && lines > 1 {
                return Ok(self.torn(text, bytes, lines));
            }
            if too_many {
                return Ok(Next::Reject(self.reject_fields(text, bytes, lines)));
            }
            let damaged = text.damaged_within(bytes);
            let next = match open {
                Some(open) if self.continues(record, open.id) => {
                    self.fill(open.draft, record, |target| target.field == Field::ImageUrls);
                    Next::Continuation
                }
                _ => {
                    let mut draft = Draft::new(damaged);
                    self.fill(&mut draft, record, |_| true);
                    Next::Listing { line, draft }
                }
            };
            text.consume(bytes, lines);
            return Ok(next);
        }
    }

    fn fill(&self, draft: &mut Draft, record: &[u8], wanted: impl Fn(Target) -> bool) {
        let text = simdutf8::basic::from_utf8(record);
        for (at, target) in &self.columns {
            // A short row lacks its last fields.
            let Some(span) = self.fields.get(*at).filter(|_| wanted(*target)) else { continue };
            match text {
                Ok(text) => draft.set(*target, split::text(text, *span)),
                Err(_) => {
                    draft.damaged = true;
                    draft.set(*target, String::from_utf8_lossy(&content(record, *span)));
                }
            }
        }
    }

    fn all_blank(&self, record: &[u8]) -> bool {
        self.fields.iter().all(|span| content(record, *span).trim_ascii().is_empty())
    }

    fn too_many_fields(&self, record: &[u8]) -> bool {
        let extra = self.fields.get(self.header.names.len()..).unwrap_or_default();
        extra.iter().any(|span| !content(record, *span).trim_ascii().is_empty()) || self.fields.len() > FIELDS_PER_ROW_MAX
    }

    fn reject_fields(&self, text: &mut Text<'_>, bytes: usize, lines: u64) -> Row {
        let (line, columns) = (text.line(), self.header.names.len());
        let row = quote(&text.window()[..bytes]);
        text.consume(bytes, lines);
        Row::reject(line, "row.too_many_fields", format!("more fields than the {columns} of the header: '{row}'"))
    }

    fn continues(&self, record: &[u8], id: &str) -> bool {
        let field = |field| {
            let column = self.columns.iter().filter(|(_, target)| target.field == field).min_by_key(|(_, target)| target.rank);
            column.and_then(|(at, _)| self.fields.get(*at)).map(|span| content(record, *span))
        };
        let same_id = field(Field::ListingId).is_some_and(|bytes| bytes.trim_ascii() == id.trim().as_bytes());
        let has_title = || field(Field::Title).is_some_and(|bytes| !bytes.trim_ascii().is_empty());
        same_id && (self.repeats == Repeats::SameId || !has_title())
    }

    /// A record that does not end where it must, because a quote is `open` or it is too long. Rejects its first line and has the
    /// rest read again if that may help, else all of it.
    fn unfinished(&mut self, text: &mut Text<'_>, open: bool) -> Result<Next, ExportError> {
        let bytes = view(text.window()).len();
        let whole = text.ended() && bytes == text.window().len();
        if open && let Some(reject) = self.reject_first_line(text, bytes) {
            return Ok(Next::Reject(reject));
        }
        let record = view(text.window());
        let short = whole && bytes <= ROW_BYTES_MAX;
        let reject = if short { unclosed_quote(text.line(), record) } else { Row::too_long(text.line(), record) };
        let lines = memchr_iter(self.header.dialect.terminator, record).count() as u64;
        text.consume(bytes, lines);
        if !whole {
            text.skip_line(self.header.dialect.terminator)?;
        }
        Ok(Next::Reject(reject))
    }

    /// A record that is several rows behind a quote that was never closed.
    fn torn(&mut self, text: &mut Text<'_>, bytes: usize, lines: u64) -> Next {
        let reject = self.reject_first_line(text, bytes).unwrap_or_else(|| {
            let reject = unclosed_quote(text.line(), &text.window()[..bytes]);
            text.consume(bytes, lines);
            reject
        });
        Next::Reject(reject)
    }

    /// Rejects the first of the lines in the next `bytes`, if there are several and they may be read again.
    fn reject_first_line(&mut self, text: &mut Text<'_>, bytes: usize) -> Option<Row> {
        let record = &text.window()[..bytes];
        let end = memchr(self.header.dialect.terminator, record)?;
        let again = self.rescan_bytes + bytes;
        if again > RESCAN_BYTES_MAX {
            return None;
        }
        self.rescan_bytes = again;
        let reject = unclosed_quote(text.line(), &record[..end]);
        text.consume(end + 1, 1);
        Some(reject)
    }
}

fn unclosed_quote(line: u64, record: &[u8]) -> Row {
    Row::reject(line, "row.unclosed_quote", format!("a quote is not closed: '{}'", quote(record)))
}
