//! Which words of a policy will be found where they mean something else?
//!
//! Whatever is asked here is asked of the matcher itself: every ordinary word and every phrase of the policy is searched as a
//! listing would be, and what is found in it and should not be is a collision.

use super::compile::{Words, Written};
use super::error::line_of;
use super::matcher::{Hit, How, Matcher, Meaning, View};
use super::ordinary::{OrdinaryWords, Rank};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A word that will be found where it means something else. A person decides whether that is so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Collision {
    /// Path within the policy folder.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// What sort of collision it is.
    pub sort: CollisionSort,
    /// The word as its author wrote it.
    pub word: String,
    /// What is wrong with it, for the author of the file.
    pub reason: String,
}

/// A sort of [`Collision`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CollisionSort {
    /// Two brands, terms, kinds or categories have the same word.
    TwoOwners,
    /// A name or term is a word that honest sellers use every day.
    OrdinaryWord,
    /// A name or term is found inside a longer word that honest sellers use every day.
    InsideOrdinaryWord,
    /// A name or term is also what goods are called.
    NameOfGoods,
    /// A term is found inside a name of a brand, so that every listing of the brand uses it.
    InsideName,
    /// A term is found inside a phrase of a term of another signal, so that both count.
    InsidePhrase,
    /// A phrase is harmless for one term and counts for another of the same signal.
    HarmlessElsewhere,
}

impl CollisionSort {
    /// Stable machine name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TwoOwners => "two_owners",
            Self::OrdinaryWord => "ordinary_word",
            Self::InsideOrdinaryWord => "inside_ordinary_word",
            Self::NameOfGoods => "name_of_goods",
            Self::InsideName => "inside_name",
            Self::InsidePhrase => "inside_phrase",
            Self::HarmlessElsewhere => "harmless_elsewhere",
        }
    }
}

impl fmt::Display for Collision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Ordinary words named in one collision; the most frequent ones make the point.
const NAMED_MAX: usize = 3;

/// Every collision, by file and line.
pub(super) fn find(files: &BTreeMap<String, String>, words: &Words, ordinary: &OrdinaryWords) -> Vec<Collision> {
    let Some(matcher) = Matcher::new(&words.patterns) else { return Vec::new() };
    let mut by_form: BTreeMap<(&str, Meaning), &Written> = BTreeMap::new();
    for written in &words.written {
        by_form.entry((&written.folded, written.meaning)).or_insert(written);
    }
    let mut search = Search { files, words, matcher, by_form, found: BTreeSet::new() };
    search.owners();
    search.ordinary(ordinary);
    search.phrases();
    search.found.into_iter().collect()
}

struct Search<'w> {
    files: &'w BTreeMap<String, String>,
    words: &'w Words,
    matcher: Matcher,
    by_form: BTreeMap<(&'w str, Meaning), &'w Written>,
    found: BTreeSet<Collision>,
}

impl<'w> Search<'w> {
    /// Words that several entries have.
    fn owners(&mut self) {
        for (form, meanings) in &self.words.patterns {
            for (at, &meaning) in meanings.iter().enumerate() {
                let (Some(written), before) = (self.written(form, meaning), &meanings[..at]) else { continue };
                if let Some(&other) = before.iter().find(|other| self.is_other_owner(meaning, **other)) {
                    self.report(CollisionSort::TwoOwners, written, &format!("is also {}", self.owner(form, other)));
                }
                let goods = |other: &&Meaning| matches!(other, Meaning::Kind { .. } | Meaning::Category { .. });
                if let Some(&other) = meanings.iter().find(goods).filter(|_| counts_anywhere(meaning)) {
                    self.report(CollisionSort::NameOfGoods, written, &format!("is also {}", self.owner(form, other)));
                }
            }
        }
    }

