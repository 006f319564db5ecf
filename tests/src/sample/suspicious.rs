//! What do listings of copies look like? Openly worded, hinted at, disguised, or silent and far too cheap.

use super::draft::{Draft, GtinMaker};
use super::evasion::disguise;
use super::goods::{BRANDS, Brand, Line};
use super::honest::{colour, shop};
use super::rng::Rng;
use super::text::{Slots, brand_in, fill, noun, paragraph, some};
use super::words::Words;

/// Draws a listing of a copy and says how it is sold.
pub(super) fn suspicious(rng: &mut Rng, words: &Words) -> (Draft, &'static str) {
    let (mut draft, how) = match rng.below(100) {
        0..25 => (open(rng, words), "open_wording"),
        25..40 => (hinted(rng, words), "code_words"),
        40..60 => (disguised(rng, words), "evasion"),
        60..78 => (shop(rng, words), "price"),
        78..90 => (diverted(rng, words), "diversion"),
        _ => (stuffed(rng, words), "stuffed_brands"),
    };
    draft.dollars_cents = match how {
        // Nothing but the price gives it away, so it is far off.
        "price" => rng.between(draft.low_dollars * 3, draft.low_dollars * 11),
        _ => rng.between(draft.low_dollars * 3, draft.low_dollars * 22),
    };
    draft.dollars_cents = draft.dollars_cents.max(900);
    draft.gtin = match rng.below(10) {
        0..4 => GtinMaker::None,
        4..7 => GtinMaker::WrongCheckDigit,
        7..8 => GtinMaker::Valid("200"), // in-store numbers, which no maker has
        _ => draft.gtin,
    };
    (draft, how)
}

fn open(rng: &mut Rng, words: &Words) -> Draft {
    copy(rng, words, |rng, name, _| (name, rng.pick(words.open).to_owned()))
}

fn hinted(rng: &mut Rng, words: &Words) -> Draft {
    copy(rng, words, |rng, name, brand| {
        // A hint takes the place of the name where there is one.
        let name = if words.code == "zh" && !brand.hints.is_empty() { rng.pick(brand.hints).to_owned() } else { name };
        (name, rng.pick(words.hints).to_owned())
    })
}

fn disguised(rng: &mut Rng, words: &Words) -> Draft {
    copy(rng, words, |rng, name, _| {
        let term = rng.pick(words.open);
        match rng.below(3) {
            0 => (disguise(rng, &name), term.to_owned()),
            1 => (name, disguise(rng, term)),
            _ => (disguise(rng, &name), disguise(rng, term)),
        }
    })
}

fn diverted(rng: &mut Rng, words: &Words) -> Draft {
    let mut draft = shop(rng, words);
    let contact = contact(rng, words);
    let sentence = rng.pick(words.diversion);
    let sentence = fill(rng, sentence, &Slots { contact: &contact, ..Slots::default() });
    draft.description = format!("{sentence} {}", draft.description);
    draft
}

/// Several brands in one title, to be found by all who search for any of them.
fn stuffed(rng: &mut Rng, words: &Words) -> Draft {
    let mut draft = copy(rng, words, |rng, name, _| (name, rng.pick(words.hints).to_owned()));
    let start = rng.index(12);
    let others: Vec<&str> = BRANDS[start..start + 4].iter().map(|brand| brand.name).collect();
    draft.title = format!("{} {}", draft.title, others.join(" "));
    draft
}

/// A listing of a copy whose name and term `wording` chooses.
fn copy(rng: &mut Rng, words: &Words, wording: impl Fn(&mut Rng, String, &Brand) -> (String, String)) -> Draft {
    // Luxury is copied most.
    let most = if rng.chance(700) { 16 } else { BRANDS.len() };
    let brand = &BRANDS[rng.index(most)];
    let line: &Line = &brand.lines[rng.index(brand.lines.len())];
    let name = brand_in(rng, words, brand);
    let (name, term) = wording(rng, name, brand);
    let contact = contact(rng, words);
    let slots = Slots {
        brand: &name,
        model: rng.pick(line.models),
        noun: noun(words, line.kind),
        colour: colour(rng, words, line.kind),
        contact: &contact,
        ..Slots::default()
    };
    let what = fill(rng, "{brand} {model} {noun} {colour}", &slots);
    // Some say it in the title, some only below.
    let in_title = rng.chance(700);
    let title = match (in_title, rng.chance(500)) {
        (true, true) => format!("{what} {term}"),
        (true, false) => format!("{term} {what}"),
        (false, _) => what,
    };
    let n = usize::try_from(rng.between(2, 3)).unwrap_or(2);
    let mut sentences = some(rng, words.copies, n);
    sentences.extend(some(rng, words.details, 2));
    sentences.extend(some(rng, words.service, 1));
    if rng.chance(350) {
        sentences.push(rng.pick(words.diversion));
    }
    let mut description = paragraph(rng, words, &sentences, &slots);
    if !in_title {
        description = format!("{term}. {description}");
    }
    // A brand field would give it away; half leave it out.
    let field = if rng.chance(500) { brand.name.to_owned() } else { String::new() };
    let category = line.kind.category().to_owned();
    Draft {
        title,
        description,
        brand: field,
        category,
        dollars_cents: 0,
        low_dollars: line.low,
        gtin: GtinMaker::Valid(brand.gtin_prefix),
    }
}

/// An address that cannot belong to anybody: numbers from ranges kept for fiction, and names that say so.
fn contact(rng: &mut Rng, words: &Words) -> String {
    match words.code {
        "zh" | "ja" => format!("sample{}", rng.between(1_000, 9_999)),
        "ru" => format!("sample_shop_{}", rng.between(10, 99)),
        _ => format!("+44 7700 900{}", rng.between(100, 999)),
    }
}
