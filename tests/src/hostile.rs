//! What do the worst clients send? Requests drawn from a seed: random bytes, valid requests with something wrong, and tricks.

use crate::endpoint::person;
use crate::sample::{Generator, Rng, write};
use axum::body::Body;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, IF_MATCH};
use http::{Method, Request, Uri};
use score_api::limits::{BODY_BYTES_MAX, LISTINGS_MAX};
use score_api::{Principal, Role};
use std::sync::Arc;

/// Of a million requests to be scored, so many have megabytes.
const HUGE_PER_MILLION: u64 = 400;

/// Levels of the deepest bodies.
const NESTING_MAX: u64 = 100_000;

/// Bytes of the longest texts: beyond what is read.
const TEXT_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// Values in places where others are expected.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e400",
    "-1e400",
    "1e-400",
    "0.1e1",
    "18446744073709551616",
    "-9223372036854775809",
    "NaN",
    "Infinity",
    "01",
    "[]",
    "{}",
    "[[[[]]]]",
    r#"{"a":{"b":[1,{}]}}"#,
    r#""""#,
    r#"" ""#,
    r#""\u0000""#,
    r#""\ud800""#,
    r#""\udc00\ud800""#,
    r#""\uD83D\uDE00""#,
    r#""1e400""#,
    r#""-0""#,
    r#""９９，００""#,
    r#""1.234.567,89""#,
    r#""0x10""#,
    r#""2026-02-30T25:61:61Z""#,
    r#""-9999-01-01""#,
    r#""9999999999999999""#,
    r#""\u202e\u2066\ufeff""#,
    r#""http://\u0000/""#,
    r#"["a",null,1,{}]"#,
    r#""XXX""#,
    "\"\\",
    "\"",
    "\u{0}",
    "''",
    "{\"listings\":[]}",
];

/// Parts of paths and values of parameters.
const SEGMENTS: &[&str] = &[
    "A-17",
    "%2e%2e",
    "..",
    ".",
    "%00",
    "%ff",
    "%c0%af",
    "%2F",
    "%5c",
    "%25",
    "%",
    "%zz",
    "%e9%a9%b4",
    "驴牌",
    "~",
    "~~",
    "~YS9i",
    "~YS9iYQ==",
    "~_w",
    "~AAAA",
    "~!!",
    "+",
    "a+b",
    "%0d%0a",
    ";x=1",
    "{listing_id}",
    "*",
    "'",
    "%22",
    "HEAD",
    "#",
    "%F0%9F%98%80",
    "%ed%a0%80",
    "%E2%80%AE",
    "0",
    "-1",
    "1e400",
    "nan",
    "inf",
    "-inf",
    "true",
    "2026-11-23",
    "2026-02-30",
    "99999999999999999999",
];

const ROUTES: &[&str] =
    &["listings/$", "listings/$/explain", "listings/$/reviews", "listings/$/reviews/$", "queue", "jobs", "jobs/$"];

const PARAMETERS: &[&str] =
    &["history", "brand", "seller", "min_risk", "limit", "cursor", "day", "key", "store", "", "min_risk[]", "%00", "limit%00"];

const METHODS: &[&str] = &["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get", "POST", "P"];

const CONTENT_TYPES: &[&str] = &[
    "",
    "json",
    "text/plain",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "APPLICATION/JSON",
    ";",
    "/",
    "multipart/form-data; boundary=x",
    "application/+json",
    "application/problem+json",
    "application/json, text/html",
];

const TAGS: &[&str] = &["*", "\"\"", "\"0-\"", "W/\"0-0\"", "0", ",", ",,,*", "\"18446744073709551616-0\"", "\"", "\u{7f}"];

/// Makes requests.
#[derive(Debug)]
pub struct Client {
    rng: Rng,
    valid: Arc<Valid>,
}

/// What is right, to begin with: listings as JSON, with ids that are stored and cursors that were given.
#[derive(Debug)]
pub struct Valid {
    /// One listing each.
    pub listings: Vec<String>,
    /// Cursors of the queue that were given to [`reviewer`].
    pub cursors: Vec<String>,
}

impl Valid {
    /// Listings of the generator, in all its languages.
    #[must_use]
    pub fn listings(seed: u64, count: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let rows = Generator::new(seed).map(|sample| sample.row).take(count);
        // Memory takes everything.
        write::write(write::Format::Jsonl, rows, &mut lines).ok();
        String::from_utf8_lossy(&lines).lines().map(str::to_owned).collect()
    }
}

/// Who most of these requests claim to be.
#[must_use]
pub fn reviewer() -> Arc<Principal> {
    person("mallory", &[Role::Score, Role::Review])
}

impl Client {
    /// The client of one request: equal seeds and numbers give equal requests.
    #[must_use]
    pub fn new(seed: u64, number: u64, valid: Arc<Valid>) -> Self {
        Self { rng: Rng::of(seed, number), valid }
    }

