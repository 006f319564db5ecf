//! Does the review queue show what is to be reviewed, all of it, once, and nothing else?
#![allow(clippy::unwrap_used)]

use aws_sdk_dynamodb::types::AttributeValue;
use local::stack::{Stack, Storage, tables};
use scoring::{Band, Field, Harm, Listing, Milli, RawListing, Risk, ScoredListing};
use std::collections::BTreeMap;
use storage::Upload;
use storage::limits::{QUEUE_PAGE_ENTRIES_MAX, QUEUE_READ_MAX, QUEUE_SHARDS};
use storage::results::queue::{self, Filter, Position, QueueEntry};
use storage::results::{BatchWriter, Item, Origin, QUEUE_KEYS, latest, to_item};
use storage::reviews::{Decision, NewReview, Reviews};
use tokio::time::{Duration, Instant};

/// One result to be stored; those left out are a review of 50.0 without brand and seller.
#[derive(Clone, Default)]
struct Row {
    listing: String,
    /// Number of the upload, the greater the newer.
    upload: i64,
    harm: u64,
    risk: Option<u16>,
    brand: Option<&'static str>,
    seller: Option<&'static str>,
}

fn row(listing: &str, upload: i64, harm: u64) -> Row {
    Row { listing: listing.to_owned(), upload, harm, ..Row::default() }
}

fn item(row: &Row) -> Item {
    let mut raw = RawListing::default();
    raw.set(Field::ListingId, row.listing.as_str());
    raw.set(Field::Title, "Bag");
    raw.set(Field::SellerId, row.seller.unwrap_or_default());
    let listing: Listing = raw.into_listing().unwrap();
    let risk = row.risk.unwrap_or(500);
    let scored = ScoredListing {
        listing_id: listing.listing_id.clone(),
        risk: Risk(risk),
        log_odds: Milli(0),
        band: if risk >= 400 { Band::Review } else { Band::Clear },
        brand: row.brand.map(str::to_owned),
        reasons: vec![],
        issues: vec![],
        policy: "p-1".into(),
        input: "h-1".into(),
        scored_at: "2026-11-23T00:00:00Z".into(),
    };
    let upload = Upload { at_ms: 1_790_000_000_000 + row.upload, sequencer: String::new() };
    let origin = Origin::new(&format!("j-{}", row.upload), &upload, 2_000_000_000).unwrap();
    to_item(&origin, 0, &listing, &scored, Harm(row.harm))
}

struct Queue {
    stack: Stack,
}

impl Queue {
    async fn with(rows: &[Row]) -> Self {
        let queue = Self { stack: Stack::start(Storage::Memory).await.unwrap() };
        queue.add(rows).await;
        queue
    }

    async fn add(&self, rows: &[Row]) {
        let deadline = Instant::now() + Duration::from_secs(60);
        let mut writer = BatchWriter::new(self.stack.dynamodb(), &tables().results, deadline);
        writer.put(rows.iter().map(item)).await.unwrap();
        writer.flush().await.unwrap();
    }

    /// Notes a decision about a result, as the reviews do.
    async fn decide(&self, about: &Row, decision: &str) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let put = self.stack.dynamodb().put_item().table_name(tables().reviews).item("listing_id", text(&about.listing));
        let put = put.item("reviewed_at", text("head")).item("decision", text(decision)).item("reviewer", text("ana"));
        let put = put.item("order_key", item(about)["order_key"].clone()).item("version", AttributeValue::N("2".into()));
        put.send().await.unwrap();
    }

    async fn page(&self, filter: &Filter<'_>, after: Option<&Position>, entries_max: usize) -> queue::QueuePage {
        queue::page(&self.stack.dynamodb(), &tables(), filter, after, entries_max).await.unwrap()
    }

    /// The whole queue, read in pages, and how many pages that took.
    async fn walk(&self, filter: &Filter<'_>, entries_max: usize) -> (Vec<QueueEntry>, usize) {
        let (mut entries, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = self.page(filter, after.as_ref(), entries_max).await;
            assert!(page.entries.len() <= entries_max);
            entries.extend(page.entries);
            pages += 1;
            match page.next {
                // What is sealed for a caller and comes back.
                Some(next) => after = Some(serde_json::from_str(&serde_json::to_string(&next).unwrap()).unwrap()),
                None => return (entries, pages),
            }
        }
    }

    async fn listings(&self, filter: &Filter<'_>) -> Vec<String> {
        self.walk(filter, 50).await.0.into_iter().map(|entry| entry.listing_id).collect()
    }

    /// How many of the queue's keys each stored result has, by listing and upload.
    async fn keys(&self) -> BTreeMap<(String, String), usize> {
        let items = self.stack.dynamodb().scan().table_name(tables().results).send().await.unwrap();
        let text = |item: &Item, name: &str| item[name].as_s().unwrap().clone();
        let keys = |item: &Item| QUEUE_KEYS.iter().filter(|key| item.contains_key(**key)).count();
        items.items().iter().map(|item| ((text(item, "listing_id"), text(item, "job_id")), keys(item))).collect()
    }
}

