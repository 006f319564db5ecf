//! Context: what honest sellers tell.

use super::Case;
use scoring::Field::{Category, Description, Title};

pub(crate) const CASES: &[Case] = &[
    ("advert_or_print", &[(Title, "Chanel No 5 vintage ad 1968, framed")], "vintage ad", &[(Title, "Chanel No 5 eau de parfum")]),
    (
        "authenticated_by_service",
        &[(Title, "Gucci bag"), (Description, "authenticated by Entrupy")],
        "authenticated by Entrupy",
        &[(Title, "Gucci bag"), (Description, "passes any legit check")],
    ),
    (
        "childrens_goods",
        &[(Title, "Moncler jacket for kids"), (Category, "clothing")],
        "for kids",
        &[(Title, "Moncler jacket for men"), (Category, "clothing")],
    ),
    (
        "composition_stated",
        &[(Title, "Gucci sweater"), (Description, "100% wool")],
        "100% wool",
        &[(Title, "Gucci sweater"), (Description, "100% satisfied")],
    ),
    (
        "craft_material",
        &[(Title, "Burberry fabric by the yard")],
        "fabric by the yard",
        &[(Title, "Burberry scarf of soft fabric")],
    ),
    ("digital_goods", &[(Title, "Nike logo svg for cutters")], "svg", &[(Title, "Nike digital watch")]),
    ("era_named", &[(Title, "Dior silk scarf, 1970s")], "1970s", &[(Title, "Dior silk scarf, 70s style")]),
    ("for_parts", &[(Title, "Omega watch, not working")], "not working", &[(Title, "Omega watch, working well")]),
    ("gift_with_purchase", &[(Title, "Dior pouch, VIP gift")], "VIP gift", &[(Title, "Dior pouch, a gift for her")]),
    (
        "measurements_given",
        &[(Title, "Gucci sweater"), (Description, "pit to pit 52 cm")],
        "pit to pit",
        &[(Title, "Gucci sweater"), (Description, "see the size chart")],
    ),
    (
        "packaging_only",
        &[(Title, "Louis Vuitton empty box")],
        "empty box",
        &[(Title, "Louis Vuitton tote with box and dust bag")],
    ),
    (
        "pickup_offered",
        &[(Title, "Gucci bag"), (Description, "collection in person welcome")],
        "collection in person",
        &[(Title, "Gucci bag"), (Description, "from the spring collection")],
    ),
    (
        "receipt_offered",
        &[(Title, "Gucci bag"), (Description, "proof of purchase at hand")],
        "proof of purchase",
        &[(Title, "Gucci bag replica"), (Description, "proof of purchase at hand")],
    ),
    (
        "retailer_named",
        &[(Title, "Gucci bag"), (Description, "came from Harrods")],
        "Harrods",
        &[(Title, "Gucci bag"), (Description, "came from yupoo")],
    ),
    (
        "returns_accepted",
        &[(Title, "Gucci bag"), (Description, "30 day returns")],
        "30 day returns",
        &[(Title, "Gucci bag"), (Description, "no returns")],
    ),
    (
        "season_named",
        &[(Title, "Prada nylon jacket FW19"), (Category, "clothing")],
        "FW19",
        &[(Title, "Prada steel ring SS 316L"), (Category, "accessories")],
    ),
    (
        "seller_story",
        &[(Title, "Gucci loafers"), (Description, "unwanted gift, never worn")],
        "unwanted gift",
        &[(Title, "Gucci loafers"), (Description, "the perfect gift")],
    ),
    ("service_offered", &[(Title, "Omega watch repair service")], "repair service", &[(Title, "Omega watch, serviced in 2024")]),
    (
        "size_stated",
        &[(Title, "Nike Dunk Low size 9.5"), (Category, "shoes")],
        "size 9.5",
        &[(Title, "Nike Dunk Low 36-45"), (Category, "shoes")],
    ),
    (
        "style_code_given",
        &[(Title, "Nike Dunk Low DD1391-100"), (Category, "shoes")],
        "DD1391-100",
        &[(Title, "Nike Dunk Low 2021 100% leather"), (Category, "shoes")],
    ),
    (
        "tester_or_sample",
        &[(Title, "Dior Sauvage tester 100 ml"), (Category, "perfume")],
        "tester",
        &[(Title, "Dior Sauvage 100 ml"), (Category, "perfume")],
    ),
    (
        "warranty_named",
        &[(Title, "Omega watch"), (Description, "5 year warranty")],
        "year warranty",
        &[(Title, "Omega watch"), (Description, "five years old")],
    ),
    (
        "wear_described",
        &[(Title, "Gucci bag"), (Description, "light scratches on the clasp")],
        "light scratches",
        &[(Title, "Gucci bag"), (Description, "scratch resistant")],
    ),
];