    /// A request to `POST /v1/score` that stores nothing.
    pub fn to_score(&mut self) -> Request<Body> {
        let body = if self.rng.below(1_000_000) < HUGE_PER_MILLION { self.huge() } else { self.listing_body() };
        let query = if self.rng.chance(20) { format!("?store={}", self.odd_text().replace("true", "no")) } else { String::new() };
        self.request("POST", &format!("/v1/score{query}"), body, false)
    }

    /// A request to any route, most of which ask the tables.
    pub fn to_any(&mut self) -> Request<Body> {
        match self.rng.below(10) {
            0 | 1 => {
                let body = self.listing_body();
                self.request("POST", "/v1/score?store=true", body, true)
            }
            2 | 3 => {
                let path = format!("/v1/listings/{}/reviews", self.segment());
                let valid = r#"{"decision":"unsure","note":"who knows"}"#;
                let body = self.mutated(valid.as_bytes(), &["decision", "note"]);
                self.request("POST", &path, body, true)
            }
            4 => {
                let valid = r#"{"name":"export.csv.gz","bytes":123,"content_type":"text/csv"}"#;
                let body = self.mutated(valid.as_bytes(), &["name", "bytes", "content_type"]);
                self.request("POST", "/v1/uploads", body, true)
            }
            5 => {
                let path = (0..self.rng.below(12)).map(|_| format!("/{}", self.segment())).collect::<String>();
                self.request("GET", &if path.is_empty() { "//".to_owned() } else { path }, Vec::new(), false)
            }
            _ => {
                let mut path = format!("/v1/{}", self.rng.pick(ROUTES));
                while path.contains('$') {
                    path = path.replacen('$', &self.segment(), 1);
                }
                let is_one_review = path.matches('/').count() == 5;
                let parameters: Vec<_> = (0..self.rng.below(4)).map(|_| self.parameter()).collect();
                let query = if parameters.is_empty() { String::new() } else { format!("?{}", parameters.join("&")) };
                self.request(if is_one_review { "DELETE" } else { "GET" }, &(path + &query), Vec::new(), true)
            }
        }
    }

    fn request(&mut self, method: &str, uri: &str, body: Vec<u8>, is_again: bool) -> Request<Body> {
        let method = if self.rng.chance(30) { self.rng.pick(METHODS) } else { method };
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = Method::from_bytes(method.as_bytes()).unwrap_or(Method::POST);
        // What is no address does not get past the server.
        *request.uri_mut() = uri.parse().unwrap_or_else(|_| Uri::from_static("/v1/score"));
        let odd_type = self.rng.chance(30);
        let content_type = if odd_type { self.rng.pick(CONTENT_TYPES) } else { "application/json" };
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        if self.rng.chance(if is_again { 600 } else { 20 }) {
            let tag = if self.rng.chance(500) { self.rng.pick(TAGS).as_bytes().to_vec() } else { self.bytes(300) };
            headers.extend(HeaderValue::from_bytes(&tag).ok().map(|value| (IF_MATCH, value)));
        }
        if is_again && self.rng.chance(200) {
            // Few different ones, so that they come again.
            let key = if self.rng.chance(700) { vec![b'k'; self.rng.index(4)] } else { self.bytes(300) };
            headers.extend(HeaderValue::from_bytes(&key).ok().map(|value| (HeaderName::from_static("idempotency-key"), value)));
        }
        for _ in 0..if self.rng.chance(30) { self.rng.below(40) } else { 0 } {
            let name =
                ["x-request-id", "origin", "host", "content-length", "range", "x-forwarded-for", "cookie"][self.rng.index(7)];
            let value = self.bytes(2_000);
            headers.extend(HeaderValue::from_bytes(&value).ok().map(|value| (HeaderName::from_static(name), value)));
        }
        match self.rng.below(100) {
            0 => {}
            1 => drop(request.extensions_mut().insert(person("nobody", &[]))),
            _ => drop(request.extensions_mut().insert(reviewer())),
        }
        request
    }

    /// A listing or some, with something wrong more often than not.
    fn listing_body(&mut self) -> Vec<u8> {
        let mut one = || self.valid.listings[self.rng.index(self.valid.listings.len())].clone();
        let listing = one();
        let text = match self.rng.below(20) {
            0 => {
                let many =
                    (0..self.rng.between(0, 20)).map(|_| self.valid.listings[self.rng.index(self.valid.listings.len())].as_str());
                format!("{{\"listings\":[{}]}}", many.collect::<Vec<_>>().join(","))
            }
            1 => format!("{{\"listings\":{}}}", self.rng.pick(VALUES)),
            2 => {
                let value = self.rng.pick(VALUES);
                format!("{{\"listings\":[{}]}}", vec![value; self.rng.index(LISTINGS_MAX + 20)].join(","))
            }
            _ => listing,
        };
        let fields = scoring::Field::ALL.map(scoring::Field::name);
        self.mutated(text.as_bytes(), &fields)
    }

