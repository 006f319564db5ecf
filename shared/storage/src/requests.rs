//! What was answered to a request that comes again? One record per `Idempotency-Key`: claimed, then completed with the answer.

use crate::Error;
use crate::limits::{ANSWER_BYTES_MAX, ANSWER_KEPT_BYTES_MAX, CLAIM_TRIES_MAX};
use crate::results::Item;
use crate::tables::EXPIRES_AT;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Names the record of a request: of whom, for what, and under which key of theirs. Nobody reaches the answers of others by it.
#[must_use]
pub fn request_key(subject: &str, operation: &str, idempotency_key: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [subject, operation, idempotency_key] {
        // With their lengths, so that no two different triples read the same.
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize()[..16].iter().fold(String::from("k-"), |mut key, byte| {
        let _ = write!(key, "{byte:02x}");
        key
    })
}

/// An answer, as it is kept and given again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether it can be kept in one item, so that whoever answers may refuse before doing anything.
    #[must_use]
    pub fn fits(&self) -> bool {
        let is_short = |body: Vec<u8>| head(self).is_ok_and(|head| head.len() + body.len() <= ANSWER_KEPT_BYTES_MAX);
        self.body.len() <= ANSWER_BYTES_MAX && compressed(&self.body).is_ok_and(is_short)
    }
}

/// What somebody who wants to work on a request says.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// By [`request_key`].
    pub key: &'a str,
    /// Tells another request under the same key apart.
    pub payload_hash: &'a str,
    /// Who asks; different for every attempt.
    pub owner: &'a str,
    /// Now, in milliseconds since 1970.
    pub now_ms: i64,
    /// When the attempt must have ended, in milliseconds since 1970.
    pub in_progress_until_ms: i64,
    /// When the record may be forgotten, in seconds since 1970.
    pub expires_at: i64,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begin {
    /// Work on it.
    Run {
        /// When it was first claimed, in milliseconds since 1970: an earlier attempt may have come half way.
        first_at_ms: i64,
    },
    /// It was worked on; this was the answer.
    Answered(Answer),
    /// Somebody works on it.
    InProgress {
        /// Until when at most, in milliseconds since 1970.
        until_ms: i64,
    },
    /// The key was used for another request.
    OtherPayload,
}

/// The table of requests.
#[derive(Clone, Debug)]
pub struct Requests {
    client: Client,
    table: String,
}

impl Requests {
    /// The requests in this table.
    #[must_use]
    pub fn new(client: Client, table: &str) -> Self {
        Self { client, table: table.to_owned() }
    }

    /// Claims a request if nobody has it: it is new, forgotten, given back, or its attempt must have ended.
    ///
    /// # Errors
    /// When DynamoDB refuses or the record cannot be read.
    pub async fn begin(&self, request: &Request<'_>) -> Result<Begin, Error> {
        let mut instead_of: Option<Record> = None;
        for _ in 0..CLAIM_TRIES_MAX {
            let first_at_ms = match &instead_of {
                Some(kept) if !kept.is_forgotten(request) => kept.first_at_ms,
                _ => request.now_ms,
            };
            instead_of = match self.put(request, first_at_ms, instead_of.as_ref()).await? {
                Put::Done => return Ok(Begin::Run { first_at_ms }),
                Put::Refused(None) => None,
                Put::Refused(Some(kept)) => match kept.judge(request) {
                    Judgement::Says(begin) => return Ok(begin),
                    Judgement::IsFree(kept) => Some(*kept),
                },
            };
        }
        // Others claim it and give it back all the while.
        Ok(Begin::InProgress { until_ms: request.now_ms })
    }

