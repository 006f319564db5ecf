//! Presentation, and what is missing.

use super::Case;
use scoring::Field::{Brand, Category, Currency, Description, ImageUrls, Price, SellerName, Title, Url};

pub(crate) const CASES: &[Case] = &[
    (
        "brand_field_missing",
        &[(Title, "Gucci bag with bamboo handle"), (SellerName, "Ana"), (Url, "https://example.com/1")],
        "Gucci",
        &[(Title, "Gucci bag"), (Brand, "Gucci"), (SellerName, "Ana"), (Url, "https://example.com/1")],
    ),
    ("customised", &[(Title, "Caps, custom logo, Nike")], "custom logo", &[(Title, "Nike cap, custom fit")]),
    (
        "description_missing",
        &[(Title, "Gucci bag"), (SellerName, "Ana"), (Url, "https://example.com/1")],
        "Gucci",
        &[(Title, "Gucci bag"), (SellerName, "Ana"), (Url, "https://example.com/1"), (Description, "From 2019.")],
    ),
    (
        "discreet_shipping",
        &[(Title, "Gucci bag"), (Description, "free reship if seized")],
        "free reship if seized",
        &[(Title, "Gucci bag"), (Description, "customs duties are paid by the buyer")],
    ),
    ("exclamations", &[(Title, "Gucci bag!!! Wow!")], "Gucci bag!!! Wow!", &[(Title, "Gucci bag!")]),
    (
        "hashtags",
        &[(Title, "Gucci bag #bag #luxury #fashion")],
        "Gucci bag #bag #luxury #fashion",
        &[(Title, "Gucci bag #1 #bag")],
    ),
    (
        "images_missing",
        &[(Title, "Gucci bag"), (SellerName, "Ana"), (Url, "https://example.com/1")],
        "Gucci",
        &[(Title, "Gucci bag"), (SellerName, "Ana"), (Url, "https://example.com/1"), (ImageUrls, "https://example.com/1.jpg")],
    ),
    (
        "packaging_promised",
        &[(Title, "Gucci belt with full packaging"), (Category, "accessories"), (Price, "35"), (Currency, "USD")],
        "with full packaging",
        &[(Title, "Gucci belt with full packaging"), (Category, "accessories"), (Price, "420"), (Currency, "USD")],
    ),
    ("pictures_in_title", &[(Title, "🔥🔥🔥 Gucci bag")], "🔥🔥🔥 Gucci bag", &[(Title, "Gucci bag ❤")]),
    (
        "praise",
        &[(Title, "Gucci bag, excellent workmanship")],
        "excellent workmanship",
        &[(Title, "Gucci bag, full-grain leather")],
    ),
    (
        "price_missing",
        &[(Title, "Gucci bag"), (SellerName, "Ana"), (Url, "https://example.com/1")],
        "Gucci",
        &[(Title, "Gucci bag"), (SellerName, "Ana"), (Url, "https://example.com/1"), (Price, "900"), (Currency, "USD")],
    ),
    ("shouting", &[(Title, "GUCCI SHOULDER BAG BLACK")], "GUCCI SHOULDER BAG BLACK", &[(Title, "GUCCI shoulder bag in black")]),
    (
        "size_run_offered",
        &[(Title, "Nike Dunk Low 36-45"), (Category, "shoes")],
        "36-45",
        &[(Title, "Nike Dunk Low 42-43"), (Category, "shoes")],
    ),
    (
        "title_repeats_words",
        &[(Title, "Gucci belt leather belt men belt black")],
        "Gucci belt leather belt men belt black",
        &[(Title, "Gucci leather belt for men, black")],
    ),
    (
        "title_stuffed",
        &[(Title, "Gucci bag lady man tote top hand body red blue tan gray pink gold hot new now buy sale gift car gym day job")],
        "Gucci bag lady man tote top hand body red blue tan gray pink gold hot new now buy sale gift car gym day job",
        &[(Title, "Gucci tote in black leather with bamboo handle and dust bag")],
    ),
    ("urgency", &[(Title, "Gucci bag, selling fast")], "selling fast", &[(Title, "Gucci bag, for sale")]),
    (
        "variety_offered",
        &[(Title, "Nike Dunk Low (30+ styles)"), (Category, "shoes")],
        "styles",
        &[(Title, "Nike Dunk Low, one of the best styles"), (Category, "shoes")],
    ),
];