    /// A valid body with something done to it, or something else instead.
    fn mutated(&mut self, valid: &[u8], fields: &[&str]) -> Vec<u8> {
        let mut body = valid.to_vec();
        match self.rng.below(14) {
            0 => self.bytes(2_000),
            1 => (0..self.rng.below(60))
                .map(|_| *self.rng.pick(&[&b'{', &b'}', &b'[', &b']', &b'"', &b':', &b',', &b'\\', &b'1', &b' ']))
                .collect(),
            2 => self.nested(),
            3 => {
                body.truncate(self.rng.index(body.len() + 1));
                body
            }
            4 => {
                let (from, to) = (self.rng.index(body.len()), self.rng.index(body.len()));
                let copy = body[from.min(to)..from.max(to)].to_vec();
                let at = self.rng.index(body.len());
                body.splice(at..at, copy);
                body
            }
            5..8 => {
                for _ in 0..self.rng.between(1, 8) {
                    let at = self.rng.index(body.len());
                    body[at] ^= 1 << self.rng.below(8);
                }
                body
            }
            8..12 => self.with_wrong_types(body, fields),
            _ => body,
        }
    }

    /// Further members in front of the closing brace: known names with odd values, so that some come twice.
    fn with_wrong_types(&mut self, mut body: Vec<u8>, fields: &[&str]) -> Vec<u8> {
        let Some(end) = body.iter().rposition(|byte| *byte == b'}') else { return body };
        body.truncate(end);
        for _ in 0..self.rng.between(1, 3) {
            body.extend(format!(",\"{}\":", self.rng.pick(fields)).bytes());
            let value = self.value();
            body.extend(value);
        }
        body.push(b'}');
        body
    }

    fn value(&mut self) -> Vec<u8> {
        match self.rng.below(10) {
            0 => [b"\"", self.bytes(200).as_slice(), b"\""].concat(),
            1 => vec![b'9'; 300 + self.rng.index(10)],
            2 => format!("{}e{}", self.rng.next(), self.rng.below(100_000)).into_bytes(),
            3 => format!("\"{}\"", self.odd_text().repeat(self.rng.index(400))).into_bytes(),
            4 => self.nested(),
            _ => self.rng.pick(VALUES).as_bytes().to_vec(),
        }
    }

    fn nested(&mut self) -> Vec<u8> {
        let levels = if self.rng.chance(100) { self.rng.below(NESTING_MAX + 1) } else { self.rng.below(300) };
        let open = self.rng.pick(&["[", "{\"listings\":", "{\"listings\":[", "{\"title\":", "[[],"]);
        open.repeat(usize::try_from(levels).unwrap_or_default()).into_bytes()
    }

    /// Around and beyond the longest body that is read.
    fn huge(&mut self) -> Vec<u8> {
        let bytes =
            if self.rng.chance(500) { self.rng.below(TEXT_BYTES_MAX) } else { BODY_BYTES_MAX as u64 - self.rng.below(200) };
        let bytes = usize::try_from(bytes).unwrap_or_default();
        let unit = self.rng.pick(&["a", "9", " ", "replica ", "驴", "\u{202e}", "L.V ", "1:1", "\\u0000", "\\n", "é"]);
        let text = unit.repeat(bytes / unit.len());
        match self.rng.below(4) {
            0 => format!("{{\"listing_id\":\"big\",\"title\":\"{text}\"}}"),
            1 => format!("{{\"listing_id\":\"big\",\"title\":\"Gucci bag\",\"description\":\"{text}\"}}"),
            2 => format!("{{\"listings\":[{}1]}}", "1,".repeat(bytes / 2)),
            _ => text,
        }
        .into_bytes()
    }

    fn segment(&mut self) -> String {
        match self.rng.below(12) {
            0 => "x".repeat(self.rng.index(3_000)),
            1 => (0..self.rng.between(1, 40)).map(|_| format!("%{:02x}", self.rng.below(256))).collect(),
            2 => "%2e%2e%2f".repeat(self.rng.index(40)),
            3 => format!("~{}", "A".repeat(self.rng.index(2_000))),
            4..7 => ["S-1", "S-2", "S-3", "S-4"][self.rng.index(4)].to_owned(),
            _ => self.odd_text(),
        }
    }

    fn parameter(&mut self) -> String {
        let name = self.rng.pick(PARAMETERS);
        let cursors = self.valid.cursors.len();
        if name == "cursor" && cursors > 0 && self.rng.chance(500) {
            let mut cursor = self.valid.cursors[self.rng.index(cursors)].clone();
            if self.rng.chance(500) {
                cursor.truncate(self.rng.index(cursor.len()));
            }
            return format!("cursor={cursor}");
        }
        let value = self.segment().repeat(if self.rng.chance(20) { 100 } else { 1 });
        format!("{name}={value}")
    }

    fn odd_text(&mut self) -> String {
        self.rng.pick(SEGMENTS).to_owned()
    }

    fn bytes(&mut self, bytes_max: u64) -> Vec<u8> {
        (0..self.rng.below(bytes_max + 1)).map(|_| u8::try_from(self.rng.below(256)).unwrap_or_default()).collect()
    }
}
