//! What does the shipped binary say to Lambda? A Runtime API on loopback that starts it, hands it events and hears its answers.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use local::Stack;
use local::stack::{ACCESS_KEY, REGION, RESULTS_BUCKET, SECRET_KEY};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

/// Longest that any step of a function may take here. A machine with other work has been seen to need seconds for a start.
const STEP_MAX: Duration = Duration::from_secs(30);

/// What the template gives every function: region, credentials, services, and the names that both know.
#[must_use]
pub fn services(stack: &Stack) -> BTreeMap<String, String> {
    let tables = local::stack::tables();
    let variables = [
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
        ("AWS_ENDPOINT_URL_S3", stack.s3_endpoint()),
        ("AWS_ENDPOINT_URL_DYNAMODB", stack.dynamodb_endpoint()),
        ("AWS_ENDPOINT_URL_SQS", stack.sqs_endpoint()),
        ("RESULTS_BUCKET", RESULTS_BUCKET.to_owned()),
        ("RESULTS_TABLE", tables.results),
        ("JOBS_TABLE", tables.jobs),
    ];
    variables.map(|(name, value)| (name.to_owned(), value)).into()
}

/// What a function answered, or how it ended.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    /// `/response`: its result.
    Response(Value),
    /// `/error`: it failed this event and lives on.
    Error {
        /// The stable machine name.
        error_type: String,
        /// For people.
        message: String,
    },
    /// `/init/error`: it never got ready.
    InitError {
        /// The stable machine name.
        error_type: String,
        /// For people.
        message: String,
    },
    /// The process ended by itself.
    Exited(Option<i32>),
    /// Neither an answer nor an end came within the time of a step.
    Silent,
}

/// A running function. Its process ends with this value.
#[derive(Debug)]
pub struct Function {
    child: Child,
    api: Arc<Api>,
    outcomes: mpsc::Receiver<Outcome>,
    log: Arc<Mutex<Vec<String>>>,
    readers: JoinSet<()>,
    server: JoinHandle<()>,
    sent: u64,
}

#[derive(Debug)]
struct Api {
    events: Mutex<mpsc::Receiver<Event>>,
    queue: mpsc::Sender<Event>,
    outcomes: mpsc::Sender<Outcome>,
    polled: tokio::sync::Notify,
}

#[derive(Debug)]
struct Event {
    id: String,
    body: Bytes,
    deadline_ms: u128,
}

impl Function {
    /// Starts a binary of the build that this test belongs to.
    ///
    /// # Errors
    /// When the binary is not there, which says how to build it.
    pub async fn start(name: &str, environment: &BTreeMap<String, String>) -> io::Result<Self> {
        let (queue, events) = mpsc::channel(8);
        let (outcomes, heard) = mpsc::channel(8);
        let api = Arc::new(Api { events: Mutex::new(events), queue, outcomes, polled: tokio::sync::Notify::new() });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let server = tokio::spawn(serve(listener, Arc::clone(&api)));
        let mut child = command(&binary(name)?, name, address, environment).spawn()?;
        let log = Arc::default();
        let mut readers = JoinSet::new();
        if let Some(stdout) = child.stdout.take() {
            readers.spawn(keep_lines(stdout, Arc::clone(&log)));
        }
        if let Some(stderr) = child.stderr.take() {
            readers.spawn(keep_lines(stderr, Arc::clone(&log)));
        }
        Ok(Self { child, api, outcomes: heard, log, readers, server, sent: 0 })
    }

    /// Waits until it asks for work.
    ///
    /// # Errors
    /// How it failed to.
    pub async fn ready(&mut self) -> Result<(), Outcome> {
        tokio::select! {
            () = self.api.polled.notified() => Ok(()),
            outcome = Self::outcome(&mut self.outcomes, &mut self.child) => Err(outcome),
        }
    }

    /// Hands it an event with so much time, and waits for what it makes of it.
    pub async fn invoke(&mut self, event: &Value, time_left: Duration) -> Outcome {
        self.sent += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let event = Event {
            id: format!("request-{}", self.sent),
            body: Bytes::from(event.to_string()),
            deadline_ms: (now + time_left).as_millis(),
        };
        // A server that is gone shows as silence.
        self.api.queue.send(event).await.ok();
        Self::outcome(&mut self.outcomes, &mut self.child).await
    }

