//! Is every rule kept by what passes and broken by what fails?

use super::tests::valid;
use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The valid statement with other values; `null` takes a field away.
fn with(changes: &Value) -> Value {
    let mut statement = valid();
    for (field, value) in changes.as_object().unwrap() {
        statement[field] = value.clone();
    }
    statement
}

/// For each rule a statement that keeps it and one that breaks it: what is changed in a valid one.
fn cases() -> Vec<(&'static str, &'static str, Value, Value)> {
    let long = |chars: usize| "é".repeat(chars);
    let incompatible = |changes: Value| {
        let mut fields = json!({
            "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
            "illegal_content_legal_ground": null,
            "illegal_content_explanation": null,
            "incompatible_content_ground": "Terms, section 4",
            "incompatible_content_explanation": "Copies are not allowed",
        });
        for (field, value) in changes.as_object().unwrap() {
            fields[field] = value.clone();
        }
        fields
    };
    let other = |field: &str, value: Value, text: Value| {
        let mut fields = json!({ field: value });
        fields[format!("{field}_other")] = text;
        fields
    };
    vec![
        ("puid", "required", json!({}), json!({ "puid": " " })),
        ("puid", "chars_max", json!({ "puid": "a".repeat(500) }), json!({ "puid": "a".repeat(501) })),
        ("puid", "charset", json!({ "puid": "aZ09-_" }), json!({ "puid": "a.b" })),
        (
            "decision_visibility",
            "any_decision",
            json!({ "decision_visibility": [], "decision_account": "DECISION_ACCOUNT_SUSPENDED" }),
            json!({ "decision_visibility": [] }),
        ),
        (
            "decision_visibility",
            "list_of",
            json!({ "decision_visibility": ["DECISION_VISIBILITY_CONTENT_DEMOTED", "DECISION_VISIBILITY_CONTENT_LABELLED"] }),
            json!({ "decision_visibility": "DECISION_VISIBILITY_CONTENT_REMOVED" }),
        ),
        (
            "decision_visibility_other",
            "required_when",
            other("decision_visibility", json!(["DECISION_VISIBILITY_OTHER"]), json!("hidden")),
            other("decision_visibility", json!(["DECISION_VISIBILITY_OTHER"]), json!(null)),
        ),
        ("decision_visibility_other", "absent_unless", json!({}), json!({ "decision_visibility_other": "hidden" })),
        (
            "decision_visibility_other",
            "chars_max",
            other("decision_visibility", json!(["DECISION_VISIBILITY_OTHER"]), json!(long(500))),
            other("decision_visibility", json!(["DECISION_VISIBILITY_OTHER"]), json!(long(501))),
        ),
        (
            "decision_monetary",
            "one_of",
            json!({ "decision_monetary": "DECISION_MONETARY_SUSPENSION" }),
            json!({ "decision_monetary": "DECISION_MONETARY_FINE" }),
        ),
        (
            "decision_monetary_other",
            "required_when",
            other("decision_monetary", json!("DECISION_MONETARY_OTHER"), json!("held")),
            other("decision_monetary", json!("DECISION_MONETARY_OTHER"), json!("")),
        ),
        ("decision_monetary_other", "absent_unless", json!({}), json!({ "decision_monetary_other": "held" })),
        (
            "decision_monetary_other",
            "chars_max",
            other("decision_monetary", json!("DECISION_MONETARY_OTHER"), json!(long(500))),
            other("decision_monetary", json!("DECISION_MONETARY_OTHER"), json!(long(501))),
        ),
        (
            "decision_provision",
            "one_of",
            json!({ "decision_provision": "DECISION_PROVISION_TOTAL_TERMINATION" }),
            json!({ "decision_provision": "DECISION_PROVISION_SUSPENSION" }),
        ),
        (
            "decision_account",
            "one_of",
            json!({ "decision_account": "DECISION_ACCOUNT_TERMINATED" }),
            json!({ "decision_account": ["DECISION_ACCOUNT_TERMINATED"] }),
        ),
        ("account_type", "one_of", json!({ "account_type": "ACCOUNT_TYPE_BUSINESS" }), json!({ "account_type": "BUSINESS" })),
        ("decision_ground", "required", json!({}), json!({ "decision_ground": null })),
        ("decision_ground", "one_of", incompatible(json!({})), json!({ "decision_ground": "ILLEGAL" })),
        (
            "decision_ground_reference_url",
            "url",
            json!({ "decision_ground_reference_url": "https://example.com/terms?x=1" }),
            json!({ "decision_ground_reference_url": "example.com/terms" }),
        ),
        (
            "decision_ground_reference_url",
            "chars_max",
            json!({ "decision_ground_reference_url": format!("https://a.eu/{}", long(487)) }),
            json!({ "decision_ground_reference_url": format!("https://a.eu/{}", long(488)) }),
        ),
        (
            "illegal_content_legal_ground",
            "required_when",
            incompatible(json!({})),
            json!({ "illegal_content_legal_ground": null }),
        ),
        (
            "illegal_content_legal_ground",
            "absent_unless",
            json!({}),
            incompatible(json!({ "illegal_content_legal_ground": "law" })),
        ),
        (
            "illegal_content_legal_ground",
            "chars_max",
            json!({ "illegal_content_legal_ground": long(500) }),
            json!({ "illegal_content_legal_ground": long(501) }),
        ),
        ("illegal_content_explanation", "required_when", incompatible(json!({})), json!({ "illegal_content_explanation": " " })),
        (
            "illegal_content_explanation",
            "absent_unless",
            json!({}),
            incompatible(json!({ "illegal_content_explanation": "law" })),
        ),
        (
            "illegal_content_explanation",
            "chars_max",
            json!({ "illegal_content_explanation": long(2_000) }),
            json!({ "illegal_content_explanation": long(2_001) }),
        ),
        ("incompatible_content_ground", "required_when", json!({}), incompatible(json!({ "incompatible_content_ground": null }))),
        (
            "incompatible_content_ground",
            "absent_unless",
            incompatible(json!({})),
            json!({ "incompatible_content_ground": "terms" }),
        ),
        (
            "incompatible_content_ground",
            "chars_max",
            incompatible(json!({ "incompatible_content_ground": long(500) })),
            incompatible(json!({ "incompatible_content_ground": long(501) })),
        ),
        (
            "incompatible_content_explanation",
            "required_when",
            json!({}),
            incompatible(json!({ "incompatible_content_explanation": null })),
        ),
        (
            "incompatible_content_explanation",
            "absent_unless",
            incompatible(json!({})),
            json!({ "incompatible_content_explanation": "terms" }),
        ),
        (
            "incompatible_content_explanation",
            "chars_max",
            incompatible(json!({ "incompatible_content_explanation": long(2_000) })),
            incompatible(json!({ "incompatible_content_explanation": long(2_001) })),
        ),
        (
            "incompatible_content_illegal",
            "absent_unless",
            incompatible(json!({ "incompatible_content_illegal": "Yes" })),
            json!({ "incompatible_content_illegal": "Yes" }),
        ),
        (
            "incompatible_content_illegal",
            "one_of",
            incompatible(json!({ "incompatible_content_illegal": "No" })),
            incompatible(json!({ "incompatible_content_illegal": true })),
        ),
        ("content_type", "required", json!({}), json!({ "content_type": [] })),
        (
            "content_type",
            "list_of",
            json!({ "content_type": ["CONTENT_TYPE_PRODUCT", "CONTENT_TYPE_IMAGE"] }),
            json!({ "content_type": ["CONTENT_TYPE_PRODUCT", "CONTENT_TYPE_SMELL"] }),
        ),
        (
            "content_type_other",
            "required_when",
            other("content_type", json!(["CONTENT_TYPE_OTHER"]), json!("service")),
            other("content_type", json!(["CONTENT_TYPE_OTHER"]), json!(null)),
        ),
        ("content_type_other", "absent_unless", json!({}), json!({ "content_type_other": "service" })),
        (
            "content_type_other",
            "chars_max",
            other("content_type", json!(["CONTENT_TYPE_OTHER"]), json!(long(500))),
            other("content_type", json!(["CONTENT_TYPE_OTHER"]), json!(long(501))),
        ),
        ("category", "required", json!({}), json!({ "category": null })),
        (
            "category",
            "one_of",
            json!({ "category": "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS" }),
            json!({ "category": "KEYWORD_TRADEMARK_INFRINGEMENT" }),
        ),
        (
            "category_addition",
            "list_of",
            json!({ "category_addition": ["STATEMENT_CATEGORY_SCAMS_AND_FRAUD"] }),
            json!({ "category_addition": [7] }),
        ),
        (
            "category_specification",
            "list_of",
            json!({ "category_specification": ["KEYWORD_INAUTHENTIC_LISTINGS"] }),
            json!({ "category_specification": ["KEYWORD_FAKES"] }),
        ),
        (
            "category_specification_other",
            "required_when",
            other("category_specification", json!(["KEYWORD_OTHER"]), json!("labels")),
            other("category_specification", json!(["KEYWORD_OTHER"]), json!(null)),
        ),
        ("category_specification_other", "absent_unless", json!({}), json!({ "category_specification_other": "labels" })),
        (
            "category_specification_other",
            "chars_max",
            other("category_specification", json!(["KEYWORD_OTHER"]), json!(long(500))),
            other("category_specification", json!(["KEYWORD_OTHER"]), json!(long(501))),
        ),
        ("territorial_scope", "list_of", json!({ "territorial_scope": ["DE", "NO"] }), json!({ "territorial_scope": ["CH"] })),
        ("content_language", "language_code", json!({ "content_language": "FR" }), json!({ "content_language": "fr" })),
        ("content_date", "required", json!({}), json!({ "content_date": null })),
        ("content_date", "date", json!({ "content_date": "2024-02-29" }), json!({ "content_date": "2023-02-29" })),
        ("content_date", "between", json!({ "content_date": "2000-01-01" }), json!({ "content_date": "1999-12-31" })),
        ("application_date", "required", json!({}), json!({ "application_date": "" })),
        (
            "application_date",
            "date",
            json!({ "application_date": "2026-11-24" }),
            json!({ "application_date": "2026-11-24T09:00:00Z" }),
        ),
        ("application_date", "between", json!({ "application_date": "2020-01-01" }), json!({ "application_date": "2019-12-31" })),
        (
            "end_date_visibility_restriction",
            "date",
            json!({ "end_date_visibility_restriction": "2027-01-31" }),
            json!({ "end_date_visibility_restriction": "2027-04-31" }),
        ),
        (
            "end_date_monetary_restriction",
            "date",
            json!({ "end_date_monetary_restriction": "2027-01-31" }),
            json!({ "end_date_monetary_restriction": "2027-13-01" }),
        ),
        (
            "end_date_service_restriction",
            "date",
            json!({ "end_date_service_restriction": "2027-01-31" }),
            json!({ "end_date_service_restriction": "31.01.2027" }),
        ),
        (
            "end_date_account_restriction",
            "date",
            json!({ "end_date_account_restriction": "2027-01-31" }),
            json!({ "end_date_account_restriction": 20_270_131 }),
        ),
        ("decision_facts", "required", json!({}), json!({ "decision_facts": null })),
        ("decision_facts", "chars_max", json!({ "decision_facts": long(5_000) }), json!({ "decision_facts": long(5_001) })),
        (
            "decision_facts",
            "no_personal_data",
            json!({ "decision_facts": "Said \"1:1 replica\"" }),
            json!({ "decision_facts": "Said \"WeChat: kicks_88\"" }),
        ),
        ("source_type", "required", json!({}), json!({ "source_type": null })),
        ("source_type", "one_of", json!({ "source_type": "SOURCE_ARTICLE_16" }), json!({ "source_type": "SOURCE_ARTICLE_17" })),
        (
            "source_identity",
            "absent_when",
            json!({ "source_type": "SOURCE_TRUSTED_FLAGGER", "source_identity": "Argo" }),
            json!({ "source_identity": "Argo" }),
        ),
        (
            "source_identity",
            "chars_max",
            json!({ "source_type": "SOURCE_ARTICLE_16", "source_identity": long(500) }),
            json!({ "source_type": "SOURCE_ARTICLE_16", "source_identity": long(501) }),
        ),
        ("automated_detection", "required", json!({}), json!({ "automated_detection": null })),
        ("automated_detection", "one_of", json!({ "automated_detection": "No" }), json!({ "automated_detection": false })),
        ("automated_decision", "required", json!({}), json!({ "automated_decision": null })),
        (
            "automated_decision",
            "one_of",
            json!({ "automated_decision": "AUTOMATED_DECISION_PARTIALLY" }),
            json!({ "automated_decision": "No" }),
        ),
        (
            "content_id",
            "ean_13",
            json!({ "content_id": { "EAN-13": "4006381333931" } }),
            json!({ "content_id": { "EAN-13": "400638133393" } }),
        ),
    ]
}

