//! What is sold? Brands with what they make and what it costs new, and goods that no brand is known for.

/// What kind of thing it is; decides nouns, sizes and categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the names are the documentation
pub(super) enum Kind {
    Bag,
    Wallet,
    Belt,
    Sneakers,
    Watch,
    Jacket,
    Hoodie,
    Perfume,
    Makeup,
    Earbuds,
    Sunglasses,
    Jewellery,
}

impl Kind {
    /// Every kind, in the order of the nouns in [`super::words`].
    pub(super) const ALL: [Self; 12] = [
        Self::Bag,
        Self::Wallet,
        Self::Belt,
        Self::Sneakers,
        Self::Watch,
        Self::Jacket,
        Self::Hoodie,
        Self::Perfume,
        Self::Makeup,
        Self::Earbuds,
        Self::Sunglasses,
        Self::Jewellery,
    ];

    /// The category text that marketplaces write.
    #[must_use]
    pub(super) fn category(self) -> &'static str {
        match self {
            Self::Bag => "Apparel & Accessories > Handbags, Wallets & Cases > Handbags",
            Self::Wallet => "Apparel & Accessories > Handbags, Wallets & Cases > Wallets & Money Clips",
            Self::Belt => "Apparel & Accessories > Clothing Accessories > Belts",
            Self::Sneakers => "Apparel & Accessories > Shoes",
            Self::Watch => "Apparel & Accessories > Jewelry > Watches",
            Self::Jacket => "Apparel & Accessories > Clothing > Outerwear > Coats & Jackets",
            Self::Hoodie => "Apparel & Accessories > Clothing > Shirts & Tops",
            Self::Perfume => "Health & Beauty > Personal Care > Cosmetics > Perfume & Cologne",
            Self::Makeup => "Health & Beauty > Personal Care > Cosmetics > Makeup",
            Self::Earbuds => "Electronics > Audio > Headphones",
            Self::Sunglasses => "Apparel & Accessories > Clothing Accessories > Sunglasses",
            Self::Jewellery => "Apparel & Accessories > Jewelry",
        }
    }

    /// Whether shops write a shoe size, a clothes size or none.
    pub(super) fn sizes(self) -> &'static [&'static str] {
        match self {
            Self::Sneakers => &["38", "39", "40", "41", "42", "43", "44", "45"],
            Self::Jacket | Self::Hoodie => &["XS", "S", "M", "L", "XL"],
            Self::Belt => &["85", "90", "95", "100"],
            _ => &[],
        }
    }
}

/// A brand as listings name it.
pub(super) struct Brand {
    /// As the brand writes itself.
    pub(super) name: &'static str,
    /// As Chinese and Japanese listings write it; the Latin name where they do too.
    pub(super) chinese: &'static str,
    pub(super) japanese: &'static str,
    /// Words by which sellers of copies hint at it without naming it.
    pub(super) hints: &'static [&'static str],
    /// First digits of its trade item numbers.
    pub(super) gtin_prefix: &'static str,
    /// What it makes.
    pub(super) lines: &'static [Line],
}

/// Models of one kind and the range of their prices new.
pub(super) struct Line {
    pub(super) kind: Kind,
    pub(super) models: &'static [&'static str],
    /// US dollars.
    pub(super) low: u64,
    pub(super) high: u64,
}

const fn line(kind: Kind, low: u64, high: u64, models: &'static [&'static str]) -> Line {
    Line { kind, models, low, high }
}

const fn brand(
    name: &'static str,
    chinese: &'static str,
    japanese: &'static str,
    hints: &'static [&'static str],
    gtin_prefix: &'static str,
    lines: &'static [Line],
) -> Brand {
    Brand { name, chinese, japanese, hints, gtin_prefix, lines }
}

use Kind::{Bag, Belt, Earbuds, Hoodie, Jacket, Jewellery, Makeup, Perfume, Sneakers, Sunglasses, Wallet, Watch};

