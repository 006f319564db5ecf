//! Which column means which field, in the exports that people really have?
//!
//! To teach the reader a marketplace's columns, write one file like `etsy.rs` and add it to [`ALL`]. Names are compared without
//! case, accents and punctuation, so `Body (HTML)`, `body_html` and `BODY HTML` are one name.

mod amazon;
mod ebay;
mod etsy;
mod generic;
mod google;
mod names;
pub(crate) mod pictures;
mod shopify;
mod taobao;
pub(crate) mod times;
mod woocommerce;

use crate::draft::Defaults;
pub(crate) use names::normalise;
use names::without_brackets;
use scoring::{Currency, Field};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The presets, more particular ones first. What none of them recognises is read by the generic names.
const ALL: &[&Preset] =
    &[&shopify::PRESET, &amazon::PRESET, &ebay::PRESET, &etsy::PRESET, &woocommerce::PRESET, &taobao::PRESET, &google::PRESET];

/// An export of one marketplace, recognised by its header.
pub(crate) struct Preset {
    /// Such as `shopify-products`.
    pub(crate) name: &'static str,
    /// The marketplace of every listing in it.
    pub(crate) marketplace: Option<&'static str>,
    /// The currency of every price in it, where there is only one.
    pub(crate) currency: Option<&'static str>,
    /// Header names that together prove it is this export; several sets where the export has several forms.
    signatures: &'static [&'static [&'static str]],
    columns: &'static [Column],
    /// Whether a field that begins with a quote is quoted. Amazon's reports have no quoting at all.
    pub(crate) quoting: bool,
    pub(crate) repeats: Repeats,
    /// The export has no column that is always an id: rows without one are named `<row_id>-row-<number>`.
    row_id: Option<&'static str>,
}

/// How an export spreads one listing over several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// Every row is a listing.
    Never,
    /// A row with the id of the row before and without a title adds a variant or a picture to it.
    WithoutTitle,
    /// A row with the id of the row before is a variant of it.
    SameId,
}

/// Names of one column, and what it means.
pub(crate) struct Column {
    names: &'static [&'static str],
    target: Target,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) field: Field,
    /// Among several columns of the same field the one with the lowest rank that is not blank wins. Descriptions are joined.
    pub(crate) rank: u8,
    pub(crate) reading: Reading,
}

/// What has to be done with a value before it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Nothing.
    Text,
    /// A number of which zero means that there is none.
    Nonzero,
    /// A name; a bare number is a code that says nothing here.
    Name,
    /// A trade item number among other things that stand in the same column.
    Gtin,
    /// A time in a marketplace's own spelling.
    Time,
    /// Addresses among other things.
    Pictures,
}

const fn column(names: &'static [&'static str], field: Field) -> Column {
    Column { names, target: Target { field, rank: 0, reading: Reading::Text } }
}

impl Column {
    const fn rank(mut self, rank: u8) -> Self {
        self.target.rank = rank;
        self
    }

    const fn reading(mut self, reading: Reading) -> Self {
        self.target.reading = reading;
        self
    }
}

type Names = HashMap<String, Target>;

static GENERIC: LazyLock<Names> = LazyLock::new(|| index(generic::COLUMNS));
static FEED: LazyLock<Names> = LazyLock::new(|| index(google::PRESET.columns));
static BY_PRESET: LazyLock<Vec<Known>> = LazyLock::new(|| ALL.iter().map(|preset| Known::new(preset)).collect());

/// A preset with its names normalised.
struct Known {
    preset: &'static Preset,
    names: Names,
    signatures: Vec<Vec<String>>,
}

impl Known {
    fn new(preset: &'static Preset) -> Self {
        let signature = |names: &&[&str]| names.iter().map(|name| normalise(name)).collect();
        Self { preset, names: index(preset.columns), signatures: preset.signatures.iter().map(signature).collect() }
    }

    fn recognises(&self, header: &[String]) -> bool {
        self.signatures.iter().any(|names| names.iter().all(|name| header.contains(name)))
    }
}

fn index(columns: &[Column]) -> Names {
    columns.iter().flat_map(|column| column.names.iter().map(|name| (normalise(name), column.target))).collect()
}

/// What a key of a JSON object or a header name means by the generic names.
pub(crate) fn generic(name: &str) -> Option<Target> {
    let normal = normalise(name);
    GENERIC.get(&normal).or_else(|| GENERIC.get(&normalise(without_brackets(name)?.0))).copied()
}

/// What a nested key means: `price.value`, `seller.name`, `images.src`.
pub(crate) fn generic_nested(parent: &str, name: &str) -> Option<Target> {
    GENERIC.get(&(normalise(parent) + &normalise(name))).copied()
}

/// Whether an object under this key is part of the listing although the key itself means nothing.
pub(crate) fn is_container(name: &str) -> bool {
    generic::CONTAINERS.contains(&normalise(name).as_str())
}

