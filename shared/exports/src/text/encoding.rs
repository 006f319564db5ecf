//! Which encoding is the text in, and how does it become UTF-8?

use super::compression::Bytes;
use crate::error::Problem;
use crate::limits::SOURCE_BYTES;
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Room that one step of a decoder may need in the output.
pub(super) const ROOM_BYTES: usize = 64;

const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

/// What the first bytes say about the encoding.
#[derive(Debug, PartialEq)]
pub(super) struct Detected {
    pub(super) encoding: &'static Encoding,
    /// Length of the byte order mark.
    pub(super) mark_bytes: usize,
}

/// Decides on the encoding from the first bytes of the file.
///
/// In this order: a byte order mark; the NUL pattern of UTF-16; UTF-8 that is valid, or nearly (one damaged character in ten);
/// what an XML declaration says; GB18030 if the sample decodes and reads like Chinese; else Windows-1252, which can spell
/// anything. `whole` says that the sample is the whole file and not cut.
pub(super) fn detect(sample: &[u8], whole: bool) -> Detected {
    let marks: [(&[u8], &'static Encoding); 3] = [(b"\xEF\xBB\xBF", UTF_8), (b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)];
    if let Some((mark, encoding)) = marks.into_iter().find(|(mark, _)| sample.starts_with(mark)) {
        return Detected { encoding, mark_bytes: mark.len() };
    }
    let encoding = utf_16(sample).unwrap_or_else(|| {
        if mostly_utf_8(sample, whole) {
            UTF_8
        } else if let Some(declared) = declared(sample) {
            declared
        } else if reads_like_chinese(sample, whole) {
            GB18030
        } else {
            WINDOWS_1252
        }
    });
    Detected { encoding, mark_bytes: 0 }
}

/// So many NULs make UTF-16; the header alone has as many. Fewer are damage.
const UTF_16_NULS_MIN: usize = 6;

/// UTF-16 without a mark: digits, delimiters and line ends have a NUL on one side, and always on the same.
fn utf_16(sample: &[u8]) -> Option<&'static Encoding> {
    let nuls = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (nuls(0), nuls(1));
    let pairs = sample.len() / 2;
    if high_first.max(low_first) < UTF_16_NULS_MIN {
        None
    } else if low_first * 20 > pairs && high_first * 20 <= low_first {
        Some(UTF_16LE)
    } else if high_first * 20 > pairs && low_first * 20 <= high_first {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn mostly_utf_8(sample: &[u8], whole: bool) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut rest = sample;
    while !rest.is_empty() {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                good += wide_characters(text.as_bytes());
                break;
            }
            Err(error) => {
                let (valid, after) = rest.split_at(error.valid_up_to());
                good += wide_characters(valid);
                match error.error_len() {
                    Some(bytes) => {
                        bad += 1;
                        rest = &after[bytes..];
                    }
                    None => {
                        bad += usize::from(whole);
                        break;
                    }
                }
            }
        }
    }
    bad * 10 <= good
}

/// Characters of more than one byte, counted by their first byte.
fn wide_characters(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte >= 0xC0).count()
}

/// `<?xml version="1.0" encoding="GBK"?>`
fn declared(sample: &[u8]) -> Option<&'static Encoding> {
    let declaration = sample.strip_prefix(b"<?xml")?;
    let end = declaration.iter().take(200).position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let label = value.split(['"', '\'']).nth(1)?;
    // UTF-8 it is not, or we would not be here, and a declaration of UTF-16 cannot be read as single bytes.
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// Whether the sample is GB18030 (but for one damaged character in ten) and holds more everyday characters than western text
/// would seem to.
///
/// Valid pairs alone say little: `é` and a letter after it are one as well. But western letters stand alone or in lower case,
/// while the 3,755 everyday characters are pairs of two high bytes whose first is below the lower-case letters.
fn reads_like_chinese(sample: &[u8], whole: bool) -> bool {
    let (mut everyday, mut other, mut bad) = (0_usize, 0_usize, 0_usize);
    let mut rest = sample;
    while let Some((&lead, after)) = rest.split_first() {
        let bytes = match (lead, after) {
            (0..=0x7F, _) => 1,
            (0xB0..=0xD7, [0xA1..=0xFE, ..]) => {
                everyday += 1;
                2
            }
            // A western letter is followed by a plain one, which makes a pair of the rarer characters.
            (0x81..=0xFE, [0x40..=0x7E | 0x80..=0xA0, ..]) => {
                other += 1;
                2
            }
            // Rarer characters, punctuation and pairs of western letters say neither yes nor no.
            (0x81..=0xFE, [0xA1..=0xFE, ..]) => 2,
            (0x81..=0xFE, [0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..]) => 4,
            (0x81..=0xFE, [] | [0x30..=0x39] | [0x30..=0x39, 0x81..=0xFE]) if !whole => break,
            _ => {
                bad += 1;
                1
            }
        };
        rest = &rest[bytes..];
    }
    everyday >= 3 && everyday >= 3 * other && everyday >= 10 * bad
}

/// Turns the bytes of a file into UTF-8. Not used for files that are UTF-8 already.
pub(super) struct Transcoder {
    decoder: Decoder,
    raw: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// What ended the sample, told when its last byte is decoded.
    failure: Option<Problem>,
    /// Bytes of UTF-8 given out so far.
    written: u64,
    /// Where in them the first character was that could not be read.
    damage: Option<u64>,
}

