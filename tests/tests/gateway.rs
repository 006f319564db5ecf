//! Does the binary that is shipped answer API Gateway as the router answers a test, by the protocol that Lambda speaks?
#![allow(clippy::unwrap_used, clippy::panic)]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use local::{Pipeline, Ports, Storage};
use serde_json::{Value, json};
use std::time::Duration;
use tests::endpoint::{flagged, word};
use tests::gateway::{Event, environment};
use tests::runtime_api::{Function, Outcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What API Gateway gives an integration.
const ENOUGH: Duration = Duration::from_secs(29);

/// Turns until a job counts as never ending.
const POLLS_MAX: u32 = 3_000;

/// The function behind a gateway, with the ingest function of the laptop beside it.
struct Cloud {
    pipeline: Pipeline,
    function: Function,
}

/// What the gateway sends on.
struct Answer {
    status: u64,
    headers: Value,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    fn outcome(&self) -> (u64, String) {
        (self.status, self.json()["code"].as_str().unwrap_or_default().to_owned())
    }

    fn header(&self, name: &str) -> &str {
        self.headers[name].as_str().unwrap_or_default()
    }
}

impl Cloud {
    async fn begin() -> Self {
        let pipeline = Pipeline::start(Storage::Memory, Ports::default(), ingest::StoreFrom::Clear).await.unwrap();
        let mut function =
            Function::start("score-api", &environment(&pipeline.stack)).await.unwrap_or_else(|error| panic!("{error}"));
        if let Err(outcome) = function.ready().await {
            panic!("never asked for work: {outcome:?}\n{}", function.end().await.join("\n"));
        }
        Self { pipeline, function }
    }

    async fn send(&mut self, event: Event) -> Answer {
        let event = event.value();
        match self.function.invoke(&event, ENOUGH).await {
            Outcome::Response(answer) => read(&answer),
            other => panic!("{other:?} to {event}\n{}", self.function.log().await.join("\n")),
        }
    }

    async fn review(&mut self, method: &str, uri: &str) -> Answer {
        self.send(Event::new(method, uri).jwt("kim", &["review"])).await
    }
}

fn read(answer: &Value) -> Answer {
    let body = answer["body"].as_str().unwrap_or_default();
    let text = match answer["isBase64Encoded"].as_bool() {
        Some(true) => String::from_utf8(STANDARD.decode(body).unwrap()).unwrap(),
        _ => body.to_owned(),
    };
    Answer { status: answer["statusCode"].as_u64().unwrap_or_default(), headers: answer["headers"].clone(), text }
}

fn score(body: &Value) -> Event {
    Event::new("POST", "/v1/score").json(body).jwt("shop", &["score"])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listings_are_scored() {
    let mut cloud = Cloud::begin().await;
    let one = flagged("A-17", "Gucci", "Marmont", "s-1");
    let answer = cloud.send(score(&one)).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"), "{}", answer.text);
    assert_eq!((&answer.json()["listing_id"], &answer.json()["band"]), (&json!("A-17"), &json!("red_flag")));
    assert_eq!(answer.header("x-request-id"), "request-1");

    // The gateway takes some bodies for binary; a signature is as good as a token.
    let shop = "arn:aws:sts::123456789012:assumed-role/shop/i-1";
    let binary = Event::new("POST", "/v1/score").binary(one.to_string().as_bytes()).iam(shop);
    let same = |answer: &Answer| json!([answer.json()["risk"], answer.json()["reasons"]]);
    let from_binary = cloud.send(binary).await;
    assert_eq!(same(&from_binary), same(&answer), "{}", from_binary.text);

    let many = json!({"listings": [one, {"listing_id": "B"}, {"listing_id": "驴牌 1", "title": "驴牌 原单 包包"}]});
    let answer = cloud.send(score(&many)).await;
    let body = answer.json();
    assert_eq!((&body["scored"], &body["rejected"]), (&json!(2), &json!(1)), "{body}");
    assert_eq!(body["results"][1]["problem"]["code"], "row.missing_title");
    assert_eq!(cloud.send(score(&json!({"listing_id": "B"}))).await.outcome(), (422, "row.missing_title".into()));
    // The binary must not quote a listing.
    let log = cloud.function.end().await;
    let metrics =
        log.iter().filter_map(|line| serde_json::from_str::<Value>(line).ok()).filter(|line| line.get("_aws").is_some());
    assert_eq!(metrics.count(), 4, "{log:#?}");
    assert!(!log.iter().any(|line| line.contains("Marmont") || line.contains("驴牌")), "{log:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_and_the_wrong_role_are_refused_and_pages_are_open() {
    let mut cloud = Cloud::begin().await;
    let answer = cloud.send(Event::new("GET", "/v1/queue")).await;
    assert_eq!((answer.outcome(), answer.header("www-authenticate")), ((401, "auth.missing".into()), "Bearer"));
    for event in [
        Event::new("GET", "/v1/queue").jwt("shop", &["score"]),
        Event::new("GET", "/v1/queue").jwt("kim", &["reviewer"]),
        Event::new("GET", "/v1/queue").jwt("kim", &[]),
        Event::new("GET", "/v1/queue").iam("arn:aws:sts::123456789012:assumed-role/shop/i-1"),
        Event::new("GET", "/v1/jobs").iam("arn:aws:iam::123456789012:user/shop"),
    ] {
        assert_eq!(cloud.send(event).await.outcome(), (403, "auth.forbidden".into()));
    }
    // What a client says of itself counts for nothing.
    let claimed = Event::new("GET", "/v1/queue").header("authorization", "Bearer admin").header("x-roles", "admin");
    assert_eq!(cloud.send(claimed).await.status, 401);
    let health = cloud.send(Event::new("GET", "/healthz")).await;
    assert_eq!((health.status, &health.json()["status"]), (200, &json!("ok")));
    for path in ["/v1/openapi.json", "/docs", "/"] {
        let page = cloud.send(Event::new("GET", path)).await;
        assert!(page.status == 200 && !page.text.is_empty(), "{path}: {} {}", page.status, page.text);
    }
    assert!(cloud.send(Event::new("GET", "/v1/openapi.json")).await.json().is_object());
    assert_eq!(cloud.send(Event::new("GET", "/v2/score")).await.outcome(), (404, "route.not_found".into()));
    let answer = cloud.send(Event::new("DELETE", "/v1/queue").jwt("kim", &["review"])).await;
    assert_eq!((answer.outcome(), answer.header("allow")), ((405, "route.method_not_allowed".into()), "GET,HEAD"));
    cloud.function.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stored_is_read_queued_decided_and_taken_back() {
    let mut cloud = Cloud::begin().await;
    for (number, id) in ["A-17", "shop/a 1", "50% off", "驴牌 1", "~tilde", "a?b#c&d=e"].into_iter().enumerate() {
        let body = json!({"listings": [flagged(id, "Gucci", &word(number), "s-1")]});
        let event = Event::new("POST", "/v1/score?store=true").json(&body).jwt("shop", &["score"]);
        assert_eq!(cloud.send(event).await.status, 200);
        let path = format!("/v1/listings/~{}", URL_SAFE_NO_PAD.encode(id));
        let known = cloud.review("GET", &path).await;
        assert_eq!((known.status, &known.json()["listing_id"]), (200, &json!(id)), "{}", known.text);
        let etag = known.header("etag").to_owned();
        assert!(!etag.is_empty(), "{:?}", known.headers);

        let queue = cloud.review("GET", "/v1/queue?brand=gucci&limit=10").await;
        let entries = queue.json()["entries"].as_array().cloned().unwrap();
        assert_eq!(entries.iter().map(|entry| &entry["listing_id"]).collect::<Vec<_>>(), [id], "{}", queue.text);

        let reviews = format!("{path}/reviews");
        let body = json!({"decision": "confirmed", "note": "logo differs 不对"});
        let decide = |etag: &str| Event::new("POST", &reviews).json(&body).header("If-Match", etag);
        let without = Event::new("POST", &reviews).json(&body).jwt("kim", &["review"]);
        assert_eq!(cloud.send(without).await.outcome(), (428, "review.if_match_missing".into()));
        let made = cloud.send(decide(&etag).jwt("kim", &["review"])).await;
        assert_eq!((made.status, &made.json()["note"]), (201, &json!("logo differs 不对")), "{}", made.text);
        let late = cloud.send(decide(&etag).jwt("lee", &["review"])).await;
        assert_eq!((late.outcome(), &late.json()["current"]["reviewer"]), ((412, "review.conflict".into()), &json!("kim")));
        assert_eq!(cloud.review("GET", "/v1/queue").await.json()["entries"], json!([]), "{id}");

        let undo = format!("{reviews}/{}", made.json()["review_id"].as_str().unwrap());
        let undo = |by: &str| Event::new("DELETE", &undo).header("If-Match", made.header("etag")).jwt(by, &["review"]);
        assert_eq!(cloud.send(undo("lee")).await.outcome(), (403, "auth.forbidden".into()));
        let undone = cloud.send(undo("kim")).await;
        assert_eq!((undone.status, &undone.json()["decision"]), (200, &Value::Null), "{}", undone.text);
        let listed = cloud.review("GET", &reviews).await.json();
        assert!(listed["reviews"][0]["withdrawn_at"].is_string(), "{listed}");
        assert_eq!(cloud.review("GET", "/v1/queue").await.json()["entries"].as_array().map(Vec::len), Some(1));
        let again = cloud.send(decide(undone.header("etag")).jwt("lee", &["review"])).await;
        assert_eq!(again.status, 201, "{}", again.text);
    }
    // What a path can carry as it is needs no base64, also when the gateway has decoded it.
    for path in ["/v1/listings/A-17", "/v1/listings/50%25%20off", "/v1/listings/%E9%A9%B4%E7%89%8C%201"] {
        assert_eq!(cloud.review("GET", path).await.status, 200, "{path}");
    }
    cloud.function.end().await;
}

/// Sends a file by the signed request, as a browser does.
async fn put(upload: &Value, file: &[u8]) -> u16 {
    let url: http::Uri = upload["url"].as_str().unwrap().parse().unwrap();
    let authority = url.authority().unwrap().as_str();
    let mut head = format!("PUT {} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n", url.path_and_query().unwrap());
    for (name, value) in upload["headers"].as_object().unwrap() {
        if !["host", "content-length"].contains(&name.as_str()) {
            head += &format!("{name}: {}\r\n", value.as_str().unwrap());
        }
    }
    head += &format!("content-length: {}\r\n\r\n", file.len());
    let mut stream = TcpStream::connect(authority).await.unwrap();
    stream.write_all(&[head.as_bytes(), file].concat()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer[9..12].parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_uploaded_and_becomes_a_job() {
    let mut cloud = Cloud::begin().await;
    let lines: Vec<_> = (0..20).map(|n| flagged(&format!("U-{n}"), "Gucci", &word(n), "s-1").to_string() + "\n").collect();
    let file = lines.concat().into_bytes();
    let body = json!({"name": "my export.jsonl", "bytes": file.len(), "content_type": "application/x-ndjson"});
    let begun = cloud.send(Event::new("POST", "/v1/uploads").json(&body).jwt("shop", &["score"])).await;
    assert_eq!(begun.status, 201, "{}", begun.text);
    let upload = begun.json();
    assert_eq!(put(&upload, b"something else").await / 100, 4, "only the file that was announced is taken");
    assert_eq!(put(&upload, &file).await, 200);
    let jobs = upload["job"].as_str().unwrap();
    let mut polls = 0;
    let job = loop {
        let found = cloud.send(Event::new("GET", jobs).jwt("shop", &["score"])).await.json();
        match found["jobs"][0]["state"].as_str() {
            Some("done") => break found["jobs"][0].clone(),
            state => assert!(state.is_none_or(|state| state == "running"), "{found}"),
        }
        polls += 1;
        assert!(polls < POLLS_MAX, "the job never ends: {found}");
    };
    assert_eq!((&job["summary"]["scored"], &job["key"]), (&json!(20), &upload["key"]), "{job}");
    let by_id = format!("/v1/jobs/{}", job["job_id"].as_str().unwrap());
    let by_id = cloud.send(Event::new("GET", &by_id).jwt("shop", &["score"])).await;
    assert!(by_id.json()["files"]["scored.jsonl.zst"].is_string(), "{}", by_id.text);
    let known = cloud.review("GET", "/v1/listings/U-7").await.json();
    assert_eq!(known["latest"]["job_id"], job["job_id"]);
    cloud.function.end().await;
    cloud.pipeline.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_events_are_answered_and_the_process_lives_on() {
    let mut cloud = Cloud::begin().await;
    let texts = [
        "",
        "/",
        "//",
        "/../..",
        "/%",
        "/%zz",
        "/\0",
        "/v1/listings/\u{fffd}\u{0}",
        "v1/queue",
        "http://evil.example/v1/queue",
        "/v1/queue#x",
        "/v1/queue?x=1",
        "/ \t\r\n",
        "/v1/listings/驴/../..",
        "*",
        "?",
        "#",
        "/[::1]",
        "/v1/listings/~",
        "/\u{202e}",
        "a b",
        "\\\\evil\\x",
        "@",
        "/v1/listings/a//reviews/",
        "&&&===",
        "limit=%ff&cursor=%00",
        "limit=1&limit=2",
        "x=\u{0}\n",
        "%",
        "evil.example:99999",
        "[",
        "::::",
    ];
    let long = "x".repeat(200_000);
    for text in texts.into_iter().chain([long.as_str()]) {
        for place in ["path", "query", "host", "method", "header", "stage", "domain", "if-match", "body", "roles"] {
            let mut event = Event::new("GET", "/v1/queue").jwt("kim", &["review"]).value();
            match place {
                "path" => event["rawPath"] = json!(text),
                "query" => event["rawQueryString"] = json!(text),
                "host" => event["headers"]["host"] = json!(text),
                "method" => event["requestContext"]["http"]["method"] = json!(text),
                "header" => event["headers"][text] = json!("x"),
                "stage" => event["requestContext"]["stage"] = json!(text),
                "domain" => event["requestContext"]["domainName"] = json!(text),
                "if-match" => event["headers"]["if-match"] = json!(text),
                "body" => (event["isBase64Encoded"], event["body"]) = (json!(true), json!(text)),
                _ => event["requestContext"]["authorizer"]["jwt"]["claims"]["roles"] = json!(text),
            }
            match cloud.function.invoke(&event, ENOUGH).await {
                Outcome::Response(answer) => {
                    let answer = read(&answer);
                    assert!((200..500).contains(&answer.status), "{place} {text:.40?}: {} {}", answer.status, answer.text);
                }
                // An event that no gateway sends may fail, by itself.
                Outcome::Error { .. } => {}
                other => panic!("{place} {text:.40?}: {other:?}\n{}", cloud.function.log().await.join("\n")),
            }
        }
    }
    let wrong = [json!(null), json!([]), json!("x"), json!({}), json!({"hello": "world"}), json!({"Records": []})];
    for event in wrong {
        let outcome = cloud.function.invoke(&event, ENOUGH).await;
        assert!(matches!(outcome, Outcome::Error { .. } | Outcome::Response(_)), "{event}: {outcome:?}");
    }
    assert_eq!(cloud.review("GET", "/v1/queue").await.status, 200);
    let log = cloud.function.end().await;
    let panics: Vec<_> = log.iter().filter(|line| line.contains("panicked")).collect();
    assert!(panics.is_empty(), "{panics:#?}");
}
