//! How can a bucket have versions when the local store has none? Each version is an object of its own, found before the signature.

use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_runtime_api::box_error::BoxError;

/// Where version `version` of `key` is kept.
#[must_use]
pub fn key_of(key: &str, version: &str) -> String {
    format!("versions/{version}/{key}")
}

/// Leads every call that names a version to the object that holds it.
#[derive(Debug)]
pub struct Versions;

impl Intercept for Versions {
    fn name(&self) -> &'static str {
        "Versions"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let Some(uri) = led(request.uri()) {
            request.set_uri(uri)?;
        }
        Ok(())
    }
}

/// `scheme://host/bucket/key?versionId=v&more` becomes `scheme://host/bucket/versions/v/key?more`.
fn led(uri: &str) -> Option<String> {
    let (address, query) = uri.split_once('?')?;
    let version = query.split('&').find_map(|part| part.strip_prefix("versionId="))?;
    let rest: Vec<_> = query.split('&').filter(|part| !part.starts_with("versionId=")).collect();
    let (scheme, path) = address.split_once("://")?;
    let mut parts = path.splitn(3, '/');
    let (host, bucket, key) = (parts.next()?, parts.next()?, parts.next()?);
    Some(format!("{scheme}://{host}/{bucket}/{}?{}", key_of(key, version), rest.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_an_object_of_its_own() {
        let check = |uri: &str, expected: Option<&str>| assert_eq!(led(uri).as_deref(), expected, "{uri}");
        check("http://127.0.0.1:1/b/a/k%20%2B.csv?x-id=GetObject", None);
        check("http://127.0.0.1:1/b/a/k", None);
        let led_to = "http://127.0.0.1:1/b/versions/v-1/a/k%20%2B.csv?x-id=GetObject";
        check("http://127.0.0.1:1/b/a/k%20%2B.csv?x-id=GetObject&versionId=v-1", Some(led_to));
        check("http://127.0.0.1:1/b/a/k%20%2B.csv?versionId=v-1&x-id=GetObject", Some(led_to));
    }
}
