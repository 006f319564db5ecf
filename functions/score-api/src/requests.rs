//! What happens to every request, whatever it asks for? It gets a name, a time limit, a metric line and safe headers; a panic ends it
//! alone; a problem is written down in the one way.

use crate::deps::Deps;
use crate::limits::{REQUEST_TIME_MAX, REQUESTS_IN_FLIGHT_MAX};
use crate::problem::{INTERNAL, Problem, QUERY_INVALID, REQUEST_TIMEOUT, TOO_MANY};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use http::header::{CACHE_CONTROL, HeaderName, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use lambda::metrics::{Line, Unit};
use ring::rand::{SecureRandom, SystemRandom};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Semaphore;

/// Names the request in logs and in problems.
pub(crate) static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer.
pub(crate) async fn observe(State(deps): State<Arc<Deps>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(&request);
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let work = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(REQUEST_TIME_MAX, work).await {
        Ok(Ok(response)) => response,
        // The panic hook has logged the place; the text may quote the listing.
        Ok(Err(_)) => Problem::new(INTERNAL, "please report it with the instance").into_response(),
        Err(_) => {
            Problem::new(REQUEST_TIMEOUT, format!("it was stopped after {} seconds", REQUEST_TIME_MAX.as_secs())).into_response()
        }
    };
    let mut line = Line::new("score-api");
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        line.property("code", problem.code().name);
        *response.body_mut() = Body::from(problem.body(&id));
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(&REQUEST_ID, id);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    // Answers tell of sellers; only what says otherwise may be kept.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    line.metric("requests", Unit::Count, 1)
        .metric("milliseconds", Unit::Milliseconds, u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX))
        .metric("faults", Unit::Count, u64::from(response.status().is_server_error()))
        .property("method", method.as_str())
        .property("route", route)
        .property("status", response.status().as_u16())
        .property("request_id", id);
    deps.metrics.write(&line.render(deps.clock.now_ms()));
    response
}

/// Lambda's own name of the invocation, or one of ours: what a client sends is not taken into logs.
fn request_id(request: &Request) -> String {
    if let Some(context) = request.extensions().get::<lambda_http::Context>() {
        return context.request_id.clone();
    }
    let mut bytes = [0; 8];
    // Without randomness the name is all zeros, which only makes logs harder to read.
    let _ = SystemRandom::new().fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes only so many requests at once, so that memory is bounded whatever comes.
pub(crate) async fn admit(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Result<Response, Problem> {
    let Ok(_place) = places.try_acquire() else {
        return Err(Problem::new(TOO_MANY, format!("{REQUESTS_IN_FLIGHT_MAX} requests are being worked on")));
    };
    if request.uri().query().is_some_and(|query| query.len() > crate::limits::QUERY_BYTES_MAX) {
        return Err(Problem::new(QUERY_INVALID, format!("the query has more than {} bytes", crate::limits::QUERY_BYTES_MAX)));
    }
    Ok(next.run(request).await)
}
