//! Does every statement that we build pass, and say what it should?

use super::*;
use crate::personal_data::find;
use crate::{Decided, Fired};
use proptest::prelude::*;
use scoring::{Band, Field, Milli, RawListing, Reason, Risk};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn decided() -> Decided {
    Decided {
        review_id: "r-1".into(),
        listing_id: "包#1".into(),
        counterfeit: true,
        reviewer: "ana".into(),
        source: None,
        sampled: None,
        decided_at: "2026-11-24T09:00:00.007Z".into(),
        risk: Risk(914),
        log_odds: Milli(2_364),
        band: Band::RedFlag,
        brand: Some("louis-vuitton".into()),
        input: "h-1".into(),
        traits: crate::Traits::default(),
        reasons: vec![
            Fired { signal: "replica_term".into(), rule: Some("en.replica".into()), points: Milli(2_310) },
            Fired { signal: "seller_established".into(), rule: None, points: Milli(-700) },
        ],
    }
}

fn reason(text: &str) -> Reason {
    Reason {
        signal: "replica_term".into(),
        rule: Some("en.replica".into()),
        points: Milli(2_310),
        field: "title".into(),
        start: 0,
        end: 1,
        text: text.into(),
        why: String::new(),
    }
}

/// A statement that breaks no rule.
pub(super) fn valid() -> Value {
    Statement::of(&decided(), &ListingFacts::default(), &StatementSettings::default()).unwrap().to_json()
}

#[test]
fn a_statement_says_what_was_decided_and_why() {
    let reasons = [reason("1:1 replica, WeChat: kicks_88, from Luxe Bags")];
    let facts = ListingFacts {
        created_at: Some("2026-11-01T00:00:00Z".into()),
        gtin: Some("400638133393"),
        language: Language::parse("en"),
        seller_names: vec!["luxe bags"],
        reasons: &reasons,
    };
    let statement = Statement::of(&decided(), &facts, &StatementSettings::default()).unwrap();
    let expected = json!({
        "puid": statement.puid,
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": "Regulation (EU) 2017/1001 on the European Union trade mark, Article 9",
        "illegal_content_explanation": "The listing offers goods under a sign that is identical or similar to a trade mark, without the \
            consent of its proprietor. A reviewer found the goods to be counterfeit.",
        "decision_ground_reference_url": "https://eur-lex.europa.eu/eli/reg/2017/1001/oj",
        "content_type": ["CONTENT_TYPE_PRODUCT"],
        "category": "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "category_specification": ["KEYWORD_TRADEMARK_INFRINGEMENT"],
        "content_language": "EN",
        "content_date": "2026-11-01",
        "application_date": "2026-11-24",
        "decision_facts": "A program rated the risk that the goods are counterfeit at 91.4 of 100. For it spoke: replica_term en.replica \
            \"1:1 replica, WeChat: [account], from [seller]\". Against it spoke: seller_established. A reviewer looked at the listing and \
            found a counterfeit.",
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "Yes",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "content_id": { "EAN-13": "0400638133393" },
    });
    assert_eq!(statement.to_json(), expected);
    assert_eq!(serde_json::from_value::<Statement>(expected).unwrap(), statement);
}

#[test]
fn what_a_listing_says_of_itself_is_told() {
    let check = |created_at: &str, gtin: &str, content_date: &str, ean: Option<&str>| {
        let mut raw = RawListing::default();
        let fields = [(Field::ListingId, "1"), (Field::Title, "Bag"), (Field::SellerName, "Luxe"), (Field::SellerId, "s-77")];
        for (field, value) in fields.into_iter().chain([(Field::CreatedAt, created_at), (Field::Gtin, gtin)]) {
            raw.set(field, value);
        }
        let listing = raw.into_listing().unwrap();
        let reasons = [reason("Luxe (s-77) 1:1")];
        let facts = ListingFacts::of(&listing, &reasons);
        let statement = Statement::of(&decided(), &facts, &StatementSettings::default()).unwrap();
        assert!(statement.decision_facts.contains("\"[seller] ([seller]) 1:1\""), "{}", statement.decision_facts);
        assert_eq!(statement.content_date.as_str(), content_date);
        assert_eq!(statement.content_id.map(|id| id.ean_13).as_deref(), ean);
    };
    check("2026-11-01T23:30:00Z", "4006381333931", "2026-11-01", Some("4006381333931"));
    check("2026-11-01", "04006381333931", "2026-11-01", Some("4006381333931"));
    // A larger packing, and a year that the database does not take.
    check("1999-11-01", "14006381333938", "2026-11-24", None);
    check("", "12345670", "2026-11-24", None);
}

