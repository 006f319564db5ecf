//! How does somebody without our rights write or read one object? By a request that is signed beforehand, which S3 takes for a while.

use crate::Error;
use crate::limits::PRESIGNED_MAX;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::ResponseChecksumValidation;
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::{Duration, SystemTime};

/// From when on a signed request is taken, and for how long: at most [`PRESIGNED_MAX`], and never longer than the credentials hold
/// that it is signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// Its beginning: now.
    pub from: SystemTime,
    /// Its length, in whole seconds.
    pub lasts: Duration,
}

/// A signed request. Whoever has it can send it, so it is a secret as long as it is valid.
#[derive(Clone, PartialEq, Eq)]
pub struct Presigned {
    /// Where to send it.
    pub url: String,
    /// Headers, in lower case, that must be sent exactly like this. Without `host`, which every client sends by itself.
    pub headers: Vec<(String, String)>,
}

/// Without the signature.
impl std::fmt::Debug for Presigned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let address = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Presigned").field("address", &address).field("headers", &self.headers).finish_non_exhaustive()
    }
}

/// What a browser does with a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition<'a> {
    /// Shows it.
    Inline,
    /// Saves it under this name.
    Attachment(&'a str),
}

/// What characters stay as they are in the name of a downloaded file.
const FILE_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// A `PUT` of exactly `bytes` bytes of this type to this key; S3 refuses any other size or type. Nothing is sent for it, and the same
/// arguments give the same request.
///
/// # Errors
/// When the client's settings cannot sign.
pub async fn presign_upload(
    s3: &Client,
    bucket: &str,
    key: &str,
    content_type: &str,
    bytes: u64,
    validity: Validity,
) -> Result<Presigned, Error> {
    // Both become headers that are signed: that binds them.
    let request = s3
        .put_object()
        .bucket(bucket)
        .key(key)
        .content_type(content_type)
        .content_length(i64::try_from(bytes).unwrap_or(i64::MAX))
        .presigned(validity.config())
        .await;
    Ok(request.map_err(|error| Error::service("PutObject", error))?.into())
}

/// A `GET` of this key, which a browser saves as `file_name`. Nothing is sent for it, and the same arguments give the same request.
///
/// # Errors
/// When the client's settings cannot sign.
pub async fn presign_download(
    s3: &Client,
    bucket: &str,
    key: &str,
    shown: Disposition<'_>,
    validity: Validity,
) -> Result<Presigned, Error> {
    let disposition = match shown {
        Disposition::Inline => "inline".to_owned(),
        Disposition::Attachment(name) => format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(name, FILE_NAME)),
    };
    // A link cannot send headers, so none must be signed, such as the one that asks for the checksum.
    let plain = aws_sdk_s3::Config::builder().response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    let request = s3
        .get_object()
        .bucket(bucket)
        .key(key)
        .response_content_disposition(disposition)
        .customize()
        .config_override(plain)
        .presigned(validity.config())
        .await;
    Ok(request.map_err(|error| Error::service("GetObject", error))?.into())
}

impl Validity {
    fn config(self) -> PresigningConfig {
        let lasts = self.lasts.min(PRESIGNED_MAX);
        PresigningConfig::builder()
            .start_time(self.from)
            .expires_in(lasts)
            .build()
            .expect("the length is set and below the limit")
    }
}

impl From<PresignedRequest> for Presigned {
    fn from(request: PresignedRequest) -> Self {
        let headers = request.headers().filter(|(name, _)| !name.eq_ignore_ascii_case("host"));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Self { url: request.uri().to_owned(), headers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdk::{Addressing, Patience, Settings, plain_http_client};
    use aws_sdk_s3::config::Credentials;

    fn client() -> Client {
        let settings = Settings {
            region: "eu-central-1".to_owned(),
            credentials: Credentials::new("AKID", "secret", Some("session".to_owned()), None, "test"),
            s3_endpoint: None,
            dynamodb_endpoint: None,
            sqs_endpoint: None,
            addressing: Addressing::VirtualHost,
        };
        settings.clients(&plain_http_client(), Patience::Job).s3
    }

    fn validity(seconds: u64) -> Validity {
        Validity { from: SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000), lasts: Duration::from_secs(seconds) }
    }

    #[tokio::test]
    async fn an_upload_is_bound_to_its_key_type_size_and_time() {
        let upload = |key, bytes, seconds| async move {
            presign_upload(&client(), "uploads", key, "text/csv", bytes, validity(seconds)).await.unwrap()
        };
        let request = upload("exports/a b.csv", 7, 900).await;
        assert_eq!(request, upload("exports/a b.csv", 7, 900).await);
        assert!(request.url.starts_with("https://uploads.s3.eu-central-1.amazonaws.com/exports/a%20b.csv?"), "{}", request.url);
        for part in
            ["X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost", "X-Amz-Expires=900", "X-Amz-Date=20260921T141320Z"]
        {
            assert!(request.url.contains(part), "{part} is not in {}", request.url);
        }
        let mut headers = request.headers.clone();
        headers.sort_unstable();
        assert_eq!(headers, [("content-length", "7"), ("content-type", "text/csv")].map(|(n, v)| (n.to_owned(), v.to_owned())));
        assert!(!format!("{request:?}").contains("X-Amz-Signature"), "a signed request must not be logged");

        let beyond = upload("exports/a b.csv", 7, PRESIGNED_MAX.as_secs() + 1).await;
        assert!(beyond.url.contains(&format!("X-Amz-Expires={}&", PRESIGNED_MAX.as_secs())), "{}", beyond.url);
        assert_eq!(upload("exports/a", u64::MAX, 1).await.headers.len(), 2);
    }

    #[tokio::test]
    async fn a_download_is_a_link_that_needs_no_headers() {
        let check = |shown: Disposition<'static>, disposition: &'static str| async move {
            let request = presign_download(&client(), "results", "jobs/j-1/report.html", shown, validity(60)).await.unwrap();
            assert_eq!(request.headers, []);
            assert!(request.url.contains("X-Amz-SignedHeaders=host&"), "{}", request.url);
            let found = request.url.split('&').find_map(|part| part.split_once("response-content-disposition=")).unwrap().1;
            assert_eq!(percent_encoding::percent_decode_str(found).decode_utf8().unwrap(), disposition);
        };
        check(Disposition::Inline, "inline").await;
        check(Disposition::Attachment("report.html"), "attachment; filename*=UTF-8''report.html").await;
        check(Disposition::Attachment("a \"b\"\r\n华.html"), "attachment; filename*=UTF-8''a%20%22b%22%0D%0A%E5%8D%8E.html")
            .await;
    }
}
