//! What is to be reviewed next? Flagged results nobody has decided about, greatest expected harm first.
//!
//! The index is spread over partitions, each in the order of the queue. Their heads are merged, so that only as much is read as is
//! shown. An entry of the index may be out of date: a newer upload of its listing, or a decision, may have come. Each is looked up
//! before it is shown, and what is out of date is taken out of the index.

mod entry;
mod gone;
mod merge;
mod standing;

pub use entry::{Position, QueueEntry};

use crate::limits::QUEUE_LOOKED_UP_MIN;
use crate::{Error, Tables};
use aws_sdk_dynamodb::Client;
use gone::{Because, Gone};
use merge::{Merge, Next};
use scoring::Risk;
use standing::Standing;

/// Which entries are wanted. Brand and seller together mean both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter<'a> {
    /// Of this brand id.
    pub brand: Option<&'a str>,
    /// Of this seller id.
    pub seller: Option<&'a str>,
    /// Of at least this risk. The queue is not in the order of risks, so entries are read and left out.
    pub min_risk: Option<Risk>,
}

/// A stretch of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuePage {
    /// Greatest expected harm first.
    pub entries: Vec<QueueEntry>,
    /// Where to go on; `None` at the end of the queue. There may be fewer entries than were asked for, even none, and still more behind:
    /// the work of one call is bounded.
    pub next: Option<Position>,
}

/// Reads the queue behind a position. An entry is given once on the way through all positions, whatever comes in between; what comes
/// in meanwhile is given if it sorts behind the position. `entries_max` of 0 counts as 1.
///
/// # Errors
/// When DynamoDB refuses. That an entry out of date could not be taken out of the index is none: the next reader tries again.
pub async fn page(
    client: &Client,
    tables: &Tables,
    filter: &Filter<'_>,
    after: Option<&Position>,
    entries_max: usize,
) -> Result<QueuePage, Error> {
    let entries_max = entries_max.max(1);
    let mut merge = Merge::new(client, &tables.results, filter, after, entries_max);
    let (mut entries, mut gone): (Vec<QueueEntry>, _) = (Vec::new(), Vec::new());
    let next = 'full: loop {
        // One more than there is room for tells whether there is more.
        let looked_up_max = entries_max.saturating_sub(entries.len()).saturating_add(1).max(QUEUE_LOOKED_UP_MIN);
        let mut candidates = Vec::new();
        let mut end = None;
        while candidates.len() < looked_up_max && end.is_none() {
            match merge.next().await? {
                Next::Entry(entry) => candidates.push(*entry),
                Next::End => end = Some(None),
                Next::Limit { passed } => end = Some(passed.or_else(|| after.cloned())),
            }
        }
        let standings = standing::of(client, tables, &candidates).await?;
        for (entry, standing) in candidates.into_iter().zip(standings) {
            match standing {
                Standing::Superseded => gone.push(Gone::new(entry, Because::Superseded)),
                Standing::Decided { version } => gone.push(Gone::new(entry, Because::Decided { version })),
                Standing::Open(_) if entries.len() == entries_max => {
                    break 'full entries.last().map(|last| last.position.clone()).or_else(|| after.cloned());
                }
                Standing::Open(review) => entries.push(QueueEntry { review, ..entry }),
            }
        }
        if let Some(next) = end {
            break next;
        }
    };
    gone::take_out(client, tables, gone).await;
    Ok(QueuePage { entries, next })
}
