//! `brand_outside_its_goods`: the brand does not make such goods.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "brand_outside_its_goods",
    group: Group::Brand,
    meaning: "a dear brand stands on goods that it does not make",
    source: "categories in policy/brands",
    counter_example: "licensed goods and gifts, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.dear_brand()?;
    let category = reading.category.filter(|category| !brand.categories.has(*category))?;
    let goods = reading.policy.category_name(category);
    Finding::words(reading.brand?.span, 1000, format!("{} is not known to make such goods ({goods})", brand.name))
}
