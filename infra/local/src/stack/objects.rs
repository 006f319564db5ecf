//! How does the object store answer, and which of its answers are announced?
//!
//! The store itself is `s3s` over a folder. Around it sits what that lacks: after a successful write into the uploads bucket the event
//! is in the queue before the writer gets its answer, so an accepted upload is never forgotten.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};

use super::notifications::{Announcer, Write};
use super::{ACCESS_KEY, SECRET_KEY};
use crate::error::LocalError;

#[derive(Clone)]
struct Store {
    service: S3Service,
    announcer: Arc<Announcer>,
}

/// The routes of the object store over `folder`.
pub(super) fn router(folder: &Path, announcer: Announcer) -> Result<Router, LocalError> {
    let files = s3s_fs::FileSystem::new(folder).map_err(|error| LocalError::Objects(format!("{error:?}")))?;
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let store = Store { service: builder.build(), announcer: Arc::new(announcer) };
    Ok(Router::new().fallback(call).with_state(store))
}

async fn call(State(store): State<Store>, request: Request) -> Response {
    let write = Write::of(request.method(), request.uri(), request.headers());
    let answer = match store.service.call(request.map(s3s::Body::http_body_unsync)).await {
        Ok(answer) => answer.map(Body::new),
        Err(error) => {
            tracing::warn!(?error, "the object store could not answer");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    if let Some(write) = write
        && answer.status().is_success()
        && let Err(error) = store.announcer.announce(&write).await
    {
        // The object is there but nobody would ever score it: make the writer try again.
        tracing::error!(%error, "an upload could not be announced");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    answer
}
