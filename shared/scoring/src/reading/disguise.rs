//! Which names and words of interest are disguised, and how much does it say?

use super::Reading;
use crate::policy::{Span, View};
use crate::signals;
use crate::text::Trick;

impl Reading<'_> {
    /// Whether anything in the text had to be undone to read it.
    pub(crate) fn is_disguised(&self) -> bool {
        self.folded(View::Plain).has_tricks() || !self.folded(View::Undone).text().is_empty()
    }

    /// The brand or counting term that is disguised by one of these tricks and says most, and the share of the signal's weight.
    ///
    /// A name that also stands in plain sight is not hidden by being decorated elsewhere, so it counts for a part only.
    pub(crate) fn disguised(&self, tricks: &[Trick]) -> Option<(Span, u16)> {
        if !self.is_disguised() {
            return None;
        }
        let brands = self.mentions.iter().map(|mention| {
            let share = if mention.referential || self.is_plainly_named(mention.brand) { 300 } else { 1000 };
            (mention.span, share)
        });
        let claims = self.terms.iter().filter(|term_use| signals::ALL[term_use.signal].is_worth_hiding());
        let terms = claims.map(|term_use| (term_use.span, 1000));
        let shows = |span: Span| self.tricks(span).any(|trick| tricks.contains(&trick));
        brands.chain(terms).filter(|(span, _)| shows(*span)).max_by_key(|(span, share)| (*share, std::cmp::Reverse(span.start)))
    }
}
