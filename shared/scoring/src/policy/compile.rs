//! How do the files of a policy become something that can be searched with? Checks everything, so that scoring never fails.

mod brand;

use super::arithmetic::{self, LEARNED, amount};
use super::error::line_of;
use super::matcher::{How, Matcher, Meaning};
use super::problems::Problems;
use super::schema::{CategoriesFile, GuardEntry, KindsFile, LexiconFile, OrdinaryFile, TermEntry, Word};
use super::{Brand, Categories, CategoryId, Example, Guard, Kind, Policy, PolicyError, PricedModel, Term};
use crate::signals;
use crate::text::{Folded, KnownWords, Worth, never_breaks, other_forms};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// Shortest name of several words that is also searched for written as one word (`#louisvuitton`), in bytes.
const JOINED_BYTES_MIN: usize = 8;
const CATEGORIES_MAX: usize = 32;
const CATEGORIES: &str = "categories.toml";
const KINDS: &str = "kinds.toml";
/// Words that resemble a name and mean themselves; a policy may know none.
const ORDINARY: &str = "ordinary_words.toml";

/// What came of the files.
pub(super) struct Compiled {
    /// None when there are problems.
    pub(super) policy: Option<Policy>,
    pub(super) problems: Vec<PolicyError>,
    pub(super) words: Words,
}

/// Every name and word as its author wrote it, and what the entries behind the numbers of a [`Meaning`] are called.
#[derive(Default)]
pub(super) struct Words {
    pub(super) written: Vec<Written>,
    /// What is searched for.
    pub(super) patterns: BTreeMap<String, Vec<Meaning>>,
    pub(super) brands: Vec<String>,
    pub(super) terms: Vec<TermHead>,
    pub(super) kinds: Vec<(String, CategoryId)>,
    pub(super) categories: Vec<String>,
}

/// What a word says that stands in a file.
pub(super) struct Written {
    pub(super) file: String,
    /// First byte in the file.
    pub(super) offset: usize,
    pub(super) text: String,
    /// As it is searched for: the word itself, or another way to write it that follows from it.
    pub(super) folded: String,
    /// That other way.
    pub(super) is_variant: bool,
    pub(super) meaning: Meaning,
}

/// What is to be known of a term to judge its words.
pub(super) struct TermHead {
    pub(super) id: String,
    pub(super) signal: String,
}

pub(super) fn compile(files: &BTreeMap<String, String>) -> Compiled {
    let mut compiler = Compiler {
        files,
        problems: Problems::of(files),
        words: Words::default(),
        kinds: Vec::new(),
        models: Vec::new(),
        brands: Vec::new(),
        terms: Vec::new(),
        guards: Vec::new(),
        examples: Vec::new(),
        known: BTreeMap::new(),
        ordinary: Vec::new(),
        forms: Vec::new(),
    };
    compiler.check_names();
    compiler.read_categories();
    compiler.read_kinds();
    compiler.read_ordinary();
    for path in files.keys() {
        if path.starts_with("brands/") {
            compiler.read_brand(path);
        } else if path.starts_with("lexicon/") {
            compiler.read_lexicon(path);
        }
    }
    compiler.finish()
}

struct Compiler<'f> {
    files: &'f BTreeMap<String, String>,
    problems: Problems<'f>,
    words: Words,
    kinds: Vec<Kind>,
    models: Vec<PricedModel>,
    brands: Vec<Brand>,
    terms: Vec<Term>,
    guards: Vec<Guard>,
    examples: Vec<Example>,
    /// Names and terms, folded, that are worth undoing a disguise for.
    known: BTreeMap<String, Worth>,
    /// Words that are never taken for a misspelling of these, folded.
    ordinary: Vec<String>,
    /// Other forms of Chinese and Japanese words, which count where nobody lists them as something else.
    forms: Vec<(String, Word, String, Meaning)>,
}

