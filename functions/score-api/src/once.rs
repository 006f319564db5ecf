//! How is a request that comes twice worked on once? The first answer is kept under its `Idempotency-Key` and given again.
//!
//! The design is that of AWS Powertools: a record is claimed by a conditional write, completed with the answer, and given back when the
//! work failed. A claim that is never completed is free again when its request must have ended.

use crate::access::Principal;
use crate::deps::Deps;
use crate::limits::{IDEMPOTENCY_KEY_BYTES_MAX, IDEMPOTENCY_LIFETIME, REQUEST_TIME_MAX};
use crate::problem::{
    IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_TOO_LARGE, INTERNAL, Problem,
};
use crate::routes::IDEMPOTENCY_KEY;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use sha2::{Digest, Sha256};
use storage::requests::{Answer, Begin, Request, request_key};

/// One attempt at a request.
pub(crate) struct Turn {
    /// Names what the request makes: `r-` and hexadecimal digits, the same for every attempt under one key.
    pub(crate) name: String,
    /// When the request came first, in milliseconds since 1970.
    pub(crate) at_ms: i64,
    /// Whether the answer will be kept.
    is_kept: bool,
}

impl Turn {
    /// Refuses an answer that could not be kept, before anything is written.
    ///
    /// # Errors
    /// `idempotency.answer_too_large`.
    pub(crate) fn check(&self, answer: &Answer) -> Result<(), Problem> {
        if self.is_kept && !answer.fits() {
            return Err(Problem::new(IDEMPOTENCY_TOO_LARGE, "send fewer listings, or no Idempotency-Key"));
        }
        Ok(())
    }
}

/// An answer in JSON.
///
/// # Errors
/// When it cannot be written, which is a mistake of ours.
pub(crate) fn json_answer(status: StatusCode, body: &impl Serialize) -> Result<Answer, Problem> {
    let body = serde_json::to_vec(body).map_err(|_| Problem::new(INTERNAL, "the answer could not be written"))?;
    let content_type = (CONTENT_TYPE.to_string(), "application/json".to_owned());
    Ok(Answer { status: status.as_u16(), headers: vec![content_type], body })
}

/// An answer in JSON that is not kept.
///
/// # Errors
/// As [`json_answer`].
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Result<Response, Problem> {
    json_answer(status, body).map(response)
}

fn response(answer: Answer) -> Response {
    let mut response = Body::from(answer.body).into_response();
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &answer.headers {
        // Both were headers when they were kept.
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Lets `work` answer, once for each `Idempotency-Key` of a principal and operation; without a key, every time.
/// A problem that may pass is not kept.
pub(crate) async fn once<F>(
    deps: &Deps,
    principal: &Principal,
    operation: &str,
    headers: &HeaderMap,
    payload: &[u8],
    work: impl FnOnce(Turn) -> F,
) -> Result<Response, Problem>
where
    F: Future<Output = Result<Answer, Problem>>,
{
    let (at_ms, owner) = (deps.clock.now_ms(), random_name()?);
    let Some(given) = key(headers)? else {
        return work(Turn { name: format!("r-{owner}"), at_ms, is_kept: false }).await.map(response);
    };
    let requests = deps.requests();
    let key = request_key(&principal.subject, operation, given);
    let millis = |time: std::time::Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    let request = Request {
        key: &key,
        payload_hash: &hexadecimal(&Sha256::digest(payload)),
        owner: &owner,
        now_ms: at_ms,
        in_progress_until_ms: at_ms + millis(2 * REQUEST_TIME_MAX),
        expires_at: (at_ms + millis(IDEMPOTENCY_LIFETIME)) / 1_000,
    };
    let at_ms = match requests.begin(&request).await? {
        Begin::Run { first_at_ms } => first_at_ms,
        Begin::Answered(answer) => return Ok(response(answer)),
        Begin::OtherPayload => {
            return Err(Problem::new(IDEMPOTENCY_KEY_REUSED, "a new request needs a new key"));
        }
        Begin::InProgress { .. } => {
            return Err(Problem::new(IDEMPOTENCY_IN_PROGRESS, "its answer can be had with the same request in a moment"));
        }
    };
    // With the time, because a key may be used anew once its record is forgotten.
    let name = Sha256::new().chain_update(&key).chain_update(at_ms.to_le_bytes()).finalize();
    let turn = Turn { name: format!("r-{}", hexadecimal(&name[..12])), at_ms, is_kept: true };
    match work(turn).await {
        Ok(answer) => {
            requests.finish(&key, &owner, &answer).await?;
            Ok(response(answer))
        }
        Err(problem) => {
            // What the client must change stays refused by itself; what may pass shall be tried again.
            if let Err(error) = requests.release(&key, &owner).await {
                tracing::warn!(code = error.code(), chain = lambda::runtime::chain(&error), "a claim ends by its time");
            }
            Err(problem)
        }
    }
}

/// The key of the request, if it has one.
fn key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(&IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| (1..=IDEMPOTENCY_KEY_BYTES_MAX).contains(&key.len()));
    let detail = || format!("it may have 1 to {IDEMPOTENCY_KEY_BYTES_MAX} visible ASCII characters");
    key.map(Some).ok_or_else(|| Problem::new(IDEMPOTENCY_KEY_INVALID, detail()))
}

pub(crate) fn random_name() -> Result<String, Problem> {
    let mut bytes = [0; 12];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Problem::new(INTERNAL, "the system has no randomness"))?;
    Ok(hexadecimal(&bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
