//! Do the steps that watch the scoring say the same when a run is cut off anywhere, continued, or done in two halves?
#![allow(clippy::unwrap_used, clippy::panic)]

use auditing::calibration::Calibration;
use auditing::drift::{Drift, Profile};
use auditing::health::{Health, Lane};
use auditing::integrity::{Findings, replay_line};
use auditing::reporters::Reporters;
use auditing::rescoring::Rescoring;
use auditing::words::{Frequencies, KnownKeys, TitleWords, Watched};
use auditing::{Decided, Drawn, Fired, Traits};
use scoring::{Field, Listing, Policy, RawListing, ScoredListing, Scorer};
use serde::{Deserialize, Serialize};

/// Everything that a run holds between two rows.
#[derive(Default, Serialize, Deserialize)]
struct State {
    health: Health,
    lane: Lane,
    calibration: Calibration,
    profile: Profile,
    frequencies: Frequencies,
    watched: Watched,
    reporters: Reporters,
    rescoring: Rescoring,
    findings: Findings,
}

/// A small market: every fourth listing is offered as a copy, and half of these use a word that was not there before.
fn listing(case: u64) -> Listing {
    let mut raw = RawListing::default();
    let offer = match case % 8 {
        0 => "1:1 replica mirror quality zephyr",
        4 => "1:1 replica mirror quality",
        1 | 5 => "leather bag with receipt and box",
        _ => "scarf silk used good condition",
    };
    raw.set(Field::ListingId, format!("A-{case:04}"));
    raw.set(Field::Title, format!("Gucci {offer} no{}", case % 50));
    raw.set(Field::Price, format!("{} USD", 40 + case % 7));
    raw.set(Field::SellerCreatedAt, format!("20{}-01-01", 10 + case % 16));
    raw.set(Field::CreatedAt, "2026-11-01");
    raw.set(Field::ShipFrom, ["CN", "FR", "US"][usize::try_from(case % 3).unwrap()]);
    raw.into_listing().unwrap()
}

fn decided(case: u64, listing: &Listing, scored: &ScoredListing) -> Option<Decided> {
    (case.is_multiple_of(4) || case % 10 == 3).then(|| Decided {
        review_id: format!("r-{case:04}"),
        listing_id: scored.listing_id.clone(),
        counterfeit: case.is_multiple_of(4),
        reviewer: "ana".to_owned(),
        source: Some(format!("s-{}", case % 3)),
        sampled: (case % 10 == 3).then(|| Drawn { run_id: "a-1".to_owned(), stratum: 0 }),
        decided_at: format!("2026-11-{:02}T00:00:00Z", 1 + case % 28),
        risk: scored.risk,
        log_odds: scored.log_odds,
        band: scored.band,
        brand: scored.brand.clone(),
        input: scored.input.clone(),
        traits: Traits::of(listing, &scored.scored_at),
        reasons: scored
            .reasons
            .iter()
            .map(|reason| Fired { signal: reason.signal.clone(), rule: reason.rule.clone(), points: reason.points })
            .collect(),
    })
}

impl State {
    fn add(&mut self, case: u64, scorer: &mut Scorer, words: &mut TitleWords) {
        let listing = listing(case);
        let stored = scorer.score(&listing, "2026-11-20T00:00:00Z");
        let line = serde_json::to_vec(&stored).unwrap();
        let again = scorer.score(&listing, "2026-11-24T00:00:00Z");
        let decided = decided(case, &listing, &stored);
        self.profile.add(&stored);
        self.frequencies.add(words.of(&listing));
        let weight = decided.as_ref().map(|decided| if decided.sampled.is_some() { 7.5 } else { 1.0 });
        if let Some(decided) = &decided {
            self.health.add(decided);
            self.lane.add(decided);
            self.calibration.add(decided, weight);
            self.watched.add(decided, words.of(&listing));
            self.reporters.add(decided, None);
        }
        let pair = decided.as_ref().map(|decided| (decided, weight));
        self.rescoring.add(&listing.title, &stored, &again, pair, |change| panic!("{change:?} though nothing changed"));
        self.findings.add_row(replay_line(&line, &"a line", Some(&listing), scorer));
    }

