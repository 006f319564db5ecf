//! Is a request that comes again worked on once, whenever it comes?
#![allow(clippy::unwrap_used)]

use local::stack::{Stack, Storage, tables};
use storage::limits::{ANSWER_BYTES_MAX, ANSWER_KEPT_BYTES_MAX};
use storage::requests::{Answer, Begin, Request, Requests};
use tokio::task::JoinSet;

const NOW_MS: i64 = 1_795_510_800_000;
/// How long an attempt may take.
const TURN_MS: i64 = 40_000;
const DAY_MS: i64 = 24 * 3_600 * 1_000;

fn request<'a>(key: &'a str, owner: &'a str, at_ms: i64) -> Request<'a> {
    Request {
        key,
        payload_hash: "p",
        owner,
        now_ms: NOW_MS + at_ms,
        in_progress_until_ms: NOW_MS + at_ms + TURN_MS,
        expires_at: (NOW_MS + at_ms + DAY_MS) / 1_000,
    }
}

fn answer(text: &str) -> Answer {
    Answer { status: 201, headers: vec![("etag".into(), "\"1-包\"".into())], body: text.as_bytes().to_vec() }
}

const fn run(first_at_ms: i64) -> Begin {
    Begin::Run { first_at_ms: NOW_MS + first_at_ms }
}

const fn in_progress(until_ms: i64) -> Begin {
    Begin::InProgress { until_ms: NOW_MS + until_ms }
}

async fn table() -> (Stack, Requests) {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let requests = Requests::new(stack.dynamodb(), &tables().requests);
    (stack, requests)
}

#[tokio::test]
async fn the_first_answer_is_given_again_and_only_to_the_same_request() {
    let (stack, requests) = table().await;
    assert_eq!(requests.begin(&request("k", "a", 0)).await.unwrap(), run(0));
    assert_eq!(requests.begin(&request("k", "b", 1)).await.unwrap(), in_progress(TURN_MS));
    let other = Request { payload_hash: "q", ..request("k", "b", 1) };
    assert_eq!(requests.begin(&other).await.unwrap(), Begin::OtherPayload, "while it is worked on");
    // Who never had it changes nothing.
    requests.finish("k", "b", &answer("theirs")).await.unwrap();
    requests.release("k", "b").await.unwrap();
    assert_eq!(requests.begin(&request("k", "b", 2)).await.unwrap(), in_progress(TURN_MS));

    requests.finish("k", "a", &answer("ours")).await.unwrap();
    requests.finish("k", "a", &answer("anew")).await.unwrap();
    requests.release("k", "a").await.unwrap();
    for at_ms in [3, TURN_MS + 1, DAY_MS - 1_000] {
        assert_eq!(requests.begin(&request("k", "b", at_ms)).await.unwrap(), Begin::Answered(answer("ours")));
        let other = Request { payload_hash: "q", ..request("k", "b", at_ms) };
        assert_eq!(requests.begin(&other).await.unwrap(), Begin::OtherPayload);
    }
    assert_eq!(requests.begin(&request("k2", "b", 4)).await.unwrap(), run(4), "another key");
    stack.stop().await;
}

#[tokio::test]
async fn our_own_claim_is_ours_when_its_answer_was_lost() {
    let (stack, requests) = table().await;
    for _ in 0..2 {
        assert_eq!(requests.begin(&request("k", "a", 0)).await.unwrap(), run(0));
    }
    stack.stop().await;
}

#[tokio::test]
async fn who_is_overdue_is_followed_and_too_late_to_answer() {
    let (stack, requests) = table().await;
    requests.begin(&request("k", "a", 0)).await.unwrap();
    assert_eq!(requests.begin(&request("k", "b", TURN_MS - 1)).await.unwrap(), in_progress(TURN_MS));
    // What it makes is named by its first time, so it does not make it twice.
    assert_eq!(requests.begin(&request("k", "b", TURN_MS)).await.unwrap(), run(0));
    assert_eq!(requests.begin(&request("k", "c", TURN_MS + 1)).await.unwrap(), in_progress(2 * TURN_MS));
    requests.finish("k", "a", &answer("late")).await.unwrap();
    requests.release("k", "a").await.unwrap();
    assert_eq!(requests.begin(&request("k", "c", TURN_MS + 2)).await.unwrap(), in_progress(2 * TURN_MS));
    requests.finish("k", "b", &answer("in time")).await.unwrap();
    assert_eq!(requests.begin(&request("k", "c", 9 * TURN_MS)).await.unwrap(), Begin::Answered(answer("in time")));
    stack.stop().await;
}

