//! How do the files of a policy become something that can be searched with? Checks everything, so that scoring never fails.

use super::calibration::Calibration;
use super::matcher::{How, Matcher, Meaning};
use super::schema::{
    BrandFile, CategoriesFile, CurrenciesFile, GuardEntry, KindsFile, LearnedFile, LexiconFile, OrdinaryFile, PrefixesFile,
    ScoringFile, TermEntry, WeightEntry,
};
use super::{Brand, Categories, CategoryId, Guard, Kind, KindId, Policy, PolicyError, Prefix, Term, Thresholds};
use crate::signals;
use crate::text::{Folded, KnownWords, Worth, never_breaks, other_forms};
use crate::{Amount, Currency, Milli, Risk};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Shortest name of several words that is also searched for written as one word (`#louisvuitton`), in bytes.
const JOINED_BYTES_MIN: usize = 8;
/// Largest absolute weight, in log odds: anything larger is a slip of the pen, not evidence.
const WEIGHT_MAX: f64 = 20.0;
const CATEGORIES_MAX: usize = 32;
/// A file that may be missing: a policy whose weights nobody has learned yet.
const LEARNED: &str = "learned.toml";
/// Words that are near a name and mean themselves; a policy may know none.
const ORDINARY: &str = "ordinary_words.toml";

pub(super) fn compile(files: &BTreeMap<String, String>) -> Result<Policy, PolicyError> {
    let mut compiler = Compiler { files, ..Compiler::new(files)? };
    compiler.read_categories()?;
    compiler.read_kinds()?;
    compiler.read_ordinary()?;
    for (path, text) in files {
        if path.starts_with("brands/") {
            compiler.read_brand(path, text)?;
        } else if path.starts_with("lexicon/") {
            compiler.read_lexicon(path, text)?;
        }
    }
    compiler.finish()
}

struct Compiler<'f> {
    files: &'f BTreeMap<String, String>,
    categories: Vec<String>,
    kinds: Vec<Kind>,
    brands: Vec<Brand>,
    terms: Vec<Term>,
    term_ids: BTreeSet<String>,
    guards: Vec<Guard>,
    words: BTreeMap<String, Vec<Meaning>>,
    /// Names and terms, folded, that are worth undoing a disguise for.
    known: BTreeMap<String, Worth>,
    /// Words that are never taken for a misspelling of these, folded.
    ordinary: Vec<String>,
    /// Other forms of Chinese and Japanese words, which count where nobody lists them as something else.
    forms: Vec<(String, Meaning)>,
}

impl<'f> Compiler<'f> {
    fn new(files: &'f BTreeMap<String, String>) -> Result<Self, PolicyError> {
        for path in files.keys() {
            let known =
                ["scoring.toml", LEARNED, ORDINARY, "categories.toml", "kinds.toml", "currencies.toml", "gs1_prefixes.toml"]
                    .contains(&path.as_str());
            if !known && !path.starts_with("brands/") && !path.starts_with("lexicon/") {
                return Err(PolicyError::new(path, "is not a file of a policy"));
            }
        }
        Ok(Self {
            files,
            categories: Vec::new(),
            kinds: Vec::new(),
            brands: Vec::new(),
            terms: Vec::new(),
            term_ids: BTreeSet::new(),
            guards: Vec::new(),
            words: BTreeMap::new(),
            known: BTreeMap::new(),
            ordinary: Vec::new(),
            forms: Vec::new(),
        })
    }

    fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, PolicyError> {
        let text = self.files.get(path).ok_or_else(|| PolicyError::new(path, "is missing"))?;
        parse(path, text)
    }

    fn read_categories(&mut self) -> Result<(), PolicyError> {
        let path = "categories.toml";
        let file: CategoriesFile = self.read(path)?;
        if file.categories.len() > CATEGORIES_MAX {
            return Err(PolicyError::new(path, format!("has more than {CATEGORIES_MAX} categories")));
        }
        for (category, entry) in (0..).zip(file.categories) {
            if self.categories.contains(&entry.id) {
                return Err(self.at(path, &entry.id, "the category stands twice"));
            }
            self.categories.push(entry.id);
            for word in &entry.words {
                self.add(path, word, Meaning::Category { category })?;
            }
        }
        Ok(())
    }

