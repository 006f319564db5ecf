//! What speaks for or against a listing? One signal per file, each a pure function of what was read.

use crate::policy::{Policy, Span};
use crate::reading::{Reading, TermUse};
use crate::scored::quote;
use crate::{Field, Reason};

macro_rules! registry {
    ($($module:ident),* $(,)?) => {
        $(mod $module;)*

        /// How many signals there are.
        const COUNT: usize = [$(stringify!($module)),*].len();

        /// Every signal, by name.
        pub static ALL: &[Signal] = &[$($module::SIGNAL),*];
    };
}

// In alphabetical order, so that a new line has one place to go.
registry! {
    accessory_context,
    account_handle,
    advert_or_print,
    agent_link,
    altered_letters,
    authenticated_by_service,
    brand_copied,
    brand_field_missing,
    brand_hashtag,
    brand_likened,
    brand_mismatch,
    brand_misspelled,
    brand_model_alone,
    brand_model_mismatch,
    brand_nickname,
    brand_nickname_beside_name,
    brand_only_in_description,
    brand_only_in_field,
    brand_outside_its_goods,
    brand_pair,
    brand_repeated,
    brand_short_form,
    brand_stuffing,
    brand_withheld,
    brands_in_description,
    bulk_supply,
    capacity_impossible,
    cheap_material,
    childrens_goods,
    claim_buried,
    claim_in_another_script,
    claim_only_in_description,
    composition_stated,
    condition_doubt,
    contact_accumulates,
    contact_beside_brand,
    contact_diversion,
    copy_grade,
    craft_material,
    currency_missing,
    customised,
    denial,
    denial_at_low_price,
    description_missing,
    digital_goods,
    discount_claimed,
    discreet_shipping,
    disguises_accumulate,
    era_named,
    exclamations,
    factory_code,
    fake_receipt,
    for_parts,
    foreign_movement,
    free_shipping,
    gift_with_purchase,
    gtin_book,
    gtin_check_digit,
    gtin_filler,
    gtin_length,
    gtin_prefix,
    gtin_valid,
    hashtags,
    hidden_logo,
    image_contact,
    images_missing,
    invisible_characters,
    kind_copied,
    leaked_goods,
    licensed,
    link_hub,
    link_outside,
    lookalike_letters,
    lookalike_term,
    lot_offered,
    lot_unit_price_low,
    mail_address,
    measurements_given,
    media_context,
    mixed_script_word,
    outside_own_shops,
    over_assurance,
    packaging_only,
    packaging_promised,
    parallel_import,
    passes_check,
    payment_diversion,
    phone_number,
    photos_on_request,
    pickup_offered,
    pictures_in_title,
    placeholder_listing,
    placeholder_price,
    praise,
    price_above_copies,
    price_against_new,
    price_below_floor,
    price_below_new,
    price_far_above_new,
    price_in_title_differs,
    price_like_copies,
    price_missing,
    price_on_request,
    price_plausible,
    price_range_offered,
    qr_code,
    receipt_offered,
    replica_term,
    replica_term_misspelled,
    retail_price_quoted,
    retailer_named,
    returns_accepted,
    season_named,
    second_hand,
    secrecy,
    seller_dates_impossible,
    seller_established,
    seller_name_brand,
    seller_name_contact,
    seller_name_random,
    seller_name_term,
    seller_name_trade,
    seller_new,
    seller_new_dear_goods,
    seller_perfect_and_new,
    seller_rating_high,
    seller_rating_low,
    seller_story,
    seller_unrated,
    serial_promised,
    service_offered,
    shouting,
    size_impossible,
    size_run_offered,
    size_stated,
    spaced_letters,
    storage_impossible,
    style_code_given,
    styled_letters,
    tester_or_sample,
    text_direction,
    title_bare,
    title_repeats_words,
    title_stuffed,
    urgency,
    used_price_against_new,
    variety_offered,
    versions_offered,
    warranty_named,
    wear_described,
    wink,
    wording_accumulates,
}

