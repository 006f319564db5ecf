//! Which record is the header, and what is the delimiter?

use super::split::{Dialect, Span, Split, content, split};
use crate::error::Problem;
use crate::limits::{FIELDS_PER_ROW_MAX, HEADER_BYTES_MAX, HEADER_SEARCH_ROWS};
use crate::presets::{Plan, Target};
use crate::quote::quote;
use memchr::memchr;
use scoring::Field;
use std::cmp::Reverse;

const DELIMITERS: [u8; 4] = *b",;\t|";

/// What was found at the top of the file.
pub(super) struct Header {
    pub(super) dialect: Dialect,
    pub(super) plan: Plan,
    /// The names, as written.
    pub(super) names: Vec<String>,
    /// The record itself, without its line end; a file made of several exports repeats it.
    pub(super) record: Vec<u8>,
    /// Bytes and line ends up to the first row.
    pub(super) bytes: usize,
    pub(super) lines: u64,
}

/// A record that may be the header.
struct Candidate {
    plan: Plan,
    names: Vec<String>,
    record: Vec<u8>,
    bytes: usize,
    lines: u64,
}

impl Candidate {
    fn complete(&self) -> bool {
        self.plan.has(Field::Title) && self.plan.has_id()
    }
}

/// Finds the header in the first records: the first whose names will do, with the delimiter by which they mean most.
///
/// What stands above it (a version, notes, `sep=;`) is skipped, and so is a second header right below, as in Taobao's files.
///
/// # Errors
/// When no record has a column for the title and one for the id.
pub(super) fn find(sample: &[u8], whole: bool) -> Result<Header, Problem> {
    let terminator = if memchr(b'\n', sample).is_none() && memchr(b'\r', sample).is_some() { b'\r' } else { b'\n' };
    let mut best: Option<(Dialect, Vec<Candidate>, usize)> = None;
    let mut best_rank = (false, 0, 0);
    for delimiter in DELIMITERS {
        let dialect = Dialect { delimiter, terminator, quoting: true };
        let candidates = candidates(dialect, sample, whole)?;
        let rank = |candidate: &Candidate| (candidate.complete(), candidate.plan.known(), candidate.names.len());
        // The first that will do, because rows stand behind it; else the one to complain about.
        let complete = candidates.iter().position(Candidate::complete);
        let Some(at) = complete.or_else(|| (0..candidates.len()).max_by_key(|at| (rank(&candidates[*at]), Reverse(*at)))) else {
            continue;
        };
        let candidate = &candidates[at];
        if best.is_none() || rank(candidate) > best_rank {
            best_rank = rank(candidate);
            best = Some((dialect, candidates, at));
        }
    }
    let (dialect, mut candidates, mut at) = best.ok_or(Problem::HeaderTooLong)?;
    if !candidates[at].complete() {
        return Err(incomplete(&candidates));
    }
    // Rows do not hold the names of columns: below the English names of Taobao's fields stand the Chinese ones.
    while candidates.get(at + 1).is_some_and(Candidate::complete) {
        at += 1;
    }
    let Candidate { plan, names, record, bytes, lines } = candidates.swap_remove(at);
    if names.len() > FIELDS_PER_ROW_MAX {
        return Err(Problem::TooManyColumns);
    }
    let quoting = plan.preset.is_none_or(|preset| preset.quoting);
    Ok(Header { dialect: Dialect { quoting, ..dialect }, plan, names, record, bytes, lines })
}

fn candidates(dialect: Dialect, sample: &[u8], whole: bool) -> Result<Vec<Candidate>, Problem> {
    let mut candidates = Vec::new();
    let mut fields: Vec<Span> = Vec::new();
    let (mut at, mut line) = (0, 0);
    while candidates.len() < HEADER_SEARCH_ROWS && at < sample.len() {
        let rest = &sample[at..];
        let view = &rest[..rest.len().min(HEADER_BYTES_MAX + 2)];
        let ends_here = whole && view.len() == rest.len();
        let mut found = split(dialect, view, ends_here, &mut fields);
        if matches!(found, Split::Partial { open: true }) {
            // A stray quote in the header must not hide it.
            found = split(Dialect { quoting: false, ..dialect }, view, ends_here, &mut fields);
        }
        let (bytes, lines) = match found {
            Split::Record { bytes, lines, .. } => (bytes, lines),
            // Only the first record must be short: what follows may be a row, and rows may be long.
            Split::Partial { .. } if candidates.is_empty() && !ends_here => return Err(Problem::HeaderTooLong),
            Split::Partial { .. } => break,
        };
        let record = rest[..bytes].trim_ascii_end().to_vec();
        at += bytes;
        line += lines;
        if record.is_empty() {
            continue;
        }
        let names: Vec<String> =
            fields.iter().map(|span| String::from_utf8_lossy(&content(rest, *span)).trim().to_owned()).collect();
        candidates.push(Candidate { plan: Plan::new(&names), names, record, bytes: at, lines: line });
    }
    Ok(candidates)
}

