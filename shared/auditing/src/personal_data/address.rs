//! Which mail addresses and links stand in a text?

use super::readable::PROVIDERS;
use super::{Hit, Kind, pattern};
use regex::Regex;
use std::sync::LazyLock;

/// Endings of addresses on the web that are no word of our languages.
const ENDINGS: &str = "com|net|org|info|biz|shop|store|top|xyz|vip|club|site|online|page|link|app|dev|fashion|live|world|cc|io|co|ly|gg|ai|gl|gd|\
    gy|ee|bio|tv|ws|pw|su|cn|ru|de|fr|es|pt|br|tr|jp|kr|vn|th|uk|eu|ae|sa|eg|nl|ch|pl|se|gr|ro|hu|cz|ua|kz|by|hk|tw|sg|ph|mx|ar|cl|\
    au|nz|ca|ie|fi|dk|bg|rs|hr|lt|lv|il|ir|pk|рф|рус";
/// Endings that are words as well: a point without a space behind it is more common than the address.
const WORDLIKE_ENDINGS: &str = "it|in|is|to|at|no|so|us|me|be|my|id|am|as";

static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"[a-z0-9а-я](?:[a-z0-9а-я._%+-]{{0,62}}[a-z0-9а-я_])?(?:@|\x20@\x20?)(?:(?:[a-z0-9а-я-]{{1,62}}(?:\.|\x20\.\x20?)){{1,4}}(?:[a-zа-я]{{2,12}})|(?:{PROVIDERS})(?-u:\b))"
    ))
});
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let path = r#"[^\s<>"'，。、；）)\]|]*"#;
    let host = r"(?:[a-z0-9а-я](?:[a-z0-9а-я-]{0,61}[a-z0-9а-я])?\.){1,5}";
    pattern(&format!(
        r"(?:(?P<scheme>h[tx]{{2}}ps?\x20?:\x20?//|www\.)(?P<given>[^\s<>/?#]{{2,253}}{path})|(?P<host>{host}(?:(?:{ENDINGS})|(?P<wordlike>{WORDLIKE_ENDINGS})))(?P<path>(?:[/?]{path})?))"
    ))
});

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

/// Links: "https://www.example.com/x", "example.com". What a bare address stands for is decided on the letters around it, and on
/// whether the original wrote a capital behind the point ("Leather.It is").
pub(super) fn links(text: &str, has_capital: impl Fn(usize) -> bool, found: &mut Vec<Hit>) {
    if !text.contains(['.', ':']) {
        return;
    }
    for captures in LINK.captures_iter(text) {
        let range = captures.get_match().range();
        let (host, path) = match (captures.name("given"), captures.name("host")) {
            (Some(given), _) => given.as_str().split_once('/').unwrap_or((given.as_str(), "")),
            (None, Some(host)) => {
                let path = captures.name("path").map_or("", |path| path.as_str());
                let is_inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'-' | b'_');
                let goes_on = path.is_empty() && text.as_bytes().get(host.end()).is_some_and(|byte| is_inside(*byte));
                let went_before = host.start() > 0 && is_inside(text.as_bytes()[host.start() - 1]);
                let ending_at = host.as_str().rfind('.').map_or(host.end(), |at| host.start() + at + 1);
                let is_sentence = has_capital(ending_at) && !has_capital(host.start());
                let is_wordlike = captures.name("wordlike").is_some() && path.len() < 2;
                let name = &host.as_str()[..ending_at - 1 - host.start()];
                let is_number = path.is_empty() && name.len() < 3 && name.bytes().all(|byte| byte.is_ascii_digit());
                // "Co.JP" is a make of shoes.
                let is_ending = matches!(host.as_str(), "co.jp" | "co.uk" | "co.kr" | "com.cn" | "com.br" | "com.tr");
                if is_ending || is_number || goes_on || went_before || is_sentence || is_wordlike {
                    continue;
                }
                (host.as_str(), path.trim_start_matches('/'))
            }
            (None, None) => continue,
        };
        let path = path.trim_end_matches(['/', '.', ',', ';', ':', '!', '?', '*', '_', '~']);
        let host = host.trim_start_matches("www.").trim_end_matches(['.', ',', ':', '!']);
        let value = if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") };
        let end =
            range.end - text[range.clone()].len() + text[range.clone()].trim_end_matches(['.', ',', ';', ':', '!', '?']).len();
        if !host.is_empty() {
            found.push(account(host, path).map_or_else(
                || Hit { kind: Kind::Link, range: range.start..end, value },
                |(kind, value)| Hit { kind, range: range.start..end, value },
            ));
        }
    }
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
