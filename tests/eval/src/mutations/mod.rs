//! How do sellers disguise words? One registry of classes, each a function of a word and a seed.

mod chinese;
mod contact;
mod japanese;
mod korean;
mod letters;
mod markup;
mod names;
mod order;
mod random;
mod separators;
mod unseen;

pub use names::Names;
pub use random::Random;

use crate::offending::Offending;
use scoring::{Field, ScoredListing};
use std::ops::Range;

/// A way of disguising words.
pub struct Mutation {
    /// Stable name, as in the table of results.
    pub name: &'static str,
    /// What it does, with an example.
    pub what: &'static str,
    /// Where it was seen or what defines it.
    pub source: &'static str,
    /// Whether honest sellers decorate their titles so, too.
    pub decorates: bool,
    apply: Apply,
}

enum Apply {
    /// To each word that gives the listing away. `None` when the class does not apply to it, or would make it unreadable.
    Word(fn(&str, &mut Random) -> Option<String>),
    /// To each name of the brand, which may be written as another of its names.
    Name(fn(&str, &Names, &mut Random) -> Option<String>),
    /// To the whole title.
    Title(fn(&str, &mut Random) -> Option<String>),
}

/// A listing after the mutation, and which bytes of which fields it wrote.
pub struct Mutated {
    /// The listing.
    pub listing: Offending,
    /// Bytes that were written, in the fields as they are now.
    pub written: Vec<(Field, Range<usize>)>,
}

macro_rules! registry {
    ($($name:ident $decorates:literal $kind:ident($function:path) $what:literal, $source:literal;)*) => {
        /// Every class.
        pub static ALL: &[Mutation] = &[$(Mutation {
            name: stringify!($name), what: $what, source: $source, decorates: $decorates, apply: Apply::$kind($function),
        }),*];
    };
}

