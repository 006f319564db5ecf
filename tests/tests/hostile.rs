//! What can a client do to the endpoint? Nothing: every request is answered with what the contract names, in bounded memory.
#![allow(clippy::unwrap_used, clippy::panic)]

use http::Method;
use score_api::Role;
use score_api::limits::BODY_BYTES_MAX;
use score_api::problem::CODES;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tests::endpoint::{Answer, Ask, Endpoint, answer, flagged, person, word};
use tests::hostile::{Client, Valid, reviewer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Requests; the environment variable REQUESTS takes another number, for a long run.
const REQUESTS: u64 = 100_000;

/// One in so many goes to a route that asks the tables.
const ONE_IN_TO_TABLES: u64 = 25;

/// The seed; the environment variable SEED takes another.
const SEED: u64 = 20_261_123;

/// Requests that are under way at once.
const AT_ONCE: u64 = 8;

/// How much the peak of this process's memory may grow over all requests: eight bodies of 10 MB with what is made of them, and what was
/// stored.
const MEMORY_GROWTH_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Longest that a server may take to answer or hang up.
const PATIENCE: Duration = Duration::from_secs(30);

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// The peak of this process's resident memory in bytes, where the kernel tells it.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// What is wrong with an answer, if anything is.
fn mistake(method: &Method, answer: &Answer) -> Option<String> {
    let (status, code) = answer.outcome();
    let known = CODES.iter().any(|known| known.name == code && known.status == status);
    let is_fine = (200..300).contains(&status) || status == 304;
    let problem = if answer.header("x-request-id").is_empty() {
        "it has no x-request-id"
    } else if answer.text().contains("row.internal_error") {
        "the scorer panicked"
    } else if !is_fine && *method != Method::HEAD && !known {
        "it is no documented problem"
    } else if !is_fine && answer.header("content-type") != "application/problem+json" {
        "it has another content type than problems"
    } else if status >= 500 {
        "it is our fault"
    } else {
        return None;
    };
    Some(format!("{problem}: {status} {} {:.500}", answer.header("content-type"), answer.text()))
}

async fn valid(endpoint: &Endpoint) -> Arc<Valid> {
    let stored: Vec<_> = (0..30).map(|n| flagged(&format!("S-{n}"), "Gucci", &word(n), "s")).collect();
    endpoint.store(&stored).await;
    let first = endpoint.ask(Ask::get("/v1/queue?limit=5").by(&reviewer())).await;
    let cursor = first.json()["cursor"].as_str().unwrap().to_owned();
    let second = endpoint.ask(Ask::get(&format!("/v1/queue?limit=5&cursor={cursor}")).by(&reviewer())).await;
    let cursors = vec![cursor, second.json()["cursor"].as_str().unwrap().to_owned()];
    Arc::new(Valid { listings: Valid::listings(SEED, 500), cursors })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_is_answered_with_what_the_contract_names() {
    let (seed, requests) = (setting("SEED", SEED), setting("REQUESTS", REQUESTS));
    let endpoint = Endpoint::begin().await;
    let valid = valid(&endpoint).await;
    let before = peak_bytes();
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..AT_ONCE {
        let (router, valid) = (endpoint.router(), Arc::clone(&valid));
        workers.spawn(async move {
            let mut by_status = std::collections::BTreeMap::<u16, u64>::new();
            for number in (worker..requests).step_by(usize::try_from(AT_ONCE).unwrap()) {
                let mut client = Client::new(seed, number, Arc::clone(&valid));
                let request = if number % ONE_IN_TO_TABLES == 0 { client.to_any() } else { client.to_score() };
                let (method, line) =
                    (request.method().clone(), format!("{} {:.200}", request.method(), request.uri().to_string()));
                let answer = timeout(PATIENCE, answer(router.clone(), request)).await;
                let answer = answer.unwrap_or_else(|_| panic!("seed {seed}, request {number}, {line}: no answer"));
                if let Some(mistake) = mistake(&method, &answer) {
                    panic!("seed {seed}, request {number}, {line}: {mistake}");
                }
                *by_status.entry(answer.status).or_default() += 1;
            }
            by_status
        });
    }
    let mut by_status = std::collections::BTreeMap::<u16, u64>::new();
    while let Some(done) = workers.join_next().await {
        done.unwrap().into_iter().for_each(|(status, count)| *by_status.entry(status).or_default() += count);
    }
    if let (Some(before), Some(after)) = (before, peak_bytes()) {
        let grown = after.saturating_sub(before);
        println!("{by_status:?}; the peak of memory grew by {grown} bytes from {before}");
        assert!(grown <= MEMORY_GROWTH_BYTES_MAX, "the peak of memory grew by {grown} bytes from {before}");
    }
    // A test that only asks nonsense proves little, and so does one that asks none.
    for status in [200, 201, 400, 401, 403, 404, 405, 412, 413, 415, 422, 428] {
        assert!(by_status.contains_key(&status), "no request was answered with {status}: {by_status:?}");
    }
    let fine = by_status[&200];
    assert!(fine > requests / 20 && fine < requests * 19 / 20, "{by_status:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_at_the_edge_of_what_is_read() {
    let endpoint = Endpoint::begin().await;
    let who = person("shop", &[Role::Score]);
    let ask = async |body: Vec<u8>| endpoint.ask(Ask::new("POST", "/v1/score").json(body).by(&who)).await.outcome();
    let listing = |bytes: usize| {
        let (head, tail) = (r#"{"listing_id":"A","title":"Gucci ""#, "\"}");
        let head = head.strip_suffix('"').unwrap();
        format!("{head}{}{tail}", "a".repeat(bytes - head.len() - tail.len())).into_bytes()
    };
    assert_eq!(ask(listing(BODY_BYTES_MAX)).await, (200, String::new()));
    assert_eq!(ask(listing(BODY_BYTES_MAX + 1)).await, (413, "body.too_large".into()));
    assert_eq!(ask(listing(10 * 1024 * 1024)).await, (413, "body.too_large".into()));
    for levels in [127, 128, 1_000, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let (begun, whole) = (open.repeat(levels), format!("{}1{}", open.repeat(levels), close.repeat(levels)));
            let field = |nested: &str| format!("{{\"listing_id\":\"A\",\"title\":{nested}");
            let listings = |nested: &str| format!("{{\"listings\":[{nested}]}}");
            for body in [begun.clone(), whole.clone(), field(&begun), field(&whole) + "}", listings(&begun), listings(&whole)] {
                let (status, code) = ask(body.into_bytes()).await;
                let is_named = code.is_empty() || code.starts_with("json.") || code.starts_with("row.");
                assert!(status < 500 && is_named, "{levels} times {open}: {status} {code}");
            }
            assert_eq!(ask(field(&begun).into_bytes()).await.0, 400, "{levels} times {open}, without an end");
        }
    }
    // A price that makes no sense is an issue of the listing; a number that JSON readers cannot hold is none.
    let nines = "9".repeat(1_000);
    for (number, status) in [("1e300", 200), ("1e400", 400), (&nines[..300], 200), (&nines, 400), ("1e-400", 200), ("-0.0", 200)]
    {
        let body = format!("{{\"listing_id\":\"A\",\"title\":\"Bag\",\"price\":{number}}}");
        assert_eq!(ask(body.into_bytes()).await.0, status, "{number:.20}");
        let body = format!("{{\"listing_id\":\"A\",\"title\":\"Bag\",\"price\":\"{number}\"}}");
        assert_eq!(ask(body.into_bytes()).await.0, 200, "as text {number:.20}");
    }
}

/// What a client does when it has sent everything.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Waits,
    /// Sends no more: a server may take that for a client that has gone.
    Ends,
}

/// Sends these bytes over a connection of their own; the status of the first answer, or nothing when the server hung up.
async fn sent(server: SocketAddr, bytes: &[u8], then: Then) -> Option<u16> {
    let mut stream = TcpStream::connect(server).await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let mut answer = Vec::new();
    let both = async {
        // The server may answer and hang up before it has read everything.
        let send = async {
            writer.write_all(bytes).await.ok();
            if then == Then::Ends {
                writer.shutdown().await.ok();
            }
        };
        let read = async {
            reader.read_to_end(&mut answer).await.ok();
        };
        tokio::join!(send, read);
    };
    timeout(PATIENCE, both).await.unwrap_or_else(|_| panic!("neither an answer nor an end: {:.60}", bytes.escape_ascii()));
    let line = String::from_utf8_lossy(answer.get(..12)?).into_owned();
    // To a client that begins in HTTP/2 the server may speak it.
    line.starts_with("HTTP/1.").then(|| line[9..].parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_outlives_what_is_no_request() {
    let endpoint = Endpoint::begin().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    let serving = tokio::spawn(axum::serve(listener, endpoint.router()).into_future());
    let get = |headers: &str| format!("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n").into_bytes();
    let post = |headers: &str| {
        format!("POST /v1/score HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n{headers}\r\n").into_bytes()
    };
    let many: String = (0..10_000).map(|n| format!("x-h-{n}: v\r\n")).collect();
    let floods = [
        ("10,000 headers", get(&many)),
        ("a header of a megabyte", get(&format!("x-long: {}\r\n", "v".repeat(1_000_000)))),
        ("a path of a megabyte", format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "x".repeat(1_000_000)).into_bytes()),
        ("a NUL in a header", get("x-nul: a\0b\r\n")),
        ("a header without a name", get(": v\r\n")),
        ("a folded header", get("x: a\r\n b\r\n")),
        ("no version", b"GET /healthz\r\n\r\n".to_vec()),
        ("no HTTP", [0, 255, 10, 13].repeat(5_000)),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("a path of raw bytes", b"GET /\xff\xfe\x00 HTTP/1.1\r\nhost: a\r\n\r\n".to_vec()),
        ("a length that is none", post("content-length: 1e9\r\n")),
        ("a length beyond numbers", post("content-length: 99999999999999999999999\r\n")),
        ("two lengths", post("content-length: 5\r\ncontent-length: 6\r\n")),
        ("chunks that are none", [post("transfer-encoding: chunked\r\n"), b"zz\r\n{}\r\n0\r\n\r\n".to_vec()].concat()),
        ("a chunk of half the memory", [post("transfer-encoding: chunked\r\n"), b"7fffffffffffffff\r\n{}".to_vec()].concat()),
        ("a body that breaks off", [post("content-length: 500\r\n"), b"{\"title\":".to_vec()].concat()),
        ("nothing", Vec::new()),
    ];
    for (name, bytes) in floods {
        let status = sent(server, &bytes, Then::Ends).await;
        assert!(status.is_none_or(|status| (400..500).contains(&status)), "{name}: {status:?}");
        assert_eq!(sent(server, &get(""), Then::Waits).await, Some(200), "after {name}");
    }
    // Longer than a gateway lets through, and no harm.
    assert_eq!(sent(server, &get(&format!("x-long: {}\r\n", "v".repeat(100_000))), Then::Waits).await, Some(200));
    let pipelined = get("").repeat(1_000);
    assert_eq!(sent(server, &pipelined, Then::Waits).await, Some(200));
    assert!(!serving.is_finished());
    serving.abort();
}
