//! What does the listing say? Matches become an understanding: what it sells, of which brand, for how much, in which words.

mod brand;
mod category;
mod contacts;
mod denial;
mod details;
mod disguise;
mod guards;
mod hits;
mod kind;
mod numbers;
mod price;
mod sizes;
mod terms;
mod title;

pub(crate) use brand::Mention;
pub(crate) use contacts::{Contact, Way};
pub(crate) use guards::Guards;
pub(crate) use hits::Class;
pub(crate) use numbers::Sum;
pub(crate) use price::PriceCheck;
pub(crate) use sizes::Size;
pub(crate) use terms::TermUse;
pub(crate) use title::TitleShape;

use crate::limits::NEAR_BYTES_MAX;
use crate::policy::{Brand, CategoryId, Hit, KindId, Policy, Span, View};
use crate::text::{Folded, Part, SeenWords, Trick, is_word_char, never_breaks, undo};
use crate::{Amount, Field, Listing};
use details::Details;
use hits::Hits;
use std::cell::OnceCell;

/// The buffers that reading needs, kept between listings.
pub(crate) struct Buffers {
    plain: Folded,
    undone: Folded,
    seen: SeenWords,
    hits: Hits,
}

impl Buffers {
    pub(crate) fn new() -> Self {
        Self { plain: Folded::default(), undone: Folded::default(), seen: SeenWords::new(), hits: Hits::default() }
    }

    /// First stage: makes the text comparable. Returns the number of bytes to search.
    pub(crate) fn normalise(&mut self, listing: &Listing, policy: &Policy) -> usize {
        self.plain.fold(listing);
        let undone = undo(listing, &self.plain, policy.known(), &mut self.seen, &mut self.undone);
        if !undone {
            self.undone.clear();
        }
        self.plain.text().len() + self.undone.text().len()
    }

    /// Second stage: finds every name and word. Returns the number of hits.
    pub(crate) fn find(&mut self, policy: &Policy) -> usize {
        let (plain, undone) = (&self.plain, &self.undone);
        self.hits.fill(|found| {
            policy.matcher().find(plain.text(), View::Plain, found);
            if !undone.text().is_empty() {
                policy.matcher().find(undone.text(), View::Undone, found);
                // Of these, those count that owe something to the undoing.
                found.retain(|hit| hit.span.view == View::Plain || undone.tricks(hit.span.range()).next().is_some());
            }
        });
        self.hits.len()
    }

    /// Third stage: understands the hits.
    pub(crate) fn read<'r>(&'r self, listing: &'r Listing, policy: &'r Policy) -> Reading<'r> {
        let mut reading = Reading {
            listing,
            policy,
            buffers: self,
            guards: Guards::default(),
            category: None,
            kind: None,
            mentions: Vec::new(),
            brand: None,
            terms: Vec::new(),
            denied: None,
            price: None,
            lazy: Lazy::default(),
        };
        reading.read_guards();
        reading.read_kind();
        reading.read_category();
        reading.read_brands();
        reading.read_terms();
        reading.read_price();
        reading
    }
}

/// A brand whose cheapest new goods cost this much sells no cheap lines: 100 US dollars.
const DEAR_MIN: Amount = Amount(100 * Amount::ONE);

/// A listing, understood: what the signals look at.
pub(crate) struct Reading<'r> {
    pub(crate) listing: &'r Listing,
    pub(crate) policy: &'r Policy,
    buffers: &'r Buffers,
    pub(crate) guards: Guards,
    /// What kind of goods it is.
    pub(crate) category: Option<CategoryId>,
    /// The same, finer: what prices are compared by.
    pub(crate) kind: Option<KindId>,
    /// Every place that names a brand and counts.
    pub(crate) mentions: Vec<Mention>,
    /// The mention that decides which brand the listing is about.
    pub(crate) brand: Option<Mention>,
    /// Every use of a term that counts, at most one per place and signal.
    pub(crate) terms: Vec<TermUse>,
    /// The first term that the seller denies ("no replica").
    pub(crate) denied: Option<TermUse>,
    pub(crate) price: Option<PriceCheck>,
    lazy: Lazy,
}

/// What only some signals ask for; read when the first of them does.
#[derive(Default)]
struct Lazy {
    title: OnceCell<TitleShape>,
    asked: OnceCell<Option<String>>,
    sums: OnceCell<Vec<Sum>>,
    contacts: OnceCell<Vec<Contact>>,
    details: OnceCell<Details>,
    pieces: OnceCell<Option<(u32, Span)>>,
}

