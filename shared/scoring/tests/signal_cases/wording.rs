//! Wording: what several words say together, and where they stand.

use super::Case;
use scoring::Field::{Category, Currency, Description, Price, Title};

pub(crate) const CASES: &[Case] = &[
    (
        "claim_in_another_script",
        &[(Title, "Nike Air Force One sneakers 高仿"), (Category, "shoes")],
        "高仿",
        &[(Title, "Nike Air Force One 运动鞋 男款"), (Category, "shoes")],
    ),
    (
        "claim_only_in_description",
        &[(Title, "Gucci bag"), (Description, "this is a replica")],
        "replica",
        &[(Title, "Gucci bag"), (Description, "never a replica")],
    ),
    (
        "denial_at_low_price",
        &[(Title, "Gucci bag, not a replica"), (Category, "bags"), (Price, "40"), (Currency, "USD")],
        "replica",
        &[(Title, "Gucci bag, not a replica"), (Category, "bags"), (Price, "900"), (Currency, "USD")],
    ),
    (
        "replica_term_misspelled",
        &[(Title, "Gucci bag repllica")],
        "repllica",
        &[(Title, "Gucci bag, torba replika"), (Category, "bags")],
    ),
    (
        "secrecy",
        &[(Title, "Gucci bag"), (Description, "do not mention the brand in the review")],
        "do not mention the brand",
        &[(Title, "Gucci bag"), (Description, "reviews mention the brand's quality")],
    ),
    (
        "versions_offered",
        &[(Title, "Gucci bag"), (Category, "bags"), (Description, "choose your quality")],
        "choose your quality",
        &[(Title, "Gucci bag"), (Category, "bags"), (Description, "choose your colour")],
    ),
    (
        "wording_accumulates",
        &[(Title, "Gucci bag replica, mirror quality")],
        "mirror quality",
        &[(Title, "Gucci bag, no replica, no mirror quality")],
    ),
];
