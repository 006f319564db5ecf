//! How does a row become a listing, when several columns may mean the same field?

use crate::presets::{Reading, Target, pictures, times};
use scoring::{Field, Listing, ListingError, RawListing};

/// A row under construction. Formats push values into it in any order; [`Draft::finish`] decides between them by rank.
#[derive(Default)]
pub(crate) struct Draft {
    raw: RawListing,
    description: Option<String>,
    /// Values of lower rank, wanted only when no better one turns up.
    held: Vec<(Target, String)>,
    /// Whether text in this row may hold replacement characters for bytes that could not be read.
    pub(crate) damaged: bool,
}

/// What a preset knows of every listing in its files.
#[derive(Clone, Default)]
pub(crate) struct Defaults {
    pub(crate) marketplace: Option<&'static str>,
    pub(crate) currency: Option<&'static str>,
    /// First part of an id made from the row's number, for exports that have no id of their own.
    pub(crate) row_id: Option<&'static str>,
}

impl Draft {
    pub(crate) fn new(damaged: bool) -> Self {
        Self { damaged, ..Self::default() }
    }

    /// Puts a value where `target` says. Blank values count as absent.
    pub(crate) fn set(&mut self, target: Target, value: impl AsRef<str> + Into<String>) {
        // The first byte of nearly every value shows that it is not blank.
        if !value.as_ref().as_bytes().first().is_some_and(u8::is_ascii_graphic) && value.as_ref().trim().is_empty() {
            return;
        }
        match target.reading {
            Reading::Text => self.place(target, value),
            Reading::Nonzero if value.as_ref().trim().trim_matches('0').is_empty() => {}
            Reading::Nonzero => self.place(target, value),
            Reading::Name if value.as_ref().trim().bytes().all(|byte| byte.is_ascii_digit()) => {}
            Reading::Name => self.place(target, value),
            Reading::Gtin if looks_like_a_gtin(value.as_ref()) => self.place(target, value),
            Reading::Gtin => {}
            Reading::Time => match times::to_rfc_3339(value.as_ref()) {
                Some(time) => self.place(target, time),
                None => self.place(target, value),
            },
            Reading::Pictures => self.place(target, pictures::addresses(value.as_ref())),
        }
    }

    fn place(&mut self, target: Target, value: impl Into<String>) {
        match target {
            Target { field: Field::Description, rank: 0, .. } if self.description.is_none() => {
                self.description = Some(value.into());
            }
            Target { field: Field::ImageUrls, .. } => self.raw.set(Field::ImageUrls, value),
            Target { field, rank: 0, .. } if field != Field::Description => self.raw.set(field, value),
            target => self.held.push((target, value.into())),
        }
    }

    /// Notes that a field could not be read.
    pub(crate) fn note(&mut self, field: Field, code: &str, detail: String) {
        self.raw.note(field, code, detail);
    }

    /// Counts a column or key that means nothing to us.
    pub(crate) fn ignore(&mut self) {
        self.raw.ignore();
    }

    /// The best value for the listing id so far.
    pub(crate) fn id(&self) -> Option<&str> {
        let held =
            || self.held.iter().filter(|(target, _)| target.field == Field::ListingId).min_by_key(|(target, _)| target.rank);
        self.raw.get(Field::ListingId).or_else(|| held().map(|(_, id)| id.as_str()))
    }

    /// Decides between the values and understands them. `row` is the 1-based number of the row, for exports without an id.
    pub(crate) fn finish(mut self, defaults: &Defaults, row: u64) -> Result<Listing, ListingError> {
        self.held.sort_by_key(|(target, _)| target.rank);
        for (target, value) in self.held {
            if target.field != Field::Description {
                self.raw.set(target.field, value);
                continue;
            }
            // A short text and a long one are both the seller's words.
            match &mut self.description {
                Some(text) if text.trim() != value.trim() => {
                    text.push('\n');
                    text.push_str(&value);
                }
                Some(_) => {}
                none => *none = Some(value),
            }
        }
        if let Some(description) = self.description {
            self.raw.set(Field::Description, description);
        }
        if let Some(name) = defaults.marketplace {
            self.raw.set(Field::Marketplace, name);
        }
        if let Some(code) = defaults.currency {
            self.raw.set(Field::Currency, code);
        }
        if let (Some(first), None) = (defaults.row_id, self.raw.get(Field::ListingId)) {
            self.raw.set(Field::ListingId, format!("{first}-row-{row}"));
        }
        if self.damaged {
            note_damage(&mut self.raw);
        }
        self.raw.into_listing()
    }
}

