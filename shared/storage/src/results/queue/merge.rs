//! How do the partitions of the queue become one list, without reading them whole?

use super::{Filter, Position, QueueEntry};
use crate::Error;
use crate::limits::{NAME_SHARDS, QUEUE_PAGE_ENTRIES_MAX, QUEUE_PAGE_ENTRIES_MIN, QUEUE_READ_MAX, QUEUE_SHARDS};
use crate::results::keys::{index_name, name_shard, queue_shard};
use crate::results::{Item, QUEUE_KEYS, QUEUE_RANK};
use crate::tables::{QUEUE, QUEUE_BY_BRAND, QUEUE_BY_SELLER};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use scoring::Risk;
use std::collections::VecDeque;
use tokio::task::JoinSet;

/// The list, read as it is asked for.
pub(super) struct Merge {
    partitions: Vec<Partition>,
    brand: Option<String>,
    min_risk: Risk,
    /// Entries that were read.
    read: usize,
    /// The last entry that was given or left out.
    passed: Option<Position>,
}

/// What comes next in the list.
pub(super) enum Next {
    /// This entry.
    Entry(Box<QueueEntry>),
    /// Nothing.
    End,
    /// Perhaps more, but enough is read for one call.
    Limit {
        /// The last entry that was given or left out.
        passed: Option<Position>,
    },
}

/// One partition of the index, from its greatest rank down.
struct Partition {
    query: QueryFluentBuilder,
    /// Read and not given yet.
    waiting: VecDeque<(Position, Item)>,
    /// How many entries the next answer may have.
    page_entries: usize,
    ended: bool,
}

impl Merge {
    pub(super) fn new(client: &Client, table: &str, filter: &Filter<'_>, after: Option<&Position>, entries_max: usize) -> Self {
        let [overall, by_brand, by_seller] = QUEUE_KEYS;
        let by_name = |name| (0..NAME_SHARDS).map(|shard| name_shard(name, shard)).collect();
        let (index, key, partitions): (_, _, Vec<String>) = match (filter.brand, filter.seller) {
            (_, Some(seller)) => (QUEUE_BY_SELLER, by_seller, by_name(seller)),
            (Some(brand), None) => (QUEUE_BY_BRAND, by_brand, by_name(brand)),
            (None, None) => (QUEUE, overall, (0..QUEUE_SHARDS).map(queue_shard).collect()),
        };
        // Twice what each has to give when they are equally full.
        let page_entries =
            entries_max.saturating_mul(2).div_ceil(partitions.len()).clamp(QUEUE_PAGE_ENTRIES_MIN, QUEUE_PAGE_ENTRIES_MAX);
        let query = |partition| {
            let query = client
                .query()
                .table_name(table)
                .index_name(index)
                .scan_index_forward(false)
                .expression_attribute_names("#partition", key)
                .expression_attribute_values(":partition", AttributeValue::S(partition));
            let Some(after) = after else { return query.key_condition_expression("#partition = :partition") };
            query
                .key_condition_expression("#partition = :partition AND #rank < :after")
                .expression_attribute_names("#rank", QUEUE_RANK)
                .expression_attribute_values(":after", AttributeValue::S(after.queue_rank.clone()))
        };
        let partition = |name| Partition { query: query(name), waiting: VecDeque::new(), page_entries, ended: false };
        Self {
            partitions: partitions.into_iter().map(partition).collect(),
            brand: filter.brand.map(|brand| index_name(brand).to_owned()),
            min_risk: filter.min_risk.unwrap_or_default(),
            read: 0,
            passed: None,
        }
    }

    /// The next entry that is wanted.
    pub(super) async fn next(&mut self) -> Result<Next, Error> {
        loop {
            while self.partitions.iter().any(Partition::must_read) {
                if self.read >= QUEUE_READ_MAX {
                    return Ok(Next::Limit { passed: self.passed.take() });
                }
                self.read_on().await?;
            }
            // A partition that has nothing waiting has ended, and `None` is the smallest.
            let greatest = self.partitions.iter_mut().max_by(|one, other| one.head().cmp(&other.head()));
            let Some((position, item)) = greatest.and_then(|partition| partition.waiting.pop_front()) else {
                return Ok(Next::End);
            };
            self.passed = Some(position);
            match QueueEntry::try_from(&item) {
                Ok(entry) if self.wants(&entry) => return Ok(Next::Entry(Box::new(entry))),
                Ok(_) => {}
                // One entry that cannot be read must not hide those behind it.
                Err(error) => tracing::error!(code = error.code(), %error, "entry of the queue left out"),
            }
        }
    }

    fn wants(&self, entry: &QueueEntry) -> bool {
        entry.risk >= self.min_risk && (self.brand.is_none() || self.brand == entry.brand)
    }

    /// Reads on where nothing is waiting, and where little is: that will be asked for soon, and the answers come at the same time.
    async fn read_on(&mut self) -> Result<(), Error> {
        let mut queries = JoinSet::new();
        for (number, partition) in self.partitions.iter().enumerate().filter(|(_, partition)| partition.runs_low()) {
            let query = partition.query.clone().limit(i32::try_from(partition.page_entries).unwrap_or(i32::MAX));
            queries.spawn(async move { (number, query.send().await) });
        }
        while let Some(answer) = queries.join_next().await {
            let (number, answer) = answer.map_err(|_| Error::Interrupted)?;
            let answer = answer.map_err(|error| Error::service("Query", error))?;
            let partition = &mut self.partitions[number];
            let items = answer.items.unwrap_or_default();
            self.read += items.len();
            partition.waiting.extend(items.into_iter().filter_map(|item| {
                let queue_rank = item.get(QUEUE_RANK)?.as_s().ok()?.clone();
                Some((Position { queue_rank }, item))
            }));
            partition.page_entries = (2 * partition.page_entries).min(QUEUE_PAGE_ENTRIES_MAX);
            partition.ended = answer.last_evaluated_key.is_none();
            partition.query = partition.query.clone().set_exclusive_start_key(answer.last_evaluated_key);
        }
        Ok(())
    }
}

impl Partition {
    fn must_read(&self) -> bool {
        !self.ended && self.waiting.is_empty()
    }

    fn runs_low(&self) -> bool {
        !self.ended && self.waiting.len() <= self.page_entries / 8
    }

    fn head(&self) -> Option<&str> {
        self.waiting.front().map(|(position, _)| position.queue_rank.as_str())
    }
}
