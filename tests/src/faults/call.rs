//! Which operation of which service is this HTTP request?

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Which calls a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Every call of DynamoDB.
    DynamoDb,
    /// Every call of S3.
    S3,
    /// Every call of SQS.
    Sqs,
    /// The operation of this name, as the service's reference calls it.
    Named(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    DynamoDb,
    S3,
    Sqs,
}

/// One request, named.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) service: Service,
    pub(super) operation: String,
    /// Equal for equal questions, so that a retry is recognised whenever it comes.
    pub(super) identity: u64,
}

impl Operation {
    pub(super) fn covers(self, call: &Call) -> bool {
        match self {
            Self::DynamoDb => call.service == Service::DynamoDb,
            Self::S3 => call.service == Service::S3,
            Self::Sqs => call.service == Service::Sqs,
            Self::Named(name) => call.operation == name,
        }
    }
}

impl Call {
    pub(super) fn of(request: &HttpRequest) -> Self {
        let target = request.headers().get("x-amz-target").and_then(|target| target.split_once('.'));
        let (service, operation) = match target {
            Some((prefix, operation)) => {
                (if prefix.starts_with("DynamoDB") { Service::DynamoDb } else { Service::Sqs }, operation.to_owned())
            }
            None => (Service::S3, s3_operation(request).to_owned()),
        };
        let mut identity = DefaultHasher::new();
        operation.hash(&mut identity);
        let (path, query) = address(request);
        path.hash(&mut identity);
        // Upload ids are drawn by the service and would make every run another one.
        query.split('&').filter(|part| !part.starts_with("uploadId=")).for_each(|part| part.hash(&mut identity));
        request.headers().get("range").hash(&mut identity);
        if service != Service::S3 {
            request.body().bytes().hash(&mut identity);
        }
        Self { service, operation, identity: identity.finish() }
    }
}

/// Path and query without scheme, host and the port, which is another one in every run.
fn address(request: &HttpRequest) -> (&str, &str) {
    let uri = request.uri();
    let after_scheme = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("/", |at| &after_scheme[at..]);
    path.split_once('?').unwrap_or((path, ""))
}

fn s3_operation(request: &HttpRequest) -> &'static str {
    let (path, query) = address(request);
    let has = |key: &str| query.split('&').any(|part| part.split('=').next() == Some(key));
    let object = path.trim_matches('/').contains('/');
    match request.method() {
        "GET" if object => "GetObject",
        "GET" => "ListObjectsV2",
        "HEAD" if object => "HeadObject",
        "HEAD" => "HeadBucket",
        "PUT" if has("partNumber") => "UploadPart",
        "PUT" if object => "PutObject",
        "PUT" => "CreateBucket",
        "POST" if has("uploads") => "CreateMultipartUpload",
        "POST" if has("uploadId") => "CompleteMultipartUpload",
        "POST" => "DeleteObjects",
        "DELETE" if has("uploadId") => "AbortMultipartUpload",
        "DELETE" => "DeleteObject",
        _ => "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, uri: &str, target: Option<&'static str>, body: &str) -> HttpRequest {
        let mut request = HttpRequest::new(body.to_owned().into());
        request.set_method(method).unwrap();
        request.set_uri(uri.to_owned()).unwrap();
        if let Some(target) = target {
            request.headers_mut().insert("x-amz-target", target);
        }
        request
    }

    #[test]
    fn operations_are_named_as_the_services_name_them() {
        let check = |method, uri, target, expected: &str| {
            assert_eq!(Call::of(&request(method, uri, target, "")).operation, expected, "{method} {uri} {target:?}");
        };
        check("POST", "http://127.0.0.1:1/", Some("DynamoDB_20120810.BatchWriteItem"), "BatchWriteItem");
        check("POST", "http://127.0.0.1:1/", Some("AmazonSQS.SendMessage"), "SendMessage");
        check("GET", "http://127.0.0.1:1/bucket/a/b.csv?x-id=GetObject", None, "GetObject");
        check("GET", "http://127.0.0.1:1/bucket/?list-type=2", None, "ListObjectsV2");
        check("PUT", "http://127.0.0.1:1/bucket", None, "CreateBucket");
        check("PUT", "http://127.0.0.1:1/bucket/a?partNumber=1&uploadId=x", None, "UploadPart");
        check("POST", "http://127.0.0.1:1/bucket/a?uploads", None, "CreateMultipartUpload");
        check("POST", "http://127.0.0.1:1/bucket/a?uploadId=x", None, "CompleteMultipartUpload");
        check("DELETE", "http://127.0.0.1:1/bucket/a?uploadId=x", None, "AbortMultipartUpload");
    }

    #[test]
    fn a_retry_is_the_same_call_and_another_question_is_not() {
        let identity = |uri, body| Call::of(&request("PUT", uri, None, body)).identity;
        assert_eq!(
            identity("http://127.0.0.1:1/b/k?partNumber=1&uploadId=x", ""),
            identity("http://127.0.0.1:2/b/k?partNumber=1&uploadId=y", "")
        );
        assert_ne!(
            identity("http://127.0.0.1:1/b/k?partNumber=1&uploadId=x", ""),
            identity("http://127.0.0.1:1/b/k?partNumber=2&uploadId=x", "")
        );
        let batch =
            |body| Call::of(&request("POST", "http://127.0.0.1:1/", Some("DynamoDB_20120810.BatchWriteItem"), body)).identity;
        assert_eq!(batch("a"), batch("a"));
        assert_ne!(batch("a"), batch("b"));
    }
}