#[test]
fn the_name_is_of_the_decision_alone() {
    let named = |listing_id: &str, review_id: &str| {
        let decided = Decided { listing_id: listing_id.into(), review_id: review_id.into(), ..decided() };
        Statement::of(&decided, &ListingFacts::default(), &StatementSettings::default()).unwrap().puid
    };
    assert_eq!(named("a", "r-1"), named("a", "r-1"));
    let names: BTreeSet<_> =
        [("a", "r-1"), ("b", "r-1"), ("a", "r-2"), ("ar", "-1"), ("", "ar-1")].map(|(a, b)| named(a, b)).into();
    assert_eq!(names.len(), 5);
    // A name that was posted must never become another one.
    assert_eq!(named("a", "r-1"), "ts-93c7dd2c7eb092adaa9293d8d54112222b41760d");
}

#[test]
fn who_reported_and_who_found_it() {
    let settings = StatementSettings {
        sources: [("argo".to_owned(), Source::TrustedFlagger { source_identity: Some("Argo Business Solutions".into()) })].into(),
        ..StatementSettings::default()
    };
    let check = |source: Option<&str>, sampled: bool, expected: (&str, Value, &str)| {
        let decided = Decided {
            source: source.map(Into::into),
            sampled: sampled.then(|| crate::Drawn { run_id: "a-1".into(), stratum: 0 }),
            ..decided()
        };
        let told = Statement::of(&decided, &ListingFacts::default(), &settings).unwrap().to_json();
        assert_eq!(
            (told["source_type"].clone(), told.get("source_identity").cloned().unwrap_or_default()),
            (json!(expected.0), expected.1)
        );
        assert_eq!(told["automated_detection"], expected.2);
        assert_eq!(validate(&told), []);
    };
    check(None, false, ("SOURCE_VOLUNTARY", json!(null), "Yes"));
    check(None, true, ("SOURCE_VOLUNTARY", json!(null), "No"));
    check(Some("argo"), false, ("SOURCE_TRUSTED_FLAGGER", json!("Argo Business Solutions"), "No"));
    check(Some("jane@example.com"), false, ("SOURCE_ARTICLE_16", json!(null), "No"));
}

#[test]
fn what_cannot_be_stated_is_refused() {
    let check = |decided: Decided, expected: &str| {
        let error = Statement::of(&decided, &ListingFacts::default(), &StatementSettings::default()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    };
    check(Decided { counterfeit: false, ..decided() }, "the decision confirms no counterfeit");
    check(Decided { decided_at: "now".into(), ..decided() }, "the decision has no day that the database takes: 'now'");
    check(
        Decided { decided_at: "2019-12-31T00:00:00Z".into(), ..decided() },
        "the decision has no day that the database takes: '2019-12-31T00:00:00Z'",
    );
}

#[test]
fn settings_that_the_database_would_refuse_are_named() {
    let check = |settings: StatementSettings, expected: &[(&str, &str)]| {
        let violations = settings.check();
        let named: Vec<_> = violations.iter().map(|found| (found.field.as_str(), found.rule.as_str())).collect();
        assert_eq!(named, expected);
    };
    let sound = StatementSettings::default;
    check(sound(), &[]);
    check(StatementSettings { decision_visibility: vec![], ..sound() }, &[("decision_visibility", "any_decision")]);
    let other = vec![Visibility::Other];
    check(StatementSettings { decision_visibility: other, ..sound() }, &[("decision_visibility_other", "required_when")]);
    let link = Some("our terms".to_owned());
    check(StatementSettings { decision_ground_reference_url: link, ..sound() }, &[("decision_ground_reference_url", "url")]);
    let sources = [("x".to_owned(), Source::Article16 { source_identity: Some("x".repeat(501)) })].into();
    check(StatementSettings { sources, ..sound() }, &[("source_identity", "chars_max")]);
}

#[test]
fn requests_hold_a_hundred_statements() {
    for (statements, sizes) in [(0, &[][..]), (1, &[1]), (100, &[100]), (101, &[100, 1]), (250, &[100, 100, 50])] {
        let mut batches = Batches::default();
        let mut lines = Vec::new();
        for number in 0..statements {
            let decided = Decided { review_id: number.to_string(), ..decided() };
            lines
                .extend(batches.push(&Statement::of(&decided, &ListingFacts::default(), &StatementSettings::default()).unwrap()));
        }
        lines.extend(batches.finish());
        let requests: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.iter().all(|line| line.ends_with('\n') && line.matches('\n').count() == 1));
        let counts: Vec<_> = requests.iter().map(|request| request["statements"].as_array().unwrap().len()).collect();
        assert_eq!(counts, sizes);
        assert!(requests.iter().all(|request| validate_batch(request).is_empty()));
    }
}

