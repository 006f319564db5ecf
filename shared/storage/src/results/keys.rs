//! Under which keys do the indexes find a result?

use crate::limits::{DAY_SHARDS, INDEX_KEY_BYTES_MAX, NAME_SHARDS, QUEUE_SHARDS};
use scoring::{Harm, ScoredListing};

/// The partition keys of the review queue, overall, by brand and by seller. An item is in the queue while it has them.
pub const QUEUE_KEYS: [&str; 3] = ["queue_shard", "queue_brand_shard", "queue_seller_shard"];

/// The sort key of the review queue. It stays on the item when [`QUEUE_KEYS`] are taken off, for nothing is indexed by it alone.
pub const QUEUE_RANK: &str = "queue_rank";

/// What puts a flagged result into the review queue: those of [`QUEUE_KEYS`] that it has, with their values. A result without a brand
/// or a seller is in fewer lists.
pub(super) fn queue_keys(listing_id: &str, brand: Option<&str>, seller_id: Option<&str>) -> Vec<(&'static str, String)> {
    let shard = shard_of(listing_id);
    let [overall, by_brand, by_seller] = QUEUE_KEYS;
    let named = |key, name: Option<&str>| name.map(|name| (key, name_shard(name, shard % NAME_SHARDS)));
    let mut keys = vec![(overall, queue_shard(shard % QUEUE_SHARDS))];
    keys.extend(named(by_brand, brand));
    keys.extend(named(by_seller, seller_id));
    keys
}

/// What puts a flagged result into the lists of risks, with the values.
pub(super) fn risk_keys(
    day: &str,
    listing_id: &str,
    brand: Option<&str>,
    seller_id: Option<&str>,
) -> Vec<(&'static str, String)> {
    let shard = shard_of(listing_id);
    let named = |key, name: Option<&str>| name.map(|name| (key, name_shard(name, shard % NAME_SHARDS)));
    let mut keys = vec![("day_shard", day_shard(day, shard % DAY_SHARDS))];
    keys.extend(named("brand_shard", brand));
    keys.extend(named("seller_shard", seller_id));
    keys
}

/// Partition of the index by day.
pub(super) fn day_shard(day: &str, shard: u32) -> String {
    format!("{day}#{shard:02}")
}

/// Partition of the queue.
pub(super) fn queue_shard(shard: u32) -> String {
    format!("queue#{shard:02}")
}

/// Partition of an index by brand or by seller. The shard stands last and has a fixed width, so no name can be mistaken for another.
pub(super) fn name_shard(name: &str, shard: u32) -> String {
    format!("{}#{shard:02}", index_name(name))
}

/// A brand or seller as it is indexed and stored.
pub(super) fn index_name(name: &str) -> &str {
    &name[..name.floor_char_boundary(INDEX_KEY_BYTES_MAX)]
}

/// Sorts by day, then by risk, then by log odds, which also separates listings at the ends of the scale.
pub(super) fn risk_rank(day: &str, scored: &ScoredListing) -> String {
    format!("{day}#{:04}#{:010}", scored.risk.0, from_lowest(scored.log_odds.0))
}

/// Sorts by expected harm in US cents, then by log odds, then by order key. No two results have the same order key, so no two have
/// the same place in the queue.
pub(super) fn queue_rank(harm: Harm, scored: &ScoredListing, order_key: &str) -> String {
    format!("{:020}#{:010}#{order_key}", harm.0, from_lowest(scored.log_odds.0))
}

/// Never below zero, so that text sorts as the numbers.
fn from_lowest(log_odds: i32) -> i64 {
    i64::from(log_odds) - i64::from(i32::MIN)
}

/// FNV-1a, 32 bits: the standard library's hashes may change between versions, and a listing must find its shard again.
fn shard_of(listing_id: &str) -> u32 {
    listing_id.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Upload;
    use crate::order::row_key;
    use scoring::{Band, Milli, Risk};

    fn scored(risk: u16, log_odds: i32) -> ScoredListing {
        ScoredListing {
            listing_id: "A-17".into(),
            risk: Risk(risk),
            log_odds: Milli(log_odds),
            band: Band::Review,
            brand: None,
            reasons: vec![],
            issues: vec![],
            policy: "p-1".into(),
            input: "h-1".into(),
            scored_at: "2026-11-23T00:00:00Z".into(),
        }
    }

    #[test]
    fn ranks_sort_as_the_risks() {
        let rank_of = |day: &str, risk, log_odds| risk_rank(day, &scored(risk, log_odds));
        let lowest_first = [
            rank_of("2026-09-21", 1_000, i32::MAX),
            rank_of("2026-09-22", 400, i32::MIN),
            rank_of("2026-09-22", 400, -1),
            rank_of("2026-09-22", 400, 1),
            rank_of("2026-09-22", 1_000, 0),
        ];
        assert!(lowest_first.is_sorted_by(|a, b| a < b), "{lowest_first:#?}");
    }

    #[test]
    fn the_queue_sorts_by_harm_then_by_log_odds_then_by_age() {
        let key = |row| row_key(&Upload { at_ms: 1_790_000_000_000, sequencer: "0055".into() }.key("j-1").unwrap(), row);
        let rank_of = |harm, log_odds, row| queue_rank(Harm(harm), &scored(900, log_odds), &key(row));
        let lowest_first = [
            rank_of(0, i32::MAX, 9),
            rank_of(9, 5, 0),
            rank_of(10, -1, 0),
            rank_of(10, 1, 0),
            rank_of(10, 1, 1),
            rank_of(10, 1, 10),
            rank_of(u64::MAX, i32::MIN, 0),
        ];
        assert!(lowest_first.is_sorted_by(|a, b| a < b), "{lowest_first:#?}");
        let longest = Upload { at_ms: 0, sequencer: "F".repeat(500) }.key(&"j".repeat(40)).unwrap();
        let longest = queue_rank(Harm(u64::MAX), &scored(0, i32::MAX), &row_key(&longest, u64::MAX));
        assert!(longest.len() < 1_024, "sort keys end at 1,024 bytes");
    }

    #[test]
    fn a_result_is_in_the_lists_that_it_has_names_for() {
        let check = |brand, seller_id, expected: &[(&str, &str)]| {
            let keys = queue_keys("A-17", brand, seller_id);
            let keys: Vec<_> = keys.iter().map(|(key, value)| (*key, value.as_str())).collect();
            assert_eq!(keys, expected);
        };
        let overall = ("queue_shard", "queue#03");
        let (brand, seller) = (("queue_brand_shard", "chanel#03"), ("queue_seller_shard", "s#1#03"));
        check(None, None, &[overall]);
        check(Some("chanel"), None, &[overall, brand]);
        check(None, Some("s#1"), &[overall, seller]);
        check(Some("chanel"), Some("s#1"), &[overall, brand, seller]);
    }

    #[test]
    fn a_long_name_is_cut_to_what_a_key_may_have() {
        let (fits, beyond) = ("x".repeat(INDEX_KEY_BYTES_MAX), "x".repeat(INDEX_KEY_BYTES_MAX + 1));
        assert_eq!(name_shard(&fits, 0), name_shard(&beyond, 0));
        assert_eq!(index_name(&"é".repeat(INDEX_KEY_BYTES_MAX)).len(), INDEX_KEY_BYTES_MAX);
    }
}
