//! `title_bare`: the title names a brand and a kind of goods and nothing else: "Gucci bag".

use super::{Evaluate, Finding, Group, Signal};
use crate::Field;
use crate::policy::{How, Meaning, View};
use crate::reading::{Class, Reading};

pub(super) const SIGNAL: Signal = Signal {
    name: "title_bare",
    group: Group::Missing,
    meaning: "the title names brand and kind of goods and nothing that tells this piece from others",
    source: "catalogues of replica agents",
    counter_example: "a short title with a model, a size or a year",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

/// Longest title that is looked at, in words.
const WORDS_MAX: u32 = 5;

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand =
        reading.brand.filter(|mention| !mention.referential && mention.field == Field::Title && mention.how != How::Model)?;
    // In an export without prices, bare titles say more about the export.
    reading.price?;
    let shape = reading.title_shape();
    if shape.words > WORDS_MAX || shape.digits > 0 || reading.kind.is_none() && reading.category.is_none() {
        return None;
    }
    let title = reading.title_span()?;
    // Every word is part of a brand's name, a kind or a category.
    let named = [Class::Brand, Class::Kind, Class::Category];
    let hits = || named.iter().flat_map(|class| reading.hits(*class)).filter(|hit| hit.span.view == View::Plain && title.contains(hit.span));
    let is_plain = |at: u32| {
        hits().any(|hit| {
            let names = match hit.meaning {
                Meaning::Brand { brand: named, how } => named == brand.brand && how != How::Model,
                Meaning::Kind { .. } | Meaning::Category { .. } => true,
                _ => false,
            };
            names && hit.span.start <= at && at < hit.span.end
        })
    };
    let text = reading.folded(View::Plain).text();
    let mut at = title.start;
    let all_plain = text[title.range()].chars().all(|c| {
        let here = at;
        at += u32::try_from(c.len_utf8()).unwrap_or(1);
        !crate::text::is_word_char(c) || is_plain(here)
    });
    let name = reading.brand_name()?;
    let why = format!("nothing in the title tells this piece from any other of {name}");
    all_plain.then(|| Finding::words(title, 1000, why))?
}
