//! What does the review console consist of? One page without data and its files, embedded in the binary.
//!
//! The page runs nothing but its own files and talks to nobody but the endpoint and the bucket for uploads; its content security
//! policy says so to the browser.

use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};
use sha2::{Digest, Sha256};

const PAGE: &str = include_str!("../console/index.html");

/// A file of the page.
struct Asset {
    /// Below `/console/`.
    name: &'static str,
    content_type: &'static str,
    text: &'static str,
}

macro_rules! assets {
    ($($name:literal $content_type:literal)*) => {
        &[$(Asset { name: $name, content_type: $content_type, text: include_str!(concat!("../console/", $name)) }),*]
    };
}

const ASSETS: &[Asset] = assets! {
    "api.js" "text/javascript"
    "app.js" "text/javascript"
    "console.css" "text/css"
    "docs.css" "text/css"
    "format.js" "text/javascript"
    "highlight.js" "text/javascript"
    "icon.svg" "image/svg+xml"
    "jobs.js" "text/javascript"
    "keys.js" "text/javascript"
    "listing.js" "text/javascript"
    "queue.js" "text/javascript"
    "session.js" "text/javascript"
    "vendor/preact-htm.js" "text/javascript"
};

/// The page. `uploads_origin` is where browsers send uploads to.
pub(crate) fn page(uploads_origin: &str) -> Response {
    let rule = content_rule(uploads_origin);
    let mut response = ([(CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response();
    // An origin that is no header value would be one nobody can upload to; the page works without.
    let rule = HeaderValue::from_str(&rule).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"));
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, rule);
    response
}

/// A file of the page; nothing when there is none of that name. One that the browser has already is not sent again.
pub(crate) fn asset(name: &str, headers: &HeaderMap) -> Option<Response> {
    let asset = ASSETS.iter().find(|asset| asset.name == name)?;
    let digest = Sha256::digest(asset.text);
    let tag = format!("\"{}\"", digest[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    // Asked about every time: after a new release the page must not run with old files.
    let kept = [(CACHE_CONTROL, "no-cache".to_owned()), (ETAG, tag.clone())];
    if headers.get(IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes()) {
        return Some((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let content_type = format!("{}; charset=utf-8", asset.content_type);
    Some((kept, [(CONTENT_TYPE, content_type)], asset.text).into_response())
}

fn content_rule(uploads_origin: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {uploads_origin}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_is_named_is_there() {
        let texts = ASSETS.iter().map(|asset| asset.text).chain([PAGE]);
        for text in texts {
            let named =
                text.split(['"', '\'']).filter_map(|part| part.strip_prefix("/console/").or_else(|| part.strip_prefix("./")));
            for name in named.filter(|name| name.ends_with(".js") || name.ends_with(".css") || name.ends_with(".svg")) {
                assert!(ASSETS.iter().any(|asset| asset.name == name), "{name} is missing");
            }
        }
    }

    #[test]
    fn nothing_stands_in_the_page_that_its_rule_forbids() {
        assert!(!PAGE.contains("style=") && !PAGE.contains("<style") && !PAGE.contains(" on"));
        let scripts: Vec<_> = PAGE.split("<script").skip(1).collect();
        assert!(
            !scripts.is_empty()
                && scripts.iter().all(|script| script.contains("src=\"/console/") && script.contains("></script>"))
        );
        for asset in ASSETS.iter().filter(|asset| !asset.name.starts_with("vendor/")) {
            for forbidden in
                ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "dangerouslySetInnerHTML", "style="]
            {
                assert!(!asset.text.contains(forbidden), "{} has {forbidden}", asset.name);
            }
            let first = asset.text.lines().next().unwrap_or_default();
            assert!(
                !asset.name.ends_with(".js") || (first.starts_with("// ") && first.contains('?')),
                "{} does not say what it answers",
                asset.name
            );
        }
        assert_eq!(
            content_rule("https://bucket.example"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' https://bucket.example; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
    }

    #[test]
    fn a_file_that_the_browser_has_is_not_sent_again() {
        let first = asset("app.js", &HeaderMap::new()).unwrap();
        assert_eq!(
            (first.status(), first.headers()[CONTENT_TYPE].as_bytes()),
            (StatusCode::OK, &b"text/javascript; charset=utf-8"[..])
        );
        let headers = HeaderMap::from_iter([(IF_NONE_MATCH, first.headers()[ETAG].clone())]);
        assert_eq!(asset("app.js", &headers).unwrap().status(), StatusCode::NOT_MODIFIED);
        assert!(asset("../Cargo.toml", &headers).is_none());
    }
}
