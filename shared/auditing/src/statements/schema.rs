//! Which fields and values does the record have?

use serde::{Deserialize, Serialize};

/// A statement of reasons, as posted. Absent fields are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Name of the statement, unique within the platform: at most 500 of letters, digits, `-` and `_`.
    pub puid: String,
    /// What became of the listing; at least one of the four decisions is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decision_visibility: Vec<Visibility>,
    /// What "other" is, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_visibility_other: Option<String>,
    /// What became of payments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_monetary: Option<Monetary>,
    /// What "other" is, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_monetary_other: Option<String>,
    /// What became of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_provision: Option<Provision>,
    /// What became of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_account: Option<AccountDecision>,
    /// Whose account it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_type: Option<AccountType>,
    /// Why, in law or by contract.
    #[serde(flatten)]
    pub ground: Ground,
    /// Where the law or the terms can be read, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision_ground_reference_url: Option<String>,
    /// What kind of content it is.
    pub content_type: Vec<ContentType>,
    /// What "other" is, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type_other: Option<String>,
    /// What it offends against.
    pub category: Category,
    /// What else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category_addition: Vec<Category>,
    /// More exactly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub category_specification: Vec<Keyword>,
    /// What "other" is, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category_specification_other: Option<String>,
    /// Where the restriction holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub territorial_scope: Vec<Territory>,
    /// In which language the listing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_language: Option<Language>,
    /// When the listing was created.
    pub content_date: Date,
    /// When the restriction began.
    pub application_date: Date,
    /// When each restriction ends; none is without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_visibility_restriction: Option<Date>,
    /// The same of payments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_monetary_restriction: Option<Date>,
    /// The same of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_service_restriction: Option<Date>,
    /// The same of the account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date_account_restriction: Option<Date>,
    /// What the decision rests on, at most 5,000 characters, without personal data.
    pub decision_facts: String,
    /// How the listing came to notice.
    #[serde(flatten)]
    pub source: Source,
    /// Whether a program found it.
    pub automated_detection: YesNo,
    /// Whether a program decided.
    pub automated_decision: AutomatedDecision,
    /// The goods, where their number is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<ContentId>,
}

/// Why, in law or by contract: the fields of one exclude those of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "decision_ground")]
pub enum Ground {
    /// Against the law.
    #[serde(rename = "DECISION_GROUND_ILLEGAL_CONTENT")]
    Illegal {
        /// The law, at most 500 characters.
        illegal_content_legal_ground: String,
        /// Why it applies, at most 2,000 characters.
        illegal_content_explanation: String,
    },
    /// Against the platform's terms.
    #[serde(rename = "DECISION_GROUND_INCOMPATIBLE_CONTENT")]
    Incompatible {
        /// The term, at most 500 characters.
        incompatible_content_ground: String,
        /// Why it applies, at most 2,000 characters.
        incompatible_content_explanation: String,
        /// Whether it is against the law as well.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        incompatible_content_illegal: Option<YesNo>,
    },
}

/// How a listing came to notice, and through whom (at most 500 characters; never a private person).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source_type")]
#[allow(missing_docs)] // `source_identity` is the field of the record
pub enum Source {
    /// A notice under Article 16.
    #[serde(rename = "SOURCE_ARTICLE_16")]
    Article16 {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_identity: Option<String>,
    },
    /// A notice of a trusted flagger (Article 22).
    #[serde(rename = "SOURCE_TRUSTED_FLAGGER")]
    TrustedFlagger {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_identity: Option<String>,
    },
    /// Another notice.
    #[serde(rename = "SOURCE_TYPE_OTHER_NOTIFICATION")]
    OtherNotification {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source_identity: Option<String>,
    },
    /// The platform looked by itself.
    #[serde(rename = "SOURCE_VOLUNTARY")]
    Voluntary,
}

/// Values that are spelt as in the record.
macro_rules! values {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs)] // the value as posted says it
        pub enum $name {
            $(#[serde(rename = $text)] $variant),+
        }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
        }
    };
}