#[tokio::test]
async fn what_is_given_back_is_free_at_once() {
    let (stack, requests) = table().await;
    requests.begin(&request("k", "a", 0)).await.unwrap();
    requests.release("k", "a").await.unwrap();
    assert_eq!(requests.begin(&request("k", "b", 1)).await.unwrap(), run(0));
    assert_eq!(requests.begin(&request("k", "c", 2)).await.unwrap(), in_progress(1 + TURN_MS));
    stack.stop().await;
}

#[tokio::test]
async fn what_has_expired_is_forgotten_before_it_is_deleted() {
    let (stack, requests) = table().await;
    requests.begin(&request("answered", "a", 0)).await.unwrap();
    requests.finish("answered", "a", &answer("old")).await.unwrap();
    requests.begin(&request("claimed", "a", 0)).await.unwrap();
    for key in ["answered", "claimed"] {
        let later = Request { payload_hash: "q", ..request(key, "b", DAY_MS) };
        assert_eq!(requests.begin(&later).await.unwrap(), run(DAY_MS));
        let later = Request { owner: "c", ..later };
        assert_eq!(requests.begin(&later).await.unwrap(), in_progress(DAY_MS + TURN_MS));
    }
    stack.stop().await;
}

/// Lets many claim at once; one of them may work on it.
async fn race(requests: &Requests, key: &str, at_ms: i64) -> String {
    let mut claims = JoinSet::new();
    for owner in ["b", "c", "d", "e"] {
        // Another one for every attempt: who comes again under the name of before has their own claim confirmed.
        let owner = format!("{owner}-{at_ms}");
        let (requests, key) = (requests.clone(), key.to_owned());
        claims.spawn(async move {
            let begin = requests.begin(&request(&key, &owner, at_ms)).await.unwrap();
            (owner, begin)
        });
    }
    let begun = claims.join_all().await;
    let (running, rest): (Vec<_>, Vec<_>) = begun.iter().partition(|(_, begin)| matches!(begin, Begin::Run { .. }));
    assert_eq!(running.len(), 1, "{begun:?}");
    assert!(rest.iter().all(|(_, begin)| *begin == in_progress(at_ms + TURN_MS)), "{begun:?}");
    running[0].0.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_one_works_on_it() {
    let (stack, requests) = table().await;
    for round in 0..25 {
        let key = format!("k-{round}");
        let owner = race(&requests, &key, 0).await;
        // After one who never came back, and after one who gave it back.
        let owner_after = race(&requests, &key, TURN_MS).await;
        requests.release(&key, &owner).await.unwrap();
        requests.release(&key, &owner_after).await.unwrap();
        race(&requests, &key, TURN_MS + 1).await;
    }
    stack.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_at_the_last_moment_is_not_lost() {
    let (stack, requests) = table().await;
    for round in 0..50 {
        let key = format!("k-{round}");
        requests.begin(&request(&key, "a", 0)).await.unwrap();
        let (late, in_time) = (request(&key, "b", TURN_MS), answer("last moment"));
        let (begun, finished) = tokio::join!(requests.begin(&late), requests.finish(&key, "a", &in_time));
        finished.unwrap();
        let begun = begun.unwrap();
        let now = requests.begin(&request(&key, "c", TURN_MS + 1)).await.unwrap();
        match begun {
            Begin::Run { .. } => assert_eq!(now, in_progress(2 * TURN_MS), "it was too late for the answer"),
            begun => assert_eq!([begun, now], [Begin::Answered(answer("last moment")), Begin::Answered(answer("last moment"))]),
        }
    }
    stack.stop().await;
}

#[tokio::test]
async fn an_answer_that_fits_is_kept_whole() {
    let (stack, requests) = table().await;
    // A generator of noise that does not compress.
    let noise = |bytes: usize| -> Vec<u8> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let step = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        (0..bytes).map(step).collect()
    };
    let large = |body: Vec<u8>| Answer { body, ..answer("") };
    let kept = [large(vec![]), large(vec![b'a'; ANSWER_BYTES_MAX]), large(noise(ANSWER_KEPT_BYTES_MAX - 100))];
    for (answer, key) in kept.into_iter().zip(["empty", "long", "noise"]) {
        assert!(answer.fits(), "{key}");
        requests.begin(&request(key, "a", 0)).await.unwrap();
        requests.finish(key, "a", &answer).await.unwrap();
        assert!(requests.begin(&request(key, "b", 1)).await.unwrap() == Begin::Answered(answer), "{key}");
    }
    let many = vec![("x-name".to_owned(), "v".repeat(100)); ANSWER_KEPT_BYTES_MAX / 100];
    assert!(!Answer { headers: many, ..answer("") }.fits(), "headers count");
    stack.stop().await;
}
