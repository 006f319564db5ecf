//! What are the columns of the CSV that Taobao's assistant (淘宝助理) writes?
//!
//! Above the header stand a line with a version and one with the fields' English names; the text is UTF-16 or GB18030.
//! An item that was never listed has the number 0, and the seller's own code (商家编码) is optional: what has neither is named
//! `taobao-row-<number>`. The category is a bare number and says nothing.

use super::{Preset, Reading, Repeats, column};
use scoring::Field;

pub(super) const PRESET: Preset = Preset {
    name: "taobao-assistant",
    marketplace: Some("taobao"),
    currency: Some("CNY"),
    signatures: &[&["宝贝名称", "宝贝价格"], &["title", "cid", "seller_cids", "price", "outer_id"]],
    columns: &[
        column(&["数字ID", "宝贝编号", "num_id"], Field::ListingId).reading(Reading::Nonzero),
        column(&["商家编码", "outer_id"], Field::ListingId).rank(1),
        column(&["宝贝名称", "title"], Field::Title),
        column(&["宝贝描述", "description"], Field::Description),
        column(&["宝贝卖点", "subtitle"], Field::Description).rank(1),
        column(&["宝贝类目", "cid"], Field::Category).reading(Reading::Name),
        column(&["宝贝价格", "price"], Field::Price),
        column(&["用户名称", "账户名称", "user_name"], Field::SellerName),
        column(&["新图片", "picture"], Field::ImageUrls).reading(Reading::Pictures),
        column(&["商品条形码", "barcode"], Field::Gtin).reading(Reading::Gtin),
        column(&["开始时间", "list_time"], Field::CreatedAt).reading(Reading::Time),
    ],
    quoting: true,
    repeats: Repeats::Never,
    row_id: Some("taobao"),
};
