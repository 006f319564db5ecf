//! Who works on a job, and how far is it? One record per upload, changed only under a lease.

mod find;
mod record;

pub use record::{Job, State};

use crate::limits::FAILURE_DETAIL_BYTES_MAX;
use crate::tables::EXPIRES_AT;
use crate::{Error, Upload};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Names the job of an upload: the same upload has the same name however often and on whatever way its event comes.
/// `version` is what tells two uploads of the same key apart: the version id, or the entity tag with the sequencer.
#[must_use]
pub fn job_id(bucket: &str, key: &str, version: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [bucket, key, version] {
        // With their lengths, so that no two different triples read the same.
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize()[..12].iter().fold(String::from("j-"), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}

/// What somebody who wants to work on a job says.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The job.
    pub job_id: &'a str,
    /// Bucket of the upload.
    pub bucket: &'a str,
    /// Key of the upload.
    pub key: &'a str,
    /// Version of the object, where the bucket keeps versions.
    pub version_id: Option<&'a str>,
    /// Entity tag of the object, without quotes.
    pub etag: Option<&'a str>,
    /// When it was uploaded.
    pub upload: &'a Upload,
    /// Who asks; different for every attempt.
    pub owner: &'a str,
    /// Now, RFC 3339.
    pub now: &'a str,
    /// Now, in epoch milliseconds.
    pub now_ms: i64,
    /// How long the claim shall hold unless it is renewed, in epoch milliseconds.
    pub lease_until_ms: i64,
    /// When the records of the job shall expire, in epoch seconds.
    pub expires_at: i64,
}

/// The answer to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begin {
    /// Work on it, from the checkpoint of its hop.
    Run(Box<Job>),
    /// There is nothing to do.
    AlreadyDone(Box<Job>),
    /// Somebody else works on it; come back after this time, in epoch milliseconds.
    Busy {
        /// End of the other's lease.
        until_ms: i64,
    },
}

/// The jobs table.
#[derive(Clone, Debug)]
pub struct Jobs {
    client: Client,
    table: String,
}

impl Jobs {
    /// The jobs in this table.
    #[must_use]
    pub fn new(client: Client, table: &str) -> Self {
        Self { client, table: table.to_owned() }
    }

    /// Takes the job if nobody has it: it is new, or the lease of the one who had it is over. What the first claim said of the
    /// upload and of the time stays, so every attempt gives the same results.
    ///
    /// # Errors
    /// When DynamoDB refuses or the record cannot be read.
    pub async fn begin(&self, claim: &Claim<'_>) -> Result<Begin, Error> {
        let day = claim.now.get(..10).unwrap_or(claim.now);
        // So that an audit reads what was scored, and not what came under the same key since.
        let source = [("version_id", claim.version_id), ("etag", claim.etag)];
        let source: Vec<_> = source.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let set_source: String = source.iter().map(|(name, _)| format!(", #{name} = :{name}")).collect();
        let mut request = self
            .update(claim.job_id)
            .update_expression(format!(
                "SET #state = :running, #owner = :owner, #lease = :lease, #attempts = if_not_exists(#attempts, :zero) + :one, \
                 #bucket = :bucket, #key = :key, #hop = if_not_exists(#hop, :zero), #started_at = if_not_exists(#started_at, :now), \
                 #started_day = if_not_exists(#started_day, :day), #uploaded = if_not_exists(#uploaded, :uploaded), \
                 #sequencer = if_not_exists(#sequencer, :sequencer), #expires = if_not_exists(#expires, :expires){set_source}",
            ))
            .condition_expression("attribute_not_exists(#job_id) OR (#state = :running AND #lease <= :now_ms)")
            .text("#job_id", "job_id", None)
            .text("#state", "state", Some((":running", State::Running.name())))
            .text("#owner", "owner", Some((":owner", claim.owner)))
            .text("#bucket", "bucket", Some((":bucket", claim.bucket)))
            .text("#key", "key", Some((":key", claim.key)))
            .text("#started_at", "started_at", Some((":now", claim.now)))
            .text("#started_day", "started_day", Some((":day", day)))
            .text("#sequencer", "sequencer", Some((":sequencer", &claim.upload.sequencer)))
            .number("#lease", "lease_until_ms", Some((":lease", claim.lease_until_ms)))
            .number("#uploaded", "uploaded_ms", Some((":uploaded", claim.upload.at_ms)))
            .number("#expires", EXPIRES_AT, Some((":expires", claim.expires_at)))
            .number("#attempts", "attempts", Some((":one", 1)))
            .number("#hop", "hop", Some((":zero", 0)))
            .expression_attribute_values(":now_ms", AttributeValue::N(claim.now_ms.to_string()))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        for (name, value) in source {
            request = request.text(&format!("#{name}"), name, Some((&format!(":{name}"), value)));
        }
        let refused = match request.send().await {
            Ok(output) => return Ok(Begin::Run(Box::new(Job::try_from(&output.attributes.unwrap_or_default())?))),
            Err(error) => error,
        };
        let Some(UpdateItemError::ConditionalCheckFailedException(conflict)) = refused.as_service_error() else {
            return Err(Error::service("UpdateItem", refused));
        };
        let job = match conflict.item() {
            Some(item) => Job::try_from(item)?,
            // Not every stack sends the item along.
            None => self.get(claim.job_id).await?.ok_or(Error::LeaseLost)?,
        };
        Ok(match job.state {
            // Our own claim went through, and only its answer was lost on the way.
            State::Running if job.owner == claim.owner => Begin::Run(Box::new(job)),
            State::Running => Begin::Busy { until_ms: job.lease_until_ms },
            State::Done | State::Failed => Begin::AlreadyDone(Box::new(job)),
        })
    }

