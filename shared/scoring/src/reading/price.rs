//! Is the price plausible for a genuine item? Compared in US dollars with the lowest price of that brand and kind.

use super::Reading;
use crate::Amount;
use crate::policy::GuardKind;

/// A price beside the lowest plausible one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PriceCheck {
    /// The price in US dollars.
    pub(crate) usd: Amount,
    /// The lowest plausible price in US dollars, when the listing sells a brand whose prices are known.
    pub(crate) floor: Option<Amount>,
    /// The lower end of regular prices of new goods of that brand and kind in US dollars, where both are known.
    pub(crate) new: Option<Amount>,
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
}

impl Reading<'_> {
    pub(super) fn read_price(&mut self) {
        // A sample, an empty box, a day's rental or a repair costs what it costs, whatever the goods do.
        if self.guards.in_heading(GuardKind::PricedApart) {
            return;
        }
        let (Some(price), Some(currency)) = (self.listing.price, self.listing.currency) else { return };
        let Some(usd) = self.policy.in_usd(price, currency) else { return };
        let floor = self.sold_brand().and_then(|brand| brand.floor(self.category));
        let new = self.sold_brand().zip(self.kind).and_then(|(brand, kind)| self.policy.new_price(brand, kind));
        self.price = Some(PriceCheck { usd, floor, new });
    }
}