impl Transcoder {
    /// `sample` are the bytes that were read to detect the encoding, without the mark; `failure` is what ended them, if anything did.
    pub(super) fn new(encoding: &'static Encoding, sample: &[u8], failure: Option<Problem>) -> Self {
        let mut raw = sample.to_vec();
        let end = raw.len();
        raw.resize(end.max(SOURCE_BYTES), 0);
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { decoder, raw, start: 0, end, ended: false, failure, written: 0, damage: None }
    }

    pub(super) fn damage(&self) -> Option<u64> {
        self.damage
    }

    /// Writes UTF-8 into `out`, which has room for at least [`ROOM_BYTES`]; zero bytes mean the end.
    pub(super) fn read(&mut self, bytes: &mut Bytes<'_>, out: &mut [u8]) -> Result<usize, Problem> {
        // Room for a replacement is kept free.
        let room = out.len() - REPLACEMENT.len();
        let mut written = 0;
        while written == 0 {
            if self.start == self.end && !self.ended {
                if let Some(problem) = self.failure.take() {
                    return Err(problem);
                }
                (self.start, self.end) = (0, bytes.read(&mut self.raw)?);
                self.ended = self.end == 0;
            }
            let raw = &self.raw[self.start..self.end];
            let (result, read, text) = self.decoder.decode_to_utf8_without_replacement(raw, &mut out[..room], self.ended);
            self.start += read;
            written += text;
            match result {
                DecoderResult::Malformed(..) => {
                    self.damage.get_or_insert(self.written + written as u64);
                    out[written..written + REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
                    written += REPLACEMENT.len();
                }
                DecoderResult::InputEmpty if self.ended => break,
                DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
            }
        }
        self.written += written as u64;
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::compression::Expansion;
    use crate::text::source::Source;

    fn check(sample: &[u8], encoding: &'static Encoding, mark_bytes: usize) {
        assert_eq!(detect(sample, true), Detected { encoding, mark_bytes }, "{sample:?}");
    }

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        match encoding {
            e if e == UTF_16LE => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            e if e == UTF_16BE => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            e => e.encode(text).0.into_owned(),
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        check(b"", UTF_8, 0);
        check(b"id,title\n", UTF_8, 0);
        check(b"listing_id,title\n1,b\0ag\n2,bag\n", UTF_8, 0);
        check("\u{FEFF}id,title\n".as_bytes(), UTF_8, 3);
        check("id,标题\n1,驴牌\n".as_bytes(), UTF_8, 0);
        check(&[b"\xFF\xFE", &encoded(UTF_16LE, "id")[..]].concat(), UTF_16LE, 2);
        check(&[b"\xFE\xFF", &encoded(UTF_16BE, "id")[..]].concat(), UTF_16BE, 2);
        for encoding in [UTF_16LE, UTF_16BE] {
            check(&encoded(encoding, "id,title\n1,Bag\n"), encoding, 0);
            check(&encoded(encoding, "商品编号,标题\n1,正品手提包大号\n2,钱包\n"), encoding, 0);
        }
        check(&encoded(GB18030, "宝贝名称,宝贝价格\n正品手提包，大号,199\n"), GB18030, 0);
        check(&encoded(GB18030, "id,title\n1,复刻鞋\n"), GB18030, 0);
        for text in [
            "id,title\n1,Größe über Straße\n",
            "id,título\n1,Reloj de señora, edición limitada, corazón\n",
            "id,titre\n1,Sac à main été, fermé, coût 30 €, n° 5\n",
            "id,title\n1,Caf\u{e9}",
            "id,title\n1,“Ladies” watch – new\n",
            "id,título\n1,BOLSA EM PROMOÇÃO, É ÓTIMA, À VISTA\n",
        ] {
            check(&encoded(WINDOWS_1252, text), WINDOWS_1252, 0);
        }
        // One damaged character does not make a UTF-8 file something else; many do.
        check(&["正品手提包大号正品手提包大号".as_bytes(), b"\xE6\xAD,x"].concat(), UTF_8, 0);
        let declared = encoded(GB18030, r#"<?xml version="1.0" encoding="GBK"?><rss>鎏</rss>"#);
        check(&declared, encoding_rs::GBK, 0);
        assert_eq!(detect(&"标题".as_bytes()[..5], false).encoding, UTF_8);
    }

    fn decode(encoding: &'static Encoding, sample: &[u8], rest: &[u8]) -> (String, Option<u64>) {
        let mut bytes = Bytes::new(Source::new(rest), Expansion::default()).unwrap();
        let mut transcoder = Transcoder::new(encoding, sample, None);
        let (mut text, mut out) = (Vec::new(), [0; ROOM_BYTES]);
        loop {
            match transcoder.read(&mut bytes, &mut out).unwrap() {
                0 => return (String::from_utf8(text).unwrap(), transcoder.damage()),
                read => text.extend_from_slice(&out[..read]),
            }
        }
    }

    #[test]
    fn text_is_decoded_across_every_cut_and_damage_is_placed() {
        let text = "包,€,\u{1F45C} bag\n".repeat(9);
        for encoding in [UTF_16LE, UTF_16BE, GB18030] {
            let bytes = encoded(encoding, &text);
            for cut in 0..bytes.len() {
                assert_eq!(decode(encoding, &bytes[..cut], &bytes[cut..]), (text.clone(), None));
            }
        }
        assert_eq!(decode(GB18030, b"ab", b"\xFFcd\xFF"), ("ab\u{FFFD}cd\u{FFFD}".to_owned(), Some(2)));
        assert_eq!(decode(UTF_16LE, b"a\0b", b""), ("a\u{FFFD}".to_owned(), Some(1)));
        assert_eq!(decode(UTF_16LE, b"", b""), (String::new(), None));
    }
}
