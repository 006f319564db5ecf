//! What does the database demand of each field? One row for each rule, written down from its source and not from our record.

/// What a field must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// There, and not blank or empty.
    Required,
    /// One of four fields is there.
    AnyDecision,
    /// There, when a field has (or holds) a value.
    RequiredWhen(&'static str, &'static str),
    /// Absent, unless a field has (or holds) a value.
    AbsentUnless(&'static str, &'static str),
    /// Absent, when a field has a value.
    AbsentWhen(&'static str, &'static str),
    /// Text of at most so many characters.
    CharsMax(usize),
    /// Letters, digits, `-` and `_` alone.
    Charset,
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A list of these.
    ListOf(&'static [&'static str]),
    /// An address on the web.
    Url,
    /// A code of two capital letters.
    LanguageCode,
    /// A day of the calendar, `2026-11-24`.
    Date,
    /// Not before the first day and not behind the last.
    Between(&'static str, &'static str),
    /// Without contacts.
    NoPersonalData,
    /// `{"EAN-13": "13 digits"}`.
    Ean13,
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The field.
    pub field: &'static str,
    /// What it must be.
    pub check: Check,
}

impl Check {
    /// Stable name of the rule within its field.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::AnyDecision => "any_decision",
            Self::RequiredWhen(..) => "required_when",
            Self::AbsentUnless(..) => "absent_unless",
            Self::AbsentWhen(..) => "absent_when",
            Self::CharsMax(_) => "chars_max",
            Self::Charset => "charset",
            Self::OneOf(_) => "one_of",
            Self::ListOf(_) => "list_of",
            Self::Url => "url",
            Self::LanguageCode => "language_code",
            Self::Date => "date",
            Self::Between(..) => "between",
            Self::NoPersonalData => "no_personal_data",
            Self::Ean13 => "ean_13",
        }
    }
}

const fn rule(field: &'static str, check: Check) -> Rule {
    Rule { field, check }
}

use Check::{
    AbsentUnless, AbsentWhen, AnyDecision, Between, CharsMax, Charset, Date, Ean13, LanguageCode, ListOf, NoPersonalData, OneOf,
    Required, RequiredWhen, Url,
};

const ILLEGAL: &str = "DECISION_GROUND_ILLEGAL_CONTENT";
const INCOMPATIBLE: &str = "DECISION_GROUND_INCOMPATIBLE_CONTENT";
const CATEGORIES: &[&str] = &[
    "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
    "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
];