#[tokio::test]
async fn all_of_it_once_greatest_harm_first_in_pages_of_any_size() {
    // Many of the same harm, so that their order is decided by what follows in the rank.
    let rows: Vec<_> = (0..90).map(|n| row(&format!("L-{n}"), n, 100 + n.unsigned_abs() * 7 % 13)).collect();
    let queue = Queue::with(&rows).await;
    let mut expected: Vec<_> = rows.iter().map(|row| (row.harm, row.upload)).collect();
    expected.sort_unstable_by(|one, other| other.cmp(one));
    for entries_max in [1, 7, 45, 90, 1_000] {
        let (entries, pages) = queue.walk(&Filter::default(), entries_max).await;
        let found: Vec<_> =
            entries.iter().map(|entry| (entry.expected_harm.0, entry.job_id[2..].parse::<i64>().unwrap())).collect();
        assert_eq!(found, expected, "pages of {entries_max}");
        assert!(pages <= rows.len().div_ceil(entries_max), "{pages} pages of {entries_max}");
    }
    assert_eq!(queue.page(&Filter::default(), None, 0).await.entries.len(), 1);
    queue.stack.stop().await;
}

#[tokio::test]
async fn brand_seller_and_least_risk_narrow_it_down() {
    let of = |listing, harm, risk, brand, seller| Row { risk: Some(risk), brand, seller, ..row(listing, 1, harm) };
    let queue = Queue::with(&[
        of("a", 9, 900, Some("chanel"), Some("s#1")),
        of("b", 8, 400, Some("chanel"), Some("s#2")),
        of("c", 7, 700, Some("gucci"), Some("s#1")),
        of("d", 6, 800, None, None),
        of("e", 99, 399, Some("chanel"), Some("s#1")),
    ])
    .await;
    for (brand, seller, min_risk, expected) in [
        (None, None, None, "a b c d"),
        (Some("chanel"), None, None, "a b"),
        (None, Some("s#1"), None, "a c"),
        (Some("gucci"), Some("s#1"), None, "c"),
        (None, None, Some(700), "a c d"),
        (None, None, Some(701), "a d"),
        (Some("chanel"), None, Some(401), "a"),
        (Some("chan"), None, None, ""),
        (None, Some("s"), None, ""),
    ] {
        let filter = Filter { brand, seller, min_risk: min_risk.map(Risk) };
        assert_eq!(queue.listings(&filter).await.join(" "), expected, "{filter:?}");
    }
    queue.stack.stop().await;
}

#[tokio::test]
async fn what_a_newer_upload_supersedes_is_never_shown_and_is_taken_out() {
    let named = |row: Row| Row { brand: Some("chanel"), seller: Some("s#1"), ..row };
    let cleared = Row { risk: Some(10), ..row("cleared", 2, 0) };
    let queue = Queue::with(&[
        named(row("again", 1, 100)),
        named(row("again", 2, 5)),
        named(row("cleared", 1, 90)),
        cleared,
        named(row("once", 1, 7)),
    ])
    .await;
    let of_brand = Filter { brand: Some("chanel"), ..Filter::default() };
    let before = queue.keys().await;
    let keys_of = |keys: &BTreeMap<(String, String), usize>, listing: &str, job: &str| keys[&(listing.into(), job.into())];
    assert_eq!([keys_of(&before, "again", "j-1"), keys_of(&before, "cleared", "j-1")], [3, 3]);

    assert_eq!(queue.listings(&of_brand).await, ["once", "again"]);
    let after = queue.keys().await;
    let expected = [("again", "j-1", 0), ("again", "j-2", 3), ("cleared", "j-1", 0), ("cleared", "j-2", 0), ("once", "j-1", 3)];
    assert_eq!(expected.map(|(listing, job, _)| keys_of(&after, listing, job)), expected.map(|(.., keys)| keys));
    assert_eq!(queue.listings(&Filter::default()).await, ["once", "again"]);
    queue.stack.stop().await;
}

