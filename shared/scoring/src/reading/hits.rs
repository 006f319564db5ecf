//! Which hits mean a brand, which a guard? Sorted by what they mean, so that nobody searches through those of another kind.

use crate::policy::{Hit, Meaning};
use std::ops::Range;

/// What a hit may be looked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Brand,
    Trap,
    Term,
    Benign,
    Guard,
    NoGuard,
    Category,
    Kind,
    Priced,
    NotGoods,
}

impl Class {
    const ALL: usize = Self::NotGoods as usize + 1;

    fn of(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Brand { .. } => Self::Brand,
            Meaning::Trap { .. } => Self::Trap,
            Meaning::Term { .. } => Self::Term,
            Meaning::Benign { .. } => Self::Benign,
            Meaning::Guard { .. } => Self::Guard,
            Meaning::NoGuard { .. } => Self::NoGuard,
            Meaning::Category { .. } => Self::Category,
            Meaning::Kind { .. } => Self::Kind,
            Meaning::Priced { .. } => Self::Priced,
            Meaning::NotGoods => Self::NotGoods,
        }
    }
}

/// The hits of a listing. Reused between listings: clearing keeps the buffers.
#[derive(Default)]
pub(super) struct Hits {
    /// As they were found: by text, then by place.
    found: Vec<Hit>,
    /// By class, and within a class as they were found.
    sorted: Vec<Hit>,
    classes: [Range<usize>; Class::ALL],
}

impl Hits {
    /// Clears them, lets them be found, and sorts them.
    pub(super) fn fill(&mut self, find: impl FnOnce(&mut Vec<Hit>)) {
        self.found.clear();
        find(&mut self.found);
        let mut counts = [0; Class::ALL];
        for hit in &self.found {
            counts[Class::of(hit.meaning) as usize] += 1;
        }
        let mut start = 0;
        for (class, count) in self.classes.iter_mut().zip(counts) {
            *class = start..start;
            start += count;
        }
        self.sorted.clone_from(&self.found);
        for hit in &self.found {
            let class = &mut self.classes[Class::of(hit.meaning) as usize];
            self.sorted[class.end] = *hit;
            class.end += 1;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    pub(super) fn of(&self, class: Class) -> &[Hit] {
        &self.sorted[self.classes[class as usize].clone()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Span, View};

    #[test]
    fn hits_are_told_apart_and_keep_their_order() {
        let hit = |start: u32, meaning| Hit { span: Span { view: View::Plain, start, end: start + 1 }, meaning };
        let (term, guard, kind) = (Meaning::Term { term: 3 }, Meaning::Guard { guard: 1 }, Meaning::Kind { kind: 2 });
        let mut hits = Hits::default();
        for _ in 0..2 {
            hits.fill(|found| found.extend([hit(0, kind), hit(2, term), hit(2, guard), hit(5, kind), hit(7, term)]));
            assert_eq!(hits.len(), 5);
            assert_eq!(hits.of(Class::Kind), [hit(0, kind), hit(5, kind)]);
            assert_eq!(hits.of(Class::Term), [hit(2, term), hit(7, term)]);
            assert_eq!(hits.of(Class::Guard), [hit(2, guard)]);
            assert_eq!(hits.of(Class::Brand), []);
        }
    }
}
