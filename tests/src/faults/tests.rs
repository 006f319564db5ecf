//! Does each fault look as it does on the wire, and strike when the plan says?

use super::*;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;

/// A service that answers everything with the same body and keeps what it was asked.
#[derive(Clone, Debug, Default)]
struct Echo {
    heard: Arc<Mutex<Vec<String>>>,
}

impl HttpConnector for Echo {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        self.heard.lock().unwrap().push(body);
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().unwrap(), SdkBody::from("{\"ten\":\"b\"}"))))
    }
}

fn batch(items: usize) -> HttpRequest {
    let items: Vec<_> = (0..items).map(|n| json!({"PutRequest": {"Item": {"id": {"N": n.to_string()}}}})).collect();
    let mut request = HttpRequest::new(json!({"RequestItems": {"results": items}}).to_string().into());
    request.headers_mut().insert("x-amz-target", "DynamoDB_20120810.BatchWriteItem");
    request
}

async fn carry(faults: &Arc<Faults>, echo: &Echo, request: HttpRequest) -> Result<(u16, Result<String, String>), String> {
    let connector = Connector { inner: SharedHttpConnector::new(echo.clone()), faults: Arc::clone(faults) };
    let response = connector.call(request).await.map_err(|error| format!("{error:?}"))?;
    let (status, body) = (response.status().as_u16(), ByteStream::new(response.into_body()).collect().await);
    Ok((status, body.map(|body| String::from_utf8(body.to_vec()).unwrap()).map_err(|error| error.to_string())))
}

fn plan(when: When, fault: Fault) -> Arc<Faults> {
    Arc::new(Faults::seeded(7).with(Operation::Named("BatchWriteItem"), when, fault))
}

#[tokio::test]
async fn each_fault_looks_as_it_does_on_the_wire() {
    let one = |fault| async move {
        let (faults, echo) = (plan(When::FirstAttempts(1), fault), Echo::default());
        let answer = carry(&faults, &echo, batch(20)).await;
        let heard = echo.heard.lock().unwrap().len();
        assert_eq!(faults.fired(), 1);
        // The next attempt is the same call and passes.
        assert_eq!(carry(&faults, &echo, batch(20)).await.unwrap().0, 200);
        (answer, heard)
    };
    let (answer, heard) = one(Fault::Throttle).await;
    assert!(matches!(answer, Ok((400, Ok(body))) if body.contains("ProvisionedThroughputExceeded")) && heard == 0);
    let (answer, heard) = one(Fault::InternalError).await;
    assert!(matches!(answer, Ok((500, Ok(_)))) && heard == 0);
    let (answer, heard) = one(Fault::Reset).await;
    assert!(answer.is_err_and(|error| error.contains("ConnectionReset")) && heard == 0);
    let (answer, heard) = one(Fault::LostAnswer).await;
    assert!(answer.is_err_and(|error| error.contains("ConnectionReset")) && heard == 1);
    let (answer, heard) = one(Fault::CutBody(50)).await;
    assert!(matches!(answer, Ok((200, Err(_)))) && heard == 1);
    assert!(timeout(Duration::from_millis(20), one(Fault::StallBody(50))).await.is_err());
    let (answer, heard) = one(Fault::ShortBody(50)).await;
    assert_eq!((answer, heard), (Ok((200, Ok("{\"ten".to_owned()))), 1));
}

#[tokio::test]
async fn a_silent_service_has_acted_and_says_nothing() {
    let (faults, echo) = (plan(When::FirstAttempts(1), Fault::Silence), Echo::default());
    assert!(timeout(Duration::from_millis(20), carry(&faults, &echo, batch(1))).await.is_err());
    assert_eq!((faults.fired(), echo.heard.lock().unwrap().len()), (1, 1));
}

#[tokio::test]
async fn unprocessed_items_are_not_written_and_handed_back() {
    let (faults, echo) = (plan(When::FirstAttempts(1), Fault::Unprocessed), Echo::default());
    let (_, body) = carry(&faults, &echo, batch(25)).await.unwrap();
    let answer: Value = serde_json::from_str(&body.unwrap()).unwrap();
    let heard: Value = serde_json::from_str(&echo.heard.lock().unwrap()[0]).unwrap();
    let (back, written) = (&answer["UnprocessedItems"]["results"], &heard["RequestItems"]["results"]);
    let (back, written) = (back.as_array().unwrap(), written.as_array().unwrap());
    assert_eq!(back.len() + written.len(), 25);
    assert!(!back.is_empty() && !written.is_empty() && back.iter().all(|item| !written.contains(item)));
}

#[tokio::test]
async fn a_seed_chooses_by_content_and_not_by_order() {
    let mut chosen = Vec::new();
    for seed in [7, 7, 8] {
        let (rule, echo) = (When::Percent(30), Echo::default());
        let faults = Arc::new(Faults::seeded(seed).with(Operation::DynamoDb, rule, Fault::Throttle));
        let mut hit = Vec::new();
        // The second of the equal seeds asks in the other order.
        let order: Vec<usize> = if chosen.len() == 1 { (1..=200).rev().collect() } else { (1..=200).collect() };
        for items in order {
            if carry(&faults, &echo, batch(items)).await.unwrap().0 == 400 {
                hit.push(items);
            }
        }
        hit.sort_unstable();
        assert!((30..90).contains(&hit.len()), "{} of 200 is far from 30 percent", hit.len());
        chosen.push(hit);
    }
    assert_eq!(chosen[0], chosen[1]);
    assert_ne!(chosen[0], chosen[2]);
}

#[tokio::test]
async fn the_dead_hear_and_say_nothing() {
    for (cut, acted) in [(Cut::Before(1), 1), (Cut::After(1), 2)] {
        let (faults, echo) = (Arc::new(Faults::none().cut(cut)), Echo::default());
        assert_eq!(carry(&faults, &echo, batch(1)).await.unwrap().0, 200);
        tokio::select! {
            _ = carry(&faults, &echo, batch(2)) => panic!("{cut:?}: a dead process got an answer"),
            () = faults.death() => {}
        }
        assert!(timeout(Duration::from_millis(20), carry(&faults, &echo, batch(3))).await.is_err());
        assert_eq!(echo.heard.lock().unwrap().len(), acted, "{cut:?}");
    }
}
