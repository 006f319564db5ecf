//! Which kind of goods is it, finer than a category? The title's last word of a kind decides; without one, the category field does.

use super::{Class, Reading};
use crate::Field;
use crate::policy::{KindId, Meaning, Span, View};

impl Reading<'_> {
    pub(super) fn read_kind(&mut self) {
        let (mut by_title, mut by_category) = (None, None);
        for hit in self.hits(Class::Kind) {
            let Meaning::Kind { kind } = hit.meaning else { continue };
            if hit.span.view == View::Undone {
                continue;
            }
            let slot: &mut Option<(Span, KindId)> = match self.field(hit.span) {
                Field::Title => &mut by_title,
                Field::Category => &mut by_category,
                _ => continue,
            };
            // "Belt bag" is a bag: of two that end together the longer wins.
            if !slot.is_some_and(|(span, _)| span.contains(hit.span)) {
                *slot = Some((hit.span, KindId(kind)));
            }
        }
        self.kind = by_title.or(by_category).map(|(_, kind)| kind);
    }
}
