//! What do columns and JSON keys usually mean, whoever wrote the file?
//!
//! The first rank is the contract's own name. Names in English, Chinese, Spanish, Portuguese, Italian, German, French, Japanese
//! and Russian; two words together are also nested JSON keys (`price.value`, `images.src`).

use super::{Column, Reading, column};
use scoring::Field;

pub(super) const COLUMNS: &[Column] = &[
    // Ids: what names the listing itself first, then the product, then the seller's own number for it.
    column(&["listing_id"], Field::ListingId),
    column(&["item number", "item id", "item no", "legacy item id", "宝贝id", "宝贝编号", "数字id"], Field::ListingId).rank(1),
    column(&["id", "offer id", "ad id", "编号", "商品id", "商品编号", "product id", "goods id", "num iid"], Field::ListingId)
        .rank(2),
    column(
        &["asin", "asin1", "sku id", "spu id", "identifier", "identificador", "产品编号", "产品id", "商品番号"],
        Field::ListingId,
    )
    .rank(3),
    column(
        &[
            "sku",
            "seller sku",
            "variant sku",
            "variants sku",
            "custom label",
            "item code",
            "product code",
            "article number",
            "货号",
            "商家编码",
        ],
        Field::ListingId,
    )
    .rank(4),
    column(
        &["Artikelnummer", "Artikel-Nr", "référence", "referencia", "código", "codice", "артикул", "handle", "mpn"],
        Field::ListingId,
    )
    .rank(5),
    // Titles.
    column(&["title"], Field::Title),
    column(
        &["item name", "product name", "listing title", "product title", "item title", "goods name", "goods title"],
        Field::Title,
    )
    .rank(1),
    column(
        &["商品名称", "商品标题", "宝贝名称", "宝贝标题", "标题", "产品名称", "商品名稱", "標題", "商品名", "タイトル"],
        Field::Title,
    )
    .rank(1),
    column(&["título", "título del producto", "titre", "Titel", "titolo", "заголовок"], Field::Title).rank(1),
    column(&["name", "名称", "品名", "名稱", "headline", "subject"], Field::Title).rank(2),
    column(&["nombre", "nombre del producto", "nome", "nome do produto", "nom", "nom du produit", "désignation"], Field::Title)
        .rank(2),
    column(&["Bezeichnung", "Artikelbezeichnung", "Artikelname", "Produktname", "название", "наименование"], Field::Title)
        .rank(2),
    // Descriptions.
    column(&["description"], Field::Description),
    column(
        &["body html", "item description", "product description", "long description", "full description", "desc", "details"],
        Field::Description,
    )
    .rank(1),
    column(
        &["描述", "商品描述", "宝贝描述", "详情", "商品详情", "产品描述", "說明", "商品说明", "説明", "商品説明"],
        Field::Description,
    )
    .rank(1),
    column(&["descripción", "descrição", "descrizione", "Beschreibung", "Artikelbeschreibung", "описание"], Field::Description)
        .rank(1),
    column(
        &["short description", "subtitle", "卖点", "副标题", "Kurzbeschreibung", "descripción corta", "description courte"],
        Field::Description,
    )
    .rank(2),
    // Brands.
    column(&["brand"], Field::Brand),
    column(&["brand name", "product brand", "品牌", "品牌名称", "品牌名", "ブランド", "марка", "бренд"], Field::Brand).rank(1),
    column(&["marca", "marque", "Marke", "Hersteller", "vendor", "manufacturer", "fabricant", "fabricante"], Field::Brand)
        .rank(2),
    // Categories.
    column(&["category"], Field::Category),
    column(
        &["category name", "category path", "categories", "categories name", "product type", "product category", "item category"],
        Field::Category,
    )
    .rank(1),
    column(
        &["类目", "分类", "商品类目", "商品分类", "类别", "品类", "分類", "カテゴリ", "カテゴリー", "категория"],
        Field::Category,
    )
    .rank(1),
    column(&["categoría", "categorías", "catégorie", "Kategorie", "Kategorien", "Warengruppe"], Field::Category).rank(1),
    column(&["google product category", "taxonomy", "department"], Field::Category).rank(2),
    // Prices: what is paid now first.
    column(&["price"], Field::Price),
    column(
        &["sale price", "current price", "final price", "discount price", "special price", "now price", "price value"],
        Field::Price,
    ),
    column(
        &["现价", "促销价", "活动价", "券后价", "折后价", "到手价", "precio rebajado", "Angebotspreis", "prix promo"],
        Field::Price,
    ),
    column(&["价格", "售价", "单价", "商品价格", "宝贝价格", "销售价", "價格", "售價", "価格", "цена"], Field::Price).rank(1),
    column(&["precio", "preço", "prezzo", "prix", "Preis", "Verkaufspreis", "selling price", "unit price"], Field::Price).rank(1),
    column(&["variant price", "variants price", "offers price", "item price", "sell price"], Field::Price).rank(1),
    column(&["regular price", "start price", "list price", "buy it now price", "precio normal", "prix normal"], Field::Price)
        .rank(2),
    // Currencies.
    column(&["currency"], Field::Currency),
    column(
        &["currency code", "price currency", "price currency code", "offers price currency", "货币", "币种", "貨幣", "通貨"],
        Field::Currency,
    )
    .rank(1),
    column(&["moneda", "moeda", "valuta", "devise", "monnaie", "Währung", "валюта"], Field::Currency).rank(1),
    // Sellers.
    column(&["seller_id"], Field::SellerId),
    column(&["shop id", "store id", "merchant id", "user id", "vendor id", "account id", "owner id"], Field::SellerId).rank(1),
    column(&["店铺id", "卖家id", "商家id"], Field::SellerId).rank(2),
    column(&["seller_name"], Field::SellerName),
    column(&["seller username", "seller nick", "shop name", "store name", "merchant name"], Field::SellerName).rank(1),
    column(&["seller", "shop", "store", "merchant", "sold by", "user name", "nick", "shop title"], Field::SellerName).rank(2),
    column(
        &["店铺", "店铺名称", "店铺名", "卖家", "卖家昵称", "卖家名称", "商家", "商家名称", "掌柜", "掌柜名", "旺旺", "店名"],
        Field::SellerName,
    )
    .rank(2),
    column(&["卖家旺旺", "掌柜旺旺", "賣家", "賣場", "ショップ", "продавец", "магазин"], Field::SellerName).rank(2),
    column(
        &["vendedor", "tienda", "loja", "venditore", "negozio", "vendeur", "boutique", "Verkäufer", "Händler"],
        Field::SellerName,
    )
    .rank(2),
    column(&["seller_rating"], Field::SellerRating),
    column(
        &["shop rating", "store rating", "merchant rating", "店铺评分", "卖家评分", "商家评分", "Verkäuferbewertung"],
        Field::SellerRating,
    )
    .rank(1),
    column(&["seller_created_at"], Field::SellerCreatedAt).reading(Reading::Time),
    column(
        &["seller created", "seller since", "shop created at", "member since", "开店时间", "开店日期", "注册时间"],
        Field::SellerCreatedAt,
    )
    .rank(1)
    .reading(Reading::Time),
    // Where from.
    column(&["ship_from"], Field::ShipFrom),
    column(
        &[
            "ships from",
            "ship from country",
            "ships from country",
            "country",
            "country code",
            "origin country",
            "item location country",
        ],
        Field::ShipFrom,
    )
    .rank(1),
    column(&["发货国家", "发货国", "país", "pays", "Versandland", "страна"], Field::ShipFrom).rank(1),
    column(&["marketplace"], Field::Marketplace),
    column(
        &[
            "platform",
            "site",
            "listing site",
            "channel",
            "平台",
            "来源平台",
            "plataforma",
            "plateforme",
            "Plattform",
            "Marktplatz",
        ],
        Field::Marketplace,
    )
    .rank(1),
    // Addresses.
    column(&["url"], Field::Url),
    column(
        &["link", "product url", "listing url", "item url", "item web url", "product link", "permalink", "detail url"],
        Field::Url,
    )
    .rank(1),
    column(&["链接", "商品链接", "宝贝链接", "网址", "商品网址", "連結", "enlace", "lien", "ссылка"], Field::Url).rank(1),
    column(&["image_urls"], Field::ImageUrls),
    column(
        &[
            "image",
            "images",
            "image url",
            "image link",
            "image src",
            "images src",
            "images url",
            "image image url",
            "picture",
            "pictures",
        ],
        Field::ImageUrls,
    )
    .rank(1),
    column(
        &["picture url", "pic url", "pic", "photo", "photos", "photo url", "thumbnail", "additional image link", "main image"],
        Field::ImageUrls,
    )
    .rank(1),
    column(
        &["图片", "主图", "商品图片", "商品主图", "图片链接", "主图链接", "图片地址", "圖片", "画像", "фото"],
        Field::ImageUrls,
    )
    .rank(1),
    column(
        &["imagen", "imágenes", "imagem", "imagens", "immagine", "immagini", "Bild", "Bilder", "Bild-URL", "photo principale"],
        Field::ImageUrls,
    )
    .rank(1),
    // Trade item numbers.
    column(&["gtin"], Field::Gtin),
    column(
        &["ean", "upc", "barcode", "variant barcode", "variants barcode", "ean13", "gtin13", "gtin14", "jan", "isbn13"],
        Field::Gtin,
    )
    .rank(1),
    column(
        &["条形码", "条码", "商品条码", "商品条形码", "條碼", "código de barras", "code barres", "Strichcode", "штрихкод"],
        Field::Gtin,
    )
    .rank(1),
    // Times.
    column(&["created_at"], Field::CreatedAt).reading(Reading::Time),
    column(
        &[
            "created",
            "created time",
            "date created",
            "listed at",
            "listed date",
            "start date",
            "open date",
            "published at",
            "publish date",
        ],
        Field::CreatedAt,
    )
    .rank(1)
    .reading(Reading::Time),
    column(
        &[
            "创建时间",
            "上架时间",
            "发布时间",
            "上架日期",
            "上架時間",
            "fecha",
            "fecha de creación",
            "date de création",
            "Erstellungsdatum",
        ],
        Field::CreatedAt,
    )
    .rank(1)
    .reading(Reading::Time),
];

/// Keys that mean nothing themselves, of objects that hold parts of the listing.
pub(super) const CONTAINERS: &[&str] = &["variants", "offers", "offer", "product", "item", "listing", "goods"];

/// Currencies that a header may name beside the price (`Price (EUR)`).
pub(super) const CURRENCIES: &[&str] = &[
    "USD", "EUR", "GBP", "CNY", "JPY", "HKD", "TWD", "KRW", "AUD", "CAD", "SGD", "INR", "BRL", "RUB", "TRY", "PLN", "SEK", "CHF",
    "MXN", "VND", "THB",
];
