//! How are sentences put together? Placeholders are filled, sentences drawn without repeating one.

use super::goods::{Brand, Kind};
use super::rng::Rng;
use super::words::Words;

/// What a listing is about, for the placeholders of [`Words`].
#[derive(Clone, Debug, Default)]
pub(super) struct Slots<'a> {
    pub(super) brand: &'a str,
    pub(super) model: &'a str,
    pub(super) noun: &'a str,
    pub(super) colour: &'a str,
    pub(super) device: &'a str,
    pub(super) contact: &'a str,
}

/// Fills the placeholders of a sentence.
pub(super) fn fill(rng: &mut Rng, sentence: &str, slots: &Slots<'_>) -> String {
    let mut text = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        match name {
            "brand" => text.push_str(slots.brand),
            "model" => text.push_str(slots.model),
            "noun" => text.push_str(slots.noun),
            "colour" => text.push_str(slots.colour),
            "device" => text.push_str(slots.device),
            "contact" => text.push_str(slots.contact),
            _ => text.push_str(&rng.between(12, 24).to_string()),
        }
        rest = after;
    }
    text.push_str(rest);
    // An empty slot leaves two spaces or a space before a comma.
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    text.replace(" ,", ",").replace(",,", ",").replace("()", "").trim().trim_end_matches(',').to_owned()
}

/// `n` different sentences of a list, in its order; all of them when there are fewer.
pub(super) fn some<'w>(rng: &mut Rng, list: &'w [&'w str], n: usize) -> Vec<&'w str> {
    let mut chosen = Vec::with_capacity(n);
    for (at, &sentence) in list.iter().enumerate() {
        let (wanted, left) = (n.saturating_sub(chosen.len()) as u64, (list.len() - at) as u64);
        if rng.below(left) < wanted {
            chosen.push(sentence);
        }
    }
    chosen
}

/// Joins filled sentences into a description; Chinese and Japanese put no space between them.
pub(super) fn paragraph(rng: &mut Rng, words: &Words, sentences: &[&str], slots: &Slots<'_>) -> String {
    let between = if matches!(words.code, "zh" | "ja") { "" } else { " " };
    let filled: Vec<String> = sentences.iter().map(|sentence| fill(rng, sentence, slots)).collect();
    filled.join(between)
}

/// The brand as listings of that language write it.
pub(super) fn brand_in(rng: &mut Rng, words: &Words, brand: &Brand) -> String {
    match words.code {
        "zh" if brand.chinese != brand.name => match rng.below(3) {
            0 => brand.name.to_owned(),
            1 => format!("{}/{}", brand.name, brand.chinese),
            _ => brand.chinese.to_owned(),
        },
        "ja" if brand.japanese != brand.name => match rng.below(3) {
            0 => format!("{} {}", brand.name, brand.japanese),
            _ => brand.japanese.to_owned(),
        },
        _ => brand.name.to_owned(),
    }
}

pub(super) fn noun(words: &Words, kind: Kind) -> &'static str {
    Kind::ALL.iter().zip(words.nouns).find(|(known, _)| **known == kind).map_or("", |(_, noun)| noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_gaps_closed() {
        let slots = Slots { brand: "Gucci", noun: "bag", ..Slots::default() };
        let mut rng = Rng::new(1);
        assert_eq!(fill(&mut rng, "{brand} {model} {noun}, {colour}", &slots), "Gucci bag");
        assert_eq!(fill(&mut rng, "Used {brand} {noun}, {colour}, as new ({colour})", &slots), "Used Gucci bag, as new");
        assert!(fill(&mut rng, "20{n} {nothing", &slots).starts_with("20"));
        assert_eq!(some(&mut rng, &["a", "b"], 5), ["a", "b"]);
        assert_eq!(some(&mut rng, &["a", "b", "c", "d"], 2).len(), 2);
    }
}
