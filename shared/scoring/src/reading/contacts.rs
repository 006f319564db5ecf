//! Which ways of reaching the seller stand in the text, besides the names of messengers?

use super::Reading;
use crate::Field;
use crate::policy::{Span, View};
use crate::text::is_word_char;
use memchr::memchr3;

/// Fewest and most digits of a telephone number with its country's code (ITU-T E.164 allows 15 at most).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 9..=15;
/// Most bytes of spaces, hyphens, points and brackets between two digits of a number.
const GAP_BYTES_MAX: usize = 2;
/// Shortest name of an account: shorter ones are language tags ("@en") and prices ("@ 20").
const HANDLE_BYTES_MIN: usize = 4;
/// Domains that shorten links, list links or open a chat.
const HUBS: &[&str] = &[
    "bit.ly",
    "linktr.ee",
    "tinyurl.com",
    "t.me",
    "wa.me",
    "lnk.bio",
    "beacons.ai",
    "cutt.ly",
    "rb.gy",
    "is.gd",
    "goo.gl",
    "t.co",
    "taplink.cc",
    "allmylinks.com",
    "campsite.bio",
    "chat.whatsapp.com",
    "line.me",
    "m.me",
    "vk.me",
    "wa.link",
    "shorturl.at",
    "s.id",
    "linkin.bio",
    "msng.link",
    "discord.gg",
];
/// Endings of addresses on the web.
const ENDINGS: &[&str] = &[
    ".com", ".net", ".org", ".cn", ".ru", ".shop", ".store", ".top", ".co", ".me", ".io", ".xyz", ".vip", ".club", ".site",
    ".online", ".cc", ".to",
];

/// A way of reaching the seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// A number with a country's code, or one beside a word for telephones and messengers.
    Phone,
    /// The name of an account: "@name".
    Handle,
    Mail,
    /// A link to somewhere.
    Link,
    /// A link that hides where it leads or opens a chat.
    Hub,
}

/// A way of reaching the seller and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    pub(crate) way: Way,
    pub(crate) span: Span,
}

impl Reading<'_> {
    /// Every way of reaching the seller that the title, the description and the seller's name hold.
    pub(crate) fn contacts(&self) -> &[Contact] {
        self.lazy.contacts.get_or_init(|| {
            let folded = self.folded(View::Plain);
            let mut contacts = Vec::new();
            for part in folded.parts() {
                let is_read = match part.field {
                    Field::Title | Field::Description => self.may_lead_to_seller(),
                    field => field == Field::SellerName,
                };
                if is_read {
                    read(&folded.text()[part.range.clone()], part.range.start, &mut contacts);
                }
            }
            contacts
        })
    }

    /// The first contact of a kind outside the seller's name.
    pub(crate) fn contact(&self, way: Way) -> Option<Contact> {
        let mut found = self.contacts().iter().filter(|contact| contact.way == way);
        found.find(|contact| self.field(contact.span) != Field::SellerName).copied()
    }
}

fn read(text: &str, offset: usize, contacts: &mut Vec<Contact>) {
    let bytes = text.as_bytes();
    let mut push = |way, start: usize, end: usize| {
        // Fields are limited to some kilobytes.
        if let (Ok(start), Ok(end)) = (u32::try_from(offset + start), u32::try_from(offset + end)) {
            contacts.push(Contact { way, span: Span { view: View::Plain, start, end } });
        }
    };
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr3(b'@', b'.', b'+', rest)) {
        at += next;
        let end = match bytes[at] {
            b'@' => name(text, at).inspect(|(way, start, end)| push(*way, *start, *end)).map(|(.., end)| end),
            b'.' => link(text, at).inspect(|(way, start, end)| push(*way, *start, *end)).map(|(.., end)| end),
            b'+' => phone(bytes, at).inspect(|end| push(Way::Phone, at, *end)),
            _ => None,
        };
        at = end.unwrap_or(at + 1).max(at + 1);
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

fn run_after(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| is_name_byte(**byte)).count()
}

