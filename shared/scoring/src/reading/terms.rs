//! Which words of the lexicon count, after everything that may make them harmless?

use super::{Class, Reading};
use crate::policy::{GuardKind, Hit, Meaning, Span, Term, View};
use crate::signals;
use crate::{Field, policy::Guard};

/// A use of a term that counts, and for how much.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermUse {
    pub(crate) term: u16,
    /// Position in the registry of signals.
    pub(crate) signal: usize,
    pub(crate) span: Span,
    pub(crate) field: Field,
    /// Share of the signal's weight, in thousandths.
    pub(crate) share: u16,
}

/// Kinds of goods in which a "replica" or a "1:1" is a copy and never a scale model or a fan shirt.
const FASHION: &[&str] = &["bags", "shoes", "watches", "jewellery", "perfume", "eyewear", "accessories"];

impl Reading<'_> {
    pub(super) fn read_terms(&mut self) {
        for hit in self.hits(Class::Term) {
            let Meaning::Term { term } = hit.meaning else { continue };
            let entry = self.policy.term(term);
            if self.stands_plainly(hit) {
                continue;
            }
            if !self.category_allows(entry)
                || self.is_benign(hit.span, term)
                || self.is_disarmed(hit.span, entry)
                || self.is_part_of_a_name(hit.span, entry)
            {
                continue;
            }
            let field = self.field(hit.span);
            let term_use = TermUse { term, signal: entry.signal, span: hit.span, field, share: self.share(entry, field) };
            if signals::ALL[entry.signal].can_be_denied() && self.is_denied(hit.span) {
                self.denied.get_or_insert(term_use);
            } else {
                self.terms.push(term_use);
            }
        }
    }

    /// Whether a word of the undone text also stands in plain sight at the same place: then it is read there, with what denies it.
    fn stands_plainly(&self, undone: &Hit) -> bool {
        if undone.span.view == View::Plain {
            return false;
        }
        let (field, place) = self.original(undone.span);
        self.hits(Class::Term).iter().any(|plain| {
            let same = plain.span.view == View::Plain && plain.meaning == undone.meaning;
            same && {
                let (other, within) = self.original(plain.span);
                other == field && place.start <= within.start && within.end <= place.end
            }
        })
    }

    /// Whether words that are no accident call the goods a copy.
    pub(crate) fn says_copy(&self) -> bool {
        self.terms.iter().any(|term_use| {
            let signal = &signals::ALL[term_use.signal];
            signal.can_be_denied() && signal.name != "lookalike_term" && self.policy.term(term_use.term).strength > 1
        })
    }

    /// The weightiest use of a signal's terms; among equals a plain one before a disguised one, the longest, the first.
    pub(crate) fn strongest_term(&self, signal: usize) -> Option<TermUse> {
        let of_signal = self.terms.iter().filter(|term_use| term_use.signal == signal);
        of_signal.rev().max_by_key(|term_use| (term_use.share, term_use.span.view == View::Plain, term_use.span.len())).copied()
    }

    fn category_allows(&self, term: &Term) -> bool {
        if let Some(category) = self.category {
            return !term.not_in.has(category) && (term.only_in.is_empty() || term.only_in.has(category));
        }
        // Without a category, a brand that makes such goods will do.
        term.only_in.is_empty()
            || self.brand.is_some_and(|mention| self.policy.brand(mention.brand).categories.meets(term.only_in))
    }

    /// Ordinary words stand in names as well: "Baby Milo" is not for babies, and "Coach Outlet" is a shop of the brand.
    fn is_part_of_a_name(&self, span: Span, term: &Term) -> bool {
        signals::ALL[term.signal].takes_ordinary_words() && self.mentions.iter().any(|mention| mention.span.contains(span))
    }

    fn is_benign(&self, span: Span, term: u16) -> bool {
        let spares = |hit: &Hit| match hit.meaning {
            Meaning::Benign { term: spared } => spared == term && hit.span.contains(span),
            Meaning::Priced { model } => {
                self.names_brand(self.policy.model(model).brand)
                    && (hit.span.contains(span) || self.is_line_of_goods(hit.span, span))
            }
            _ => false,
        };
        [Class::Benign, Class::Priced].into_iter().any(|class| self.hits(class).iter().any(spares))
    }

    /// Whether the words are nothing but a brand's own line and what sort of goods it is: Maison Margiela's "Replica sneakers".
    fn is_line_of_goods(&self, line: Span, words: Span) -> bool {
        words.contains(line)
            && [Class::Kind, Class::Category].into_iter().flat_map(|class| self.hits(class)).any(|hit| {
                words.contains(hit.span)
                    && (self.words_between(line, hit.span) == Some(0) || self.words_between(hit.span, line) == Some(0))
                    && line.start.min(hit.span.start) == words.start
                    && line.end.max(hit.span.end) == words.end
            })
    }

    fn names_brand(&self, brand: u16) -> bool {
        self.brand.is_some_and(|mention| mention.brand == brand)
    }

    fn is_disarmed(&self, span: Span, term: &Term) -> bool {
        let signal = &signals::ALL[term.signal];
        if !signal.is_wording() {
            return false;
        }
        // Goods that fight fakes, and books about them, may say anything about fakes.
        if self.guards.in_heading(GuardKind::AntiCounterfeit)
            || (self.guards.in_heading(GuardKind::Media) && !self.is_in(FASHION))
        {
            return true;
        }
        let grade_or_copy = matches!(signal.name, "replica_term" | "copy_grade");
        let copies_honestly = self.guards.in_heading(GuardKind::ScaleHobby) || self.guards.in_heading(GuardKind::CopyingDevice);
        if grade_or_copy && copies_honestly && !self.is_in(FASHION) {
            return true;
        }
        self.hits(Class::Guard)
            .iter()
            .any(|hit| self.guard_of(hit).is_some_and(|guard| self.disarms_near(guard, hit.span, span, signal.name)))
    }

    fn guard_of(&self, hit: &Hit) -> Option<&Guard> {
        match hit.meaning {
            Meaning::Guard { guard } => Some(self.policy.guard(guard)),
            _ => None,
        }
    }

    /// Guards that act on the words beside them.
    fn disarms_near(&self, guard: &Guard, at: Span, span: Span, signal: &str) -> bool {
        let touches = || at.overlaps(span) || self.words_between(at, span) == Some(0) || self.words_between(span, at) == Some(0);
        match guard.kind {
            GuardKind::OfficialReplica | GuardKind::Material | GuardKind::Licensed | GuardKind::AntiCounterfeit => touches(),
            GuardKind::Grading => signal == "copy_grade" && touches(),
            _ => false,
        }
    }

    fn is_denied(&self, span: Span) -> bool {
        self.negation_of(span).is_some() || self.is_listed_with_denied(span)
    }

    /// The words that turn a term around: the "not a" of "not a replica".
    pub(crate) fn negation_of(&self, span: Span) -> Option<Span> {
        let negation = self.hits(Class::Guard).iter().find(|hit| {
            let Some(guard) = self.guard_of(hit).filter(|guard| guard.kind == GuardKind::Negation) else { return false };
            let near = |words: Option<usize>| words.is_some_and(|words| words <= guard.within);
            (guard.acts_before() && near(self.words_between(hit.span, span)))
                || (guard.acts_after() && near(self.words_between(span, hit.span)))
        });
        negation.map(|hit| hit.span)
    }

    /// How much of the signal's weight a use is worth: by the term's strength, whether a brand is sold, and where it stands.
    fn share(&self, term: &Term, field: Field) -> u16 {
        let branded = self.sells_brand();
        let by_strength: u32 = match (term.strength, branded) {
            (3, true) => 1000,
            (3, false) => 650,
            (2, true) => 700,
            (2, false) => 250,
            (_, true) => 250,
            (_, false) => 100,
        };
        let by_field: u32 = match field {
            Field::Description => 850,
            Field::SellerName => 600,
            _ => 1000,
        };
        // A reissue may call itself a copy of the first edition.
        let by_context: u32 = if self.guards.anywhere(GuardKind::Reissue) && term.strength < 3 { 400 } else { 1000 };
        u16::try_from(by_strength * by_field / 1000 * by_context / 1000).unwrap_or(1000)
    }
}