    /// Notes the unfinished uploads, so that an attempt that starts over can abort them.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn note_uploads(&self, job_id: &str, owner: &str, uploads: &[(String, String)]) -> Result<(), Error> {
        let noted = uploads
            .iter()
            .map(|(key, id)| AttributeValue::L([key, id].map(|text| AttributeValue::S(text.clone())).into()))
            .collect();
        let request = self
            .update_as(job_id, owner, "SET #uploads = :uploads")
            .expression_attribute_names("#uploads", "uploads")
            .expression_attribute_values(":uploads", AttributeValue::L(noted));
        finish_update(request).await
    }

    /// Makes hop `hop`, with so many rows done, the place to go on from, and gives the lease back. `hop` 0 is the beginning of the file.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn checkpoint(&self, job_id: &str, owner: &str, hop: u32, rows_done: u64) -> Result<(), Error> {
        let request = self
            .update_as(job_id, owner, "SET #hop = :hop, #rows_done = :rows_done, #lease = :zero")
            .number("#hop", "hop", Some((":hop", i64::from(hop))))
            .number("#rows_done", "rows_done", Some((":rows_done", i64::try_from(rows_done).unwrap_or(i64::MAX))))
            .number("#lease", "lease_until_ms", Some((":zero", 0)));
        finish_update(request).await
    }

    /// Gives the lease back after an error that may pass, so that the next delivery need not wait for its end.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn release(&self, job_id: &str, owner: &str) -> Result<(), Error> {
        let request = self.update_as(job_id, owner, "SET #lease = :zero").number("#lease", "lease_until_ms", Some((":zero", 0)));
        finish_update(request).await
    }

    /// Ends the job: all is scored and written.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn finish(&self, job_id: &str, owner: &str, finished_at: &str, summary: &str) -> Result<(), Error> {
        self.end(job_id, owner, State::Done, finished_at, summary, None).await
    }

    /// Ends the job: the file could not be read to its end. `code` is a machine name, `detail` a sentence.
    ///
    /// # Errors
    /// [`Error::LeaseLost`], or when DynamoDB refuses.
    pub async fn fail(
        &self,
        job_id: &str,
        owner: &str,
        finished_at: &str,
        summary: &str,
        code: &str,
        detail: &str,
    ) -> Result<(), Error> {
        let detail = &detail[..detail.floor_char_boundary(FAILURE_DETAIL_BYTES_MAX)];
        self.end(job_id, owner, State::Failed, finished_at, summary, Some((code, detail))).await
    }

    async fn end(
        &self,
        job_id: &str,
        owner: &str,
        state: State,
        finished_at: &str,
        summary: &str,
        failure: Option<(&str, &str)>,
    ) -> Result<(), Error> {
        let set = "SET #state = :state, #finished_at = :finished_at, #summary = :summary, #lease = :zero";
        let (set, failure) = match failure {
            None => (format!("{set} REMOVE #uploads, #rows_done"), None),
            Some(failure) => (format!("{set}, #code = :code, #detail = :detail REMOVE #uploads, #rows_done"), Some(failure)),
        };
        let mut request = self
            .update_as(job_id, owner, &set)
            .text("#state", "state", Some((":state", state.name())))
            .text("#finished_at", "finished_at", Some((":finished_at", finished_at)))
            .text("#summary", "summary", Some((":summary", summary)))
            .text("#uploads", "uploads", None)
            .number("#rows_done", "rows_done", None)
            .number("#lease", "lease_until_ms", Some((":zero", 0)));
        if let Some((code, detail)) = failure {
            request = request.text("#code", "failure_code", Some((":code", code))).text(
                "#detail",
                "failure_detail",
                Some((":detail", detail)),
            );
        }
        match finish_update(request).await {
            // Our own update may have gone through with its answer lost on the way.
            Err(Error::LeaseLost) if self.get(job_id).await?.is_some_and(|job| job.owner == owner && job.state == state) => {
                Ok(())
            }
            result => result,
        }
    }

    fn update(&self, job_id: &str) -> UpdateItemFluentBuilder {
        self.client.update_item().table_name(&self.table).key("job_id", AttributeValue::S(job_id.to_owned()))
    }

    /// An update that holds only while `owner` has the job.
    fn update_as(&self, job_id: &str, owner: &str, set: &str) -> UpdateItemFluentBuilder {
        self.update(job_id)
            .update_expression(set)
            .condition_expression("#state = :running AND #owner = :owner")
            .text("#state", "state", Some((":running", State::Running.name())))
            .text("#owner", "owner", Some((":owner", owner)))
    }
}

