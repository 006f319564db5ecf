//! What has a listing in common with others, so far as fairness is measured: its language, its seller's age, where it ships from?

use super::regions::region;
use scoring::{Listing, Timestamp};
use serde::{Deserialize, Serialize};
use whatlang::{Lang, Script};

/// Traits of a listing that should not change how often its seller is wronged. Few values each, so that groups are large.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traits {
    /// ISO 639-1 code of the language of title and description where it is plain, such as `fr`; else the script, such as `latin`.
    pub language: Option<String>,
    /// Age of the seller's account when the listing was made, or scored: `under_30_days`, `under_1_year`, `under_5_years`, `5_years_or_more`.
    pub seller_age: Option<String>,
    /// Part of the world that it ships from, such as `western_europe`; China and Hong Kong are `china`.
    pub ship_from: Option<String>,
}

/// Bytes of text from which the language is told: more says nothing new.
const LANGUAGE_BYTES_MAX: usize = 1_024;

/// How sure the language has to be, 0 to 1. Titles are names and numbers, which look like any language.
const LANGUAGE_CONFIDENCE_MIN: f64 = 0.9;

/// The languages of the lexicon, which alone are told apart: a title of brand names is else taken for Tagalog or Latin.
const LANGUAGES: &[Lang] = &[
    Lang::Ara,
    Lang::Cmn,
    Lang::Deu,
    Lang::Eng,
    Lang::Fra,
    Lang::Ind,
    Lang::Ita,
    Lang::Jpn,
    Lang::Kor,
    Lang::Por,
    Lang::Rus,
    Lang::Spa,
    Lang::Tha,
    Lang::Tur,
    Lang::Vie,
];

impl Traits {
    /// Reads them from a listing. `scored_at` is RFC 3339 and counts where the listing does not say when it was made.
    #[must_use]
    pub fn of(listing: &Listing, scored_at: &str) -> Self {
        let at = listing.created_at.or_else(|| Timestamp::parse(scored_at).ok());
        Self {
            language: language(listing),
            seller_age: listing.seller_created_at.zip(at).map(|(opened, at)| seller_age(at.days_since(opened)).to_owned()),
            ship_from: listing.ship_from.map(|country| region(country.as_str()).to_owned()),
        }
    }
}

/// By days. Accounts that are younger than their listings are mistakes in the dates and count as new.
fn seller_age(days: i64) -> &'static str {
    match days {
        ..30 => "under_30_days",
        30..365 => "under_1_year",
        365..1_826 => "under_5_years",
        _ => "5_years_or_more",
    }
}

fn language(listing: &Listing) -> Option<String> {
    let description = listing.description.as_deref().unwrap_or_default();
    let cut = description.floor_char_boundary(LANGUAGE_BYTES_MAX);
    let text = format!("{} {}", listing.title, &description[..cut]);
    let detector = whatlang::Detector::with_allowlist(LANGUAGES.to_vec());
    let sure = detector.detect(&text).filter(|found| found.confidence() >= LANGUAGE_CONFIDENCE_MIN);
    sure.and_then(|found| code(found.lang())).or_else(|| whatlang::detect_script(&text).map(script)).map(str::to_owned)
}

fn code(language: Lang) -> Option<&'static str> {
    Some(match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
        _ => return None,
    })
}

fn script(script: Script) -> &'static str {
    match script {
        Script::Latin => "latin",
        Script::Cyrillic => "cyrillic",
        Script::Arabic => "arabic",
        Script::Mandarin => "han",
        Script::Greek => "greek",
        Script::Hebrew => "hebrew",
        Script::Devanagari => "devanagari",
        Script::Georgian => "georgian",
        Script::Armenian => "armenian",
        _ => "other_script",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scoring::{Field, RawListing};

    fn traits(fields: &[(Field, &str)]) -> Traits {
        let mut raw = RawListing::default();
        raw.set(Field::ListingId, "1");
        fields.iter().for_each(|(field, text)| raw.set(*field, *text));
        raw.set(Field::Title, "?");
        Traits::of(&raw.into_listing().unwrap(), "2026-11-24T00:00:00Z")
    }

    #[test]
    fn a_language_is_named_where_it_is_plain_and_else_the_script() {
        let check = |title: &str, expected: Option<&str>| {
            assert_eq!(traits(&[(Field::Title, title)]).language.as_deref(), expected, "{title}");
        };
        check("Sac à main en cuir noir, très bon état, vendu avec sa boîte et sa facture", Some("fr"));
        check("Handtasche aus schwarzem Leder, sehr guter Zustand, wird mit Karton und Rechnung verkauft", Some("de"));
        check("A black leather bag in very good condition, sold with its box and the receipt", Some("en"));
        check("Сумка из чёрной кожи в отличном состоянии, продаётся с коробкой", Some("ru"));
        check("黑色真皮手提包，成色很好，附盒子和发票", Some("zh"));
        check("黒い革のハンドバッグ、とても良い状態です", Some("ja"));
        check("검은색 가죽 가방 상태 아주 좋음", Some("ko"));
        check("Gucci GG", Some("latin"));
        check("1234", None);
    }

    #[test]
    fn a_seller_is_as_old_as_when_the_listing_was_made() {
        let check = |opened: &str, created: &str, expected: Option<&str>| {
            let found = traits(&[(Field::SellerCreatedAt, opened), (Field::CreatedAt, created)]);
            assert_eq!(found.seller_age.as_deref(), expected, "{opened} {created}");
        };
        check("2026-11-01", "2026-11-30", Some("under_30_days"));
        check("2026-11-01", "2026-12-01", Some("under_1_year"));
        check("2025-11-24", "", Some("under_5_years"));
        check("2020-01-01", "2026-01-01", Some("5_years_or_more"));
        check("2027-01-01", "2026-01-01", Some("under_30_days"));
        check("", "2026-01-01", None);
    }
}
