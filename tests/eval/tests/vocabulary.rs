//! Does the policy know the words that a native reader expects in an offer of copies?

#![allow(clippy::unwrap_used)] // a test may end at once

use scoring::{Field, Policy, RawListing, Scorer};

/// Titles of our own, a category, and the signal whose words they hold.
const EXPECTED: &[(&str, &str, &str)] = &[
    // English, and what agents and forums of all languages write.
    ("Jordan 4 Military Black LJR batch", "shoes", "factory_code"),
    ("Dunk Low best budget batch", "shoes", "factory_code"),
    ("Travis Scott Jordan 1 PK God", "shoes", "factory_code"),
    ("Nike Dunk W2C and QC pics", "shoes", "factory_code"),
    ("Rolex Submariner VSF 3235", "watches", "factory_code"),
    ("Rolex Daytona clean factory 4130", "watches", "factory_code"),
    ("Omega Speedmaster APS factory", "watches", "factory_code"),
    ("Rolex Datejust A2836 movement", "watches", "factory_code"),
    ("Panerai Luminor ETA 2824 clone", "watches", "factory_code"),
    ("Rolex GMT superclone", "watches", "replica_term"),
    ("AirPods Pro 2 Airoha 1562AE", "electronics", "factory_code"),
    ("Gucci belt first copy", "accessories", "replica_term"),
    ("Louis Vuitton bag 7A master copy", "bags", "replica_term"),
    ("Dior bag mirror quality", "bags", "copy_grade"),
    ("Moncler jacket premium quality many colorways", "clothing", "copy_grade"),
    ("Gucci hoodie weidian", "clothing", "agent_link"),
    ("Nike Tech taobao link", "clothing", "agent_link"),
    ("Essentials hoodie kakobuy", "clothing", "agent_link"),
    ("Stussy tee cnfans spreadsheet", "clothing", "agent_link"),
    ("LV wallet pandabuy", "accessories", "agent_link"),
    ("Prada cap superbuy haul", "accessories", "agent_link"),
    ("Nike shorts hoobuy mulebuy acbuy oopbuy", "clothing", "agent_link"),
    ("Chanel bag sugargoo allchinabuy", "bags", "agent_link"),
    ("Chanel bag album x.yupoo.com", "bags", "agent_link"),
    // Spanish
    ("Reloj Rolex clon suizo", "watches", "replica_term"),
    ("Tenis Jordan calidad espejo", "shoes", "copy_grade"),
    ("Bolso Gucci igualito al original", "bags", "replica_term"),
    ("Zapatillas Nike truchas, la marca trucho", "shoes", "replica_term"),
    ("Reloj Rolex Triple A importado", "watches", "copy_grade"),
    // Portuguese
    ("Tênis Nike primeira linha", "shoes", "copy_grade"),
    ("Relógio Rolex super clone", "watches", "replica_term"),
    ("Bolsa Gucci inspired premium", "bags", "copy_grade"),
    ("Bolsa Louis Vuitton padrão original", "bags", "replica_term"),
    // French
    ("Sac Chanel qualité miroir", "bags", "copy_grade"),
    ("Montre Rolex clone suisse", "watches", "replica_term"),
    ("Sac Gucci, contrefaçon haut de gamme", "bags", "replica_term"),
    ("Sac Dior identique à l'original", "bags", "replica_term"),
    // German
    ("Rolex Replika Uhr", "watches", "replica_term"),
    ("Gucci Tasche 1:1 Kopie", "bags", "replica_term"),
    ("Louis Vuitton Tasche, vom Original nicht zu unterscheiden", "bags", "replica_term"),
    ("Gucci Gürtel Spiegelqualität", "accessories", "copy_grade"),
    // Italian
    ("Borsa Gucci pezzotta", "bags", "replica_term"),
    ("Borsa Louis Vuitton tarocca", "bags", "replica_term"),
    ("Orologio Rolex clone svizzero", "watches", "replica_term"),
    ("Borsa Chanel identica all'originale", "bags", "replica_term"),
    // Russian
    ("Сумка Gucci реплика люкс", "bags", "replica_term"),
    ("Кроссовки Nike люкс копия", "shoes", "replica_term"),
    ("Часы Rolex качество 1:1", "watches", "copy_grade"),
    ("Сумка Chanel ООО качество", "bags", "copy_grade"),
    ("Куртка Moncler качество как у оригинала", "clothing", "replica_term"),
    // Turkish
    ("Gucci çanta 1:1 replika", "bags", "replica_term"),
    ("Rolex saat lüks replika", "watches", "replica_term"),
    ("Nike ayakkabı A kalite", "shoes", "copy_grade"),
    ("Louis Vuitton çanta birebir", "bags", "copy_grade"),
    ("Gucci kemer çakma", "accessories", "replica_term"),
    // Arabic
    ("شنطة قوتشي هاي كوبي", "bags", "replica_term"),
    ("ساعة رولكس ماستر كواليتي", "watches", "copy_grade"),
    ("حذاء نايك تقليد درجة أولى", "shoes", "replica_term"),
    ("شنطة شانيل طبق الأصل", "bags", "replica_term"),
    // Chinese
    ("古驰 女包 高仿", "bags", "replica_term"),
    ("劳力士 手表 一比一复刻", "watches", "replica_term"),
    ("耐克 球鞋 莆田 纯原", "shoes", "factory_code"),
    ("香奈儿 女包 原单", "bags", "leaked_goods"),
    ("古驰 女包 跟单", "bags", "leaked_goods"),
    ("迪奥 女包 尾单", "bags", "leaked_goods"),
    ("香奈儿 女包 以假乱真", "bags", "replica_term"),
    ("劳力士 手表 1比1", "watches", "copy_grade"),
    ("普拉达 女包 大牌同款", "bags", "lookalike_term"),
    ("古驰 女包 高房货", "bags", "replica_term"),
    // Japanese
    ("ロレックス スーパーコピー", "watches", "replica_term"),
    ("シャネル バッグ N級品", "bags", "copy_grade"),
    ("グッチ バッグ ブランドコピー", "bags", "replica_term"),
    ("ロレックス 完全クローン", "watches", "replica_term"),
    // Korean
    ("루이비통 가방 미러급", "bags", "copy_grade"),
    ("롤렉스 시계 정품급", "watches", "replica_term"),
    ("구찌 가방 레플", "bags", "replica_term"),
    ("샤넬 가방 SA급", "bags", "copy_grade"),
    ("루이비통 홍콩명품", "bags", "replica_term"),
    // Vietnamese, Thai, Indonesian
    ("Giày Nike rep 1:1", "shoes", "replica_term"),
    ("Túi Gucci siêu cấp", "bags", "copy_grade"),
    ("Giày Adidas hàng F1", "shoes", "replica_term"),
    ("กระเป๋า Gucci เกรดมิลเลอร์", "bags", "copy_grade"),
    ("นาฬิกา Rolex งานโคลน", "watches", "replica_term"),
    ("Tas Gucci KW super", "bags", "copy_grade"),
    ("Sepatu Nike mirror quality import", "shoes", "copy_grade"),
];

#[test]
fn what_a_native_reader_expects_is_known() {
    let mut scorer = Scorer::new(Policy::embedded());
    let mut missing = Vec::new();
    for (title, category, signal) in EXPECTED {
        let mut raw = RawListing::default();
        for (field, text) in [(Field::ListingId, "1"), (Field::Title, *title), (Field::Category, *category)] {
            raw.set(field, text);
        }
        let scored = scorer.score(&raw.into_listing().unwrap(), "2026-11-24T00:00:00Z");
        if scored.reasons.iter().all(|reason| reason.signal != *signal) {
            missing.push(format!("{title}: no {signal}"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
