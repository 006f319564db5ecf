//! How do sellers write? One file of sentences for each language.
//!
//! Placeholders: `{brand}`, `{model}`, `{noun}`, `{colour}`, `{device}`, `{n}` (a small number), `{contact}`.

mod de;
mod en;
mod es;
mod ja;
mod ru;
mod zh;

/// The sentences of one language. Every list has at least one entry; `nouns` are in the order of [`super::goods::Kind::ALL`].
pub(super) struct Words {
    /// ISO 639-1.
    pub(super) code: &'static str,
    /// Currency, and how many of it are a US dollar, in hundredths.
    pub(super) currency: &'static str,
    pub(super) per_dollar_hundredths: u64,
    /// Whether prices have cents.
    pub(super) cents: bool,
    pub(super) countries: &'static [&'static str],
    pub(super) nouns: [&'static str; 12],
    pub(super) colours: &'static [&'static str],
    /// `{brand} {model} {noun} {colour}` in some order, with what shops add.
    pub(super) titles: &'static [&'static str],
    pub(super) about: &'static [&'static str],
    pub(super) details: &'static [&'static str],
    pub(super) service: &'static [&'static str],
    pub(super) used_titles: &'static [&'static str],
    pub(super) used: &'static [&'static str],
    /// Sentences of honest shops that speak of fakes.
    pub(super) assurance: &'static [&'static str],
    pub(super) accessory_titles: &'static [&'static str],
    pub(super) accessory: &'static [&'static str],
    /// Goods without a known brand: title and what there is to say.
    pub(super) everyday: &'static [(&'static str, &'static str)],
    /// Honest goods that look bad to a list of words: title, description, category, price in dollars.
    pub(super) traps: &'static [(&'static str, &'static str, &'static str, u64)],
    /// What is said openly in the title or description of copies.
    pub(super) open: &'static [&'static str],
    /// What is hinted at; insiders understand it.
    pub(super) hints: &'static [&'static str],
    /// Descriptions of copies.
    pub(super) copies: &'static [&'static str],
    pub(super) diversion: &'static [&'static str],
    /// Two words of a shop's name each.
    pub(super) shop_names: (&'static [&'static str], &'static [&'static str]),
}

/// Languages with how many listings of a thousand are in them.
pub(super) const LANGUAGES: &[(&Words, u64)] =
    &[(&en::WORDS, 420), (&zh::WORDS, 190), (&de::WORDS, 110), (&es::WORDS, 110), (&ru::WORDS, 80), (&ja::WORDS, 90)];
