//! Where does a JSON value end? Found without understanding it, and without recursion.

use memchr::memchr2;

/// Walks over one value in pieces.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// A number or word, which ends where something else begins.
    bare: bool,
}

/// Where a walk has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value ends before this byte.
    End(usize),
    /// Everything was walked over and the value goes on.
    Goes,
    /// A line ends inside of a text, at this byte: that is no JSON, and the quotes are out of step.
    Broken(usize),
}

impl Scan {
    /// Walks over `text`, which continues the value. The first byte of a value is not blank.
    pub(super) fn step(&mut self, text: &[u8]) -> Step {
        let mut at = 0;
        while at < text.len() {
            if self.in_text {
                match self.text(text, at) {
                    Ok(end) => at = end,
                    Err(step) => return step,
                }
                if self.depth == 0 && !self.in_text {
                    return Step::End(at);
                }
                continue;
            }
            match text[at] {
                b'"' if self.bare => return Step::End(at),
                b'"' => self.in_text = true,
                b'{' | b'[' if self.bare => return Step::End(at),
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Step::End(at),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Step::End(at + 1);
                    }
                }
                b',' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 => return Step::End(at),
                _ => self.bare = self.depth == 0,
            }
            at += 1;
        }
        Step::Goes
    }

    /// Walks to behind the closing quote, or to the end of `text`.
    fn text(&mut self, text: &[u8], mut at: usize) -> Result<usize, Step> {
        loop {
            if self.escaped && at < text.len() {
                self.escaped = false;
                at += 1;
            }
            let rest = &text[at.min(text.len())..];
            let found = memchr2(b'"', b'\\', rest);
            let passed = &rest[..found.unwrap_or(rest.len())];
            if let Some(line_end) = memchr::memchr(b'\n', passed) {
                return Err(Step::Broken(at + line_end));
            }
            match found {
                None => return Ok(text.len()),
                Some(offset) => {
                    let quote = rest[offset] == b'"';
                    at += offset + 1;
                    if quote {
                        self.in_text = false;
                        return Ok(at);
                    }
                    self.escaped = true;
                }
            }
        }
    }
}

/// Where the value at the start of `text` ends, if it does.
pub(super) fn value_end(text: &[u8]) -> Option<usize> {
    match Scan::default().step(text) {
        Step::End(end) => Some(end),
        Step::Goes | Step::Broken(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_found_in_one_piece_and_in_many() {
        let check = |text: &str, expected: Step| {
            assert_eq!(Scan::default().step(text.as_bytes()), expected, "{text}");
            let mut scan = Scan::default();
            let mut piecewise = Step::Goes;
            for (at, byte) in text.bytes().enumerate() {
                piecewise = match scan.step(&[byte]) {
                    Step::End(end) => Step::End(at + end),
                    Step::Broken(_) => Step::Broken(at),
                    Step::Goes => continue,
                };
                break;
            }
            assert_eq!(piecewise, expected, "{text} in pieces");
        };
        check(r#"{"a":"}","b":[1,{}]}, 2"#, Step::End(20));
        check(r#""a\"b\\" ,"#, Step::End(8));
        check("12.5e3,", Step::End(6));
        check("null]", Step::End(4));
        check("[[],[]]x", Step::End(7));
        check("]", Step::End(0));
        check(r#"{"a":"b\"#, Step::Goes);
        check("{\"a\":\"b\nc\"}", Step::Broken(7));
        check("{\"a\\\n\":1}", Step::End(9));
        check("", Step::Goes);
        check(&"[".repeat(1_000_000), Step::Goes);
    }
}
