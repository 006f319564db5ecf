//! In which context do the words stand? Guards, by kind and by where they are.

use super::{Class, Reading};
use crate::Field;
use crate::policy::{GuardKind, Hit, Meaning, Span};

/// Which guards stand where.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Guards {
    /// One bit per kind, in the title, brand or category.
    heading: u16,
    /// One bit per kind, in the description or the seller's name.
    elsewhere: u16,
}

impl Guards {
    fn bit(kind: GuardKind) -> u16 {
        1 << kind as u16
    }

    /// Whether a guard stands in the title, brand or category: what the listing says it is.
    pub(crate) fn in_heading(self, kind: GuardKind) -> bool {
        self.heading & Self::bit(kind) != 0
    }

    /// Whether a guard stands anywhere.
    pub(crate) fn anywhere(self, kind: GuardKind) -> bool {
        (self.heading | self.elsewhere) & Self::bit(kind) != 0
    }
}

impl Reading<'_> {
    pub(super) fn read_guards(&mut self) {
        for hit in self.hits(Class::Guard) {
            let Meaning::Guard { guard } = hit.meaning else { continue };
            if self.is_no_guard(hit.span, guard) {
                continue;
            }
            let bit = Guards::bit(self.policy.guard(guard).kind);
            match self.field(hit.span) {
                Field::Title | Field::Brand | Field::Category => self.guards.heading |= bit,
                _ => self.guards.elsewhere |= bit,
            }
        }
    }

    /// "Used" in "never used".
    fn is_no_guard(&self, span: Span, guard: u16) -> bool {
        self.hits(Class::NoGuard).iter().any(|hit| hit.meaning == Meaning::NoGuard { guard } && hit.span.contains(span))
    }

    /// The first guard of a kind anywhere, to point at.
    pub(crate) fn guard_span(&self, kind: GuardKind) -> Option<Span> {
        if !self.guards.anywhere(kind) {
            return None;
        }
        let is_such = |hit: &Hit| match hit.meaning {
            Meaning::Guard { guard } => self.policy.guard(guard).kind == kind && !self.is_no_guard(hit.span, guard),
            _ => false,
        };
        self.hits(Class::Guard).iter().find(|hit| is_such(hit)).map(|hit| hit.span)
    }
}