#[tokio::test]
async fn what_is_decided_is_not_shown_until_a_newer_result_comes() {
    let rows = [row("confirmed", 1, 9), row("rejected", 1, 8), row("unsure", 1, 7), row("before", 2, 6), row("behind", 1, 5)];
    let queue = Queue::with(&rows).await;
    queue.decide(&rows[0], "confirmed").await;
    queue.decide(&rows[1], "rejected").await;
    queue.decide(&rows[2], "unsure").await;
    queue.decide(&row("before", 1, 6), "rejected").await;
    queue.decide(&row("behind", 2, 5), "confirmed").await;

    let entries = queue.walk(&Filter::default(), 50).await.0;
    let shown: Vec<_> = entries
        .iter()
        .map(|entry| (entry.listing_id.as_str(), entry.review.as_ref().and_then(|head| head.decision.map(Decision::name))))
        .collect();
    assert_eq!(shown, [("unsure", Some("unsure")), ("before", Some("rejected"))]);
    assert_eq!(entries[0].review.as_ref().map(|head| (head.version, head.reviewer.as_deref())), Some((2, Some("ana"))));
    let keys = queue.keys().await;
    let in_index: Vec<_> = keys.iter().filter(|(_, keys)| **keys > 0).map(|((listing, _), _)| listing.as_str()).collect();
    assert_eq!(in_index, ["before", "unsure"]);

    queue.add(&[row("confirmed", 2, 4)]).await;
    assert_eq!(queue.listings(&Filter::default()).await, ["unsure", "before", "confirmed"]);
    queue.stack.stop().await;
}

#[tokio::test]
async fn a_decision_that_is_taken_back_brings_its_listing_back() {
    let queue = Queue::with(&[row("again", 1, 9)]).await;
    let (client, reviews) = (queue.stack.dynamodb(), Reviews::new(queue.stack.dynamodb(), &tables()));
    let stored = async || latest(&client, &tables().results, "again").await.unwrap().unwrap();
    let about = stored().await;
    let new = NewReview {
        review_id: "r-1",
        decision: Decision::Confirmed,
        note: "",
        reviewer: "ana",
        reviewer_id: "ana",
        at_ms: 1_790_000_000_500,
        expires_at: 2_000_000_000,
        about: &about,
    };
    reviews.decide(&new, 0).await.unwrap();
    // The same listing once more: what was decided holds, and the reader takes the new entry out of the index.
    queue.add(&[row("again", 2, 9)]).await;
    assert_eq!(queue.keys().await.values().sum::<usize>(), 1);
    assert_eq!(queue.listings(&Filter::default()).await, [""; 0]);
    assert_eq!(queue.keys().await.values().sum::<usize>(), 0);

    reviews.withdraw(&stored().await, "r-1", "ana", 1_790_000_000_600, 1).await.unwrap();
    assert_eq!(queue.listings(&Filter::default()).await, ["again"]);
    queue.stack.stop().await;
}

#[tokio::test]
async fn what_comes_in_between_two_pages_neither_hides_nor_repeats() {
    let rows: Vec<_> = (0..40).map(|n| row(&format!("L-{n}"), 1, 1_000 + n * 10)).collect();
    let queue = Queue::with(&rows).await;
    let first = queue.page(&Filter::default(), None, 20).await;
    queue.add(&[row("ahead", 1, 1_395), row("behind", 1, 1_005), row("L-39", 2, 1_015)]).await;
    let second = queue.page(&Filter::default(), first.next.as_ref(), 50).await;
    let harms: Vec<_> = first.entries.iter().chain(&second.entries).map(|entry| entry.expected_harm.0).collect();
    let expected: Vec<_> = (0..40).rev().map(|n| 1_000 + n * 10).collect();
    let mut expected = [expected.as_slice(), &[1_005, 1_015]].concat();
    expected.sort_unstable_by(|one, other| other.cmp(one));
    assert_eq!((harms, second.next), (expected, None));

    // From the middle of a page as well.
    let middle = queue.page(&Filter::default(), Some(&second.entries[2].position), 1).await;
    assert_eq!(middle.entries[0], second.entries[3]);
    queue.stack.stop().await;
}

#[tokio::test]
async fn one_call_reads_so_much_and_the_next_goes_on() {
    let beyond = (QUEUE_READ_MAX + QUEUE_SHARDS as usize * QUEUE_PAGE_ENTRIES_MAX) as u64;
    let mut rows: Vec<_> = (0..beyond).map(|n| row(&format!("L-{n}"), 1, 10 + n)).collect();
    rows.push(Row { risk: Some(900), ..row("wanted", 1, 1) });
    let queue = Queue::with(&rows).await;
    let filter = Filter { min_risk: Some(Risk(900)), ..Filter::default() };
    let first = queue.page(&filter, None, 10).await;
    assert_eq!(first.entries, []);
    assert!(first.next.is_some(), "there is more behind the limit");
    let (entries, pages) = queue.walk(&filter, 10).await;
    assert_eq!(entries.iter().map(|entry| entry.listing_id.as_str()).collect::<Vec<_>>(), ["wanted"]);
    assert!((2..10).contains(&pages), "{pages}");
    queue.stack.stop().await;
}
