//! Does a signed request do what it was signed for, and nothing else?
#![allow(clippy::unwrap_used)]

use local::stack::{Stack, Storage, UPLOADS_BUCKET};
use std::time::{Duration, SystemTime};
use storage::objects::{Disposition, Presigned, Validity, presign_download, presign_upload};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const KEY: &str = "exports/a b+华.csv";
const BODY: &[u8] = b"listing_id,title\nA-1,Bag\n";

/// Sends a request as anybody would, and gives its status and body.
async fn send(method: &str, request: &Presigned, headers: &[(&str, &str)], body: &[u8]) -> (u16, Vec<u8>) {
    let (host, path) = request.url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut head = format!("{method} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(format!("{head}\r\n").as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let status = std::str::from_utf8(&answer[9..12]).unwrap().parse().unwrap();
    (status, answer[end + 4..].to_vec())
}

fn now(lasts: u64) -> Validity {
    Validity { from: SystemTime::now(), lasts: Duration::from_secs(lasts) }
}

async fn signed(stack: &Stack, validity: Validity) -> Presigned {
    presign_upload(&stack.s3(), UPLOADS_BUCKET, KEY, "text/csv", BODY.len() as u64, validity).await.unwrap()
}

#[tokio::test]
async fn an_upload_of_the_agreed_size_and_type_is_taken_and_announced() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let request = signed(&stack, now(60)).await;
    let headers: Vec<_> = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(send("PUT", &request, &headers, BODY).await.0, 200);
    assert_eq!(stack.queue().depth().visible, 1);

    let link = presign_download(&stack.s3(), UPLOADS_BUCKET, KEY, Disposition::Attachment("a b.csv"), now(60)).await.unwrap();
    assert_eq!(send("GET", &link, &[], b"").await, (200, BODY.to_vec()));
    let other = Presigned { url: link.url.replace("exports/", "exports/x"), headers: vec![] };
    assert_eq!(send("GET", &other, &[], b"").await.0, 403);
    stack.stop().await;
}

#[tokio::test]
async fn any_other_upload_is_refused() {
    let stack = Stack::start(Storage::Memory).await.unwrap();
    let request = signed(&stack, now(60)).await;
    let size = BODY.len().to_string();
    let longer = [BODY, b"A-2,Bag\n"].concat();
    let long = longer.len().to_string();
    let short = (BODY.len() - 1).to_string();
    let csv = ("content-type", "text/csv");
    for (headers, body) in [
        (vec![csv, ("content-length", &*long)], &longer[..]),
        (vec![csv, ("content-length", &*short)], &BODY[1..]),
        (vec![("content-type", "text/html"), ("content-length", &*size)], BODY),
        (vec![("content-length", &*size)], BODY),
        (vec![csv, ("transfer-encoding", "chunked")], b"1\r\nx\r\n0\r\n\r\n"),
    ] {
        let status = send("PUT", &request, &headers, body).await.0;
        assert!((400..500).contains(&status), "{status} for {headers:?}");
    }
    let right = [csv, ("content-length", &*size)];
    let elsewhere = Presigned { url: request.url.replace("exports/", "exports/x"), headers: vec![] };
    let later = Presigned { url: request.url.replace("X-Amz-Expires=60", "X-Amz-Expires=600"), headers: vec![] };
    let past =
        signed(&stack, Validity { from: SystemTime::now() - Duration::from_secs(120), lasts: Duration::from_secs(60) }).await;
    for (method, request) in [("PUT", &elsewhere), ("PUT", &later), ("PUT", &past), ("GET", &request), ("DELETE", &request)] {
        let status = send(method, request, &right, BODY).await.0;
        assert!((400..500).contains(&status), "{status} for {method}");
    }
    assert_eq!(stack.queue().depth().visible, 0, "nothing was written");
    stack.stop().await;
}
