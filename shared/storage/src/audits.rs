//! Which audit runs were there, who works on one, and what did it find? One record per run, changed only under a lease.

use crate::Error;
use crate::limits::{AUDITS_PER_CALL_MAX, FAILURE_DETAIL_BYTES_MAX};
use crate::results::Item;
use crate::tables::EXPIRES_AT;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use serde::{Deserialize, Serialize};

/// All runs stand in one partition: there are a few a day.
const RUNS: &str = "runs";

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditState {
    /// Begun, and either being worked on or waiting for its next turn.
    Running,
    /// Its report is there.
    Done,
    /// It could not be finished; another run may be.
    Failed,
}

impl AuditState {
    /// As written in the record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// A run, as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRun {
    /// Its name. Later windows have greater names.
    pub run_id: String,
    /// Where it stands.
    pub state: AuditState,
    /// What was asked for, as JSON.
    pub request: String,
    /// When it first began, RFC 3339.
    pub started_at: String,
    /// When it ended, RFC 3339.
    pub finished_at: Option<String>,
    /// How many checkpoints it has made.
    pub hop: u32,
    /// Who works on it.
    pub owner: String,
    /// Until when, in epoch milliseconds.
    pub lease_until_ms: i64,
    /// What it found in short, as JSON, once it has ended well.
    pub summary: Option<String>,
    /// Machine name and sentence of what went wrong.
    pub failure: Option<(String, String)>,
}

/// What somebody who wants to work on a run says.
#[derive(Clone, Copy, Debug)]
pub struct AuditClaim<'a> {
    /// The run.
    pub run_id: &'a str,
    /// What is asked for, as JSON; what the first claim said stays.
    pub request: &'a str,
    /// Who asks; different for every attempt.
    pub owner: &'a str,
    /// Now, RFC 3339.
    pub now: &'a str,
    /// Now, in epoch milliseconds.
    pub now_ms: i64,
    /// How long the claim shall hold, in epoch milliseconds.
    pub lease_until_ms: i64,
    /// When the record shall expire, in epoch seconds.
    pub expires_at: i64,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditBegin {
    /// Work on it, from the checkpoint of its hop.
    Run(Box<AuditRun>),
    /// There is nothing to do.
    AlreadyDone(Box<AuditRun>),
    /// Somebody else works on it; come back after this time, in epoch milliseconds.
    Busy {
        /// End of the other's lease.
        until_ms: i64,
    },
}

/// The table of audit runs.
#[derive(Clone, Debug)]
pub struct Audits {
    client: Client,
    table: String,
}

impl Audits {
    /// The runs in this table.
    #[must_use]
    pub fn new(client: Client, table: &str) -> Self {
        Self { client, table: table.to_owned() }
    }

    /// Takes the run if nobody has it: it is new, or the lease of the one who had it is over.
    ///
    /// # Errors
    /// When DynamoDB refuses or the record cannot be read.
    pub async fn begin(&self, claim: &AuditClaim<'_>) -> Result<AuditBegin, Error> {
        let request = self
            .update(claim.run_id)
            .update_expression(
                "SET #state = :running, #owner = :owner, #lease = :lease, #request = if_not_exists(#request, :request), \
                 #hop = if_not_exists(#hop, :zero), #started_at = if_not_exists(#started_at, :now), \
                 #expires = if_not_exists(#expires, :expires)",
            )
            .condition_expression("attribute_not_exists(#run_id) OR (#state = :running AND #lease <= :now_ms)");
        let request = names(request, &["run_id", "state", "owner", "request", "hop", "started_at"])
            .expression_attribute_names("#lease", "lease_until_ms")
            .expression_attribute_names("#expires", EXPIRES_AT)
            .expression_attribute_values(":running", text(AuditState::Running.name()))
            .expression_attribute_values(":owner", text(claim.owner))
            .expression_attribute_values(":request", text(claim.request))
            .expression_attribute_values(":now", text(claim.now))
            .expression_attribute_values(":zero", number(0))
            .expression_attribute_values(":now_ms", number(claim.now_ms))
            .expression_attribute_values(":lease", number(claim.lease_until_ms))
            .expression_attribute_values(":expires", number(claim.expires_at))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let refused = match request.send().await {
            Ok(output) => return Ok(AuditBegin::Run(Box::new(AuditRun::try_from(&output.attributes.unwrap_or_default())?))),
            Err(error) => error,
        };
        let Some(UpdateItemError::ConditionalCheckFailedException(conflict)) = refused.as_service_error() else {
            return Err(Error::service("UpdateItem", refused));
        };
        let run = match conflict.item() {
            Some(item) => AuditRun::try_from(item)?,
            // Not every stack sends the item along.
            None => self.get(claim.run_id).await?.ok_or(Error::LeaseLost)?,
        };
        Ok(match run.state {
            // Our own claim went through, and only its answer was lost on the way.
            AuditState::Running if run.owner == claim.owner => AuditBegin::Run(Box::new(run)),
            AuditState::Running => AuditBegin::Busy { until_ms: run.lease_until_ms },
            AuditState::Done | AuditState::Failed => AuditBegin::AlreadyDone(Box::new(run)),
        })
    }

