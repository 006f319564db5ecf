//! The Lambda function: wiring only.

use axum::middleware::{Next, from_fn};
use lambda::Clock;
use lambda::metrics::Sink;
use lambda::runtime;
use score_api::identity::{Identity, from_gateway};
use score_api::{Config, Deps, Scorers, gateway, router};
use scoring::Policy;
use std::sync::Arc;
use storage::sdk::{Patience, Settings};

// One request at a time: a second thread would only cost memory. Where the platform sends several they share this one.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    runtime::start_logging();
    let (deps, identity) = deps().inspect_err(|error| tracing::error!(chain = runtime::chain(&**error), "start failed"))?;
    let identity = Arc::new(identity);
    let identify = from_fn(move |request, next: Next| from_gateway(Arc::clone(&identity), request, next));
    gateway::run(router(deps).layer(identify)).await
}

fn deps() -> Result<(Deps, Identity), lambda_http::Error> {
    let lookup = |name: &str| std::env::var(name).ok();
    let (config, identity) = Config::from_environment(&lookup)?;
    let settings = Settings::from_environment(lookup)?;
    let clients = settings.clients(&settings.http_client(), Patience::Request);
    let deps = Deps {
        s3: clients.s3,
        dynamodb: clients.dynamodb,
        config,
        scorers: Scorers::new(Policy::embedded()),
        clock: Clock::system(),
        metrics: Sink::stdout(),
    };
    Ok((deps, identity))
}
