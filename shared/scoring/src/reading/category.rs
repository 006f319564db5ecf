//! What kind of goods is it? The category field decides; without one the kind of goods, then the title's last head word.

use super::{Class, Reading};
use crate::Field;
use crate::policy::{CategoryId, Meaning, View};

impl Reading<'_> {
    pub(super) fn read_category(&mut self) {
        let mut by_title = None;
        let mut by_category = None;
        for hit in self.hits(Class::Category) {
            let Meaning::Category { category } = hit.meaning else { continue };
            if hit.span.view == View::Undone || self.is_not_goods(hit.span) {
                continue;
            }
            // Category paths narrow from left to right, and so do most titles: the last word wins, the longer of two that end together.
            let found = Some((hit.span, CategoryId(category)));
            let slot = match self.field(hit.span) {
                Field::Category => &mut by_category,
                Field::Title => &mut by_title,
                _ => continue,
            };
            let keeps = slot.is_some_and(|(span, _): (crate::policy::Span, CategoryId)| span.contains(hit.span));
            if !keeps {
                *slot = found;
            }
        }
        let by_kind = self.kind.map(|kind| self.policy.kind(kind).category);
        self.category = by_category.map(|(_, category)| category).or(by_kind).or(by_title.map(|(_, category)| category));
    }
}