    /// Makes hop `hop` the place to go on from, and gives the lease back.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn checkpoint(&self, run_id: &str, owner: &str, hop: u32) -> Result<(), Error> {
        let request = self.update_as(run_id, owner, "SET #hop = :hop, #lease = :zero");
        let request = names(request, &["hop"]).expression_attribute_names("#lease", "lease_until_ms");
        let values = request.expression_attribute_values(":hop", number(i64::from(hop)));
        finish(values.expression_attribute_values(":zero", number(0))).await
    }

    /// Gives the lease back after an error that may pass, so that the next delivery need not wait for its end.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn release(&self, run_id: &str, owner: &str) -> Result<(), Error> {
        let request = self.update_as(run_id, owner, "SET #lease = :zero").expression_attribute_names("#lease", "lease_until_ms");
        finish(request.expression_attribute_values(":zero", number(0))).await
    }

    /// Ends the run: its report is there.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn finish(&self, run_id: &str, owner: &str, finished_at: &str, summary: &str) -> Result<(), Error> {
        let set = "SET #state = :state, #finished_at = :finished_at, #lease = :zero, #summary = :summary";
        let request = names(self.update_as(run_id, owner, set), &["summary"]);
        let request = request.expression_attribute_values(":summary", text(summary));
        self.end(run_id, owner, AuditState::Done, finished_at, request).await
    }

    /// Ends the run: it cannot be finished. `code` is a machine name, `detail` a sentence.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn fail(&self, run_id: &str, owner: &str, finished_at: &str, code: &str, detail: &str) -> Result<(), Error> {
        let set =
            "SET #state = :state, #finished_at = :finished_at, #lease = :zero, #failure_code = :code, #failure_detail = :detail";
        let request = names(self.update_as(run_id, owner, set), &["failure_code", "failure_detail"]);
        let detail = &detail[..detail.floor_char_boundary(FAILURE_DETAIL_BYTES_MAX)];
        let request =
            request.expression_attribute_values(":code", text(code)).expression_attribute_values(":detail", text(detail));
        self.end(run_id, owner, AuditState::Failed, finished_at, request).await
    }

    async fn end(
        &self,
        run_id: &str,
        owner: &str,
        state: AuditState,
        finished_at: &str,
        request: UpdateItemFluentBuilder,
    ) -> Result<(), Error> {
        let request = names(request, &["finished_at"])
            .expression_attribute_names("#lease", "lease_until_ms")
            .expression_attribute_values(":state", text(state.name()))
            .expression_attribute_values(":finished_at", text(finished_at))
            .expression_attribute_values(":zero", number(0));
        match finish(request).await {
            // Our own update may have gone through with its answer lost on the way.
            Err(Error::LeaseLost) if self.get(run_id).await?.is_some_and(|run| run.owner == owner && run.state == state) => {
                Ok(())
            }
            result => result,
        }
    }

    /// One run.
    ///
    /// # Errors
    /// When DynamoDB refuses or the record cannot be read.
    pub async fn get(&self, run_id: &str) -> Result<Option<AuditRun>, Error> {
        let request = self.client.get_item().table_name(&self.table).key("audit", text(RUNS)).key("run_id", text(run_id));
        let answer = request.consistent_read(true).send().await.map_err(|error| Error::service("GetItem", error))?;
        answer.item.as_ref().map(AuditRun::try_from).transpose()
    }

    /// The latest runs before the given one, newest window first; of all when there is none given.
    ///
    /// # Errors
    /// When DynamoDB refuses or a record cannot be read.
    pub async fn recent(&self, before: Option<&str>, runs_max: usize) -> Result<Vec<AuditRun>, Error> {
        let (mut runs, mut next) = (Vec::new(), None);
        while runs.len() < runs_max {
            let limit = (runs_max - runs.len()).min(AUDITS_PER_CALL_MAX);
            let mut query = self
                .client
                .query()
                .table_name(&self.table)
                .expression_attribute_names("#audit", "audit")
                .expression_attribute_values(":runs", text(RUNS))
                .scan_index_forward(false)
                .consistent_read(true)
                .limit(i32::try_from(limit).unwrap_or(i32::MAX))
                .set_exclusive_start_key(next);
            query = match before {
                None => query.key_condition_expression("#audit = :runs"),
                Some(before) => query
                    .key_condition_expression("#audit = :runs AND #run_id < :before")
                    .expression_attribute_names("#run_id", "run_id")
                    .expression_attribute_values(":before", text(before)),
            };
            let answer = query.send().await.map_err(|error| Error::service("Query", error))?;
            for item in answer.items() {
                runs.push(AuditRun::try_from(item)?);
            }
            next = answer.last_evaluated_key;
            if next.is_none() {
                break;
            }
        }
        Ok(runs)
    }

    fn update(&self, run_id: &str) -> UpdateItemFluentBuilder {
        self.client.update_item().table_name(&self.table).key("audit", text(RUNS)).key("run_id", text(run_id))
    }

    /// An update that holds only while `owner` has the run.
    fn update_as(&self, run_id: &str, owner: &str, set: &str) -> UpdateItemFluentBuilder {
        names(self.update(run_id), &["state", "owner"])
            .update_expression(set)
            .condition_expression("#state = :running AND #owner = :owner")
            .expression_attribute_values(":running", text(AuditState::Running.name()))
            .expression_attribute_values(":owner", text(owner))
    }
}

