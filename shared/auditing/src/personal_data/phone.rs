//! Which telephone numbers stand in a text?
//!
//! A number of seven digits or more is common in listings: prices, trade item numbers, models, dates, rows of sizes. So one counts only
//! when it is written internationally (ITU-T E.164), in a form that one country's subscribers alone write, or behind a word for telephones.

use super::{Hit, Kind, pattern};
use regex::Regex;
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

/// Fewest and most digits of a number with its country's code (E.164 allows 15 at most).
const INTERNATIONAL_DIGITS: RangeInclusive<usize> = 9..=15;
/// The same of a number behind a word for telephones, with or without codes.
const NAMED_DIGITS: RangeInclusive<usize> = 7..=15;
/// Most groups of digits in a number: one for each pair, and the codes.
const GROUPS_MAX: usize = 7;

/// How subscribers of a country write their numbers.
struct National {
    /// First digits, any of them, the trunk prefix included.
    prefixes: &'static [&'static str],
    /// Lengths of the groups of digits, any of these ways.
    groups: &'static [&'static [usize]],
    /// How many of the first digits are dialled within the country alone.
    trunk: usize,
    /// The country's code; empty where several countries write their numbers so.
    country: &'static str,
    /// Whether groups are set apart by hyphens, points or brackets, where blanks would be a row of sizes.
    is_hyphenated: bool,
}

const NATIONAL: &[National] = &[
    // China: mobile numbers, which are too long for a price and too short for a trade item number.
    of(&["13", "14", "15", "16", "17", "18", "19"], &[&[11], &[3, 4, 4], &[3, 8], &[3, 3, 5]], 0, "86"),
    of(&["8613", "8614", "8615", "8616", "8617", "8618", "8619"], &[&[13], &[2, 11], &[2, 3, 4, 4]], 2, "86"),
    // Russia and Kazakhstan.
    of(&["89", "79", "87", "77"], &[&[11], &[1, 3, 3, 2, 2], &[1, 3, 3, 4], &[1, 3, 7], &[1, 10], &[4, 3, 2, 2]], 1, "7"),
    of(&["9", "495", "499", "812"], &[&[3, 3, 2, 2]], 0, "7"),
    // Korea and Japan: mobile numbers.
    of(&["010"], &[&[11], &[3, 4, 4], &[3, 8]], 1, "82"),
    of(&["070", "080", "090"], &[&[11], &[3, 4, 4]], 1, "81"),
    // Turkey: mobile numbers.
    of(&["05"], &[&[11], &[4, 3, 2, 2], &[4, 3, 4], &[1, 3, 3, 2, 2], &[1, 3, 3, 4]], 1, "90"),
    // Germany: mobile numbers.
    of(&["015", "016", "017"], &[&[11], &[4, 7], &[4, 8], &[4, 3, 4], &[4, 4, 4], &[4, 3, 2, 2], &[4, 2, 2, 3]], 1, "49"),
    // Indonesia: mobile numbers. Unbroken they look like a trade item number.
    of(&["08"], &[&[4, 4, 4], &[4, 4, 3], &[4, 4, 5], &[4, 8]], 1, "62"),
    // The United Kingdom: mobile numbers.
    of(&["07"], &[&[5, 6], &[5, 3, 3]], 1, "44"),
    // France, and Italy's mobile numbers, which keep their first digit abroad.
    of(&["01", "02", "03", "04", "05", "06", "07", "09"], &[&[2, 2, 2, 2, 2]], 1, "33"),
    of(&["32", "33", "34", "35", "36", "37", "38", "39"], &[&[3, 7], &[3, 3, 4], &[3, 2, 2, 3]], 0, "39"),
    // Spain and Portugal: pairs behind three digits.
    of(&["6", "7"], &[&[3, 2, 2, 2]], 0, "34"),
    // Brazil: the city, and nine digits that begin with 9.
    hyphenated(&["1", "2", "3", "4", "5", "6", "7", "8", "9"], &[&[2, 5, 4], &[2, 1, 4, 4]], "55"),
    // North America.
    hyphenated(&["2", "3", "4", "5", "6", "7", "8", "9"], &[&[3, 3, 4]], "1"),
    // Vietnam, Saudi Arabia and France write ten digits unbroken.
    of(&["03", "05", "06", "07", "08", "09"], &[&[10], &[4, 3, 3], &[3, 3, 4], &[3, 7]], 1, ""),
];

const fn of(
    prefixes: &'static [&'static str],
    groups: &'static [&'static [usize]],
    trunk: usize,
    country: &'static str,
) -> National {
    National { prefixes, groups, trunk, country, is_hyphenated: false }
}

