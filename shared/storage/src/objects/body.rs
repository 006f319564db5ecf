//! How do the bytes of an object get to a parser? An async task reads ahead into a bounded channel; the parser's thread reads from it.

use super::Download;
use crate::Error;
use crate::limits::{CHUNK_BYTES, CHUNKS_WAITING_MAX};
use bytes::{Buf, Bytes, BytesMut};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{self, Receiver, Sender};

/// What goes through the channel. A channel that closes without `End` was cut off: an early end is never taken for the end.
#[derive(Debug)]
enum Piece {
    Chunk(Bytes),
    End,
}

/// The two ends of a body on its way.
#[must_use]
pub fn body() -> (BodyFeeder, BodyReader) {
    let (sender, receiver) = mpsc::channel(CHUNKS_WAITING_MAX);
    let waited = Arc::new(AtomicU64::new(0));
    (BodyFeeder { sender }, BodyReader { receiver, chunk: Bytes::new(), ended: false, waited })
}

/// The async end.
#[derive(Debug)]
pub struct BodyFeeder {
    sender: Sender<Piece>,
}

impl BodyFeeder {
    /// Reads the object to its end, and tells of every piece how many bytes it has; stops when nobody reads any more.
    ///
    /// # Errors
    /// As [`Download::next`]. The reader then finds that the body was cut off.
    pub async fn feed(self, mut download: Download, on_bytes: impl Fn(u64)) -> Result<(), Error> {
        let mut buffer = BytesMut::with_capacity(CHUNK_BYTES);
        while let Some(bytes) = download.next().await? {
            on_bytes(bytes.len() as u64);
            buffer.extend_from_slice(&bytes);
            if buffer.len() >= CHUNK_BYTES && self.sender.send(Piece::Chunk(buffer.split().freeze())).await.is_err() {
                return Ok(());
            }
        }
        // Whether somebody still reads no longer matters.
        let _ = self.sender.send(Piece::Chunk(buffer.freeze())).await;
        let _ = self.sender.send(Piece::End).await;
        Ok(())
    }
}

/// The parser's end. Blocks, so it must not be read on an async thread.
#[derive(Debug)]
pub struct BodyReader {
    receiver: Receiver<Piece>,
    chunk: Bytes,
    ended: bool,
    waited: Arc<AtomicU64>,
}

/// Tells how long a reader has waited for bytes.
#[derive(Clone, Debug)]
pub struct Waited(Arc<AtomicU64>);

impl Waited {
    /// So far.
    #[must_use]
    pub fn total(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

impl BodyReader {
    /// To be asked while somebody else reads.
    #[must_use]
    pub fn waited(&self) -> Waited {
        Waited(self.waited.clone())
    }
}

impl Read for BodyReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !self.ended {
            let since = Instant::now();
            let piece = self.receiver.blocking_recv();
            self.waited.fetch_add(u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
            match piece {
                Some(Piece::Chunk(chunk)) => self.chunk = chunk,
                Some(Piece::End) => self.ended = true,
                None => return Err(io::Error::new(io::ErrorKind::ConnectionAborted, "the body was cut off")),
            }
        }
        let length = self.chunk.len().min(out.len());
        self.chunk.copy_to_slice(&mut out[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader makes of these pieces.
    fn read(pieces: Vec<Piece>) -> Result<String, io::ErrorKind> {
        let (feeder, mut reader) = body();
        for piece in pieces {
            feeder.sender.try_send(piece).unwrap_or_else(|_| panic!("the channel is full"));
        }
        drop(feeder);
        let mut text = String::new();
        reader.read_to_string(&mut text).map(|_| text).map_err(|error| error.kind())
    }

    #[test]
    fn an_early_end_is_not_the_end() {
        let chunk = |text: &'static str| Piece::Chunk(Bytes::from_static(text.as_bytes()));
        assert_eq!(read(vec![chunk("ab"), chunk(""), chunk("c"), Piece::End]), Ok("abc".into()));
        assert_eq!(read(vec![Piece::End]), Ok(String::new()));
        assert_eq!(read(vec![chunk("ab")]), Err(io::ErrorKind::ConnectionAborted));
        assert_eq!(read(vec![]), Err(io::ErrorKind::ConnectionAborted));
    }
}
