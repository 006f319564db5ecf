//! How is the HTTPS endpoint served on this machine? The router of the function, behind tokens instead of a gateway.

use crate::stack::{RESULTS_BUCKET, Stack, UPLOADS_BUCKET, tables};
use crate::tokens::Tokens;
use axum::Router;
use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::middleware::{Next, from_fn};
use lambda::Clock;
use lambda::metrics::Sink;
use score_api::{Config, CursorKey, Deps, Scorers};
use scoring::Policy;
use std::sync::Arc;
use storage::sdk::Patience;

/// What the endpoint needs to run against this stack.
///
/// # Panics
/// Never: the secret of tokens that were made here is long enough, and that of a file that was changed by hand is made longer.
#[must_use]
pub fn deps(stack: &Stack, tokens: &Tokens) -> Deps {
    let secret = format!("{:0>32}", tokens.cursor_secret);
    let cursor_key = CursorKey::from_secret(&secret).expect("it has 32 characters or more");
    let settings = stack.settings();
    let clients = settings.clients(&settings.http_client(), Patience::Request);
    Deps {
        s3: clients.s3,
        dynamodb: clients.dynamodb,
        config: Config::new(tables(), UPLOADS_BUCKET, RESULTS_BUCKET, cursor_key),
        scorers: Scorers::new(Policy::embedded()),
        clock: Clock::system(),
        metrics: Sink::none(),
    }
}

/// The endpoint of this stack: for requests to this machine alone, by whoever has a token.
pub fn router(stack: &Stack, tokens: Tokens) -> Router {
    let endpoint = score_api::router(deps(stack, &tokens));
    let tokens = Arc::new(tokens);
    let identify = from_fn(move |mut request: Request, next: Next| {
        let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        if let Some(principal) = given.and_then(|given| tokens.principal(given)) {
            request.extensions_mut().insert(principal);
        }
        next.run(request)
    });
    endpoint.layer(identify)
}