    fn read_ordinary(&mut self) -> Result<(), PolicyError> {
        if self.files.contains_key(ORDINARY) {
            let file: OrdinaryFile = self.read(ORDINARY)?;
            self.ordinary.extend(file.words.iter().map(|word| Folded::of(word)));
        }
        Ok(())
    }

    fn read_kinds(&mut self) -> Result<(), PolicyError> {
        let path = "kinds.toml";
        let file: KindsFile = self.read(path)?;
        for entry in file.kinds {
            let kind = u8::try_from(self.kinds.len()).map_err(|_| PolicyError::new(path, "has more than 256 kinds"))?;
            if self.kinds.iter().any(|known| known.id == entry.id) {
                return Err(self.at(path, &entry.id, "the kind stands twice"));
            }
            let category = self.category(path, &entry.category)?;
            let typical = amount(entry.typical_usd).ok_or_else(|| self.at(path, &entry.id, "a price is above 0"))?;
            for word in &entry.words {
                self.add(path, word, Meaning::Kind { kind })?;
            }
            self.kinds.push(Kind { id: entry.id, category, typical });
        }
        Ok(())
    }

    /// Prices of new goods by kind, and the brand's level of prices: the median of what they are of the typical price.
    fn new_prices(
        &self,
        path: &str,
        entries: &BTreeMap<String, f64>,
    ) -> Result<(Vec<(KindId, Amount)>, Option<i64>), PolicyError> {
        let (mut prices, mut shares) = (Vec::new(), Vec::new());
        for (id, usd) in entries {
            let at = self.kinds.iter().position(|kind| kind.id == *id);
            let kind =
                at.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| self.at(path, id, format!("there is no kind '{id}'")))?;
            let price = amount(*usd).ok_or_else(|| self.at(path, id, "a price is above 0"))?;
            shares.push(price.0.saturating_mul(1000) / self.kinds[usize::from(kind)].typical.0.max(1));
            prices.push((KindId(kind), price));
        }
        shares.sort_unstable();
        let level = shares.get(shares.len() / 2).copied();
        Ok((prices, level))
    }

    fn read_brand(&mut self, path: &str, text: &str) -> Result<(), PolicyError> {
        let file: BrandFile = parse(path, text)?;
        let id = path.strip_prefix("brands/").and_then(|name| name.strip_suffix(".toml")).unwrap_or(path);
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            return Err(PolicyError::new(path, "a brand's file is named in small ASCII letters, digits and hyphens"));
        }
        let brand = index(self.brands.len(), path)?;
        for (words, how) in [
            (&file.aliases, How::Alias),
            (&file.nicknames, How::Nickname),
            (&file.misspellings, How::Misspelling),
            (&file.models, How::Model),
            (&file.short, How::Short),
        ] {
            for word in words {
                self.add_variants(path, word, Meaning::Brand { brand, how })?;
                match how {
                    How::Model => {}
                    How::Alias | How::Short => self.know(word, Worth::Spellings),
                    How::Misspelling => self.know(word, Worth::Whole),
                    _ => self.know(word, Worth::Letters),
                }
            }
        }
        self.add_variants(path, &file.name, Meaning::Brand { brand, how: How::Name })?;
        for phrase in &file.traps {
            self.add(path, phrase, Meaning::Trap { brand })?;
            self.ordinary.push(Folded::of(phrase));
        }
        let (mut floors, mut floor) = (Vec::new(), None);
        for (category, usd) in &file.floor_usd {
            let amount = amount(*usd).ok_or_else(|| self.at(path, category, "a floor is a price above 0"))?;
            if category == "any" {
                floor = Some(amount);
            } else {
                floors.push((self.category(path, category)?, amount));
            }
        }
        let new_floor =
            file.new_floor_usd.map(|usd| amount(usd).ok_or_else(|| self.at(path, "new_floor_usd", "a floor is a price above 0")));
        let categories = self.category_set(path, &file.categories)?;
        if file.aliases.is_empty() || categories.is_empty() {
            return Err(PolicyError::new(path, "a brand needs an alias and a category"));
        }
        let (new_prices, price_level) = self.new_prices(path, &file.new_usd)?;
        let makes = |kind: &str| file.categories.iter().any(|category| category == kind);
        self.brands.push(Brand {
            makes_devices: makes("electronics") && !makes("clothing") && !makes("shoes"),
            id: id.to_owned(),
            name: file.name,
            house: file.house,
            categories,
            floors,
            floor,
            new_floor: new_floor.transpose()?,
            new_prices,
            price_level,
            copied: file.copied,
            examples: file.examples,
        });
        Ok(())
    }

    fn read_lexicon(&mut self, path: &str, text: &str) -> Result<(), PolicyError> {
        let file: LexiconFile = parse(path, text)?;
        if path != format!("lexicon/{}.toml", file.language) {
            return Err(self.at(path, "language", "the language is not that of the file's name"));
        }
        for entry in file.terms {
            self.read_term(path, entry)?;
        }
        for entry in file.guards {
            self.read_guards(path, &entry)?;
        }
        Ok(())
    }

    fn read_term(&mut self, path: &str, entry: TermEntry) -> Result<(), PolicyError> {
        let signal = signals::position(&entry.signal).filter(|at| signals::ALL[*at].reads_terms());
        let signal = signal.ok_or_else(|| self.at(path, &entry.id, format!("no signal '{}' takes terms", entry.signal)))?;
        if !(1..=3).contains(&entry.strength) {
            return Err(self.at(path, &entry.id, "strength is 1, 2 or 3"));
        }
        if !self.term_ids.insert(entry.id.clone()) {
            return Err(self.at(path, &entry.id, format!("the id '{}' stands twice", entry.id)));
        }
        let term = index(self.terms.len(), path)?;
        for word in &entry.words {
            self.add_variants(path, word, Meaning::Term { term })?;
            let is_one_word = !Folded::of(word).contains(' ');
            let names_copy = signals::ALL[signal].is_worth_hiding() && entry.strength >= 2 && is_one_word;
            self.know(word, if names_copy { Worth::Spellings } else { Worth::Letters });
        }
        for phrase in &entry.unless {
            self.add(path, phrase, Meaning::Benign { term })?;
        }
        self.terms.push(Term {
            signal,
            strength: entry.strength,
            only_in: self.category_set(path, &entry.only_in)?,
            not_in: self.category_set(path, &entry.not_in)?,
            meaning: entry.meaning,
            id: entry.id,
        });
        Ok(())
    }

    fn read_guards(&mut self, path: &str, entry: &GuardEntry) -> Result<(), PolicyError> {
        for is_phrase in [false, true] {
            let words: Vec<_> =
                entry.words.iter().filter(|word| (word.contains(' ') || word.chars().any(never_breaks)) == is_phrase).collect();
            if words.is_empty() {
                continue;
            }
            let guard = index(self.guards.len(), path)?;
            self.guards.push(Guard { kind: entry.kind, side: entry.side, within: entry.within.into(), is_phrase });
            for word in words {
                self.add(path, word, Meaning::Guard { guard })?;
            }
        }
        Ok(())
    }

    /// A name of several words is also written with hyphens or as one word. The reverse is not assumed: Off-White is a brand,
    /// off white a colour.
    fn add_variants(&mut self, path: &str, word: &str, meaning: Meaning) -> Result<(), PolicyError> {
        self.add(path, word, meaning)?;
        let word = word.trim();
        if !matches!(meaning, Meaning::Brand { how: How::Name | How::Model, .. }) {
            // What the policy lists itself means what it says.
            self.forms.extend(other_forms(&Folded::of(word)).into_iter().map(|form| (form, meaning)));
        }
        if word.is_ascii() && word.contains(' ') {
            self.add(path, &word.replace(' ', "-"), meaning)?;
        }
        let joined = word.replace([' ', '-'], "");
        if word.is_ascii() && joined.len() >= JOINED_BYTES_MIN {
            self.add(path, &joined, meaning)?;
        }
        Ok(())
    }

    fn add(&mut self, path: &str, word: &str, meaning: Meaning) -> Result<(), PolicyError> {
        let folded = Folded::of(word);
        let folded = folded.trim();
        if folded.is_empty() {
            return Err(self.at(path, word, format!("'{word}' is empty once folded")));
        }
        let meanings = self.words.entry(folded.to_owned()).or_default();
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
        Ok(())
    }

    fn know(&mut self, word: &str, worth: Worth) {
        let known = self.known.entry(Folded::of(word)).or_insert(worth);
        *known = worth.max(*known);
    }

    fn category(&self, path: &str, id: &str) -> Result<CategoryId, PolicyError> {
        let at = self.categories.iter().position(|known| known == id);
        let at = at.and_then(|at| u8::try_from(at).ok());
        at.map(CategoryId).ok_or_else(|| self.at(path, id, format!("there is no category '{id}'")))
    }

    fn category_set(&self, path: &str, ids: &[String]) -> Result<Categories, PolicyError> {
        let mut set = Categories::default();
        for id in ids {
            set.insert(self.category(path, id)?);
        }
        Ok(set)
    }

    fn at(&self, path: &str, value: &str, reason: impl Into<String>) -> PolicyError {
        PolicyError::at_value(path, self.files.get(path).map_or("", String::as_str), value, reason)
    }

    fn add_forms(&mut self) {
        let listed: BTreeSet<String> = self.words.keys().cloned().collect();
        for (form, meaning) in std::mem::take(&mut self.forms) {
            if !listed.contains(&form) && !self.ordinary.contains(&form) {
                let meanings = self.words.entry(form).or_default();
                if !meanings.contains(&meaning) {
                    meanings.push(meaning);
                }
            }
        }
    }

    fn finish(mut self) -> Result<Policy, PolicyError> {
        self.add_forms();
        let path = "scoring.toml";
        let scoring: ScoringFile = self.read(path)?;
        let thresholds = self.thresholds(path, &scoring)?;
        let mut weights = self.weights(path, &scoring.weights)?;
        let (mut path, mut arithmetic) = (path, (scoring.base, scoring.calibration));
        if self.files.contains_key(LEARNED) {
            let learned: LearnedFile = self.read(LEARNED)?;
            for (at, levels) in self.weights(LEARNED, &learned.weights)?.into_iter().enumerate() {
                weights[at] = levels.or(weights[at].take());
            }
            (path, arithmetic) = (LEARNED, (learned.base, learned.calibration));
        }
        let calibration = Calibration::new(&arithmetic.1).ok_or_else(|| {
            self.at(path, "calibration", "calibration needs two or more pairs, rising, with risks from 0 to 100")
        })?;
        if let Some(at) = weights.iter().position(Option::is_none) {
            return Err(self.at("scoring.toml", "[weights]", format!("the signal '{}' has no weight", signals::ALL[at].name)));
        }
        let base = milli(arithmetic.0).ok_or_else(|| self.at(path, "base", "base is out of range"))?;
        let matcher = Matcher::new(&self.words)
            .ok_or_else(|| PolicyError::new("brands", "there are no words, or too many to search for"))?;
        Ok(Policy {
            id: id(self.files),
            base,
            thresholds,
            calibration,
            weights: weights.into_iter().flatten().collect(),
            per_usd: self.rates()?,
            prefixes: self.prefixes()?,
            brands: self.brands,
            categories: self.categories,
            kinds: self.kinds,
            terms: self.terms,
            guards: self.guards,
            known: KnownWords::of(self.known.iter().map(|(word, worth)| (word.as_str(), *worth)), &self.ordinary),
            matcher,
        })
    }

    fn thresholds(&self, path: &str, scoring: &ScoringFile) -> Result<Thresholds, PolicyError> {
        let risk =
            |value: f64| milli(value / 100.0).and_then(|risk| u16::try_from(risk.0).ok()).filter(|risk| *risk <= 1000).map(Risk);
        match (risk(scoring.thresholds.review), risk(scoring.thresholds.red_flag)) {
            (Some(review), Some(red_flag)) if Risk(0) < review && review < red_flag => Ok(Thresholds { review, red_flag }),
            _ => Err(self.at(path, "thresholds", "thresholds are risks above 0 and up to 100, review below red_flag")),
        }
    }

    /// By position in the registry of signals: a weight for each level, none where the file says nothing.
    fn weights(&self, path: &str, entries: &BTreeMap<String, WeightEntry>) -> Result<Vec<Option<Vec<Milli>>>, PolicyError> {
        let mut weights = vec![None; signals::ALL.len()];
        for (name, entry) in entries {
            let at = signals::position(name).ok_or_else(|| self.at(path, name, format!("there is no signal '{name}'")))?;
            let given = match entry {
                WeightEntry::One(weight) => std::slice::from_ref(weight),
                WeightEntry::Levels(weights) => weights.as_slice(),
            };
            let levels = signals::ALL[at].levels;
            if given.len() != usize::from(levels) {
                return Err(self.at(path, name, format!("'{name}' has {levels} levels and needs as many weights")));
            }
            // A higher level is more of the same, so it never weighs less.
            if !given.is_sorted_by(|lower, higher| lower.abs() <= higher.abs() && lower * higher >= 0.0) {
                return Err(self.at(path, name, format!("the weights of '{name}' grow with its levels, all on one side of 0")));
            }
            let level = |weight: &f64| {
                milli(*weight).ok_or_else(|| self.at(path, name, format!("the weight of '{name}' is out of range")))
            };
            weights[at] = Some(given.iter().map(level).collect::<Result<_, _>>()?);
        }
        Ok(weights)
    }

    fn rates(&self) -> Result<BTreeMap<Currency, i64>, PolicyError> {
        let path = "currencies.toml";
        let file: CurrenciesFile = self.read(path)?;
        let mut rates = BTreeMap::new();
        for (code, rate) in &file.per_usd {
            let currency = Currency::parse(code).map_err(|_| self.at(path, code, format!("'{code}' is not a currency code")))?;
            let micros = millionths(rate).filter(|rate| *rate > 0);
            rates.insert(
                currency,
                micros.ok_or_else(|| self.at(path, code, format!("the rate of {code} is not a positive decimal")))?,
            );
        }
        Ok(rates)
    }

    fn prefixes(&self) -> Result<Vec<Prefix>, PolicyError> {
        let path = "gs1_prefixes.toml";
        let file: PrefixesFile = self.read(path)?;
        for entry in &file.prefixes {
            if entry.from > entry.to || entry.to > 999 {
                return Err(self.at(path, &entry.purpose, "a range of prefixes runs upwards from 0 to 999"));
            }
        }
        Ok(file.prefixes.into_iter().map(|entry| Prefix { from: entry.from, to: entry.to, purpose: entry.purpose }).collect())
    }
}

fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, PolicyError> {
    toml::from_str(text).map_err(|error| PolicyError::from_toml(path, text, &error))
}

fn index(at: usize, path: &str) -> Result<u16, PolicyError> {
    u16::try_from(at).map_err(|_| PolicyError::new(path, "the policy has more than 65,536 entries of this kind"))
}

/// Log odds from a decimal; rounding a decimal of three places is exact.
#[allow(clippy::cast_possible_truncation)] // the range is checked
fn milli(value: f64) -> Option<Milli> {
    (value.abs() <= WEIGHT_MAX).then(|| Milli((value * 1000.0).round() as i32))
}

#[allow(clippy::cast_possible_truncation)] // the range is checked
fn amount(usd: f64) -> Option<Amount> {
    (usd > 0.0 && usd < 1e9).then(|| Amount((usd * 10_000.0).round() as i64))
}

/// A decimal in millionths; digits beyond the sixth are cut.
fn millionths(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = decimals.chars().chain(std::iter::repeat('0')).take(6).collect();
    let number = format!("{whole}{digits}");
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok()).flatten()
}

fn id(files: &BTreeMap<String, String>) -> String {
    let mut hasher = Sha256::new();
    for text in files.iter().flat_map(|(path, text)| [path, text]) {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let digest = hasher.finalize();
    format!("p-{:02x}{:02x}{:02x}{:02x}", digest[0], digest[1], digest[2], digest[3])
}
