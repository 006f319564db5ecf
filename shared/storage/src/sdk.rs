//! How do the SDK's clients behave? Retries, timeouts, addresses and credentials, the same for every function.
//!
//! The HTTP client is a parameter: the laptop gives a plain one, Lambda one with TLS, the tests one that injects faults.

use crate::Error;
use crate::limits::{
    BACKOFF_FIRST, BACKOFF_MAX, CONNECT_MAX, REQUEST_ATTEMPT_MAX, REQUEST_ATTEMPTS_MAX, REQUEST_BACKOFF_MAX, REQUEST_CALL_MAX,
    S3_ATTEMPT_MAX, SDK_ATTEMPTS_MAX, SMALL_CALL_ATTEMPT_MAX, STALL_MAX,
};
use aws_sdk_s3::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig};
use aws_smithy_http_client::Builder as HttpBuilder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use std::time::Duration;

/// Where the services are and who is asking.
#[derive(Clone, Debug)]
pub struct Settings {
    /// AWS region, such as `eu-central-1`.
    pub region: String,
    /// Who is asking.
    pub credentials: Credentials,
    /// Address of S3; the region's own when absent.
    pub s3_endpoint: Option<String>,
    /// Address of DynamoDB; the region's own when absent.
    pub dynamodb_endpoint: Option<String>,
    /// Address of SQS; the region's own when absent.
    pub sqs_endpoint: Option<String>,
    /// How buckets are addressed.
    pub addressing: Addressing,
}

/// How buckets are addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressing {
    /// `bucket.host/key`, as S3 itself wants it.
    VirtualHost,
    /// `host/bucket/key`, as most other stores want it.
    Path,
}

/// How long a client tries before it gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Minutes: nobody waits, and giving up costs the work that was done.
    Job,
    /// Seconds: somebody waits for the answer and can ask again.
    Request,
}

/// One client per service, all on one HTTP client.
#[derive(Clone, Debug)]
pub struct Clients {
    /// Objects.
    pub s3: aws_sdk_s3::Client,
    /// Items.
    pub dynamodb: aws_sdk_dynamodb::Client,
    /// Messages.
    pub sqs: aws_sdk_sqs::Client,
}

impl Settings {
    /// Reads what Lambda puts into the environment. The chain of credential sources of `aws-config` is left out on purpose:
    /// a function has its credentials here, and the chain costs 0.7 MB and 3 ms of every cold start.
    ///
    /// `AWS_REGION`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` must be there; `AWS_SESSION_TOKEN`, `AWS_ENDPOINT_URL` and
    /// `AWS_ENDPOINT_URL_{S3,DYNAMODB,SQS}` may. With an endpoint given for S3, buckets are addressed by path.
    ///
    /// # Errors
    /// [`Error::Setting`] names the variable that is missing.
    pub fn from_environment(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let given = |name: &str| lookup(name).filter(|value| !value.trim().is_empty());
        let required = |name: &'static str| given(name).ok_or_else(|| Error::Setting { name, problem: "is not set".to_owned() });
        let endpoint = |name: &str| given(name).or_else(|| given("AWS_ENDPOINT_URL"));
        let credentials = Credentials::new(
            required("AWS_ACCESS_KEY_ID")?,
            required("AWS_SECRET_ACCESS_KEY")?,
            given("AWS_SESSION_TOKEN"),
            None,
            "environment",
        );
        let s3_endpoint = endpoint("AWS_ENDPOINT_URL_S3");
        Ok(Self {
            region: required("AWS_REGION")?,
            credentials,
            addressing: if s3_endpoint.is_some() { Addressing::Path } else { Addressing::VirtualHost },
            s3_endpoint,
            dynamodb_endpoint: endpoint("AWS_ENDPOINT_URL_DYNAMODB"),
            sqs_endpoint: endpoint("AWS_ENDPOINT_URL_SQS"),
        })
    }

    /// The HTTP client for these addresses: without TLS only when every address is given as `http://`.
    #[must_use]
    pub fn http_client(&self) -> SharedHttpClient {
        let endpoints = [&self.s3_endpoint, &self.dynamodb_endpoint, &self.sqs_endpoint];
        if endpoints.iter().all(|endpoint| endpoint.as_ref().is_some_and(|url| url.starts_with("http://"))) {
            plain_http_client()
        } else {
            https_client()
        }
    }

    /// One client per service on this HTTP client.
    #[must_use]
    pub fn clients(&self, http: &SharedHttpClient, patience: Patience) -> Clients {
        let region = Region::new(self.region.clone());
        let mut s3 = aws_sdk_s3::Config::builder()
            .behavior_version(behaviour())
            .region(region.clone())
            .credentials_provider(self.credentials.clone())
            .http_client(http.clone())
            .retry_config(patience.retries())
            .retry_partition(quota("touchstone-s3"))
            .timeout_config(patience.timeouts(S3_ATTEMPT_MAX))
            .stalled_stream_protection(StalledStreamProtectionConfig::enabled().grace_period(STALL_MAX).build())
            .force_path_style(self.addressing == Addressing::Path);
        s3.set_endpoint_url(self.s3_endpoint.clone());
        let mut dynamodb = aws_sdk_dynamodb::Config::builder()
            .behavior_version(behaviour())
            .region(region.clone())
            .credentials_provider(self.credentials.clone())
            .http_client(http.clone())
            .retry_config(patience.retries())
            .retry_partition(quota("touchstone-dynamodb"))
            .timeout_config(patience.timeouts(SMALL_CALL_ATTEMPT_MAX));
        dynamodb.set_endpoint_url(self.dynamodb_endpoint.clone());
        let mut sqs = aws_sdk_sqs::Config::builder()
            .behavior_version(behaviour())
            .region(region)
            .credentials_provider(self.credentials.clone())
            .http_client(http.clone())
            .retry_config(patience.retries())
            .timeout_config(patience.timeouts(SMALL_CALL_ATTEMPT_MAX));
        sqs.set_endpoint_url(self.sqs_endpoint.clone());
        Clients {
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb.build()),
            sqs: aws_sdk_sqs::Client::from_conf(sqs.build()),
        }
    }
}

