//! Does a denial reach over a list? "We sell no fakes, replicas or copies" denies all three.

use super::{Class, Reading};
use crate::policy::{Meaning, Span, View};
use crate::signals;

/// Words that join the members of a list, folded, in the lexicon's languages.
const JOINTS: &[&str] = &[
    "and",
    "or",
    "nor",
    "y",
    "e",
    "o",
    "u",
    "ni",
    "ou",
    "nem",
    "et",
    "und",
    "oder",
    "noch",
    "ne",
    "и",
    "или",
    "ни",
    "ve",
    "veya",
    "ya da",
    "و",
    "او",
    "ولا",
    "和",
    "或",
    "或者",
    "及",
    "、",
    "や",
    "または",
    "也",
    "및",
    "또는",
    "이나",
    "나",
    "과",
    "와",
    "hoac",
    "va",
    "dan",
    "atau",
    "และ",
    "หรือ",
];
/// Most members of a list that are looked at on either side of a word: it bounds the work on a listing stuffed with words.
const MEMBERS_MAX: usize = 8;

impl Reading<'_> {
    /// Whether the span stands in a list that begins behind a denial or ends before one, and that is joined like a list. A comma
    /// alone joins nothing: "not fake, superclone" denies only the first.
    pub(super) fn is_listed_with_denied(&self, span: Span) -> bool {
        let (mut first, mut last, mut joined) = (span, span, false);
        for _ in 0..MEMBERS_MAX {
            let Some((before, joint)) = self.neighbour(first, |other, of| other.end <= of.start) else { break };
            (first, joined) = (before, joined || joint);
        }
        for _ in 0..MEMBERS_MAX {
            let Some((after, joint)) = self.neighbour(last, |other, of| of.end <= other.start) else { break };
            (last, joined) = (after, joined || joint);
        }
        joined
            && (self.negation_of(first).is_some_and(|negation| negation.end <= first.start)
                || self.negation_of(last).is_some_and(|negation| negation.start >= last.end))
    }

    /// The nearest other deniable word on one side with nothing but a comma or a joint between, and whether it was a joint.
    fn neighbour(&self, of: Span, is_beside: impl Fn(Span, Span) -> bool) -> Option<(Span, bool)> {
        let mut nearest: Option<(Span, bool)> = None;
        for hit in self.hits(Class::Term) {
            let Meaning::Term { term } = hit.meaning else { continue };
            let other = hit.span;
            if other.view != of.view || !is_beside(other, of) || !signals::ALL[self.policy.term(term).signal].can_be_denied() {
                continue;
            }
            let Some(joint) = self.joint(other.view, other.end.min(of.end), other.start.max(of.start)) else { continue };
            // Of words that end together the longer one is meant.
            if nearest.is_none_or(|(known, _)| other.len() > known.len()) {
                nearest = Some((other, joint));
            }
        }
        nearest
    }

    /// Whether the text between is a joint (`true`) or only a comma (`false`); `None` when it is anything else.
    fn joint(&self, view: View, start: u32, end: u32) -> Option<bool> {
        let between = self.folded(view).text().get(start as usize..end as usize)?;
        let between = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '،' | '，'));
        if between.is_empty() { (start < end).then_some(false) } else { JOINTS.contains(&between).then_some(true) }
    }
}

#[cfg(test)]
mod tests {
    use super::JOINTS;
    use crate::text::Folded;
    use crate::{Field, Policy, RawListing, Scorer};

    #[test]
    fn joints_are_written_as_they_are_compared() {
        for joint in JOINTS {
            assert_eq!(Folded::of(joint).trim(), *joint);
        }
    }

    #[test]
    fn a_denial_reaches_over_a_list() {
        let mut scorer = Scorer::new(Policy::embedded());
        let mut check = |description: &str, claims: bool| {
            let mut raw = RawListing::default();
            for (field, text) in [(Field::ListingId, "1"), (Field::Title, "Gucci bag"), (Field::Description, description)] {
                raw.set(field, text);
            }
            let scored = scorer.score(&raw.into_listing().unwrap(), "2026-11-24T00:00:00Z");
            assert_eq!(scored.reasons.iter().any(|reason| reason.signal == "replica_term"), claims, "{description}");
        };
        check("We do not sell fakes, replicas or knockoffs.", false);
        check("Не продаём подделки и реплики.", false);
        check("No vendo réplicas ni imitaciones.", false);
        check("Çakma veya imitasyon ürün satmıyoruz.", false);
        check("不卖高仿、精仿和山寨货", false);
        check("Not fake, superclone.", true);
        check("No fakes. Replica of the best grade.", true);
        check("Replica or copy, you decide", true);
    }
}
