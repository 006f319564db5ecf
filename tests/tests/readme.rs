//! Do the lines of the README work as they are printed: at `touchstone serve`, and at the binary that is shipped behind a gateway?
//!
//! Needs `bash` and `curl`. Without them it says so and passes.
#![allow(clippy::unwrap_used, clippy::panic)]

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use local::{Pipeline, Ports, Storage};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tests::gateway::{Event, environment};
use tests::runtime_api::{Function, Outcome};
use tests::served::Served;
use tests::workspace_root;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

/// What API Gateway gives an integration.
const ENOUGH: Duration = Duration::from_secs(29);

/// The shell block below a heading.
fn block(heading: &str) -> String {
    let readme = std::fs::read_to_string(workspace_root().join("README.md")).unwrap();
    let section = readme.split(&format!("## {heading}\n")).nth(1).unwrap_or_else(|| panic!("no heading '{heading}'"));
    section.split("```sh\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

fn is_there(command: &str) -> bool {
    Command::new(command).arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs the lines as somebody who copies them, and looks at what they print.
fn check(url: &str, token: &str) {
    let folder = tempfile::tempdir().unwrap();
    let lines = block("Call it, review what it finds");
    let run = Command::new("bash")
        .args(["-eu", "-o", "pipefail", "-c", &lines])
        .current_dir(folder.path())
        .env("TOUCHSTONE", url)
        .env("TOKEN", token)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
    // Only a problem names an instance.
    assert!(!said.contains("\"instance\":"), "{said}");
    for expected in [
        "\"listing_id\":\"A-17\",\"risk\":99.5",
        "\"scored\":2,\"rejected\":1",
        "\"entries\":[{\"listing_id\":\"A-17\"",
        "\"history\":[]",
        "\"reachable\":true",
        "\"decision\":\"confirmed\"",
        "\"jobs\":[",
        "\"thresholds\":{\"review\":40.0",
    ] {
        assert!(said.contains(expected), "{expected} is not in\n{said}");
    }
    let upload = std::fs::read_to_string(Path::new(folder.path()).join("upload.json")).unwrap();
    assert!(upload.contains("\"method\":\"PUT\""), "{upload}");
}

fn can_run() -> bool {
    let can = is_there("bash") && is_there("curl");
    if !can {
        // Past the test harness, which keeps the output of what passes to itself.
        let mut seen = std::io::stderr();
        writeln!(seen, "skipped: the lines of the README need bash and curl").unwrap();
    }
    can
}

#[test]
fn at_the_served_stack() {
    if can_run() {
        let served = Served::start();
        check(&served.url, &served.token("review"));
    }
}

/// A gateway on loopback: each request becomes an event for the function, whose answer goes back.
#[derive(Clone)]
struct Gateway {
    function: Arc<Mutex<Function>>,
    token: Arc<str>,
}

async fn pass_on(State(gateway): State<Gateway>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let mut event = Event::new(method.as_str(), uri.path_and_query().map_or("/", |target| target.as_str()));
    for (name, value) in &headers {
        event = event.header(name.as_str(), value.to_str().unwrap());
    }
    // The authoriser, for whom there is one token.
    if headers.get("authorization").is_some_and(|given| given.as_bytes() == format!("Bearer {}", gateway.token).as_bytes()) {
        event = event.jwt("kim", &["review"]);
    }
    if !body.is_empty() {
        event = event.text(std::str::from_utf8(&body).unwrap());
    }
    let outcome = gateway.function.lock().await.invoke(&event.value(), ENOUGH).await;
    let Outcome::Response(answer) = outcome else { panic!("{outcome:?}") };
    let mut response = Response::builder().status(u16::try_from(answer["statusCode"].as_u64().unwrap()).unwrap());
    for (name, value) in answer["headers"].as_object().unwrap() {
        response = response.header(name, value.as_str().unwrap());
    }
    response.body(Body::from(answer["body"].as_str().unwrap_or_default().to_owned())).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_binary_that_is_shipped() {
    if !can_run() {
        return;
    }
    let pipeline = Pipeline::start(Storage::Memory, Ports::default(), ingest::StoreFrom::Clear).await.unwrap();
    let mut function = Function::start("score-api", &environment(&pipeline.stack)).await.unwrap();
    function.ready().await.unwrap();
    let gateway = Gateway { function: Arc::new(Mutex::new(function)), token: "a-token".into() };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, Router::new().fallback(pass_on).with_state(gateway)).await });
    tokio::task::spawn_blocking(move || check(&url, "a-token")).await.unwrap();
    server.abort();
    pipeline.stop().await;
}
