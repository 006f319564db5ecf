//! In which other spellings is a word still recognised? Backwards, without its vowels, with a typing error, in other letters.

use super::chars::never_breaks;
use super::han;
use super::known::{DISGUISED_CHARS_MIN, Entry, Worth, is_dense, is_letter};
use super::sound::{SOUND_CHARS_MAX, romanised, sound_of, sounds};
use bitcode::{Decode, Encode};
use std::collections::BTreeMap;

/// Shortest word that is recognised backwards, by its consonants or by letters that look alike, in letters.
const RESPELT_CHARS_MIN: usize = 5;
/// The same in syllables of Hangul.
const RESPELT_SYLLABLES_MIN: usize = 3;
/// Shortest word that is recognised with an error, in letters: of shorter ones, most neighbours are words of their own.
const MISSPELT_CHARS_MIN: usize = 6;
/// From this length on, any letter may be a wrong one; before, only a vowel for a vowel.
const WRONG_LETTER_CHARS_MIN: usize = 7;
/// Longest word that is looked at, in characters.
pub(super) const MISSPELT_CHARS_MAX: usize = 24;
/// From here on letters are syllables or words, of which few make a word: one of them wrong makes another.
const DENSE_MIN: char = '\u{1100}';
/// Two to the power of this many bits say which hashes there are: an eighth of them set at most, and small enough for the second cache.
const FILTER_BITS: u32 = 21;

/// Other spellings of known words, by hash.
#[derive(Debug, Default, Encode, Decode)]
pub(super) struct Spellings {
    filter: Vec<u64>,
    /// Spellings that mean a word as they are.
    exact: Hashed,
    /// Words, and words without one of their letters.
    near: Hashed,
    /// How names of the Latin alphabet sound.
    sounds: Hashed,
    /// How words of Chinese characters sound.
    han: Hashed,
    /// Words of everyday language that are near a name or sound like it.
    ordinary: Vec<u64>,
}

/// Positions of words by rising hash.
#[derive(Debug, Default, Encode, Decode)]
struct Hashed {
    /// The hashes with the upper bits `b` are `hashes[starts[b]..starts[b + 1]]`: a few, where a search among all would wait for
    /// memory at every step.
    starts: Vec<u32>,
    hashes: Vec<u64>,
    words: Vec<u32>,
}

impl Hashed {
    /// Words with the same hash stay in the order in which they come.
    fn of(mut entries: Vec<(u64, u32)>) -> Self {
        entries.sort_by_key(|entry| entry.0);
        entries.dedup();
        // About one or two a bucket.
        let buckets = entries.len().next_power_of_two().max(2);
        let mut starts = vec![0; buckets + 1];
        for (hash, _) in &entries {
            starts[bucket(*hash, buckets) + 1] += 1;
        }
        for at in 0..buckets {
            starts[at + 1] += starts[at];
        }
        Self {
            starts,
            hashes: entries.iter().map(|entry| entry.0).collect(),
            words: entries.iter().map(|entry| entry.1).collect(),
        }
    }

    fn with(&self, hash: u64) -> impl Iterator<Item = usize> {
        let bucket = bucket(hash, self.starts.len().saturating_sub(1).max(2));
        let range = match self.starts.get(bucket..bucket + 2) {
            Some(&[first, end]) => first as usize..end as usize,
            _ => 0..0,
        };
        let same = self.hashes[range.clone()].iter().zip(&self.words[range]).filter(move |(other, _)| **other == hash);
        same.map(|(_, word)| *word as usize)
    }
}

/// The upper bits of a hash, for a power of two of buckets above one.
fn bucket(hash: u64, buckets: usize) -> usize {
    usize::try_from(hash >> (64 - buckets.trailing_zeros())).unwrap_or(0)
}

