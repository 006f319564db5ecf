//! Are sellers linked who belong together, and no others?

use super::*;
use crate::limits::{
    GROUP_PARTS_SHOWN_MAX, GROUPS_SHOWN_MAX, LINK_EVIDENCE_SHOWN_MAX, OFFENDERS_SHOWN_MAX, RELISTED_LISTINGS_SHOWN_MAX,
    VALUE_SELLERS_MAX,
};
use scoring::{Milli, Risk};

/// A row: seller, title, description, pictures.
type Row<'r> = (&'r str, &'r str, &'r str, &'r [&'r str]);

const BAG: &str = "Louis Vuitton Neverfull MM brown canvas mirror quality factory direct with box and dust bag";
const SHOE: &str = "Nike Air Jordan white suede best batch all sizes ready ship in 24h inbox for more colours";
const PICTURE: &str = "https://photo.example/album/7.jpg";
const OTHER_PICTURE: &str = "https://photo.example/album/8.jpg";

fn listing(number: usize, (seller, title, description, pictures): Row) -> Listing {
    Listing {
        listing_id: format!("L{number:05}"),
        title: title.to_owned(),
        description: Some(description.to_owned()),
        seller_id: (!seller.is_empty()).then(|| seller.to_owned()),
        marketplace: Some("bazaar".to_owned()),
        url: Some(format!("https://bazaar.example/item/{number}")),
        image_urls: pictures.iter().map(|picture| (*picture).to_owned()).collect(),
        ..Listing::default()
    }
}

fn result(listing: &Listing, band: Band) -> ScoredListing {
    ScoredListing {
        listing_id: listing.listing_id.clone(),
        risk: Risk(900),
        log_odds: Milli(2_000),
        band,
        brand: None,
        reasons: Vec::new(),
        issues: Vec::new(),
        policy: String::new(),
        input: String::new(),
        scored_at: String::new(),
    }
}

fn decision(listing_id: &str, counterfeit: bool) -> Decided {
    Decided {
        review_id: String::new(),
        listing_id: listing_id.to_owned(),
        counterfeit,
        reviewer: String::new(),
        source: None,
        sampled: None,
        decided_at: String::new(),
        risk: Risk(900),
        log_odds: Milli(2_000),
        band: Band::Review,
        brand: None,
        input: String::new(),
        traits: crate::Traits::default(),
        reasons: Vec::new(),
    }
}

/// What is told of flagged rows, among clear ones, with decisions by listing.
fn told(flagged: &[Row], clear: &[Row], decisions: &[(&str, bool)]) -> Networks {
    let decided: Vec<Decided> = decisions.iter().map(|(listing, counterfeit)| decision(listing, *counterfeit)).collect();
    let mut sightings = Sightings::new("key", &decided);
    for (number, (row, band)) in
        flagged.iter().map(|row| (row, Band::Review)).chain(clear.iter().map(|row| (row, Band::Clear))).enumerate()
    {
        let listing = listing(number, *row);
        sightings.observe(&listing, &result(&listing, band), Harm(1_000));
    }
    sightings.finish(&Policy::embedded())
}

fn sellers(networks: &Networks) -> Vec<Vec<&str>> {
    let mut groups = Vec::new();
    for group in &networks.groups {
        let mut names: Vec<&str> = group.sellers.iter().map(|member| member.seller.seller_id.as_str()).collect();
        names.sort_unstable();
        groups.push(names);
    }
    groups
}

#[test]
fn a_link_takes_a_contact_or_two_of_what_anybody_can_copy() {
    let check = |one: Row, other: Row, expected: bool| {
        let networks = told(&[one, other], &[], &[]);
        let expected: Vec<Vec<&str>> = if expected { vec![vec![one.0, other.0]] } else { vec![] };
        assert_eq!(sellers(&networks), expected, "{one:?} / {other:?}");
    };
    let (mail, wechat) = ("write to joe@mail.example", "WeChat: gzbags1234");
    // A mail address or a telephone number leads to one person.
    check(("a", BAG, mail, &[]), ("b", SHOE, "JOE@mail.example for more", &[]), true);
    check(("a", BAG, "WhatsApp +86 130 1234 5678", &[]), ("b", SHOE, "https://wa.me/8613012345678", &[]), true);
    // The name of an account, a picture, or an offer does not.
    check(("a", BAG, wechat, &[]), ("b", SHOE, wechat, &[]), false);
    check(("a", BAG, "", &[PICTURE]), ("b", SHOE, "", &[PICTURE]), false);
    check(("a", BAG, "", &[]), ("b", BAG, "", &[]), false);
    // Two of them do.
    check(("a", BAG, wechat, &[]), ("b", BAG, "微信gzbags1234", &[]), true);
    check(("a", BAG, wechat, &[PICTURE]), ("b", SHOE, wechat, &["http://photo.example/album/7.webp?w=300"]), true);
    check(("a", BAG, "", &[PICTURE, OTHER_PICTURE]), ("b", SHOE, "", &[OTHER_PICTURE, PICTURE]), true);
    check(("a", BAG, "", &[PICTURE]), ("b", BAG, "", &[PICTURE]), true);
    // One seller is no network, and the help desk of the marketplace is nobody's contact.
    check(("a", BAG, mail, &[]), ("a", BAG, mail, &[]), false);
    check(("a", BAG, "write to help@bazaar.example", &[]), ("b", SHOE, "write to help@bazaar.example", &[]), false);
}

