//! Which kind of goods is it, finer than a category? The title's last word of a kind decides; without one, the category field does.

use super::{Class, Reading};
use crate::Field;
use crate::policy::{How, KindId, Meaning, Span, View};
use crate::text::never_breaks;

impl Reading<'_> {
    pub(super) fn read_kind(&mut self) {
        let (mut by_title, mut by_category) = (None, None);
        for hit in self.hits(Class::Kind) {
            let Meaning::Kind { kind } = hit.meaning else { continue };
            if hit.span.view == View::Undone || self.is_not_goods(hit.span) || self.is_within_name(hit.span) {
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

    /// Whether a word of goods stands in a phrase that does not say what is sold: "with dust bag", Vietnamese "cao cấp".
    pub(super) fn is_not_goods(&self, span: Span) -> bool {
        self.hits(Class::NotGoods).iter().any(|hit| hit.span.contains(span))
    }

    /// Where words are not set apart, a name may hold one: `フィリップ` (Philippe) holds `リップ` (lipstick).
    fn is_within_name(&self, span: Span) -> bool {
        self.folded(span.view).text()[..span.start as usize].ends_with(never_breaks)
            && self.hits(Class::Brand).iter().any(|other| {
                matches!(other.meaning, Meaning::Brand { how: How::Alias, .. }) && other.span.contains(span) && other.span != span
            })
    }
}
