//! What does an event of API Gateway become? The request that the client sent, whatever the client sent.
//!
//! An HTTP API hands over the path decoded, so that a `?`, a space or a letter outside ASCII stands in it as it is, and
//! `lambda_http`, which reads it as a URL, panics on some of what then stands there. Here the event is made safe first.

use crate::limits::{PATH_BYTES_MAX, QUERY_BYTES_MAX};
use axum::Router;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Body, Error, LambdaEvent, Request, Response, Service, lambda_runtime, service_fn};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::task::{Context, Poll};
use storage::limits::ANSWER_BYTES_MAX;
use tower::ServiceExt;

/// What cannot stand in the path of a URL as it is. The path comes decoded, so a `%` is a `%`.
const PATH: &AsciiSet = &QUERY.add(b'?').add(b'%').add(b'[').add(b']');
/// What cannot stand in the query of a URL as it is. The query comes as it was sent.
const QUERY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'\\').add(b'^').add(b'|');

/// Serves events until the platform ends the process: one at a time, or several where the platform sends several.
///
/// # Errors
/// When the platform's runtime interface cannot be reached.
pub async fn run(router: Router) -> Result<(), Error> {
    let service = service_fn(move |request: Request| answer(router.clone(), request));
    lambda_runtime::run_concurrent(Gateway { inner: Adapter::from(service) }).await
}

/// The router's answer, read to its end: the platform takes answers whole.
async fn answer(router: Router, request: Request) -> Result<Response<Body>, Error> {
    let (parts, body) = router.oneshot(request.map(axum::body::Body::new)).await?.into_parts();
    let bytes = axum::body::to_bytes(body, ANSWER_BYTES_MAX).await?;
    let body = String::from_utf8(bytes.into()).map_or_else(|error| Body::Binary(error.into_bytes()), Body::Text);
    Ok(Response::from_parts(parts, body))
}

#[derive(Clone)]
struct Gateway<A> {
    inner: A,
}

impl<A> Service<LambdaEvent<ApiGatewayV2httpRequest>> for Gateway<A>
where
    A: Service<LambdaEvent<LambdaRequest>>,
{
    type Response = A::Response;
    type Error = A::Error;
    type Future = A::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, event: LambdaEvent<ApiGatewayV2httpRequest>) -> Self::Future {
        let LambdaEvent { mut payload, context } = event;
        make_safe(&mut payload);
        self.inner.call(LambdaEvent::new(LambdaRequest::ApiGatewayV2(payload), context))
    }
}

/// Makes path, query, host and body such that a request can be read from them, without changing what they say.
fn make_safe(event: &mut ApiGatewayV2httpRequest) {
    // The routes stand without a stage, and nothing here makes links out of the host.
    event.request_context.stage = None;
    event.request_context.domain_name = None;
    event.headers.remove(http::header::HOST);
    // What is cut off has no route, or a parameter that is refused for its length.
    let encoded = |text: &String, set, bytes_max: usize| {
        let mut encoded = utf8_percent_encode(text, set).to_string();
        encoded.truncate(bytes_max);
        encoded
    };
    let path = event.raw_path.as_ref().map(|path| encoded(path, PATH, PATH_BYTES_MAX)).unwrap_or_default();
    event.raw_path = Some(if path.starts_with('/') { path } else { format!("/{path}") });
    event.raw_query_string = event.raw_query_string.as_ref().map(|query| encoded(query, QUERY, QUERY_BYTES_MAX + 1));
    // A body that is not what it is said to be is read as it stands, and found to be no JSON.
    event.is_base64_encoded &= event.body.as_ref().is_none_or(|body| STANDARD.decode(body).is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;
    use lambda_http::http::Uri;
    use proptest::prelude::*;
    use serde_json::json;

    fn request(path: &str, query: &str, host: &str) -> Request {
        let event = json!({
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query,
            "headers": {"host": host, "x-forwarded-proto": "https"},
            "requestContext": {"stage": "prod", "domainName": host, "http": {"method": "GET", "path": path}},
        });
        let mut event: ApiGatewayV2httpRequest = serde_json::from_value(event).unwrap();
        make_safe(&mut event);
        LambdaRequest::ApiGatewayV2(event).into()
    }

    #[test]
    fn the_path_is_encoded_again_and_the_query_is_left_as_it_was() {
        let check = |path: &str, query: &str, expected: &str| {
            assert_eq!(*request(path, query, "api.example").uri(), expected.parse::<Uri>().unwrap());
        };
        check("/v1/listings/A-17", "history=5", "/v1/listings/A-17?history=5");
        check("/v1/listings/a b?c#d", "", "/v1/listings/a%20b%3Fc%23d");
        check("/v1/listings/50%25", "", "/v1/listings/50%2525");
        check("/v1/listings/驴牌", "brand=%E9%A9%B4", "/v1/listings/%E9%A9%B4%E7%89%8C?brand=%E9%A9%B4");
        check("/v1/queue", "brand=a b", "/v1/queue?brand=a%20b");
        check("", "", "/");
        check("/v1", &"q".repeat(90_000), &format!("/v1?{}", "q".repeat(QUERY_BYTES_MAX + 1)));
        check(&"/x".repeat(90_000), "", &"/x".repeat(PATH_BYTES_MAX / 2));
    }

    #[test]
    fn a_body_that_is_not_base64_is_read_as_it_stands() {
        let check = |body: &str, expected: Body| {
            let event = json!({"version": "2.0", "headers": {}, "requestContext": {"http": {"method": "POST"}}, "body": body,
                "isBase64Encoded": true});
            let mut event: ApiGatewayV2httpRequest = serde_json::from_value(event).unwrap();
            make_safe(&mut event);
            assert_eq!(*Request::from(LambdaRequest::ApiGatewayV2(event)).body(), expected, "{body}");
        };
        check("e30=", Body::Binary(b"{}".into()));
        check("{}", Body::Text("{}".into()));
    }

    proptest! {
        #[test]
        fn no_event_panics(path in any::<String>(), query in any::<String>(), host in "[ -~]{0,20}") {
            let request = request(&path, &query, &host);
            prop_assert!(request.uri().path().starts_with('/'));
        }
    }
}