#[test]
fn what_honest_sellers_show_as_well_is_no_evidence() {
    let mail = "write to joe@mail.example";
    let copies: [Row; 2] = [("a", BAG, mail, &[PICTURE]), ("b", BAG, mail, &[PICTURE])];
    let names: Vec<String> = (0..200).map(|number| format!("honest-{number}")).collect();
    let honest = |count: usize, row: Row<'static>| {
        names.iter().take(count).map(|name| (name.as_str(), row.1, row.2, row.3)).collect::<Vec<_>>()
    };
    let groups = |clear: &[Row]| told(&copies, clear, &[]).groups.len();
    // As many as the suspects may show it, for accounts of a network that were not flagged.
    assert_eq!(groups(&honest(2, ("", "Handbag", mail, &[]))), 1);
    // A contact that others show too is left to the picture and the offer, and these alike.
    assert_eq!(groups(&honest(200, ("", "Handbag", mail, &[]))), 1);
    assert_eq!(groups(&honest(200, ("", "Handbag", mail, &[PICTURE]))), 0);
    assert_eq!(groups(&honest(200, ("", BAG, mail, &[]))), 0);
    let networks = told(&copies, &honest(8, ("", BAG, mail, &[PICTURE])), &[]);
    assert!(networks.groups.is_empty() && networks.relisted.is_empty());
    let left_out = networks.left_out;
    assert_eq!([left_out.common_contacts, left_out.common_pictures, left_out.common_offers], [1, 1, 1]);
}

#[test]
fn what_people_decided_counts_before_the_score() {
    let rows: [Row; 2] = [("a", BAG, "joe@mail.example", &[]), ("b", SHOE, "joe@mail.example", &[])];
    // Cleared by a person: no suspect.
    assert!(told(&rows, &[], &[("L00000", false)]).groups.is_empty());
    // Confirmed where the score saw nothing: a suspect.
    let networks = told(&rows[..1], &rows[1..], &[("L00001", true), ("gone", true)]);
    assert_eq!(sellers(&networks), [["a", "b"]]);
    let group = &networks.groups[0];
    assert_eq!((group.flagged, group.confirmed, group.harm), (2, 1, Harm(2_000)));
    assert_eq!(networks.left_out.decisions_not_used, 1);
}

#[test]
fn repeat_offenders_have_rates_and_relisted_offers_say_what_came_back() {
    let rows: [Row; 5] =
        [("a", BAG, "", &[]), ("a", BAG, "", &[]), ("b", BAG, "", &[]), ("c", SHOE, "", &[]), ("", SHOE, "", &[])];
    let clear: Vec<Row> = vec![("a", "Handbag", "", &[]); 6];
    let networks = told(&rows, &clear, &[("L00000", true), ("L00001", true), ("L00005", false)]);
    let [offender] = networks.repeat_offenders.as_slice() else { panic!("{:?}", networks.repeat_offenders) };
    let member = &offender.member;
    assert_eq!((member.seller.seller_id.as_str(), member.listings), ("a", Some(8)));
    assert_eq!((member.flagged, member.confirmed, member.rejected), (2, 2, 1));
    assert_eq!(offender.flagged_rate, Rate::of(2, 8));
    assert_eq!(offender.confirmed_rate, Rate::of(2, 3));
    let [relisted] = networks.relisted.as_slice() else { panic!("{:?}", networks.relisted) };
    assert_eq!(relisted.listings, ["L00000", "L00001", "L00002"]);
    assert_eq!((relisted.sellers, relisted.confirmed, relisted.open), (2, 2, 1));
    assert_eq!((networks.listings, networks.sellers, networks.left_out.rows_without_seller), (11, 3, 1));
}

