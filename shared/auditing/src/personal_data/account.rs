//! Which names of accounts on messengers stand in a text?

use super::{Hit, Kind, pattern};
use regex::Regex;
use std::sync::LazyLock;

/// Messengers and networks by the names that sellers use, folded. Letters may stand apart and signs stand for letters in the long ones.
const LONG_NAMES: &[&str] = &[
    "whatsapp",
    "whatsap",
    "watsapp",
    "wechat",
    "weixin",
    "telegram",
    "instagram",
    "insta",
    "kakaotalk",
    "snapchat",
    "viber",
    "facebook",
    "messenger",
    "discord",
    "tiktok",
    "skype",
    "zalo",
    "ватсап",
    "вотсап",
    "телеграм",
    "телеграмм",
    "телега",
    "инстаграм",
    "инста",
    "вайбер",
    "вконтакте",
    "واتساب",
    "واتس",
    "تيليجرام",
    "تلجرام",
    "تليجرام",
    "انستا",
    "انستقرام",
    "سناب",
];
/// The same in scripts that do not set words apart, where a sign may stand between the letters ("微❤信").
const WHOLE_NAMES: &[&str] = &[
    "微信",
    "薇信",
    "威信",
    "徽信",
    "v信",
    "v❤",
    "➕v",
    "➕薇",
    "微❤",
    "加微",
    "加v",
    "加薇",
    "扣扣",
    "企鹅",
    "飞机号",
    "カカオ",
    "ライン",
    "インスタ",
    "テレグラム",
    "카톡",
    "까톡",
    "카카오톡",
    "카카오",
    "라인",
    "텔레그램",
    "텔레",
    "인스타",
    "위챗",
    "ไลน์",
    "ไลน",
];
/// Short names, which are words of the language or initials otherwise: a sign or "id" must stand between them and the account.
const SHORT_NAMES: &[&str] =
    &["vx", "wx", "qq", "ig", "tg", "wa", "wp", "fb", "line", "kakao", "signal", "snap", "vk", "тг", "вк", "kik"];
/// Of these, those that are no word at all.
const INITIALS: &[&str] = &["vx", "wx", "qq", "тг", "вк"];
/// The messenger whose accounts are numbers, of so many digits.
const QQ: &[&str] = &["qq", "扣", "企"];
const QQ_DIGITS: std::ops::RangeInclusive<usize> = 5..=11;
/// What follows "instagram:" without being an account.
const NO_NAMES: &[&str] = &[
    "http",
    "https",
    "please",
    "only",
    "below",
    "available",
    "catalog",
    "catalogue",
    "group",
    "channel",
    "order",
    "contact",
    "message",
    "photo",
    "photos",
    "price",
    "prices",
    "style",
    "with",
    "from",
    "your",
    "this",
    "here",
    "send",
    "whatsapp",
    "wechat",
    "telegram",
    "instagram",
    "number",
    "phone",
    "yes",
    "none",
    "email",
    "account",
];
/// Shortest and longest name of an account on any of them (QQ has 5 digits, Telegram 5 to 32 characters, Instagram up to 30).
const NAME_BYTES: std::ops::RangeInclusive<usize> = 4..=32;
const NAME: &str = "[a-z0-9_][a-z0-9_.-]{2,40}";

/// What may stand between the two.
const BETWEEN: &str = r#"(?:\x20|id|is|live:|群|号码|号|號|账号|同号|联系|アカウント|아이디|account|acc|name|nick|no|num|me|us|add|@|:|=|~|>|→|/|\(|-|"|是|为|為|は|에|으로|на|по)*"#;
/// What says that an account follows, whatever it looks like.
const SIGNS: &[&str] = &[":", "@", "=", "~", ">", "→", "号", "號", "\"", "是", "为", "為", "は", "id", "아이디"];

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let long: Vec<_> = LONG_NAMES.iter().map(|name| spelt(name, r"[\x20._*'-]?")).collect();
    let whole: Vec<_> = WHOLE_NAMES.iter().map(|name| spelt(name, r"[^a-z0-9一-龥가-힣\s]{0,2}")).collect();
    let (long, whole, short) = (long.join("|"), whole.join("|"), SHORT_NAMES.join("|"));
    pattern(&format!("(?:(?P<long>{long})|(?P<whole>{whole})|(?P<short>{short}))(?P<between>{BETWEEN})(?P<name>{NAME})"))
});
static AT_NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("@(?P<name>{NAME})")));

/// The name of a messenger, with something between its letters and signs in place of some.
fn spelt(name: &str, between: &str) -> String {
    let letters: Vec<_> = name
        .chars()
        .map(|c| match c {
            'a' => "[a@4]".to_owned(),
            'l' => "[l1]".to_owned(),
            'o' => "[o0]".to_owned(),
            c => c.to_string(),
        })
        .collect();
    letters.join(between)
}

/// Names behind that of a messenger ("WeChat: joe_88") and names behind "@".
pub(super) fn accounts(text: &str, found: &mut Vec<Hit>) {
    let mut from = 0;
    while let Some(captures) = NAMED.captures_at(text, from) {
        let (messenger, Some(between), Some(name)) = (captures.get_match(), captures.name("between"), captures.name("name"))
        else {
            break;
        };
        // What looks like a name may be the next messenger ("wechat whatsapp: joe").
        from = name.start();
        let is_whole = captures.name("whole").is_some();
        if !is_whole && text[..messenger.start()].ends_with(char::is_alphanumeric) {
            continue;
        }
        let account = trimmed(name.as_str());
        let short = captures.name("short").map(|short| short.as_str());
        let is_apart = is_whole || !between.is_empty() || short.is_some_and(|short| INITIALS.contains(&short));
        let is_qq = QQ.iter().any(|qq| messenger.as_str().starts_with(qq));
        let is_account = if account.bytes().all(|byte| byte.is_ascii_digit()) {
            is_qq && QQ_DIGITS.contains(&account.len())
        } else if SIGNS.iter().any(|sign| between.as_str().contains(sign)) {
            !NO_NAMES.contains(&account)
        } else {
            // Without a sign, only what is no word.
            let is_made_up =
                account.starts_with(|c: char| c.is_ascii_alphabetic()) && account.contains(|c: char| !c.is_ascii_alphabetic());
            is_made_up && account.len() > *NAME_BYTES.start() && short.is_none_or(|short| INITIALS.contains(&short))
        };
        if is_apart && is_account && NAME_BYTES.contains(&account.len()) {
            from = name.end();
            found.push(Hit { kind: Kind::Handle, range: name.start()..name.start() + account.len(), value: account.to_owned() });
        }
    }
    for captures in AT_NAME.captures_iter(text) {
        let (start, name) = (captures.get_match().start(), trimmed(&captures["name"]));
        let begins_word = !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '@');
        // "@en-gb" tags a language; "@ 20" and "@2x" are prices and sizes.
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.as_bytes().get(2) != Some(&b'-');
        if begins_word && is_name && NAME_BYTES.contains(&name.len()) {
            found.push(Hit { kind: Kind::Handle, range: start..start + 1 + name.len(), value: name.to_owned() });
        }
    }
}

fn trimmed(name: &str) -> &str {
    name.trim_end_matches(['.', '-', '_'])
}
