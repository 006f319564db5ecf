//! What do we know? Brands, words, prices and weights, read from data files, checked, and compiled for matching.

mod arithmetic;
mod calibration;
mod collisions;
mod compile;
mod error;
mod matcher;
mod ordinary;
mod problems;
mod schema;

pub use collisions::{Collision, CollisionSort};
pub use error::PolicyError;
pub use ordinary::{OrdinaryWords, Rank};
pub use schema::{Example, Expectation, GuardKind};

pub(crate) use calibration::Calibration;
pub(crate) use matcher::{Hit, How, Matcher, Meaning, Span, View};
pub(crate) use schema::Copied;

use crate::text::KnownWords;
use crate::{Amount, Band, Currency, Milli, Risk};
use bitcode::{Decode, Encode};
use schema::Side;
use std::collections::BTreeMap;

/// Where the bands begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Thresholds {
    /// First risk of the band `review`.
    pub review: Risk,
    /// First risk of the band `red_flag`.
    pub red_flag: Risk,
}

impl Thresholds {
    /// The band of a risk.
    #[must_use]
    pub fn band(self, risk: Risk) -> Band {
        if risk >= self.red_flag {
            Band::RedFlag
        } else if risk >= self.review {
            Band::Review
        } else {
            Band::Clear
        }
    }
}

/// Position of a category in the policy's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub(crate) struct CategoryId(pub(crate) u8);

/// Position of a kind of goods in the policy's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub(crate) struct KindId(pub(crate) u8);

/// A kind of goods, finer than a category: what prices are compared by.
#[derive(Encode, Decode)]
pub(crate) struct Kind {
    pub(crate) id: String,
    pub(crate) category: CategoryId,
    /// What a new one of a brand in the middle of the market costs, in US dollars.
    typical: Amount,
    /// The upper end of what copies usually cost, in US dollars.
    pub(crate) copy: Amount,
    pub(crate) copied: Copied,
}

/// A model of a brand whose price is known. Its name alone need not tell the brand ("574").
#[derive(Encode, Decode)]
pub(crate) struct PricedModel {
    pub(crate) brand: u16,
    pub(crate) category: CategoryId,
    pub(crate) name: String,
    /// The lower end of regular prices of a new one, in US dollars.
    pub(crate) new: Amount,
}

/// A set of categories, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Categories(u32);

impl Categories {
    pub(crate) fn insert(&mut self, category: CategoryId) {
        self.0 |= 1 << category.0;
    }

