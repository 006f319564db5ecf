//! How is a piece of a bad row shown to a person?

use crate::limits::QUOTE_CHARS_MAX;

/// The first characters of `bytes`, at most [`QUOTE_CHARS_MAX`], on one line and without control characters.
pub(crate) fn quote(bytes: &[u8]) -> String {
    // Four bytes a character at most, and one more to see whether something is left out.
    let head = &bytes[..bytes.len().min(4 * (QUOTE_CHARS_MAX + 1))];
    let text = String::from_utf8_lossy(head);
    let mut characters = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut quote: String = characters.by_ref().take(QUOTE_CHARS_MAX).collect();
    if characters.next().is_some() || head.len() < bytes.len() {
        let last = quote.char_indices().nth(QUOTE_CHARS_MAX - 1).map_or(quote.len(), |(at, _)| at);
        quote.truncate(last);
        quote.push('…');
    }
    quote
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_short_and_on_one_line() {
        assert_eq!(quote(b" a\nb\0c "), "a b c");
        assert_eq!(quote(b""), "");
        for text in ["x".repeat(81), "驴".repeat(500), "x".repeat(2_000_000)] {
            let quote = quote(text.as_bytes());
            assert_eq!(quote.chars().count(), QUOTE_CHARS_MAX);
            assert!(quote.ends_with('…'));
        }
        assert_eq!(quote("x".repeat(80).as_bytes()).chars().count(), 80);
    }
}
