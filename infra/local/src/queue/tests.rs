//! Does the queue hide, bring back, bury and remember messages as SQS does?

use std::time::Duration;

use super::*;

const HIDE: Duration = Duration::from_secs(30);

async fn receive(queue: &Queue) -> Vec<(String, u32)> {
    let deliveries = queue.receive(10, HIDE, Duration::ZERO).await.unwrap();
    deliveries.into_iter().map(|delivery| (delivery.body, delivery.receive_count)).collect()
}

#[tokio::test(start_paused = true)]
async fn hidden_until_the_timeout_then_delivered_again() {
    let queue = Queue::in_memory();
    queue.send("a".into(), 0, Duration::ZERO).unwrap();
    assert_eq!(receive(&queue).await, [("a".into(), 1)]);
    assert_eq!(receive(&queue).await, []);
    tokio::time::advance(HIDE).await;
    assert_eq!(receive(&queue).await, [("a".into(), 2)]);
}

#[tokio::test(start_paused = true)]
async fn an_outdated_receipt_deletes_nothing() {
    let queue = Queue::in_memory();
    queue.send("a".into(), 0, Duration::ZERO).unwrap();
    let first = queue.receive(1, HIDE, Duration::ZERO).await.unwrap();
    tokio::time::advance(HIDE).await;
    let second = queue.receive(1, HIDE, Duration::ZERO).await.unwrap();
    queue.delete(&first[0].receipt).unwrap();
    assert_eq!(queue.depth().in_flight, 1);
    queue.delete(&second[0].receipt).unwrap();
    assert_eq!(queue.depth(), Depth::default());
}

#[tokio::test(start_paused = true)]
async fn buried_after_the_last_delivery() {
    let queue = Queue::in_memory();
    queue.send("a".into(), 0, Duration::ZERO).unwrap();
    for count in 1..=limits::DELIVERIES_MAX {
        assert_eq!(receive(&queue).await, [("a".into(), count)]);
        tokio::time::advance(HIDE).await;
    }
    assert_eq!(receive(&queue).await, []);
    assert_eq!(queue.dead_letters(), ["a"]);
    assert_eq!(queue.depth(), Depth { dead: 1, ..Depth::default() });
}

#[tokio::test(start_paused = true)]
async fn a_waiting_consumer_wakes_for_a_new_and_for_a_delayed_message() {
    let queue = Queue::in_memory();
    let (deliveries, _) = tokio::join!(queue.receive(1, HIDE, limits::LONG_POLL_MAX), async {
        queue.send("new".into(), 0, Duration::ZERO).unwrap()
    });
    assert_eq!(deliveries.unwrap()[0].body, "new");

    queue.send("delayed".into(), 0, Duration::from_secs(7)).unwrap();
    assert_eq!(queue.depth().delayed, 1);
    let before = Instant::now();
    assert_eq!(queue.receive(1, HIDE, limits::LONG_POLL_MAX).await.unwrap()[0].body, "delayed");
    assert_eq!(before.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn visibility_zero_gives_the_message_back() {
    let queue = Queue::in_memory();
    queue.send("a".into(), 0, Duration::ZERO).unwrap();
    let delivery = queue.receive(1, HIDE, Duration::ZERO).await.unwrap().remove(0);
    queue.change_visibility(&delivery.receipt, Duration::ZERO);
    assert_eq!(receive(&queue).await, [("a".into(), 2)]);
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_is_taken_back_does_not_count() {
    let queue = Queue::in_memory();
    queue.send("a".into(), 0, Duration::ZERO).unwrap();
    for _ in 0..=limits::DELIVERIES_MAX {
        let delivery = queue.receive(1, HIDE, Duration::ZERO).await.unwrap().remove(0);
        assert_eq!(delivery.receive_count, 1);
        queue.take_back(&delivery.receipt).unwrap();
    }
    assert_eq!(queue.depth(), Depth { visible: 1, ..Depth::default() });
}

#[tokio::test(start_paused = true)]
async fn a_folder_remembers_messages_counts_and_dead_letters() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Queue::in_folder(folder.path().to_path_buf()).unwrap();
    let queue = open();
    queue.send("a".into(), 5, Duration::ZERO).unwrap();
    queue.send("b".into(), 6, Duration::ZERO).unwrap();
    let deliveries = queue.receive(10, HIDE, Duration::ZERO).await.unwrap();
    queue.delete(&deliveries[1].receipt).unwrap();
    drop(queue);

    let queue = open();
    for count in 2..=limits::DELIVERIES_MAX {
        assert_eq!(receive(&queue).await, [("a".into(), count)]);
        tokio::time::advance(HIDE).await;
    }
    assert_eq!(receive(&queue).await, []);
    drop(queue);

    let queue = open();
    assert_eq!(queue.dead_letters(), ["a"]);
    queue.send("c".into(), 7, Duration::ZERO).unwrap();
    assert_eq!(receive(&queue).await, [("c".into(), 1)]);
}

#[test]
fn a_body_one_byte_too_large_is_refused() {
    let queue = Queue::in_memory();
    queue.send("x".repeat(limits::MESSAGE_BYTES_MAX), 0, Duration::ZERO).unwrap();
    let refused = queue.send("x".repeat(limits::MESSAGE_BYTES_MAX + 1), 0, Duration::ZERO).unwrap_err();
    assert_eq!(refused.code(), "local.message_too_large");
}
