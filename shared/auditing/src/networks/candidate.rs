//! What is kept of a listing that is compared with others, and which listings are kept when there are too many?

use super::evidence::Shared;
use super::hash::Hash;
use super::words::{DESCRIPTION_NAMES, PHONE_DIGITS, features, least};
use super::{hash, pictures, words};
use crate::limits::{COMPARED_TITLE_BYTES_MAX, CONTACTS_PER_LISTING_MAX, PICTURES_PER_LISTING_MAX};
use crate::personal_data::{Kind, find};
use scoring::text::Folded;
use scoring::{Harm, Listing, ScoredListing};
use serde::{Deserialize, Serialize};

/// What people said of a listing; the first is kept first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Standing {
    Confirmed,
    Rejected,
    Flagged,
}

/// A listing that is compared. The derived order is the order in which they are kept: standing, then the highest log odds, and between
/// equals their hashes, so that the choice favours nobody and never changes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Candidate {
    pub(super) place: Place,
    pub(super) listing_id: String,
    /// Number of the seller, as in [`seller`].
    pub(super) seller: u64,
    pub(super) marketplace: Option<String>,
    pub(super) seller_id: String,
    pub(super) harm_cents: u64,
    /// Contacts and accounts, each once, sealed, and with the names under which it was noted in every row.
    pub(super) contacts: Vec<(Shared, u64, Vec<u64>)>,
    /// Numbers of pictures, each once.
    pub(super) pictures: Vec<u64>,
    pub(super) title: String,
    /// What the whole title was noted as in every row.
    pub(super) title_noted_as: [u64; 1],
    /// Least features of the description.
    pub(super) description: Vec<u32>,
    /// Pictures and contacts that are not compared, because the listing has too many, and its title, where it is too long.
    pub(super) left_out: u64,
}

/// Where a candidate stands among those that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) standing: Standing,
    /// Negative log odds in thousandths.
    below: i32,
    tie: u64,
}

impl Place {
    pub(super) fn new(standing: Standing, scored: &ScoredListing, listing_name: u64) -> Self {
        Self { standing, below: scored.log_odds.0.saturating_neg(), tie: hash::mixed(listing_name) }
    }
}

/// The number of a listing's id.
pub(super) fn listing_name(listing_id: &str) -> u64 {
    Hash::new(b'L').with_all(listing_id.as_bytes()).finish()
}

/// Who sells: the account's id, or the shop's name where the export gives no id; accounts of two marketplaces are never the same.
pub(super) fn seller(listing: &Listing) -> Option<(u64, &str)> {
    let (domain, name) = match (&listing.seller_id, &listing.seller_name) {
        (Some(id), _) => (b'I', id),
        (None, Some(name)) => (b'N', name),
        (None, None) => return None,
    };
    let marketplace = listing.marketplace.as_deref().unwrap_or_default();
    let number = Hash::new(domain).with_all(marketplace.as_bytes()).with(0).with_all(name.as_bytes()).finish();
    Some((number, name))
}

/// Numbers of the pictures that a listing shows, each once.
pub(super) fn shown_pictures<'l>(listing: &'l Listing, plain: &'l mut String) -> impl Iterator<Item = u64> + 'l {
    listing.image_urls.iter().take(PICTURES_PER_LISTING_MAX).filter_map(|address| pictures::picture(address, plain))
}

impl Candidate {
    pub(super) fn new(listing: &Listing, seller: (u64, &str), place: Place, harm: Harm, salt: u64) -> Self {
        let mut left_out = listing.image_urls.len().saturating_sub(PICTURES_PER_LISTING_MAX);
        let mut pictures: Vec<u64> = shown_pictures(listing, &mut String::new()).collect();
        pictures.sort_unstable();
        pictures.dedup();
        let title = &listing.title[..listing.title.floor_char_boundary(COMPARED_TITLE_BYTES_MAX)];
        left_out += usize::from(title.len() < listing.title.len());
        let mut contacts = contacts(listing, salt);
        left_out += contacts.len().saturating_sub(CONTACTS_PER_LISTING_MAX);
        contacts.truncate(CONTACTS_PER_LISTING_MAX);
        let description = listing.description.as_deref().unwrap_or_default();
        Self {
            place,
            listing_id: listing.listing_id.clone(),
            seller: seller.0,
            marketplace: listing.marketplace.clone(),
            seller_id: seller.1.to_owned(),
            harm_cents: harm.0,
            contacts,
            pictures,
            title: title.to_owned(),
            title_noted_as: [words::title(&listing.title)],
            description: least(&features(&Folded::of(description)), DESCRIPTION_NAMES),
            left_out: left_out as u64,
        }
    }
}

/// The texts of a listing in which a contact may stand.
pub(super) fn texts(listing: &Listing) -> impl Iterator<Item = &str> {
    [listing.description.as_deref(), Some(listing.title.as_str()), listing.seller_name.as_deref()].into_iter().flatten()
}

