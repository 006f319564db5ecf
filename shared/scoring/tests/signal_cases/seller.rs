//! Seller, and what identifies the goods.

use super::Case;
use scoring::Field::{
    Category, CreatedAt, Currency, Description, Gtin, Price, SellerCreatedAt, SellerId, SellerName, SellerRating, Title,
};

pub(crate) const CASES: &[Case] = &[
    (
        "capacity_impossible",
        &[(Title, "USB flash drive 16TB"), (Price, "19"), (Currency, "USD")],
        "16TB",
        &[(Title, "USB flash drive 256GB"), (Price, "19"), (Currency, "USD")],
    ),
    (
        "cheap_material",
        &[(Title, "Gucci belt, PU leather"), (Category, "accessories")],
        "PU leather",
        &[(Title, "Belt, PU leather"), (Category, "accessories")],
    ),
    (
        "foreign_movement",
        &[(Title, "Rolex Submariner, Miyota 8215"), (Category, "watches")],
        "Miyota 8215",
        &[(Title, "Seiko diver, NH35"), (Category, "watches")],
    ),
    (
        "gtin_book",
        &[(Title, "Gucci bag"), (Category, "bags"), (Gtin, "9780306406157")],
        "9780306406157",
        &[(Title, "Gucci: the making of, a book"), (Gtin, "9780306406157")],
    ),
    (
        "gtin_filler",
        &[(Title, "Gucci bag"), (Gtin, "1234567890123")],
        "1234567890123",
        &[(Title, "Gucci bag"), (Gtin, "4006381333931")],
    ),
    ("gtin_length", &[(Title, "Gucci bag"), (Gtin, "40063")], "40063", &[(Title, "Gucci bag"), (Gtin, "36000291452")]),
    (
        "gtin_valid",
        &[(Title, "Gucci bag"), (Gtin, "4006381333931")],
        "4006381333931",
        &[(Title, "Gucci bag"), (Gtin, "2000000000008")],
    ),
    (
        "seller_dates_impossible",
        &[(Title, "Gucci bag"), (SellerCreatedAt, "2026-11-20"), (CreatedAt, "2026-11-03")],
        "2026-11-20T00:00:00Z",
        &[(Title, "Gucci bag"), (SellerCreatedAt, "2026-11-03"), (CreatedAt, "2026-11-03")],
    ),
    (
        "seller_established",
        &[(Title, "Gucci bag"), (SellerCreatedAt, "2016-11-01"), (CreatedAt, "2026-11-03")],
        "2016-11-01T00:00:00Z",
        &[(Title, "Gucci bag"), (SellerCreatedAt, "2026-01-01"), (CreatedAt, "2026-11-03")],
    ),
    (
        "seller_name_brand",
        &[(Title, "Gucci bag"), (SellerName, "Gucci Prada Corner")],
        "Gucci",
        &[(Title, "Gucci bag"), (SellerName, "Ana's Wardrobe")],
    ),
    (
        "seller_name_contact",
        &[(Title, "Gucci bag"), (SellerName, "luxe +86 138 1234 5678")],
        "+86 138 1234 5678",
        &[(Title, "Gucci bag"), (SellerName, "Luxe since 1998")],
    ),
    (
        "seller_name_random",
        &[(Title, "Gucci bag"), (SellerName, "gxtkwzqp")],
        "gxtkwzqp",
        &[(Title, "Gucci bag"), (SellerName, "Schwartz & Krzysztof")],
    ),
    (
        "seller_name_trade",
        &[(Title, "Gucci bag"), (SellerName, "Bags Factory")],
        "Factory",
        &[(Title, "Gucci bag"), (SellerName, "Ana's Wardrobe")],
    ),
    (
        "seller_new_dear_goods",
        &[(Title, "Rolex Submariner"), (Category, "watches"), (SellerCreatedAt, "2026-11-01"), (CreatedAt, "2026-11-03")],
        "2026-11-01T00:00:00Z",
        &[(Title, "Nike Dunk Low"), (Category, "shoes"), (SellerCreatedAt, "2026-11-01"), (CreatedAt, "2026-11-03")],
    ),
    (
        "seller_perfect_and_new",
        &[(Title, "Gucci bag"), (SellerRating, "5"), (SellerCreatedAt, "2026-11-01"), (CreatedAt, "2026-11-03")],
        "5.00",
        &[(Title, "Gucci bag"), (SellerRating, "5"), (SellerCreatedAt, "2016-11-01"), (CreatedAt, "2026-11-03")],
    ),
    (
        "seller_rating_high",
        &[(Title, "Gucci bag"), (SellerRating, "4.9")],
        "4.90",
        &[(Title, "Gucci bag"), (SellerRating, "4.2")],
    ),
    (
        "seller_unnamed",
        &[(Title, "Gucci bag"), (SellerId, "S-1"), (SellerRating, "4.2")],
        "S-1",
        &[(Title, "Gucci bag"), (SellerId, "S-1"), (SellerRating, "4.2"), (SellerName, "Ana")],
    ),
    ("seller_unrated", &[(Title, "Gucci bag"), (SellerRating, "0")], "0.00", &[(Title, "Gucci bag"), (SellerRating, "4.2")]),
    (
        "serial_promised",
        &[(Title, "Gucci bag"), (Category, "bags"), (Description, "with NFC chip")],
        "with NFC chip",
        &[(Title, "Gucci bag"), (Category, "bags"), (Description, "chocolate chip colour")],
    ),
    (
        "size_impossible",
        &[(Title, "Nike Dunk Low size 68"), (Category, "shoes")],
        "size 68",
        &[(Title, "Nike Dunk Low size 10.5"), (Category, "shoes")],
    ),
    (
        "storage_impossible",
        &[(Title, "Apple iPhone 14 Pro 2TB"), (Category, "electronics")],
        "2TB",
        &[(Title, "Apple iPhone 14 Pro 256GB"), (Category, "electronics")],
    ),
];
