//! `parallel_import`: the goods are a declared parallel import.

use super::{Evaluate, Finding, Group, Signal};
use crate::reading::Reading;
use crate::policy::GuardKind;

pub(super) const SIGNAL: Signal = Signal {
    name: "parallel_import",
    group: Group::Context,
    meaning: "the words declare a parallel import, which is grey and not counterfeit",
    source: "policy/lexicon",
    counter_example: "\"parallel\" as the name of a grade of copies",
    levels: 1,
    evaluate: Evaluate::Reading(evaluate),
};

fn evaluate(reading: &Reading<'_>) -> Option<Finding> {
    let span = reading.guard_span(GuardKind::ParallelImport)?;
    Finding::words(span, 1000, format!("'{}' declares a parallel import, which is grey and not counterfeit", reading.quoted(span)))
}
