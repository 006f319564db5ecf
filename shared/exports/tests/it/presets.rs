//! Are the exports that people really have understood? Each fixture has a real header and rows of our own making.

use crate::render::read_named;

macro_rules! fixtures {
    ($($test:ident: $path:literal)*) => {$(
        #[test]
        fn $test() {
            let bytes = include_bytes!(concat!("../../test_data/", $path));
            insta::assert_snapshot!(stringify!($test), read_named($path, bytes).long());
        }
    )*};
}

fixtures! {
    shopify: "shopify/products.csv"
    shopify_2024: "shopify/products-2024.csv"
    amazon: "amazon/active-listings.txt"
    ebay: "ebay/active-listings.csv"
    etsy: "etsy/listings.csv"
    woocommerce: "woocommerce/products.csv"
    woocommerce_german: "woocommerce/produkte.csv"
    google_tsv: "google/feed.tsv"
    google_xml: "google/feed.xml"
    google_atom: "google/feed.atom"
    taobao: "taobao/assistant.csv"
    generic_chinese: "generic/zh.csv"
    generic_spanish: "generic/es.csv"
    contract_jsonl: "generic/contract.jsonl"
    shopify_api: "generic/shopify-api.json"
    json_list: "generic/list.json"
}
