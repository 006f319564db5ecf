//! Which routes are there, who may use them, and what answers them?

mod explain;
mod jobs;
mod listings;
mod pages;
mod policy;
mod queue;
mod reviews;
mod score;
mod uploads;

use crate::access::{Role, Roles, guard};
use crate::deps::Deps;
use crate::limits::REQUESTS_IN_FLIGHT_MAX;
use crate::problem::{METHOD_NOT_ALLOWED, Problem, ROUTE_NOT_FOUND};
use crate::requests::{REQUEST_ID, admit, observe};
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, delete, get, post};
use http::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The header that makes a request safe to send again.
pub(crate) static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// One thing that the endpoint does.
#[derive(Clone, Copy)]
pub struct Route {
    /// Method, in capitals.
    pub method: &'static str,
    /// Path, with the names of its variable parts in braces.
    pub path: &'static str,
    /// Who may use it.
    pub roles: Roles,
    handler: fn() -> MethodRouter<Arc<Deps>>,
}

const PROGRAMS: Roles = Roles::of(&[Role::Score, Role::Review, Role::Admin]);
const REVIEWERS: Roles = Roles::of(&[Role::Review, Role::Admin]);

const fn route(method: &'static str, path: &'static str, roles: Roles, handler: fn() -> MethodRouter<Arc<Deps>>) -> Route {
    Route { method, path, roles, handler }
}

/// Every route. The document of the API says the same; a test compares them.
pub const ROUTES: &[Route] = &[
    route("POST", "/v1/score", PROGRAMS, || post(score::score)),
    route("GET", "/v1/listings/{listing_id}", REVIEWERS, || get(listings::read)),
    route("GET", "/v1/listings/{listing_id}/explain", REVIEWERS, || get(explain::explain)),
    route("GET", "/v1/listings/{listing_id}/reviews", REVIEWERS, || get(reviews::list)),
    route("POST", "/v1/listings/{listing_id}/reviews", REVIEWERS, || post(reviews::decide)),
    route("DELETE", "/v1/listings/{listing_id}/reviews/{review_id}", REVIEWERS, || delete(reviews::withdraw)),
    route("GET", "/v1/queue", REVIEWERS, || get(queue::read)),
    route("POST", "/v1/uploads", PROGRAMS, || post(uploads::begin)),
    route("GET", "/v1/jobs", PROGRAMS, || get(jobs::list)),
    route("GET", "/v1/jobs/{job_id}", PROGRAMS, || get(jobs::read)),
    route("GET", "/v1/policy", PROGRAMS, || get(policy::read)),
    route("GET", "/v1/openapi.json", Roles::ANYBODY, || get(pages::openapi)),
    route("GET", "/healthz", Roles::ANYBODY, || get(pages::health)),
    route("GET", "/docs", Roles::ANYBODY, || get(pages::docs)),
    route("GET", "/", Roles::ANYBODY, || get(pages::console)),
    route("GET", "/console/{*file}", Roles::ANYBODY, || get(pages::console_file)),
];

/// The endpoint. An outer layer puts an `Arc<Principal>` into the requests of those who are signed in.
pub fn router(deps: Deps) -> Router {
    let deps = Arc::new(deps);
    let places = Arc::new(Semaphore::new(REQUESTS_IN_FLIGHT_MAX));
    let mut router = Router::new();
    for route in ROUTES {
        let mut handler = (route.handler)();
        if route.roles != Roles::ANYBODY {
            let roles = route.roles;
            handler = handler.route_layer(from_fn(move |request: Request, next: Next| guard(roles, request, next)));
        }
        router = router.route(route.path, handler);
    }
    router
        .fallback(|| async { Problem::new(ROUTE_NOT_FOUND, "see /docs for the paths there are") })
        .method_not_allowed_fallback(|| async {
            Problem::new(METHOD_NOT_ALLOWED, "the header Allow says which methods it takes")
        })
        .layer(from_fn_with_state(places, admit))
        .layer(cors(&deps.config.cors_origins))
        .layer(from_fn_with_state(Arc::clone(&deps), observe))
        .with_state(deps)
}

/// Lets pages of the named origins call from a browser; of no other.
fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<_> = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IDEMPOTENCY_KEY.clone()])
        .expose_headers([ETAG, RETRY_AFTER, REQUEST_ID.clone()])
        .max_age(Duration::from_secs(600))
}
