//! Which tables and indexes are there, and what are their keys?
//!
//! | question | table or index | partition key | sort key |
//! | --- | --- | --- | --- |
//! | latest result and history of a listing | results | `listing_id` | `order_key`: upload time, sequencer, job, row |
//! | top risks of a day | results, `risks-by-day` | `day_shard`: day and shard | `rank`: day, risk, log odds |
//! | top risks of a brand, newest day first | results, `risks-by-brand` | `brand_shard` | `rank` |
//! | top risks of a seller, newest day first | results, `risks-by-seller` | `seller_shard` | `rank` |
//! | a job | jobs | `job_id` | |
//! | recent jobs | jobs, `jobs-by-day` | `started_day` | `started_at` |
//! | what to review next, greatest expected harm first | results, `queue` | `queue_shard` | `queue_rank`: harm, log odds, order key |
//! | the same of a brand | results, `queue-by-brand` | `queue_brand_shard` | `queue_rank` |
//! | the same of a seller | results, `queue-by-seller` | `queue_seller_shard` | `queue_rank` |
//! | reviews of a listing | reviews | `listing_id` | `reviewed_at` |
//! | reviews since a time | reviews, `reviews-by-day` | `reviewed_day` | `reviewed_at` |
//! | audit runs, latest window first | audits | `audit` | `run_id`: end of the window, and a hash |
//! | what was answered to a request that comes again | requests | `request_key` | |
//!
//! The indexes of results are sparse: only `review` and `red_flag` items carry their keys, because every index entry costs a write.
//! Those of the queue are sparser still: a decision of a reviewer takes the keys off.

use crate::Error;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, TimeToLiveSpecification,
};
use serde::{Deserialize, Serialize};

/// Names of the tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// One item per listing and upload.
    pub results: String,
    /// One item per upload.
    pub jobs: String,
    /// One item per decision of a person.
    pub reviews: String,
    /// One item per audit run.
    pub audits: String,
    /// One item per `Idempotency-Key`.
    pub requests: String,
}

impl Tables {
    /// The names behind a prefix, such as `touchstone-results`.
    #[must_use]
    pub fn with_prefix(prefix: &str) -> Self {
        let name = |what| format!("{prefix}-{what}");
        Self {
            results: name("results"),
            jobs: name("jobs"),
            reviews: name("reviews"),
            audits: name("audits"),
            requests: name("requests"),
        }
    }
}

/// The attribute, in every table, after which DynamoDB deletes an item: epoch SECONDS (milliseconds would silently never expire).
pub const EXPIRES_AT: &str = "expires_at";

/// Index of all risks by day.
pub const RISKS_BY_DAY: &str = "risks-by-day";
/// Index of risks by brand.
pub const RISKS_BY_BRAND: &str = "risks-by-brand";
/// Index of risks by seller.
pub const RISKS_BY_SELLER: &str = "risks-by-seller";
/// Index of what is to be reviewed.
pub const QUEUE: &str = "queue";
/// The same by brand.
pub const QUEUE_BY_BRAND: &str = "queue-by-brand";
/// The same by seller.
pub const QUEUE_BY_SELLER: &str = "queue-by-seller";
/// Index of jobs by the day they began.
pub const JOBS_BY_DAY: &str = "jobs-by-day";
/// Index of reviews by day.
pub const REVIEWS_BY_DAY: &str = "reviews-by-day";

/// What a list of risks shows without another read.
const RISK_COLUMNS: &[&str] =
    &["risk", "log_odds", "band", "brand", "title", "price", "currency", "seller_id", "seller_name", "job_id"];

/// What the queue shows without another read.
const QUEUE_COLUMNS: &[&str] = &[
    "risk",
    "log_odds",
    "band",
    "brand",
    "title",
    "price",
    "currency",
    "seller_id",
    "seller_name",
    "job_id",
    "scored_at",
    "expected_harm",
    "input",
];

/// A partition key, and a sort key where there is one. All keys are text.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// Partition key.
    pub partition: &'static str,
    /// Sort key.
    pub sort: Option<&'static str>,
}

/// One global secondary index.
#[derive(Clone, Copy, Debug)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// Its keys.
    pub keys: Keys,
    /// The attributes that are copied into it; `None` for all.
    pub columns: Option<&'static [&'static str]>,
}

/// One table, as it is to be created.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// Its keys.
    pub keys: Keys,
    /// Its indexes.
    pub indexes: &'static [Index],
}

const fn keys(partition: &'static str, sort: &'static str) -> Keys {
    Keys { partition, sort: Some(sort) }
}

