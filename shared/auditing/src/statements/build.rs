//! How does a confirmed decision become a statement of reasons?

use super::schema::{
    AccountType, AutomatedDecision, Category, ContentId, ContentType, Date, Ground, Keyword, Language, Source, Statement,
    Territory, Visibility, YesNo,
};
use super::{Violation, facts, validate};
use crate::integrity::name_hash;
use crate::{Decided, Fired};
use scoring::{Listing, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// First and last day that the database takes for the creation of content.
const CONTENT_DATES: [&str; 2] = ["2000-01-01", "2038-01-01"];
/// First day that it takes for a restriction.
const APPLICATION_DATE_MIN: &str = "2020-01-01";
/// Hexadecimal digits of the hash in a name: 160 bits, so that no two decisions share one.
const PUID_HASH_DIGITS: usize = 40;

/// What a platform decides once for all its statements. [`StatementSettings::check`] tells whether the database would take them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StatementSettings {
    /// What is done with a confirmed listing.
    pub decision_visibility: Vec<Visibility>,
    /// What "other" is.
    pub decision_visibility_other: Option<String>,
    /// Whose accounts sell here, where all are alike.
    pub account_type: Option<AccountType>,
    /// The law or the term that counterfeits are against.
    pub ground: Ground,
    /// Where it can be read.
    pub decision_ground_reference_url: Option<String>,
    /// What a listing is.
    pub content_type: Vec<ContentType>,
    /// What else a counterfeit offends against.
    pub category_addition: Vec<Category>,
    /// What it offends against, more exactly.
    pub category_specification: Vec<Keyword>,
    /// Where the restriction holds; empty is not told.
    pub territorial_scope: Vec<Territory>,
    /// Whether a program found the listing. Not set: yes, unless somebody reported it or it was chosen at random.
    pub automated_detection: Option<YesNo>,
    /// Whether a program decided.
    pub automated_decision: AutomatedDecision,
    /// Who reports, by the name that decisions carry: trusted flaggers, and organisations that may be named. Any other source is a
    /// notice under Article 16 by somebody who is not named.
    pub sources: BTreeMap<String, Source>,
}

impl Default for StatementSettings {
    /// A listing is removed, because it infringes a trade mark, after a person decided.
    fn default() -> Self {
        Self {
            decision_visibility: vec![Visibility::Removed],
            decision_visibility_other: None,
            account_type: None,
            ground: Ground::Illegal {
                illegal_content_legal_ground: "Regulation (EU) 2017/1001 on the European Union trade mark, Article 9".to_owned(),
                illegal_content_explanation:
                    "The listing offers goods under a sign that is identical or similar to a trade mark, without \
                    the consent of its proprietor. A reviewer found the goods to be counterfeit."
                        .to_owned(),
            },
            decision_ground_reference_url: Some("https://eur-lex.europa.eu/eli/reg/2017/1001/oj".to_owned()),
            content_type: vec![ContentType::Product],
            category_addition: Vec::new(),
            category_specification: vec![Keyword::Trademark],
            territorial_scope: Vec::new(),
            automated_detection: None,
            automated_decision: AutomatedDecision::Not,
            sources: BTreeMap::new(),
        }
    }
}

impl StatementSettings {
    /// What the database would refuse in every statement, or in those of one source; empty when the settings are sound.
    #[must_use]
    pub fn check(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        for source in self.sources.values().chain([&Source::Voluntary]) {
            // Any decision will do: what differs between two is ours, and always sound.
            let Some(day) = Date::of(APPLICATION_DATE_MIN) else { continue };
            let statement = Statement { decision_facts: "-".to_owned(), ..self.frame("ts-0".to_owned(), day, source.clone()) };
            for violation in validate(&statement.to_json()) {
                if !violations.contains(&violation) {
                    violations.push(violation);
                }
            }
        }
        violations
    }

    /// What all statements of one source have in common: the listing was created on the day of the restriction, for all that is known.
    fn frame(&self, puid: String, application_date: Date, source: Source) -> Statement {
        Statement {
            puid,
            decision_visibility: self.decision_visibility.clone(),
            decision_visibility_other: self.decision_visibility_other.clone(),
            decision_monetary: None,
            decision_monetary_other: None,
            decision_provision: None,
            decision_account: None,
            account_type: self.account_type,
            ground: self.ground.clone(),
            decision_ground_reference_url: self.decision_ground_reference_url.clone(),
            content_type: self.content_type.clone(),
            content_type_other: None,
            category: Category::IntellectualProperty,
            category_addition: self.category_addition.clone(),
            category_specification: self.category_specification.clone(),
            category_specification_other: None,
            territorial_scope: self.territorial_scope.clone(),
            content_language: None,
            content_date: application_date.clone(),
            application_date,
            end_date_visibility_restriction: None,
            end_date_monetary_restriction: None,
            end_date_service_restriction: None,
            end_date_account_restriction: None,
            decision_facts: String::new(),
            automated_detection: self.automated_detection.unwrap_or(YesNo::No),
            automated_decision: self.automated_decision,
            content_id: None,
            source,
        }
    }

