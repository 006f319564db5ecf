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
    "decisions.js" "text/javascript"
    "docs.css" "text/css"
    "explain-view.js" "text/javascript"
    "facts-view.js" "text/javascript"
    "focus.js" "text/javascript"
    "format.js" "text/javascript"
    "header-view.js" "text/javascript"
    "help-view.js" "text/javascript"
    "highlight.js" "text/javascript"
    "htm.js" "text/javascript"
    "html.js" "text/javascript"
    "icon.svg" "image/svg+xml"
    "jobs-view.js" "text/javascript"
    "keys.js" "text/javascript"
    "listing-view.js" "text/javascript"
    "listings.js" "text/javascript"
    "messages-view.js" "text/javascript"
    "messages.js" "text/javascript"
    "preact-hooks.js" "text/javascript"
    "preact.js" "text/javascript"
    "queue-view.js" "text/javascript"
    "queue.js" "text/javascript"
    "reasons-view.js" "text/javascript"
    "route.js" "text/javascript"
    "seller-text.js" "text/javascript"
    "session.js" "text/javascript"
    "sign-in-view.js" "text/javascript"
    "store.js" "text/javascript"
    "style.css" "text/css"
    "uploads.js" "text/javascript"
    "words.js" "text/javascript"
};

/// The page. `uploads_origin` is where browsers send uploads to, such as `https://bucket.s3.eu-central-1.amazonaws.com`.
pub(crate) fn page(uploads_origin: &str) -> Response {
    let mut response = ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-cache")], PAGE).into_response();
    let rule = HeaderValue::try_from(content_rule(uploads_origin)).expect("its parts are visible ASCII");
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

/// What the page may load and talk to. With trusted types the browser refuses to make markup out of text, whoever tries.
fn content_rule(uploads_origin: &str) -> String {
    // An origin that would end its directive is one that nobody can upload to; the page works without.
    let is_origin = |origin: &str| origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/[]".contains(&byte));
    let uploads_origin = if is_origin(uploads_origin) { uploads_origin } else { "" };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {uploads_origin}; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Files of others, as they came.
    const VENDORED: [&str; 3] = ["htm.js", "preact-hooks.js", "preact.js"];

    /// Names of files that a text names.
    fn named(text: &'static str) -> impl Iterator<Item = &'static str> {
        let parts = text.split(['"', '\'']);
        let names = parts.filter_map(|part| part.strip_prefix("/console/").or_else(|| part.strip_prefix("./")));
        names.filter(|name| [".js", ".css", ".svg"].iter().any(|end| name.ends_with(end)))
    }

    #[test]
    fn what_is_named_is_there_and_what_is_there_is_named() {
        let there: BTreeSet<_> = ASSETS.iter().map(|asset| asset.name).collect();
        // The document of the API has its own style sheet and shares the icon.
        let by_page: BTreeSet<_> = named(PAGE).chain(["docs.css"]).collect();
        assert_eq!(by_page, there, "the page names every file, so that the browser fetches them all at once");
        for asset in ASSETS {
            let missing: Vec<_> = named(asset.text).filter(|name| !there.contains(name)).collect();
            assert!(missing.is_empty(), "{} needs {missing:?}", asset.name);
        }
    }

    #[test]
    fn nothing_stands_in_the_page_that_its_rule_forbids() {
        assert!(!PAGE.contains("style=") && !PAGE.contains("<style") && !PAGE.contains(" on"));
        let scripts: Vec<_> = PAGE.split("<script").skip(1).collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            assert!(script.contains("src=\"/console/") && script.contains("></script>"), "{script}");
        }
        let check = |origin: &str, connect: &str| {
            let expected = format!(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src {connect}; img-src 'self' data:; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                 trusted-types 'none'"
            );
            assert_eq!(page(origin).headers()[CONTENT_SECURITY_POLICY], expected, "{origin}");
        };
        check("https://bucket.example", "'self' https://bucket.example");
        check("http://[::1]:9000", "'self' http://[::1]:9000");
        check("x; script-src *", "'self' ");
        check("x\r\ny: z", "'self' ");
        check("", "'self' ");
    }

    #[test]
    fn no_file_makes_markup_or_code_out_of_text() {
        const FORBIDDEN: &[&str] = &[
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "dangerouslySetInnerHTML",
            "style=",
            "srcdoc",
            "sourceMappingURL",
        ];
        for asset in ASSETS.iter().filter(|asset| !VENDORED.contains(&asset.name)) {
            for forbidden in FORBIDDEN {
                assert!(!asset.text.contains(forbidden), "{} has {forbidden}", asset.name);
            }
            let first = asset.text.lines().next().unwrap_or_default();
            let says = !asset.name.ends_with(".js") || (first.starts_with("// ") && first.contains('?'));
            assert!(says, "{} does not say which question it answers", asset.name);
        }
        for name in VENDORED {
            assert!(asset(name, &HeaderMap::new()).is_some(), "{name} is not embedded");
        }
    }

    #[test]
    fn a_file_that_the_browser_has_is_not_sent_again() {
        let first = asset("app.js", &HeaderMap::new()).unwrap();
        let header = |name| first.headers()[&name].to_str().unwrap().to_owned();
        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!([CONTENT_TYPE, CACHE_CONTROL].map(header), ["text/javascript; charset=utf-8", "no-cache"]);
        let headers = HeaderMap::from_iter([(IF_NONE_MATCH, first.headers()[ETAG].clone())]);
        assert_eq!(asset("app.js", &headers).unwrap().status(), StatusCode::NOT_MODIFIED);
        assert_eq!(asset("api.js", &headers).unwrap().status(), StatusCode::OK);
        assert!(asset("../Cargo.toml", &headers).is_none());
    }
}