impl Compiler<'_> {
    fn check_names(&mut self) {
        let known = ["scoring.toml", LEARNED, ORDINARY, CATEGORIES, KINDS, "currencies.toml", "gs1_prefixes.toml"];
        for path in self.files.keys() {
            if !known.contains(&path.as_str()) && !path.starts_with("brands/") && !path.starts_with("lexicon/") {
                self.problems.file(path, "is not a file of a policy");
            }
        }
    }

    fn read_categories(&mut self) {
        let Some(file) = self.problems.read::<CategoriesFile>(CATEGORIES) else { return };
        if file.categories.is_empty() || file.categories.len() > CATEGORIES_MAX {
            self.problems.file(CATEGORIES, format!("has between 1 and {CATEGORIES_MAX} categories"));
            return;
        }
        for (category, entry) in (0..).zip(file.categories) {
            if self.words.categories.contains(entry.id.get_ref()) {
                self.problems.at(CATEGORIES, &entry.id, "the category stands twice");
            }
            self.words.categories.push(entry.id.into_inner());
            for word in &entry.words {
                self.add(CATEGORIES, word, Meaning::Category { category });
            }
        }
    }

    fn read_ordinary(&mut self) {
        if self.files.contains_key(ORDINARY)
            && let Some(file) = self.problems.read::<OrdinaryFile>(ORDINARY)
        {
            self.ordinary.extend(file.words.iter().map(|word| Folded::of(word)));
        }
    }

    fn read_kinds(&mut self) {
        let Some(file) = self.problems.read::<KindsFile>(KINDS) else { return };
        for phrase in &file.not_goods {
            self.add(KINDS, phrase, Meaning::NotGoods);
        }
        for entry in file.kinds {
            let Ok(kind) = u8::try_from(self.kinds.len()) else {
                return self.problems.at(KINDS, &entry.id, "there are more than 256 kinds");
            };
            if self.kinds.iter().any(|known| known.id == *entry.id.get_ref()) {
                self.problems.at(KINDS, &entry.id, "the kind stands twice");
            }
            let category = self.category(KINDS, &entry.category);
            let mut price = |usd: &Spanned<f64>| {
                let price = amount(*usd.get_ref());
                if price.is_none() {
                    self.problems.at(KINDS, usd, "a price is above 0");
                }
                price.unwrap_or_default()
            };
            let (typical, copy) = (price(&entry.typical_usd), price(&entry.copy_usd));
            for word in &entry.words {
                self.add(KINDS, word, Meaning::Kind { kind });
            }
            let id = entry.id.into_inner();
            self.words.kinds.push((id.clone(), category));
            self.kinds.push(Kind { id, category, typical, copy, copied: entry.copied });
        }
    }

    fn read_examples(&mut self, path: &str, examples: Vec<Spanned<Example>>) {
        for example in examples {
            if example.get_ref().title.trim().is_empty() {
                self.problems.at(path, &example, "an example needs a title");
            }
            let line = line_of(&self.files[path], example.span().start);
            self.examples.push(Example { file: path.to_owned(), line, ..example.into_inner() });
        }
    }

    fn read_lexicon(&mut self, path: &str) {
        let Some(file) = self.problems.read::<LexiconFile>(path) else { return };
        // `en.toml`, or `en-offer.toml` for a topic that fills a file of its own.
        let name = path.strip_prefix("lexicon/").and_then(|name| name.strip_suffix(".toml")).unwrap_or(path);
        if name.split('-').next() != Some(file.language.get_ref().as_str()) {
            self.problems.at(path, &file.language, "the language is not that of the file's name");
        }
        for entry in file.terms {
            self.read_term(path, entry);
        }
        for entry in file.guards {
            self.read_guards(path, &entry);
        }
    }

    fn read_term(&mut self, path: &str, entry: TermEntry) {
        let signal = signals::position(entry.signal.get_ref()).filter(|at| signals::ALL[*at].reads_terms());
        if signal.is_none() {
            self.problems.at(path, &entry.signal, format!("no signal '{}' takes terms", entry.signal.get_ref()));
        }
        let strength = *entry.strength.get_ref();
        if !(1..=3).contains(&strength) {
            self.problems.at(path, &entry.strength, "strength is 1, 2 or 3");
        }
        if self.words.terms.iter().any(|term| term.id == *entry.id.get_ref()) {
            self.problems.at(path, &entry.id, format!("the id '{}' stands twice", entry.id.get_ref()));
        }
        let Some(term) = self.index(self.terms.len(), path) else { return };
        for word in &entry.words {
            self.add_variants(path, word, Meaning::Term { term });
            // Nobody disguises a warranty; undoing what is no disguise only costs time.
            if signal.is_some_and(|at| signals::ALL[at].is_worth_hiding() || signals::ALL[at].is_wording()) {
                let is_one_word = !Folded::of(word.get_ref()).contains(' ');
                let is_worth_hiding = signal.is_some_and(|at| signals::ALL[at].is_worth_hiding());
                let names_copy = is_worth_hiding && strength >= 2 && is_one_word;
                self.know(word, if names_copy { Worth::Spellings } else { Worth::Letters });
            }
        }
        for phrase in &entry.unless {
            self.add(path, phrase, Meaning::Benign { term });
        }
        let only_in = self.category_set(path, &entry.only_in);
        let not_in = self.category_set(path, &entry.not_in);
        self.read_examples(path, entry.examples);
        let id = entry.id.into_inner();
        self.words.terms.push(TermHead { id: id.clone(), signal: entry.signal.into_inner() });
        self.terms.push(Term { id, signal: signal.unwrap_or_default(), strength, meaning: entry.meaning, only_in, not_in });
    }

    fn read_guards(&mut self, path: &str, entry: &GuardEntry) {
        for is_phrase in [false, true] {
            let reads_as_phrase = |word: &str| word.contains(' ') || word.chars().any(never_breaks);
            let words: Vec<_> = entry.words.iter().filter(|word| reads_as_phrase(word.get_ref()) == is_phrase).collect();
            if words.is_empty() {
                continue;
            }
            let Some(guard) = self.index(self.guards.len(), path) else { return };
            self.guards.push(Guard { kind: entry.kind, side: entry.side, within: entry.within.into(), is_phrase });
            for word in words {
                self.add(path, word, Meaning::Guard { guard });
            }
            for phrase in &entry.unless {
                self.add(path, phrase, Meaning::NoGuard { guard });
            }
        }
    }

    /// A name of several words is also written with hyphens or as one word. The reverse is not assumed: Off-White is a brand,
    /// off white a colour.
    fn add_variants(&mut self, path: &str, word: &Word, meaning: Meaning) {
        self.add(path, word, meaning);
        let text = word.get_ref().trim();
        if !matches!(meaning, Meaning::Brand { how: How::Name | How::Model, .. } | Meaning::Priced { .. }) {
            let forms = other_forms(&Folded::of(text)).into_iter();
            self.forms.extend(forms.map(|form| (path.to_owned(), word.clone(), form, meaning)));
        }
        if text.is_ascii() && text.contains(' ') {
            self.add_as(path, word, &text.replace(' ', "-"), meaning);
        }
        let joined = text.replace([' ', '-'], "");
        if text.is_ascii() && joined.len() >= JOINED_BYTES_MIN {
            self.add_as(path, word, &joined, meaning);
        }
    }

    fn add(&mut self, path: &str, word: &Word, meaning: Meaning) {
        self.add_as(path, word, word.get_ref(), meaning);
    }

    /// Adds a word that is searched for in a form of its own.
    fn add_as(&mut self, path: &str, word: &Word, form: &str, meaning: Meaning) {
        let folded = Folded::of(form).trim().to_owned();
        if folded.is_empty() {
            return self.problems.at(path, word, format!("'{form}' is empty once folded"));
        }
        let meanings = self.words.patterns.entry(folded.clone()).or_default();
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
        let (file, offset, text) = (path.to_owned(), word.span().start, word.get_ref().clone());
        self.words.written.push(Written { file, offset, is_variant: form.trim() != text.trim(), text, folded, meaning });
    }

    /// What the policy lists itself means what it says; only other forms that nobody lists are added.
    fn add_forms(&mut self) {
        let listed: BTreeSet<String> = self.words.patterns.keys().cloned().collect();
        for (path, word, form, meaning) in std::mem::take(&mut self.forms) {
            if !listed.contains(&form) && !self.ordinary.contains(&form) {
                self.add_as(&path, &word, &form, meaning);
            }
        }
    }

    fn know(&mut self, word: &Word, worth: Worth) {
        let known = self.known.entry(Folded::of(word.get_ref())).or_insert(worth);
        *known = worth.max(*known);
    }

    fn index(&mut self, at: usize, path: &str) -> Option<u16> {
        let index = u16::try_from(at);
        if index.is_err() {
            self.problems.file(path, "the policy has more than 65,536 entries of this kind");
        }
        index.ok()
    }

    /// Without any category, the file of categories is what is wrong, and the others are not to blame.
    fn known_category(&self, id: &str) -> Option<CategoryId> {
        if self.words.categories.is_empty() {
            return Some(CategoryId(0));
        }
        let at = self.words.categories.iter().position(|known| known == id);
        at.and_then(|at| u8::try_from(at).ok()).map(CategoryId)
    }

    /// The category of an id; the first one when there is no such category, which is a problem.
    fn category(&mut self, path: &str, id: &Word) -> CategoryId {
        self.known_category(id.get_ref()).unwrap_or_else(|| {
            self.problems.at(path, id, no_category(id.get_ref()));
            CategoryId(0)
        })
    }

    fn category_set(&mut self, path: &str, ids: &[Word]) -> Categories {
        let mut set = Categories::default();
        for id in ids {
            set.insert(self.category(path, id));
        }
        set
    }

    fn finish(mut self) -> Compiled {
        self.add_forms();
        let arithmetic = arithmetic::read(self.files.contains_key(LEARNED), &mut self.problems);
        let (per_usd, prefixes) = (arithmetic::rates(&mut self.problems), arithmetic::prefixes(&mut self.problems));
        let matcher = Matcher::new(&self.words.patterns);
        if matcher.is_none() && self.problems.found.is_empty() {
            self.problems.file("brands", "there are no words, or too many to search for");
        }
        let policy = arithmetic.zip(matcher).filter(|_| self.problems.found.is_empty()).map(|(arithmetic, matcher)| Policy {
            id: id(self.files),
            base: arithmetic.base,
            thresholds: arithmetic.thresholds,
            calibration: arithmetic.calibration,
            weights: arithmetic.weights,
            per_usd,
            prefixes,
            brands: self.brands,
            categories: self.words.categories.clone(),
            kinds: self.kinds,
            models: self.models,
            terms: self.terms,
            guards: self.guards,
            examples: self.examples,
            known: KnownWords::of(self.known.iter().map(|(word, worth)| (word.as_str(), *worth)), &self.ordinary),
            matcher,
        });
        Compiled { policy, problems: self.problems.found, words: self.words }
    }
}

fn no_category(id: &str) -> String {
    format!("there is no category '{id}'")
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
