//! How do compressed bytes become plain ones, and when is it too much?

use super::source::Source;
use crate::error::Problem;
use crate::limits::{EXPANSION_FREE_BYTES, EXPANSION_RATIO_MAX, TEXT_BYTES_MAX, ZSTD_WINDOW_LOG2_MAX};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead as _, Read};

type Zstd<'r> = zstd::stream::read::Decoder<'static, Source<'r>>;

/// The decompressed bytes of a file. What it is compressed with is read from its first bytes, never from its name.
pub(crate) struct Bytes<'r> {
    codec: Codec<'r>,
    expansion: Expansion,
    written: u64,
}

enum Codec<'r> {
    Plain(Source<'r>),
    Gzip(Box<MultiGzDecoder<Source<'r>>>),
    Zstd(Box<Zstd<'r>>),
}

/// How far compressed input may grow.
#[derive(Clone, Copy)]
pub(crate) struct Expansion {
    pub(crate) ratio_max: u64,
    pub(crate) free_bytes: u64,
    pub(crate) text_bytes_max: u64,
}

impl Default for Expansion {
    fn default() -> Self {
        Self { ratio_max: EXPANSION_RATIO_MAX, free_bytes: EXPANSION_FREE_BYTES, text_bytes_max: TEXT_BYTES_MAX }
    }
}

impl<'r> Bytes<'r> {
    pub(crate) fn new(mut source: Source<'r>, expansion: Expansion) -> Result<Self, Problem> {
        let codec = match source.fill_buf().map_err(Problem::Read)? {
            [0x1F, 0x8B, ..] => Codec::Gzip(Box::new(MultiGzDecoder::new(source))),
            // A frame, or a frame to skip, as parallel and seekable compressors write in front.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => {
                let mut decoder = Zstd::with_buffer(source).map_err(Problem::CorruptZstd)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG2_MAX).map_err(Problem::CorruptZstd)?;
                Codec::Zstd(Box::new(decoder))
            }
            _ => Codec::Plain(source),
        };
        Ok(Self { codec, expansion, written: 0 })
    }

    /// Reads into `out`; zero bytes mean the clean end of the file.
    pub(crate) fn read(&mut self, out: &mut [u8]) -> Result<usize, Problem> {
        let result = match &mut self.codec {
            Codec::Plain(source) => source.read(out),
            Codec::Gzip(decoder) => decoder.read(out),
            Codec::Zstd(decoder) => decoder.read(out),
        };
        let bytes = result.map_err(|error| self.problem(error))?;
        self.written += bytes as u64;
        if self.written > self.expansion.text_bytes_max {
            return Err(Problem::TooLarge);
        }
        let compressed = !matches!(self.codec, Codec::Plain(_));
        let allowed = self.expansion.ratio_max.saturating_mul(self.source().taken());
        if compressed && self.written > self.expansion.free_bytes && self.written > allowed {
            return Err(Problem::Bomb);
        }
        Ok(bytes)
    }

    /// Bytes taken from the input, before decompression.
    pub(crate) fn taken(&self) -> u64 {
        self.source().taken()
    }

    /// `gzip`, `zstd`, or nothing.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self.codec {
            Codec::Plain(_) => None,
            Codec::Gzip(_) => Some("gzip"),
            Codec::Zstd(_) => Some("zstd"),
        }
    }

    fn source(&self) -> &Source<'r> {
        match &self.codec {
            Codec::Plain(source) => source,
            Codec::Gzip(decoder) => decoder.get_ref(),
            Codec::Zstd(decoder) => decoder.get_ref(),
        }
    }

    /// A failed input and a damaged file reach us through the same error type; only the source knows which it was.
    fn problem(&self, error: io::Error) -> Problem {
        let cut_off = error.kind() == io::ErrorKind::UnexpectedEof;
        match &self.codec {
            _ if self.source().failed() => Problem::Read(error),
            Codec::Plain(_) => Problem::Read(error),
            Codec::Gzip(_) if cut_off => Problem::TruncatedGzip,
            Codec::Gzip(_) => Problem::CorruptGzip(error),
            Codec::Zstd(_) if cut_off => Problem::TruncatedZstd,
            Codec::Zstd(_) => Problem::CorruptZstd(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).unwrap()
    }

    /// What comes out, and the machine name of what went wrong.
    fn check(input: &[u8], expansion: Expansion, text: &[u8], code: Option<&str>) {
        let mut bytes = Bytes::new(Source::new(input), expansion).unwrap();
        let mut out = vec![0; text.len() + 4_096];
        let (mut end, mut failure) = (0, None);
        loop {
            match bytes.read(&mut out[end..]) {
                Ok(0) => break,
                Ok(read) => end += read,
                Err(problem) => {
                    failure = Some(problem.code());
                    break;
                }
            }
        }
        assert_eq!(failure, code);
        if code.is_none() {
            assert!(&out[..end] == text);
            assert_eq!(bytes.taken(), input.len() as u64);
        } else {
            assert!(text.starts_with(&out[..end]), "only true text before the failure");
        }
    }

    fn pseudo_text(bytes: usize) -> Vec<u8> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (state >> 24) as u8 % 26
        };
        (0..bytes).map(|_| next()).collect()
    }

    #[test]
    fn members_and_frames_are_joined() {
        let text = pseudo_text(300_000);
        for pack in [gzip as fn(&[u8]) -> Vec<u8>, zstd] {
            let joined = [pack(&text[..1_000]), pack(b""), pack(&text[1_000..])].concat();
            check(&joined, Expansion::default(), &text, None);
        }
        let with_skipped_frame = [b"\x50\x2A\x4D\x18\x03\x00\x00\x00abc".as_slice(), &zstd(&text)].concat();
        check(&with_skipped_frame, Expansion::default(), &text, None);
        check(&text, Expansion::default(), &text, None);
    }

    #[test]
    fn a_cut_or_damaged_file_is_named() {
        let text = pseudo_text(300_000);
        let (gz, zst) = (gzip(&text), zstd(&text));
        for end in [3, 12, gz.len() / 2, gz.len() - 1] {
            check(&gz[..end], Expansion::default(), &text, Some("file.truncated_gzip"));
        }
        for end in [5, zst.len() / 2, zst.len() - 1] {
            check(&zst[..end], Expansion::default(), &text, Some("file.truncated_zstd"));
        }
        check(&[&gz[..], b"and something more"].concat(), Expansion::default(), &text, Some("file.corrupt_gzip"));
        let last = gz.len() - 6;
        check(&[&gz[..last], b"XXXXXX"].concat(), Expansion::default(), &text, Some("file.corrupt_gzip"));
        check(&[&zst[..], b"and more"].concat(), Expansion::default(), &text, Some("file.corrupt_zstd"));
        // A header that asks for a window of 2^28 bytes.
        check(b"\x28\xB5\x2F\xFD\x00\x90\x01\x00\x00", Expansion::default(), b"", Some("file.corrupt_zstd"));
    }

    #[test]
    fn each_limit_holds_one_beyond_it() {
        let text = vec![b'x'; 1_000_000];
        let packed = gzip(&text);
        let ratio = (text.len() / packed.len()) as u64;
        let expansion = Expansion { ratio_max: ratio + 1, free_bytes: 0, text_bytes_max: 1_000_000 };
        // The ratio is looked at as the file is read, where it may be higher than at the end: hence the free bytes.
        check(&packed, Expansion { free_bytes: 1_000_000, ..expansion }, &text, None);
        check(&packed, Expansion { free_bytes: 999_999, ratio_max: ratio - 1, ..expansion }, &text, Some("file.bomb"));
        check(&packed, Expansion { free_bytes: 1_000_000, text_bytes_max: 999_999, ..expansion }, &text, Some("file.too_large"));
        check(&text, Expansion { text_bytes_max: 999_999, ..expansion }, &text, Some("file.too_large"));
        check(&text, expansion, &text, None);
    }
}
