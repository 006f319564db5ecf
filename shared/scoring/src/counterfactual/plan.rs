//! Which changes silence a signal? Decided by its group: words go, disguised names are written plainly, wrong fields are put right.

use super::{Action, Change};
use crate::policy::{How, Span};
use crate::reading::{Mention, Reading};
use crate::signals::{self, Group, Signal};
use crate::{Field, Milli, Reason, Risk, quote};
use std::ops::Range;

/// How one signal can be silenced.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The signal; for the price, the weightiest of those that speak against it.
    pub(super) signal: &'static str,
    pub(super) means: Means,
}

#[derive(Clone, Debug)]
pub(super) enum Means {
    /// Places to change, in the listing that was read. They may have to be looked for again: a signal points at other words then.
    Words(Vec<Place>),
    /// A price that is plausible. The sentence says what is wrong with the one given.
    Price(String),
}

/// A place to change in the listing that was read.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) field: Field,
    pub(super) range: Range<usize>,
    pub(super) with: Option<String>,
    pub(super) why: String,
}

/// The signals that raise the risk and that an edit of the listing could silence, weightiest first.
pub(super) fn plans(reading: &Reading<'_>, reasons: &[Reason]) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for reason in reasons.iter().filter(|reason| reason.points > Milli(0)) {
        let Some(signal) = signals::position(&reason.signal).map(|at| &signals::ALL[at]) else { continue };
        let Some(means) = means(reading, reason, signal) else { continue };
        // One price answers all signals about it.
        let is_price = |means: &Means| matches!(means, Means::Price(_));
        if !(is_price(&means) && plans.iter().any(|plan| is_price(&plan.means))) {
            plans.push(Plan { signal: signal.name, means });
        }
    }
    plans
}

fn means(reading: &Reading<'_>, reason: &Reason, signal: &Signal) -> Option<Means> {
    let places = match (signal.group, signal.name) {
        // What is plausible is known only for a price that can be compared.
        (Group::Price, _) if reason.field == Field::Price.name() => {
            return reading.price.map(|_| Means::Price(reason.why.clone()));
        }
        // Facts about the account, which no edit of the listing changes, and what is not there to be edited.
        (Group::Seller | Group::Missing, _) => return None,
        // How many pieces are sold is a fact about the offer.
        (Group::Price, "lot_offered") => return None,
        // The shape of a title as a whole: taking that out would leave no title.
        (Group::Presentation, _) if !signal.reads_terms() => return None,
        (Group::Identity, _) if reason.field == Field::Gtin.name() => whole(reading, Field::Gtin, None, &reason.why),
        (Group::Brand, "brand_mismatch" | "brand_withheld") => {
            let name = pointed_mention(reading, reason).map(|mention| reading.policy.brand(mention.brand).name.clone());
            whole(reading, Field::Brand, name, &reason.why)
        }
        (Group::Brand, "brand_stuffing") => surplus_brands(reading, &reason.why),
        (Group::Brand, "brand_misspelled" | "brand_nickname") | (Group::Evasion, _) => {
            let plain = pointed_mention(reading, reason).map(|mention| plain_name(reading, &mention));
            pointed(reason, plain)
        }
        // What is sold is a fact about the goods; taking its name out would hide it.
        (Group::Brand, _) => return None,
        (_, "denial") => denials(reading, &reason.why),
        _ if signal.reads_terms() => uses(reading, signal),
        _ => pointed(reason, None),
    };
    let places: Vec<_> = places.into_iter().filter(|place| super::WORDED.contains(&place.field)).collect();
    (!places.is_empty()).then_some(Means::Words(places))
}

/// The words that a reason points at.
fn pointed(reason: &Reason, with: Option<String>) -> Vec<Place> {
    let Some(field) = Field::from_name(&reason.field).filter(|_| reason.start < reason.end) else { return Vec::new() };
    vec![Place { field, range: reason.start as usize..reason.end as usize, with, why: reason.why.clone() }]
}

/// A field from end to end. A brand field is never emptied: it is put right or left.
fn whole(reading: &Reading<'_>, field: Field, with: Option<String>, why: &str) -> Vec<Place> {
    let text = reading.listing.text(field).filter(|_| field != Field::Brand || with.is_some());
    text.map(|text| Place { field, range: 0..text.len(), with, why: why.to_owned() }).into_iter().collect()
}

/// Every use of a signal's terms.
fn uses(reading: &Reading<'_>, signal: &Signal) -> Vec<Place> {
    let of_signal = reading.terms.iter().filter(|term_use| signals::ALL[term_use.signal].name == signal.name);
    of_signal
        .map(|term_use| {
            let meaning = &reading.policy.term(term_use.term).meaning;
            place(reading, term_use.span, format!("'{}' means {meaning}", quote(reading.quoted(term_use.span))))
        })
        .collect()
}

/// "Not a replica", as a whole: "not a" alone would say something else.
fn denials(reading: &Reading<'_>, why: &str) -> Vec<Place> {
    let Some(denied) = reading.denied else { return Vec::new() };
    let mut words = place(reading, denied.span, why.to_owned());
    if let Some(negation) = reading.negation_of(denied.span) {
        let (_, negation) = reading.original(negation);
        words.range = words.range.start.min(negation.start)..words.range.end.max(negation.end);
    }
    vec![words]
}

/// The brands of the title beyond the two that may stand there together: the one that is sold and the first other one.
fn surplus_brands(reading: &Reading<'_>, why: &str) -> Vec<Place> {
    let sold = reading.brand.map(|mention| mention.brand);
    let others = reading.brands_in_title().into_iter().map(|mention| mention.brand).filter(|brand| Some(*brand) != sold);
    let surplus: Vec<u16> = others.skip(1).collect();
    let named = reading.mentions.iter().filter(|mention| mention.field == Field::Title && surplus.contains(&mention.brand));
    named.map(|mention| place(reading, mention.span, why.to_owned())).collect()
}

fn place(reading: &Reading<'_>, span: Span, why: String) -> Place {
    let (field, range) = reading.original(span);
    Place { field, range, with: None, why }
}

/// The mention of a brand that a reason points at.
fn pointed_mention(reading: &Reading<'_>, reason: &Reason) -> Option<Mention> {
    let is_pointed = |mention: &&Mention| {
        let (field, range) = reading.original(mention.span);
        field.name() == reason.field && range == (reason.start as usize..reason.end as usize)
    };
    reading.mentions.iter().find(is_pointed).copied()
}

/// A brand's name as everybody writes it; of a model line, its own words without the disguise.
fn plain_name(reading: &Reading<'_>, mention: &Mention) -> String {
    if mention.how == How::Model {
        return reading.folded(mention.span.view).text().get(mention.span.range()).unwrap_or("").to_owned();
    }
    reading.policy.brand(mention.brand).name.clone()
}

impl Change {
    pub(super) fn new(signal: &str, field: Field, range: &Range<usize>, text: &str, with: Option<String>, why: String) -> Self {
        // Fields are limited to some kilobytes.
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            signal: signal.to_owned(),
            field: field.name().to_owned(),
            action: if with.is_some() { Action::Replace } else { Action::Remove },
            start: offset(range.start),
            end: offset(range.end),
            text: quote(text),
            with,
            why,
            risk_after: Risk(0),
        }
    }
}
