//! What does an event ask for? A window of time, whatever way the event came.

use crate::limits::WINDOW_DAYS_MAX;
use crate::{Config, Error};
use auditing::report::Window;
use jiff::{SignedDuration, Timestamp, Unit};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A run that was asked for. Equal requests are one run, however often and on whatever way they come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Names the run. Later windows have greater names.
    pub run_id: String,
    /// What is to be audited.
    pub window: Window,
}

/// What an event may say; everything else follows from the settings and from the time of the event.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Asked {
    /// Instead of the name that follows from the window.
    run_id: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// One message of a delivery.
#[derive(Debug)]
pub(crate) struct Message {
    /// Its id in the queue; empty when it came directly.
    pub(crate) id: String,
    pub(crate) request: Result<Request, Error>,
}

/// The messages of an event: an audit that is asked for, a schedule of EventBridge, or a batch of a queue with either.
/// `now` is taken where the event has no time of its own.
pub(crate) fn messages(event: &Value, config: &Config, policies: &str, now: Timestamp) -> (bool, Vec<Message>) {
    let records = event.get("Records").and_then(Value::as_array);
    let Some(records) = records.filter(|records| records.first().is_some_and(|record| record.get("messageId").is_some())) else {
        return (false, vec![Message { id: String::new(), request: request(event, config, policies, now) }]);
    };
    let messages = records.iter().map(|record| {
        let body = record.get("body").and_then(Value::as_str).unwrap_or_default();
        let request = match serde_json::from_str(body) {
            Ok(event) => request(&event, config, policies, now),
            Err(error) => Err(Error::BadRequest(format!("the message is no JSON: {error}"))),
        };
        Message { id: record.get("messageId").and_then(Value::as_str).unwrap_or_default().to_owned(), request }
    });
    (true, messages.collect())
}

fn request(event: &Value, config: &Config, policies: &str, now: Timestamp) -> Result<Request, Error> {
    // A run that goes on says who it is.
    if let Some(continued) = event.get("continue_audit") {
        return Request::deserialize(continued).map_err(|error| Error::BadRequest(error.to_string()));
    }
    let is_schedule = event.get("detail-type").and_then(Value::as_str) == Some("Scheduled Event");
    let asked = match event.get("audit") {
        Some(asked) => Asked::deserialize(asked).map_err(|error| Error::BadRequest(error.to_string()))?,
        None if is_schedule => Asked::default(),
        None => return Err(Error::BadRequest("it is neither a schedule nor {\"audit\": {...}}".to_owned())),
    };
    // The time for which an event was scheduled is the same in every delivery of it.
    let scheduled = match event.get("time").and_then(Value::as_str) {
        Some(time) => parsed("time", time)?.round(Unit::Hour).unwrap_or(now),
        None => now,
    };
    let to = asked.to.as_deref().map_or(Ok(scheduled), |to| parsed("to", to))?;
    let days = SignedDuration::from_hours(24 * i64::from(config.window_days));
    let from = asked.from.as_deref().map_or_else(|| Ok(to.saturating_sub(days).unwrap_or(to)), |from| parsed("from", from))?;
    if from >= to {
        return Err(Error::BadRequest(format!("the window ends at {to}, which is not after {from}")));
    }
    if to.duration_since(from) > SignedDuration::from_hours(24 * WINDOW_DAYS_MAX) {
        return Err(Error::BadRequest(format!("the window has more than {WINDOW_DAYS_MAX} days")));
    }
    let window = Window { from: from.to_string(), to: to.to_string() };
    let run_id = match asked.run_id {
        Some(run_id) if is_name(&run_id) => run_id,
        Some(_) => return Err(Error::BadRequest("a run_id is 1 to 64 letters, digits and hyphens".to_owned())),
        None => run_id(&window, to, policies, config),
    };
    Ok(Request { run_id, window })
}

fn parsed(name: &str, time: &str) -> Result<Timestamp, Error> {
    time.parse().map_err(|error| Error::BadRequest(format!("{name} is no RFC 3339 time: {error}")))
}

/// It becomes a part of object keys.
fn is_name(run_id: &str) -> bool {
    (1..=64).contains(&run_id.len()) && run_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The end of the window, and a hash of everything else that a report depends on but for decisions.
fn run_id(window: &Window, to: Timestamp, policies: &str, config: &Config) -> String {
    let mut content = Sha256::new();
    for part in [&window.from, &window.to, policies, &config.seed.to_string(), &config.sample_budget.to_string()] {
        content.update((part.len() as u64).to_be_bytes());
        content.update(part);
    }
    let hash: String = content.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("a-{}-{hash}", to.strftime("%Y%m%dT%H%M%SZ"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(event: &Value) -> Result<Request, String> {
        let now = "2026-11-24T10:20:30Z".parse().unwrap();
        let (_, mut messages) = messages(event, &Config::new("b", "touchstone"), "p-1", now);
        messages.remove(0).request.map_err(|error| error.to_string())
    }

    #[test]
    fn a_schedule_is_the_same_run_in_every_delivery() {
        let event =
            json!({"source": "aws.events", "detail-type": "Scheduled Event", "time": "2026-11-24T03:00:07Z", "detail": {}});
        let request = read(&event).unwrap();
        assert_eq!(request.window, Window { from: "2026-11-17T03:00:00Z".into(), to: "2026-11-24T03:00:00Z".into() });
        assert!(request.run_id.starts_with("a-20261124T030000Z-"), "{}", request.run_id);
        let queued = json!({"Records": [{"messageId": "m-1", "body": event.to_string()}]});
        assert_eq!(read(&queued).unwrap(), request);
        let continued = json!({"continue_audit": request});
        assert_eq!(read(&continued).unwrap(), request);
    }

    #[test]
    fn a_window_can_be_asked_for() {
        let event = json!({"audit": {"from": "2026-11-01T00:00:00Z", "to": "2026-11-02T00:00:00Z"}});
        let request = read(&event).unwrap();
        assert_eq!(request.window.from, "2026-11-01T00:00:00Z");
        assert_ne!(
            read(&json!({"audit": {"from": "2026-11-01T01:00:00Z", "to": "2026-11-02T00:00:00Z"}})).unwrap().run_id,
            request.run_id
        );
        assert_eq!(read(&json!({"audit": {"run_id": "mine"}})).unwrap().run_id, "mine");
    }

    #[test]
    fn what_cannot_be_audited_is_said() {
        let check = |event: Value, said: &str| {
            let error = read(&event).unwrap_err();
            assert!(error.contains(said), "{error}");
        };
        check(json!({}), "neither a schedule nor");
        check(json!({"audit": {"form": "2026-11-01T00:00:00Z"}}), "unknown field `form`");
        check(json!({"audit": {"from": "yesterday"}}), "from is no RFC 3339 time");
        check(json!({"audit": {"from": "2026-11-25T00:00:00Z"}}), "which is not after");
        check(json!({"audit": {"from": "2020-01-01T00:00:00Z"}}), "more than 400 days");
        check(json!({"audit": {"run_id": "../x"}}), "a run_id is");
        check(json!({"Records": [{"messageId": "m-1", "body": "{"}]}), "the message is no JSON");
    }
}