registry! {
    lookalikes false Word(letters::lookalikes) "letters of other scripts that look the same (GuссI)", "Unicode confusables data (UTS 39), read backwards";
    ascii_lookalikes false Word(letters::ascii_lookalikes) "ASCII letters that look like others (Guccl, Rolex with rn for m)", "Unicode confusables data (UTS 39)";
    full_width true Word(letters::full_width) "full-width letters (ＧＵＣＣＩ)", "Unicode block Halfwidth and Fullwidth Forms";
    mathematical true Word(letters::mathematical) "bold, italic, script and fraktur letters (𝐆𝐮𝐜𝐜𝐢)", "Unicode block Mathematical Alphanumeric Symbols";
    circled true Word(letters::circled) "letters in circles (Ⓖⓤⓒⓒⓘ)", "Unicode block Enclosed Alphanumerics";
    negative_circled true Word(letters::negative_circled) "white letters in black circles (🅖🅤🅒🅒🅘)", "Unicode block Enclosed Alphanumeric Supplement";
    squared true Word(letters::squared) "letters in squares (🄶🅄🄲🄲🄸, 🅶🆄🅲🅲🅸)", "Unicode block Enclosed Alphanumeric Supplement";
    parenthesised true Word(letters::parenthesised) "letters in brackets (⒢⒰⒞⒞⒤)", "Unicode block Enclosed Alphanumerics";
    regional false Word(letters::regional) "letters of which flags are made (🇬🇺🇨🇨🇮)", "Unicode Technical Standard 51";
    small_capitals true Word(letters::small_capitals) "small capitals (ɢᴜᴄᴄɪ)", "Unicode blocks IPA and Phonetic Extensions";
    superscripts true Word(letters::superscripts) "raised letters (ᵍᵘᶜᶜⁱ)", "Unicode blocks Modifier Letters and Superscripts";
    upside_down false Word(letters::upside_down) "letters turned upside down (ıɔɔnƃ)", "generators of upside-down text";
    accents true Word(letters::accents) "accents that the word does not have (Gúccì)", "Charcoal-SE/SmokeDetector#14768";
    leet false Word(letters::leet) "digits and signs for letters (R0lex, Ch@nel)", "Charcoal-SE/SmokeDetector#14768";
    emoji_letters false Word(letters::emoji_letters) "emoji for letters (R⭕LEX, 🅰️didas)", "chat groups, general knowledge";
    mixed_case true Word(letters::mixed_case) "capitals in between (gUcCi)", "general knowledge";
    zero_width false Word(unseen::zero_width) "characters without width between letters", "Unicode Technical Report 36";
    variation_selectors false Word(unseen::variation_selectors) "variation selectors behind letters", "Unicode Standard 23.4";
    tag_characters false Word(unseen::tag_characters) "tag characters between letters", "Unicode Standard 23.9";
    soft_hyphens false Word(unseen::soft_hyphens) "soft hyphens between letters", "Unicode Technical Report 36";
    combining_marks false Word(unseen::combining_marks) "marks stacked on letters (Zalgo)", "Unicode block Combining Diacritical Marks";
    struck_through false Word(unseen::struck_through) "letters struck through (G̶u̶c̶c̶i̶)", "generators of crossed-out text";
    bidi_isolates false Word(unseen::bidi_isolates) "direction isolates around letters", "Unicode Standard Annex 9";
    spaces false Word(separators::spaces) "a space between all letters (G u c c i)", "Charcoal-SE/SmokeDetector#14768";
    dots false Word(separators::dots) "a dot between all letters (G.u.c.c.i)", "Charcoal-SE/SmokeDetector#14768";
    hyphens false Word(separators::hyphens) "a hyphen between all letters", "Charcoal-SE/SmokeDetector#14768";
    slashes false Word(separators::slashes) "a slash between all letters", "general knowledge";
    underscores false Word(separators::underscores) "an underscore between all letters", "general knowledge";
    asterisks false Word(separators::asterisks) "an asterisk between all letters", "general knowledge";
    mixed_separators false Word(separators::mixed) "different signs between letters (G.u-c_c/i)", "general knowledge";
    one_separator false Word(separators::one) "one sign inside the word (Gu.cci)", "policy/brands (Ni.ke)";
    emoji_between false Word(separators::emoji) "an emoji between all letters (G🔥u🔥c🔥c🔥i)", "chat groups, general knowledge";
    emoji_around true Title(separators::emoji_around) "emoji before, between and behind the words (🔥 Gucci 👜 bag ✨)", "listings of honest sellers, general knowledge";
    newlines false Word(separators::newlines) "a line break inside the word", "general knowledge";
    censored false Word(separators::censored) "an asterisk for a letter (G*cci)", "policy/brands (N*ke)";
    repeats false Word(order::repeats) "a letter many times (Guuuucci)", "Charcoal-SE/SmokeDetector#14768";
    dropped_vowels false Word(order::dropped_vowels) "vowels left out where it stays readable (Blncg, Rplc)", "general knowledge";
    swapped false Word(order::swapped) "two neighbours swapped (Adidsa)", "policy/brands (Chanle, Cahnel)";
    one_typo false Word(order::one_typo) "a letter too few, too many or wrong (Louis Vuiton)", "policy/brands (Burbery, Monclair)";
    reversed false Word(order::reversed) "each word backwards (iccuG)", "general knowledge";
    bidi_reversed false Word(order::bidi_reversed) "stored backwards, shown forwards by an override", "Unicode Technical Report 36";
    joined false Title(order::joined) "the title without its spaces (NewGucciBag)", "hashtags";
    entities_decimal false Word(markup::entities_decimal) "letters as decimal references (&#71;ucci)", "HTML Living Standard 13.5";
    entities_hex false Word(markup::entities_hex) "letters as hexadecimal references (&#x47;ucci)", "HTML Living Standard 13.5";
    entities_named false Word(markup::entities_named) "named references between letters (Gu&shy;cci)", "HTML Living Standard 13.5";
    entities_twice false Word(markup::entities_twice) "references encoded twice (&amp;#71;ucci)", "HTML Living Standard 13.5";
    percent_encoded false Word(markup::percent_encoded) "letters percent-encoded (%47ucci)", "RFC 3986";
    html_tags false Word(markup::html_tags) "HTML elements between letters (G<b>ucci</b>)", "HTML Living Standard";
    markdown false Word(markup::markdown) "Markdown between letters (G**ucc**i)", "CommonMark 0.31";
    cyrillic_letters false Word(names::cyrillic) "the name spelt out in Cyrillic letters (Гуцци)", "ISO 9 and its popular variants";
    greek_letters false Word(names::greek) "the name spelt out in Greek letters", "ISO 843 and its popular variants";
    latin_letters false Word(names::latin) "a Cyrillic word spelt out in Latin letters (kopiya)", "ISO 9 and its popular variants";
    other_script false Name(names::other_script) "the brand's name in another script", "policy/brands";
    tatweel false Word(names::tatweel) "Arabic letters drawn out", "Unicode Standard 9.2";
    arabic_forms false Word(names::arabic_forms) "Arabic presentation forms", "Unicode block Arabic Presentation Forms-B";
    pinyin false Word(chinese::pinyin) "Chinese words in Latin letters (laolishi)", "policy/lexicon/zh.toml (gaofang)";
    pinyin_initials false Word(chinese::initials) "first letters of the syllables (lywd)", "policy/lexicon/zh.toml (gf货)";
    half_pinyin false Word(chinese::half_pinyin) "one character of a word in Latin letters (高fang)", "policy/lexicon/zh.toml (高fang)";
    split_characters false Word(chinese::split) "a character taken apart (马户 for 驴)", "policy/lexicon/zh.toml (高亻方)";
    traditional false Word(chinese::traditional) "traditional for simplified characters", "Unihan, kTraditionalVariant";
    homophones false Word(chinese::homophones) "a character that sounds the same (劳力仕)", "policy/lexicon/zh.toml (高房货)";
    half_width_kana false Word(japanese::half_width) "half-width kana (ｸﾞｯﾁ)", "Unicode block Halfwidth and Fullwidth Forms";
    hiragana false Word(japanese::hiragana) "hiragana for katakana (ぐっち)", "general knowledge";
    jamo false Word(korean::jamo) "Hangul taken apart into letters", "Unicode Standard 3.12";
    compatibility_jamo false Word(korean::compatibility) "Hangul taken apart into letters of the keyboard (ㄱㅜㅉㅣ)", "KS X 1001";
    number_words false Word(contact::number_words) "numbers in words (one to one for 1:1)", "policy/lexicon/en.toml (1to1)";
    contact_handles false Word(contact::handles) "contact words in disguise (wh@tsapp, 薇❤信)", "policy/lexicon/zh.toml";
}

