//! The Lambda function: wiring only.

use audit::{Config, Deps, Error, Queue, handle};
use lambda::metrics::Sink;
use lambda::runtime::{self, Reported};
use lambda::{Clock, Invocation};
use scoring::Policy;
use storage::sdk::{Patience, Settings};

#[tokio::main]
async fn main() -> Result<(), lambda_runtime::Error> {
    runtime::start_logging();
    let deps = deps().inspect_err(|error| tracing::error!(code = error.code(), chain = runtime::chain(error), "start failed"))?;
    runtime::run(|event, invocation: Invocation| {
        let deps = deps.clone();
        async move { handle(&deps, event, &invocation).await.map_err(|error| Reported::new(error.code(), &error)) }
    })
    .await
}

fn deps() -> Result<Deps, Error> {
    let lookup = |name: &str| std::env::var(name).ok();
    let (config, queue_url) = Config::from_environment(&lookup)?;
    let settings = Settings::from_environment(lookup)?;
    let clients = settings.clients(&settings.http_client(), Patience::Job);
    Ok(Deps {
        s3: clients.s3,
        dynamodb: clients.dynamodb,
        queue: queue_url.map(|url| Queue { client: clients.sqs, url }),
        config,
        policy: Policy::embedded(),
        candidate: None,
        clock: Clock::system(),
        metrics: Sink::stdout(),
    })
}
