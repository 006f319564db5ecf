//! Which brand is the listing about, and does it sell that brand's goods or something to go with them?

use super::{Class, Reading};
use crate::Field;
use crate::policy::{GuardKind, Hit, How, Meaning, Span, View};
use crate::signals;

/// A place that names a brand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) brand: u16,
    pub(crate) how: How,
    pub(crate) span: Span,
    pub(crate) field: Field,
    /// The name only says what the goods go with ("case for iPhone").
    pub(crate) referential: bool,
}

/// Kinds of goods that are made to go with something else.
const GOES_WITH: &[&str] = &[
    "electronics",
    "automotive",
    "home",
    "accessories",
    "toys",
    "watches",
    "sports",
    "bags",
    "health",
    "eyewear",
    "shoes",
    "jewellery",
];
/// Those of them that copies are made of: there, only a strap, a box or another part goes with something else.
const NEEDS_PART: &[&str] = &["bags", "watches", "eyewear", "shoes", "jewellery"];
/// What a part of is sold as well: still the brand's goods.
const SOLD_IN_PORTIONS: &[&str] = &["perfume", "cosmetics"];
/// Most words between "for" and the brand that it refers to.
const REFERENCE_WORDS_MAX: usize = 1;
/// The same for a phrase that can mean nothing else ("compatible with").
const PHRASE_WORDS_MAX: usize = 4;
/// Most words between a brand and the "homage" behind it ("Cartier style homage").
const LIKENED_WORDS_MAX: usize = 1;

