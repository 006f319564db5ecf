//! How are jobs found again?

use super::{Job, Jobs};
use crate::Error;
use crate::limits::{JOBS_LOOKED_AT_MAX, JOBS_PER_CALL_MAX};
use crate::tables::JOBS_BY_DAY;
use aws_sdk_dynamodb::types::AttributeValue;

impl Jobs {
    /// One job.
    ///
    /// # Errors
    /// When DynamoDB refuses or the record cannot be read.
    pub async fn get(&self, job_id: &str) -> Result<Option<Job>, Error> {
        let request = self.client.get_item().table_name(&self.table).key("job_id", AttributeValue::S(job_id.to_owned()));
        let answer = request.consistent_read(true).send().await.map_err(|error| Error::service("GetItem", error))?;
        answer.item.as_ref().map(Job::try_from).transpose()
    }

    /// The jobs that began on a day (UTC, `2026-11-23`), newest first.
    ///
    /// # Errors
    /// When DynamoDB refuses or a record cannot be read.
    pub async fn of_day(&self, day: &str, jobs_max: usize) -> Result<Vec<Job>, Error> {
        self.find(day, None, jobs_max, usize::MAX).await
    }

    /// The jobs of the uploads to one key that began on a day, newest first, among the newest [`JOBS_LOOKED_AT_MAX`] of the day.
    ///
    /// # Errors
    /// As [`Self::of_day`].
    pub async fn of_key(&self, day: &str, key: &str, jobs_max: usize) -> Result<Vec<Job>, Error> {
        self.find(day, Some(key), jobs_max, JOBS_LOOKED_AT_MAX).await
    }

    /// Reads a day until enough jobs are found or read. An answer ends at a megabyte, and summaries have kilobytes.
    async fn find(&self, day: &str, key: Option<&str>, jobs_max: usize, read_max: usize) -> Result<Vec<Job>, Error> {
        let (mut jobs, mut read, mut from) = (Vec::new(), 0, None);
        while jobs.len() < jobs_max && read < read_max {
            // What a filter leaves out counts as read, so without one no more is read than is wanted.
            let wanted = if key.is_some() { read_max - read } else { jobs_max - jobs.len() };
            let mut query = self
                .client
                .query()
                .table_name(&self.table)
                .index_name(JOBS_BY_DAY)
                .key_condition_expression("#day = :day")
                .expression_attribute_names("#day", "started_day")
                .expression_attribute_values(":day", AttributeValue::S(day.to_owned()))
                .scan_index_forward(false)
                .limit(i32::try_from(wanted.min(JOBS_PER_CALL_MAX)).unwrap_or(i32::MAX))
                .set_exclusive_start_key(from);
            if let Some(key) = key {
                query = query
                    .filter_expression("#key = :key")
                    .expression_attribute_names("#key", "key")
                    .expression_attribute_values(":key", AttributeValue::S(key.to_owned()));
            }
            let answer = query.send().await.map_err(|error| Error::service("Query", error))?;
            for item in answer.items() {
                jobs.push(Job::try_from(item)?);
            }
            read += usize::try_from(answer.scanned_count).unwrap_or_default();
            from = answer.last_evaluated_key;
            if from.is_none() {
                break;
            }
        }
        jobs.truncate(jobs_max);
        Ok(jobs)
    }
}