/// Names are always placeholders, because half of ours (state, owner) are reserved words.
fn names(request: UpdateItemFluentBuilder, names: &[&str]) -> UpdateItemFluentBuilder {
    names.iter().fold(request, |request, name| request.expression_attribute_names(format!("#{name}"), *name))
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

async fn finish(request: UpdateItemFluentBuilder) -> Result<(), Error> {
    match request.send().await {
        Ok(_) => Ok(()),
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
            Err(Error::LeaseLost)
        }
        Err(error) => Err(Error::service("UpdateItem", error)),
    }
}

impl TryFrom<&Item> for AuditRun {
    type Error = Error;

    fn try_from(item: &Item) -> Result<Self, Error> {
        let bad = |detail: String| Error::BadRecord { what: "audit run", detail };
        let optional = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
        let text = |name: &str| optional(name).ok_or_else(|| bad(format!("{name} is missing")));
        let number = |name: &str| {
            let digits = item.get(name).and_then(|value| value.as_n().ok());
            digits.and_then(|digits| digits.parse::<i64>().ok()).ok_or_else(|| bad(format!("{name} is no number")))
        };
        let state = match text("state")?.as_str() {
            "running" => AuditState::Running,
            "done" => AuditState::Done,
            "failed" => AuditState::Failed,
            other => return Err(bad(format!("the state {other} is unknown"))),
        };
        Ok(Self {
            run_id: text("run_id")?,
            state,
            request: text("request")?,
            started_at: text("started_at")?,
            finished_at: optional("finished_at"),
            hop: u32::try_from(number("hop")?).map_err(|_| bad("hop is out of range".to_owned()))?,
            owner: text("owner")?,
            lease_until_ms: number("lease_until_ms")?,
            summary: optional("summary"),
            failure: optional("failure_code").map(|code| (code, optional("failure_detail").unwrap_or_default())),
        })
    }
}