/// "@name", or "name@example.com".
fn name(text: &str, at: usize) -> Option<(Way, usize, usize)> {
    let bytes = text.as_bytes();
    let end = at + 1 + text[at + 1..run_after(bytes, at + 1)].trim_end_matches(['.', '-', '_']).len();
    let before = bytes[..at].iter().rev().take_while(|byte| is_name_byte(**byte)).count();
    if before > 0 {
        return text[at + 1..end].contains('.').then_some((Way::Mail, at - before, end));
    }
    let name = &bytes[at + 1..end];
    let is_handle = name.len() >= HANDLE_BYTES_MIN
        && name.first().is_some_and(u8::is_ascii_alphabetic)
        && !text[..at].ends_with(is_word_char);
    // "@en-gb" tags a language.
    (is_handle && name.get(2) != Some(&b'-')).then_some((Way::Handle, at, end))
}

/// "www.example.com/x", found at one of its points.
fn link(text: &str, at: usize) -> Option<(Way, usize, usize)> {
    let bytes = text.as_bytes();
    // Most points end a sentence or stand in a number.
    let is_inside = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
    if !is_inside(bytes.get(at + 1)) || !at.checked_sub(1).is_some_and(|before| is_name_byte(bytes[before])) {
        return None;
    }
    let ending = ENDINGS.iter().chain(&[".ly", ".ee", ".bio", ".ai", ".gy", ".gd", ".gl", ".link", ".id", ".gg", ".at"]).find(
        |ending| text[at..].starts_with(**ending) && !bytes.get(at + ending.len()).is_some_and(u8::is_ascii_alphanumeric),
    )?;
    let before = bytes[..at].iter().rev().take_while(|byte| is_name_byte(**byte)).count();
    let start = at - before;
    let domain_end = at + ending.len();
    if before == 0 || bytes[..start].last() == Some(&b'@') || bytes.get(domain_end) == Some(&b'@') {
        return None;
    }
    let domain = &text[start..domain_end];
    let path = bytes[domain_end..].iter().take_while(|byte| !byte.is_ascii_whitespace() && byte.is_ascii_graphic()).count();
    let is_hub = HUBS.contains(&domain.trim_start_matches("www."));
    if !is_hub && !ENDINGS.contains(ending) {
        return None;
    }
    Some((if is_hub { Way::Hub } else { Way::Link }, start, domain_end + path))
}

/// "+86 138 1234 5678": the end of the number.
fn phone(bytes: &[u8], at: usize) -> Option<usize> {
    let (mut digits, mut end, mut gap) = (0, at + 1, 0);
    for (position, byte) in bytes.iter().enumerate().skip(at + 1) {
        if byte.is_ascii_digit() {
            digits += 1;
            gap = 0;
            end = position + 1;
        } else if matches!(byte, b' ' | b'-' | b'.' | b'(' | b')') && gap < GAP_BYTES_MAX {
            gap += 1;
        } else {
            break;
        }
    }
    (PHONE_DIGITS.contains(&digits) && bytes.get(at + 1).is_some_and(|byte| matches!(byte, b'1'..=b'9' | b' ' | b'(')))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_reaching_a_seller_are_found() {
        let check = |text: &str, expected: &[(Way, &str)]| {
            let mut contacts = Vec::new();
            read(text, 0, &mut contacts);
            let found: Vec<_> = contacts.iter().map(|contact| (contact.way, &text[contact.span.range()])).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("call +86 138 1234 5678 now", &[(Way::Phone, "+86 138 1234 5678")]);
        check("30+ styles, +5 eur, 4006381333931", &[]);
        check("ig @luxe_bags.ny!", &[(Way::Handle, "@luxe_bags.ny")]);
        check("@en @en-gb @ 20", &[]);
        check("mail: kicks.shop@example.com.", &[(Way::Mail, "kicks.shop@example.com")]);
        check("see https://www.example.com/a?b=c now", &[(Way::Link, "www.example.com/a?b=c")]);
        check("wa.me/8613812345678, linktr.ee/kicks", &[(Way::Hub, "wa.me/8613812345678,"), (Way::Hub, "linktr.ee/kicks")]);
        check("kicks.shop@a, a@b.com", &[(Way::Mail, "a@b.com")]);
        check("size 9.5, v.2, men's no.7, approx.", &[]);
    }
}