/// What an empty statement lacks.
const MISSING: [(&str, &str); 11] = [
    ("statement_0.puid", "required"),
    ("statement_0.decision_visibility", "any_decision"),
    ("statement_0.decision_ground", "required"),
    ("statement_0.content_type", "required"),
    ("statement_0.category", "required"),
    ("statement_0.content_date", "required"),
    ("statement_0.application_date", "required"),
    ("statement_0.decision_facts", "required"),
    ("statement_0.source_type", "required"),
    ("statement_0.automated_detection", "required"),
    ("statement_0.automated_decision", "required"),
];

#[test]
fn what_is_wrong_with_a_request_is_named() {
    let check = |request: Value, expected: &[(&str, &str)]| {
        let violations = validate_batch(&request);
        let named: Vec<_> = violations.iter().map(|found| (found.field.as_str(), found.rule.as_str())).collect();
        assert_eq!(named, expected);
    };
    check(json!([]), &[("statements", "object")]);
    check(json!({ "statements": [] }), &[("statements", "count")]);
    check(json!({ "statements": [valid(), valid()] }), &[("statement_1.puid", "unique")]);
    check(json!({ "statements": [valid(), 1] }), &[("statement_1.statement", "object")]);
    check(json!({ "statements": [{}] }), &MISSING);
    let mut many = vec![valid(); 101];
    for (at, statement) in many.iter_mut().enumerate() {
        statement["puid"] = json!(at.to_string());
    }
    check(json!({ "statements": many }), &[("statements", "count")]);
}

proptest! {
    #[test]
    fn every_statement_of_ours_passes(
        (review_id, listing_id, text, name, signal) in (any::<String>(), any::<String>(), any::<String>(), any::<String>(), any::<String>()),
        (created_at, gtin) in (proptest::option::of("[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z"), proptest::option::of("[0-9]{8,14}")),
        contact in prop_oneof!["[a-z]{2,9}@[a-z]{2,9}\\.com", "\\+[1-9][0-9 ]{8,16}", "微信[:： ]?[a-z]{3,8}[0-9_]{1,4}", "t\\.me/[a-z]{4,9}"],
        risk in 0_u16..=1_000,
        reasons in 0_usize..60,
    ) {
        let fired = Fired { signal: signal.clone(), rule: None, points: Milli(1) };
        let decided = Decided { review_id, listing_id, risk: Risk(risk), reasons: vec![fired; reasons], ..decided() };
        let quoted = [Reason { signal, rule: None, points: Milli(1), text: format!("{text} {contact} {name}").repeat(3), ..reason("") }];
        let facts =
            ListingFacts { created_at, gtin: gtin.as_deref(), language: None, seller_names: vec![&name], reasons: &quoted };
        let statement = Statement::of(&decided, &facts, &StatementSettings::default()).unwrap();
        prop_assert_eq!(validate(&statement.to_json()), vec![]);
        prop_assert_eq!(find(&statement.decision_facts), vec![]);
    }
}