const fn hyphenated(prefixes: &'static [&'static str], groups: &'static [&'static [usize]], country: &'static str) -> National {
    National { prefixes, groups, trunk: 0, country, is_hyphenated: true }
}

/// Words for telephones and messengers, behind which a number is one to call.
const CALL_WORDS: &str = "tel|telefon|telefono|telefone|telephone|tlf|tfno|telf|call|calls|call me|text me|sms|gsm|hotline|hp|sdt|zalo|viber|whatsapp|whats|watsapp|\
    wa|wp|wapp|wechat|weixin|vx|wx|telegram|tg|kakao|kakaotalk|imo|llama|llamar|llamame|ligue|ligar|appelez|appeler|joignable|anrufen|chiama|chiamare|arayin|ara|hubungi|goi|\
    тел|телефон|моб|звоните|звонить|звони|ватсап|вотсап|вайбер|телеграм|номер|هاتف|جوال|موبايل|واتساب|واتس|تليفون|اتصل|للتواصل|رقم|phone number|mobile number|phone no|numero";
/// The same in scripts that do not set words apart.
const CALL_SIGNS: &str = "微信|薇信|威信|v信|电话|電話|手机|手機|联系|聯繫|热线|致电|加微|加v|携帯|番号|連絡先|전화|연락처|연락|폰|카톡|번호|โทร|เบอร์|ไลน์|ติดต่อ|☎|📞|📱|📲";
/// Words that name goods as well, so that a colon must follow.
const GOODS_WORDS: &str = "phone|mobile|mob|cell|cellphone|movil|celular|cellulare|handy|handynummer|portable|cep|contact|contacto|contatto|contato|kontakt|line|signal|number|nr";

static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"\(?(?:\+\x20?)?\(?[0-9](?:[ ()./_*-]{0,3}[0-9]){6,40}"));
static CALL: LazyLock<Regex> = LazyLock::new(|| {
    let filler =
        r"(?:[ :.=()#@|~>'\x22-]|：|number|no|nr|id|me|at|us|on|is|号码|号|號|是|为|为：|へ|は|으로|에|по|на|в|n°|№|และ|/)";
    pattern(&format!(
        r"(?:(?:^|[^a-zа-яء-ي0-9-])(?:(?:{CALL_WORDS}){filler}{{0,12}}|(?:{GOODS_WORDS})\x20?(?:number|no|nr)?\.?\x20?[:：]\x20?)|(?:{CALL_SIGNS}){filler}{{0,12}})\+?\(?$"
    ))
});
/// What makes a number a quantity.
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\x20?(?:[%€$£¥₽₺₩]|元|円|원|(?:gb|tb|mb|mah|mm|cm|kg|ml|usd|eur|gbp|rub|руб|р\.|tl|pcs|шт|rmb|yuan|won|yen|vnd|idr|rp|sar)(?-u:\b))",
    )
});
/// How far before a number its word may stand, in bytes.
const CALL_BYTES_MAX: usize = 48;

/// Telephone numbers.
pub(super) fn phones(text: &str, found: &mut Vec<Hit>) {
    for run in RUN.find_iter(text) {
        if UNIT.is_match(&text[run.end()..]) {
            continue;
        }
        let all = groups(text, &run.range());
        let before = &text[text.floor_char_boundary(run.start().saturating_sub(CALL_BYTES_MAX))..run.start()];
        let is_called = CALL.is_match(before);
        // Digits at a letter or a sign of a currency are part of a model or a price; those behind them need not be.
        let touches = |c: char| c.is_ascii_alphabetic() || matches!(c, '$' | '€' | '£' | '¥' | '#' | '_');
        let groups = &all[usize::from(!is_called && before.ends_with(touches))..];
        let mut at = 0;
        while at < groups.len() {
            let rest = &groups[at..];
            let plus = text[..rest[0].start].trim_end_matches(['(', ' ']).ends_with('+') && rest[0].start > run.start();
            let number = if plus || at == 0 && is_zeros_prefix(text, rest) {
                international(text, rest)
            } else {
                national(text, rest, at > 0).or_else(|| (at == 0 && is_called).then(|| named(text, rest)).flatten())
            };
            let Some((count, value)) = number else {
                at += 1;
                continue;
            };
            // A sign or bracket before the first digit belongs to the number.
            let is_first = rest[0] == all[0];
            let start = if is_first { run.start() + leading(run.as_str()) } else { rest[0].start };
            found.push(Hit { kind: Kind::Phone, range: start..rest[count - 1].end, value });
            at += count;
        }
    }
}

