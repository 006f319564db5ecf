//! Brand: where it stands, how often, beside which others.

use super::Case;
use scoring::Field::{Brand, Category, Currency, Description, Price, Title};

pub(crate) const CASES: &[Case] = &[
    ("brand_hashtag", &[(Title, "Leather belt #gucci")], "gucci", &[(Title, "Leather belt # 4 Gucci")]),
    (
        "brand_likened",
        &[(Title, "Gucci style belt for women"), (Category, "accessories")],
        "style",
        &[(Title, "Gucci belt, style code 409416"), (Category, "accessories")],
    ),
    (
        "brand_model_alone",
        &[(Title, "Neverfull MM tote"), (Category, "bags")],
        "Neverfull",
        &[(Title, "Louis Vuitton Neverfull MM tote"), (Category, "bags")],
    ),
    (
        "brand_model_mismatch",
        &[(Title, "Gucci Neverfull tote"), (Category, "bags")],
        "Neverfull",
        &[(Title, "Louis Vuitton Neverfull tote"), (Category, "bags")],
    ),
    ("brand_nickname_beside_name", &[(Title, "Louis Vuitton 驴牌 手提包")], "驴牌", &[(Title, "Louis Vuitton 手提包")]),
    (
        "brand_only_in_description",
        &[(Title, "Leather shoulder bag"), (Description, "Gucci, with dust bag")],
        "Gucci",
        &[(Title, "Gucci shoulder bag"), (Description, "Gucci, with dust bag")],
    ),
    (
        "brand_only_in_field",
        &[(Title, "Marmont shoulder bag in black leather"), (Brand, "Gucci"), (Category, "bags")],
        "Gucci",
        &[(Title, "Gucci shoulder bag"), (Brand, "Gucci"), (Category, "bags")],
    ),
    (
        "brand_outside_its_goods",
        &[(Title, "Rolex hoodie"), (Category, "clothing")],
        "Rolex",
        &[(Title, "Rolex Datejust watch"), (Category, "watches")],
    ),
    (
        "brand_pair",
        &[(Title, "Nike x Louis Vuitton sneakers"), (Category, "shoes")],
        "Louis Vuitton",
        &[(Title, "Nike Air Jordan sneakers"), (Category, "shoes")],
    ),
    ("brand_repeated", &[(Title, "Gucci belt Gucci buckle Gucci box")], "Gucci", &[(Title, "Gucci belt with logo buckle")]),
    ("brand_short_form", &[(Title, "LV tote"), (Category, "bags")], "LV", &[(Title, "Louis Vuitton tote"), (Category, "bags")]),
    (
        "brands_in_description",
        &[(Title, "Gucci belt"), (Description, "also Chanel, Hermes, Prada, Dior and Fendi")],
        "Fendi",
        &[(Title, "Gucci belt"), (Description, "bought together with a Prada bag")],
    ),
    (
        "outside_own_shops",
        &[(Title, "Celine Triomphe bag, new"), (Category, "bags")],
        "Celine",
        &[(Title, "Celine Triomphe bag, pre-owned"), (Category, "bags")],
    ),
    (
        "title_bare",
        &[(Title, "Gucci Belts"), (Price, "40"), (Currency, "USD")],
        "Gucci Belts",
        &[(Title, "Gucci GG Marmont belt 85 cm")],
    ),
];
