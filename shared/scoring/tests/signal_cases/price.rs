//! Price: what the price and the words about it say.

use super::Case;
use scoring::Field::{Category, Currency, Description, Price, Title};

pub(crate) const CASES: &[Case] = &[
    (
        "currency_missing",
        &[(Title, "Gucci bag"), (Price, "900")],
        "900",
        &[(Title, "Gucci bag"), (Price, "900"), (Currency, "EUR")],
    ),
    (
        "discount_claimed",
        &[(Title, "Gucci bag 80% off")],
        "80%",
        &[(Title, "Gucci sweater, 80% wool"), (Description, "20% off this week")],
    ),
    (
        "free_shipping",
        &[(Title, "Gucci bag, free shipping"), (Category, "bags"), (Price, "40"), (Currency, "USD")],
        "free shipping",
        &[(Title, "Gucci bag, free shipping"), (Category, "bags"), (Price, "900"), (Currency, "USD")],
    ),
    (
        "lot_offered",
        &[(Title, "Lot of 50 Gucci belts"), (Category, "accessories")],
        "Lot of 50",
        &[(Title, "Pack of 3 Nike socks")],
    ),
    (
        "lot_unit_price_low",
        &[(Title, "50 pcs Gucci belts"), (Price, "900"), (Currency, "USD")],
        "900 USD",
        &[(Title, "Nike socks, 3 pairs"), (Price, "18"), (Currency, "USD")],
    ),
    (
        "price_far_above_new",
        &[(Title, "Nike socks"), (Price, "9000"), (Currency, "USD")],
        "9000 USD",
        &[(Title, "Nike socks"), (Price, "20"), (Currency, "USD")],
    ),
    // A lot costs as much as its pieces.
    (
        "price_far_above_new",
        &[(Title, "Nike socks"), (Price, "900"), (Currency, "USD")],
        "900 USD",
        &[(Title, "Lot of 50 Nike socks"), (Price, "900"), (Currency, "USD")],
    ),
    // Whoever calls the goods a copy may ask what he likes.
    (
        "price_plausible",
        &[(Title, "Gucci belt"), (Price, "420"), (Currency, "USD")],
        "420 USD",
        &[(Title, "Gucci belt, superfake"), (Price, "420"), (Currency, "USD")],
    ),
    (
        "price_above_copies",
        &[(Title, "Gucci belt"), (Price, "420"), (Currency, "USD")],
        "420 USD",
        &[(Title, "Gucci belt, superfake"), (Price, "420"), (Currency, "USD")],
    ),
    // "Cao cấp" is high grade in Vietnamese and no cap.
    (
        "kind_copied",
        &[(Title, "Nike sneakers cao cấp"), (Category, "shoes")],
        "sneakers",
        &[(Title, "Gucci umbrella"), (Category, "accessories")],
    ),
    (
        "price_above_copies",
        &[(Title, "Gucci belt"), (Price, "420"), (Currency, "USD")],
        "420 USD",
        &[(Title, "Gucci belt"), (Price, "25"), (Currency, "USD")],
    ),
    (
        "price_like_copies",
        &[(Title, "Gucci belt"), (Price, "25"), (Currency, "USD")],
        "25 USD",
        &[(Title, "Gucci belt"), (Price, "420"), (Currency, "USD")],
    ),
    (
        "price_in_title_differs",
        &[(Title, "Gucci bag $150"), (Price, "1"), (Currency, "USD")],
        "$150",
        &[(Title, "Gucci bag $900"), (Price, "900"), (Currency, "USD")],
    ),
    (
        "price_on_request",
        &[(Title, "Gucci bag"), (Description, "message me for price")],
        "message me for price",
        &[(Title, "Gucci bag"), (Description, "the price is fixed")],
    ),
    ("price_range_offered", &[(Title, "Gucci bags $40 - $90")], "$90", &[(Title, "Gucci bag $900, yes $900")]),
    (
        "retail_price_quoted",
        &[(Title, "Gucci bag"), (Description, "retail $1,900"), (Price, "90"), (Currency, "USD")],
        "retail",
        &[(Title, "Gucci bag"), (Description, "retail $1,900"), (Price, "900"), (Currency, "USD")],
    ),
];
