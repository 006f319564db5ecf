//! Which words of a listing are the same in another? Cheap names for what every row says, and finer ones for rows that are compared.

use super::hash::{Hash, mixed};
use crate::limits::CONTACT_WORDS_PER_LISTING_MAX;

/// Shortest word that may be a contact, in bytes: shorter ones are sizes, years and prices.
const CONTACT_WORD_BYTES_MIN: usize = 6;
/// Digits of a telephone number that are compared, from its end, so that it is the same with and without the country's code.
pub(super) const PHONE_DIGITS: usize = 9;
/// Fewest digits of a telephone number.
const PHONE_DIGITS_MIN: usize = 8;
/// Numbers in the name of a description.
pub(super) const DESCRIPTION_NAMES: usize = 16;
/// From this letter on (Thai, and what comes behind it in Unicode) scripts set words not apart, or write a syllable as a letter.
const SYLLABLES_START: char = '\u{0e00}';

/// One number for all words of a title, whatever their order, case and punctuation: what shops that sell from one catalogue have in common.
/// It is made for every row, so that letters beyond ASCII count as they are written.
pub(super) fn title(title: &str) -> u64 {
    let mut sum = 0_u64;
    let mut word = None;
    for byte in title.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            word = Some(word.unwrap_or(Hash::new(b'T')).with(byte.to_ascii_lowercase()));
        } else if let Some(word) = word.take() {
            sum = sum.wrapping_add(word.finish());
        }
    }
    mixed(sum ^ u64::from(b'T'))
}

/// Passes on a number for each word that may be a contact: an account with digits or "_", what begins with "@" or holds it, a telephone
/// number. Far more than contacts pass, and an account of letters alone does not; it is how often a contact is shown at all, in every
/// row, that is asked with it. Tells whether it stopped before the end because there were too many.
pub(super) fn contact_words(text: &str, mut note: impl FnMut(u64)) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut noted) = (0, 0);
    while at < bytes.len() && noted < CONTACT_WORDS_PER_LISTING_MAX {
        let start = at;
        if bytes[at] == b'+' || bytes[at].is_ascii_digit() {
            let end =
                end_of(bytes, start, |byte| byte.is_ascii_digit() || matches!(byte, b'+' | b' ' | b'-' | b'.' | b'(' | b')'));
            let digits = bytes[start..end].iter().rev().filter(|byte| byte.is_ascii_digit());
            if digits.clone().count() >= PHONE_DIGITS_MIN {
                note(digits.take(PHONE_DIGITS).fold(Hash::new(b'#'), |hash, digit| hash.with(*digit)).finish());
                (at, noted) = (end, noted + 1);
                continue;
            }
        }
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'.' | b'-');
        if !is_inner(bytes[at]) {
            at += 1;
            continue;
        }
        at = end_of(bytes, start, is_inner);
        let word = bytes[start..at].trim_ascii();
        let has_sign = word.iter().any(|byte| matches!(byte, b'@' | b'_'));
        let mixes = || word.iter().any(u8::is_ascii_digit) && word.iter().any(u8::is_ascii_alphabetic);
        let name = trimmed(word);
        if name.len() >= CONTACT_WORD_BYTES_MIN && (has_sign || mixes()) {
            note(contact_word(name));
            noted += 1;
        }
    }
    at < bytes.len()
}

/// The same numbers for a contact in its normal form; at least one.
pub(super) fn contact_names(value: &str) -> Vec<u64> {
    let mut names = Vec::new();
    contact_words(value, |name| names.push(name));
    if names.is_empty() {
        names.push(contact_word(trimmed(value.as_bytes())));
    }
    names
}

fn contact_word(name: &[u8]) -> u64 {
    name.iter().fold(Hash::new(b'@'), |hash, byte| hash.with(byte.to_ascii_lowercase())).finish()
}

/// Without the signs around it: "@name" and "name." are the same account.
fn trimmed(word: &[u8]) -> &[u8] {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let start = word.iter().position(is_letter).unwrap_or(word.len());
    let end = word.iter().rposition(is_letter).map_or(start, |last| last + 1);
    &word[start..end]
}

fn end_of(bytes: &[u8], start: usize, is_inner: impl Fn(u8) -> bool) -> usize {
    start + bytes[start..].iter().position(|byte| !is_inner(*byte)).unwrap_or(bytes.len() - start)
}