/// What of a listing gives it away: the words that its reasons point at, and every name of its brand. By rising start, apart
/// from each other.
#[must_use]
pub fn telling(listing: &Offending, scored: &ScoredListing, names: &Names) -> Vec<(Field, Range<usize>)> {
    let mut found: Vec<(Field, Range<usize>)> = Vec::new();
    for reason in scored.reasons.iter().filter(|reason| reason.start < reason.end && reason.points.0 > 0) {
        let field = if reason.field == Field::Title.name() { Field::Title } else { Field::Description };
        if listing.text(field).get(reason.start as usize..reason.end as usize) == Some(reason.text.as_str()) {
            found.push((field, reason.start as usize..reason.end as usize));
        }
    }
    for field in [Field::Title, Field::Description] {
        found.extend(names.find(listing.text(field)).into_iter().map(|range| (field, range)));
    }
    // The longest of those that overlap.
    found.sort_by_key(|(field, range)| (*field != Field::Title, range.start, std::cmp::Reverse(range.end)));
    let mut apart: Vec<(Field, Range<usize>)> = Vec::new();
    for (field, range) in found {
        if !apart.last().is_some_and(|(before, last)| *before == field && range.start < last.end) {
            apart.push((field, range));
        }
    }
    apart
}

impl Mutation {
    /// The listing with its telling words disguised. `None` when the class applies to none of them.
    #[must_use]
    pub fn mutate(&self, listing: &Offending, telling: &[(Field, Range<usize>)], names: &Names, seed: u64) -> Option<Mutated> {
        let mut random = Random::new(seed ^ Random::of_text(self.name));
        if let Apply::Title(apply) = self.apply {
            let title = apply(&listing.title, &mut random)?;
            let written = vec![(Field::Title, 0..title.len())];
            return Some(Mutated { listing: Offending { title, ..listing.clone() }, written });
        }
        let mut mutated = Mutated { listing: listing.clone(), written: Vec::new() };
        for field in [Field::Title, Field::Description] {
            let original = listing.text(field);
            let (mut text, mut at) = (String::new(), 0);
            for (_, range) in telling.iter().filter(|(of, _)| *of == field) {
                let word = &original[range.clone()];
                let new = match self.apply {
                    Apply::Word(apply) => apply(word, &mut random),
                    Apply::Name(apply) => apply(word, names, &mut random),
                    Apply::Title(_) => None,
                };
                let Some(new) = new.filter(|new| new != word) else { continue };
                text.push_str(&original[at..range.start]);
                mutated.written.push((field, text.len()..text.len() + new.len()));
                text.push_str(&new);
                at = range.end;
            }
            text.push_str(&original[at..]);
            match field {
                Field::Title => mutated.listing.title = text,
                _ => mutated.listing.description = text,
            }
        }
        (!mutated.written.is_empty()).then_some(mutated)
    }