/// Every rule. The database knows more categories than those of a counterfeit; a statement of ours under another one is a mistake.
pub const RULES: &[Rule] = &[
    rule("puid", Required),
    rule("puid", CharsMax(500)),
    rule("puid", Charset),
    rule("decision_visibility", AnyDecision),
    rule(
        "decision_visibility",
        ListOf(&[
            "DECISION_VISIBILITY_CONTENT_REMOVED",
            "DECISION_VISIBILITY_CONTENT_DISABLED",
            "DECISION_VISIBILITY_CONTENT_DEMOTED",
            "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
            "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
            "DECISION_VISIBILITY_CONTENT_LABELLED",
            "DECISION_VISIBILITY_OTHER",
        ]),
    ),
    rule("decision_visibility_other", RequiredWhen("decision_visibility", "DECISION_VISIBILITY_OTHER")),
    rule("decision_visibility_other", AbsentUnless("decision_visibility", "DECISION_VISIBILITY_OTHER")),
    rule("decision_visibility_other", CharsMax(500)),
    rule(
        "decision_monetary",
        OneOf(&["DECISION_MONETARY_SUSPENSION", "DECISION_MONETARY_TERMINATION", "DECISION_MONETARY_OTHER"]),
    ),
    rule("decision_monetary_other", RequiredWhen("decision_monetary", "DECISION_MONETARY_OTHER")),
    rule("decision_monetary_other", AbsentUnless("decision_monetary", "DECISION_MONETARY_OTHER")),
    rule("decision_monetary_other", CharsMax(500)),
    rule(
        "decision_provision",
        OneOf(&[
            "DECISION_PROVISION_PARTIAL_SUSPENSION",
            "DECISION_PROVISION_TOTAL_SUSPENSION",
            "DECISION_PROVISION_PARTIAL_TERMINATION",
            "DECISION_PROVISION_TOTAL_TERMINATION",
        ]),
    ),
    rule("decision_account", OneOf(&["DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"])),
    rule("account_type", OneOf(&["ACCOUNT_TYPE_BUSINESS", "ACCOUNT_TYPE_PRIVATE"])),
    rule("decision_ground", Required),
    rule("decision_ground", OneOf(&[ILLEGAL, INCOMPATIBLE])),
    rule("decision_ground_reference_url", Url),
    rule("decision_ground_reference_url", CharsMax(500)),
    rule("illegal_content_legal_ground", RequiredWhen("decision_ground", ILLEGAL)),
    rule("illegal_content_legal_ground", AbsentUnless("decision_ground", ILLEGAL)),
    rule("illegal_content_legal_ground", CharsMax(500)),
    rule("illegal_content_explanation", RequiredWhen("decision_ground", ILLEGAL)),
    rule("illegal_content_explanation", AbsentUnless("decision_ground", ILLEGAL)),
    rule("illegal_content_explanation", CharsMax(2_000)),
    rule("incompatible_content_ground", RequiredWhen("decision_ground", INCOMPATIBLE)),
    rule("incompatible_content_ground", AbsentUnless("decision_ground", INCOMPATIBLE)),
    rule("incompatible_content_ground", CharsMax(500)),
    rule("incompatible_content_explanation", RequiredWhen("decision_ground", INCOMPATIBLE)),
    rule("incompatible_content_explanation", AbsentUnless("decision_ground", INCOMPATIBLE)),
    rule("incompatible_content_explanation", CharsMax(2_000)),
    rule("incompatible_content_illegal", AbsentUnless("decision_ground", INCOMPATIBLE)),
    rule("incompatible_content_illegal", OneOf(&["Yes", "No"])),
    rule("content_type", Required),
    rule(
        "content_type",
        ListOf(&[
            "CONTENT_TYPE_PRODUCT",
            "CONTENT_TYPE_TEXT",
            "CONTENT_TYPE_IMAGE",
            "CONTENT_TYPE_VIDEO",
            "CONTENT_TYPE_AUDIO",
            "CONTENT_TYPE_APP",
            "CONTENT_TYPE_SYNTHETIC_MEDIA",
            "CONTENT_TYPE_OTHER",
        ]),
    ),
    rule("content_type_other", RequiredWhen("content_type", "CONTENT_TYPE_OTHER")),
    rule("content_type_other", AbsentUnless("content_type", "CONTENT_TYPE_OTHER")),
    rule("content_type_other", CharsMax(500)),
    rule("category", Required),
    rule("category", OneOf(CATEGORIES)),
    rule("category_addition", ListOf(CATEGORIES)),
    rule(
        "category_specification",
        ListOf(&[
            "KEYWORD_TRADEMARK_INFRINGEMENT",
            "KEYWORD_COPYRIGHT_INFRINGEMENT",
            "KEYWORD_DESIGN_INFRINGEMENT",
            "KEYWORD_PATENT_INFRINGEMENT",
            "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
            "KEYWORD_TRADE_SECRET_INFRINGEMENT",
            "KEYWORD_INAUTHENTIC_LISTINGS",
            "KEYWORD_INAUTHENTIC_USER_REVIEWS",
            "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS",
            "KEYWORD_MISLEADING_INFO_GOODS_SERVICES",
            "KEYWORD_OTHER",
        ]),
    ),
    rule("category_specification_other", RequiredWhen("category_specification", "KEYWORD_OTHER")),
    rule("category_specification_other", AbsentUnless("category_specification", "KEYWORD_OTHER")),
    rule("category_specification_other", CharsMax(500)),
    rule(
        "territorial_scope",
        ListOf(&[
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
            "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
        ]),
    ),
    rule("content_language", LanguageCode),
    rule("content_date", Required),
    rule("content_date", Date),
    rule("content_date", Between("2000-01-01", "2038-01-01")),
    rule("application_date", Required),
    rule("application_date", Date),
    rule("application_date", Between("2020-01-01", "9999-12-31")),
    rule("end_date_visibility_restriction", Date),
    rule("end_date_monetary_restriction", Date),
    rule("end_date_service_restriction", Date),
    rule("end_date_account_restriction", Date),
    rule("decision_facts", Required),
    rule("decision_facts", CharsMax(5_000)),
    rule("decision_facts", NoPersonalData),
    rule("source_type", Required),
    rule(
        "source_type",
        OneOf(&["SOURCE_ARTICLE_16", "SOURCE_TRUSTED_FLAGGER", "SOURCE_TYPE_OTHER_NOTIFICATION", "SOURCE_VOLUNTARY"]),
    ),
    rule("source_identity", AbsentWhen("source_type", "SOURCE_VOLUNTARY")),
    rule("source_identity", CharsMax(500)),
    rule("automated_detection", Required),
    rule("automated_detection", OneOf(&["Yes", "No"])),
    rule("automated_decision", Required),
    rule(
        "automated_decision",
        OneOf(&["AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY", "AUTOMATED_DECISION_NOT_AUTOMATED"]),
    ),
    rule("content_id", Ean13),
];