async fn finish_update(request: UpdateItemFluentBuilder) -> Result<(), Error> {
    match request.send().await {
        Ok(_) => Ok(()),
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
            Err(Error::LeaseLost)
        }
        Err(error) => Err(Error::service("UpdateItem", error)),
    }
}

/// Names are always placeholders, because half of ours (state, owner, key) are reserved words.
trait Placeholders {
    fn text(self, placeholder: &str, name: &str, value: Option<(&str, &str)>) -> Self;
    fn number(self, placeholder: &str, name: &str, value: Option<(&str, i64)>) -> Self;
}

impl Placeholders for UpdateItemFluentBuilder {
    fn text(self, placeholder: &str, name: &str, value: Option<(&str, &str)>) -> Self {
        let named = self.expression_attribute_names(placeholder, name);
        match value {
            Some((placeholder, value)) => named.expression_attribute_values(placeholder, AttributeValue::S(value.to_owned())),
            None => named,
        }
    }

    fn number(self, placeholder: &str, name: &str, value: Option<(&str, i64)>) -> Self {
        let named = self.expression_attribute_names(placeholder, name);
        match value {
            Some((placeholder, value)) => named.expression_attribute_values(placeholder, AttributeValue::N(value.to_string())),
            None => named,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_upload_has_the_same_name_and_no_other_has() {
        let one = job_id("b", "exports/a.csv", "v1");
        assert_eq!(one, job_id("b", "exports/a.csv", "v1"));
        assert_eq!(one.len(), 26);
        for (bucket, key, version) in [("b", "exports/a.csv", "v2"), ("b", "exports/a.cs", "vv1"), ("be", "xports/a.csv", "v1")] {
            assert_ne!(one, job_id(bucket, key, version), "{bucket} {key} {version}");
        }
    }
}
