//! Which lists of ordinary words come with the program?

use scoring::OrdinaryWords;

/// A list of the policy folder; the functions have none of them.
macro_rules! list {
    ($language:literal) => {
        ($language, include_str!(concat!("../../../../../shared/scoring/policy/ordinary/", $language, ".txt")))
    };
}

pub(super) const LISTS: [(&str, &str); 14] = [
    list!("ar"),
    list!("de"),
    list!("en"),
    list!("es"),
    list!("fr"),
    list!("id"),
    list!("it"),
    list!("ja"),
    list!("ko"),
    list!("pt"),
    list!("ru"),
    list!("tr"),
    list!("vi"),
    list!("zh"),
];

pub(super) fn words() -> OrdinaryWords {
    OrdinaryWords::of(LISTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_hold_ordinary_words_and_no_brands() {
        for (language, list) in LISTS {
            assert!(list.lines().count() >= 2_000, "{language}");
            assert!(list.lines().all(|word| word.chars().count() >= 2 && word.chars().all(char::is_alphabetic)), "{language}");
        }
        let words = words();
        let check = |word: &str, languages: &[&str]| {
            let found: Vec<_> = words.ranks(word).iter().map(|rank| rank.language.as_str()).collect();
            assert_eq!(found, languages, "{word}");
        };
        check("target", &["en", "id"]);
        check("hangisi", &["tr"]);
        check("包", &[]);
        check("面包", &["zh"]);
        for brand in ["gucci", "chanel", "nike", "adidas", "samsung", "sony", "rolex"] {
            check(brand, &[]);
        }
    }
}