fn incomplete(candidates: &[Candidate]) -> Problem {
    let widest = candidates.iter().min_by_key(|candidate| Reverse((candidate.plan.known(), candidate.names.len())));
    let names = widest.map(|candidate| candidate.names.as_slice()).unwrap_or_default();
    let seen = format!("'{}'", quote(names.join(", ").as_bytes()));
    if widest.is_some_and(|candidate| candidate.plan.has(Field::Title)) {
        Problem::NoIdColumn { seen }
    } else {
        Problem::NoTitleColumn { seen }
    }
}

impl Header {
    /// Names of the columns that mean nothing to us.
    pub(super) fn ignored(&self) -> impl Iterator<Item = &str> {
        let columns = self.names.iter().zip(&self.plan.targets);
        columns
            .filter(|(name, target): &(&String, &Option<Target>)| target.is_none() && !name.is_empty())
            .map(|(name, _)| name.as_str())
    }

    /// `csv`, `tsv`, or `csv` with the delimiter's name.
    pub(super) fn syntax(&self) -> &'static str {
        match self.dialect.delimiter {
            b'\t' => "tsv",
            b';' => "csv-semicolon",
            b'|' => "csv-bar",
            _ => "csv",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, delimiter: u8, name: &str, rest: &str) {
        let header = find(text.as_bytes(), true).unwrap();
        assert_eq!((header.dialect.delimiter, header.plan.name()), (delimiter, name), "{text}");
        assert_eq!(&text[header.bytes..], rest);
        assert_eq!(header.lines, text[..header.bytes].matches(['\n']).count() as u64);
    }

    #[test]
    fn delimiters_and_headers_are_found() {
        check("id,title\n1,a;b;c\n", b',', "generic", "1,a;b;c\n");
        check("id;title;price\n1;a,b;2,50\n", b';', "generic", "1;a,b;2,50\n");
        check("id\ttitle\tnotes, internal\n1\ta\n", b'\t', "generic", "1\ta\n");
        check("商品编号|标题|价格\n", b'|', "generic", "");
        check("sep=;\nid;title\n1;a\n", b';', "generic", "1;a\n");
        check(
            "\"Seller Hub Reports\",\"Active listings\"\n\nItem number,Title,Current price\n1,a,2\n",
            b',',
            "ebay-active-listings",
            "1,a,2\n",
        );
        check(
            "version 1.00\ntitle,cid,seller_cids,price,outer_id\n宝贝名称,宝贝类目,店铺类目,宝贝价格,商家编码\nx,1,,2,A\n",
            b',',
            "taobao-assistant",
            "x,1,,2,A\n",
        );
        check("id,title", b',', "generic", "");
        check("\"id,title\n1,a\n", b',', "generic", "1,a\n");
    }

    #[test]
    fn a_file_without_the_columns_is_refused_with_what_was_seen() {
        let check = |text: &str, code: &str, part: &str| {
            let problem = find(text.as_bytes(), true).err().unwrap();
            assert_eq!(problem.code(), code, "{text}");
            assert!(problem.to_string().contains(part), "{problem}");
        };
        check("id,colour\n1,red\n", "file.no_title_column", "'id, colour'");
        check("title,price\nBag,2\n", "file.no_id_column", "'title, price'");
        check("just a line of prose", "file.no_title_column", "'just a line of prose'");
        check(&format!("id,{}\n", "x".repeat(HEADER_BYTES_MAX)), "file.header_too_long", "65536");
        check(&format!("id,title{}\n", ",x".repeat(FIELDS_PER_ROW_MAX)), "file.too_many_columns", "2048");
    }
}