impl Spellings {
    /// The spellings of those of the known words that are worth it, by their letters. What is itself a known or an ordinary word is no
    /// spelling of another.
    pub(super) fn of(known: &BTreeMap<String, Entry>, ordinary: &[String]) -> Self {
        let (mut exact, mut near, mut by_sound, mut by_han) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut by_two = Vec::new();
        let ordinary: std::collections::BTreeSet<&str> = ordinary.iter().map(String::as_str).collect();
        let is_free = |spelling: &str| !known.contains_key(spelling) && !ordinary.contains(spelling);
        let mut words: Vec<_> = known.iter().zip(0..).filter(|((_, entry), _)| entry.worth == Worth::Spellings).collect();
        // Of two words with the same spelling, the one that means something by itself.
        words.sort_by_key(|((_, entry), _)| !entry.is_whole);
        for ((letters, entry), word) in words {
            let chars: Vec<char> = letters.chars().collect();
            if let Some(sounds) = han::sounds(letters) {
                by_han.push((hash_of_sounds(sounds.iter().copied()), word));
                by_two.push(hash_of_sounds(sounds.iter().copied().take(2)));
                let spellings = in_latin_letters(&sounds).into_iter().filter(|spelling| is_free(spelling));
                exact.extend(spellings.map(|spelling| (hash_of(&spelling.chars().collect::<Vec<_>>()), word)));
            }
            if !chars.iter().all(|c| c.is_alphabetic() && !never_breaks(*c)) {
                continue;
            }
            let pieces = entry.written.split(|c| !is_letter(c)).map(|piece| piece.chars().rev().collect::<String>());
            let backwards = pieces.collect::<String>();
            let backwards = (chars.len() >= RESPELT_CHARS_MIN).then_some(backwards);
            let spellings =
                respelt(&chars).into_iter().chain(backwards).chain(romanised(letters)).filter(|spelling| is_free(spelling));
            exact.extend(spellings.map(|spelling| (hash_of(&spelling.chars().collect::<Vec<_>>()), word)));
            if chars.len() >= MISSPELT_CHARS_MIN && chars.iter().all(|c| *c < DENSE_MIN) {
                near.push((hash_of(&chars), word));
                near.extend(without_one(&chars).map(|hash| (hash, word)));
            }
            if chars.len() >= DISGUISED_CHARS_MIN {
                by_sound.extend(sounds(letters).into_iter().map(|sound| (hash_of(&sound), word)));
            }
        }
        let mut ordinary: Vec<u64> = ordinary.iter().map(|word| hash_of(&word.chars().collect::<Vec<_>>())).collect();
        ordinary.sort_unstable();
        let mut filter = vec![0; (1 << FILTER_BITS) / 64];
        let hashes = exact.iter().chain(&near).chain(&by_han).map(|(hash, _)| *hash);
        for hash in hashes.chain(by_two) {
            let (word, bit) = filter_place(hash);
            filter[word] |= bit;
        }
        Self {
            filter,
            exact: Hashed::of(exact),
            near: Hashed::of(near),
            sounds: Hashed::of(by_sound),
            han: Hashed::of(by_han),
            ordinary,
        }
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = filter_place(hash);
        self.filter.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The word that this one means as it is: backwards, without its vowels, with letters that look alike, in Latin letters.
    pub(super) fn respelt(&self, word: &[char], whole: WordHash) -> Option<usize> {
        let may_be = word.len() >= RESPELT_SYLLABLES_MIN && self.may_have(whole.0);
        may_be.then(|| self.exact.with(whole.0).next())?
    }

    /// The word that this one is but for one letter: one too few or too many, a wrong one, or two neighbours swapped.
    pub(super) fn misspelt<'w>(&self, word: &[char], whole: WordHash, letters_of: impl Fn(usize) -> &'w str) -> Option<usize> {
        // No word that is recognised with an error has letters of these scripts, and one may be the error.
        let is_dense = word.iter().filter(|c| **c >= DENSE_MIN).nth(1).is_some();
        if is_dense || !(MISSPELT_CHARS_MIN..=MISSPELT_CHARS_MAX).contains(&word.len()) {
            return None;
        }
        let whole = whole.0;
        let mut hashes = std::iter::once(whole).chain(without_one(word)).filter(|hash| self.may_have(*hash)).peekable();
        // Nearly all words leave here, or are themselves known or ordinary.
        hashes.peek()?;
        let is_itself = |at: usize| letters_of(at).chars().eq(word.iter().copied());
        if self.ordinary.binary_search(&whole).is_ok() || self.near.with(whole).any(is_itself) {
            return None;
        }
        hashes.flat_map(|hash| self.near.with(hash)).find(|at| is_near(word, letters_of(*at)))
    }

    /// The longest Chinese word that the first of these syllables sound like, and how many they are: one character may be another that
    /// sounds the same, or any may stand in Latin letters.
    pub(super) fn sounding_like<'w>(
        &self,
        syllables: &[Syllable<'_>],
        letters_of: impl Fn(usize) -> &'w str,
    ) -> Option<(usize, usize)> {
        // Most begin like no word: two characters tell, where Latin letters may be more than one of them.
        let [first, second, ..] = syllables else { return None };
        let are_two = first.c.is_some() && second.c.is_some();
        if are_two && !self.may_have(hash_of_sounds([first.sound, second.sound].into_iter())) {
            return None;
        }
        let mut hashes = [0; SOUNDS_MAX];
        let mut hash = 0;
        for (place, syllable) in hashes.iter_mut().zip(syllables) {
            hash = hash_with_sound(hash, syllable.sound);
            *place = mixed(hash);
        }
        (2..=syllables.len().min(SOUNDS_MAX)).rev().filter(|count| self.may_have(hashes[count - 1])).find_map(|count| {
            let mut found = self.han.with(hashes[count - 1]);
            found.find(|at| is_said(&syllables[..count], letters_of(*at))).map(|at| (at, count))
        })
    }