#[test]
fn contacts_are_named_by_the_key_and_never_written() {
    let named = |key: &str| {
        let mut sightings = Sightings::new(key, []);
        for (number, seller) in ["a", "b"].into_iter().enumerate() {
            let listing = listing(number, (seller, BAG, "mail joe@mail.example or WhatsApp +86 130 1234 5678", &[]));
            sightings.observe(&listing, &result(&listing, Band::RedFlag), Harm(1));
        }
        let networks = sightings.finish(&Policy::embedded());
        let text = serde_json::to_string(&networks).unwrap();
        assert!(!text.contains("joe") && !text.contains("13012345678"), "{text}");
        assert_eq!(serde_json::from_str::<Networks>(&text).unwrap(), networks);
        networks.groups[0].links[0].proofs.iter().map(|proof| proof.value.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(named("key"), named("key"));
    // Both contacts have other names under another key; the offer, which tells nothing, has the same.
    assert_eq!(named("key").intersection(&named("other")).count(), 1);
}

#[test]
fn a_fashion_is_no_network_and_a_large_network_is_cut_where_it_is_shown() {
    let names: Vec<String> = (0..=VALUE_SELLERS_MAX).map(|number| format!("s{number:03}")).collect();
    let rows: Vec<Row> = names.iter().map(|name| (name.as_str(), SHOE, "", &[PICTURE, OTHER_PICTURE][..])).collect();
    // As many as may share a value, without others; the bits of all of them are known.
    let told_of = |count: usize| told(&rows[..count], &[], &[]);
    let networks = told_of(20);
    let group = &networks.groups[0];
    assert_eq!((networks.groups.len(), group.sellers.len()), (1, 20));
    assert_eq!(group.links.len() as u64 + group.links_not_shown, 20 * 19 / 2);
    assert_eq!(group.links.len(), GROUP_PARTS_SHOWN_MAX);
    let beyond = told_of(VALUE_SELLERS_MAX + 1);
    assert!(beyond.groups.is_empty());
    assert_eq!(beyond.left_out.common_pictures, 2);
}

#[test]
fn what_a_report_does_not_show_is_counted() {
    let pictures: Vec<String> =
        (0..=LINK_EVIDENCE_SHOWN_MAX).map(|number| format!("https://photo.example/{number}.jpg")).collect();
    let pictures: Vec<&str> = pictures.iter().map(String::as_str).collect();
    let networks = told(&[("a", BAG, "", &pictures), ("b", SHOE, "", &pictures)], &[], &[]);
    let link = &networks.groups[0].links[0];
    assert_eq!((link.proofs.len(), link.proofs_not_shown), (LINK_EVIDENCE_SHOWN_MAX, 1));

    let rows: Vec<Row> = vec![("a", BAG, "", &[]); RELISTED_LISTINGS_SHOWN_MAX + 1];
    let networks = told(&rows, &[], &[]);
    let relisted = &networks.relisted[0];
    assert_eq!((relisted.listings.len(), relisted.listings_not_shown), (RELISTED_LISTINGS_SHOWN_MAX, 1));

    // Pairs of sellers who share a contact, one pair more than are shown, with three flagged listings each.
    let pair = |number: usize, name: char| (format!("{name}{number}"), format!("write to joe{number}@mail.example"));
    let sellers: Vec<(String, String)> =
        (0..=GROUPS_SHOWN_MAX).flat_map(|number| [pair(number, 'a'), pair(number, 'b')]).collect();
    let rows: Vec<Row> =
        sellers.iter().flat_map(|(seller, mail)| [(seller.as_str(), "Bag", mail.as_str(), &[][..]); 3]).collect();
    let networks = told(&rows, &[], &[]);
    assert_eq!((networks.groups.len(), networks.left_out.groups_not_shown), (GROUPS_SHOWN_MAX, 1));
    let offenders = rows.len() / 3;
    assert_eq!(networks.repeat_offenders.len() as u64 + networks.left_out.offenders_not_shown, offenders as u64);
    assert_eq!(networks.repeat_offenders.len(), OFFENDERS_SHOWN_MAX);
}

#[test]
fn accounts_of_two_marketplaces_are_two_sellers() {
    let mut sightings = Sightings::new("key", []);
    for (number, marketplace) in ["bazaar", "souk"].into_iter().enumerate() {
        let listing =
            Listing { marketplace: Some(marketplace.to_owned()), ..listing(number, ("a", BAG, "joe@mail.example", &[])) };
        sightings.observe(&listing, &result(&listing, Band::Review), Harm(1));
    }
    let networks = sightings.finish(&Policy::embedded());
    assert_eq!((networks.sellers, networks.groups[0].sellers.len()), (2, 2));
}