values!(
    /// What became of the listing.
    Visibility {
        Removed = "DECISION_VISIBILITY_CONTENT_REMOVED",
        Disabled = "DECISION_VISIBILITY_CONTENT_DISABLED",
        Demoted = "DECISION_VISIBILITY_CONTENT_DEMOTED",
        AgeRestricted = "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
        InteractionRestricted = "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
        Labelled = "DECISION_VISIBILITY_CONTENT_LABELLED",
        Other = "DECISION_VISIBILITY_OTHER",
    }
);
values!(
    /// What became of payments.
    Monetary {
        Suspension = "DECISION_MONETARY_SUSPENSION",
        Termination = "DECISION_MONETARY_TERMINATION",
        Other = "DECISION_MONETARY_OTHER",
    }
);
values!(
    /// What became of the service.
    Provision {
        PartialSuspension = "DECISION_PROVISION_PARTIAL_SUSPENSION",
        TotalSuspension = "DECISION_PROVISION_TOTAL_SUSPENSION",
        PartialTermination = "DECISION_PROVISION_PARTIAL_TERMINATION",
        TotalTermination = "DECISION_PROVISION_TOTAL_TERMINATION",
    }
);
values!(
    /// What became of the account.
    AccountDecision {
        Suspended = "DECISION_ACCOUNT_SUSPENDED",
        Terminated = "DECISION_ACCOUNT_TERMINATED",
    }
);
values!(
    /// Whose account it is.
    AccountType {
        Business = "ACCOUNT_TYPE_BUSINESS",
        Private = "ACCOUNT_TYPE_PRIVATE",
    }
);
values!(
    /// What kind of content a listing is.
    ContentType {
        App = "CONTENT_TYPE_APP",
        Audio = "CONTENT_TYPE_AUDIO",
        Image = "CONTENT_TYPE_IMAGE",
        Product = "CONTENT_TYPE_PRODUCT",
        SyntheticMedia = "CONTENT_TYPE_SYNTHETIC_MEDIA",
        Text = "CONTENT_TYPE_TEXT",
        Video = "CONTENT_TYPE_VIDEO",
        Other = "CONTENT_TYPE_OTHER",
    }
);
values!(
    /// What a counterfeit offends against. The database has more categories, which no counterfeit belongs to.
    Category {
        IntellectualProperty = "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        UnsafeProducts = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
        ScamsAndFraud = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
        ConsumerInformation = "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
    }
);
values!(
    /// What it offends against, more exactly.
    Keyword {
        Trademark = "KEYWORD_TRADEMARK_INFRINGEMENT",
        Copyright = "KEYWORD_COPYRIGHT_INFRINGEMENT",
        Design = "KEYWORD_DESIGN_INFRINGEMENT",
        Patent = "KEYWORD_PATENT_INFRINGEMENT",
        GeographicIndications = "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
        TradeSecret = "KEYWORD_TRADE_SECRET_INFRINGEMENT",
        InauthenticListings = "KEYWORD_INAUTHENTIC_LISTINGS",
        InauthenticReviews = "KEYWORD_INAUTHENTIC_USER_REVIEWS",
        InsufficientTraderInformation = "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS",
        MisleadingInformation = "KEYWORD_MISLEADING_INFO_GOODS_SERVICES",
        Other = "KEYWORD_OTHER",
    }
);
values!(
    /// Yes or no.
    YesNo {
        Yes = "Yes",
        No = "No",
    }
);
values!(
    /// Whether a program decided.
    AutomatedDecision {
        Fully = "AUTOMATED_DECISION_FULLY",
        Partially = "AUTOMATED_DECISION_PARTIALLY",
        Not = "AUTOMATED_DECISION_NOT_AUTOMATED",
    }
);
values!(
    /// A country of the European Economic Area, by its ISO 3166-1 code.
    Territory {
        At = "AT", Be = "BE", Bg = "BG", Cy = "CY", Cz = "CZ", De = "DE", Dk = "DK", Ee = "EE", Es = "ES", Fi = "FI",
        Fr = "FR", Gr = "GR", Hr = "HR", Hu = "HU", Ie = "IE", Is = "IS", It = "IT", Li = "LI", Lt = "LT", Lu = "LU",
        Lv = "LV", Mt = "MT", Nl = "NL", No = "NO", Pl = "PL", Pt = "PT", Ro = "RO", Se = "SE", Si = "SI", Sk = "SK",
    }
);

/// The number of the goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentId {
    /// 13 digits.
    #[serde(rename = "EAN-13")]
    pub ean_13: String,
}

impl ContentId {
    /// From a trade item number of 12 to 14 digits that has a form of 13.
    #[must_use]
    pub fn of(gtin: &str) -> Option<Self> {
        let ean_13 = match gtin.len() {
            12 => format!("0{gtin}"),
            13 => gtin.to_owned(),
            // Of a larger packing there is no shorter form.
            14 => gtin.strip_prefix('0')?.to_owned(),
            _ => return None,
        };
        ean_13.bytes().all(|byte| byte.is_ascii_digit()).then_some(Self { ean_13 })
    }
}

/// A day of the calendar, `2026-11-24`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(String);

impl Date {
    /// The day of a time, RFC 3339, as written there; `None` unless it begins with a day that there is.
    #[must_use]
    pub fn of(time: &str) -> Option<Self> {
        let day = time.get(..10)?;
        super::validate::is_date(day).then(|| Self(day.to_owned()))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A language, by its ISO 639-1 code in capitals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// From a code of two letters, in capitals or not.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| Self(code.to_ascii_uppercase()))
    }
}
