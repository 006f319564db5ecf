//! What does `touchstone demo` show to somebody who sees it for the first time?

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use ingest::StoreFrom;

use super::args::Demo;
use super::results::{self, REPORT, Scored};
use super::words::{count, plain, program, say};
use super::{Outcome, progress, reviewer, risks};
use crate::error::LocalError;
use crate::pipeline::Pipeline;
use crate::stack::{UPLOADS_BUCKET, tables};
use crate::{Ports, Stack, Storage, audits};

/// The exports that come with the program, all of our own making (by the generator in `tests`), in three of the formats people have.
pub(super) const SAMPLES: [(&str, &[u8]); 3] = [
    ("shop-products.csv.gz", include_bytes!("../../sample/shop-products.csv.gz")),
    ("merchant-feed.tsv.gz", include_bytes!("../../sample/merchant-feed.tsv.gz")),
    ("marketplace.jsonl.gz", include_bytes!("../../sample/marketplace.jsonl.gz")),
];

/// How many of the highest risks are shown.
const TOP: usize = 5;

/// Brings the sample exports through the whole stack and shows every step.
pub(super) async fn run(arguments: &Demo) -> Outcome {
    let began = Instant::now();
    say(format_args!(
        "Touchstone on one machine: S3, SQS and DynamoDB run inside this process, and the function that would run on AWS"
    ));
    say("scores what is uploaded. Nothing leaves the machine.\n");
    let pipeline = Pipeline::start(Storage::Memory, Ports::default(), StoreFrom::Clear).await?;
    step("started the stack", began.elapsed(), "three services on loopback, two buckets, five tables");
    let outcome = show(&pipeline, &arguments.out, began).await;
    pipeline.stop().await;
    outcome
}

async fn show(pipeline: &Pipeline, out: &Path, began: Instant) -> Outcome {
    let names = results::folder_names(&SAMPLES.map(|(name, _)| PathBuf::from(name)));
    let mut all = Vec::new();
    let mut scoring = Duration::ZERO;
    for ((sample, bytes), name) in SAMPLES.iter().zip(&names) {
        let file = pipeline.stack.home().join(sample);
        fs::write(&file, bytes).map_err(LocalError::path(&file))?;
        let uploading = Instant::now();
        let submitted = pipeline.submit(&file, name).await?;
        step("uploaded", uploading.elapsed(), &format!("s3://{UPLOADS_BUCKET}/{}, and the bucket told the queue", submitted.key));
        let running = Instant::now();
        let job = progress::show(name, &pipeline.progress, pipeline.finished(&submitted)).await?;
        scoring += running.elapsed();
        let folder = if SAMPLES.len() > 1 { out.join(name) } else { out.to_owned() };
        let scored = results::fetch(&pipeline.stack, &job.job_id, name, &folder).await?;
        let rows = count(scored.summary.rows, "row");
        step("scored", running.elapsed(), &format!("{rows} of {}", scored.summary.format));
        all.push(scored);
    }
    let summary = if all.len() > 1 { results::combine(out, &all)? } else { one(&all) };

    let top = &summary.top[..summary.top.len().min(TOP)];
    say(format_args!("\nThe highest risks, of {}:\n", count(summary.scored, "listing")));
    say(format_args!("{}\n", risks::table(top)));
    say(format_args!("{}", risks::counts(&summary, scoring)));
    if let Some(highest) = top.first() {
        say(format_args!("\nWhat the table touchstone-results holds of {}:\n", plain(&highest.listing_id)));
        print_item(&pipeline.stack, &highest.listing_id).await?;
    }
    say(
        "\nWhat is caught, and what is missed? An audit draws listings at random, people review them with the rest of the queue,",
    );
    say("and the next audit tells. Here a reviewer decides who knows which listings of the sample are copies.\n");
    let audit = audit(pipeline, &out.join("audit")).await?;
    let report = out.join(REPORT);
    say(format_args!("\nAll of it took {:.2} s. Open the reports:", began.elapsed().as_secs_f64()));
    say(format_args!("  {}\n  {}", shown(&report), shown(&audit)));
    let program = program();
    say("\nNext, your own listings; the stack kept running, with its endpoint and review console; and what else there is:\n");
    say(format_args!("  {program} score your-export.csv --out results"));
    say(format_args!("  {program} serve --data touchstone-data"));
    say(format_args!("  {program} score --help"));
    Ok(ExitCode::SUCCESS)
}

/// Listings that the demo's audits draw at most: an hour's work.
const DRAWN_MAX: u32 = 300;

/// Two audits with the work of a reviewer between; gives the page of the second.
async fn audit(pipeline: &Pipeline, folder: &Path) -> Result<PathBuf, LocalError> {
    let mut deps = audits::deps(&pipeline.stack, None);
    deps.config.sample_budget = DRAWN_MAX;
    let running = Instant::now();
    audits::run(&deps, &serde_json::json!({})).await?;
    step("audited", running.elapsed(), "every result scored again, listings drawn at random for review");
    let running = Instant::now();
    let decided = reviewer::work(&pipeline.stack).await?;
    step("reviewed", running.elapsed(), &format!("{} decided", count(decided, "listing")));
    let running = Instant::now();
    // A window ends before its end: what was scored at this very moment is in the next one.
    let second = audits::run(&deps, &serde_json::json!({})).await?;
    step("audited again", running.elapsed(), "with the decisions");
    let report = super::audit::fetch(&pipeline.stack, &second.run_id, folder).await?;
    say("");
    for line in super::audit::in_words(&report) {
        say(line);
    }
    Ok(folder.join(super::audit::REPORT))
}

fn one(all: &[Scored]) -> ingest::report::Summary {
    all.first().map(|scored| scored.summary.clone()).unwrap_or_default()
}

fn step(what: &str, took: Duration, detail: &str) {
    say(format_args!("  {:>7.3} s  {what:<18} {}", took.as_secs_f64(), plain(detail)));
}

/// The whole path, so that it can be opened from anywhere.
fn shown(path: &Path) -> String {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// Reads the newest result of a listing back, as any client of the table would.
async fn print_item(stack: &Stack, listing_id: &str) -> Result<(), LocalError> {
    let query = stack
        .dynamodb()
        .query()
        .table_name(tables().results)
        .key_condition_expression("listing_id = :id")
        .expression_attribute_values(":id", AttributeValue::S(listing_id.to_owned()))
        .scan_index_forward(false)
        .limit(1);
    let answer = query.send().await.map_err(|error| LocalError::call("query", &error))?;
    for item in answer.items() {
        let mut names: Vec<&String> = item.keys().collect();
        names.sort();
        for name in names {
            say(format_args!("  {name:<18} {}", plain(&value(&item[name]))));
        }
    }
    Ok(())
}

/// One attribute, cut to a line.
fn value(value: &AttributeValue) -> String {
    let text = match value {
        AttributeValue::S(text) | AttributeValue::N(text) => text.clone(),
        AttributeValue::Bool(truth) => truth.to_string(),
        AttributeValue::B(bytes) => format!("{} bytes", bytes.as_ref().len()),
        other => format!("{other:?}"),
    };
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