    /// Claims a request in place of this record, or of none.
    async fn put(&self, request: &Request<'_>, first_at_ms: i64, instead_of: Option<&Record>) -> Result<Put, Error> {
        let text = |value: &str| AttributeValue::S(value.to_owned());
        let number = |value: i64| AttributeValue::N(value.to_string());
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .item("request_key", text(request.key))
            .item("payload", text(request.payload_hash))
            .item("owner", text(request.owner))
            .item("first_at_ms", number(first_at_ms))
            .item("until_ms", number(request.in_progress_until_ms))
            .item(EXPIRES_AT, number(request.expires_at))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let put = match instead_of {
            None => put.condition_expression("attribute_not_exists(#key)").expression_attribute_names("#key", "request_key"),
            // The answer as well: whoever is late may finish at this moment, and then it is not done a second time.
            Some(kept) => put
                .condition_expression(
                    "#owner = :owner AND #until = :until AND #expires = :expires AND (attribute_not_exists(#head) OR #expires <= :now)",
                )
                .expression_attribute_names("#owner", "owner")
                .expression_attribute_names("#until", "until_ms")
                .expression_attribute_names("#expires", EXPIRES_AT)
                .expression_attribute_names("#head", "head")
                .expression_attribute_values(":owner", text(&kept.owner))
                .expression_attribute_values(":until", number(kept.until_ms))
                .expression_attribute_values(":expires", number(kept.expires_at))
                .expression_attribute_values(":now", number(request.now_ms / 1_000)),
        };
        let Err(error) = put.send().await else { return Ok(Put::Done) };
        match error.as_service_error() {
            Some(PutItemError::ConditionalCheckFailedException(refused)) => match refused.item() {
                Some(item) => Ok(Put::Refused(Some(Record::try_from(item)?))),
                // Not every stack sends the item along.
                None => self.read(request.key).await.map(Put::Refused),
            },
            _ => Err(Error::service("PutItem", error)),
        }
    }

    /// Keeps the answer. When somebody else has taken the request over meanwhile, theirs is kept.
    ///
    /// # Errors
    /// When DynamoDB refuses, or the answer cannot be kept (see [`Answer::fits`]).
    pub async fn finish(&self, key: &str, owner: &str, answer: &Answer) -> Result<(), Error> {
        let bad = |detail: String| Error::BadRecord { what: "answer", detail };
        let head = head(answer).map_err(|error| bad(error.to_string()))?;
        let body = compressed(&answer.body).map_err(|error| bad(error.to_string()))?;
        let update = self
            .update(key, owner)
            .update_expression("SET #head = :head, #body = :body")
            .expression_attribute_names("#body", "body")
            .expression_attribute_values(":head", AttributeValue::S(head))
            .expression_attribute_values(":body", AttributeValue::B(Blob::new(body)));
        finished(update.send().await)
    }

    /// Gives the request back after work that failed, so that the next attempt need not wait.
    ///
    /// # Errors
    /// When DynamoDB refuses.
    pub async fn release(&self, key: &str, owner: &str) -> Result<(), Error> {
        let update = self
            .update(key, owner)
            .update_expression("SET #until = :zero")
            .expression_attribute_names("#until", "until_ms")
            .expression_attribute_values(":zero", AttributeValue::N("0".to_owned()));
        finished(update.send().await)
    }

    /// An update that holds only while `owner` has the request.
    fn update(&self, key: &str, owner: &str) -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .key("request_key", AttributeValue::S(key.to_owned()))
            .condition_expression("#owner = :owner AND attribute_not_exists(#head)")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_names("#head", "head")
            .expression_attribute_values(":owner", AttributeValue::S(owner.to_owned()))
    }

    async fn read(&self, key: &str) -> Result<Option<Record>, Error> {
        let request = self.client.get_item().table_name(&self.table).key("request_key", AttributeValue::S(key.to_owned()));
        let answer = request.consistent_read(true).send().await.map_err(|error| Error::service("GetItem", error))?;
        answer.item.as_ref().map(Record::try_from).transpose()
    }
}

fn finished<T, R>(result: Result<T, aws_sdk_dynamodb::error::SdkError<UpdateItemError, R>>) -> Result<(), Error>
where
    R: std::fmt::Debug + Send + Sync + 'static,
    aws_sdk_dynamodb::error::SdkError<UpdateItemError, R>: aws_sdk_dynamodb::operation::RequestId,
{
    match result {
        Ok(_) => Ok(()),
        // Taken over, or our own update went through with its answer lost: what is kept is an answer to this request.
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => Ok(()),
        Err(error) => Err(Error::service("UpdateItem", error)),
    }
}