impl Reading<'_> {
    pub(super) fn read_brands(&mut self) {
        let (brands, traps) = (self.hits(Class::Brand), self.hits(Class::Trap));
        for hit in brands {
            let Meaning::Brand { brand, how } = hit.meaning else { continue };
            if is_trapped(traps, hit, brand) || is_part_of_another(brands, hit, brand) || self.is_part_of_undone(hit, brand) {
                continue;
            }
            let field = self.field(hit.span);
            // A shop may name the brands it deals in; that says nothing about this listing.
            if field == Field::SellerName {
                continue;
            }
            let mention = Mention { brand, how, span: hit.span, field, referential: self.is_referential(hit.span, brand) };
            if self.counts(&mention) {
                self.mentions.push(mention);
            }
        }
        let weight = |mention: &Mention| {
            let field = match mention.field {
                Field::Brand => 100,
                Field::Title => 60,
                Field::Category => 30,
                _ => 20,
            };
            let how = match mention.how {
                How::Alias => 20,
                How::Nickname => 15,
                How::Misspelling => 12,
                How::Model => 10,
                How::Short | How::Name => 8,
            };
            field + how
        };
        // The first of the weightiest.
        self.brand = self.mentions.iter().rev().max_by_key(|mention| weight(mention)).copied();
    }

    /// The same where the longer name was disguised: of "Adidas Yeeezy" as it stands, only "Adidas" is a name.
    fn is_part_of_undone(&self, hit: &Hit, brand: u16) -> bool {
        hit.span.view == View::Plain
            && self.hits(Class::Brand).iter().rev().take_while(|other| other.span.view == View::Undone).any(|other| {
                let names_another =
                    matches!(other.meaning, Meaning::Brand { brand: another, how } if another != brand && how != How::Model);
                names_another && {
                    let ((field, inner), (other_field, outer)) = (self.original(hit.span), self.original(other.span));
                    field == other_field && outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
                }
            })
    }

    /// Short forms, ordinary words and model lines need a context that fits.
    fn counts(&self, mention: &Mention) -> bool {
        let fits = self.makes_such_goods(mention.brand);
        match mention.how {
            How::Alias | How::Nickname | How::Misspelling => true,
            How::Model => fits || self.category.is_none(),
            How::Short | How::Name if mention.field == Field::Brand => self.fills_field(mention.span),
            How::Name => false,
            How::Short => fits && mention.field != Field::Description && !self.field_names_something_else(mention.brand),
        }
    }

    /// Whether the brand makes goods of the listing's category.
    fn makes_such_goods(&self, brand: u16) -> bool {
        self.category.is_some_and(|category| self.policy.brand(brand).categories.has(category))
    }

    /// Whether the brand field is filled in without naming this brand: "CD wallet" by Case Logic is not about Dior.
    fn field_names_something_else(&self, brand: u16) -> bool {
        self.listing.brand.is_some() && !self.withholds_brand() && !self.field_names(brand)
    }

    /// Whether the brand field is filled in with words that name no brand.
    pub(crate) fn withholds_brand(&self) -> bool {
        self.folded_field(Field::Brand).is_some_and(|given| NO_BRAND.contains(&given.trim()))
    }

    fn field_names(&self, brand: u16) -> bool {
        self.hits(Class::Brand).iter().any(|hit| match hit.meaning {
            // "Hugo & Friends" is not Hugo.
            Meaning::Brand { brand: named, how } if named == brand && self.field(hit.span) == Field::Brand => {
                !matches!(how, How::Short | How::Name) || self.fills_field(hit.span)
            }
            _ => false,
        })
    }

    fn fills_field(&self, span: Span) -> bool {
        let folded = self.folded(span.view);
        folded.part_at(span.start as usize).is_some_and(|part| {
            let outside = [part.range.start..span.start as usize, span.end as usize..part.range.end];
            outside.into_iter().all(|range| folded.text()[range].chars().all(|c| !c.is_alphanumeric()))
        })
    }

    fn is_referential(&self, span: Span, brand: u16) -> bool {
        // An empty box, a day's rental or a repair is not the brand's goods; a sample of perfume is, though no whole bottle.
        if self.guards.in_heading(GuardKind::PricedApart) && !self.is_in(SOLD_IN_PORTIONS) {
            return true;
        }
        if self.category.is_some() && !self.is_in(GOES_WITH) {
            return false;
        }
        // A toy van in a brand's colours comes from no maker of shoes.
        if self.guards.in_heading(GuardKind::ScaleHobby) && self.is_in(&["toys"]) && !self.makes_such_goods(brand) {
            return true;
        }
        // "Cartier style" in a listing whose brand field says Gruen.
        if self.is_likened(span) && self.field_names_something_else(brand) {
            return true;
        }
        let accessory = self.guards.in_heading(GuardKind::AccessoryNoun);
        // "iPhone 3G hard case" is no iPhone, whoever makes it; unless the brand field says that the brand does.
        if accessory && self.policy.brand(brand).makes_devices && !self.field_names(brand) {
            return true;
        }
        self.hits(Class::Guard).iter().any(|hit| {
            let Meaning::Guard { guard } = hit.meaning else { return false };
            let guard = self.policy.guard(guard);
            if guard.kind != GuardKind::Compatibility {
                return false;
            }
            // "for iPhone", or "iPhone対応".
            let (before, after) = (self.words_between(hit.span, span), self.words_between(span, hit.span));
            let words_max = if guard.is_phrase { PHRASE_WORDS_MAX } else { REFERENCE_WORDS_MAX };
            let near = |words: Option<usize>| words.is_some_and(|words| words <= words_max);
            // "for iPhone" may be a phrase of its own.
            (hit.span.overlaps(span) || near(before) || (guard.is_phrase && near(after)))
                && (accessory || (guard.is_phrase && !self.is_in(NEEDS_PART)))
        })
    }

    /// Whether the words beside the name say that the goods only look like the brand's.
    fn is_likened(&self, span: Span) -> bool {
        self.hits(Class::Term).iter().any(|hit| match hit.meaning {
            Meaning::Term { term } => {
                signals::ALL[self.policy.term(term).signal].name == "lookalike_term"
                    && (self.words_between(span, hit.span).is_some_and(|words| words <= LIKENED_WORDS_MAX)
                        || self.words_between(hit.span, span) == Some(0))
            }
            _ => false,
        })
    }

    /// The brands that the title names in full, each once, in order.
    pub(crate) fn brands_in_title(&self) -> Vec<Mention> {
        let mut brands: Vec<Mention> = Vec::new();
        for mention in &self.mentions {
            let named = mention.field == Field::Title && matches!(mention.how, How::Alias | How::Nickname | How::Misspelling);
            if named && brands.iter().all(|known| known.brand != mention.brand) {
                brands.push(*mention);
            }
        }
        brands
    }

    /// The plain mention of a brand somewhere, when there is one: then a disguised one hides nothing.
    pub(crate) fn is_plainly_named(&self, brand: u16) -> bool {
        self.mentions.iter().any(|mention| {
            mention.brand == brand
                && mention.span.view == View::Plain
                && mention.how == How::Alias
                && self.tricks(mention.span).next().is_none()
        })
    }
}

/// What sellers write into the brand field when they name no brand, folded.
const NO_BRAND: &[&str] = &[
    "unbranded",
    "no brand",
    "nobrand",
    "generic",
    "as shown",
    "as picture",
    "see pictures",
    "does not apply",
    "other",
    "none",
    "n/a",
    "无品牌",
    "无",
    "其他",
    "其他/other",
    "ノーブランド",
    "ohne marke",
    "sin marca",
    "без бренда",
    "нет бренда",
    "markasiz",
    "sans marque",
];

fn is_trapped(traps: &[Hit], hit: &Hit, brand: u16) -> bool {
    traps.iter().any(|trap| trap.meaning == Meaning::Trap { brand } && trap.span.overlaps(hit.span))
}

/// "Jordan" in "Jordan Belfort & Co" would be a trap; "Polo" in "Polo Ralph Lauren" is part of the longer name.
fn is_part_of_another(brands: &[Hit], hit: &Hit, brand: u16) -> bool {
    brands.iter().any(|other| {
        let names_another =
            matches!(other.meaning, Meaning::Brand { brand: another, how } if another != brand && how != How::Model);
        names_another && other.span.contains(hit.span) && other.span.len() > hit.span.len()
    })
}
