//! What if everything happens at once? Uploads, repeats, deaths and bad days in an order drawn from a seed end as one calm day does.
#![allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation)]

use std::sync::Arc;
use tests::faults::{Cut, Fault, Faults, Operation, When, mix};
use tests::world::{Message, Pace, State, Upload, World, jsonl};

/// Seeds that are tried; the environment variable SEEDS takes more of them, for a long run.
const SEEDS: u64 = 12;

/// Draws one number after the other from a seed.
struct Dice(u64);

impl Dice {
    /// 0 to `sides` - 1.
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = mix(self.0);
        self.0 % sides
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for end in (1..values.len()).rev() {
            values.swap(end, self.roll(end as u64 + 1) as usize);
        }
    }
}

/// Two to four uploads that share listings: versions of one key, and files of other keys.
fn uploads(dice: &mut Dice) -> Vec<Upload> {
    let count = 2 + dice.roll(3);
    let upload = |number: u64| {
        let body = match dice.roll(3) {
            0 => jsonl("a", 70, 30_000),
            1 => jsonl("a", 40, 40),
            _ => [jsonl("a", 5, 0), b"{\"title\": \"a row without id\"}\n".to_vec(), jsonl("b", 20, 0)].concat(),
        };
        match dice.roll(2) {
            0 => Upload::new("exports/versions.jsonl", body).version(&format!("v{number}"), 10 * number),
            _ => Upload::new(&format!("exports/file {number}.jsonl"), body).at(10 * number),
        }
    };
    (1..=count).map(upload).collect()
}

fn day(dice: &mut Dice) -> Faults {
    let faults = Faults::seeded(dice.roll(u64::MAX));
    match dice.roll(6) {
        0 | 1 => faults,
        2 => faults.cut(Cut::Before(dice.roll(25))),
        3 => faults.cut(Cut::After(dice.roll(25))),
        4 => faults.with(Operation::DynamoDb, When::Percent(30), Fault::Throttle).with(
            Operation::Named("BatchWriteItem"),
            When::Percent(30),
            Fault::Unprocessed,
        ),
        _ => faults
            .with(Operation::DynamoDb, When::Percent(15), Fault::LostAnswer)
            .with(Operation::Named("GetObject"), When::Percent(30), Fault::CutBody(50))
            .with(Operation::S3, When::Percent(15), Fault::LostAnswer)
            .with(Operation::Sqs, When::Percent(30), Fault::LostAnswer),
    }
}

async fn announced(world: &World, uploads: &[Upload]) -> Vec<Message> {
    let mut messages = Vec::new();
    for upload in uploads {
        messages.push(world.announced(upload).await);
    }
    messages
}

async fn calm(uploads: &[Upload]) -> State {
    let world = World::begin(Pace::Generous).await;
    let messages = announced(&world, uploads).await;
    world.settle(messages, |_| Faults::none().into()).await;
    world.state().await.from_start()
}

async fn wild(uploads: &[Upload], dice: &mut Dice) -> State {
    let world = World::begin(if dice.roll(2) == 0 { Pace::Generous } else { Pace::OneBatch }).await;
    let mut messages = announced(&world, uploads).await;
    for _ in 0..dice.roll(3) {
        messages.push(messages[dice.roll(uploads.len() as u64) as usize].clone());
    }
    dice.shuffle(&mut messages);
    // Bad days come to an end, as they do.
    world.settle(messages, |delivery| Arc::new(if delivery < 12 { day(dice) } else { Faults::none() })).await;
    world.state().await.from_start()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_order_of_events_ends_as_a_calm_day() {
    let seeds = std::env::var("SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    for seed in 1..=seeds {
        let mut dice = Dice(seed);
        let uploads = uploads(&mut dice);
        let (expected, found) = (calm(&uploads).await, wild(&uploads, &mut dice).await);
        let differences = expected.differences(&found);
        assert!(differences.is_empty(), "seed {seed}\n{}", differences.join("\n"));
    }
}
