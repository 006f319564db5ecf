//! How fast is the endpoint? One listing a request: within the process, over loopback with few and many connections, and from a cold start.

use super::corpus::SEED;
use super::measured::{median, number};
use super::start::{Function, Start, measure as measure_start};
use axum::body::Body;
use http::Request;
use http::header::CONTENT_TYPE;
use local::stack::{Stack, Storage};
use local::{Tokens, endpoint};
use score_api::Role;
use serde_json::{Value, json};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tests::endpoint::{answer, person};
use tests::gateway::Event;
use tests::hostile::Valid;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// Connections at once.
const CONNECTIONS: [usize; 3] = [1, 8, 64];

/// Different listings; each is asked for many times.
const LISTINGS: usize = 2_000;

/// Longest head of an answer, in bytes.
const HEAD_BYTES_MAX: usize = 8_192;

/// Everything that was measured.
pub(crate) struct Http {
    requests: usize,
    handler: Latency,
    loopback: Vec<(usize, f64, Latency)>,
    start: Option<Start>,
}

/// How long requests take.
#[derive(Clone, Copy)]
struct Latency {
    p50: Duration,
    p99: Duration,
}

impl Latency {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
        Self { p50: median(times), p99 }
    }

    fn json(self) -> Value {
        json!({"p50_us": tenths(micros(self.p50)), "p99_us": tenths(micros(self.p99))})
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn failed(problem: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::other(problem)
}

/// Measures all of it.
pub(crate) fn measure(requests: usize, starts: usize) -> io::Result<Http> {
    let listings: Arc<[String]> = readable(Valid::listings(SEED, LISTINGS)).into();
    // The server has its threads and the clients one of their own, as on a machine that also serves the requests it makes.
    let server = Builder::new_multi_thread().enable_all().build()?;
    let stack = server.block_on(Stack::start(Storage::Memory)).map_err(failed)?;
    let tokens = Tokens::of_folder(stack.home()).map_err(failed)?;
    let clients = Builder::new_current_thread().enable_all().build()?;
    let handler = within(&clients, &stack, &tokens, &listings, requests)?;
    let listener = server.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let token = tokens.score.clone();
    server.spawn(axum::serve(listener, endpoint::router(&stack, tokens)).into_future());
    let messages: Arc<[Vec<u8>]> = listings.iter().map(|listing| message(listing, &token)).collect();
    let mut loopback = Vec::new();
    for connections in CONNECTIONS {
        let (rate, latency) = clients.block_on(over(address, &messages, connections, requests))?;
        loopback.push((connections, rate, latency));
    }
    server.shutdown_background();
    let start = measure_start(&function(&listings[0]), starts)?;
    Ok(Http { requests, handler, loopback, start })
}

/// Those that are scored; the generator damages a few.
fn readable(listings: Vec<String>) -> Vec<String> {
    let is_readable =
        |text: &String| serde_json::from_str::<scoring::RawListing>(text).is_ok_and(|raw| raw.into_listing().is_ok());
    listings.into_iter().filter(is_readable).collect()
}

/// The router alone, with somebody signed in, the answer read to its end.
fn within(runtime: &Runtime, stack: &Stack, tokens: &Tokens, listings: &[String], requests: usize) -> io::Result<Latency> {
    let router = score_api::router(endpoint::deps(stack, tokens));
    let program = person("bench", &[Role::Score]);
    runtime.block_on(async {
        let mut times = Vec::with_capacity(requests);
        // A tenth more, to warm up.
        let warm_up = requests / 10;
        for listing in listings.iter().cycle().take(requests + warm_up) {
            let request = Request::post("/v1/score").header(CONTENT_TYPE, "application/json").extension(Arc::clone(&program));
            let request = request.body(Body::from(listing.clone())).map_err(failed)?;
            let router = router.clone();
            let begun = Instant::now();
            let answer = answer(router, request).await;
            times.push(begun.elapsed());
            if answer.status != 200 {
                return Err(failed(answer.text()));
            }
        }
        Ok(Latency::of(times.split_off(warm_up)))
    })
}

/// A request as it goes over the wire.
fn message(listing: &str, token: &str) -> Vec<u8> {
    let head = "POST /v1/score HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nauthorization: Bearer";
    format!("{head} {token}\r\ncontent-length: {}\r\n\r\n{listing}", listing.len()).into_bytes()
}

/// Requests a second over so many connections that are kept open; each asks as soon as it was answered.
async fn over(address: SocketAddr, messages: &Arc<[Vec<u8>]>, connections: usize, requests: usize) -> io::Result<(f64, Latency)> {
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let begun = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for (number, mut connection) in open.into_iter().enumerate() {
        let messages = Arc::clone(messages);
        clients.spawn(async move {
            let mut times = Vec::new();
            for message in messages.iter().cycle().skip(number * 17).take(requests.div_ceil(connections)) {
                let begun = Instant::now();
                connection.ask(message).await?;
                times.push(begun.elapsed());
            }
            Ok::<_, io::Error>(times)
        });
    }
    let mut times = Vec::with_capacity(requests);
    while let Some(done) = clients.join_next().await {
        times.extend(done.map_err(failed)??);
    }
    let rate = number(times.len() as u64) / begun.elapsed().as_secs_f64();
    Ok((rate, Latency::of(times)))
}

/// A connection that is kept open.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::new() })
    }

    /// Asks, and reads the answer to its end.
    async fn ask(&mut self, message: &[u8]) -> io::Result<()> {
        self.stream.write_all(message).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let Some(head_bytes) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
                if self.buffer.len() > HEAD_BYTES_MAX {
                    return Err(failed("the answer has no end of its head"));
                }
                continue;
            };
            let head = String::from_utf8_lossy(&self.buffer[..head_bytes]);
            if !head.starts_with("HTTP/1.1 200 ") {
                return Err(failed(head.into_owned()));
            }
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            let length = length.ok_or_else(|| failed("the answer does not say its length"))?;
            if self.buffer.len() >= head_bytes + 4 + length {
                return Ok(());
            }
        }
    }
}

