//! What does API Gateway make of a request? An event of an HTTP API, payload version 2.0, as it is handed to a function.

use crate::runtime_api::services;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use local::Stack;
use local::stack::UPLOADS_BUCKET;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the template gives the function, with the services of this stack.
#[must_use]
pub fn environment(stack: &Stack) -> BTreeMap<String, String> {
    let tables = local::stack::tables();
    let own = [
        ("REVIEWS_TABLE", tables.reviews),
        ("REQUESTS_TABLE", tables.requests),
        ("UPLOADS_BUCKET", UPLOADS_BUCKET.to_owned()),
        ("CURSOR_SECRET", "a secret of thirty-two characters".to_owned()),
        ("IAM_ROLES", "score=arn:aws:sts::123456789012:assumed-role/shop/*".to_owned()),
    ];
    services(stack).into_iter().chain(own.map(|(name, value)| (name.to_owned(), value))).collect()
}

/// One event.
#[derive(Clone, Debug)]
pub struct Event {
    method: String,
    path: String,
    query: String,
    headers: Map<String, Value>,
    body: Value,
    is_base64: bool,
    authorizer: Value,
}

impl Event {
    /// Of a request line as a client sends it, with no body and nobody signed in. The gateway hands over the path decoded and the query
    /// as it came.
    #[must_use]
    pub fn new(method: &str, uri: &str) -> Self {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let headers = [("host", "api.touchstone.example"), ("x-forwarded-proto", "https"), ("x-forwarded-port", "443")];
        Self {
            method: method.to_owned(),
            path: percent_decode_str(path).decode_utf8_lossy().into_owned(),
            query: query.to_owned(),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect(),
            body: Value::Null,
            is_base64: false,
            authorizer: Value::Null,
        }
    }

    /// With a header; the gateway writes names in lower case and joins repeated ones.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_ascii_lowercase(), json!(value));
        self
    }

    /// With a body of text.
    #[must_use]
    pub fn text(mut self, body: &str) -> Self {
        self.body = json!(body);
        self
    }

    /// With a body of JSON, as text.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.text(&body.to_string()).header("content-type", "application/json")
    }

    /// With a body that the gateway took for binary.
    #[must_use]
    pub fn binary(mut self, body: &[u8]) -> Self {
        (self.body, self.is_base64) = (json!(STANDARD.encode(body)), true);
        self.header("content-type", "application/json")
    }

    /// By the owner of a token that the gateway has checked; it writes a list as `[a b]`.
    #[must_use]
    pub fn jwt(mut self, subject: &str, roles: &[&str]) -> Self {
        let claims =
            json!({"sub": subject, "roles": format!("[{}]", roles.join(" ")), "iss": "https://id.example", "exp": "1795392000"});
        self.authorizer = json!({"jwt": {"claims": claims, "scopes": null}});
        self
    }

    /// By somebody whose signature the gateway has checked.
    #[must_use]
    pub fn iam(mut self, arn: &str) -> Self {
        let account = "123456789012";
        self.authorizer = json!({"iam": {
            "accessKey": "AKIAEXAMPLE", "accountId": account, "callerId": "AIDAEXAMPLE", "cognitoIdentity": null,
            "principalOrgId": "o-example", "userArn": arn, "userId": "AIDAEXAMPLE",
        }});
        self
    }

    /// As the function gets it.
    #[must_use]
    pub fn value(self) -> Value {
        let Self { method, path, query, headers, body, is_base64, authorizer } = self;
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let parameters: Map<String, Value> = pairs.map(|(name, value)| (name.to_owned(), json!(value))).collect();
        let mut event = json!({
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "rawQueryString": query,
            "headers": headers,
            "requestContext": {
                "accountId": "123456789012", "apiId": "a1b2c3d4e5", "domainName": "api.touchstone.example", "domainPrefix": "api",
                "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test/1"},
                "requestId": "JKJaXmPLvHcESHA=", "routeKey": "$default", "stage": "$default",
                "time": "23/Nov/2026:00:00:00 +0000", "timeEpoch": 1_795_392_000_000_u64,
            },
            "isBase64Encoded": is_base64,
        });
        if !parameters.is_empty() {
            event["queryStringParameters"] = parameters.into();
        }
        if !body.is_null() {
            event["body"] = body;
        }
        if !authorizer.is_null() {
            event["requestContext"]["authorizer"] = authorizer;
        }
        event
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_decoded_and_the_query_is_not() {
        let event = Event::new("GET", "/v1/listings/a%20b%2Fc?brand=a%20b").jwt("kim", &["review", "score"]).value();
        assert_eq!(event["rawPath"], "/v1/listings/a b/c");
        assert_eq!(event["rawQueryString"], "brand=a%20b");
        assert_eq!(event["requestContext"]["authorizer"]["jwt"]["claims"]["roles"], "[review score]");
        assert_eq!(Event::new("POST", "/").binary(b"{}").value()["body"], "e30=");
    }
}