/// Numbers for the words of a folded text, sorted, each once; pairs of characters where words are not set apart. Numbers of one or two
/// digits are left out: they are sizes and counts, which relisted offers change.
pub(super) fn features(folded: &str) -> Vec<u32> {
    let mut features = Vec::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.starts_with(|c| c >= SYLLABLES_START) {
            let mut before = None;
            for c in word.chars() {
                if let Some(before) = before.replace(c) {
                    features.push(feature([before, c]));
                }
            }
            if word.chars().nth(1).is_none() {
                features.extend(before.map(|only| feature([only])));
            }
        } else if word.len() > 2 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            features.push(feature(word.chars()));
        }
    }
    features.sort_unstable();
    features.dedup();
    features
}

#[allow(clippy::cast_possible_truncation)] // half of a hash is a hash
fn feature(chars: impl IntoIterator<Item = char>) -> u32 {
    let hash = chars.into_iter().fold(Hash::new(b'F'), |hash, c| hash.with_all(&u32::from(c).to_le_bytes()));
    hash.finish() as u32
}

/// The least of the features under each of several hash functions (`MinHash`, Broder 1997): two lists agree in as many places of a hundred
/// as they have features in common of all that either has. Nothing for nothing.
#[allow(clippy::cast_possible_truncation)] // as above
pub(super) fn least(features: &[u32], places: usize) -> Vec<u32> {
    let least_of = |place: usize| {
        let seed = mixed(place as u64 + 1);
        features.iter().map(|feature| (u64::from(*feature) ^ seed).wrapping_mul(seed | 1) >> 32).min()
    };
    (0..places).filter_map(least_of).map(|least| least as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_its_words_in_any_order() {
        let same = title("Gucci Marmont bag, black");
        assert_eq!(title("BLACK gucci  bag - Marmont!!"), same);
        for other in
            ["Gucci Marmont bag", "Gucci Marmont bag, black black", "Gucci Marmont bagblack", "Guссi Marmont bag, black", ""]
        {
            assert_ne!(title(other), same, "{other}");
        }
    }

    #[test]
    fn words_that_may_be_contacts_are_the_same_however_they_are_written() {
        let words = |text: &str| {
            let mut words = Vec::new();
            contact_words(text, |word| words.push(word));
            words
        };
        let account = words("gzbags1234");
        assert_eq!(account.len(), 1);
        for text in ["Add WeChat: GZbags1234!", "微信gzbags1234", "https://t.me/gzbags1234", "(@gzbags1234)"] {
            assert_eq!(words(text), account, "{text}");
        }
        let phone = words("8613012345678");
        for text in ["WhatsApp +86 130 1234 5678", "+86-130-1234-5678, fast", "https://wa.me/8613012345678", "13012345678"] {
            assert_eq!(words(text), phone, "{text}");
        }
        assert_eq!(words("write to help@bazaar.example."), words("help@bazaar.example"));
        assert_eq!(words("@luxbags"), contact_names("luxbags"));
        for nothing in ["", "size 38, 20 cm, EUR 1.200", "new bag 2026", "Neverfull MM no. 451"] {
            assert_eq!(words(nothing), Vec::<u64>::new(), "{nothing}");
        }
        let many: String = (0..100).map(|number| format!("abcdef{number} ")).collect();
        assert_eq!(words(&many).len(), CONTACT_WORDS_PER_LISTING_MAX);
        let is_cut = |count: usize| contact_words(&many[..count * "abcdef1 ".len()], |_| ());
        assert_eq!([is_cut(CONTACT_WORDS_PER_LISTING_MAX - 1), is_cut(CONTACT_WORDS_PER_LISTING_MAX + 1)], [false, true]);
    }

    #[test]
    fn lists_agree_in_as_many_places_as_they_have_features_in_common() {
        let list =
            |range: std::ops::Range<u32>| least(&range.map(|at| feature(at.to_string().chars())).collect::<Vec<_>>(), 1_000);
        // 60 of 100 features are in both.
        let (one, other) = (list(0..80), list(20..100));
        let agreeing = one.iter().zip(&other).filter(|(one, other)| one == other).count();
        assert!((550..650).contains(&agreeing), "{agreeing}");
        assert!(least(&[], 16).is_empty());
    }

    #[test]
    fn features_are_words_and_pairs_of_syllables_without_sizes() {
        let count = |text: &str| features(text).len();
        assert_eq!(
            [count("gucci bag, 42 gucci"), count("路易威登"), count("路"), count("จำลอง"), count("🔥 !!"), count("")],
            [2, 3, 1, 4, 0, 0]
        );
    }
}
