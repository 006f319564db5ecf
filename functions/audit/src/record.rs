//! How does a run keep its plan and its state between invocations? As compressed JSON.

use crate::Error;
use crate::limits::STATE_BYTES_MAX;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, Read};

/// The fastest level: states are counters and ids, and are read once.
const LEVEL: i32 = 1;

/// Compressed JSON.
pub(crate) fn write(record: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), LEVEL).map_err(Error::Record)?;
    serde_json::to_writer(&mut encoder, record).map_err(error)?;
    encoder.finish().map_err(Error::Record)
}

/// Reads it back.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let decoder = zstd::stream::read::Decoder::new(bytes).map_err(Error::Record)?;
    serde_json::from_reader(io::BufReader::new(decoder.take(STATE_BYTES_MAX as u64))).map_err(error)
}

pub(crate) fn error(error: serde_json::Error) -> Error {
    Error::Record(error.into())
}
