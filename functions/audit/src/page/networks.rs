//! Which sellers belong together, and what proves each link?

use super::figures::{dollars, rounded};
use super::limits::{NETWORK_PARTS_MAX, NETWORKS_MAX};
use super::parts::{REPORT, Table, file, listing_id, listing_ids, none, section};
use super::sellers::seller;
use auditing::networks::{Group, LeftOut, Link, Member, Networks, Proof, Shared};
use maud::{Markup, html};
use pages::numbers::{counted, grouped, listings};

pub(super) fn networks(of: &Networks) -> Markup {
    let shown = &of.groups[..of.groups.len().min(NETWORKS_MAX)];
    let all = (of.groups.len() as u64).saturating_add(of.left_out.groups_not_shown);
    let body = html! {
        @if of.listings > 0 {
            p {
                (listings(of.listings)) " of " (counted(of.sellers, "seller", "sellers"))
                " were read. Only those that were flagged or confirmed are compared, and none that a person cleared."
            }
        }
        @if shown.is_empty() {
            (none("No two sellers of suspected listings share what others do not."))
        } @else {
            @for (at, group) in shown.iter().enumerate() { (network(at, group)) }
            @if all > shown.len() as u64 {
                p.aside {
                    "These are the " (shown.len()) " of " (grouped(all)) " networks with the largest expected loss."
                    @if of.groups.len() > shown.len() { " The first " (grouped(of.groups.len() as u64)) " are in " (file(REPORT)) "." }
                }
            }
        }
        (left_out(&of.left_out))
    };
    section(
        "networks",
        "Networks of sellers",
        "Which accounts are run by the same people, as far as what they share proves it? Largest expected loss to buyers first.",
        &body,
    )
}

/// The anchor of a network, by its index in the report, if it is on the page.
pub(super) fn anchor(at: u64) -> Option<String> {
    (at < NETWORKS_MAX as u64).then(|| format!("network-{}", at + 1))
}

fn network(at: usize, group: &Group) -> Markup {
    let sellers = (group.sellers.len() as u64).saturating_add(group.sellers_not_shown);
    let (shown, sellers_not_shown) = first(&group.sellers, group.sellers_not_shown);
    let (links_shown, links_not_shown) = first(&group.links, group.links_not_shown);
    let members = Table {
        caption: "Accounts",
        class: "plain",
        head: html! {
            th scope="col" { "Seller" } th.number scope="col" { "Flagged" } th.number scope="col" { "Confirmed" } th.number scope="col" { "Cleared" } th.number scope="col" { "Expected loss" }
        },
    };
    let links = Table {
        caption: "What links them",
        class: "plain",
        head: html! { th scope="col" { "Sellers" } th scope="col" { "They share" } th.number scope="col" { "Weight" } },
    };
    html! {
        details.network id=[anchor(at as u64)] open[at == 0] {
            summary {
                strong { "Network " (at + 1) ": " (counted(sellers, "seller", "sellers")) }
                span.aside { " " (counted(u64::from(group.flagged), "flagged listing", "flagged listings")) ", " (grouped(u64::from(group.confirmed))) " confirmed, expected loss " (dollars(group.harm)) }
            }
            (members.of(shown, member))
            @if sellers_not_shown > 0 { p.aside { (counted(sellers_not_shown, "account is", "accounts are")) " not shown." } }
            (links.of(links_shown, link))
            p.aside {
                @if links_not_shown > 0 { (counted(links_not_shown, "link is", "links are")) " not shown. " }
                "A weight of 1 is a contact that nobody else shows."
            }
            p { "Flagged listings: " (listing_ids(&group.listings, group.listings_not_shown)) }
        }
    }
}

/// As many as the page holds, and how many that leaves out.
fn first<T>(all: &[T], not_shown: u64) -> (&[T], u64) {
    let shown = &all[..all.len().min(NETWORK_PARTS_MAX)];
    (shown, not_shown.saturating_add((all.len() - shown.len()) as u64))
}

fn member(of: &Member) -> Markup {
    html! {
        tr {
            th scope="row" { (seller(&of.seller)) @if let Some(all) = of.listings { span.below { (listings(u64::from(all))) } } }
            td.number { (grouped(u64::from(of.flagged))) } td.number { (grouped(u64::from(of.confirmed))) }
            td.number { (grouped(u64::from(of.rejected))) } td.number { (dollars(of.harm)) }
        }
    }
}

fn link(of: &Link) -> Markup {
    html! {
        tr {
            th scope="row" { (seller(&of.sellers[0])) " and " (seller(&of.sellers[1])) }
            td {
                ul.proofs { @for one in &of.proofs { li { (proof(one)) } } }
                @if of.proofs_not_shown > 0 { span.below { "and " (counted(of.proofs_not_shown, "other", "others")) } }
            }
            td.number { (rounded(f64::from(of.weight_thousandths) / 1_000.0)) }
        }
    }
}

fn proof(of: &Proof) -> Markup {
    let what = match of.shared {
        Shared::Contact => "the same contact",
        Shared::Account => "the same account elsewhere, or link",
        Shared::Picture => "the same picture",
        Shared::Offer => "a near-identical text",
    };
    html! {
        (what) @if of.sellers > 2 { ", which " (grouped(of.sellers)) " suspected sellers show" } ": see " (listing_id(&of.listings[0])) " and " (listing_id(&of.listings[1]))
        " " span.aside { "(" (listing_id(&of.value)) ")" }
    }
}

/// What was no evidence, and what there was no room for.
fn left_out(of: &LeftOut) -> Markup {
    let counts = [
        (of.rows_without_seller, "rows without a seller, which cannot be linked"),
        (of.suspects_not_compared, "suspected rows that were not compared: too many, or older versions of one that was"),
        (of.parts_not_compared, "pictures, contacts and ends of titles that were not compared because a listing has too many"),
        (
            of.rows_with_words_not_remembered,
            "rows with more possible contacts than are remembered, which may be taken for rarer than they are",
        ),
        (of.sellers_not_counted, "sellers whose listings were not counted"),
        (of.decisions_not_used, "decisions whose listing was not among the rows, or for which there was no room"),
        (of.common_contacts, "contacts that too many sellers show to be evidence"),
        (of.common_accounts, "accounts and links that too many sellers show"),
        (of.common_pictures, "pictures that too many sellers show"),
        (of.common_offers, "offers that too many sellers make"),
        (of.common_titles, "listings with a title of a catalogue that many shops sell from"),
        (of.values_not_weighed, "shared values that were not weighed, those that the most sellers share"),
        (of.weak_pairs, "pairs of sellers who share something, but too little"),
        (of.texts_not_compared, "comparisons of texts that were not made because too many look alike"),
        (of.bridges, "links between two networks that hold by a single account, and so join none"),
    ];
    let counts: Vec<(u64, &str)> = counts.into_iter().filter(|(count, _)| *count > 0).collect();
    html! {
        @if !counts.is_empty() {
            details.numbers {
                summary { "What was left out, and why" }
                ul { @for (count, what) in counts { li { (grouped(count)) " " (what) } } }
            }
        }
    }
}
