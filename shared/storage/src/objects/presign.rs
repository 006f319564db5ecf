//! How does somebody without credentials upload or download one object? By an address that is signed for just that, for a while.

use crate::Error;
use aws_sdk_s3::Client;
use aws_sdk_s3::presigning::PresigningConfig;
use std::time::Duration;

/// A signed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presigned {
    /// Where to send it.
    pub url: String,
    /// Headers that are part of what is signed: the request must carry them exactly so.
    pub headers: Vec<(String, String)>,
}

/// An upload of exactly so many bytes of a type, by `PUT`. S3 refuses another size or type, because both are signed.
///
/// # Errors
/// When it cannot be signed.
pub async fn presign_upload(
    s3: &Client,
    bucket: &str,
    key: &str,
    content_type: &str,
    bytes: u64,
    lifetime: Duration,
) -> Result<Presigned, Error> {
    let request = s3.put_object().bucket(bucket).key(key).content_type(content_type);
    let request = request.content_length(i64::try_from(bytes).unwrap_or(i64::MAX));
    let signed = request.presigned(config(lifetime)?).await.map_err(|error| Error::service("PutObject", error))?;
    let headers = signed.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Ok(Presigned { url: signed.uri().to_owned(), headers })
}

/// The address of a download, by `GET`.
///
/// # Errors
/// When it cannot be signed.
pub async fn presign_download(s3: &Client, bucket: &str, key: &str, lifetime: Duration) -> Result<String, Error> {
    let request = s3.get_object().bucket(bucket).key(key);
    let signed = request.presigned(config(lifetime)?).await.map_err(|error| Error::service("GetObject", error))?;
    Ok(signed.uri().to_owned())
}

fn config(lifetime: Duration) -> Result<PresigningConfig, Error> {
    PresigningConfig::expires_in(lifetime).map_err(|error| Error::Setting { name: "lifetime", problem: error.to_string() })
}
