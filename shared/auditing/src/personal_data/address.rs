//! Which mail addresses and links stand in a text?

use super::readable::PROVIDERS;
use super::{Hit, Kind, pattern};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Endings of addresses on the web that are no word of our languages.
const ENDINGS: &str = "com|net|org|info|biz|shop|store|top|xyz|vip|club|site|online|page|link|app|dev|fashion|live|world|cc|io|co|ly|gg|ai|gl|gd|\
    gy|ee|bio|tv|ws|pw|su|cn|ru|de|fr|es|pt|br|tr|jp|kr|vn|th|uk|eu|ae|sa|eg|nl|ch|pl|se|gr|ro|hu|cz|ua|kz|by|hk|tw|sg|ph|mx|ar|cl|\
    au|nz|ca|ie|fi|dk|bg|rs|hr|lt|lv|il|ir|pk|рф|рус";
/// Endings that are words as well: a point without a space behind it is more common than the address.
const WORDLIKE_ENDINGS: &str = "it|in|is|to|at|no|so|us|me|be|my|id|am|as";

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    let name = "[a-z0-9а-я](?:[a-z0-9а-я._%+-]{0,62}[a-z0-9а-я_])?";
    let at = r"(?:@|\x20@\x20?)";
    let domain = r"(?:[a-z0-9а-я-]{1,62}(?:\.|\x20\.\x20?)){1,4}[a-zа-я]{2,12}";
    pattern(&format!(r"{name}{at}(?:{domain}|(?:{PROVIDERS})(?-u:\b))"))
});
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let path = r#"[^\s<>"'，。、；）)\]|]*"#;
    let told = format!(r"(?:h[tx]{{2}}ps?\x20?:\x20?//|www\.)(?P<told>[^\s<>/?#]{{2,253}}{path})");
    let labels = r"(?:[a-z0-9а-я](?:[a-z0-9а-я-]{0,61}[a-z0-9а-я])?\.){1,5}";
    let bare = format!("(?P<bare>{labels}(?:(?:{ENDINGS})|(?P<wordlike>{WORDLIKE_ENDINGS})))(?P<path>(?:[/?]{path})?)");
    pattern(&format!("{told}|{bare}"))
});
/// Signs behind a link that belong to the sentence.
const SENTENCE_SIGNS: [char; 6] = ['.', ',', ';', ':', '!', '?'];

/// Mail addresses: "joe@example.com".
pub(super) fn mails(text: &str, found: &mut Vec<Hit>) {
    if !text.contains('@') {
        return;
    }
    for mail in MAIL.find_iter(text) {
        let value = mail.as_str().replace(' ', "");
        found.push(Hit { kind: Kind::Email, range: mail.range(), value });
    }
}

/// Links, with or without a scheme. `has_capital` tells whether the original wrote a capital at a byte.
pub(super) fn links(text: &str, has_capital: impl Fn(usize) -> bool, found: &mut Vec<Hit>) {
    if !text.contains(['.', ':']) {
        return;
    }
    for captures in LINK.captures_iter(text) {
        let link = captures.get_match();
        let (host, path) = match (captures.name("told"), captures.name("bare")) {
            (Some(told), _) => told.as_str().split_once('/').unwrap_or((told.as_str(), "")),
            (None, Some(bare)) => {
                let path = captures.name("path").map_or("", |path| path.as_str());
                if !is_address(text, bare.range(), path, captures.name("wordlike").is_some(), &has_capital) {
                    continue;
                }
                (bare.as_str(), path.trim_start_matches('/'))
            }
            (None, None) => continue,
        };
        let host = host.trim_start_matches("www.").trim_end_matches(SENTENCE_SIGNS);
        let path = path.trim_end_matches(SENTENCE_SIGNS).trim_end_matches(['/', '*', '_', '~']);
        if host.is_empty() {
            continue;
        }
        let (kind, value) = account(host, path).unwrap_or_else(|| {
            let value = if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") };
            (Kind::Link, value)
        });
        let length = link.as_str().trim_end_matches(SENTENCE_SIGNS).len();
        found.push(Hit { kind, range: link.start()..link.start() + length, value });
    }
}

/// Whether letters around a point are an address, which nothing before them says.
fn is_address(text: &str, host: Range<usize>, path: &str, is_wordlike: bool, has_capital: &impl Fn(usize) -> bool) -> bool {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'-' | b'_');
    let bytes = text.as_bytes();
    let is_cut =
        bytes[..host.start].last().is_some_and(is_inside) || path.is_empty() && bytes.get(host.end).is_some_and(is_inside);
    let Some((name, ending)) = text[host.clone()].rsplit_once('.') else { return false };
    // "Leather.It is soft".
    let is_sentence = has_capital(host.end - ending.len()) && !has_capital(host.start);
    let is_word = is_wordlike && path.len() < 2;
    let is_number = path.is_empty() && name.len() < 3 && name.bytes().all(|byte| byte.is_ascii_digit());
    // "Co.JP" is a make of shoes.
    let is_ending = matches!(&text[host], "co.jp" | "co.uk" | "co.kr" | "com.cn" | "com.br" | "com.tr");
    !(is_cut || is_sentence || is_word || is_number || is_ending)
}

/// Sites whose paths begin with the name of an account, and what stands before it.
const ACCOUNT_SITES: &[(&str, &[&str])] = &[
    ("t.me", &["s/"]),
    ("telegram.me", &[]),
    ("instagram.com", &[]),
    ("ig.me", &["m/"]),
    ("vk.com", &[]),
    ("vk.me", &[]),
    ("ok.ru", &["profile/"]),
    ("facebook.com", &[]),
    ("fb.com", &[]),
    ("m.me", &[]),
    ("line.me", &["r/ti/p/", "ti/p/"]),
    ("snapchat.com", &["add/"]),
    ("tiktok.com", &[]),
    ("twitter.com", &[]),
    ("x.com", &[]),
    ("zalo.me", &[]),
];
/// First parts of a path on such sites that name no account.
const NO_ACCOUNTS: &[&str] =
    &["p", "reel", "reels", "explore", "stories", "joinchat", "share", "groups", "marketplace", "watch", "wall", "c"];

/// The account or number that a link leads to.
fn account(host: &str, path: &str) -> Option<(Kind, String)> {
    if matches!(host, "wa.me" | "api.whatsapp.com" | "whatsapp.com" | "viber.click") {
        let digits: String = path.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        return (digits.len() >= 7).then(|| (Kind::Phone, format!("+{digits}")));
    }
    let (_, before) = ACCOUNT_SITES.iter().find(|(site, _)| host == *site || host == format!("m.{site}"))?;
    let path = before.iter().find_map(|before| path.strip_prefix(before)).unwrap_or(path);
    let name = path.trim_start_matches(['@', '~']).split(['/', '?', '#', '&']).next()?;
    (name.len() >= 3 && !name.starts_with('+') && !NO_ACCOUNTS.contains(&name)).then(|| (Kind::Handle, name.to_owned()))
}
