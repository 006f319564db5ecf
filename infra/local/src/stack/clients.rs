//! How do the product's SDK clients reach the local services?

use aws_smithy_http_client::Builder;

#[derive(Debug, Clone)]
pub(super) struct Clients {
    pub(super) s3: aws_sdk_s3::Client,
    pub(super) dynamodb: aws_sdk_dynamodb::Client,
    pub(super) sqs: aws_sdk_sqs::Client,
}

impl Clients {
    pub(super) fn new(s3: &str, dynamodb: &str, sqs: &str) -> Self {
        let http = Builder::new().build_http();
        let credentials = aws_credential_types::Credentials::new(super::ACCESS_KEY, super::SECRET_KEY, None, None, "local");
        let s3 = aws_sdk_s3::Config::builder()
            .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
            .region(aws_sdk_s3::config::Region::new(super::REGION))
            .http_client(http.clone())
            .credentials_provider(credentials.clone())
            .endpoint_url(s3)
            .force_path_style(true)
            .build();
        let dynamodb = aws_sdk_dynamodb::Config::builder()
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
            .region(aws_sdk_dynamodb::config::Region::new(super::REGION))
            .http_client(http.clone())
            .credentials_provider(credentials.clone())
            .endpoint_url(dynamodb)
            .build();
        let sqs = aws_sdk_sqs::Config::builder()
            .behavior_version(aws_sdk_sqs::config::BehaviorVersion::latest())
            .region(aws_sdk_sqs::config::Region::new(super::REGION))
            .http_client(http)
            .credentials_provider(credentials)
            .endpoint_url(sqs)
            .build();
        Self {
            s3: aws_sdk_s3::Client::from_conf(s3),
            dynamodb: aws_sdk_dynamodb::Client::from_conf(dynamodb),
            sqs: aws_sdk_sqs::Client::from_conf(sqs),
        }
    }
}