const RESULT_INDEXES: &[Index] = &[
    Index { name: RISKS_BY_DAY, keys: keys("day_shard", "rank"), columns: Some(RISK_COLUMNS) },
    Index { name: RISKS_BY_BRAND, keys: keys("brand_shard", "rank"), columns: Some(RISK_COLUMNS) },
    Index { name: RISKS_BY_SELLER, keys: keys("seller_shard", "rank"), columns: Some(RISK_COLUMNS) },
    Index { name: QUEUE, keys: keys("queue_shard", "queue_rank"), columns: Some(QUEUE_COLUMNS) },
    Index { name: QUEUE_BY_BRAND, keys: keys("queue_brand_shard", "queue_rank"), columns: Some(QUEUE_COLUMNS) },
    Index { name: QUEUE_BY_SELLER, keys: keys("queue_seller_shard", "queue_rank"), columns: Some(QUEUE_COLUMNS) },
];
const JOB_INDEXES: &[Index] = &[Index { name: JOBS_BY_DAY, keys: keys("started_day", "started_at"), columns: None }];
const REVIEW_INDEXES: &[Index] = &[Index { name: REVIEWS_BY_DAY, keys: keys("reviewed_day", "reviewed_at"), columns: None }];

/// The tables. The template in `infra/aws` must say the same; a test compares them.
#[must_use]
pub fn definitions(tables: &Tables) -> [Definition; 5] {
    [
        Definition { name: tables.results.clone(), keys: keys("listing_id", "order_key"), indexes: RESULT_INDEXES },
        Definition { name: tables.jobs.clone(), keys: Keys { partition: "job_id", sort: None }, indexes: JOB_INDEXES },
        Definition { name: tables.reviews.clone(), keys: keys("listing_id", "reviewed_at"), indexes: REVIEW_INDEXES },
        Definition { name: tables.audits.clone(), keys: keys("audit", "run_id"), indexes: &[] },
        Definition { name: tables.requests.clone(), keys: Keys { partition: "request_key", sort: None }, indexes: &[] },
    ]
}

/// Creates the tables that do not exist yet. Meant for the laptop and for tests; in AWS the template does it.
///
/// # Errors
/// When DynamoDB refuses; a table that is there already is fine.
pub async fn create_tables(dynamodb: &Client, tables: &Tables) -> Result<(), Error> {
    for definition in definitions(tables) {
        create_table(dynamodb, &definition).await?;
    }
    Ok(())
}

async fn create_table(dynamodb: &Client, definition: &Definition) -> Result<(), Error> {
    let request = dynamodb
        .create_table()
        .table_name(&definition.name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema(definition.keys)))
        .set_attribute_definitions(Some(key_attributes(definition)))
        .set_global_secondary_indexes((!definition.indexes.is_empty()).then(|| definition.indexes.iter().map(index).collect()));
    match request.send().await {
        Ok(_) => {}
        Err(error) if error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception) => return Ok(()),
        Err(error) => return Err(Error::service("CreateTable", error)),
    }
    let expiry =
        TimeToLiveSpecification::builder().attribute_name(EXPIRES_AT).enabled(true).build().expect("both fields are set");
    dynamodb
        .update_time_to_live()
        .table_name(&definition.name)
        .time_to_live_specification(expiry)
        .send()
        .await
        .map_err(|error| Error::service("UpdateTimeToLive", error))?;
    Ok(())
}

fn key_schema(keys: Keys) -> Vec<KeySchemaElement> {
    let element =
        |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().expect("both fields are set");
    std::iter::once(element(keys.partition, KeyType::Hash)).chain(keys.sort.map(|sort| element(sort, KeyType::Range))).collect()
}

fn key_attributes(definition: &Definition) -> Vec<AttributeDefinition> {
    let all_keys = std::iter::once(definition.keys).chain(definition.indexes.iter().map(|index| index.keys));
    let names: std::collections::BTreeSet<_> =
        all_keys.flat_map(|keys| std::iter::once(keys.partition).chain(keys.sort)).collect();
    names
        .into_iter()
        .map(|name| {
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .expect("both fields are set")
        })
        .collect()
}

fn index(index: &Index) -> GlobalSecondaryIndex {
    let projection = match index.columns {
        None => Projection::builder().projection_type(ProjectionType::All),
        Some(columns) => Projection::builder()
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(columns.iter().map(|&column| column.to_owned()).collect())),
    };
    GlobalSecondaryIndex::builder()
        .index_name(index.name)
        .set_key_schema(Some(key_schema(index.keys)))
        .projection(projection.build())
        .build()
        .expect("name and keys are set")
}
