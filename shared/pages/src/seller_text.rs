//! How is a seller's text shown so that nothing in it runs, hides or disturbs the page?
//!
//! Markup is escaped by maud. Characters that cannot be seen (zero width, direction overrides, controls) are evidence and become
//! visible tokens such as ⟨U+200B⟩; they never reach the page themselves. Piled-up combining marks are cut short.

use crate::limits::COMBINING_MARKS_MAX;
use maud::{Markup, html};
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// The text with its unseen characters made visible.
#[must_use]
pub fn visible(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Plain(plain) => (plain),
                Piece::Unseen(c, name) => code.unseen title=(name) { "⟨U+" (format!("{:04X}", u32::from(c))) "⟩" },
                Piece::Marks(more) => code.unseen title="piled-up combining marks" { "⟨+" (more) " marks⟩" },
            }
        }
    }
}

/// The language for the choice of glyphs and of a reading voice, as far as the script tells; empty (unknown) otherwise.
#[must_use]
pub fn language(text: &str) -> &'static str {
    let mut language = "";
    for c in text.chars() {
        match c {
            '\u{3041}'..='\u{30ff}' => return "ja",
            '\u{ac00}'..='\u{d7a3}' => return "ko",
            '\u{3400}'..='\u{9fff}' => language = "zh",
            _ => {}
        }
    }
    language
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Plain(&'t str),
    Unseen(char, &'static str),
    /// So many combining marks were left out.
    Marks(usize),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Pieces { text, plain: 0, list: Vec::new() };
    let mut marks = 0; // combining marks in a row
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let range = at..at + c.len_utf8();
        let after = chars.peek().map(|(_, next)| *next);
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > COMBINING_MARKS_MAX {
            pieces.count_mark(range);
        } else if marks == 1 && pieces.plain == at {
            // Nothing to stand on: a dotted circle, so that it does not join the markup before it.
            pieces.list.push(Piece::Plain("◌"));
        } else if c == '\r' && after == Some('\n') {
            pieces.flush(range); // half of a line end
        } else if let Some(name) = unseen(c, before, after) {
            pieces.flush(range);
            pieces.list.push(Piece::Unseen(c, name));
        }
        before = Some(c);
    }
    pieces.flush(text.len()..text.len());
    pieces.list
}

struct Pieces<'t> {
    text: &'t str,
    /// Where the plain text begins that is not yet in the list.
    plain: usize,
    list: Vec<Piece<'t>>,
}

impl Pieces<'_> {
    /// Ends the plain text before `left_out` and goes on behind it.
    fn flush(&mut self, left_out: Range<usize>) {
        if self.plain < left_out.start {
            self.list.push(Piece::Plain(&self.text[self.plain..left_out.start]));
        }
        self.plain = left_out.end;
    }

    fn count_mark(&mut self, mark: Range<usize>) {
        self.flush(mark);
        match self.list.last_mut() {
            Some(Piece::Marks(more)) => *more += 1,
            _ => self.list.push(Piece::Marks(1)),
        }
    }
}

/// The name of a character that cannot be seen where it stands; `None` for those that can, and for those that the writing needs
/// (joiners inside Arabic and Indic words and emoji, the emoji selector behind a symbol).
fn unseen(c: char, before: Option<char>, after: Option<char>) -> Option<&'static str> {
    Some(match c {
        '\n' | '\t' => return None,
        '\u{200c}' | '\u{200d}' if before.is_some_and(needs_joiners) && after.is_some_and(needs_joiners) => return None,
        '\u{fe0e}' | '\u{fe0f}' if before.is_some_and(|before| !before.is_alphabetic()) => return None,
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' | '\u{200f}' | '\u{61c}' => "direction mark",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "direction control",
        '\u{2028}' | '\u{2029}' => "line separator",
        '\u{2060}' => "word joiner",
        '\u{feff}' => "byte order mark",
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => "Hangul filler",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "variation selector",
        '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => "tag character",
        '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' => {
            "invisible character"
        }
        '\u{17b4}' | '\u{17b5}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' => "invisible character",
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => "private use",
        '\u{fdd0}'..='\u{fdef}' => "not a character",
        c if u32::from(c) & 0xfffe == 0xfffe => "not a character",
        c if c.is_control() => "control character",
        _ => return None,
    })
}

/// Arabic and Indic letters, and the symbols of which joined emoji are made.
fn needs_joiners(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe0f}' | '\u{fe70}'..='\u{fefc}')
        || matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_becomes_visible_and_markup_is_text() {
        let check = |text: &str, expected: &str| {
            let html = visible(text).into_string();
            let html = html.replace("<code class=\"unseen\" title=\"", "[").replace("\">", "]").replace("</code>", "");
            assert_eq!(html, expected, "{text:?}");
        };
        check("plain, 驴包 ümlaut\nnew\tline", "plain, 驴包 ümlaut\nnew\tline");
        check("<script>alert('1')</script>&\"", "&lt;script&gt;alert('1')&lt;/script&gt;&amp;&quot;");
        check("G\u{200b}ucci", "G[zero width space]⟨U+200B⟩ucci");
        check("\u{202e}iccuG\u{202c}", "[direction control]⟨U+202E⟩iccuG[direction control]⟨U+202C⟩");
        check("a\0b\u{85}c\u{7f}", "a[control character]⟨U+0000⟩b[control character]⟨U+0085⟩c[control character]⟨U+007F⟩");
        check("a\r\nb\rc", "a\nb[control character]⟨U+000D⟩c");
        check("\u{feff}x\u{fffe}\u{e000}", "[byte order mark]⟨U+FEFF⟩x[not a character]⟨U+FFFE⟩[private use]⟨U+E000⟩");
        check("❤\u{fe0f} 👩\u{200d}💻", "❤\u{fe0f} 👩\u{200d}💻");
        check("A\u{fe0f}", "A[variation selector]⟨U+FE0F⟩");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("G\u{200c}u", "G[zero width non-joiner]⟨U+200C⟩u");
        check("e\u{301}", "e\u{301}");
        check("\u{301}e", "◌\u{301}e");
        check("\u{200b}\u{338}", "[zero width space]⟨U+200B⟩◌\u{338}");
        let pile = format!("e{}x", "\u{336}".repeat(100));
        check(&pile, &format!("e{}[piled-up combining marks]⟨+96 marks⟩x", "\u{336}".repeat(4)));
    }

    #[test]
    fn the_script_tells_the_language() {
        for (text, expected) in [("Gucci bag", ""), ("驴包", "zh"), ("N級品 バッグ", "ja"), ("명품 레플", "ko"), ("сумка", "")]
        {
            assert_eq!(language(text), expected);
        }
    }
}
