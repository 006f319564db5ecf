//! When are two column names the same?

/// Lower case, without accents, punctuation and white space: `Prix (€)` is `prix`, `g:Image_Link` is `imagelink`.
pub(crate) fn normalise(name: &str) -> String {
    let name = name.trim();
    let name = name.strip_prefix("g:").unwrap_or(name);
    name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(plain).collect()
}

/// The letter without its accent, for the letters that header names have.
fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ş' | 'š' => 's',
        c => c,
    }
}

/// Splits `Price (EUR)` into what stands outside of the brackets at its end, and inside.
pub(super) fn without_brackets(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    let inside_end = name.char_indices().next_back().filter(|(_, c)| matches!(c, ')' | '）' | ']' | '】'))?.0;
    let (at, open) = name[..inside_end].char_indices().rfind(|(_, c)| matches!(c, '(' | '（' | '[' | '【'))?;
    Some((&name[..at], &name[at + open.len_utf8()..inside_end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (name, normal) in [
            ("Body (HTML)", "bodyhtml"),
            (" g:Image_Link ", "imagelink"),
            ("TÍTULO*", "titulo"),
            ("宝贝名称", "宝贝名称"),
            ("", ""),
            ("***", ""),
        ] {
            assert_eq!(normalise(name), normal, "{name}");
        }
        assert_eq!(without_brackets("价格（元）"), Some(("价格", "元")));
        assert_eq!(without_brackets("Price (EUR) "), Some(("Price ", "EUR")));
        assert_eq!(without_brackets("(EUR) Price"), None);
        assert_eq!(without_brackets(")"), None);
    }
}