/// A characteristic of a listing that moves its risk.
pub struct Signal {
    /// Stable name, as in reasons and in the policy's weights.
    pub name: &'static str,
    /// What it looks at.
    pub group: Group,
    /// What it means when it fires, as a clause that completes "... because".
    pub meaning: &'static str,
    /// Where the idea comes from.
    pub source: &'static str,
    /// An honest listing that resembles it and must not fire, or why it weighs little.
    pub counter_example: &'static str,
    /// How many degrees it has; each has a weight of its own, which grows with it. Most signals have one.
    pub levels: u8,
    evaluate: Evaluate,
}

/// What a signal looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are the documentation
pub enum Group {
    Wording,
    Brand,
    Price,
    Seller,
    Identity,
    Contact,
    Evasion,
    /// How the offer is laid out: praise, variety, discounts.
    Presentation,
    /// What an honest listing of such goods has and this one lacks.
    Missing,
    Context,
}

enum Evaluate {
    /// Fires on the terms of the lexicon that name it.
    Terms,
    /// The same where the function says so; it is given the signal's position in [`ALL`], which its terms carry.
    Uses(fn(&Reading<'_>, usize) -> Option<Finding>),
    /// Fires when the function says so.
    Reading(fn(&Reading<'_>) -> Option<Finding>),
}

/// A signal that fired.
pub(crate) struct Finding {
    /// Share of the signal's weight, in thousandths.
    share: u16,
    /// Degree of the signal, counted from 0.
    level: u8,
    at: At,
    /// One sentence for a person.
    why: String,
    /// The entry of the lexicon behind it.
    rule: Option<String>,
}

/// What a finding points at.
enum At {
    /// Words.
    Words(Span),
    /// Bytes of an original field.
    Bytes(Field, std::ops::Range<usize>),
    /// The whole value of a field that is no text, as it was understood.
    Value(Field, String),
}

impl Finding {
    fn words(span: Span, share: u16, why: String) -> Option<Self> {
        Some(Self { share, level: 0, at: At::Words(span), why, rule: None })
    }

    /// The same finding at a degree, counted from 0.
    fn at_level(self, level: usize) -> Self {
        Self { level: u8::try_from(level).unwrap_or(u8::MAX), ..self }
    }

    fn value(field: Field, value: impl std::fmt::Display, share: u16, why: String) -> Option<Self> {
        Some(Self { share, level: 0, at: At::Value(field, value.to_string()), why, rule: None })
    }
}

/// Position of a signal in [`ALL`].
pub(crate) fn position(name: &str) -> Option<usize> {
    ALL.iter().position(|signal| signal.name == name)
}

impl Signal {
    /// Whether the lexicon may name it.
    pub(crate) fn reads_terms(&self) -> bool {
        matches!(self.evaluate, Evaluate::Terms | Evaluate::Uses(_))
    }

    /// Whether its terms may be ordinary words: they count in a place of their own only, or speak for the seller.
    pub(crate) fn takes_ordinary_words(&self) -> bool {
        matches!(self.evaluate, Evaluate::Uses(_)) || self.group == Group::Context
    }

    /// Whether it reads what the goods are called, which guards may make harmless.
    pub(crate) fn is_wording(&self) -> bool {
        self.group == Group::Wording
    }

    /// Whether sellers disguise its words.
    pub(crate) fn is_worth_hiding(&self) -> bool {
        self.can_be_denied() || self.group == Group::Contact
    }

    /// Whether "no ..." before its words turns them around.
    pub(crate) fn can_be_denied(&self) -> bool {
        self.is_wording() && !matches!(self.name, "over_assurance" | "condition_doubt")
    }
}

/// Positions of the signals that a policy gives a weight. What weighs nothing need not be found and put into words.
pub(crate) fn weighing(policy: &Policy) -> Vec<usize> {
    (0..COUNT).filter(|at| policy.weighs(*at)).collect()
}

/// Evaluates the signals at these positions and returns the reasons, weightiest first.
pub(crate) fn evaluate(reading: &Reading<'_>, weighing: &[usize]) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    findings(reading, weighing.iter().copied(), |at, finding| reasons.extend(reason(reading, at, finding)));
    reasons.sort_by(|a, b| (b.points.0.abs(), &a.signal).cmp(&(a.points.0.abs(), &b.signal)));
    reasons
}

/// What fired on a listing, before weights: what training learns from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The signal's name.
    pub signal: &'static str,
    /// Its degree, counted from 0.
    pub level: u8,
    /// Share of the weight that the finding is worth, in thousandths.
    pub share: u16,
}

/// Everything that fired, whatever it weighs.
pub(crate) fn fired(reading: &Reading<'_>) -> Vec<Fired> {
    let mut fired = Vec::new();
    findings(reading, 0..COUNT, |at, finding| {
        fired.push(Fired { signal: ALL[at].name, level: finding.level, share: finding.share })
    });
    fired
}

fn findings(reading: &Reading<'_>, positions: impl Iterator<Item = usize>, mut found: impl FnMut(usize, Finding)) {
    // Most listings use terms of a few signals, and many of none.
    let mut is_named = [false; COUNT];
    for term_use in &reading.terms {
        is_named[term_use.signal] = true;
    }
    let says_copy = reading.says_copy();
    for at in positions {
        let signal = &ALL[at];
        let finding = match signal.evaluate {
            Evaluate::Terms | Evaluate::Uses(_) if !is_named[at] => continue,
            // A receipt or a warranty says nothing for goods that are called copies.
            Evaluate::Terms if says_copy && signal.group == Group::Context => continue,
            Evaluate::Terms => reading.strongest_term(at).and_then(|term_use| term_finding(reading, term_use)),
            Evaluate::Uses(evaluate) => evaluate(reading, at),
            Evaluate::Reading(evaluate) => evaluate(reading),
        };
        if let Some(finding) = finding {
            found(at, finding);
        }
    }
}

fn term_finding(reading: &Reading<'_>, term_use: TermUse) -> Option<Finding> {
    let words = quote(reading.quoted(term_use.span));
    let term = reading.policy.term(term_use.term);
    let why = ["'", &words, "' means ", &term.meaning].concat();
    Some(Finding { share: term_use.share, level: 0, at: At::Words(term_use.span), why, rule: Some(term.id.clone()) })
}

fn reason(reading: &Reading<'_>, signal: usize, finding: Finding) -> Option<Reason> {
    let weight = i64::from(reading.policy.weight(signal, finding.level).0);
    let points = weight * i64::from(finding.share) / 1000;
    let points = crate::Milli(i32::try_from(points).unwrap_or(0));
    if points.0 == 0 {
        return None;
    }
    let (field, range, text) = match finding.at {
        At::Words(span) => {
            let (field, range) = reading.original(span);
            (field, range, quote(reading.quoted(span)))
        }
        At::Bytes(field, range) => {
            let text = reading.listing.text(field).and_then(|text| text.get(range.clone())).unwrap_or("");
            (field, range, quote(text))
        }
        At::Value(field, value) => (field, 0..0, value),
    };
    // Fields are limited to some kilobytes.
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Some(Reason {
        signal: ALL[signal].name.to_owned(),
        rule: finding.rule,
        points,
        field: field.name().to_owned(),
        start: offset(range.start),
        end: offset(range.end),
        text,
        why: finding.why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_every_signal_is_documented() {
        let names: BTreeSet<_> = ALL.iter().map(|signal| signal.name).collect();
        assert_eq!(names.len(), ALL.len());
        for signal in ALL {
            assert!(![signal.meaning, signal.source, signal.counter_example].contains(&""), "{}", signal.name);
        }
    }
}
