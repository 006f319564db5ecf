//! What could be said of sellers, of those who report them, and of the records themselves?

use super::{behind, share};
use auditing::integrity::{Finding, Findings, NotReplayed, Problem};
use auditing::intervals;
use auditing::networks::{Group, LeftOut, Link, Member, Networks, Proof, Rate, Relisted, RepeatOffender, Seller, Shared};
use auditing::reporters::{Posterior, ReportersReport, Source, SourceStanding};
use scoring::Harm;

fn seller(marketplace: Option<&str>, seller_id: &str) -> Seller {
    Seller { marketplace: marketplace.map(str::to_owned), seller_id: seller_id.to_owned() }
}

fn member(seller_id: &str, listings: Option<u32>, flagged: u32, confirmed: u32, harm: u64) -> Member {
    Member { seller: seller(Some("bazaar"), seller_id), listings, flagged, confirmed, rejected: flagged / 12, harm: Harm(harm) }
}

fn proof(shared: Shared, value: &str, sellers: u64) -> Proof {
    Proof { shared, value: value.to_owned(), sellers, listings: ["A-48213".to_owned(), "A-51990".to_owned()] }
}

fn link(one: &str, other: &str, weight_thousandths: u32, proofs: Vec<Proof>) -> Link {
    Link { sellers: [seller(Some("bazaar"), one), seller(None, other)], weight_thousandths, proofs, proofs_not_shown: 1 }
}

pub(super) fn networks() -> Networks {
    let group = Group {
        sellers: vec![
            member("luxury-outlet-88", Some(214), 61, 22, 1_204_400),
            member("milano_bags", Some(96), 33, 9, 611_000),
            member("shop4417", None, 12, 0, 88_000),
        ],
        sellers_not_shown: 2,
        listings: (0..14).map(|at| format!("A-{}", 48_213 + 31 * at)).collect(),
        listings_not_shown: 92,
        flagged: 106,
        confirmed: 31,
        harm: Harm(1_903_400),
        links: vec![
            link(
                "luxury-outlet-88",
                "milano_bags",
                1_600,
                vec![proof(Shared::Contact, "contact 7f0c21", 2), proof(Shared::Picture, "picture 9921ab", 3)],
            ),
            link(
                "milano_bags",
                "shop4417",
                1_100,
                vec![proof(Shared::Account, "account 00b1d4", 2), proof(Shared::Offer, "offer A-48213", 4)],
            ),
        ],
        links_not_shown: 3,
    };
    let pair = Group {
        sellers: vec![member("time-zone", Some(40), 8, 3, 240_000), member("timezone_eu", Some(31), 6, 1, 180_500)],
        sellers_not_shown: 0,
        listings: vec!["B-1".to_owned(), "B-2".to_owned()],
        listings_not_shown: 12,
        flagged: 14,
        confirmed: 4,
        harm: Harm(420_500),
        links: vec![link("time-zone", "timezone_eu", 1_000, vec![proof(Shared::Contact, "contact 11aa02", 2)])],
        links_not_shown: 0,
    };
    let rate = |hits: u32, of: u32| {
        Some(Rate { estimate: f64::from(hits) / f64::from(of), interval: intervals::binomial(f64::from(hits), f64::from(of)) })
    };
    Networks {
        listings: 1_000_000,
        sellers: 41_802,
        groups: vec![group, pair],
        repeat_offenders: vec![
            RepeatOffender {
                member: member("luxury-outlet-88", Some(214), 61, 22, 1_204_400),
                flagged_rate: rate(61, 214),
                confirmed_rate: rate(22, 27),
                group: Some(0),
            },
            RepeatOffender {
                member: member("sneaker_vault", Some(1_310), 44, 18, 402_000),
                flagged_rate: rate(44, 1_310),
                confirmed_rate: rate(18, 20),
                group: None,
            },
        ],
        relisted: vec![Relisted {
            listings: vec!["A-48213".to_owned(), "A-51990".to_owned(), "C-7".to_owned()],
            listings_not_shown: 4,
            sellers: 3,
            confirmed: 1,
            open: 6,
            harm: Harm(118_200),
        }],
        left_out: LeftOut {
            rows_without_seller: 2_210,
            common_contacts: 12,
            common_pictures: 41,
            weak_pairs: 388,
            groups_not_shown: 4,
            offenders_not_shown: 117,
            relisted_not_shown: 39,
            ..LeftOut::default()
        },
    }
}

pub(super) fn no_networks() -> Networks {
    Networks {
        listings: 0,
        sellers: 0,
        groups: Vec::new(),
        repeat_offenders: Vec::new(),
        relisted: Vec::new(),
        left_out: LeftOut::default(),
    }
}

pub(super) fn reporters() -> ReportersReport {
    let source = |name: &str, confirmed: u64, rejected: u64, overturned: u64, standing| {
        let believed = |hits, of| {
            let of = share(hits, of);
            Posterior { mean: of.share.unwrap_or(0.5), low: of.low, high: of.high }
        };
        Source {
            source: name.to_owned(),
            confirmed_count: confirmed,
            rejected_count: rejected,
            confirmations_overturned_count: overturned,
            rejections_overturned_count: 1,
            right: believed(confirmed, confirmed + rejected),
            overturned: believed(overturned, confirmed + overturned),
            below_probability: if standing == SourceStanding::Below { 0.9996 } else { 0.12 },
            standing,
            rejected: behind(name, usize::try_from(rejected.min(4)).unwrap_or_default()),
        }
    };
    ReportersReport {
        sources: vec![
            source("brand-watch.example", 61, 39, 4, SourceStanding::Below),
            source("anonymous form", 12, 4, 0, SourceStanding::Unclear),
            source("customs-nl", 388, 7, 1, SourceStanding::Above),
        ],
        below_count: 1,
        below_wrongly_expected: 0.0004,
        is_cut: false,
    }
}

pub(super) fn integrity() -> Findings {
    let mut findings = Findings {
        rows_checked: 1_000_000,
        rows_replayed: 912_400,
        rows_not_replayed: [
            (NotReplayed::OtherPolicy, 61_600),
            (NotReplayed::ListingNotAtHand, 26_000),
            (NotReplayed::Unreadable, 1),
        ]
        .into(),
        decisions_checked: 6_182,
        decisions_withdrawn_since: 3,
        decisions_expired: 40,
        days_checked: 30,
        files_checked: 41,
        ..Findings::default()
    };
    let finding = |problem, place: &str, detail: &str| Finding { problem, place: place.to_owned(), detail: detail.to_owned() };
    findings.add([
        finding(Problem::DecisionAltered, "decision r-118 on listing A-17", "sealed as 41c0…, on record as 9f7e…: verdict"),
        finding(Problem::FileAltered, "line 1025 of jobs/j-9f31c2/scored.jsonl.zst", "sealed as b01d…, read as 77aa…"),
    ]);
    findings
}
