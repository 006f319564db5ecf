//! How do marketplaces write the time a listing was created?

/// Hours east of UTC, and whether dates in that zone are written day first.
const ZONES: &[(&str, i8, bool)] = &[
    ("PST", -8, false),
    ("PDT", -7, false),
    ("EST", -5, false),
    ("EDT", -4, false),
    ("GMT", 0, true),
    ("UTC", 0, true),
    ("BST", 1, true),
    ("CET", 1, true),
    ("MET", 1, true),
    ("CEST", 2, true),
    ("MEST", 2, true),
    ("JST", 9, true),
    ("AEST", 10, true),
    ("AEDT", 11, true),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `Jun-29-26 16:00:01 PDT` (eBay), `08/07/2016 10:12:40 BST`, `2016-07-08 10:12:40 PDT` and `2016/07/08 10:12:40 JST`
/// (Amazon). Whether 08/07 is July or August is told by the zone; where it cannot be told, there is no answer.
pub(crate) fn to_rfc_3339(text: &str) -> Option<String> {
    // None of these has a `T` behind ten characters, and a time that needs no reading does.
    if text.as_bytes().get(10) == Some(&b'T') {
        return None;
    }
    let mut words = text.split_whitespace();
    let (date, time) = (words.next()?, words.next().unwrap_or("00:00:00"));
    let zone = words.next();
    let (hours, day_first) = match zone {
        Some(name) => {
            let (_, hours, day_first) = ZONES.iter().find(|(zone, ..)| zone.eq_ignore_ascii_case(name))?;
            (*hours, Some(*day_first))
        }
        None => (0, None),
    };
    if words.next().is_some() || !time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') || time.len() != 8 {
        return None;
    }
    let (year, month, day) = read_date(date, day_first)?;
    let sign = if hours < 0 { '-' } else { '+' };
    Some(format!("{year:04}-{month:02}-{day:02}T{time}{sign}{:02}:00", hours.unsigned_abs()))
}

fn read_date(date: &str, day_first: Option<bool>) -> Option<(u16, u8, u8)> {
    let mut parts = date.split(['-', '/', '.']);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if let Some(month) = MONTHS.iter().zip(1..).find_map(|(name, number)| name.eq_ignore_ascii_case(first).then_some(number)) {
        return Some((read_year(third)?, month, second.parse().ok()?));
    }
    if first.len() == 4 {
        return Some((first.parse().ok()?, second.parse().ok()?, third.parse().ok()?));
    }
    let (one, other): (u8, u8) = (first.parse().ok()?, second.parse().ok()?);
    let day_first = match (one > 12, other > 12) {
        (true, _) => true,
        (_, true) => false,
        _ => day_first?,
    };
    let (day, month) = if day_first { (one, other) } else { (other, one) };
    Some((read_year(third)?, month, day))
}

fn read_year(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    match text.len() {
        2 => Some(2_000 + year),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_marketplaces_write_them() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(to_rfc_3339(text).as_deref(), expected, "{text}");
        check("Jun-29-26 16:00:01 PDT", Some("2026-06-29T16:00:01-07:00"));
        check("08/07/2016 10:12:40 BST", Some("2016-07-08T10:12:40+01:00"));
        check("08/07/2016 10:12:40 PDT", Some("2016-08-07T10:12:40-07:00"));
        check("2016-07-08 10:12:40 PST", Some("2016-07-08T10:12:40-08:00"));
        check("2016/07/08 10:12:40 JST", Some("2016-07-08T10:12:40+09:00"));
        check("30.03.2011 16:23:57 MEST", Some("2011-03-30T16:23:57+02:00"));
        check("2018-03-17 13:45:39", Some("2018-03-17T13:45:39+00:00"));
        check("30/03/2011", Some("2011-03-30T00:00:00+00:00"));
        check("08/07/2016", None);
        check("yesterday", None);
        check("2016-07-08T10:12:40Z", None);
        check("08/07/2016 10:12:40 XYZ", None);
        check("", None);
        check("驴/牌/包", None);
    }
}