    fn source(&self, decided: &Decided) -> Source {
        let Some(name) = &decided.source else { return Source::Voluntary };
        self.sources.get(name).cloned().unwrap_or(Source::Article16 { source_identity: None })
    }
}

/// What is known of the listing beyond the decision.
#[derive(Clone, Debug, Default)]
pub struct ListingFacts<'a> {
    /// When it was created, RFC 3339. Where that is not known, the day of the decision is told.
    pub created_at: Option<String>,
    /// Its trade item number, digits only.
    pub gtin: Option<&'a str>,
    /// Its language.
    pub language: Option<Language>,
    /// The names by which the seller is known: none of them is told.
    pub seller_names: Vec<&'a str>,
    /// The reasons of the result that the decision is about, with the words that they quote.
    pub reasons: &'a [Reason],
}

impl<'a> ListingFacts<'a> {
    /// Of a listing, and the reasons of its result.
    #[must_use]
    pub fn of(listing: &'a Listing, reasons: &'a [Reason]) -> Self {
        Self {
            created_at: listing.created_at.as_ref().map(ToString::to_string),
            gtin: listing.gtin.as_deref(),
            language: None,
            seller_names: [&listing.seller_name, &listing.seller_id].into_iter().filter_map(Option::as_deref).collect(),
            reasons,
        }
    }
}

/// Why there is no statement. Retrying never helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// The listing was not found to be a counterfeit, so that nothing was restricted.
    #[error("the decision confirms no counterfeit")]
    NotConfirmed,
    /// The time of the decision is none, or not from 2020 to 2038, which the database takes.
    #[error("the decision has no day that the database takes: '{decided_at}'")]
    BadDate {
        /// As recorded.
        decided_at: String,
    },
}

impl Statement {
    /// The statement of a decision. The same decision always has the same name (`puid`), which tells nobody what it is about.
    ///
    /// # Errors
    /// When the decision confirms nothing or has no time.
    pub fn of(decided: &Decided, facts: &ListingFacts<'_>, settings: &StatementSettings) -> Result<Self, StatementError> {
        if !decided.counterfeit {
            return Err(StatementError::NotConfirmed);
        }
        let [_, last] = CONTENT_DATES;
        let decided_on = Date::of(&decided.decided_at).filter(|day| (APPLICATION_DATE_MIN..=last).contains(&day.as_str()));
        let Some(application_date) = decided_on else {
            return Err(StatementError::BadDate { decided_at: decided.decided_at.clone() });
        };
        let [first, last] = CONTENT_DATES;
        let created = facts.created_at.as_deref().and_then(Date::of).filter(|day| (first..=last).contains(&day.as_str()));
        let source = settings.source(decided);
        let is_found_by_program = source == Source::Voluntary && decided.sampled.is_none();
        let frame = settings.frame(puid(decided), application_date, source);
        Ok(Self {
            content_language: facts.language.clone(),
            content_date: created.unwrap_or_else(|| frame.content_date.clone()),
            decision_facts: facts::told(decided, facts),
            automated_detection: settings.automated_detection.unwrap_or(if is_found_by_program { YesNo::Yes } else { YesNo::No }),
            content_id: facts.gtin.and_then(ContentId::of),
            ..frame
        })
    }

    /// As posted.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("a record of texts and lists has no key that is not a text")
    }
}

/// `ts-` and 40 hexadecimal digits: a hash of the listing's id and the decision's name, since either may hold what a name here may not.
fn puid(decided: &Decided) -> String {
    let hash = name_hash(&decided.listing_id, &decided.review_id).to_string();
    format!("ts-{}", &hash[..PUID_HASH_DIGITS])
}

/// The words that a reason of the result quotes.
pub(super) fn quoted<'a>(fired: &Fired, facts: &ListingFacts<'a>) -> Option<&'a str> {
    let reason = facts.reasons.iter().find(|reason| {
        reason.signal == fired.signal
            && reason.rule == fired.rule
            && reason.points == fired.points
            && !reason.field.starts_with("seller")
    })?;
    (!reason.text.trim().is_empty()).then_some(reason.text.as_str())
}