/// Brands that are copied. Prices are rough, from memory of shop windows.
pub(super) const BRANDS: &[Brand] = &[
    brand(
        "Louis Vuitton",
        "路易威登",
        "ルイヴィトン",
        &["驴牌", "驴家", "LV老花"],
        "340",
        &[
            line(Bag, 1_400, 3_200, &["Neverfull MM", "Speedy 30", "Alma BB", "Pochette Métis", "Keepall 55"]),
            line(Wallet, 420, 760, &["Zippy", "Victorine", "Brazza"]),
            line(Belt, 480, 690, &["Initiales 40mm"]),
        ],
    ),
    brand(
        "Gucci",
        "古驰",
        "グッチ",
        &["古奇", "双G", "酒神"],
        "805",
        &[
            line(Bag, 980, 2_900, &["GG Marmont", "Dionysus", "Ophidia", "Jackie 1961", "Horsebit 1955"]),
            line(Belt, 390, 620, &["Double G 4 cm", "Interlocking G"]),
            line(Sneakers, 650, 990, &["Ace", "Rhyton", "Screener"]),
        ],
    ),
    brand(
        "Chanel",
        "香奈儿",
        "シャネル",
        &["小香", "香奶奶", "双C"],
        "314",
        &[
            line(Bag, 4_800, 10_500, &["Classic Flap", "Boy Bag", "Gabrielle", "2.55"]),
            line(
                Perfume,
                98,
                190,
                &["N°5 Eau de Parfum 100 ml", "Coco Mademoiselle 50 ml", "Bleu de Chanel 100 ml", "Chance Eau Tendre 50 ml"],
            ),
            line(Makeup, 38, 70, &["Rouge Allure", "Les Beiges", "Le Vernis"]),
        ],
    ),
    brand(
        "Hermès",
        "爱马仕",
        "エルメス",
        &["马家", "H家", "大象灰"],
        "334",
        &[
            line(Bag, 7_500, 19_000, &["Birkin 30", "Kelly 28", "Constance 24", "Picotin 18"]),
            line(Belt, 620, 1_100, &["Constance 32 mm"]),
            line(Perfume, 85, 180, &["Terre d'Hermès 100 ml", "Twilly d'Hermès 50 ml"]),
        ],
    ),
    brand(
        "Dior",
        "迪奥",
        "ディオール",
        &["D家", "戴妃"],
        "334",
        &[
            line(Bag, 2_600, 5_400, &["Lady Dior", "Saddle", "Book Tote"]),
            line(Perfume, 82, 170, &["Sauvage 100 ml", "J'adore 50 ml", "Miss Dior 50 ml"]),
            line(Makeup, 34, 60, &["Addict Lip Glow", "Forever Skin"]),
        ],
    ),
    brand(
        "Prada",
        "普拉达",
        "プラダ",
        &["P家"],
        "805",
        &[
            line(Bag, 1_100, 3_200, &["Re-Edition 2005", "Galleria", "Cleo"]),
            line(Sneakers, 690, 990, &["America's Cup", "Cloudbust"]),
        ],
    ),
    brand(
        "Balenciaga",
        "巴黎世家",
        "バレンシアガ",
        &["B家", "老爹鞋"],
        "805",
        &[line(Sneakers, 750, 1_100, &["Triple S", "Track", "Speed"]), line(Hoodie, 650, 1_050, &["Campaign Logo"])],
    ),
    brand("Burberry", "巴宝莉", "バーバリー", &["战马"], "505", &[line(Jacket, 1_300, 2_400, &["Kensington Trench", "Quilted"])]),
    brand("Moncler", "盟可睐", "モンクレール", &["蒙口"], "805", &[line(Jacket, 1_150, 2_200, &["Maya", "Bady", "Hermine"])]),
    brand(
        "Canada Goose",
        "加拿大鹅",
        "カナダグース",
        &["大鹅"],
        "777",
        &[line(Jacket, 850, 1_500, &["Expedition Parka", "Chilliwack", "Lodge"])],
    ),
    brand(
        "The North Face",
        "北面",
        "ノースフェイス",
        &["TNF"],
        "190",
        &[line(Jacket, 140, 380, &["1996 Retro Nuptse", "Denali", "Mountain Light"])],
    ),
    brand(
        "Stone Island",
        "石头岛",
        "ストーンアイランド",
        &["石头"],
        "805",
        &[line(Hoodie, 280, 420, &["Garment Dyed", "Compass Badge"])],
    ),
    brand("Supreme", "Supreme", "シュプリーム", &["苏博瑞"], "850", &[line(Hoodie, 148, 260, &["Box Logo", "Small Box"])]),
    brand(
        "Rolex",
        "劳力士",
        "ロレックス",
        &["绿水鬼", "黑水鬼", "迪通拿"],
        "761",
        &[line(
            Watch,
            7_200,
            17_500,
            &["Submariner Date 41", "Datejust 41", "GMT-Master II", "Cosmograph Daytona", "Oyster Perpetual 36"],
        )],
    ),
    brand(
        "Omega",
        "欧米茄",
        "オメガ",
        &["海马"],
        "761",
        &[line(Watch, 4_900, 8_600, &["Speedmaster Moonwatch", "Seamaster Diver 300M"])],
    ),
    brand(
        "Cartier",
        "卡地亚",
        "カルティエ",
        &["卡家", "钉子手镯"],
        "360",
        &[
            line(Watch, 2_900, 8_200, &["Tank Must", "Santos", "Ballon Bleu 36"]),
            line(Jewellery, 1_700, 7_100, &["Love", "Juste un Clou", "Trinity"]),
        ],
    ),
    brand(
        "Casio",
        "卡西欧",
        "カシオ",
        &[],
        "454",
        &[line(Watch, 28, 160, &["F-91W", "G-Shock DW-5600", "G-Shock GA-2100", "Edifice EFV"])],
    ),
    brand(
        "Seiko",
        "精工",
        "セイコー",
        &[],
        "495",
        &[line(Watch, 180, 620, &["5 Sports SRPD", "Presage Cocktail", "Prospex Turtle"])],
    ),
    brand(
        "Nike",
        "耐克",
        "ナイキ",
        &["对勾", "空军一号"],
        "195",
        &[
            line(Sneakers, 85, 190, &["Air Force 1 '07", "Dunk Low", "Air Max 90", "Pegasus 41"]),
            line(Hoodie, 50, 95, &["Club Fleece", "Tech Fleece"]),
        ],
    ),
    brand(
        "Air Jordan",
        "乔丹",
        "エアジョーダン",
        &["AJ1", "倒钩"],
        "195",
        &[line(Sneakers, 125, 220, &["1 Retro High OG", "4 Retro", "11 Retro Low"])],
    ),
    brand(
        "Adidas",
        "阿迪达斯",
        "アディダス",
        &["三叶草", "椰子"],
        "406",
        &[line(Sneakers, 75, 180, &["Samba OG", "Gazelle", "Superstar", "Ultraboost 5"])],
    ),
    brand(
        "New Balance",
        "新百伦",
        "ニューバランス",
        &["NB", "纽巴伦"],
        "195",
        &[line(Sneakers, 85, 200, &["574 Core", "9060", "2002R", "550"])],
    ),
    brand(
        "Ray-Ban",
        "雷朋",
        "レイバン",
        &[],
        "805",
        &[line(Sunglasses, 140, 230, &["Aviator Classic RB3025", "Wayfarer RB2140", "Clubmaster RB3016"])],
    ),
    brand(
        "Pandora",
        "潘多拉",
        "パンドラ",
        &[],
        "570",
        &[line(Jewellery, 45, 140, &["Moments Snake Chain", "Timeless Pavé", "Heart Clasp"])],
    ),
    brand(
        "Apple",
        "苹果",
        "アップル",
        &["华强北"],
        "190",
        &[line(Earbuds, 129, 249, &["AirPods 4", "AirPods Pro 2", "AirPods 3"])],
    ),
    brand("Beats", "Beats", "ビーツ", &[], "190", &[line(Earbuds, 99, 200, &["Studio Buds +", "Fit Pro"])]),
    brand(
        "Estée Lauder",
        "雅诗兰黛",
        "エスティローダー",
        &["小棕瓶"],
        "027",
        &[line(Makeup, 42, 125, &["Advanced Night Repair 50 ml", "Double Wear"])],
    ),
    brand(
        "Tom Ford",
        "汤姆福特",
        "トムフォード",
        &[],
        "888",
        &[line(Perfume, 150, 395, &["Oud Wood 50 ml", "Lost Cherry 50 ml", "Black Orchid 100 ml"])],
    ),
];

/// The perfumes that are called Replica by their maker: the oldest trap in the trade.
pub(super) const MARGIELA_REPLICA: &[&str] =
    &["Jazz Club", "By the Fireplace", "Lazy Sunday Morning", "Beach Walk", "Coffee Break", "Under the Lemon Trees"];

/// Telephones and consoles that accessories are made for.
pub(super) const DEVICES: &[&str] =
    &["iPhone 15 Pro", "iPhone 14", "iPhone SE", "Galaxy S24", "Pixel 9", "iPad Air", "Nintendo Switch", "Kindle Paperwhite"];

/// The device of a strap, which no placeholder names.
pub(super) const WATCH_DEVICE: &str = "Apple Watch";

/// Names of invented makers.
pub(super) const SMALL_MAKERS: &[&str] = &[
    "Larkfield",
    "Morrow & Pine",
    "Tinderbox Lane",
    "Halvorsen Works",
    "Quillon",
    "Bramblecote",
    "Nordhav",
    "Sunday Loom",
    "Pepperwick",
    "Oakhollow",
];
