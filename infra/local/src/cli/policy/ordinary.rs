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
