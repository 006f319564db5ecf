//! Do events of every form and way tell of the right objects?

use super::*;
use serde_json::json;

/// As S3 sends it.
fn record(name: &str, key: &str) -> Value {
    json!({
        "eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-central-1", "eventTime": "2026-11-23T08:00:00.123Z",
        "eventName": name, "userIdentity": {"principalId": "A"}, "requestParameters": {"sourceIPAddress": "127.0.0.1"},
        "s3": {
            "s3SchemaVersion": "1.0", "configurationId": "exports", "bucket": {"name": "uploads", "arn": "arn:aws:s3:::uploads"},
            "object": {"key": key, "size": 17, "eTag": "e1", "versionId": "v1", "sequencer": "0055AED6DCD90281E5"},
        },
    })
}

fn s3(name: &str, key: &str) -> Value {
    json!({"Records": [record(name, key)]})
}

fn bridge(kind: &str, key: &str) -> Value {
    json!({
        "version": "0", "id": "1", "detail-type": kind, "source": "aws.s3", "time": "2026-11-23T08:00:00Z",
        "detail": {
            "version": "0", "bucket": {"name": "uploads"},
            "object": {"key": key, "size": 17, "etag": "e1", "version-id": "v1", "sequencer": "0055AED6DCD90281E5"},
        },
    })
}

fn queue(bodies: &[&str]) -> Value {
    let record = |(n, body): (usize, &&str)| json!({"messageId": format!("m-{n}"), "body": body, "eventSource": "aws:sqs"});
    json!({"Records": bodies.iter().enumerate().map(record).collect::<Vec<_>>()})
}

/// The keys of all messages; a message that is not understood shows as its error code.
fn keys(event: &Value) -> Vec<String> {
    let named = |work: Work| match work {
        Work::Object(object) => object.key,
        Work::Continue(continuation) => format!("{}@{}", continuation.job_id, continuation.hop),
    };
    let of_message = |message: Message| match message.work {
        Ok(work) => work.into_iter().map(named).collect(),
        Err(error) => vec![error.code().to_owned()],
    };
    Delivery::read(event).messages.into_iter().flat_map(of_message).collect()
}

#[test]
fn keys_are_decoded_as_each_way_encodes_them() {
    for (encoded, decoded) in [
        ("exports/a.csv", "exports/a.csv"),
        ("exports/a+b.csv", "exports/a b.csv"),
        ("exports/a%2Bb.csv", "exports/a+b.csv"),
        ("exports/a%20b.csv", "exports/a b.csv"),
        ("exports%2Fa.csv", "exports/a.csv"),
        ("exports/%E9%A9%B4%E7%89%8C.csv", "exports/驴牌.csv"),
        ("exports/驴牌.csv", "exports/驴牌.csv"),
        ("exports/100%.csv", "exports/100%.csv"),
        ("exports/%25.csv", "exports/%.csv"),
    ] {
        assert_eq!(keys(&s3("ObjectCreated:Put", encoded)), [decoded]);
        assert_eq!(keys(&queue(&[&s3("ObjectCreated:Put", encoded).to_string()])), [decoded]);
        assert_eq!(keys(&bridge("Object Created", encoded)), [encoded], "EventBridge keys are raw");
        assert_eq!(keys(&queue(&[&bridge("Object Created", encoded).to_string()])), [encoded]);
    }
    assert_eq!(keys(&s3("ObjectCreated:Put", "exports/%FF.csv")), ["event.not_understood"]);
}

#[test]
fn only_new_objects_are_work() {
    let check = |event: Value, expected: &[&str]| assert_eq!(keys(&event), expected, "{event}");
    for name in ["ObjectCreated:Put", "ObjectCreated:CompleteMultipartUpload", "ObjectCreated:Copy", "s3:ObjectCreated:Put"] {
        check(s3(name, "k"), &["k"]);
    }
    for name in ["ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated", "ObjectRestore:Post", "ObjectTagging:Put"] {
        check(s3(name, "k"), &[]);
    }
    check(bridge("Object Deleted", "k"), &[]);
    let test_event = json!({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "uploads"});
    check(test_event.clone(), &[]);
    check(queue(&[&test_event.to_string(), &s3("ObjectCreated:Put", "k").to_string()]), &["k"]);
    check(json!({"Records": []}), &[]);
    check(
        json!({"Records": [record("ObjectCreated:Put", "a"), record("ObjectRemoved:Delete", "b"), record("ObjectCreated:Put", "c")]}),
        &["a", "c"],
    );
}

#[test]
fn what_is_not_understood_is_the_fault_of_its_message_alone() {
    for event in [
        json!(null),
        json!({}),
        json!([]),
        json!({"Records": [{"s3": {}}]}),
        json!({"source": "aws.s3", "detail-type": "Object Created"}),
    ] {
        assert_eq!(keys(&event), ["event.not_understood"], "{event}");
    }
    let good = s3("ObjectCreated:Put", "k").to_string();
    assert_eq!(
        keys(&queue(&["no json", &good, "{}", r#"{"touchstone":"stop"}"#])),
        ["event.not_understood", "k", "event.not_understood", "event.not_understood"]
    );
}

#[test]
fn both_forms_say_the_same_of_an_object() {
    let object = |event: &Value| match Delivery::read(event).messages.remove(0).work.unwrap().remove(0) {
        Work::Object(object) => object,
        Work::Continue(_) => panic!("no continuation"),
    };
    let notified = object(&s3("ObjectCreated:Put", "k"));
    assert_eq!(notified.event_time_ms, Some(1_795_420_800_123));
    let bridged = object(&bridge("Object Created", "k"));
    assert_eq!(ObjectRef { event_time_ms: bridged.event_time_ms, ..notified }, bridged);

    let mut bare = json!({"Records": [{"eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "b"}, "object": {"key": "k", "versionId": "null"}}}]});
    assert_eq!(object(&bare), ObjectRef { bucket: "b".into(), key: "k".into(), ..ObjectRef::default() });
    bare["Records"][0]["s3"]["object"]["eTag"] = json!("\"e1\"");
    assert_eq!(object(&bare).etag.as_deref(), Some("e1"));
}

#[test]
fn a_continuation_goes_through_the_queue() {
    let continuation = Continuation {
        job_id: "j-1".into(),
        object: ObjectRef { bucket: "b".into(), key: "k +".into(), size: Some(3), ..ObjectRef::default() },
        hop: 2,
    };
    let body = serde_json::to_string(&continuation).unwrap();
    assert_eq!(body, r#"{"touchstone":"continue","job_id":"j-1","object":{"bucket":"b","key":"k +","size":3},"hop":2}"#);
    let delivery = Delivery::read(&queue(&[&body]));
    assert_eq!(delivery.way, Way::Queue);
    assert_eq!(delivery.messages[0].id, "m-0");
    assert_eq!(delivery.messages[0].work, Ok(vec![Work::Continue(continuation)]));
}
