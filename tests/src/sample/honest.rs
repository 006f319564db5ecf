//! What do honest listings look like? Shops, second-hand goods, accessories, everyday things, and the traps among them.

use super::draft::{Draft, GtinMaker};
use super::goods::{BRANDS, DEVICES, Kind, MARGIELA_REPLICA, SMALL_MAKERS, WATCH_DEVICE};
use super::rng::Rng;
use super::text::{Slots, brand_in, fill, noun, paragraph, some};
use super::words::Words;

/// Draws an honest listing and says what it is.
pub(super) fn honest(rng: &mut Rng, words: &Words) -> (Draft, &'static str) {
    match rng.below(880) {
        0..250 => (everyday(rng, words), "everyday"),
        250..520 => (shop(rng, words), "shop"),
        520..650 => (accessory(rng, words), "accessory"),
        650..765 => (second_hand(rng, words), "second_hand"),
        765..855 => (trap(rng, words), "trap"),
        _ => (margiela(rng, words), "margiela_replica"),
    }
}

/// A branded thing at its usual price in a shop; also what copies at a strange price pretend to be.
pub(super) fn shop(rng: &mut Rng, words: &Words) -> Draft {
    let brand = &BRANDS[rng.index(BRANDS.len())];
    let line = &brand.lines[rng.index(brand.lines.len())];
    let name = brand_in(rng, words, brand);
    let slots = Slots {
        brand: &name,
        model: rng.pick(line.models),
        noun: noun(words, line.kind),
        colour: colour(rng, words, line.kind),
        ..Slots::default()
    };
    let title = rng.pick(words.titles);
    let mut title = fill(rng, title, &slots);
    if !line.kind.sizes().is_empty() {
        title.push(' ');
        title.push_str(rng.pick(line.kind.sizes()));
    }
    let (about, details, service) = (rng.between(1, 2), rng.between(2, 3), rng.between(1, 3));
    let mut sentences = pick(rng, words.about, about);
    sentences.extend(pick(rng, words.details, details));
    sentences.extend(pick(rng, words.service, service));
    if rng.chance(90) {
        sentences.push(rng.pick(words.assurance));
    }
    let dollars_cents = rng.between(line.low * 84, line.high * 104);
    Draft {
        title,
        description: paragraph(rng, words, &sentences, &slots),
        brand: brand.name.to_owned(),
        category: line.kind.category().to_owned(),
        dollars_cents,
        low_dollars: line.low,
        gtin: GtinMaker::Valid(brand.gtin_prefix),
    }
}

fn second_hand(rng: &mut Rng, words: &Words) -> Draft {
    let brand = &BRANDS[rng.index(16)]; // the luxury brands come first
    let line = &brand.lines[rng.index(brand.lines.len())];
    let name = brand_in(rng, words, brand);
    let slots = Slots {
        brand: &name,
        model: rng.pick(line.models),
        noun: noun(words, line.kind),
        colour: colour(rng, words, line.kind),
        ..Slots::default()
    };
    let title = rng.pick(words.used_titles);
    let title = fill(rng, title, &slots);
    let mut sentences = pick(rng, words.used, 3);
    sentences.extend(pick(rng, words.details, 2));
    if rng.chance(400) {
        sentences.push(rng.pick(words.assurance));
    }
    sentences.push(rng.pick(words.service));
    let dollars_cents = rng.between(line.low * 42, line.high * 70);
    let description = paragraph(rng, words, &sentences, &slots);
    Draft {
        title,
        description,
        brand: brand.name.to_owned(),
        category: line.kind.category().to_owned(),
        dollars_cents,
        low_dollars: line.low,
        gtin: GtinMaker::None,
    }
}

