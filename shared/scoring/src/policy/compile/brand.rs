//! How does the file of a brand become part of a policy?

use super::super::arithmetic::amount;
use super::super::matcher::{How, Meaning};
use super::super::schema::{BrandFile, Word};
use super::super::{Brand, CategoryId, KindId, PricedModel};
use super::{Compiler, no_category};
use crate::Amount;
use crate::text::{Folded, Worth};
use std::collections::BTreeMap;

/// What a brand's new goods cost.
struct NewPrices {
    by_kind: Vec<(KindId, Amount)>,
    /// The brand's level of prices by category: the median of what its prices are of the typical ones, in thousandths.
    levels: Vec<(CategoryId, i64)>,
}

impl Compiler<'_> {
    fn new_prices(&mut self, path: &str, entries: &BTreeMap<String, f64>) -> NewPrices {
        let mut by_kind = Vec::new();
        let mut shares: BTreeMap<CategoryId, Vec<i64>> = BTreeMap::new();
        for (id, usd) in entries {
            let at = self.kinds.iter().position(|kind| kind.id == *id).and_then(|at| u8::try_from(at).ok());
            match (at, amount(*usd)) {
                (Some(kind), Some(price)) => {
                    let goods = &self.kinds[usize::from(kind)];
                    shares.entry(goods.category).or_default().push(price.0.saturating_mul(1000) / goods.typical.0.max(1));
                    by_kind.push((KindId(kind), price));
                }
                (_, None) => self.problems.at_text(path, id, "a price is above 0"),
                // Without any kind, the file of kinds is what is wrong.
                (None, _) if self.kinds.is_empty() => {}
                (None, _) => self.problems.at_text(path, id, format!("there is no kind '{id}'")),
            }
        }
        let median = |mut shares: Vec<i64>| {
            shares.sort_unstable();
            shares[shares.len() / 2]
        };
        let levels = shares.into_iter().map(|(category, shares)| (category, median(shares))).collect();
        NewPrices { by_kind, levels }
    }

    fn read_model_prices(&mut self, path: &str, brand: u16, tables: &BTreeMap<String, BTreeMap<Word, f64>>) {
        for (category, prices) in tables {
            let Some(category) = self.known_category(category) else {
                self.problems.at_text(path, category, no_category(category));
                continue;
            };
            for (name, usd) in prices {
                let Some(new) = amount(*usd) else {
                    self.problems.at(path, name, "a price is above 0");
                    continue;
                };
                let Some(model) = self.index(self.models.len(), path) else { return };
                self.add_variants(path, name, Meaning::Priced { model });
                self.models.push(PricedModel { brand, category, name: name.get_ref().clone(), new });
            }
        }
    }

    pub(super) fn read_brand(&mut self, path: &str) {
        let Some(file) = self.problems.read::<BrandFile>(path) else { return };
        let id = path.strip_prefix("brands/").and_then(|name| name.strip_suffix(".toml")).unwrap_or(path);
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            self.problems.file(path, "a brand's file is named in small ASCII letters, digits and hyphens");
        }
        let Some(brand) = self.index(self.brands.len(), path) else { return };
        for (words, how) in [
            (&file.aliases, How::Alias),
            (&file.nicknames, How::Nickname),
            (&file.misspellings, How::Misspelling),
            (&file.models, How::Model),
            (&file.short, How::Short),
        ] {
            for word in words {
                self.add_variants(path, word, Meaning::Brand { brand, how });
                match how {
                    How::Model => {}
                    How::Alias | How::Short => self.know(word, Worth::Spellings),
                    How::Misspelling => self.know(word, Worth::Whole),
                    _ => self.know(word, Worth::Letters),
                }
            }
        }
        self.add_variants(path, &file.name, Meaning::Brand { brand, how: How::Name });
        // In the brand field, off white is a brand as well.
        self.add_as(path, &file.name, &file.name.get_ref().replace('-', " "), Meaning::Brand { brand, how: How::Name });
        for phrase in &file.traps {
            self.add(path, phrase, Meaning::Trap { brand });
            self.ordinary.push(Folded::of(phrase.get_ref()));
        }
        let (mut floors, mut floor) = (Vec::new(), None);
        for (category, usd) in &file.floor_usd {
            let Some(amount) = self.floor(path, category, *usd) else { continue };
            if category == "any" {
                floor = Some(amount);
            } else if let Some(known) = self.known_category(category) {
                floors.push((known, amount));
            } else {
                self.problems.at_text(path, category, no_category(category));
            }
        }
        let new_floor = file.new_floor_usd.and_then(|usd| self.floor(path, "new_floor_usd", usd));
        if file.aliases.is_empty() || file.categories.is_empty() {
            self.problems.file(path, "a brand needs an alias and a category");
        }
        let categories = self.category_set(path, &file.categories);
        self.read_model_prices(path, brand, &file.model_usd);
        let new = self.new_prices(path, &file.new_usd);
        let makes = |kind: &str| file.categories.iter().any(|category| category.get_ref() == kind);
        self.read_examples(path, file.examples);
        self.words.brands.push(id.to_owned());
        self.brands.push(Brand {
            makes_devices: makes("electronics") && !makes("clothing") && !makes("shoes"),
            id: id.to_owned(),
            name: file.name.into_inner(),
            house: file.house,
            categories,
            floors,
            floor,
            new_floor,
            new_prices: new.by_kind,
            price_levels: new.levels,
            copied: file.copied,
            own_shops_only: file.own_shops_only,
        });
    }

    fn floor(&mut self, path: &str, key: &str, usd: f64) -> Option<Amount> {
        let floor = amount(usd);
        if floor.is_none() {
            self.problems.at_text(path, key, "a floor is a price above 0");
        }
        floor
    }
}