/// What an element of a product feed means, by its local name.
pub(crate) fn feed_element(name: &str) -> Option<Target> {
    FEED.get(&normalise(name)).copied()
}

/// How the columns of one file are read.
pub(crate) struct Plan {
    /// `None` when only the generic names were recognised.
    pub(crate) preset: Option<&'static Preset>,
    /// By position; `None` for columns that mean nothing.
    pub(crate) targets: Vec<Option<Target>>,
    pub(crate) defaults: Defaults,
}

impl Plan {
    /// Reads a header.
    pub(crate) fn new(header: &[String]) -> Self {
        let normal: Vec<String> = header.iter().map(|name| normalise(name)).collect();
        let known = BY_PRESET.iter().find(|known| known.recognises(&normal));
        let mut targets: Vec<Option<Target>> = match known {
            Some(known) => normal.iter().map(|name| known.names.get(name).copied()).collect(),
            None => vec![None; header.len()],
        };
        // A preset says all about the fields it names; the others follow the generic names.
        let marketplace = known.and_then(|known| known.preset.marketplace).map(|_| Field::Marketplace);
        let named: Vec<Field> = targets.iter().flatten().map(|target| target.field).chain(marketplace).collect();
        for (target, name) in targets.iter_mut().zip(header) {
            if target.is_none() {
                *target = generic(name).filter(|target| !named.contains(&target.field));
            }
        }
        close_ranks(&mut targets);
        let preset = known.map(|known| known.preset);
        let mut defaults = preset.map_or_else(Defaults::default, |preset| Defaults {
            marketplace: preset.marketplace,
            currency: preset.currency,
            row_id: preset.row_id,
        });
        defaults.currency = defaults.currency.or_else(|| currency_in_header(header, &targets));
        Self { preset, targets, defaults }
    }

    /// How many columns mean something.
    pub(crate) fn known(&self) -> usize {
        self.targets.iter().flatten().count()
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.targets.iter().flatten().any(|target| target.field == field)
    }

    /// Whether every row can have an id.
    pub(crate) fn has_id(&self) -> bool {
        self.has(Field::ListingId) || self.defaults.row_id.is_some()
    }

    /// `shopify-products`, or `generic`.
    pub(crate) fn name(&self) -> &'static str {
        self.preset.map_or("generic", |preset| preset.name)
    }
}

/// Makes the best rank of each field the first, so that its value need not wait for a better one.
fn close_ranks(targets: &mut [Option<Target>]) {
    for field in Field::ALL {
        let of_field = |target: &&mut Target| target.field == field;
        let best = targets.iter_mut().flatten().filter(of_field).map(|target| target.rank).min().unwrap_or_default();
        targets.iter_mut().flatten().filter(of_field).for_each(|target| target.rank -= best);
    }
}

/// `Price (EUR)`, `价格（元）`
fn currency_in_header(header: &[String], targets: &[Option<Target>]) -> Option<&'static str> {
    let prices = header.iter().zip(targets).filter(|(_, target)| target.is_some_and(|target| target.field == Field::Price));
    let inside = prices.filter_map(|(name, _)| without_brackets(name)).map(|(_, inside)| inside);
    let currency = inside.filter_map(|text| Currency::parse(text).ok()).next()?;
    generic::CURRENCIES.iter().copied().find(|code| *code == currency.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_written_once_and_survives_normalising() {
        for columns in ALL.iter().map(|preset| preset.columns).chain([generic::COLUMNS]) {
            let mut seen = Vec::new();
            for name in columns.iter().flat_map(|column| column.names) {
                let normal = normalise(name);
                assert!(!normal.is_empty(), "{name} has no letter");
                assert!(!seen.contains(&normal), "{name} is there twice");
                seen.push(normal);
            }
        }
    }

    #[test]
    fn every_preset_recognises_its_own_signatures() {
        for preset in ALL {
            for signature in preset.signatures {
                let header: Vec<String> = signature.iter().map(ToString::to_string).collect();
                let plan = Plan::new(&header);
                assert_eq!(plan.name(), preset.name);
                assert!(plan.has(Field::Title) && plan.has_id(), "{} by {signature:?}", preset.name);
            }
        }
    }

    #[test]
    fn the_contract_names_are_generic_names_of_the_first_rank() {
        for field in Field::ALL {
            assert_eq!(generic(field.name()).map(|target| (target.field, target.rank)), Some((field, 0)), "{}", field.name());
        }
    }

    #[test]
    fn a_currency_in_the_header_is_read() {
        let check = |header: &[&str], currency: Option<&str>| {
            let header: Vec<String> = header.iter().map(ToString::to_string).collect();
            assert_eq!(Plan::new(&header).defaults.currency, currency, "{header:?}");
        };
        check(&["id", "title", "Price (EUR)"], Some("EUR"));
        check(&["编号", "标题", "价格（元）"], Some("CNY"));
        check(&["id", "title", "price"], None);
        check(&["id", "title (USD)", "price"], None);
    }
}
