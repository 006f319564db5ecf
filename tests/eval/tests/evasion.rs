//! Is evasion worth nothing? Every way of disguising words, on every listing of our own, in every language.
#![allow(clippy::unwrap_used, clippy::panic)] // a test may panic

use eval::hard_negatives::{self, HardNegative};
use eval::mutations::{self, Mutated, Names, telling};
use eval::offending::{Offending, offending};
use scoring::{Band, Field, Listing, Policy, ScoredListing, Scorer, embedded_files};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// Changes everything that is random in the mutations; any seed has to pass.
const SEEDS: &[u64] = &[1, 2, 3, 4];
/// Only copied into the results.
const SCORED_AT: &str = "2026-11-24T00:00:00Z";
/// Most that recall may lose, as a share.
const LOSS_MAX: f64 = 0.01;

fn score(scorer: &mut Scorer, listing: &Offending) -> ScoredListing {
    scorer.score(&listing.listing(), SCORED_AT)
}

/// What a result must fulfil whatever was done to the text.
fn check_spans(class: &str, mutated: &Mutated, scored: &ScoredListing) {
    for reason in scored.reasons.iter().filter(|reason| reason.start < reason.end) {
        let field = [Field::Title, Field::Description].into_iter().find(|field| field.name() == reason.field);
        let Some(field) = field else { continue };
        let text = mutated.listing.text(field);
        let there = text.get(reason.start as usize..reason.end as usize);
        let there = there.unwrap_or_else(|| panic!("{class}: {} of {text:?} cuts a character", reason.signal));
        let is_quoted = there == reason.text || reason.text.strip_suffix('…').is_some_and(|start| there.starts_with(start));
        assert!(is_quoted, "{class}: {} quotes {:?} for {there:?}", reason.signal, reason.text);
    }
}

#[derive(Default, Clone, Copy)]
struct Tally {
    listings: u32,
    flagged: u32,
    /// Those of which a reason points at a place that was disguised.
    pointed: u32,
}

/// Whether a reason points into what the mutation wrote.
fn points_at_disguise(mutated: &Mutated, scored: &ScoredListing) -> bool {
    let overlaps = |start: u32, end: u32, written: &Range<usize>| (start as usize) < written.end && written.start < end as usize;
    scored.reasons.iter().any(|reason| {
        let mut written = mutated.written.iter().filter(|(field, _)| field.name() == reason.field);
        written.any(|(_, range)| overlaps(reason.start, reason.end, range))
    })
}

#[test]
fn disguised_listings_are_flagged_like_plain_ones() {
    let files = embedded_files();
    let mut scorer = Scorer::new(Policy::embedded());
    let mut table: BTreeMap<(usize, &str), Tally> = BTreeMap::new();
    let (mut plain, mut misses) = (BTreeMap::<&str, Tally>::new(), String::new());
    for (language, listings) in offending() {
        for listing in &listings {
            let scored = score(&mut scorer, listing);
            let tally = plain.entry(language).or_default();
            tally.listings += 1;
            // What is not flagged in plain words has nothing to lose.
            if scored.band == Band::Clear {
                writeln!(misses, "plain {language} {} ({})", listing.title, scored.risk).unwrap();
                continue;
            }
            tally.flagged += 1;
            let names = Names::of(&files, scored.brand.as_deref().unwrap_or(""));
            let telling = telling(listing, &scored, &names);
            for (class, mutation) in mutations::ALL.iter().enumerate() {
                for seed in SEEDS {
                    let Some(mutated) = mutation.mutate(listing, &telling, &names, *seed) else { continue };
                    let scored = score(&mut scorer, &mutated.listing);
                    check_spans(mutation.name, &mutated, &scored);
                    let tally = table.entry((class, language)).or_default();
                    tally.listings += 1;
                    tally.flagged += u32::from(scored.band != Band::Clear);
                    tally.pointed += u32::from(points_at_disguise(&mutated, &scored));
                    if scored.band == Band::Clear {
                        let Offending { title, description, .. } = &mutated.listing;
                        writeln!(misses, "{} {language} {title:?} {description:?} ({})", mutation.name, scored.risk).unwrap();
                    }
                }
            }
        }
    }
    println!("{}\n{misses}", rendered(&plain, &table));
    for (language, tally) in &plain {
        // How many are is for other tests to judge; too few would prove nothing here.
        let Tally { listings, flagged, .. } = tally;
        assert!(flagged * 5 >= listings * 4, "{language}: {flagged} of {listings} plain listings are flagged");
    }
    let mut lost: Vec<String> = Vec::new();
    for ((class, language), tally) in &table {
        if f64::from(tally.flagged) < f64::from(tally.listings) * (1.0 - LOSS_MAX) {
            lost.push(format!("{} {language}: {} of {}", mutations::ALL[*class].name, tally.flagged, tally.listings));
        }
    }
    assert!(lost.is_empty(), "disguises that work:\n{}", lost.join("\n"));
    for (class, mutation) in mutations::ALL.iter().enumerate() {
        let of_class = table.iter().filter(|((of, _), _)| *of == class).map(|(_, tally)| tally);
        let (listings, pointed) = of_class.fold((0, 0), |sums, tally| (sums.0 + tally.listings, sums.1 + tally.pointed));
        assert!(pointed * 2 >= listings, "{}: {pointed} of {listings} have a reason that points at the disguise", mutation.name);
    }
}

