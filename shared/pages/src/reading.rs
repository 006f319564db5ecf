//! What does a browser see of a page, and which texts would sellers write to break it? For tests of pages.

#![allow(clippy::panic, clippy::missing_panics_doc)] // a page that cannot be read fails its test

use html5gum::{Token, Tokenizer};

/// A start tag: name, attributes.
pub type Tag = (String, Vec<(String, String)>);

/// The page as a browser's tokenizer sees it: each start tag with its attributes, and the text without the style.
#[must_use]
pub fn read(page: &str) -> (Vec<Tag>, String) {
    let (mut tags, mut text, mut in_style) = (Vec::new(), String::new(), false);
    let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("pieces of a text are text");
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                in_style = name == "style";
                let attributes = tag.attributes.iter().map(|(name, value)| (utf8(name), utf8(value))).collect();
                if ["p", "h1", "h2", "h3", "li", "tr", "dt", "caption", "summary", "section", "table"].contains(&name.as_str()) {
                    text.push('\n');
                } else if ["td", "th", "dd", "span", "div"].contains(&name.as_str()) {
                    text.push(' ');
                }
                tags.push((name, attributes));
            }
            Token::EndTag(tag) => in_style &= &tag.name[..] != b"style",
            Token::String(string) if !in_style => text.push_str(&utf8(&string)),
            Token::String(_) | Token::Doctype(_) => {}
            Token::Comment(_) => panic!("a comment"),
            Token::Error(error) => panic!("{error:?}"),
        }
    }
    (tags, text)
}

/// What sellers and others could write so that a page runs, hides or changes something.
pub const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</title></style></svg><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<!-- --!><![CDATA[ ]]> <?php ?>",
    "&lt;script&gt; &#60; &#x3c;script",
    "javascript:alert(1)//\nhttps://example.com/",
    "\u{202e}gpj.exe\u{202c}\u{2066}x\u{200b}\u{feff}\u{ad}",
    "\0\u{1}\u{8}\u{1b}[31m\u{7f}\u{85}\r",
    "\u{338}\u{336}\u{489} >\u{338} e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}\u{e000}\u{2028}\u{2029}",
    "𝐆𝐮𝐜𝐜𝐢 驴包 حقيبة 👩\u{200d}💻 ❤\u{fe0f}",
    "{{7*7}} ${7*7} =cmd|' /C calc'!A0",
];

/// Characters of a page that nobody can see, in their order; none should be there. Joiners are needed by emoji and by Persian.
#[must_use]
pub fn unseen(page: &str) -> std::collections::BTreeSet<char> {
    let is_unseen = |c: &char| {
        c.is_control() && *c != '\n'
            || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
    };
    page.chars().filter(is_unseen).collect()
}
