//! `pictures_in_title`: emoji decorate the title.

use super::{At, Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "pictures_in_title",
    group: Group::Presentation,
    meaning: "the title is decorated with emoji, as on social media where copies are sold",
    source: "posts of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "one heart of a private seller",
    levels: 2,
    evaluate: Evaluate::Reading(evaluate),
};

/// Numbers of emoji at which each degree begins.
const DEGREES: [u32; 2] = [3, 6];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    if !reading.sells_brand() {
        return None;
    }
    let pictures = reading.title_shape().pictures;
    let level = DEGREES.iter().rposition(|from| *from <= pictures)?;
    let why = format!("the title is decorated with {pictures} emoji");
    // Not the title as folded: folding takes out the very pictures that it is about.
    let at = At::Bytes(Field::Title, 0..reading.listing.title.len());
    Some(Finding { share: 1000, level: 0, at, why, rule: None }.at_level(level))
}
