//! What is found, and what is left alone, in each language.

use super::{Kind, find, redact};
use proptest::prelude::*;

const EMAIL: Kind = Kind::Email;
const PHONE: Kind = Kind::Phone;
const HANDLE: Kind = Kind::Handle;
const LINK: Kind = Kind::Link;

fn check(text: &str, expected: &[(Kind, &str)]) {
    let found = find(text);
    let values: Vec<_> = found.iter().map(|found| (found.kind, found.value.as_str())).collect();
    assert_eq!(values, expected, "{text}");
}

#[test]
fn mail_addresses() {
    for (text, value) in [
        ("mail: Kicks.Shop@Example.com.", "kicks.shop@example.com"),
        ("邮箱joe@163.com联系", "joe@163.com"),
        ("joe (at) example (dot) com", "joe@example.com"),
        ("joe[at]example[.]com", "joe@example.com"),
        ("joe at gmail dot com", "joe@gmail.com"),
        ("schreib an joe(at)gmx.de", "joe@gmx.de"),
        ("joe arroba hotmail punto com", "joe@hotmail.com"),
        ("пишите joe собака yandex точка ru", "joe@yandex.ru"),
        ("joe@gmail", "joe@gmail"),
        ("ｊｏｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "joe@example.com"),
        ("joe @ example . com", "joe@example.com"),
        ("j\u{200b}oe@exam\u{200b}ple.com", "joe@example.com"),
        ("<a href=\"mailto:joe@example.com\">mail</a>", "joe@example.com"),
        ("joe&#64;example.com", "joe@example.com"),
        ("joe＠example。com", "joe@example.com"),
        ("joe_at_gmail_dot_com", "joe@gmail.com"),
        ("이메일 joe골뱅이naver.com", "joe@naver.com"),
    ] {
        check(text, &[(EMAIL, value)]);
    }
}

#[test]
fn telephone_numbers() {
    for (text, value) in [
        ("call +86 138 1234 5678 now", "+8613812345678"),
        ("微信同号13812345678", "+8613812345678"),
        ("电话：１３８－１２３４－５６７８", "+8613812345678"),
        ("138 1234 5678", "+8613812345678"),
        ("一三八一二三四五六七八", "+8613812345678"),
        ("1三8一2三4五6七8", "+8613812345678"),
        ("Тел. 8 (916) 123-45-67", "+79161234567"),
        ("+7 916 123 45 67", "+79161234567"),
        ("89161234567 ватсап", "+79161234567"),
        ("문의 010-1234-5678", "+821012345678"),
        ("공일공 일이삼사 오육칠팔", "+821012345678"),
        ("連絡先 090-1234-5678", "+819012345678"),
        ("WhatsApp 0176 12345678", "+4917612345678"),
        ("Handy: 0176/12345678", "+4917612345678"),
        ("tel 06 12 34 56 78", "+33612345678"),
        ("chiama 333 1234567", "+393331234567"),
        ("cell: 333 123 4567", "+393331234567"),
        ("llama al tel: 612 345 678", "612345678"),
        ("whats (11) 91234-5678", "+5511912345678"),
        ("(212) 555-0147", "+12125550147"),
        ("call 212-555-0147", "+12125550147"),
        ("0532 123 45 67", "+905321234567"),
        ("whatsapp 05321234567", "+905321234567"),
        ("واتساب ٠٥٠١٢٣٤٥٦٧", "0501234567"),
        ("جوال 050 123 4567", "0501234567"),
        ("zalo 0912345678", "0912345678"),
        ("WA 0812-3456-7890", "+6281234567890"),
        ("โทร 081-234-5678", "0812345678"),
        ("wa.me/8613812345678", "+8613812345678"),
        ("https://api.whatsapp.com/send?phone=447700900123", "+447700900123"),
        ("0086 138 1234 5678", "+8613812345678"),
        ("1 3 8 1 2 3 4 5 6 7 8", "+8613812345678"),
        ("138*1234*5678", "+8613812345678"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "+8613812345678"),
        ("W h a t s A p p +44 (0) 7700 900123", "+447700900123"),
        ("(495) 123-45-67", "+74951234567"),
        ("call one three eight one two three four five", "13812345"),
        ("whatsapp: 447700900123", "447700900123"),
    ] {
        check(text, &[(PHONE, value)]);
    }
}

#[test]
fn accounts() {
    for (text, value) in [
        ("ig @luxe_bags.ny!", "luxe_bags.ny"),
        ("WeChat: kicks_88", "kicks_88"),
        ("微信号：kicks88", "kicks88"),
        ("加微kicks8899", "kicks8899"),
        ("微❤信 kicks88", "kicks88"),
        ("V信kicks88", "kicks88"),
        ("vx:kicks88", "kicks88"),
        ("➕v kicks88", "kicks88"),
        ("WeChat ID is kicksfan", "kicksfan"),
        ("QQ群123456789", "123456789"),
        ("телега kicks_88", "kicks_88"),
        ("skype: live:kicks_88", "kicks_88"),
        ("QQ 12345678", "12345678"),
        ("扣扣：12345678", "12345678"),
        ("Telegram @kicks_shop", "kicks_shop"),
        ("t.me/Kicks_Shop", "kicks_shop"),
        ("https://www.instagram.com/luxe.bags/", "luxe.bags"),
        ("vk.com/kicks_shop", "kicks_shop"),
        ("телеграм: kicks_shop", "kicks_shop"),
        ("тг @kicks_shop", "kicks_shop"),
        ("LINE ID: kicks88", "kicks88"),
        ("ライン：kicks88", "kicks88"),
        ("카톡 아이디 kicks88", "kicks88"),
        ("KakaoTalk ID kicks88", "kicks88"),
        ("w.h.a.t.s.a.p.p: kicks88", "kicks88"),
        ("te1egr@m kicks_88", "kicks_88"),
        ("instagram: luxebags", "luxebags"),
        ("واتساب: kicks88", "kicks88"),
        ("snapchat → kicks_88", "kicks_88"),
    ] {
        check(text, &[(HANDLE, value)]);
    }
}

#[test]
fn links() {
    for (text, value) in [
        ("see https://www.Example.com/a?b=c now", "example.com/a?b=c"),
        ("hxxp://kicks.example/", "kicks.example"),
        ("www.example.it", "example.it"),
        ("mehr auf kicks-shop.de", "kicks-shop.de"),
        ("更多在 kicks.cn。", "kicks.cn"),
        ("linktr.ee/kicks", "linktr.ee/kicks"),
        ("kicks dot com", "kicks.com"),
        ("kicks点com", "kicks.com"),
        ("kicks[.]shop", "kicks.shop"),
        ("сайт кикс.рф", "кикс.рф"),
        ("bit.ly/3abc,", "bit.ly/3abc"),
    ] {
        check(text, &[(LINK, value)]);
    }
}

#[test]
fn what_leads_to_nobody_is_left_alone() {
    for text in [
        // Prices, sizes, dates, quantities.
        "US$1,250.50 or 1.250,50 €",
        "price 12 500 000 VND",
        "12.500.000 ₫",
        "1 299 000 руб",
        "size 38 39 40 41 42 43 44",
        "UK 3 4 5 6 7 8 9 10 11",
        "1 2 3 4 5 6 7 8 9",
        "EU 36-37-38-39-40-41",
        "2024-11-24",
        "24.11.2024",
        "24/11/2024 10:30",
        "1920-2024",
        "100 x 200 x 300 mm",
        "10 000 000 mAh",
        "Gr. 38 / 39 / 40",
        "30+ styles, +5 eur",
        "128 256 512 GB",
        "2 560 x 1 440",
        "Größe 36, 37, 38",
        "145.000.000 TL",
        // Trade item numbers, books, models, serials.
        "4006381333931",
        "EAN 4006381333931",
        "GTIN 00012345678905",
        "UPC 885909950805",
        "ISBN 978-0-306-40615-7",
        "0306406152",
        "ISBN 0-306-40615-2",
        "Ref. 116610LN-0001",
        "M44813 N41358",
        "Air Jordan 1 555088-101",
        "DZ5485-612",
        "SKU13812345678",
        "Seiko 5 SNK809K2",
        "126710BLRO",
        "art. 1234567890",
        "CW2288 111",
        "Nike 318166-010",
        "order no 20241124001",
        "#13812345678",
        "批号 20230512001",
        "货号 CT8527-016",
        "型番 DD1391-100",
        // Words beside messengers, "@", points.
        "@en @en-gb @ 20 @2x",
        "whatsapp sticker set",
        "telegram from 1912",
        "line dress, A-line skirt",
        "WhatsApp support smart watch",
        "Instagram style dress",
        "signal red leather",
        "WeChat pay",
        "微信支付",
        "adesivos de WhatsApp",
        "size 9.5, v.2, men's no.7, approx.",
        "Leather.It is new",
        "nice bag.in stock",
        "S.H.Figuarts",
        "U.S.A.",
        "e.g. this",
        "5.com",
        "look at the dot on it",
        "one or two, three or four",
        "фото.на заказ",
        "a.b.c",
        "new.the best",
        "100% cotton...soft",
        "00.10915.08.13.21",
        "Moonwatch 311.30.42.30.01.005 311.30.42.30.01.005",
        "DECT KX-TG8231 / 8232 series",
        "Nike CO.JP Samba",
        "Dolce & Gabbana",
        "iPhone 15 Pro Max 256",
        "phone case 12 13 14 15 16 17 18",
        "mobile 128 256 512 1024",
        "一二三",
        "第一第二",
        "三四五六",
        "十八世纪一九八五年",
        "1985年",
        "카톡 이모티콘",
        "ライン入り",
        "LINE スタンプ",
    ] {
        check(text, &[]);
    }
}

#[test]
fn one_text_in_each_language() {
    for (text, expected) in [
        ("New bag, DM @kicks_ny or text me 212-555-0147", &[(HANDLE, "kicks_ny"), (PHONE, "+12125550147")][..]),
        ("Tasche, schreib mir per WhatsApp +49 176 12345678", &[(PHONE, "+4917612345678")]),
        ("Sac, appelez 06.12.34.56.78 ou insta: sacs_paris", &[(PHONE, "+33612345678"), (HANDLE, "sacs_paris")]),
        ("Bolso, llama al +34 612 34 56 78", &[(PHONE, "+34612345678")]),
        ("Borsa, whatsapp 333-1234567, borse@libero.it", &[(PHONE, "+393331234567"), (EMAIL, "borse@libero.it")]),
        ("Bolsa, zap (21) 99876-5432", &[(PHONE, "+5521998765432")]),
        ("Сумка, пишите в телеграм @sumki_msk, 8-916-123-45-67", &[(HANDLE, "sumki_msk"), (PHONE, "+79161234567")]),
        ("Çanta, whatsapp hattı 0532 123 45 67", &[(PHONE, "+905321234567")]),
        ("バッグ LINE ID：bag_tokyo または 080-1234-5678", &[(HANDLE, "bag_tokyo"), (PHONE, "+818012345678")]),
        ("가방 카톡 bag_seoul1 010 1234 5678", &[(HANDLE, "bag_seoul1"), (PHONE, "+821012345678")]),
        ("包包 加V信：bag_gz8 或 t.me/bag_gz", &[(HANDLE, "bag_gz8"), (HANDLE, "bag_gz")]),
        ("حقيبة واتساب +966 50 123 4567", &[(PHONE, "+966501234567")]),
        ("Túi xách zalo 0912 345 678", &[(PHONE, "0912345678")]),
        ("Tas, hubungi 0812-3456-7890", &[(PHONE, "+6281234567890")]),
        ("กระเป๋า ไลน์ไอดี @bagbkk", &[(HANDLE, "bagbkk")]),
    ] {
        check(text, expected);
    }
}

#[test]
fn labels_stand_in_place_of_people() {
    let check = |text: &str, names: &[&str], expected: &str| assert_eq!(redact(text, names), expected);
    check("Ask Luxe Bags, WeChat: kicks_88", &["LUXE  bags"], "Ask [seller], WeChat: [account]");
    check("“replica” by ＬＵＸＥ, mail joe@example.com", &["luxe"], "“replica” by [seller], mail [e-mail]");
    check("luxembourg deluxe", &["luxe"], "luxembourg deluxe");
    check("來自包包之家的貨", &["包包之家"], "來自[seller]的貨");
    check("<a title=\"Luxe\">x</a>", &["luxe"], "<a title=\"[seller]\">x</a>");
    check("a bag", &["a", "", " "], "a bag");
    check("Seller seller", &["Seller"], "[seller] [seller]");
    check("1:1 replica, AAA, 4006381333931", &[], "1:1 replica, AAA, 4006381333931");
}

#[test]
fn places_are_those_of_the_original() {
    let text = "微信 ｋｉｃｋｓ＿８８，tel １３８１２３４５６７８";
    let spans: Vec<_> = find(text).into_iter().map(|found| &text[found.start..found.end]).collect();
    assert_eq!(spans, ["ｋｉｃｋｓ＿８８", "１３８１２３４５６７８"]);
}

proptest! {
    #[test]
    fn any_text_will_do(text in any::<String>(), name in any::<String>()) {
        for found in find(&text) {
            prop_assert!(!text[found.start..found.end].is_empty());
        }
        let clean = redact(&text, &[&name]);
        prop_assert_eq!(find(&clean), vec![]);
    }

    #[test]
    fn any_text_of_contacts_will_do(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("+86 138"), Just("1234"), Just("5678"), Just("joe"), Just("@"), Just("."), Just("com"), Just(" (at) "), Just("微信"),
                Just(":"), Just("whatsapp"), Just("t.me/"), Just("https://"), Just(" "), Just("<b>"), Just("&#64;"), Just("\u{202e}"),
                Just("二三四五六七八"), Just("id"), Just("qq"), Just("é"), Just("("), Just("-"), Just("06 12 34"), Just("one two three"),
            ],
            0..24,
        ),
    ) {
        let text = parts.concat();
        let clean = redact(&text, &["joe", "1234"]);
        prop_assert_eq!(find(&clean), vec![], "{}", text);
        prop_assert_eq!(redact(&clean, &["joe", "1234"]), clean);
    }
}