    /// The name that this word, of another alphabet, sounds like.
    pub(super) fn sounding(&self, word: &[char], whole: WordHash) -> Option<usize> {
        if word.len() < DISGUISED_CHARS_MIN {
            return None;
        }
        let mut sound = ['\0'; SOUND_CHARS_MAX];
        let found = self.sounds.with(hash_of(sound_of(word, &mut sound)?)).next();
        found.filter(|_| self.ordinary.binary_search(&whole.0).is_err())
    }
}

/// The hash of how several characters sound, one after the other.
fn hash_of_sounds<'s>(sounds: impl Iterator<Item = &'s str>) -> u64 {
    mixed(sounds.fold(0, hash_with_sound))
}

fn hash_with_sound(hash: u64, sound: &str) -> u64 {
    sound.bytes().fold(hash, |hash, byte| hash.wrapping_mul(BASE).wrapping_add(u64::from(byte) + 1))
}

/// A Chinese word in Latin letters, and its initials.
fn in_latin_letters(sounds: &[&str]) -> Vec<String> {
    let mut spellings = Vec::new();
    // Two syllables are words of other languages, and three initials are anything.
    if sounds.len() >= PINYIN_SYLLABLES_MIN {
        spellings.push(sounds.concat());
    }
    if sounds.len() >= INITIALS_MIN {
        spellings.push(sounds.iter().filter_map(|sound| sound.get(..1)).collect());
    }
    spellings
}

fn filter_place(hash: u64) -> (usize, u64) {
    let at = usize::try_from(hash >> (64 - FILTER_BITS)).unwrap_or(0);
    (at / 64, 1 << (at % 64))
}

/// Fewest syllables of a Chinese word that is recognised in Latin letters, and fewest of which the initials will do.
const PINYIN_SYLLABLES_MIN: usize = 3;
const INITIALS_MIN: usize = 4;
/// Fewest characters of a Chinese word of which one may be replaced by another that sounds the same.
const HOMOPHONE_CHARS_MIN: usize = 3;
/// Longest Chinese word that is recognised by its sound, in characters.
pub(super) const SOUNDS_MAX: usize = 8;

/// A character and how it sounds, or Latin letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syllable<'s> {
    pub(super) c: Option<char>,
    pub(super) sound: &'s str,
}