/// Share of disguised listings that are flagged, of those that are flagged plainly, in hundredths; `-` where a class does not apply.
fn rendered(plain: &BTreeMap<&str, Tally>, table: &BTreeMap<(usize, &str), Tally>) -> String {
    let percent = |tally: Tally| format!("{:.0}", f64::from(tally.flagged) * 100.0 / f64::from(tally.listings.max(1)));
    let mut out = format!("{:22}", "class");
    for language in plain.keys() {
        write!(out, "{language:>5}").unwrap();
    }
    write!(out, "{:>7}\n{:22}", "all", "(plain)").unwrap();
    let mut all = Tally::default();
    for tally in plain.values() {
        write!(out, "{:>5}", percent(*tally)).unwrap();
        all = Tally { listings: all.listings + tally.listings, flagged: all.flagged + tally.flagged, ..all };
    }
    writeln!(out, "{:>7}", percent(all)).unwrap();
    for (class, mutation) in mutations::ALL.iter().enumerate() {
        write!(out, "{:22}", mutation.name).unwrap();
        let mut all = Tally::default();
        for language in plain.keys() {
            let tally = table.get(&(class, *language)).copied();
            write!(out, "{:>5}", tally.map_or_else(|| "-".to_owned(), percent)).unwrap();
            let tally = tally.unwrap_or_default();
            all = Tally { listings: all.listings + tally.listings, flagged: all.flagged + tally.flagged, ..all };
        }
        writeln!(out, "{:>7}", percent(all)).unwrap();
    }
    out
}

#[test]
fn honest_listings_stay_clear_when_they_are_decorated() {
    let mut scorer = Scorer::new(Policy::embedded());
    let (mut decorated, mut harmed) = (0_u32, Vec::new());
    for HardNegative { listing, .. } in hard_negatives::load().unwrap() {
        // What is flagged in plain words is for the test of the hard negatives to tell.
        if scorer.score(&listing, SCORED_AT).band != Band::Clear {
            continue;
        }
        for mutation in mutations::ALL.iter().filter(|mutation| mutation.decorates) {
            let Some(title) = mutation.decorate(&listing.title, 1) else { continue };
            let listing = Listing { title, ..listing.clone() };
            let scored = scorer.score(&listing, SCORED_AT);
            decorated += 1;
            if scored.band != Band::Clear {
                let reasons: Vec<_> = scored.reasons.iter().map(|reason| (&reason.signal, &reason.text)).collect();
                harmed.push(format!("{}: {:?} {reasons:?}", mutation.name, listing.title));
            }
        }
    }
    assert!(decorated > 0 && harmed.is_empty(), "{} of {decorated}:\n{}", harmed.len(), harmed.join("\n"));
}
