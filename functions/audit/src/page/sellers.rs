//! Who does it again and again, and which offers are back?

use super::figures::{dollars, range_or_none};
use super::networks::anchor;
use super::parts::{Table, listing_ids, none, section};
use super::whisker::{Look, Scale, axis, whisker};
use auditing::networks::{Networks, Rate, Relisted, RepeatOffender, Seller};
use maud::{Markup, html};
use pages::numbers::{counted, grouped, listings};
use pages::seller_text::visible;

/// A seller's account, with where it is.
pub(super) fn seller(of: &Seller) -> Markup {
    html! { bdi { (visible(&of.seller_id)) } @if let Some(marketplace) = &of.marketplace { span.aside { " on " bdi { (visible(marketplace)) } } } }
}

pub(super) fn offenders(of: &Networks) -> Markup {
    let table = Table {
        caption: "Repeat offenders, largest expected loss first",
        class: "drawn",
        head: html! {
            th scope="col" { "Seller" } th scope="col" { "Flagged, of all listings " (axis(Scale::WHOLE)) } th scope="col" { "Confirmed, of those decided " (axis(Scale::WHOLE)) }
            th.number scope="col" { "Expected loss" }
        },
    };
    let cell = |count: u32, rate: Option<Rate>| {
        html! { td { @if let Some(rate) = rate { (whisker(rate, None, Scale::WHOLE, Look::Plain)) } (range_or_none(rate)) span.below { (listings(u64::from(count))) } } }
    };
    let row = |offender: &RepeatOffender| {
        let network = offender.group.and_then(|at| Some((at + 1, anchor(at)?)));
        html! {
            tr {
                th scope="row" {
                    (seller(&offender.member.seller))
                    @if let Some((number, anchor)) = network { span.below { a href={ "#" (anchor) } { "network " (number) } } }
                }
                (cell(offender.member.flagged, offender.flagged_rate))
                (cell(offender.member.confirmed, offender.confirmed_rate))
                td.number { (dollars(offender.member.harm)) }
            }
        }
    };
    let body = html! {
        @if of.repeat_offenders.is_empty() {
            (none("No seller has several flagged or confirmed listings."))
        } @else {
            (table.of(&of.repeat_offenders, row))
            @if of.left_out.offenders_not_shown > 0 { p.aside { (counted(of.left_out.offenders_not_shown, "other seller is", "other sellers are")) " not in this report." } }
        }
    };
    section("offenders", "Repeat offenders", "Which sellers have several listings that were flagged or confirmed?", &body)
}

pub(super) fn relisted(of: &Networks) -> Markup {
    let table = Table {
        caption: "Offers that stand several times, confirmed and open ones first",
        class: "plain",
        head: html! {
            th scope="col" { "Listings" } th.number scope="col" { "Sellers" } th.number scope="col" { "Confirmed" } th.number scope="col" { "Undecided" } th.number scope="col" { "Expected loss" }
        },
    };
    let row = |offer: &Relisted| {
        html! {
            tr {
                th scope="row" { (listing_ids(&offer.listings, offer.listings_not_shown)) }
                td.number { (grouped(offer.sellers)) } td.number { (grouped(u64::from(offer.confirmed))) }
                td.number { (grouped(u64::from(offer.open))) } td.number { (dollars(offer.harm)) }
            }
        }
    };
    let body = html! {
        @if of.relisted.is_empty() {
            (none("No suspected offer stands in several listings."))
        } @else {
            (table.of(&of.relisted, row))
            @if of.left_out.relisted_not_shown > 0 { p.aside { (counted(of.left_out.relisted_not_shown, "other offer is", "other offers are")) " not in this report." } }
        }
    };
    section("relisted", "Relisted offers", "What was decided about, and is back under another id or in another shop?", &body)
}
