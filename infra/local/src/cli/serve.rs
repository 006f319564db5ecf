//! What does `touchstone serve` keep running, and how does it stop?

use std::path::Path;
use std::process::ExitCode;

use storage::jobs::State;

use super::args::Serve;
use super::words::{chain, count, plain, say};
use super::{Outcome, stop_signal};
use crate::drop_folder::{DropFolder, Through};
use crate::limits::JOBS_GRACE;
use crate::pipeline::Pipeline;
use crate::stack::server::Servers;
use crate::stack::{ACCESS_KEY, REGION, RESULTS_BUCKET, SECRET_KEY, UPLOADS_BUCKET, address, listen};
use crate::{Ports, Storage, Tokens, endpoint};

/// Runs the stack until it is asked to stop.
pub(super) async fn run(arguments: &Serve) -> Outcome {
    let page = listen(arguments.port).await?;
    let page_address = address(&page)?;
    let pipeline =
        Pipeline::start(Storage::Dir(arguments.data.clone()), ports_after(arguments.port), arguments.store_from.into()).await?;
    let mut drop_folder = DropFolder::open(arguments.data.join("drop"))?;
    let mut servers = Servers::new();
    let tokens = Tokens::of_folder(&arguments.data)?;
    servers.add(page, endpoint::router(&pipeline.stack, tokens.clone()));
    announce(&pipeline, &arguments.data, &format!("http://{page_address}"), &tokens);

    let mut stop = std::pin::pin!(stop_signal());
    loop {
        tokio::select! {
            () = &mut stop => break,
            through = drop_folder.next(&pipeline) => report(&through?),
        }
    }

    say("Stopping. Again to stop at once; what is not finished goes on at the next start.");
    let stopped = async {
        servers.stop().await;
        pipeline.stop_within(JOBS_GRACE).await
    };
    tokio::select! {
        all_ended = stopped => say(if all_ended { "Stopped." } else { "Stopped; a job was cut off and goes on at the next start." }),
        () = stop_signal() => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The three ports after the page's own, or any free ones.
fn ports_after(port: u16) -> Ports {
    let after = |steps| if port == 0 { 0 } else { port.saturating_add(steps) };
    Ports { s3: after(1), dynamodb: after(2), sqs: after(3) }
}

/// How to use what runs now.
fn announce(pipeline: &Pipeline, data: &Path, page: &str, tokens: &Tokens) {
    let settings = pipeline.stack.settings();
    let endpoint = |url: Option<String>| url.unwrap_or_default();
    say(format_args!("Touchstone is running, with its data in {}.\n", data.display()));
    say(format_args!("  Review console     {page}/#token={}", tokens.review));
    say(format_args!("  API document       {page}/docs"));
    say(format_args!("  Drop folder        {}\n", data.join("drop").display()));
    say("For programs; this token is for reviewers, who may also score and upload. tokens.json has one for each role:\n");
    say(format_args!("  export TOUCHSTONE={page} TOKEN={}", tokens.review));
    say("  curl $TOUCHSTONE/v1/score -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\");
    say(
        "    -d '{\"listing_id\": \"A-17\", \"title\": \"Louis Vuitton Neverfull 1:1 replica\", \"price\": 89, \"currency\": \"USD\"}'\n",
    );
    say("For the AWS tools (every name is local, the keys are no secret):\n");
    say(format_args!("  export AWS_REGION={REGION} AWS_ACCESS_KEY_ID={ACCESS_KEY} AWS_SECRET_ACCESS_KEY={SECRET_KEY}"));
    say(format_args!("  export AWS_ENDPOINT_URL_S3={}", endpoint(settings.s3_endpoint)));
    say(format_args!("  export AWS_ENDPOINT_URL_DYNAMODB={}", endpoint(settings.dynamodb_endpoint)));
    say(format_args!("  export AWS_ENDPOINT_URL_SQS={}", endpoint(settings.sqs_endpoint)));
    say(format_args!("  aws s3 cp listings.csv s3://{UPLOADS_BUCKET}/exports/   # is scored at once"));
    say(format_args!("  aws s3 ls --recursive s3://{RESULTS_BUCKET}/jobs/\n"));
    let depth = pipeline.stack.queue().depth();
    let left = depth.visible + depth.in_flight + depth.delayed;
    if left > 0 {
        say(format_args!("{} left from the last time.", count(u64::try_from(left).unwrap_or(u64::MAX), "upload")));
    }
    say("Ctrl-C stops.");
}

fn report(through: &Through) {
    let name = through.path.file_name().unwrap_or_default().to_string_lossy();
    let name = plain(&name);
    match &through.job {
        Ok(job) if job.state == State::Done => say(format_args!("{name}: {}", outcome(job.summary.as_deref()))),
        Ok(job) => {
            let reason = job.failure.as_ref().map_or("failed", |(_, detail)| detail.as_str());
            say(format_args!("{name}: {}", plain(reason)));
        }
        Err(error) => say(format_args!("{name}: {}", chain(error))),
    }
}

fn outcome(summary: Option<&str>) -> String {
    let summary: ingest::report::Summary = summary.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let bands = summary.bands;
    format!("{} scored, {} and {} to review", count(summary.scored, "listing"), count(bands.red_flag, "red flag"), bands.review)
}
