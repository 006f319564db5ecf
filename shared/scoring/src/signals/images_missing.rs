//! `images_missing`: no picture is given although the rest of the page is.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;

pub(super) const SIGNAL: Signal = Signal {
    name: "images_missing",
    group: Group::Missing,
    meaning: "the export names shop and page but no picture of the goods",
    source: "title and picture rules that marketplaces publish for sellers",
    counter_example: "an export without pictures: only those that name seller and page count",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let brand = reading.sold_brand().filter(|_| reading.listing.image_urls.is_empty() && reading.has_page())?;
    Finding::words(reading.brand?.span, 1000, format!("goods of {} are offered without a picture", brand.name))
}
