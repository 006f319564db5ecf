//! Is the price plausible for a genuine item? Compared in US dollars with the lowest price of that brand and kind.

use super::{Class, Reading};
use crate::policy::{GuardKind, Meaning, PricedModel};
use crate::{Amount, Field};

/// A floor is at most this part of the price of new goods: honest sellers of used and discounted goods ask a quarter and more.
const FLOOR_OF_NEW: i64 = 4;

/// A price beside the lowest plausible one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PriceCheck {
    /// The price in US dollars.
    pub(crate) usd: Amount,
    /// The lowest plausible price in US dollars, when the listing sells a brand whose prices are known.
    pub(crate) floor: Option<Amount>,
    /// The lower end of regular prices of new goods of that brand and kind in US dollars, where both are known.
    pub(crate) new: Option<Amount>,
    /// The upper end of what copies of such goods usually cost in US dollars, when the listing sells a brand.
    pub(crate) copy: Option<Amount>,
}

impl PriceCheck {
    /// The price as a share of the floor, in thousandths.
    pub(crate) fn share_of_floor(&self) -> Option<i64> {
        self.floor.map(|floor| self.usd.0.saturating_mul(1000) / floor.0.max(1))
    }

    /// The price as a share of the price of new goods, in thousandths.
    pub(crate) fn share_of_new(&self) -> Option<i64> {
        self.new.map(|new| self.usd.0.saturating_mul(1000) / new.0.max(1))
    }

    /// The price as a share of what copies cost at most, in thousandths.
    pub(crate) fn share_of_copies(&self) -> Option<i64> {
        self.copy.map(|copy| self.usd.0.saturating_mul(1000) / copy.0.max(1))
    }
}

impl Reading<'_> {
    pub(super) fn read_price(&mut self) {
        // A sample, an empty box, a repair or a book about the goods costs what it costs, whatever they do.
        let is_medium = self.guards.in_heading(GuardKind::Media) && self.is_in(&["media"]);
        if self.guards.in_heading(GuardKind::PricedApart) || is_medium {
            return;
        }
        let (Some(price), Some(currency)) = (self.listing.price, self.listing.currency) else { return };
        let Some(usd) = self.policy.in_usd(price, currency) else { return };
        let floor = self.sold_brand().and_then(|brand| brand.floor(self.category));
        let new = self.sold_brand().and_then(|brand| {
            let model = self.priced_model().map(|model| model.new);
            let of_kind = |brand| self.kind.and_then(|kind| self.policy.new_price(brand, kind));
            // What two houses make together costs what the dearer one asks.
            let together = self.brands_in_title().into_iter().filter(|mention| !mention.referential);
            let together = together.filter_map(|mention| of_kind(self.policy.brand(mention.brand))).max();
            model.or_else(|| of_kind(brand)).max(together)
        });
        // Socks cost less than the category's floor for anything to wear.
        let floor = floor.map(|floor| new.map_or(floor, |new| floor.min(Amount(new.0 / FLOOR_OF_NEW))));
        let copy = self.kind.filter(|_| self.sells_brand()).map(|kind| self.policy.kind(kind).copy);
        self.price = Some(PriceCheck { usd, floor, new, copy });
    }

    /// The price asked, as the seller gave it: "120 EUR".
    pub(crate) fn asked(&self) -> Option<&str> {
        let text = || Some(format!("{} {}", self.listing.price?, self.listing.currency?));
        self.lazy.asked.get_or_init(text).as_deref()
    }

    /// The model of the sold brand that the title names and whose price is known: the longest name of those that are of the kind.
    pub(crate) fn priced_model(&self) -> Option<&PricedModel> {
        let sold = self.brand.filter(|mention| !mention.referential)?.brand;
        let models = self.hits(Class::Priced).iter().filter_map(|hit| match hit.meaning {
            Meaning::Priced { model } => Some((hit.span, self.policy.model(model))),
            _ => None,
        });
        let category = self.kind.map(|kind| self.policy.kind(kind).category).or(self.category);
        let fits = models.filter(|(span, model)| {
            model.brand == sold && category.is_none_or(|category| category == model.category) && self.field(*span) == Field::Title
        });
        fits.max_by_key(|(span, _)| span.len()).map(|(_, model)| model)
    }
}
