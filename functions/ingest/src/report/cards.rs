//! How is one listing shown? As a card: the risk, the seller's words with what matters marked, and reasons that add up.

use super::chart::band_title;
use super::marked::{Mark, marked};
use super::top::TopListing;
use maud::{Markup, html};
use pages::drawing::bar;
use pages::seller_text::{language, visible};
use scoring::{Milli, Policy, Reason};

/// A card; `open` ones show their reasons at once.
pub(super) fn card(listing: &TopListing, policy: &Policy, open: Open) -> Markup {
    html! {
        details.card.(listing.band.name()) open[open == Open::Yes] {
            summary {
                span.risk { (listing.risk) span.band { (band_title(listing.band)) } }
                div.what {
                    @match text(listing, "title") {
                        Some(title) => h3 { (title) },
                        None => h3 { "(no title)" },
                    }
                    p.line { (line(listing, policy)) }
                }
            }
            div.inside {
                @if let Some(description) = text(listing, "description") { p.description { (description) } }
                (reasons(listing, policy.base()))
                (facts(listing))
            }
        }
    }
}

/// Whether a card shows its reasons at once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Yes,
    No,
}

/// A field in the seller's words, with what reasons point at marked.
fn text(listing: &TopListing, field: &str) -> Option<Markup> {
    let excerpt = listing.texts.iter().find(|excerpt| excerpt.field == field)?;
    let spans: Vec<_> = listing.reasons.iter().filter(|reason| reason.field == field).map(span).collect();
    let language = excerpt.passages.first().map_or("", |passage| language(&passage.text));
    Some(html! { bdi dir="auto" lang=(language) { (marked(excerpt, &spans)) } })
}

fn span(reason: &Reason) -> (std::ops::Range<usize>, Mark) {
    let mark = if reason.points < Milli(0) { Mark::For } else { Mark::Against };
    (reason.start as usize..reason.end as usize, mark)
}

/// Brand, price and seller in one line.
fn line(listing: &TopListing, policy: &Policy) -> Markup {
    let brand = listing.brand.as_ref().map(|id| policy.brand_name(id).unwrap_or(id));
    html! {
        @if let Some(brand) = brand { span.brand { (visible(brand)) } }
        @if let Some(price) = &listing.price { span.price { (price) } }
        @if let Some(seller) = text(listing, "seller_name").or_else(|| text(listing, "seller_id")) { span { "by " (seller) } }
    }
}

fn facts(listing: &TopListing) -> Markup {
    html! {
        dl.facts {
            div { dt { "Listing" } dd { (visible(&listing.listing_id)) } }
            @for (name, field) in [("Brand field", "brand"), ("Category", "category"), ("Seller id", "seller_id"), ("GTIN", "gtin")] {
                @if let Some(value) = text(listing, field) { div { dt { (name) } dd { (value) } } }
            }
            @for (name, value) in [
                ("Seller since", &listing.seller_created_at), ("Seller rating", &listing.seller_rating), ("Ships from", &listing.ship_from),
            ] {
                @if let Some(value) = value { div { dt { (name) } dd { (value) } } }
            }
            @if let Some(url) = &listing.url { div.wide { dt { "Address" } dd { (address(url)) } } }
        }
    }
}

/// A link only where following it does no more than open a page; anything else stays text.
fn address(url: &str) -> Markup {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let harmless = url.chars().all(|c| c.is_ascii_graphic() || c.is_alphanumeric());
    html! {
        @if scheme.is_some() && harmless {
            a href=(url) rel="noopener noreferrer nofollow external" referrerpolicy="no-referrer" { (visible(url)) }
        } @else {
            (visible(url))
        }
    }
}

/// The reasons as a sum: base, points, log odds.
fn reasons(listing: &TopListing, base: Milli) -> Markup {
    let largest = listing.reasons.iter().map(|reason| reason.points.0.unsigned_abs()).max().unwrap_or(0);
    let (others, others_points) = listing.others;
    let named = listing.reasons.iter().fold(base.plus(others_points), |sum, reason| sum.plus(reason.points));
    // Nothing is left unless the page was made with another policy than the scores.
    let unnamed = Milli(listing.log_odds.0.saturating_sub(named.0));
    html! {
        table.reasons {
            caption { "Why, in points of log odds" }
            thead { tr { th.number scope="col" { "Points" } th.bars scope="col" { span.unseen-label { "Size" } } th scope="col" { "Reason" } } }
            tbody {
                @for reason in &listing.reasons {
                    tr {
                        td.number { (signed(reason.points)) }
                        td.bars { (bar(if reason.points < Milli(0) { "for" } else { "against" }, u64::from(reason.points.0.unsigned_abs()), u64::from(largest))) }
                        td {
                            bdi dir="auto" { (visible(&reason.why)) }
                            span.signal {
                                (visible(&reason.signal)) @if let Some(rule) = &reason.rule { " (" (visible(rule)) ")" } @if reason.start < reason.end { " in " (visible(&reason.field)) }
                            }
                        }
                    }
                }
                @if others > 0 { (plain_row(others_points, &html! { (others) " smaller reasons" })) }
                (plain_row(base, &html! { "Base: where every listing starts" }))
                @if unnamed != Milli(0) { (plain_row(unnamed, &html! { "Under another policy than this page's" })) }
            }
            tfoot {
                tr {
                    td.number { (signed(listing.log_odds)) }
                    td.bars {}
                    th scope="row" { "Sum: risk " (listing.risk) ", " (band_title(listing.band)) }
                }
            }
        }
    }
}

fn plain_row(points: Milli, name: &Markup) -> Markup {
    html! { tr.plain { td.number { (signed(points)) } td.bars {} td { (name) } } }
}

/// With its sign, and a real minus.
pub(super) fn signed(points: Milli) -> String {
    if points < Milli(0) { points.to_string().replacen('-', "−", 1) } else { format!("+{points}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_web_address_is_a_link() {
        let check = |url: &str, link: bool| assert_eq!(address(url).into_string().contains("<a "), link, "{url:?}");
        check("https://example.com/a?b=1&c=2", true);
        check("HTTP://example.com/商品/1", true);
        check("javascript:alert(1)", false);
        check(" https://example.com", false);
        check("data:text/html,<script>", false);
        check("https://example.com/\u{202e}gpj.exe", false);
        check("https://example.com/a b", false);
        check("//example.com", false);
        check("http:", false);
        check("驴", false);
    }

    #[test]
    fn points_have_a_sign() {
        for (points, text) in [(2310, "+2.310"), (-40, "−0.040"), (0, "+0.000")] {
            assert_eq!(signed(Milli(points)), text);
        }
    }
}