/// The function as the gateway starts it: with one listing.
fn function(listing: &str) -> Function {
    let variables = &[
        ("RESULTS_TABLE", "table"),
        ("JOBS_TABLE", "table"),
        ("REVIEWS_TABLE", "table"),
        ("REQUESTS_TABLE", "table"),
        ("UPLOADS_BUCKET", "uploads"),
        ("RESULTS_BUCKET", "results"),
        ("CURSOR_SECRET", "a secret of thirty-two characters"),
    ];
    let body = serde_json::from_str(listing).unwrap_or(Value::Null);
    let event = Event::new("POST", "/v1/score").json(&body).jwt("bench", &["score"]).value();
    Function { name: "score-api", variables, event: Some(event.to_string()) }
}

impl Http {
    /// For the table: names and values.
    pub(crate) fn lines(&self) -> Vec<(String, String)> {
        let Latency { p50, p99 } = self.handler;
        let handler = format!(
            "{:>12.0}  us to score one listing, 99% within {:.0} us ({} requests)",
            micros(p50),
            micros(p99),
            self.requests
        );
        let mut lines = vec![("http handler".to_owned(), handler)];
        for (connections, rate, Latency { p50, p99 }) in &self.loopback {
            let line = format!("{rate:>12.0}  requests/s, {:.0} us each, 99% within {:.0} us", micros(*p50), micros(*p99));
            lines.push((format!("http loopback {connections}"), line));
        }
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        if let Some(start) = &self.start
            && let Some((answered, memory)) = start.answered
        {
            let polled = format!("{:>12.1}  ms to the first poll, {:.1} ms to the first answer", ms(start.median), ms(answered));
            lines.push(("http start".to_owned(), polled));
            lines.push(("http memory".to_owned(), format!("{:>12.1}  MB after the first answer", number(memory) / 1e6)));
            lines.push(("http binary".to_owned(), format!("{:>12}  bytes, {}", start.bytes, start.binary)));
        } else {
            lines.push(("http start".to_owned(), "not measured".to_owned()));
        }
        lines
    }

    pub(crate) fn json(&self) -> Value {
        let loopback = |(connections, rate, latency): &(usize, f64, Latency)| {
            let mut value = latency.json();
            value["connections"] = json!(connections);
            value["requests_per_second"] = json!(rate.round());
            value
        };
        let answered = self.start.as_ref().and_then(|start| start.answered);
        json!({
            "requests": self.requests,
            "handler": self.handler.json(),
            "loopback": self.loopback.iter().map(loopback).collect::<Vec<_>>(),
            "cold_start_ms": self.start.as_ref().map(|start| tenths(start.median.as_secs_f64() * 1e3)),
            "first_answer_ms": answered.map(|(time, _)| tenths(time.as_secs_f64() * 1e3)),
            "resident_memory_mb": answered.map(|(_, bytes)| tenths(number(bytes) / 1e6)),
            "bootstrap_bytes": self.start.as_ref().map(|start| start.bytes),
            "bootstrap": self.start.as_ref().map(|start| &start.binary),
        })
    }
}
