//! How often do the intervals of an audit hold the truth, and how wide are they? `cargo run --release -p eval --example coverage -- 2000`

use auditing::estimate::{Estimate, Figures, Headline};
use eval::marketplace::{Audit, Reviewers, World};
use scoring::Band;
use std::time::Instant;

fn main() {
    let runs: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200);
    let listings = 1_000_000;
    let only = std::env::args().nth(2).unwrap_or_default();
    let good = |miss| World::new(listings, 0.02, miss, (0.0, 1.0));
    let nobody = Reviewers::default();
    let busy = Reviewers { decided: (0.6, 0.2), unsure: 0.03 };
    for (name, world, reviewers) in [
        ("calibrated, misses 6%", good(0.06), nobody),
        ("calibrated, misses 4%", good(0.04), nobody),
        ("calibrated, misses 5%", good(0.05), nobody),
        ("calibrated, misses 10%", good(0.10), nobody),
        ("calibrated, misses 20%", good(0.20), nobody),
        ("risk too sure (0, 0.7)", World::new(listings, 0.02, 0.06, (0.0, 0.7)), nobody),
        ("risk too low (1, 1.2)", World::new(listings, 0.02, 0.06, (1.0, 1.2)), nobody),
        ("drifted window", good(0.06).drifted(0.025, 0.5), nobody),
        ("100,000 listings", World::new(100_000, 0.02, 0.06, (0.0, 1.0)), nobody),
        ("decided before, some unsure", good(0.06), busy),
        ("queue worked off", good(0.04), Reviewers { decided: (1.0, 0.95), unsure: 0.03 }),
        ("unseen 2%", World { unseen: 0.02, ..good(0.06) }, nobody),
        ("unseen 10%", World { unseen: 0.1, ..good(0.06) }, nobody),
        ("unseen 30%", World { unseen: 0.3, ..good(0.06) }, nobody),
        ("unseen 60%", World { unseen: 0.6, ..good(0.06) }, nobody),
    ] {
        if !name.contains(&only) {
            continue;
        }
        let started = Instant::now();
        let audits: Vec<Audit> = (0..runs).map(|seed| Audit::of(&world, reviewers, 1_000, seed)).collect();
        let seconds = started.elapsed().as_secs_f64();
        println!("\n{name}: {runs} runs in {seconds:.1} s; miss rate {:.4}", audits[0].population.miss_rate(Band::Review));
        let counted = |headline| audits.iter().filter(|audit| audit.estimates.headline == Some(headline)).count();
        println!(
            "  headline: model {}, design for few answers {}, for poor fit {}",
            counted(Headline::Model),
            counted(Headline::DesignFewAnswers),
            counted(Headline::DesignPoorFit)
        );
        let mut noticed: Vec<f64> =
            audits.iter().filter_map(|audit| audit.estimates.model?.fit_test.noticed_counterfeits).collect();
        noticed.sort_by(f64::total_cmp);
        println!(
            "  a floor of {:.0} copies would be noticed (median)",
            noticed.get(noticed.len() / 2).copied().unwrap_or(f64::NAN)
        );
        let drawn: Vec<u64> = audits[0].sample.strata.iter().map(|share| share.drawn).collect();
        println!("  drawn by stratum {drawn:?}");
        table("headline", &audits, |audit| audit.estimates.leading().copied());
        table("model", &audits, |audit| audit.estimates.model.map(|model| model.figures));
        table("design", &audits, |audit| audit.estimates.design);
    }
}

fn table(name: &str, audits: &[Audit], figures: impl Fn(&Audit) -> Option<Figures>) {
    for (what, estimate, truth) in [
        (
            "prevalence",
            (|of| Some(of.prevalence)) as fn(Figures) -> Option<Estimate>,
            (|of| of.population.prevalence()) as fn(&Audit) -> f64,
        ),
        ("miss rate", |of| of.review.miss_rate, |of| of.population.miss_rate(Band::Review)),
        ("miss rate red", |of| of.red_flag.miss_rate, |of| of.population.miss_rate(Band::RedFlag)),
        ("precision", |of| of.review.precision, |of| of.population.precision(Band::Review)),
        ("precision red", |of| of.red_flag.precision, |of| of.population.precision(Band::RedFlag)),
    ] {
        let mut widths = Vec::new();
        let (mut covered, mut above, mut below) = (0, 0, 0);
        for audit in audits {
            if let Some(estimate) = figures(audit).and_then(estimate) {
                let truth = truth(audit);
                covered += usize::from(estimate.interval.contains(truth));
                above += usize::from(estimate.interval.low > truth);
                below += usize::from(estimate.interval.high < truth);
                widths.push(estimate.interval.width() * 100.0);
            }
        }
        widths.sort_by(f64::total_cmp);
        let at = |share: usize| widths.get((widths.len().saturating_sub(1)) * share / 100).copied().unwrap_or(f64::NAN);
        println!(
            "  {name:9} {what:14} covers {:5.1}% of {}; too high {above}, too low {below}; width in points: median {:.3}, 95% {:.3}, most {:.3}",
            100.0 * covered as f64 / widths.len().max(1) as f64,
            widths.len(),
            at(50),
            at(95),
            at(100)
        );
    }
}
