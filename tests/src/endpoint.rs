//! How do tests ask the endpoint? Within the process, as whomever they like, on a clock that never says the same time twice.

use crate::world::BEGINNING_MS;
use axum::Router;
use axum::body::{Body, Bytes};
use http::header::{CONTENT_TYPE, ETAG, IF_MATCH};
use http::{HeaderMap, Request};
use lambda::Clock;
use local::stack::{Stack, Storage};
use local::{Tokens, endpoint};
use score_api::{Deps, Principal, Role, Roles};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};
use tower::ServiceExt;

/// The router that ships, over a stack of its own.
#[derive(Debug)]
pub struct Endpoint {
    stack: Stack,
    router: Router,
}

impl Endpoint {
    /// A new one with nothing in its tables.
    ///
    /// # Panics
    /// When the stack does not start.
    pub async fn begin() -> Self {
        Self::with(|_| ()).await
    }

    /// A new one with other settings.
    ///
    /// # Panics
    /// When the stack does not start.
    pub async fn with(change: impl FnOnce(&mut Deps)) -> Self {
        let stack = Stack::start(Storage::Memory).await.unwrap_or_else(|error| broken("the stack", &error));
        let tokens = Tokens::of_folder(stack.home()).unwrap_or_else(|error| broken("the tokens", &error));
        let mut deps = endpoint::deps(&stack, &tokens);
        // What comes later is later, also within a millisecond of the machine.
        let now_ms = AtomicU64::new(BEGINNING_MS);
        deps.clock = Clock::new(move || SystemTime::UNIX_EPOCH + Duration::from_millis(now_ms.fetch_add(1, Ordering::SeqCst)));
        change(&mut deps);
        Self { stack, router: score_api::router(deps) }
    }

    /// The services behind it.
    #[must_use]
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// The router, which knows nobody: requests bring their [`Principal`].
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Asks, and reads the answer to its end.
    ///
    /// # Panics
    /// When the request is none or the answer breaks off.
    pub async fn ask(&self, ask: Ask) -> Answer {
        answer(self.router(), ask.request()).await
    }

    /// Stores these listings, all of which must be scored.
    ///
    /// # Panics
    /// When one was not.
    pub async fn store(&self, listings: &[Value]) {
        let program = person("shop", &[Role::Score]);
        for part in listings.chunks(score_api::limits::LISTINGS_MAX) {
            let body = json!({"listings": part});
            let answer = self.ask(Ask::post("/v1/score?store=true", &body).by(&program)).await;
            assert_eq!((answer.status, &answer.json()["rejected"]), (200, &json!(0)), "{}", answer.text());
        }
    }

    /// How many items a table has.
    ///
    /// # Panics
    /// When the table cannot be read.
    pub async fn items(&self, table: &str) -> usize {
        let mut pages = self.stack.dynamodb().scan().table_name(table).consistent_read(true).into_paginator().send();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            count += page.unwrap_or_else(|error| broken("the table", &error)).items().len();
        }
        count
    }
}

/// Lets a router answer.
///
/// # Panics
/// When the answer breaks off.
pub async fn answer(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_else(|error| broken("the answer", &error));
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// One question.
#[derive(Clone, Debug)]
pub struct Ask {
    method: String,
    uri: String,
    headers: Vec<(String, String)>,
    body: Bytes,
    who: Option<Arc<Principal>>,
}

impl Ask {
    /// Of any method, without a body, by nobody.
    #[must_use]
    pub fn new(method: &str, uri: &str) -> Self {
        Self { method: method.to_owned(), uri: uri.to_owned(), headers: Vec::new(), body: Bytes::new(), who: None }
    }

    /// Reads.
    #[must_use]
    pub fn get(uri: &str) -> Self {
        Self::new("GET", uri)
    }

    /// Sends JSON.
    #[must_use]
    pub fn post(uri: &str, body: &Value) -> Self {
        Self::new("POST", uri).json(body.to_string())
    }

    /// With this text as JSON body, whatever it is.
    #[must_use]
    pub fn json(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self.header(CONTENT_TYPE.as_str(), "application/json")
    }

    /// By somebody.
    #[must_use]
    pub fn by(mut self, who: &Arc<Principal>) -> Self {
        self.who = Some(Arc::clone(who));
        self
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As a request that may be sent again.
    #[must_use]
    pub fn once(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// On this state alone.
    #[must_use]
    pub fn on(self, etag: &str) -> Self {
        self.header(IF_MATCH.as_str(), etag)
    }

    /// As a router takes it.
    #[must_use]
    pub fn request(self) -> Request<Body> {
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.uri);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(Body::from(self.body)).unwrap_or_else(|error| broken("the request", &error));
        if let Some(who) = self.who {
            request.extensions_mut().insert(who);
        }
        request
    }
}

/// One answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON; null when it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The status, with the machine name of the problem if it is one.
    #[must_use]
    pub fn outcome(&self) -> (u16, String) {
        (self.status, self.json()["code"].as_str().unwrap_or_default().to_owned())
    }

    /// A header as text; empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The state that it is about.
    #[must_use]
    pub fn etag(&self) -> &str {
        self.header(ETAG.as_str())
    }
}

/// Somebody with these roles. The subject is not the name, so that neither is taken for the other.
#[must_use]
pub fn person(name: &str, roles: &[Role]) -> Arc<Principal> {
    Arc::new(Principal { subject: format!("subject-of-{name}"), name: name.to_owned(), roles: Roles::of(roles) })
}

/// A listing that is flagged. `model` keeps its title from being nearly the same as another's.
#[must_use]
pub fn flagged(id: &str, brand: &str, model: &str, seller: &str) -> Value {
    json!({
        "listing_id": id, "title": format!("{brand} {model} 1:1 replica"), "description": "Mirror quality, comes without logo photos.",
        "price": "89.00", "currency": "USD", "seller_id": seller, "brand": brand,
    })
}

/// A word of letters for each number, for titles that shall not be alike.
#[must_use]
pub fn word(number: usize) -> String {
    let letters = format!("{number:04}").into_bytes();
    let letters = letters.iter().map(|digit| char::from(b"bdfgklmnpr"[usize::from(digit - b'0')]));
    letters.flat_map(|letter| [letter, 'o']).collect()
}

#[allow(clippy::panic)] // a test that cannot be set up has failed
fn broken(what: &str, problem: &dyn Debug) -> ! {
    panic!("{what} does not work: {problem:?}")
}
