//! `storage_impossible`: a phone is offered with a memory that it was never made with.

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "storage_impossible",
    group: Group::Identity,
    meaning: "the phone is offered with a memory that it was never made with",
    source: "model tables of the maker",
    counter_example: "one device with several sizes to choose from",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// First and last generation of the iPhone, and the smallest and largest memory of its models in gigabytes.
const MEMORIES: &[(u32, u32, u32, u32)] = &[(11, 11, 64, 512), (12, 12, 64, 512), (13, 13, 128, 1_000), (14, 16, 128, 1_000), (17, 17, 256, 2_000)];

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    reading.sold_brand().filter(|brand| brand.id == "apple")?;
    let mut words = reading.words_of(Field::Title).skip_while(|word| *word != "iphone").skip(1);
    let generation: u32 = words.next()?.parse().ok()?;
    let (.., smallest, largest) = MEMORIES.iter().find(|(first, last, ..)| (*first..=*last).contains(&generation))?;
    let (gigabytes, span) = reading.capacity()?;
    // What is smaller than any memory of storage is the working memory.
    if gigabytes < 32 || (*smallest..=*largest).contains(&gigabytes) {
        return None;
    }
    Finding::words(span, 1000, format!("no iPhone {generation} was made with '{}'", reading.quoted(span)))
}