/// Whether syllables say a known word without being it.
fn is_said(syllables: &[Syllable<'_>], known: &str) -> bool {
    let (mut homophones, mut latin, mut count) = (0, 0, 0);
    let mut rest = syllables.iter();
    let mut letters = "";
    for c in known.chars() {
        count += 1;
        let sound = han::sound(c).unwrap_or("");
        if letters.is_empty() {
            match rest.next() {
                Some(Syllable { c: Some(said), .. }) => {
                    homophones += usize::from(*said != c);
                    continue;
                }
                Some(Syllable { sound, .. }) => letters = sound,
                None => return false,
            }
        }
        latin += 1;
        match letters.strip_prefix(sound) {
            Some(behind) if !sound.is_empty() => letters = behind,
            _ => return false,
        }
    }
    let is_whole = letters.is_empty() && rest.next().is_none();
    is_whole && if latin > 0 { homophones == 0 && latin < count } else { homophones == 1 && count >= HOMOPHONE_CHARS_MIN }
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a word that is looked up in several ways.
#[derive(Clone, Copy)]
pub(super) struct WordHash(u64);

impl WordHash {
    pub(super) fn of(word: &[char]) -> Self {
        Self(hash_of(word))
    }
}

/// The hash of a polynomial, of which the hash without one letter follows in two steps; mixed, so that its upper bits are good.
fn hash_of(word: &[char]) -> u64 {
    mixed(suffix(word))
}

fn suffix(word: &[char]) -> u64 {
    word.iter().rev().fold(0, |hash: u64, c| hash.wrapping_mul(BASE).wrapping_add(u64::from(*c) + 1))
}

fn mixed(hash: u64) -> u64 {
    (hash ^ (hash >> 32)).wrapping_mul(BASE)
}

/// Hashes of a word without each of its letters but the first, by which readers recognise a word.
fn without_one(word: &[char]) -> impl Iterator<Item = u64> {
    let mut prefix: u64 = 0;
    let mut power: u64 = 1;
    let mut suffixes = [0_u64; MISSPELT_CHARS_MAX + 2];
    let count = word.len().min(MISSPELT_CHARS_MAX + 1);
    for (at, c) in word[..count].iter().enumerate().rev() {
        suffixes[at] = suffixes[at + 1].wrapping_mul(BASE).wrapping_add(u64::from(*c) + 1);
    }
    word[..count].iter().enumerate().filter_map(move |(at, c)| {
        let without = prefix.wrapping_add(power.wrapping_mul(suffixes[at + 1]));
        prefix = prefix.wrapping_add(power.wrapping_mul(u64::from(*c) + 1));
        power = power.wrapping_mul(BASE);
        (at > 0).then_some(mixed(without))
    })
}

/// Whether a word is the known one but for one letter.
fn is_near(word: &[char], known: &str) -> bool {
    let mut buffer = ['\0'; MISSPELT_CHARS_MAX + 1];
    let mut count = 0;
    for c in known.chars() {
        let Some(slot) = buffer.get_mut(count) else { return false };
        (*slot, count) = (c, count + 1);
    }
    let known = &buffer[..count];
    let same_start = word.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (a, b) = (&word[same_start..], &known[same_start..]);
    match (a, b) {
        // One too many or too few.
        (a, b) if a.len() == b.len() + 1 => a[1..] == *b,
        (a, b) if a.len() + 1 == b.len() => *a == b[1..],
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if a1 == b2 && a2 == b1 => a == b,
        ([a1, a @ ..], [b1, b @ ..]) => a == b && (count >= WRONG_LETTER_CHARS_MIN || is_vowel(*a1) && is_vowel(*b1)),
        _ => false,
    }
}

pub(super) fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

/// A word backwards, without its vowels, and with letters of ASCII that look like others.
fn respelt(word: &[char]) -> Vec<String> {
    let mut spellings = Vec::new();
    if word.len() >= RESPELT_CHARS_MIN || word.len() >= RESPELT_SYLLABLES_MIN && word.iter().all(|c| is_dense(*c)) {
        spellings.push(word.iter().rev().collect());
    }
    if word.len() < RESPELT_CHARS_MIN {
        return spellings;
    }
    // A leading vowel is spoken.
    let consonants: String = word.iter().filter(|c| !is_vowel(**c) || **c == 'y').collect();
    if consonants.chars().count() >= DISGUISED_CHARS_MIN {
        spellings.push(consonants);
    }
    for (at, c) in word.iter().enumerate() {
        let alike = match c {
            'i' => "l",
            'l' => "i",
            'm' => "rn",
            'w' => "vv",
            'd' => "cl",
            _ => continue,
        };
        let (before, behind): (String, String) = (word[..at].iter().collect(), word[at + 1..].iter().collect());
        spellings.push(format!("{before}{alike}{behind}"));
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::KnownWords;

    fn known() -> KnownWords {
        let names = ["gucci", "louis vuitton", "adidas", "hermes", "balenciaga", "rolex", "реплика"];
        KnownWords::of(names.map(|name| (name, Worth::Spellings)), &["heroes".to_owned(), "hermas".to_owned()])
    }

    #[test]
    fn other_spellings_are_recognised() {
        let known = known();
        let check = |word: &str, expected: Option<&str>| {
            let chars: Vec<char> = word.chars().collect();
            assert_eq!(known.other_spelling(&chars).map(|(at, _)| known.written(at)), expected, "{word}");
        };
        check("iccug", Some("gucci"));
        check("guccl", Some("gucci"));
        check("blncg", Some("balenciaga"));
        check("vuiton", Some("vuitton"));
        check("vuittton", Some("vuitton"));
        check("adidsa", Some("adidas"));
        check("adides", Some("adidas"));
        check("hermis", Some("hermes"));
        check("balenciega", Some("balenciaga"));
        check("гуцци", Some("gucci"));
        check("replika", Some("реплика"));
        check("рпелика", Some("реплика"));
        for word in ["heroes", "hermas", "hermts", "guccione", "adida5", "dadias", "", "rollx", "луна"] {
            check(word, None);
        }
    }

    #[test]
    fn the_hash_without_a_letter_is_that_of_the_word_without_it() {
        let word: Vec<char> = "vuitton".chars().collect();
        let without: Vec<u64> = without_one(&word).collect();
        for at in 1..word.len() {
            let mut rest = word.clone();
            rest.remove(at);
            assert_eq!(without[at - 1], hash_of(&rest), "{at}");
        }
    }
}