#[test]
fn each_rule_is_kept_and_broken_once() {
    for (field, rule, kept, broken) in cases() {
        assert_eq!(validate(&with(&kept)), [], "{field} {rule}: {kept}");
        let violations = validate(&with(&broken));
        assert!(violations.iter().any(|found| found.field == field && found.rule == rule), "{field} {rule}: {violations:?}");
    }
}

#[test]
fn no_rule_is_without_its_cases() {
    let tried: Vec<_> = cases().iter().map(|(field, rule, ..)| (*field, *rule)).collect();
    let rules: Vec<_> = RULES.iter().map(|rule| (rule.field, rule.check.name())).collect();
    assert_eq!(tried, rules);
    assert_eq!(rules.iter().collect::<BTreeSet<_>>().len(), rules.len());
}

#[test]
fn our_values_are_those_of_the_rules() {
    let check = |field: &str, values: Value| {
        let mut ours: Vec<String> = serde_json::from_value(values).unwrap();
        let mut listed: Vec<String> = RULES
            .iter()
            .filter(|rule| rule.field == field)
            .find_map(|rule| match rule.check {
                Check::OneOf(values) | Check::ListOf(values) => Some(values.iter().map(ToString::to_string).collect()),
                _ => None,
            })
            .unwrap();
        ours.sort();
        listed.sort();
        assert_eq!(ours, listed, "{field}");
    };
    check("decision_visibility", json!(Visibility::ALL));
    check("decision_monetary", json!(Monetary::ALL));
    check("decision_provision", json!(Provision::ALL));
    check("decision_account", json!(AccountDecision::ALL));
    check("account_type", json!(AccountType::ALL));
    check("content_type", json!(ContentType::ALL));
    check("category", json!(Category::ALL));
    check("category_specification", json!(Keyword::ALL));
    check("territorial_scope", json!(Territory::ALL));
    check("automated_detection", json!(YesNo::ALL));
    check("automated_decision", json!(AutomatedDecision::ALL));
}

proptest! {
    #[test]
    fn any_json_can_be_checked(field in 0..RULES.len(), value in prop_oneof![
        Just(json!(null)), Just(json!(1)), Just(json!([])), Just(json!([null])), Just(json!({})), any::<String>().prop_map(Value::from),
        any::<String>().prop_map(|text| json!([text])), any::<String>().prop_map(|text| json!({ "EAN-13": text })),
    ]) {
        let statement = with(&json!({ RULES[field].field: value }));
        for found in validate(&statement) {
            prop_assert!(RULES.iter().any(|rule| rule.field == found.field && rule.check.name() == found.rule));
        }
        prop_assert!(!validate(&statement[RULES[field].field]).is_empty());
        let request = json!({ "statements": statement });
        prop_assert!(!validate_batch(&request).is_empty());
    }
}
