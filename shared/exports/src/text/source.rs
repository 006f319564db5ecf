//! How is the input fetched, so that everything above is independent of the pieces it arrives in?

use crate::limits::SOURCE_BYTES;
use std::io::{self, BufRead, Read};

/// The input behind a buffer that is always filled to the brim. What the decoders see, and therefore where a file breaks and
/// what was read before it, depends on the bytes alone and not on how a network delivers them.
pub(crate) struct Source<'r> {
    reader: Box<dyn Read + Send + 'r>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    taken: u64,
    ended: bool,
    /// Met while bytes were still to be given out; told when they are used up.
    failure: Option<io::Error>,
    failed: bool,
}

impl<'r> Source<'r> {
    pub(crate) fn new(reader: impl Read + Send + 'r) -> Self {
        Self {
            reader: Box::new(reader),
            buffer: vec![0; SOURCE_BYTES],
            start: 0,
            end: 0,
            taken: 0,
            ended: false,
            failure: None,
            failed: false,
        }
    }

    /// Bytes given out so far.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    /// Whether the input itself has failed (as opposed to the decoder above it).
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    fn fail(&mut self) -> io::Result<()> {
        match self.failure.take() {
            Some(error) => {
                self.failed = true;
                self.ended = true;
                Err(error)
            }
            None => Ok(()),
        }
    }
}

/// Fills `out` as far as the input goes. Says how far, whether the input has ended, and its error.
fn fill(reader: &mut dyn Read, out: &mut [u8]) -> (usize, bool, Option<io::Error>) {
    let mut end = 0;
    while end < out.len() {
        match reader.read(&mut out[end..]) {
            Ok(0) => return (end, true, None),
            // A reader that claims more than it was given room for would otherwise make us panic.
            Ok(bytes) => end = (end + bytes).min(out.len()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (end, false, Some(error)),
        }
    }
    (end, false, None)
}

impl Read for Source<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.start == self.end && out.len() >= self.buffer.len() && !self.ended {
            // A large request goes past the buffer: plain text is copied once only.
            self.fail()?;
            let (bytes, ended, failure) = fill(&mut *self.reader, out);
            (self.ended, self.failure) = (ended, failure);
            if bytes == 0 {
                self.fail()?;
            }
            self.taken += bytes as u64;
            return Ok(bytes);
        }
        let bytes = self.fill_buf()?.read(out)?;
        self.consume(bytes);
        Ok(bytes)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end && !self.ended {
            self.fail()?;
            (self.start, self.end) = (0, 0);
            (self.end, self.ended, self.failure) = fill(&mut *self.reader, &mut self.buffer);
            if self.end == 0 {
                self.fail()?;
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, bytes: usize) {
        self.start = (self.start + bytes).min(self.end);
        self.taken += bytes as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One byte at a time, then an error.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            match self.0.split_first() {
                Some((byte, rest)) => {
                    out[0] = *byte;
                    self.0 = rest;
                    Ok(1)
                }
                None => Err(io::Error::other("connection reset")),
            }
        }
    }

    #[test]
    fn everything_before_a_failure_is_given_out_and_the_failure_once() {
        let text = vec![7; SOURCE_BYTES + 3];
        for room in [10, SOURCE_BYTES, 2 * SOURCE_BYTES] {
            let mut source = Source::new(Drip(&text));
            let (mut out, mut read) = (vec![0; room], 0);
            let error = loop {
                match source.read(&mut out) {
                    Ok(bytes) => read += bytes,
                    Err(error) => break error,
                }
            };
            assert_eq!((read, error.to_string().as_str()), (text.len(), "connection reset"));
            assert!(source.failed());
            assert_eq!(source.read(&mut out).unwrap(), 0);
        }
    }
}