impl Patience {
    fn retries(self) -> RetryConfig {
        let (attempts_max, backoff_max) = match self {
            Self::Job => (SDK_ATTEMPTS_MAX, BACKOFF_MAX),
            Self::Request => (REQUEST_ATTEMPTS_MAX, REQUEST_BACKOFF_MAX),
        };
        RetryConfig::standard().with_max_attempts(attempts_max).with_initial_backoff(BACKOFF_FIRST).with_max_backoff(backoff_max)
    }

    /// `job_attempt_max` is how long one attempt of a job may take.
    fn timeouts(self, job_attempt_max: Duration) -> TimeoutConfig {
        let timeouts = TimeoutConfig::builder();
        let timeouts = match self {
            Self::Job => timeouts.connect_timeout(CONNECT_MAX).operation_attempt_timeout(job_attempt_max),
            Self::Request => timeouts
                .connect_timeout(REQUEST_ATTEMPT_MAX)
                .operation_attempt_timeout(REQUEST_ATTEMPT_MAX)
                .operation_timeout(REQUEST_CALL_MAX),
        };
        timeouts.build()
    }
}

/// An HTTP client for `http://` addresses only: it loads no certificates.
#[must_use]
pub fn plain_http_client() -> SharedHttpClient {
    HttpBuilder::new().build_http()
}

/// An HTTP client with TLS by ring; it also speaks to `http://` addresses.
#[must_use]
pub fn https_client() -> SharedHttpClient {
    HttpBuilder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
}

/// Dated, so that a new behaviour of the SDK comes with a reviewed change and not with an update.
fn behaviour() -> BehaviorVersion {
    BehaviorVersion::v2026_01_12()
}

/// The SDK lets all calls of a service share 500 tokens and stops retrying when they are spent. A throttled batch writer spends them in
/// seconds, and then one lost answer on a job record fails the job; one page of the review queue makes 70 calls, and a hiccup that each
/// meets once spends them as well. Here attempts, pauses and the time that a job or a request has are the bounds.
fn quota(name: &'static str) -> RetryPartition {
    RetryPartition::custom(name).token_bucket(TokenBucket::unlimited()).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::types::AttributeValue;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const KEYS: [(&str, &str); 3] = [("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "s")];

    fn settings(more: &[(&str, &str)]) -> Result<Settings, Error> {
        let all: Vec<_> = KEYS.iter().chain(more).copied().collect();
        Settings::from_environment(|name| all.iter().rev().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn what_is_missing_is_named() {
        for (name, _) in KEYS {
            let error = settings(&[(name, " ")]).unwrap_err();
            assert_eq!(error.to_string(), format!("the setting {name} is not set"));
        }
    }

    #[test]
    fn one_address_for_all_or_one_for_each() {
        let at_aws = settings(&[]).unwrap();
        assert_eq!((at_aws.s3_endpoint, at_aws.addressing), (None, Addressing::VirtualHost));
        let local =
            settings(&[("AWS_ENDPOINT_URL", "http://127.0.0.1:1"), ("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:2")]).unwrap();
        assert_eq!(local.addressing, Addressing::Path);
        assert_eq!(local.dynamodb_endpoint.as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(local.sqs_endpoint.as_deref(), Some("http://127.0.0.1:2"));
    }
    /// Accepts connections and answers each request with an error that may pass; counts them.
    async fn always_busy() -> (String, Arc<AtomicU32>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let count = Arc::new(AtomicU32::new(0));
        let counted = count.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut head = [0; 65_536];
                if stream.read(&mut head).await.unwrap_or(0) > 0 {
                    counted.fetch_add(1, Ordering::Relaxed);
                    let answer = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                    let _ = stream.write_all(answer.as_bytes()).await;
                }
            }
        });
        (address, count)
    }

    #[tokio::test]
    async fn somebody_who_waits_is_told_soon() {
        let (address, count) = always_busy().await;
        let clients = settings(&[("AWS_ENDPOINT_URL", &address)]).unwrap().clients(&plain_http_client(), Patience::Request);
        let error = clients.dynamodb.get_item().table_name("t").key("k", AttributeValue::S("v".to_owned())).send().await;
        assert!(error.is_err());
        assert_eq!(count.load(Ordering::Relaxed), REQUEST_ATTEMPTS_MAX);
    }

    #[test]
    fn a_job_tries_longer_than_a_request() {
        let check = |patience: Patience, attempts: u32, s3_attempt: Duration, call: Option<Duration>| {
            let clients = settings(&[]).unwrap().clients(&plain_http_client(), patience);
            let (s3, dynamodb) = (clients.s3.config(), clients.dynamodb.config());
            for retries in [s3.retry_config(), dynamodb.retry_config()] {
                assert_eq!(retries.unwrap().max_attempts(), attempts);
            }
            assert_eq!(s3.timeout_config().unwrap().operation_attempt_timeout(), Some(s3_attempt));
            for timeouts in [s3.timeout_config(), dynamodb.timeout_config()] {
                assert_eq!(timeouts.unwrap().operation_timeout(), call);
            }
        };
        check(Patience::Job, SDK_ATTEMPTS_MAX, S3_ATTEMPT_MAX, None);
        check(Patience::Request, REQUEST_ATTEMPTS_MAX, REQUEST_ATTEMPT_MAX, Some(REQUEST_CALL_MAX));
    }
}
