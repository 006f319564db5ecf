//! What may stand in the files of a policy? Unknown keys are refused, so that a misspelt one is not silently without effect.

use bitcode::{Decode, Encode};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A name or word as its author wrote it, with its place in the file.
pub(super) type Word = Spanned<String>;

/// `brands/<id>.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BrandFile {
    pub(super) name: Word,
    #[serde(default)]
    pub(super) house: Option<String>,
    pub(super) categories: Vec<Word>,
    #[serde(default)]
    pub(super) aliases: Vec<Word>,
    #[serde(default)]
    pub(super) short: Vec<Word>,
    #[serde(default)]
    pub(super) nicknames: Vec<Word>,
    #[serde(default)]
    pub(super) misspellings: Vec<Word>,
    #[serde(default)]
    pub(super) models: Vec<Word>,
    #[serde(default)]
    pub(super) traps: Vec<Word>,
    #[serde(rename = "origin")]
    pub(super) _origin: String,
    #[serde(default)]
    pub(super) new_floor_usd: Option<f64>,
    #[serde(default)]
    pub(super) floor_usd: BTreeMap<String, f64>,
    #[serde(default)]
    pub(super) new_usd: BTreeMap<String, f64>,
    #[serde(default)]
    pub(super) model_usd: BTreeMap<String, BTreeMap<Word, f64>>,
    #[serde(default)]
    pub(super) copied: Copied,
    #[serde(default, rename = "example")]
    pub(super) examples: Vec<Spanned<Example>>,
}

/// How often a brand or a kind of goods is counterfeited, compared with others that are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Copied {
    Rarely,
    #[default]
    Sometimes,
    Often,
}

/// A listing with the verdict that the author of a brand or a term expects of it. Run by the crate's tests and by `touchstone policy check`.
#[derive(Clone, Debug, Deserialize, Encode, Decode)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The file that it stands in, such as `brands/gucci.toml`, and the 1-based line where it begins there.
    #[serde(skip)]
    pub file: String,
    #[serde(skip)]
    #[allow(missing_docs)]
    pub line: usize,
    /// The title.
    pub title: String,
    /// The other fields, as text.
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    #[allow(missing_docs)]
    pub brand: String,
    #[serde(default)]
    #[allow(missing_docs)]
    pub category: String,
    #[serde(default)]
    #[allow(missing_docs)]
    pub price: String,
    #[serde(default)]
    #[allow(missing_docs)]
    pub currency: String,
    #[serde(default)]
    #[allow(missing_docs)]
    pub seller_name: String,
    /// What the scorer should say.
    pub expect: Expectation,
    /// Id of the brand that the listing is about; empty for none.
    #[serde(default)]
    pub about: Option<String>,
}

/// The verdict that an [`Example`] expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Band `review` or `red_flag`.
    Flagged,
    /// Band `clear`.
    Clear,
}

/// `lexicon/<language>.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    pub(super) language: Word,
    #[serde(default, rename = "term")]
    pub(super) terms: Vec<TermEntry>,
    #[serde(default, rename = "guard")]
    pub(super) guards: Vec<GuardEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermEntry {
    pub(super) id: Word,
    pub(super) signal: Word,
    pub(super) strength: Spanned<u8>,
    pub(super) words: Vec<Word>,
    pub(super) meaning: String,
    #[serde(default)]
    pub(super) unless: Vec<Word>,
    #[serde(default)]
    pub(super) only_in: Vec<Word>,
    #[serde(default)]
    pub(super) not_in: Vec<Word>,
    #[serde(rename = "source")]
    pub(super) _source: String,
    #[serde(default, rename = "example")]
    pub(super) examples: Vec<Spanned<Example>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardEntry {
    pub(super) kind: GuardKind,
    #[serde(default)]
    pub(super) side: Side,
    #[serde(default)]
    pub(super) within: u8,
    pub(super) words: Vec<Word>,
    #[serde(default)]
    pub(super) unless: Vec<Word>,
}

/// A context in which words mean something else. Its effect is decided where terms and brands are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names are explained in policy/README.md
pub enum GuardKind {
    Negation,
    Compatibility,
    AccessoryNoun,
    AntiCounterfeit,
    OfficialReplica,
    ScaleHobby,
    Material,
    Grading,
    Media,
    Reissue,
    ParallelImport,
    SecondHand,
    Licensed,
    PricedApart,
    CopyingDevice,
}

/// Where a guard stands relative to the words that it disarms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
pub(super) enum Side {
    Before,
    After,
    #[default]
    Around,
}

/// `categories.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoriesFile {
    #[serde(rename = "category")]
    pub(super) categories: Vec<CategoryEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryEntry {
    pub(super) id: Word,
    pub(super) words: Vec<Word>,
}

/// `kinds.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindsFile {
    #[serde(rename = "origin")]
    pub(super) _origin: String,
    #[serde(rename = "kind")]
    pub(super) kinds: Vec<KindEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindEntry {
    pub(super) id: Word,
    pub(super) category: Word,
    pub(super) typical_usd: Spanned<f64>,
    pub(super) copy_usd: Spanned<f64>,
    #[serde(default)]
    pub(super) copied: Copied,
    pub(super) words: Vec<Word>,
}

/// `currencies.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CurrenciesFile {
    #[serde(rename = "date")]
    pub(super) _date: String,
    #[serde(rename = "origin")]
    pub(super) _origin: String,
    pub(super) per_usd: BTreeMap<String, String>,
}

/// `gs1_prefixes.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrefixesFile {
    #[serde(rename = "origin")]
    pub(super) _origin: String,
    #[serde(rename = "prefix")]
    pub(super) prefixes: Vec<PrefixEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrefixEntry {
    pub(super) from: u16,
    pub(super) to: u16,
    #[serde(rename = "use")]
    pub(super) purpose: String,
    #[serde(default, rename = "country")]
    pub(super) _country: Option<String>,
}

/// `scoring.toml`: the arithmetic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScoringFile {
    pub(super) base: f64,
    pub(super) thresholds: ThresholdsEntry,
    pub(super) weights: BTreeMap<String, WeightEntry>,
    /// Pairs of log odds and risk, both rising.
    pub(super) calibration: Vec<(f64, f64)>,
}

/// `learned.toml`: what training made of the same numbers. Whatever stands here replaces what stands in `scoring.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LearnedFile {
    #[serde(rename = "origin")]
    pub(super) _origin: String,
    pub(super) base: f64,
    pub(super) weights: BTreeMap<String, WeightEntry>,
    pub(super) calibration: Vec<(f64, f64)>,
}

/// The weight of a signal, or one for each of its levels.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum WeightEntry {
    One(f64),
    Levels(Vec<f64>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ThresholdsEntry {
    pub(super) review: f64,
    pub(super) red_flag: f64,
}
