//! Which words do the sellers of the simulated marketplace write?

/// How honest sellers begin a title.
pub(super) const ADJECTIVES: &[&str] = &[
    "Vintage",
    "Handmade",
    "New",
    "Used",
    "Classic",
    "Modern",
    "Rustic",
    "Large",
    "Small",
    "Mini",
    "Soft",
    "Warm",
    "Light",
    "Heavy",
    "Elegant",
    "Simple",
    "Retro",
    "Boho",
    "Nordic",
    "Cosy",
    "Sturdy",
    "Foldable",
    "Adjustable",
    "Reversible",
    "Waterproof",
    "Organic",
];

/// Colours.
pub(super) const COLOURS: &[&str] = &[
    "black",
    "white",
    "red",
    "navy",
    "sky blue",
    "olive",
    "forest green",
    "beige",
    "camel",
    "brown",
    "burgundy",
    "pink",
    "lilac",
    "mustard",
    "grey",
    "silver",
    "gold tone",
    "cream",
    "teal",
    "orange",
];

/// Materials.
pub(super) const MATERIALS: &[&str] = &[
    "leather", "cotton", "linen", "wool", "canvas", "steel", "oak", "ceramic", "glass", "silk", "denim", "suede", "felt",
    "bamboo", "brass", "nylon", "velvet", "walnut", "rattan", "jute",
];

/// Goods.
pub(super) const GOODS: &[&str] = &[
    "tote bag",
    "backpack",
    "wallet",
    "belt",
    "scarf",
    "watch strap",
    "teapot",
    "lamp",
    "cushion cover",
    "rug",
    "notebook",
    "jacket",
    "dress",
    "sneakers",
    "sandals",
    "boots",
    "hat",
    "gloves",
    "necklace",
    "bracelet",
    "earrings",
    "mug",
    "vase",
    "clock",
    "mirror",
    "shelf",
    "stool",
    "blanket",
    "apron",
    "phone case",
    "laptop sleeve",
    "key ring",
    "tray",
    "basket",
    "planter",
    "frame",
    "candle holder",
    "skirt",
    "shirt",
    "coat",
];

/// What honest sellers say further.
pub(super) const DETAILS: &[&str] = &[
    "with zip",
    "with lining",
    "size S",
    "size M",
    "size L",
    "EU 38",
    "EU 41",
    "set of 2",
    "set of 4",
    "20 cm",
    "35 cm",
    "50 cm",
    "1970s",
    "1980s",
    "never worn",
    "gift for her",
    "gift for him",
    "for the garden",
    "for the kitchen",
    "made in Portugal",
    "made in Italy",
    "free postage",
    "good condition",
    "with small flaw",
    "limited stock",
];

/// Brand and model, as they are sold by many shops and copied by some, and about what they cost in a shop, in euros.
pub(super) const MODELS: &[(&str, i64)] = &[
    ("Louis Vuitton Neverfull MM", 1600),
    ("Gucci Marmont bag", 1900),
    ("Nike Air Jordan 1", 180),
    ("Adidas Yeezy Boost 350", 230),
    ("Rolex Submariner", 9000),
    ("Omega Seamaster", 5500),
    ("Chanel Classic Flap", 9500),
    ("Hermes Birkin 30", 11000),
    ("Dior Book Tote", 2800),
    ("Prada Re-Edition", 1500),
    ("Ray-Ban Wayfarer", 150),
    ("Moncler Maya", 1300),
    ("Canada Goose Expedition", 1200),
    ("Apple AirPods Pro", 250),
    ("Dyson Airwrap", 480),
    ("Cartier Love bracelet", 7000),
];

/// How a catalogue goes on after brand and model; the same words in every shop.
pub(super) const CATALOGUE: &[&str] = &[
    "official size guide included",
    "new season",
    "original box",
    "two year warranty",
    "authorised retailer",
    "standard edition",
    "classic edition",
    "autumn collection",
    "spring collection",
    "gift wrapped",
];

/// What sellers of copies add; a network keeps to its own choice of these.
pub(super) const TAILS: &[&str] = &[
    "top grade",
    "mirror quality",
    "factory direct",
    "1:1",
    "with box and dust bag",
    "QC photos before shipping",
    "best batch",
    "OG quality",
    "full set with receipt",
    "drop shipping welcome",
    "ship in 24h",
    "hot sale this week",
    "big discount",
    "inbox for more colours",
    "same as store",
    "customs safe",
    "low price wholesale",
    "all sizes ready",
    "serial number included",
    "高仿",
    "原单",
    "一比一",
    "专柜品质",
    "现货秒发",
    "支持验货",
    "qualité miroir",
    "Top Qualität",
    "calidad AAA",
];

/// Words with which a relisted title is padded.
pub(super) const FILLERS: &[&str] = &["new", "hot", "2026", "sale", "fast", "stock", "🔥", "✨", "现货", "!!"];

/// How honest sellers describe.
pub(super) const SENTENCES: &[&str] = &[
    "Selling because we are moving house.",
    "Ships within two days.",
    "Please look at all pictures.",
    "Returns accepted within 30 days.",
    "Smoke free home.",
    "Measurements are in the pictures.",
    "Made in our small workshop.",
    "Happy to combine postage.",
    "Bought last year and used twice.",
    "The colour may differ slightly on your screen.",
    "Machine washable at 30 degrees.",
    "Every piece is a little different.",
    "We pack without plastic.",
    "Invoice included.",
];

/// How sellers of copies describe.
pub(super) const PATTER: &[&str] = &[
    "Best quality on the market.",
    "Ask before you order.",
    "More models in our album.",
    "We ship worldwide.",
    "Pictures are of our stock.",
    "Feel free to contact us for prices.",
    "Agents welcome.",
    "质量保证，假一赔十。",
    "更多款式请联系。",
    "Discount for two or more.",
];

/// Contacts of the marketplace itself, which thousands of honest shops repeat.
pub(super) const SUPPORT: &[&str] = &[
    "Questions? Write to help@bazaar.example",
    "Support WhatsApp of the marketplace: +44 20 7946 0000",
    "Follow us @bazaar_official",
];

/// Pictures that shops show when they have none of their own, and banners of a template service.
pub(super) const PLACEHOLDERS: &[&str] = &[
    "https://cdn.bazaar.example/static/no-image.png",
    "https://cdn.bazaar.example/static/coming-soon.jpg",
    "https://banners.example/free-shipping-blue.png",
];
