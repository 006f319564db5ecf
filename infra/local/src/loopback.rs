//! Which requests were meant for this machine? A page in a browser may point its own name at 127.0.0.1, or ask 127.0.0.1 under its own
//! origin; neither is answered, by none of the servers.

use axum::Router;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::net::Ipv4Addr;
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};

/// The router, for requests of this machine alone.
pub(crate) fn guarded(router: Router) -> Router {
    router.layer(middleware::from_fn(guard))
}

/// Lets pages of this machine upload, as the bucket does on AWS for the console.
pub(crate) fn open_to_own_pages(router: Router) -> Router {
    let own = AllowOrigin::predicate(|origin: &HeaderValue, _: &Parts| is_own_origin(origin));
    let headers = AllowHeaders::mirror_request();
    router.layer(CorsLayer::new().allow_origin(own).allow_methods([Method::GET, Method::PUT]).allow_headers(headers))
}

async fn guard(request: Request, next: Next) -> Response {
    if !is_meant(request.headers()) {
        return (StatusCode::MISDIRECTED_REQUEST, "this server answers to 127.0.0.1 and localhost only\n").into_response();
    }
    if request.headers().get(header::ORIGIN).is_some_and(|origin| !is_own_origin(origin)) {
        return (StatusCode::FORBIDDEN, "this server answers to no pages of other origins\n").into_response();
    }
    next.run(request).await
}

fn is_meant(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    is_this_machine(host.rsplit_once(':').map_or(host, |(name, _)| name))
}

fn is_own_origin(origin: &HeaderValue) -> bool {
    let uri = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok());
    uri.is_some_and(|uri| uri.scheme_str() == Some("http") && uri.host().is_some_and(is_this_machine))
}

fn is_this_machine(name: &str) -> bool {
    name == "localhost" || name.parse() == Ok(Ipv4Addr::LOCALHOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let check = |host: Option<&str>, expected: bool| {
            let headers: HeaderMap = host.into_iter().map(|host| (header::HOST, host.parse().unwrap())).collect();
            assert_eq!(is_meant(&headers), expected, "{host:?}");
        };
        check(Some("127.0.0.1:8787"), true);
        check(Some("localhost"), true);
        check(Some("evil.example:8787"), false);
        check(Some("127.0.0.1.evil.example"), false);
        check(None, false);
    }

    #[test]
    fn only_pages_of_this_machine_are_answered() {
        let check = |origin: &str, expected: bool| assert_eq!(is_own_origin(&origin.parse().unwrap()), expected, "{origin}");
        check("http://127.0.0.1:8787", true);
        check("http://localhost:8787", true);
        check("https://evil.example", false);
        check("http://127.0.0.1.evil.example", false);
        check("http://localhost.evil.example:8787", false);
        check("null", false);
    }
}
