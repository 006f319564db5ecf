//! How do files go into the stack and come back, whatever their size?

use std::io::Write;
use std::path::Path;

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::primitives::{ByteStream, Length};
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};

use crate::error::LocalError;
use crate::limits::{OBJECT_NAME_BYTES_MAX, PART_BYTES};
use crate::stack::{RESULTS_BUCKET, UPLOADS_BUCKET};

/// The object name for a file: of a long name the end is kept, because the extension says what the file is.
#[must_use]
pub fn object_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let from = name.ceil_char_boundary(name.len().saturating_sub(OBJECT_NAME_BYTES_MAX));
    name[from..].chars().map(|c| if c.is_control() { '_' } else { c }).collect()
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
    let (mut number, mut offset) = (1, 0);
    while offset < size {
        let length = PART_BYTES.min(size - offset);
        let body = part(path, offset, length).await?;
        let send = s3.upload_part().bucket(UPLOADS_BUCKET).key(key).upload_id(upload_id).part_number(number).body(body);
        let sent = send.send().await.map_err(|error| LocalError::call("upload part", &error))?;
        parts = parts.parts(CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag).build());
        number += 1;
        offset += length;
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

/// The body of an object of the results bucket; `None` when there is no such object.
///
/// # Errors
/// When the store fails.
pub async fn open(s3: &Client, key: &str) -> Result<Option<ByteStream>, LocalError> {
    match s3.get_object().bucket(RESULTS_BUCKET).key(key).send().await {
        Ok(object) => Ok(Some(object.body)),
        Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => Ok(None),
        Err(error) => Err(LocalError::call("get object", &error)),
    }
}

/// Copies an object of the results bucket into `target`, piece by piece; `false` when there is no such object.
///
/// # Errors
/// When the store fails or the target cannot be written.
pub async fn download(s3: &Client, key: &str, target: &mut impl Write) -> Result<bool, LocalError> {
    let Some(mut body) = open(s3, key).await? else { return Ok(false) };
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| LocalError::Call { call: "get object", detail: error.to_string() })?;
        target.write_all(&piece).map_err(LocalError::path(key))?;
    }
    target.flush().map_err(LocalError::path(key))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::PART_BYTES;
    use crate::stack::{Stack, Storage};

    #[test]
    fn object_names_keep_the_extension_and_fit_the_store() {
        let check = |name: &str, expected: &str| assert_eq!(object_name(Path::new(name)), expected);
        check("dir/a b.csv", "a b.csv");
        check("bell\u{7}.csv", "bell_.csv");
        let long = format!("{}.csv.gz", "包".repeat(80));
        let name = object_name(Path::new(&long));
        assert!(name.len() <= OBJECT_NAME_BYTES_MAX && name.ends_with("包.csv.gz"), "{name}");
    }

    /// The store keeps the key in a file name of its own, which is why there is a limit.
    #[tokio::test]
    async fn the_longest_name_and_a_file_of_two_parts_arrive_whole() {
        let stack = Stack::start(Storage::Memory).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x".repeat(240));
        let content: Vec<u8> = (0..=PART_BYTES).map(|n| (n % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let key = format!("exports/drop/1234567890123-123456789012/{}", object_name(&path));
        upload(&stack.s3(), &path, &key).await.unwrap();
        let object = stack.s3().get_object().bucket(UPLOADS_BUCKET).key(&key).send().await.unwrap();
        assert!(object.body.collect().await.unwrap().to_vec() == content);
        assert_eq!(stack.queue().depth().visible, 1);
        assert!(!download(&stack.s3(), "jobs/none", &mut Vec::new()).await.unwrap());
    }
}