impl<'r> Reading<'r> {
    /// The hits of a class, by text and then by place.
    pub(crate) fn hits(&self, class: Class) -> &'r [Hit] {
        self.buffers.hits.of(class)
    }

    pub(crate) fn folded(&self, view: View) -> &'r Folded {
        match view {
            View::Plain => &self.buffers.plain,
            View::Undone => &self.buffers.undone,
        }
    }

    fn part(&self, span: Span) -> Option<&'r Part> {
        self.folded(span.view).part_at(span.start as usize)
    }

    /// The field that a span lies in.
    pub(crate) fn field(&self, span: Span) -> Field {
        self.part(span).map_or(Field::Title, |part| part.field)
    }

    /// The span's bytes in the original field.
    pub(crate) fn original(&self, span: Span) -> (Field, std::ops::Range<usize>) {
        match self.part(span) {
            Some(part) => (part.field, self.folded(span.view).origin(part, &span.range())),
            None => (Field::Title, 0..0),
        }
    }

    /// The words of a span as the seller wrote them.
    pub(crate) fn quoted(&self, span: Span) -> &'r str {
        let (field, range) = self.original(span);
        self.listing.text(field).and_then(|text| text.get(range)).unwrap_or("")
    }

    /// The tricks that hide the words of a span.
    pub(crate) fn tricks(&self, span: Span) -> impl Iterator<Item = Trick> + use<'r> {
        self.folded(span.view).tricks(span.range())
    }

    /// Words between two spans in the same field of the same text, which must not overlap; `None` when they stand apart: in
    /// different fields, far from each other, or with the end of a sentence between them. Two characters of Chinese or Japanese count as a word.
    pub(crate) fn words_between(&self, first: Span, second: Span) -> Option<usize> {
        if first.view != second.view || first.end > second.start || second.start - first.end > NEAR_BYTES_MAX {
            return None;
        }
        let text = self.folded(first.view).text().get(first.end as usize..second.start as usize)?;
        let (mut words, mut characters, mut in_word) = (0, 0, false);
        for c in text.chars() {
            if matches!(c, '\n' | '.' | '!' | '?' | ';' | '。') {
                return None;
            }
            let is_letter = is_word_char(c);
            if is_letter && never_breaks(c) {
                characters += 1;
                in_word = false;
            } else {
                words += usize::from(is_letter && !in_word);
                in_word = is_letter;
            }
        }
        Some(words + characters / 2)
    }

    /// Whether two spans stand side by side in the same field, with nothing but spaces and signs between.
    pub(crate) fn stands_beside(&self, one: Span, other: Span) -> bool {
        let (first, second) = if one.start <= other.start { (one, other) } else { (other, one) };
        self.words_between(first, second) == Some(0)
            && self.folded(first.view).text()[first.end as usize..second.start as usize].chars().all(|c| !is_word_char(c))
    }

    /// The category's id, such as `bags`.
    pub(crate) fn category_name(&self) -> Option<&'r str> {
        self.category.map(|category| self.policy.category_name(category))
    }

    /// The display name of the brand that the listing is about.
    pub(crate) fn brand_name(&self) -> Option<&'r str> {
        self.brand.map(|mention| self.policy.brand(mention.brand).name.as_str())
    }

    /// The brand whose goods the listing sells; `None` when it sells something to go with them.
    pub(crate) fn sold_brand(&self) -> Option<&'r Brand> {
        self.brand.filter(|mention| !mention.referential).map(|mention| self.policy.brand(mention.brand))
    }

    pub(crate) fn sells_brand(&self) -> bool {
        self.sold_brand().is_some()
    }

    /// The brand that is sold, where even its cheapest new goods are dear: what is cheap about such goods says more.
    pub(crate) fn dear_brand(&self) -> Option<&'r Brand> {
        self.sold_brand().filter(|brand| brand.new_floor.is_some_and(|floor| floor >= DEAR_MIN))
    }

    /// Whether the export tells where the listing stands and who made it: only then does a field that is missing say something
    /// about the seller and not about the export.
    pub(crate) fn has_page(&self) -> bool {
        let listing = self.listing;
        listing.url.is_some() && (listing.seller_id.is_some() || listing.seller_name.is_some())
    }

    /// Whether the category is one of these.
    pub(crate) fn is_in(&self, categories: &[&str]) -> bool {
        self.category_name().is_some_and(|name| categories.contains(&name))
    }
}