    /// Everything it has written so far, to either stream, line by line.
    pub async fn log(&self) -> Vec<String> {
        self.log.lock().await.clone()
    }

    /// Everything it wrote, once it has ended or been ended.
    pub async fn end(mut self) -> Vec<String> {
        // It may be gone already, which is as well.
        self.child.kill().await.ok();
        while timeout(STEP_MAX, self.readers.join_next()).await.is_ok_and(|reader| reader.is_some()) {}
        self.server.abort();
        self.log().await
    }

    async fn outcome(outcomes: &mut mpsc::Receiver<Outcome>, child: &mut Child) -> Outcome {
        let heard = timeout(STEP_MAX, async {
            tokio::select! {
                biased;
                Some(outcome) = outcomes.recv() => outcome,
                status = child.wait() => {
                    // What it said before it went counts for more than that it went.
                    outcomes.try_recv().unwrap_or_else(|_| Outcome::Exited(status.ok().and_then(|status| status.code())))
                }
            }
        });
        heard.await.unwrap_or(Outcome::Silent)
    }
}

/// The binary of the same profile, beside the folder of the running test.
///
/// # Errors
/// When it is not there, with how to build it.
pub fn binary(name: &str) -> io::Result<PathBuf> {
    let test = std::env::current_exe()?;
    let profile = test.parent().and_then(Path::parent).unwrap_or(&test);
    let binary = profile.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if binary.is_file() {
        return Ok(binary);
    }
    let problem = format!("{} is not built: run `make test`, or `cargo build --workspace` before the tests", binary.display());
    Err(io::Error::new(io::ErrorKind::NotFound, problem))
}

/// Only what Lambda gives: nothing of the environment of the test leaks in.
fn command(binary: &Path, name: &str, api: SocketAddr, environment: &BTreeMap<String, String>) -> Command {
    let mut command = Command::new(binary);
    command
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", api.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", name)
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{name}"))
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "test")
        .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .env("LANG", "en_US.UTF-8")
        .env("TZ", ":UTC")
        .envs(environment)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn keep_lines(stream: impl AsyncRead + Unpin, log: Arc<Mutex<Vec<String>>>) {
    let mut lines = BufReader::new(stream).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        log.lock().await.push(line);
    }
}

async fn serve(listener: TcpListener, api: Arc<Api>) {
    // Without it every small answer waits 40 ms for an acknowledgement.
    let listener = listener.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    // A server that fails shows as silence.
    axum::serve(listener, Router::new().fallback(answer).with_state(api)).await.ok();
}

async fn answer(State(api): State<Arc<Api>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().trim_start_matches("/2018-06-01/runtime/");
    let outcome = match (&method, path.rsplit('/').next().unwrap_or_default()) {
        (&Method::GET, "next") => return next_event(&api).await,
        (&Method::POST, "response") => Outcome::Response(serde_json::from_slice(&body).unwrap_or(Value::Null)),
        (&Method::POST, "error") => failure(path, &headers, &body),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // Nobody listens any more when the test is over.
    api.outcomes.send(outcome).await.ok();
    StatusCode::ACCEPTED.into_response()
}

async fn next_event(api: &Api) -> Response {
    api.polled.notify_one();
    let Some(event) = api.events.lock().await.recv().await else { return StatusCode::GONE.into_response() };
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", event.id),
        ("lambda-runtime-deadline-ms", event.deadline_ms.to_string()),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:eu-central-1:123456789012:function:test".to_owned()),
        ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1".to_owned()),
    ];
    (headers, event.body).into_response()
}

fn failure(path: &str, headers: &HeaderMap, body: &Bytes) -> Outcome {
    let said: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    let text = |key: &str| said[key].as_str().map(str::to_owned);
    let header = headers.get("lambda-runtime-function-error-type").and_then(|value| value.to_str().ok());
    let error_type = text("errorType").or_else(|| header.map(str::to_owned)).unwrap_or_default();
    let message = text("errorMessage").unwrap_or_default();
    if path.starts_with("init/") { Outcome::InitError { error_type, message } } else { Outcome::Error { error_type, message } }
}