    /// Whether a word cannot mean both.
    fn is_other_owner(&self, one: Meaning, other: Meaning) -> bool {
        match (one, other) {
            (Meaning::Brand { brand, how }, Meaning::Brand { brand: another, how: other_how }) => {
                brand != another && how != How::Name && other_how != How::Name
            }
            (Meaning::Term { term }, Meaning::Term { term: another }) => term != another,
            (Meaning::Kind { kind }, Meaning::Kind { kind: another }) => kind != another,
            (Meaning::Category { category }, Meaning::Category { category: another }) => category != another,
            (Meaning::Kind { kind }, Meaning::Category { category })
            | (Meaning::Category { category }, Meaning::Kind { kind }) => {
                self.words.kinds.get(usize::from(kind)).is_some_and(|(_, of_kind)| of_kind.0 != category)
            }
            _ => false,
        }
    }

    /// Words that are ordinary ones, or are found inside them.
    fn ordinary(&mut self, ordinary: &OrdinaryWords) {
        let mut hits = Vec::new();
        let mut inside: BTreeMap<(&str, Meaning), Vec<(&str, &Rank)>> = BTreeMap::new();
        for (word, ranks) in ordinary.iter() {
            hits.clear();
            self.matcher.find(word, View::Plain, &mut hits);
            for hit in hits.iter().filter(|hit| names_something(hit.meaning) && !is_excepted(hit, &hits)) {
                let form = &word[hit.span.range()];
                let Some(written) = self.written(form, hit.meaning) else { continue };
                if form.len() == word.len() {
                    if counts_anywhere(hit.meaning) {
                        let list: Vec<_> = ranks.iter().map(|rank| format!("{} {}", rank.language, rank.rank)).collect();
                        let reason = format!("is an ordinary word (place in the list: {})", list.join(", "));
                        self.report(CollisionSort::OrdinaryWord, written, &reason);
                    }
                } else if let Some(rank) = ranks.first() {
                    inside.entry((form, hit.meaning)).or_default().push((word, rank));
                }
            }
        }
        for ((form, meaning), mut longer) in inside {
            longer.sort_by_key(|(_, rank)| rank.rank);
            let named: Vec<_> = longer.iter().take(NAMED_MAX).map(|(word, rank)| format!("{word} ({})", rank.language)).collect();
            if let Some(written) = self.written(form, meaning) {
                self.report(CollisionSort::InsideOrdinaryWord, written, &format!("is found inside {}", named.join(", ")));
            }
        }
    }

