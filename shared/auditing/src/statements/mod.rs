//! What must be said of a confirmed decision to the European Commission's DSA Transparency Database?
//!
//! Online platforms send a statement of reasons for each restriction to the database (Regulation (EU) 2022/2065, Article 24(5)), without
//! personal data. Fields, values, lengths and conditions are those of the database's own source,
//! <https://github.com/digital-services-act/transparency-database>, commit `69e80a0` of 24 June 2026,
//! `app/Http/Requests/StatementStoreRequest.php` and `app/Models/Statement.php`, and of its documentation,
//! <https://transparency.dsa.ec.europa.eu/page/api-documentation>: the schema as changed on 1 July 2025.
//!
//! [`Statement::of`] builds the record, [`Batches`] puts hundreds of them into requests, and [`validate()`] checks any JSON by rules written
//! down apart from the record, so that neither can hide a mistake of the other.

mod batches;
mod build;
mod facts;
mod rules;
mod schema;
mod validate;

pub use batches::{Batches, STATEMENTS_PER_BATCH_MAX};
pub use build::{ListingFacts, StatementError, StatementSettings};
pub use rules::{Check, RULES, Rule};
pub use schema::{
    AccountDecision, AccountType, AutomatedDecision, Category, ContentId, ContentType, Date, Ground, Keyword, Language, Monetary,
    Provision, Source, Statement, Territory, Visibility, YesNo,
};
pub use validate::{Violation, validate, validate_batch};

#[cfg(test)]
mod rule_tests;
#[cfg(test)]
mod tests;