fn contacts(listing: &Listing, salt: u64) -> Vec<(Shared, u64, Vec<u64>)> {
    let site = listing.url.as_deref().and_then(site);
    let mut contacts = Vec::new();
    for found in texts(listing).flat_map(find) {
        // A link or an address of the marketplace itself says nothing about the seller.
        let is_own = site.as_deref().is_some_and(|site| is_on(&found.value, site));
        if !is_own {
            let (shared, prefix) = match found.kind {
                Kind::Email => (Shared::Contact, "mailto"),
                Kind::Phone if is_trade_item_number(&found.value, listing.gtin.as_deref()) => continue,
                Kind::Phone if found.value.starts_with('+') => (Shared::Contact, "tel"),
                // Without a country's code the same digits are another's number elsewhere, or the number of an article.
                Kind::Phone => (Shared::Account, "tel"),
                Kind::Handle => (Shared::Account, "account"),
                Kind::Link => (Shared::Account, "https"),
            };
            let sealed = hash::sealed(salt, &format!("{prefix}:{}", found.value));
            contacts.push((shared, sealed, words::contact_names(&found.value)));
        }
    }
    contacts.sort_unstable();
    contacts.dedup();
    contacts
}

/// Whether the digits that look like a telephone number are those of the goods.
fn is_trade_item_number(phone: &str, gtin: Option<&str>) -> bool {
    let subscriber = &phone[phone.len().saturating_sub(PHONE_DIGITS)..];
    gtin.is_some_and(|gtin| gtin.contains(subscriber))
}

/// The last two labels of the host of an address: `bazaar.example`.
fn site(address: &str) -> Option<String> {
    let host = address.split_once("://")?.1.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let start = host.rmatch_indices('.').nth(1).map_or(0, |(at, _)| at + 1);
    host[start..].contains('.').then(|| host[start..].to_owned())
}

/// Whether an address for mail, or a link, belongs to a site.
fn is_on(value: &str, site: &str) -> bool {
    let host = value.rsplit_once('@').map_or(value, |(_, host)| host).split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_suffix(site).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_told_apart_by_marketplace_and_by_what_names_them() {
        let number = |marketplace: Option<&str>, id: Option<&str>, name: Option<&str>| {
            let own = |text: Option<&str>| text.map(str::to_owned);
            let listing =
                Listing { marketplace: own(marketplace), seller_id: own(id), seller_name: own(name), ..Listing::default() };
            seller(&listing).map(|(number, _)| number)
        };
        assert_eq!(number(Some("a"), None, None), None);
        assert_eq!(number(Some("a"), Some("1"), Some("x")), number(Some("a"), Some("1"), Some("y")));
        let different = [
            number(Some("a"), Some("1"), None),
            number(Some("b"), Some("1"), None),
            number(None, Some("1"), None),
            number(Some("a"), None, Some("1")),
            number(Some("a"), Some("2"), None),
        ];
        assert_eq!(different.iter().collect::<std::collections::BTreeSet<_>>().len(), different.len());
    }

    #[test]
    fn of_one_listing_so_much_is_compared_and_the_rest_counted() {
        let check = |pictures: usize, contacts: usize, title_bytes: usize, left_out: u64| {
            let description: String = (0..contacts).map(|number| format!("write to joe{number}@mail.example, ")).collect();
            let listing = Listing {
                title: "é".repeat(title_bytes / 2),
                description: Some(description),
                image_urls: (0..pictures).map(|number| format!("https://photo.example/{number}.jpg")).collect(),
                ..Listing::default()
            };
            let place = Place { standing: Standing::Flagged, below: 0, tie: 0 };
            let candidate = Candidate::new(&listing, (1, "s"), place, Harm(0), 0);
            let kept = (candidate.pictures.len(), candidate.contacts.len(), candidate.title.len());
            let most = (PICTURES_PER_LISTING_MAX, CONTACTS_PER_LISTING_MAX, COMPARED_TITLE_BYTES_MAX);
            assert_eq!(kept, (pictures.min(most.0), contacts.min(most.1), title_bytes.min(most.2)));
            assert_eq!(candidate.left_out, left_out);
        };
        check(PICTURES_PER_LISTING_MAX, CONTACTS_PER_LISTING_MAX, COMPARED_TITLE_BYTES_MAX, 0);
        check(PICTURES_PER_LISTING_MAX + 1, CONTACTS_PER_LISTING_MAX + 1, COMPARED_TITLE_BYTES_MAX + 2, 3);
    }

    #[test]
    fn digits_lead_to_a_person_with_the_code_of_a_country_and_never_where_they_name_the_goods() {
        let check = |description: &str, gtin: Option<&str>, expected: Option<Shared>| {
            let (description, gtin) = (Some(description.to_owned()), gtin.map(str::to_owned));
            let found = contacts(&Listing { description, gtin, ..Listing::default() }, 0);
            assert_eq!(found.first().map(|(shared, ..)| *shared), expected, "{found:?}");
        };
        check("WhatsApp +86 130 1234 5678", None, Some(Shared::Contact));
        check("WhatsApp +86 130 1234 5678", Some("8613012345678"), None);
        check("tel. 5551234", None, Some(Shared::Account));
        check("joe@mail.example", None, Some(Shared::Contact));
        check("t.me/gzbags1234", None, Some(Shared::Account));
        check("no contact", None, None);
    }

    #[test]
    fn contacts_of_the_marketplace_are_not_the_sellers() {
        let check = |value: &str, url: &str, expected: bool| {
            assert_eq!(site(url).is_some_and(|site| is_on(value, &site)), expected, "{value} on {url}");
        };
        check("help@bazaar.example", "https://www.bazaar.example/item/1", true);
        check("bazaar.example/help", "https://bazaar.example/item/1", true);
        check("shop.bazaar.example", "https://bazaar.example/item/1", true);
        check("help@notbazaar.example", "https://bazaar.example/item/1", false);
        check("joe@mail.example", "https://bazaar.example/item/1", false);
        check("joe@bazaar.example", "item/1", false);
        check("gzbags1234", "https://bazaar.example/item/1", false);
    }
}
