//! How can a word be written so that a browser shows it and a search does not find it?

use super::unseen::between;
use super::{Random, each_letter, letters};

pub(super) fn entities_decimal(word: &str, _: &mut Random) -> Option<String> {
    each_letter(word, |c| c.is_alphanumeric().then(|| format!("&#{};", u32::from(c))))
}

pub(super) fn entities_hex(word: &str, random: &mut Random) -> Option<String> {
    each_letter(word, |c| {
        let code = u32::from(c);
        c.is_alphanumeric().then(|| if random.below(2) == 0 { format!("&#x{code:x};") } else { format!("&#X{code:04X};") })
    })
}

pub(super) fn entities_named(word: &str, random: &mut Random) -> Option<String> {
    between(word, || format!("&{};", random.pick(&["shy", "zwnj", "zwj", "ZeroWidthSpace"]).unwrap_or("shy")))
}

pub(super) fn entities_twice(word: &str, _: &mut Random) -> Option<String> {
    each_letter(word, |c| c.is_alphanumeric().then(|| format!("&amp;#{};", u32::from(c))))
}

pub(super) fn percent_encoded(word: &str, _: &mut Random) -> Option<String> {
    each_letter(word, |c| {
        c.is_alphanumeric().then(|| c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect())
    })
}

pub(super) fn html_tags(word: &str, random: &mut Random) -> Option<String> {
    let (open, close) =
        random.pick(&[("<b>", "</b>"), ("<span>", "</span>"), ("<i class=\"a\">", "</i>"), ("<!-- -->", ""), ("<wbr>", "")])?;
    let mut even = false;
    (letters(word) >= 3).then(|| {
        between(word, || {
            even = !even;
            if even { open.to_owned() } else { close.to_owned() }
        })
    })?
}

pub(super) fn markdown(word: &str, random: &mut Random) -> Option<String> {
    let sign = random.pick(&["**", "__", "~~", "`"])?;
    let chars: Vec<char> = word.chars().collect();
    // The middle is emphasised.
    (letters(word) >= 5 || letters(word) >= 3 && !word.is_ascii()).then(|| {
        let part = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
        let (first, last) = (1, chars.len() - 1);
        format!("{}{sign}{}{sign}{}", part(0..first), part(first..last), part(last..chars.len()))
    })
}