    /// A text with every word decorated, for honest listings.
    #[must_use]
    pub fn decorate(&self, text: &str, seed: u64) -> Option<String> {
        let mut random = Random::new(seed ^ Random::of_text(self.name));
        match self.apply {
            Apply::Title(apply) => apply(text, &mut random),
            Apply::Name(_) => None,
            Apply::Word(apply) => {
                let words = text.split(' ').map(|word| apply(word, &mut random).unwrap_or_else(|| word.to_owned()));
                Some(words.collect::<Vec<_>>().join(" "))
            }
        }
    }
}

/// The letters of a word that a reader would count.
fn letters(word: &str) -> usize {
    word.chars().filter(|c| c.is_alphabetic()).count()
}

/// Every letter replaced where the function knows how; `None` when it knew none.
fn each_letter(word: &str, mut replace: impl FnMut(char) -> Option<String>) -> Option<String> {
    let (mut out, mut any) = (String::new(), false);
    for c in word.chars() {
        match replace(c) {
            Some(new) => {
                any = true;
                out.push_str(&new);
            }
            None => out.push(c),
        }
    }
    any.then_some(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)] // a test may panic
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn classes_are_many_named_once_and_repeat_themselves() {
        let names: BTreeSet<_> = ALL.iter().map(|mutation| mutation.name).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(ALL.len() >= 30);
        for mutation in ALL {
            assert!(![mutation.what, mutation.source].contains(&""), "{}", mutation.name);
            assert_eq!(mutation.decorate("Gucci 劳力士 replica", 7), mutation.decorate("Gucci 劳力士 replica", 7));
        }
    }

    #[test]
    fn each_class_does_what_it_says() {
        let check = |name: &str, word: &str, expected: Option<&str>| {
            let mutation = ALL.iter().find(|mutation| mutation.name == name).unwrap();
            let Apply::Word(apply) = mutation.apply else { panic!("{name} is not of words") };
            assert_eq!(apply(word, &mut Random::new(1)).as_deref(), expected, "{name}");
        };
        check("full_width", "Gucci", Some("Ｇｕｃｃｉ"));
        check("negative_circled", "gucci", Some("🅖🅤🅒🅒🅘"));
        check("upside_down", "gucci", Some("ıɔɔnƃ"));
        check("spaces", "Gucci", Some("G u c c i"));
        check("spaces", "LV", None);
        check("reversed", "Louis Vuitton", Some("siuoL nottiuV"));
        check("dropped_vowels", "replica", Some("rplc"));
        check("dropped_vowels", "Gucci", None);
        check("pinyin", "劳力士", Some("laolishi"));
        check("split_characters", "驴牌", Some("马户牌"));
        check("hiragana", "グッチ", Some("ぐっち"));
        check("half_width_kana", "グッチ", Some("ｸﾞｯﾁ"));
        check("compatibility_jamo", "구찌", Some("ㄱㅜㅉㅣ"));
        check("entities_twice", "Ab", Some("&amp;#65;&amp;#98;"));
        check("number_words", "1:1", Some("one to one"));
        check("arabic_forms", "Gucci", None);
    }
}