fn note_damage(raw: &mut RawListing) {
    for field in Field::ALL {
        if raw.get(field).is_some_and(|text| text.contains('\u{FFFD}')) {
            raw.note(field, "field.bad_encoding", "bytes that are no text in the file's encoding were replaced");
        }
    }
}

/// Marketplaces put other numbers, or "Does not apply", into columns for trade item numbers.
fn looks_like_a_gtin(text: &str) -> bool {
    let digits = text.trim().trim_start_matches('\'').bytes().filter(|byte| !matches!(byte, b' ' | b'-'));
    let mut count = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return false;
        }
        count += 1;
    }
    matches!(count, 8 | 12 | 13 | 14)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(field: Field, rank: u8, reading: Reading) -> Target {
        Target { field, rank, reading }
    }

    fn finished(values: &[(Target, &str)], defaults: &Defaults) -> Listing {
        let mut draft = Draft::default();
        draft.set(target(Field::Title, 0, Reading::Text), "Bag");
        for (target, value) in values {
            draft.set(*target, *value);
        }
        draft.finish(defaults, 7).unwrap()
    }

    #[test]
    fn the_better_rank_wins_whatever_the_order() {
        let regular = (target(Field::Price, 1, Reading::Text), "30");
        let sale = (target(Field::Price, 0, Reading::Text), "20");
        let id = (target(Field::ListingId, 2, Reading::Text), "A-1");
        for values in [[id, regular, sale], [sale, id, regular]] {
            assert_eq!(finished(&values, &Defaults::default()).price.unwrap().to_string(), "20");
        }
        let blank = (target(Field::Price, 0, Reading::Text), " ");
        assert_eq!(finished(&[id, blank, regular], &Defaults::default()).price.unwrap().to_string(), "30");
    }

    #[test]
    fn descriptions_are_joined_and_equal_ones_are_not() {
        let id = (target(Field::ListingId, 0, Reading::Text), "1");
        let check = |values: &[(u8, &str)], expected: &str| {
            let mut all = vec![id];
            all.extend(values.iter().map(|(rank, text)| (target(Field::Description, *rank, Reading::Text), *text)));
            assert_eq!(finished(&all, &Defaults::default()).description.as_deref(), Some(expected));
        };
        check(&[(0, "long")], "long");
        check(&[(1, "short"), (0, "long")], "long\nshort");
        check(&[(0, "long"), (1, "short")], "long\nshort");
        check(&[(0, "same"), (1, "same ")], "same");
        check(&[(1, "short")], "short");
    }

    #[test]
    fn readings_keep_what_is_not_meant_out() {
        let id = (target(Field::ListingId, 0, Reading::Nonzero), "0");
        let gtin = (target(Field::Gtin, 0, Reading::Gtin), "Does not apply");
        let category = (target(Field::Category, 0, Reading::Name), "162201");
        let time = (target(Field::CreatedAt, 0, Reading::Time), "Jun-29-26 16:00:01 PDT");
        let defaults = Defaults { marketplace: Some("taobao"), currency: Some("CNY"), row_id: Some("taobao") };
        let listing = finished(&[id, gtin, category, time], &defaults);
        assert_eq!((listing.listing_id.as_str(), listing.gtin, listing.category), ("taobao-row-7", None, None));
        assert_eq!(listing.created_at.unwrap().to_string(), "2026-06-29T23:00:01Z");
        assert_eq!((listing.marketplace.as_deref(), listing.currency.unwrap().as_str()), (Some("taobao"), "CNY"));
        assert!(listing.issues.is_empty());
        for (text, is) in
            [("4006381333931", true), ("'4006381-333931", true), ("0306406152", false), ("B00EXAMPLE1", false), ("", false)]
        {
            assert_eq!(looks_like_a_gtin(text), is, "{text}");
        }
    }
}
