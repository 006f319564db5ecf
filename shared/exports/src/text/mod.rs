//! How do the bytes of a file become a window of UTF-8 text that moves forward in constant memory?

mod compression;
mod encoding;
mod magic;
mod source;

use crate::error::{ExportError, Problem};
use crate::limits::{CHUNK_BYTES, SAMPLE_BYTES};
use compression::{Bytes, Expansion};
use encoding::{ROOM_BYTES, Transcoder};
use encoding_rs::UTF_8;
use source::Source;
use std::io::Read;

/// The text of a file, as a window on it.
///
/// The window holds the bytes that are in memory and not consumed; [`Text::more`] makes it longer, [`Text::consume`] moves it.
/// It is UTF-8 except where a UTF-8 file is damaged.
pub(crate) struct Text<'r> {
    bytes: Bytes<'r>,
    transcoder: Option<Transcoder>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// Met while reading ahead; told when the window cannot grow any more.
    failure: Option<Problem>,
    /// 1-based line of the first byte of the window.
    line: u64,
    /// Bytes consumed so far.
    offset: u64,
    /// `gb18030 gzip`
    coding: String,
}

impl<'r> Text<'r> {
    /// Detects compression and encoding, and reads the first [`SAMPLE_BYTES`].
    pub(crate) fn open(reader: impl Read + Send + 'r) -> Result<Self, ExportError> {
        Self::open_within(reader, Expansion::default())
    }

    fn open_within(reader: impl Read + Send + 'r, expansion: Expansion) -> Result<Self, ExportError> {
        let mut bytes = Bytes::new(Source::new(reader), expansion)?;
        let mut buffer = vec![0; SAMPLE_BYTES];
        let (mut end, mut ended, mut failure) = (0, false, None);
        while end < buffer.len() && !ended && failure.is_none() {
            match bytes.read(&mut buffer[end..]) {
                Ok(read) => {
                    end += read;
                    ended = read == 0;
                }
                Err(problem) => failure = Some(problem),
            }
        }
        let sample = &buffer[..end];
        if sample.is_empty() {
            return Err(failure.unwrap_or(Problem::Empty).into());
        }
        magic::refuse(sample)?;
        let detected = encoding::detect(sample, ended);
        let mut coding = detected.encoding.name().to_ascii_lowercase();
        if let Some(compression) = bytes.name() {
            coding = format!("{coding} {compression}");
        }
        let mut text =
            Self { bytes, transcoder: None, buffer, start: detected.mark_bytes, end, ended, failure, line: 1, offset: 0, coding };
        if detected.encoding != UTF_8 {
            // The sample goes through the transcoder, and what ended it is told behind its last character.
            let failure = text.failure.take();
            text.transcoder = Some(Transcoder::new(detected.encoding, text.window(), failure));
            (text.start, text.end, text.ended) = (0, 0, false);
            text.more()?;
        }
        if text.window().trim_ascii().is_empty() && !text.more()? {
            return Err(Problem::Empty.into());
        }
        magic::refuse_binary(text.window())?;
        Ok(text)
    }

    /// The text in memory that is not consumed.
    pub(crate) fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Whether the window reaches to the end of the file.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Makes the window longer. `false` at the end of the file.
    ///
    /// # Errors
    /// When the file is broken here; the window holds what came before.
    pub(crate) fn more(&mut self) -> Result<bool, ExportError> {
        if let Some(problem) = self.failure.take() {
            self.ended = true;
            return Err(problem.at(self.line));
        }
        if self.ended {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.buffer.len() - self.end < CHUNK_BYTES / 2 {
            self.buffer.resize(self.buffer.len() + CHUNK_BYTES, 0);
        }
        let before = self.end;
        while self.buffer.len() - self.end >= ROOM_BYTES && !self.ended && self.failure.is_none() {
            let room = &mut self.buffer[self.end..];
            let result = match &mut self.transcoder {
                Some(transcoder) => transcoder.read(&mut self.bytes, room),
                None => self.bytes.read(room),
            };
            match result {
                Ok(read) => {
                    self.end += read;
                    self.ended = read == 0;
                }
                Err(problem) => self.failure = Some(problem),
            }
        }
        match self.failure.take() {
            Some(problem) if self.end == before => {
                self.ended = true;
                Err(problem.at(self.line))
            }
            failure => {
                self.failure = failure;
                Ok(self.end > before)
            }
        }
    }

    /// Moves the window forward over `bytes` bytes with `lines` line ends in them.
    pub(crate) fn consume(&mut self, bytes: usize, lines: u64) {
        self.start = (self.start + bytes).min(self.end);
        self.offset += bytes as u64;
        self.line += lines;
    }

    /// Moves the window forward and counts the lines.
    pub(crate) fn consume_counting(&mut self, bytes: usize) {
        let lines = memchr::memchr_iter(b'\n', &self.window()[..bytes]).count() as u64;
        self.consume(bytes, lines);
    }

    /// Moves the window behind the next `terminator`, or to the end of the file, in constant memory.
    pub(crate) fn skip_line(&mut self, terminator: u8) -> Result<(), ExportError> {
        loop {
            if let Some(at) = memchr::memchr(terminator, self.window()) {
                self.consume(at + 1, 1);
                return Ok(());
            }
            self.consume(self.window().len(), 0);
            if !self.more()? {
                return Ok(());
            }
        }
    }

    /// 1-based line of the first byte of the window.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Whether a character before the `bytes`-th byte of the window, or anywhere before, could not be decoded.
    pub(crate) fn damaged_within(&self, bytes: usize) -> bool {
        let damage = self.transcoder.as_ref().and_then(Transcoder::damage);
        damage.is_some_and(|at| at < self.offset + bytes as u64)
    }

    /// Encoding and compression, such as `gb18030 gzip`.
    pub(crate) fn coding(&self) -> &str {
        &self.coding
    }

    /// Bytes taken from the input, before decompression.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes.taken()
    }
}
