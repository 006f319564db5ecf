//! Contact: ways that lead off the marketplace.

use super::Case;
use scoring::Field::{Description, Title};

pub(crate) const CASES: &[Case] = &[
    (
        "account_handle",
        &[(Title, "Gucci bag"), (Description, "more on ig @luxe_bags_ny")],
        "@luxe_bags_ny",
        &[(Title, "Gucci bag @en-GB, 2 @ 20")],
    ),
    (
        "contact_accumulates",
        &[(Title, "Gucci bag"), (Description, "WhatsApp +86 138 1234 5678")],
        "+86 138 1234 5678",
        &[(Title, "Gucci bag"), (Description, "Questions? Write to me here.")],
    ),
    (
        "contact_beside_brand",
        &[(Title, "Gucci WhatsApp me")],
        "WhatsApp",
        &[(Title, "Gucci bag in very good order, with the dust bag. WhatsApp")],
    ),
    (
        "image_contact",
        &[(Title, "Gucci bag"), (Description, "number in the picture")],
        "number in the picture",
        &[(Title, "Gucci bag"), (Description, "see the last picture for the lining")],
    ),
    (
        "link_hub",
        &[(Title, "Gucci bag"), (Description, "all styles: linktr.ee/luxe")],
        "linktr.ee/luxe",
        &[(Title, "Gucci bag"), (Description, "as on www.example.com")],
    ),
    (
        "link_outside",
        &[(Title, "Gucci bag"), (Description, "as on www.example.com")],
        "www.example.com",
        &[(Title, "Gucci bag"), (Description, "size 9.5, approx.company colours")],
    ),
    (
        "mail_address",
        &[(Title, "Gucci bag"), (Description, "order at luxe@example.com")],
        "luxe@example.com",
        &[(Title, "Gucci bag"), (Description, "order @ a fair price")],
    ),
    (
        "phone_number",
        &[(Title, "Gucci bag"), (Description, "call +86 138 1234 5678")],
        "+86 138 1234 5678",
        &[(Title, "Gucci bag"), (Description, "serial 1381234567890, +5 EUR shipping")],
    ),
    (
        "photos_on_request",
        &[(Title, "Gucci bag"), (Description, "ask for real photos")],
        "ask for real photos",
        &[(Title, "Gucci bag"), (Description, "the photos show the real bag")],
    ),
    (
        "qr_code",
        &[(Title, "Gucci bag"), (Description, "scan the code to order")],
        "scan the code",
        &[(Title, "Scanner that reads every code")],
    ),
];