fn accessory(rng: &mut Rng, words: &Words) -> Draft {
    let title = rng.pick(words.accessory_titles);
    let device = if title.contains("{device}") { rng.pick(DEVICES) } else { WATCH_DEVICE };
    let slots = Slots { device, colour: rng.pick(words.colours), ..Slots::default() };
    let title = fill(rng, title, &slots);
    let mut sentences = pick(rng, words.accessory, 3);
    sentences.extend(pick(rng, words.details, 2));
    sentences.extend(pick(rng, words.service, 2));
    let description = paragraph(rng, words, &sentences, &slots);
    let dollars_cents = rng.between(590, 3_900);
    let category = "Electronics > Electronics Accessories".to_owned();
    Draft { title, description, brand: small_maker(rng), category, dollars_cents, low_dollars: 6, gtin: GtinMaker::Valid("425") }
}

fn everyday(rng: &mut Rng, words: &Words) -> Draft {
    let (title, about) = words.everyday[rng.index(words.everyday.len())];
    let mut sentences = vec![about];
    sentences.extend(pick(rng, words.details, 3));
    sentences.extend(pick(rng, words.service, 3));
    let description = paragraph(rng, words, &sentences, &Slots::default());
    let slots = Slots { colour: rng.pick(words.colours), ..Slots::default() };
    let title = fill(rng, title, &slots);
    let dollars_cents = rng.between(490, 8_900);
    Draft {
        title,
        description,
        brand: small_maker(rng),
        category: "Home & Garden".into(),
        dollars_cents,
        low_dollars: 5,
        gtin: GtinMaker::Valid("400"),
    }
}

fn trap(rng: &mut Rng, words: &Words) -> Draft {
    let (title, about, category, dollars) = words.traps[rng.index(words.traps.len())];
    let mut sentences = vec![about];
    sentences.extend(pick(rng, words.details, 2));
    sentences.extend(pick(rng, words.service, 3));
    let description = paragraph(rng, words, &sentences, &Slots::default());
    let dollars_cents = rng.between(dollars * 90, dollars * 115);
    let gtin = GtinMaker::Valid("978");
    Draft {
        title: title.to_owned(),
        description,
        brand: small_maker(rng),
        category: category.to_owned(),
        dollars_cents,
        low_dollars: dollars,
        gtin,
    }
}

/// The perfume that is called Replica by the house that makes it.
fn margiela(rng: &mut Rng, words: &Words) -> Draft {
    let model = rng.pick(MARGIELA_REPLICA);
    let name = noun(words, Kind::Perfume);
    let slots = Slots { brand: "Maison Margiela", model, noun: name, colour: "", ..Slots::default() };
    let ml = rng.pick(&["30 ml", "100 ml"]);
    let title = format!("Maison Margiela Replica {model} Eau de Toilette {ml} {name}");
    let mut sentences = pick(rng, words.about, 1);
    sentences.extend(pick(rng, words.details, 2));
    sentences.extend(pick(rng, words.service, 3));
    let description = paragraph(rng, words, &sentences, &slots);
    let dollars_cents = if ml == "30 ml" { rng.between(6_800, 8_200) } else { rng.between(14_500, 17_000) };
    let category = Kind::Perfume.category().to_owned();
    Draft {
        title,
        description,
        brand: "Maison Margiela".into(),
        category,
        dollars_cents,
        low_dollars: 68,
        gtin: GtinMaker::Valid("361"),
    }
}

/// Perfumes and earbuds have no colour.
pub(super) fn colour<'w>(rng: &mut Rng, words: &'w Words, kind: Kind) -> &'w str {
    if matches!(kind, Kind::Perfume | Kind::Makeup | Kind::Watch) { "" } else { rng.pick(words.colours) }
}

fn pick<'w>(rng: &mut Rng, list: &'w [&'w str], n: u64) -> Vec<&'w str> {
    some(rng, list, usize::try_from(n).unwrap_or(1))
}

fn small_maker(rng: &mut Rng) -> String {
    if rng.chance(700) { rng.pick(SMALL_MAKERS).to_owned() } else { String::new() }
}