/// Brackets and blanks before a number that belong to no pair.
fn leading(run: &str) -> usize {
    run.len() - run.trim_start_matches(|c| c == ' ' || c == '(' && !run.contains(')')).len()
}

/// The runs of digits.
fn groups(text: &str, run: &Range<usize>) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, _) in text[run.clone()].bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        let at = run.start + at;
        match groups.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

fn digits(text: &str, groups: &[Range<usize>]) -> String {
    groups.iter().map(|group| &text[group.clone()]).collect()
}

/// "0086 138 ...": unbroken it might be a trade item number filled up with zeros.
fn is_zeros_prefix(text: &str, groups: &[Range<usize>]) -> bool {
    let [first, second, ..] = groups else { return false };
    let (code, gap) = (&text[first.clone()], &text[first.end..second.start]);
    // Watches have references like "00.10915.08".
    (2..=5).contains(&code.len()) && code.starts_with("00") && !code.starts_with("000") && !gap.contains('.')
}

/// As many groups as a number may have.
fn international(text: &str, groups: &[Range<usize>]) -> Option<(usize, String)> {
    let mut count = 0;
    let mut length = 0;
    for group in groups.iter().take(GROUPS_MAX) {
        if length + group.len() > *INTERNATIONAL_DIGITS.end() {
            break;
        }
        length += group.len();
        count += 1;
    }
    let digits = digits(text, &groups[..count]);
    let digits = digits.trim_start_matches('0');
    // "+7 (8) ..." and "+44 (0) ..." show the trunk prefix as well.
    let digits = if text[groups[0].start..].starts_with("44 (0)") { digits.replacen("440", "44", 1) } else { digits.to_owned() };
    INTERNATIONAL_DIGITS.contains(&digits.len()).then(|| (count, format!("+{digits}")))
}

fn national(text: &str, groups: &[Range<usize>], is_inside: bool) -> Option<(usize, String)> {
    NATIONAL.iter().find_map(|form| {
        let count = form.groups.iter().find_map(|lengths| count_of(groups, lengths))?;
        let digits = digits(text, &groups[..count]);
        // Several groups within a longer row of numbers are a row of numbers.
        let is_whole = count == 1 || groups.len() == count && !is_inside;
        let gaps = groups[..count].windows(2).map(|pair| &text[pair[0].end..pair[1].start]);
        let is_set_apart = !form.is_hyphenated || gaps.clone().any(|gap| gap.contains(['-', '.', ')']));
        let is_date = gaps.clone().all(|gap| gap == "/") && count > 2;
        let begins = form.prefixes.iter().any(|prefix| digits.starts_with(prefix));
        let fits = is_whole && is_set_apart && !is_date && begins && !(count == 1 && is_isbn(&digits)) && form.allows(&digits);
        fits.then(|| {
            let value = if form.country.is_empty() { digits } else { format!("+{}{}", form.country, &digits[form.trunk..]) };
            (count, value)
        })
    })
}

/// How many groups have these lengths, one behind the other. A number without gaps may have one behind each digit instead.
fn count_of(groups: &[Range<usize>], lengths: &[usize]) -> Option<usize> {
    let begins = groups.len() >= lengths.len() && groups.iter().zip(lengths).all(|(group, length)| group.len() == *length);
    if begins {
        return Some(lengths.len());
    }
    let [length] = *lengths else { return None };
    (groups.len() == length && groups.iter().all(|group| group.len() == 1)).then_some(length)
}

impl National {
    /// What the first digits alone do not say.
    fn allows(&self, digits: &str) -> bool {
        let at = |at: usize| digits.as_bytes().get(at).copied().unwrap_or(b'0');
        match self.country {
            // Neither area nor exchange begins with 0 or 1.
            "1" => at(3) >= b'2',
            "55" => at(2) == b'9' && at(1) != b'0',
            _ => true,
        }
    }
}

/// A number behind a word for telephones: all of it.
fn named(text: &str, groups: &[Range<usize>]) -> Option<(usize, String)> {
    let digits = digits(text, groups);
    let is_number = NAMED_DIGITS.contains(&digits.len()) && groups.len() <= GROUPS_MAX;
    is_number.then(|| (groups.len(), digits.strip_prefix("00").map_or(digits.clone(), |rest| format!("+{rest}"))))
}

/// Books have numbers of ten digits whose last one checks the others (ISO 2108).
fn is_isbn(digits: &str) -> bool {
    let weighted = digits.bytes().zip((1..=10).rev()).map(|(byte, weight)| u32::from(byte - b'0') * weight);
    digits.len() == 10 && weighted.sum::<u32>() % 11 == 0
}
