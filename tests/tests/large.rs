//! What happens to a result file of several parts when its job takes many invocations, and the process dies between them?
#![allow(clippy::unwrap_used, clippy::panic)]

use serde_json::json;
use std::sync::Arc;
use tests::faults::{Cut, Faults};
use tests::world::{Pace, State, Upload, World};

/// Thirteen batches whose results take more than one part of 8 MiB: ids as long as they may be, of letters that compress badly.
fn large_export() -> Vec<u8> {
    let mut body = Vec::new();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for row in 0..12_500 {
        let mut id = format!("{row}-");
        while id.len() < scoring::limits::LISTING_ID_BYTES_MAX {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            id.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[(random >> 58) as usize]));
        }
        body.extend_from_slice(json!({"listing_id": id, "title": "replica bag"}).to_string().as_bytes());
        body.push(b'\n');
    }
    body
}

async fn after(pace: Pace, body: &[u8], day: impl FnMut(u32) -> Arc<Faults>) -> (State, u32) {
    let world = World::begin(pace).await.without_items();
    let message = world.announced(&Upload::new("exports/large.jsonl", body)).await;
    let deliveries = world.settle(vec![message], day).await;
    (world.state().await, deliveries)
}

/// Lets a process die at the first call of each of these operations, one death after the other.
fn dying_at(operations: &[&'static str]) -> impl FnMut(u32) -> Arc<Faults> {
    let mut left = operations.to_vec();
    let mut yesterday: Option<Arc<Faults>> = None;
    move |_| {
        if yesterday.as_ref().is_some_and(|day| day.is_dead()) {
            left.remove(0);
        }
        let today = left.first().map_or_else(Faults::none, |&operation| Faults::none().cut(Cut::AfterFirst(operation)));
        yesterday.insert(Arc::new(today)).clone()
    }
}

fn assert_same(expected: &State, found: &State, orphans_max: usize) {
    let differences = expected.differences(found);
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    assert!(found.unfinished_uploads <= orphans_max, "{} uploads are kept and paid for", found.unfinished_uploads);
    assert!(found.work.is_empty(), "left behind: {:?}", found.work);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_of_several_parts_ends_the_same_on_every_way() {
    let body = large_export();
    let calm = Arc::new(Faults::none());
    let (expected, _) = after(Pace::Generous, &body, |_| Arc::clone(&calm)).await;
    let size = expected.file("scored.jsonl.zst").unwrap().len();
    assert!(calm.calls_of("UploadPart") > 1, "{size} bytes make one part only");
    assert_same(&expected, &expected, 0);

    // Each attempt begins at the beginning and aborts what the one before it had noted. A death between the beginning of an upload
    // and the note of it cannot be cleaned up by anybody but the bucket's lifecycle rule.
    let deaths = ["UploadPart", "CompleteMultipartUpload"];
    let (found, deliveries) = after(Pace::Generous, &body, dying_at(&deaths)).await;
    assert_eq!(deliveries, 3);
    assert_same(&expected, &found, 0);
    let (found, deliveries) = after(Pace::Generous, &body, dying_at(&["CreateMultipartUpload"])).await;
    assert_eq!(deliveries, 2);
    assert_same(&expected, &found, 1);

    // Each attempt goes on where the one before it left off, with the upload that it had begun.
    let (found, deliveries) = after(Pace::OneBatch, &body, dying_at(&deaths)).await;
    assert!(deliveries > 12, "{deliveries} deliveries");
    assert_same(&expected, &found, 0);
}
