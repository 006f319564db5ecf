//! What is the least that a seller would have to change for the listing not to be flagged? Every answer is scored before it is given.

mod edit;
mod plan;
mod price;
mod search;

use crate::limits::{DESCRIPTION_BYTES_MAX, SHORT_FIELD_BYTES_MAX, TITLE_BYTES_MAX};
use crate::listing::parse_price;
use crate::text::is_word_char;
use crate::{Band, Field, Listing, Risk, Scorer};
use edit::{Cut, Edited};
use serde::{Deserialize, Serialize};

/// The changes to a listing that bring it below the threshold of review, for the honest seller who asks why it was held back.
///
/// Only honest changes are named: words that speak against the goods go, a disguised or misspelt brand is written plainly, a brand
/// field or price that contradicts the rest is put right, a wrong trade item number goes. Nothing is added because it would please the
/// scorer, and what is not part of the listing (the account's age, rating and name) stays.
///
/// One change silences one signal, in as many places as it takes: each place is a [`Change`] of its own, with the name of the signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counterfactual {
    /// As given.
    pub listing_id: String,
    /// The risk as the listing stands.
    pub risk: Risk,
    /// The first risk that is flagged.
    pub threshold: Risk,
    /// Whether the changes bring the risk below the threshold. Otherwise they are the best that was found.
    pub reachable: bool,
    /// Whether every way to silence fewer signals was tried and is not enough. No change of the list can be spared in any case.
    pub minimal: bool,
    /// In the order in which their signals were silenced, the weightiest first; empty when nothing needs to be changed, or nothing can.
    pub changes: Vec<Change>,
    /// The risk after all changes.
    pub risk_after: Risk,
    /// The band of that risk.
    pub band_after: Band,
    /// How many times a version of the listing was scored to find this out.
    pub scorings: u32,
}

/// One place to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Name of the signal that it silences, or helps to.
    pub signal: String,
    /// The field, as named in the listing.
    pub field: String,
    /// What to do with the words.
    pub action: Action,
    /// First byte of the words in the field of the listing as given.
    pub start: u32,
    /// One past the last byte; equal to `start` for the price, which is no text.
    pub end: u32,
    /// The words as the seller wrote them, at most [`crate::limits::QUOTE_BYTES_MAX`] bytes.
    pub text: String,
    /// What to write instead.
    pub with: Option<String>,
    /// One sentence for a person.
    pub why: String,
    /// The risk after this change and all before it.
    pub risk_after: Risk,
}

/// What to do with the words of a [`Change`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Take them out, and the space or separator that would be left over.
    Remove,
    /// Write something else.
    Replace,
}

impl Counterfactual {
    /// The listing with the changes made: what `risk_after` is the risk of. Changes that do not fit the listing are left out.
    #[must_use]
    pub fn apply(&self, listing: &Listing) -> Listing {
        edited(listing, &self.changes).0
    }
}

impl Scorer {
    /// Finds the changes to a listing that bring it below the threshold of review. Total, like [`Self::score`]: any listing gives an answer.
    ///
    /// ```
    /// use scoring::{Field, Policy, RawListing, Scorer};
    ///
    /// let mut raw = RawListing::default();
    /// raw.set(Field::ListingId, "A-17");
    /// raw.set(Field::Title, "Gucci Marmont bag, 1:1 replica, new");
    /// let listing = raw.into_listing().unwrap();
    ///
    /// let mut scorer = Scorer::new(Policy::embedded());
    /// let answer = scorer.counterfactual(&listing);
    /// assert!(answer.reachable && answer.minimal);
    /// assert_eq!(answer.apply(&listing).title, "Gucci Marmont bag, new");
    /// assert_eq!(scorer.score(&answer.apply(&listing), "").risk, answer.risk_after);
    /// ```
    pub fn counterfactual(&mut self, listing: &Listing) -> Counterfactual {
        search::search(self, listing)
    }
}

/// The fields that a seller changes word by word by editing the listing.
const WORDED: [Field; 5] = [Field::Title, Field::Description, Field::Brand, Field::Category, Field::Gtin];

/// The listing with changes made, and for each field that they touch, where its words stood.
fn edited(listing: &Listing, changes: &[Change]) -> (Listing, Vec<(Field, Edited)>) {
    let mut after = listing.clone();
    let mut traces = Vec::new();
    for field in WORDED {
        let of_field = changes.iter().filter(|change| change.field == field.name());
        let cuts: Vec<_> = of_field
            .map(|change| Cut { range: change.start as usize..change.end as usize, with: change.with.as_deref() })
            .collect();
        let Some(original) = listing.text(field).filter(|_| !cuts.is_empty()) else { continue };
        let edited = Edited::new(original, cuts);
        after.set_text(field, &edited.text);
        traces.push((field, edited));
    }
    for change in changes.iter().filter(|change| change.field == Field::Price.name()) {
        if let Some(Ok((price, _))) = change.with.as_deref().map(parse_price) {
            after.price = Some(price);
        }
    }
    (after, traces)
}

impl Listing {
    /// Sets one of the fields of [`WORDED`]; a text without a word takes it away, except for the title, which stays as it was.
    fn set_text(&mut self, field: Field, text: &str) {
        let given = text.chars().any(is_word_char).then(|| text.to_owned());
        match field {
            Field::Title => self.title = given.unwrap_or_else(|| std::mem::take(&mut self.title)),
            Field::Description => self.description = given,
            Field::Brand => self.brand = given,
            Field::Category => self.category = given,
            Field::Gtin => self.gtin = given,
            _ => {}
        }
    }

    /// Whether no field that words were put into is beyond its limit: it would be cut when the listing is sent again.
    fn fits(&self) -> bool {
        let fits = |field: Field, bytes_max: usize| self.text(field).is_none_or(|text| text.len() <= bytes_max);
        fits(Field::Title, TITLE_BYTES_MAX)
            && fits(Field::Description, DESCRIPTION_BYTES_MAX)
            && fits(Field::Brand, SHORT_FIELD_BYTES_MAX)
            && fits(Field::Category, SHORT_FIELD_BYTES_MAX)
    }
}