/// What became of a claim.
enum Put {
    /// It holds.
    Done,
    /// Another record is in its place, or was a moment ago.
    Refused(Option<Record>),
}

/// What a record means for whoever comes next.
enum Judgement {
    /// There is nothing to do for them, or their own claim holds.
    Says(Begin),
    /// They may take its place.
    IsFree(Box<Record>),
}

/// A record, as kept.
struct Record {
    payload: String,
    owner: String,
    first_at_ms: i64,
    until_ms: i64,
    expires_at: i64,
    answer: Option<Answer>,
}

impl Record {
    /// Expired items stay for up to two days, so their time is looked at.
    fn is_forgotten(&self, request: &Request<'_>) -> bool {
        self.expires_at <= request.now_ms / 1_000
    }

    fn judge(self, request: &Request<'_>) -> Judgement {
        if self.is_forgotten(request) {
            return Judgement::IsFree(self.into());
        }
        Judgement::Says(match self {
            Self { payload, .. } if payload != request.payload_hash => Begin::OtherPayload,
            Self { answer: Some(answer), .. } => Begin::Answered(answer),
            // Our own claim went through, and only its answer was lost on the way.
            Self { owner, first_at_ms, .. } if owner == request.owner => Begin::Run { first_at_ms },
            Self { until_ms, .. } if until_ms > request.now_ms => Begin::InProgress { until_ms },
            record => return Judgement::IsFree(record.into()),
        })
    }
}

impl TryFrom<&Item> for Record {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let bad = |detail: String| Error::BadRecord { what: "request", detail };
        let text = |name: &str| {
            let value = item.get(name).and_then(|value| value.as_s().ok()).cloned();
            value.ok_or_else(|| bad(format!("{name} is missing")))
        };
        let number = |name: &str| {
            let value = item.get(name).and_then(|value| value.as_n().ok()?.parse().ok());
            value.ok_or_else(|| bad(format!("{name} is no number")))
        };
        let answer = match item.get("body").and_then(|value| value.as_b().ok()) {
            None => None,
            Some(body) => {
                let (status, headers) = serde_json::from_str(&text("head")?).map_err(|error| bad(error.to_string()))?;
                let body = zstd::bulk::decompress(body.as_ref(), ANSWER_BYTES_MAX).map_err(|error| bad(error.to_string()))?;
                Some(Answer { status, headers, body })
            }
        };
        Ok(Self {
            payload: text("payload")?,
            owner: text("owner")?,
            first_at_ms: number("first_at_ms")?,
            until_ms: number("until_ms")?,
            expires_at: number(EXPIRES_AT)?,
            answer,
        })
    }
}

/// Status and headers of an answer.
fn head(answer: &Answer) -> serde_json::Result<String> {
    serde_json::to_string(&(answer.status, &answer.headers))
}

fn compressed(body: &[u8]) -> std::io::Result<Vec<u8>> {
    zstd::bulk::compress(body, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_who_what_and_which() {
        let key = request_key("kim", "POST /v1/score", "1");
        assert_eq!(key.len(), 34);
        for other in [("lee", "POST /v1/score", "1"), ("kim", "POST /v1/scor", "e1"), ("kim", "POST /v1/score", "2")] {
            assert_ne!(request_key(other.0, other.1, other.2), key);
        }
    }

    #[test]
    fn an_answer_fits_one_item() {
        // Digests do not compress.
        let noise = |bytes: usize| (0_u64..).flat_map(|n| Sha256::digest(n.to_le_bytes())).take(bytes).collect::<Vec<u8>>();
        let fits = |body: Vec<u8>| Answer { status: 200, headers: Vec::new(), body }.fits();
        assert!(fits(vec![b'a'; ANSWER_BYTES_MAX]) && !fits(vec![b'a'; ANSWER_BYTES_MAX + 1]));
        assert!(fits(noise(ANSWER_KEPT_BYTES_MAX - 100)) && !fits(noise(ANSWER_KEPT_BYTES_MAX + 1)));
    }
}
