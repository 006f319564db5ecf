//! Any bytes: no panic, every row accounted for, and the same rows however the bytes arrive.
#![no_main]

use exports::{Hint, Row, open};
use libfuzzer_sys::fuzz_target;
use std::io::{self, Read};

/// Seven bytes at a time.
struct Pieces<'a>(&'a [u8]);

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.0.len().min(out.len()).min(7);
        out[..bytes].copy_from_slice(&self.0[..bytes]);
        self.0 = &self.0[bytes..];
        Ok(bytes)
    }
}

fn read(reader: impl Read + Send) -> (Vec<Row>, Option<&'static str>) {
    let mut rows = match open(reader, &Hint::default()) {
        Ok(rows) => rows,
        Err(error) => return (Vec::new(), Some(error.code())),
    };
    let (mut read, mut code) = (Vec::new(), None);
    while let Some(row) = rows.next() {
        assert!(code.is_none(), "nothing comes behind an error");
        match row {
            Ok(row) => read.push(row),
            Err(error) => code = Some(error.code()),
        }
    }
    assert_eq!(rows.rows_read(), read.len() as u64);
    (read, code)
}

fuzz_target!(|bytes: &[u8]| {
    assert!(read(bytes) == read(Pieces(bytes)));
});