    /// Terms that are found inside names, and phrases about which two terms disagree.
    fn phrases(&mut self) {
        let mut hits = Vec::new();
        for written in self.words.written.iter().filter(|written| !written.is_variant) {
            hits.clear();
            self.matcher.find(&written.folded, View::Plain, &mut hits);
            for hit in hits.iter().filter(|hit| matches!(hit.meaning, Meaning::Term { .. }) && !is_excepted(hit, &hits)) {
                let whole = hit.span.range() == (0..written.folded.len());
                let Some(term) = self.written(&written.folded[hit.span.range()], hit.meaning) else { continue };
                match written.meaning {
                    Meaning::Brand { how, .. } if how != How::Misspelling && how != How::Nickname => {
                        let reason = format!("holds '{}', {}", term.text, self.owner(&term.folded, hit.meaning));
                        self.report(CollisionSort::InsideName, written, &reason);
                    }
                    Meaning::Term { term: outer } if !whole && self.has_signal_of(hit.meaning, outer) == Some(false) => {
                        let reason = format!("holds '{}', {}: both count", term.text, self.owner(&term.folded, hit.meaning));
                        self.report(CollisionSort::InsidePhrase, written, &reason);
                    }
                    Meaning::Benign { term: harmless } if whole && self.has_signal_of(hit.meaning, harmless) == Some(true) => {
                        let reason = format!("counts as {}", self.owner(&term.folded, hit.meaning));
                        self.report(CollisionSort::HarmlessElsewhere, written, &reason);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether a term has the same signal as another one; none for the term itself and for what is no term.
    fn has_signal_of(&self, meaning: Meaning, other: u16) -> Option<bool> {
        let signal = |term: u16| self.words.terms.get(usize::from(term)).map(|term| &term.signal);
        let Meaning::Term { term } = meaning else { return None };
        (term != other).then(|| signal(term) == signal(other))
    }

    fn written(&self, form: &str, meaning: Meaning) -> Option<&'w Written> {
        self.by_form.get(&(form, meaning)).copied()
    }

    /// What a word belongs to, with its place where that is another file.
    fn owner(&self, form: &str, meaning: Meaning) -> String {
        let place = self.written(form, meaning).map(|written| format!(" ({}:{})", written.file, self.line(written)));
        format!("{}{}", self.entry(meaning), place.unwrap_or_default())
    }

    fn entry(&self, meaning: Meaning) -> String {
        let named = |what: &str, name: Option<&str>| format!("{what} {}", name.unwrap_or_default());
        let brand = |brand: u16| self.words.brands.get(usize::from(brand)).map(String::as_str);
        let term = |term: u16| self.words.terms.get(usize::from(term)).map(|term| term.id.as_str());
        match meaning {
            Meaning::Brand { brand: at, how } => named(how_named(how), brand(at)),
            Meaning::Trap { brand: at } => named("a trap of", brand(at)),
            Meaning::Term { term: at } => named("a word of", term(at)),
            Meaning::Benign { term: at } => named("an exception of", term(at)),
            Meaning::Guard { .. } => "a word of a guard".to_owned(),
            Meaning::NoGuard { .. } => "a phrase that is no guard".to_owned(),
            Meaning::Priced { .. } => "a model with a price".to_owned(),
            Meaning::Category { category } => {
                named("a word of the category", self.words.categories.get(usize::from(category)).map(String::as_str))
            }
            Meaning::Kind { kind } => {
                named("a word of the kind", self.words.kinds.get(usize::from(kind)).map(|(kind, _)| kind.as_str()))
            }
        }
    }

    fn line(&self, written: &Written) -> usize {
        line_of(self.files.get(&written.file).map_or("", String::as_str), written.offset)
    }

    fn report(&mut self, sort: CollisionSort, written: &Written, what: &str) {
        let form = if written.is_variant { format!(" (as '{}')", written.folded) } else { String::new() };
        let reason = format!("'{}'{form}, {}, {what}", written.text, self.entry(written.meaning));
        let (file, line, word) = (written.file.clone(), self.line(written), written.text.clone());
        self.found.insert(Collision { file, line, sort, word, reason });
    }
}

/// Whether a phrase of the policy says that this place does not count.
fn is_excepted(hit: &Hit, hits: &[Hit]) -> bool {
    hits.iter().any(|other| {
        let disarms = match (hit.meaning, other.meaning) {
            (Meaning::Term { term }, Meaning::Benign { term: of }) => term == of,
            (Meaning::Brand { brand, .. }, Meaning::Trap { brand: of }) => brand == of,
            _ => false,
        };
        disarms && other.span.contains(hit.span)
    })
}

/// Whether a word says what goods are, of which brand, or what they are worth.
fn names_something(meaning: Meaning) -> bool {
    let of_goods = matches!(meaning, Meaning::Kind { .. } | Meaning::Category { .. });
    of_goods || counts_anywhere(meaning) || matches!(meaning, Meaning::Brand { how: How::Short, .. })
}

/// Whether a word speaks wherever it stands, so that it must not be found by accident.
fn counts_anywhere(meaning: Meaning) -> bool {
    match meaning {
        Meaning::Brand { how, .. } => matches!(how, How::Alias | How::Nickname | How::Misspelling | How::Model),
        Meaning::Term { .. } => true,
        _ => false,
    }
}

fn how_named(how: How) -> &'static str {
    match how {
        How::Alias => "an alias of",
        How::Nickname => "a nickname of",
        How::Misspelling => "a misspelling of",
        How::Model => "a model of",
        How::Short => "a short form of",
        How::Name => "the name of",
    }
}
