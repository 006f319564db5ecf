//! What does the demo's reviewer decide? On everything in the queue, as somebody would who knows the sample.

use std::collections::BTreeSet;

use jiff::Timestamp;
use storage::results::{self, queue};
use storage::reviews::{Decision, NewReview, Reviews};

use crate::Stack;
use crate::error::LocalError;
use crate::stack::tables;

/// The listings of the sample export that are offered as copies, one id a line.
const COPIES: &str = include_str!("../../sample/copies.txt");

/// Entries read at once.
const PAGE_ENTRIES: usize = 100;

/// How long the demo's decisions are kept: they end with the process.
const KEPT_SECONDS: i64 = 86_400;

/// Works through the queue; gives the number of decisions.
pub(super) async fn work(stack: &Stack) -> Result<u64, LocalError> {
    let copies: BTreeSet<&str> = COPIES.lines().collect();
    let (dynamodb, tables) = (stack.dynamodb(), tables());
    let reviews = Reviews::new(dynamodb.clone(), &tables);
    let (mut decided, mut after) = (0, None);
    loop {
        let page = queue::page(&dynamodb, &tables, &queue::Filter::default(), after.as_ref(), PAGE_ENTRIES).await?;
        for entry in &page.entries {
            let Some(about) = results::latest(&dynamodb, &tables.results, &entry.listing_id).await? else { continue };
            let is_copy = copies.contains(entry.listing_id.as_str());
            let now = Timestamp::now();
            let new = NewReview {
                review_id: &format!("r-{}", entry.listing_id),
                decision: if is_copy { Decision::Confirmed } else { Decision::Rejected },
                note: "",
                reviewer: "the demo's reviewer",
                reviewer_id: "demo",
                at_ms: now.as_millisecond(),
                expires_at: now.as_second() + KEPT_SECONDS,
                about: &about,
            };
            let version = entry.review.as_ref().map_or(0, |review| review.version);
            reviews.decide(&new, version).await?;
            decided += 1;
        }
        after = page.next;
        if after.is_none() {
            return Ok(decided);
        }
    }
}
