//! How do files go into the stack and come back, whatever their size?

use std::path::Path;

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use crate::error::LocalError;
use crate::limits::{KEY_NAME_BYTES_MAX, PART_BYTES};
use crate::stack::{RESULTS_BUCKET, UPLOADS_BUCKET};

/// The object name for a file's name: the end is kept, because the extension says what the file is.
#[must_use]
pub fn object_name(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| "stdin".into(), |name| name.to_string_lossy());
    let from = name.len().saturating_sub(KEY_NAME_BYTES_MAX);
    name[name.ceil_char_boundary(from)..].chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// Uploads a file into the uploads bucket, in parts when it is large. Memory does not depend on its size.
///
/// # Errors
/// When the file cannot be read or the store refuses it.
pub async fn upload(s3: &Client, path: &Path, key: &str) -> Result<(), LocalError> {
    let size = tokio::fs::metadata(path).await.map_err(LocalError::path(path))?.len();
    if size <= PART_BYTES {
        let body = part(path, 0, size).await?;
        let put = s3.put_object().bucket(UPLOADS_BUCKET).key(key).body(body);
        put.send().await.map_err(|error| LocalError::call("put object", &error))?;
        return Ok(());
    }
    let begun = s3.create_multipart_upload().bucket(UPLOADS_BUCKET).key(key).send().await;
    let begun = begun.map_err(|error| LocalError::call("create multipart upload", &error))?;
    let upload_id = begun.upload_id().unwrap_or_default();
    let mut parts = CompletedMultipartUpload::builder();
    for (number, offset) in (1..).zip((0..size).step_by(usize::try_from(PART_BYTES).unwrap_or(usize::MAX))) {
        let body = part(path, offset, PART_BYTES.min(size - offset)).await?;
        let sent = s3.upload_part().bucket(UPLOADS_BUCKET).key(key).upload_id(upload_id).part_number(number).body(body).send().await;
        let sent = sent.map_err(|error| LocalError::call("upload part", &error))?;
        parts = parts.parts(CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag).build());
    }
    let complete = s3.complete_multipart_upload().bucket(UPLOADS_BUCKET).key(key).upload_id(upload_id);
    let completed = complete.multipart_upload(parts.build()).send().await;
    completed.map_err(|error| LocalError::call("complete multipart upload", &error))?;
    Ok(())
}

async fn part(path: &Path, offset: u64, length: u64) -> Result<ByteStream, LocalError> {
    let body = ByteStream::read_from().path(path).offset(offset).length(Length::Exact(length)).build().await;
    body.map_err(|error| LocalError::Path { path: path.into(), source: std::io::Error::other(error) })
}

/// Copies an object of the results bucket into `target`; `false` when there is no such object.
///
/// # Errors
/// When the store or the target fails.
pub async fn download(s3: &Client, key: &str, target: &mut (impl AsyncWrite + Unpin)) -> Result<bool, LocalError> {
    let object = match s3.get_object().bucket(RESULTS_BUCKET).key(key).send().await {
        Ok(object) => object,
        Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => return Ok(false),
        Err(error) => return Err(LocalError::call("get object", &error)),
    };
    let mut body = object.body;
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|error| LocalError::Call { call: "get object", detail: error.to_string() })?;
        target.write_all(&chunk).await.map_err(LocalError::path(key))?;
    }
    target.flush().await.map_err(LocalError::path(key))?;
    Ok(true)
}