    fn merge(&mut self, other: Self) {
        self.health.merge(other.health);
        self.lane.merge(other.lane);
        self.calibration.merge(other.calibration);
        self.profile.merge(other.profile);
        self.frequencies.merge(other.frequencies);
        self.watched.merge(other.watched);
        self.reporters.merge(other.reporters);
        self.rescoring.merge(other.rescoring);
        self.findings.merge(other.findings);
    }

    /// The bytes of every section.
    fn report(&self) -> String {
        let (mut before, mut words) = (State::default(), TitleWords::default());
        for case in (0..400).filter(|case| case % 8 != 0) {
            before.frequencies.add(words.of(&listing(case)));
        }
        let mut known = KnownKeys::new(Policy::embedded());
        let rising = self.watched.report(&self.frequencies, &before.frequencies, |word| known.contains(word));
        let sections = (
            self.health.report(&self.profile),
            self.lane.report(),
            self.calibration.report(),
            Drift::between(&self.profile, &before.profile),
            rising,
            self.reporters.report(),
            self.rescoring.report(),
            &self.findings,
        );
        serde_json::to_string_pretty(&sections).unwrap()
    }
}

const CASES: u64 = 400;

fn run(cases: impl Iterator<Item = u64>, cut_at: Option<u64>) -> State {
    let (mut state, mut scorer, mut words) = (State::default(), Scorer::new(Policy::embedded()), TitleWords::default());
    for case in cases {
        if cut_at == Some(case) {
            state = serde_json::from_str(&serde_json::to_string(&state).unwrap()).unwrap();
        }
        state.add(case, &mut scorer, &mut words);
    }
    state
}

#[test]
fn a_run_says_the_same_however_it_is_done() {
    let whole = run(0..CASES, None).report();
    for cut in [0, 1, 7, 200, CASES - 1] {
        assert_eq!(run(0..CASES, Some(cut)).report(), whole, "cut off at {cut}");
    }
    assert_eq!(run((0..CASES).rev(), None).report(), whole, "in the other order");
    let mut halves = run(150..CASES, None);
    halves.merge(run(0..150, None));
    assert_eq!(halves.report(), whole, "in two halves");
}

#[test]
fn it_says_what_is_so() {
    let report: serde_json::Value = serde_json::from_str(&run(0..CASES, None).report()).unwrap();
    let section = |at: usize| &report[at];
    assert_eq!(section(4)["keys"][0]["key"], "zephyr");
    assert_eq!(section(4)["keys"][0]["is_known"], false);
    assert_eq!(section(6)["band_changes_count"], 0);
    assert_eq!(section(6)["listings_count"], CASES);
    assert_eq!(section(7)["rows_replayed"], CASES);
    assert_eq!(section(7)["found"], serde_json::json!([]));
    // Every listing that says "replica" was confirmed; what is merely cheap was rejected.
    let tracks = section(0)["tracks"].as_array().unwrap();
    let proposed: Vec<_> = tracks.iter().filter(|track| track["standing"] == "step_down_proposed").collect();
    assert!(proposed.iter().any(|track| track["signal"] == "price_below_floor"));
    assert!(
        proposed.iter().all(|track| track["judged"]["low"].as_f64() < track["bar"].as_f64() && track["wrong"][0].is_object())
    );
    let says_replica: Vec<_> = tracks.iter().filter(|track| track["signal"] == "replica_term").collect();
    assert!(!says_replica.is_empty() && says_replica.iter().all(|track| track["standing"] == "holds"));
    assert_eq!(section(1)["is_open"], false);
    assert_eq!(section(5)["below_count"], 3, "each of the three sources is right in five reports of seven");
}
