//! What may stand in the files of a policy? Unknown keys are refused, so that a misspelt one is not silently without effect.

use bitcode::{Decode, Encode};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `brands/<id>.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BrandFile {
    pub(super) name: String,
    #[serde(default)]
    pub(super) house: Option<String>,
    pub(super) categories: Vec<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
    #[serde(default)]
    pub(super) short: Vec<String>,
    #[serde(default)]
    pub(super) nicknames: Vec<String>,
    #[serde(default)]
    pub(super) misspellings: Vec<String>,
    #[serde(default)]
    pub(super) models: Vec<String>,
    #[serde(default)]
    pub(super) traps: Vec<String>,
    #[serde(rename = "origin")]
    pub(super) _origin: String,
    #[serde(default)]
    pub(super) new_floor_usd: Option<f64>,
    #[serde(default)]
    pub(super) floor_usd: BTreeMap<String, f64>,
    #[serde(default)]
    pub(super) new_usd: BTreeMap<String, f64>,
    #[serde(default)]
    pub(super) copied: Copied,
    #[serde(default, rename = "example")]
    pub(super) examples: Vec<Example>,
}

/// How often a brand is counterfeited, compared with other brands that are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Copied {
    Rarely,
    #[default]
    Sometimes,
    Often,
}

/// A listing with the verdict that a brand's author expects of it. Run by the crate's tests.
#[derive(Clone, Debug, Deserialize, Encode, Decode)]
#[serde(deny_unknown_fields)]
pub struct Example {
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

/// `ordinary_words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrdinaryFile {
    pub(super) words: Vec<String>,
}

/// `lexicon/<language>.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    pub(super) language: String,
    #[serde(default, rename = "term")]
    pub(super) terms: Vec<TermEntry>,
    #[serde(default, rename = "guard")]
    pub(super) guards: Vec<GuardEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermEntry {
    pub(super) id: String,
    pub(super) signal: String,
    pub(super) strength: u8,
    pub(super) words: Vec<String>,
    pub(super) meaning: String,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) only_in: Vec<String>,
    #[serde(default)]
    pub(super) not_in: Vec<String>,
    #[serde(rename = "source")]
    pub(super) _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardEntry {
    pub(super) kind: GuardKind,
    #[serde(default)]
    pub(super) side: Side,
    #[serde(default)]
    pub(super) within: u8,
    pub(super) words: Vec<String>,
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
    pub(super) id: String,
    pub(super) words: Vec<String>,
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
    pub(super) id: String,
    pub(super) category: String,
    pub(super) typical_usd: f64,
    pub(super) words: Vec<String>,
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