    pub(crate) fn has(self, category: CategoryId) -> bool {
        self.0 & (1 << category.0) != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[derive(Encode, Decode)]
pub(crate) struct Brand {
    pub(crate) id: String,
    pub(crate) name: String,
    /// The house that owns it; sellers mix up brands of one house honestly.
    pub(crate) house: Option<String>,
    pub(crate) categories: Categories,
    /// Makes devices that other makers sell accessories for, and nothing to wear.
    pub(crate) makes_devices: bool,
    /// Lowest plausible price in US dollars, by category.
    floors: Vec<(CategoryId, Amount)>,
    floor: Option<Amount>,
    /// Lowest price of new goods of the brand in US dollars, whatever their kind.
    pub(crate) new_floor: Option<Amount>,
    /// The lower end of regular prices of new goods in US dollars, by kind.
    new_prices: Vec<(KindId, Amount)>,
    /// Its prices as a share of those of a brand in the middle of the market, in thousandths: the median over its kinds of a category.
    price_levels: Vec<(CategoryId, i64)>,
    pub(crate) copied: Copied,
    /// Sells new goods in its own shops only, or nearly so.
    pub(crate) own_shops_only: bool,
}

impl Brand {
    /// The lowest plausible price of a genuine item in US dollars: of that category where it is known, else over all.
    pub(crate) fn floor(&self, category: Option<CategoryId>) -> Option<Amount> {
        let by_category = self.floors.iter().find(|(id, _)| Some(*id) == category).map(|(_, floor)| *floor);
        by_category.or(self.floor)
    }

    /// The lower end of regular prices of new goods of that kind in US dollars; derived from the brand's other kinds of the same
    /// category where its own is not known. `None` when there are none either.
    fn new_price(&self, kind: KindId, goods: &Kind) -> Option<Amount> {
        let known = self.new_prices.iter().find(|(id, _)| *id == kind).map(|(_, price)| *price);
        known.or_else(|| {
            let level = self.price_levels.iter().find(|(category, _)| *category == goods.category)?.1;
            Some(Amount(goods.typical.0.saturating_mul(level) / 1000))
        })
    }
}

#[derive(Encode, Decode)]
pub(crate) struct Term {
    pub(crate) id: String,
    /// Position in the registry of signals.
    pub(crate) signal: usize,
    pub(crate) strength: u8,
    pub(crate) meaning: String,
    pub(crate) only_in: Categories,
    pub(crate) not_in: Categories,
}

#[derive(Encode, Decode)]
pub(crate) struct Guard {
    pub(crate) kind: GuardKind,
    side: Side,
    /// Most words between the guard and what it disarms.
    pub(crate) within: usize,
    /// More than one word, or in a script without spaces: strong enough to stand without an accessory beside it.
    pub(crate) is_phrase: bool,
}

impl Guard {
    pub(crate) fn acts_before(&self) -> bool {
        self.side != Side::After
    }

    pub(crate) fn acts_after(&self) -> bool {
        self.side != Side::Before
    }
}

/// A range of trade item numbers by their first three digits.
#[derive(Encode, Decode)]
pub(crate) struct Prefix {
    pub(crate) from: u16,
    pub(crate) to: u16,
    pub(crate) purpose: String,
}

/// What we know, compiled. Share it in an [`Arc`](std::sync::Arc); it never changes.
#[derive(Encode, Decode)]
pub struct Policy {
    id: String,
    base: Milli,
    thresholds: Thresholds,
    calibration: Calibration,
    /// By position in the registry of signals, then by level.
    weights: Vec<Vec<Milli>>,
    brands: Vec<Brand>,
    categories: Vec<String>,
    kinds: Vec<Kind>,
    models: Vec<PricedModel>,
    terms: Vec<Term>,
    guards: Vec<Guard>,
    prefixes: Vec<Prefix>,
    examples: Vec<Example>,
    /// Units of a currency for one US dollar, in millionths.
    per_usd: BTreeMap<Currency, i64>,
    known: KnownWords,
    matcher: Matcher,
}

impl Policy {
    /// Compiles a policy from its files: path within the policy folder, and text. See `policy/README.md` for the files.
    ///
    /// # Errors
    /// With file, line and reason, when a file is missing, cannot be read as TOML, or says something that makes no sense.
    pub fn from_files(files: &BTreeMap<String, String>) -> Result<Self, PolicyError> {
        let first = |problems: Vec<PolicyError>| problems.into_iter().next();
        Self::check_files(files).map_err(|problems| first(problems).expect("a policy is refused for a problem"))
    }

    /// The same, with everything that is wrong and not only the first of it.
    ///
    /// # Errors
    /// Never an empty list.
    pub fn check_files(files: &BTreeMap<String, String>) -> Result<Self, Vec<PolicyError>> {
        let compiled = compile::compile(files);
        compiled.policy.ok_or(compiled.problems)
    }

    /// What an analyst should know before a policy is used: everything that is wrong, and every word that will be found where it
    /// means something else, as far as the files can be read.
    #[must_use]
    pub fn review(files: &BTreeMap<String, String>, ordinary: &OrdinaryWords) -> PolicyReview {
        let compiled = compile::compile(files);
        let collisions = collisions::find(files, &compiled.words, ordinary);
        PolicyReview { policy: compiled.policy, problems: compiled.problems, collisions }
    }

    /// `p-` and the first 8 hexadecimal digits of SHA-256 over the files.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where the bands begin.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    /// Log odds of a listing about which nothing is known.
    #[must_use]
    pub fn base(&self) -> Milli {
        self.base
    }

    /// The name to show for the id of a brand.
    #[must_use]
    pub fn brand_name(&self, id: &str) -> Option<&str> {
        let at = self.brands.binary_search_by(|brand| brand.id.as_str().cmp(id)).ok()?;
        Some(&self.brands[at].name)
    }

    /// Id and name of every brand, sorted by id.
    pub fn brands(&self) -> impl Iterator<Item = (&str, &str)> {
        self.brands.iter().map(|brand| (brand.id.as_str(), brand.name.as_str()))
    }

    /// The weights of a signal by its name, one for each of its levels.
    #[must_use]
    pub fn weights_of(&self, signal: &str) -> Option<&[Milli]> {
        crate::signals::position(signal).map(|at| self.weights[at].as_slice())
    }

    /// The examples of every brand and term.
    pub fn examples(&self) -> impl Iterator<Item = &Example> {
        self.examples.iter()
    }

    /// How much it knows.
    #[must_use]
    pub fn size(&self) -> PolicySize {
        PolicySize {
            brands: self.brands.len(),
            kinds: self.kinds.len(),
            terms: self.terms.len(),
            guards: self.guards.len(),
            patterns: self.matcher.patterns(),
        }
    }

    /// The risk that log odds mean, by the calibration of this policy: what an audit checks stored results with.
    #[must_use]
    pub fn risk(&self, log_odds: Milli) -> Risk {
        self.calibration.risk(log_odds)
    }

    /// Whether a signal moves a risk at any of its levels.
    pub(crate) fn weighs(&self, signal: usize) -> bool {
        self.weights[signal].iter().any(|weight| weight.0 != 0)
    }

    /// The weight of a signal at a level, counted from 0.
    pub(crate) fn weight(&self, signal: usize, level: u8) -> Milli {
        let levels = &self.weights[signal];
        levels[usize::from(level).min(levels.len() - 1)]
    }

    pub(crate) fn brand(&self, brand: u16) -> &Brand {
        &self.brands[brand as usize]
    }

    pub(crate) fn term(&self, term: u16) -> &Term {
        &self.terms[term as usize]
    }

    pub(crate) fn guard(&self, guard: u16) -> &Guard {
        &self.guards[guard as usize]
    }

    pub(crate) fn category_name(&self, category: CategoryId) -> &str {
        &self.categories[category.0 as usize]
    }

    pub(crate) fn model(&self, model: u16) -> &PricedModel {
        &self.models[model as usize]
    }

    pub(crate) fn kind(&self, kind: KindId) -> &Kind {
        &self.kinds[kind.0 as usize]
    }

    /// The lower end of regular prices of new goods of a brand and kind, in US dollars.
    pub(crate) fn new_price(&self, brand: &Brand, kind: KindId) -> Option<Amount> {
        brand.new_price(kind, self.kind(kind))
    }

    pub(crate) fn prefixes(&self) -> &[Prefix] {
        &self.prefixes
    }

    /// The name or word that a word of no interest would be taken for: what an ordinary word must not be.
    ///
    /// ```
    /// let policy = scoring::Policy::embedded();
    /// assert_eq!(policy.reads_as("Balenciaaga"), Some("balenciaga"));
    /// assert_eq!(policy.reads_as("channel"), None);
    /// ```
    #[must_use]
    pub fn reads_as(&self, word: &str) -> Option<&str> {
        self.known.reads_as(&crate::text::Folded::of(word))
    }

    pub(crate) fn known(&self) -> &KnownWords {
        &self.known
    }

    pub(crate) fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// A price in US dollars; `None` for a currency without a rate.
    pub(crate) fn in_usd(&self, price: Amount, currency: Currency) -> Option<Amount> {
        let rate = i128::from(*self.per_usd.get(&currency)?);
        i64::try_from(i128::from(price.0) * 1_000_000 / rate).ok().map(Amount)
    }
}

/// What [`Policy::review`] found.
pub struct PolicyReview {
    /// The policy; none when there are problems.
    pub policy: Option<Policy>,
    /// What is wrong, in the order of the files that it was found in.
    pub problems: Vec<PolicyError>,
    /// What may be wrong, by file and line.
    pub collisions: Vec<Collision>,
}

/// How much a policy knows, in numbers of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PolicySize {
    pub brands: usize,
    pub kinds: usize,
    pub terms: usize,
    pub guards: usize,
    /// Different strings that are searched for.
    pub patterns: usize,
}
