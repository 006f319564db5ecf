//! What could be said of signals, calibration, change, words and another policy?

use super::{behind, share};
use auditing::Share;
use auditing::calibration::{Bin, CalibrationReport, Errors, Estimate, Group, Reliability, TraitGroups};
use auditing::drift::{Drift, RateChange, Shift, Stability};
use auditing::health::{HealthReport, LaneReport, Segment, Side, Standing, Track};
use auditing::rescoring::{Quality, RescoringReport};
use auditing::words::{Rising, RisingKey};
use scoring::Risk;

pub(super) fn health() -> HealthReport {
    let track = |signal: &str, rule: Option<&str>, side, right: (u64, u64), bar, standing| Track {
        signal: signal.to_owned(),
        rule: rule.map(str::to_owned),
        side,
        results_count: right.1 * 9,
        decisions: share(right.0, right.1),
        sampled_count: right.1 / 7,
        judged: share(right.0, right.1),
        bar: (right.1 > 0).then_some(bar),
        expected: (right.1 > 0).then_some(bar + 0.04),
        adjusted_probability: (right.1 >= 20).then_some(if standing == Standing::StepDownProposed { 0.0021 } else { 0.61 }),
        standing,
        wrong: behind(signal, usize::try_from((right.1 - right.0).min(8)).unwrap_or_default()),
    };
    let tracks = vec![
        track("replica_term", Some("en.mirror"), Side::Raises, (41, 96), 0.712, Standing::StepDownProposed),
        track("new_seller", None, Side::Raises, (212, 402), 0.588, Standing::StepDownProposed),
        track("contact_outside", None, Side::Raises, (388, 402), 0.781, Standing::Holds),
        track("licensed_seller", None, Side::Lowers, (44, 52), 0.6, Standing::Holds),
        track("price_below_market", None, Side::Raises, (1_204, 1_490), 0.74, Standing::Holds),
        track("price_below_market", Some("tenth"), Side::Raises, (9, 11), 0.8, Standing::TooFewDecisions),
        track("replica_term", None, Side::Raises, (1_711, 2_104), 0.79, Standing::Unproven),
        track("stock_picture", None, Side::Raises, (0, 0), 0.0, Standing::TooFewDecisions),
    ];
    HealthReport { tracks, tested_count: 6, proposed_count: 2, false_proposals_expected_max: 0.1, is_cut: true }
}

pub(super) fn segment(brand: Option<&str>, risk_min: u16, confirmed: Share) -> Segment {
    let is_open = confirmed.low >= 0.9975;
    let decided = format!(
        "{} of {} decided red flags were confirmed: a precision of at least {:.2}% is proven",
        confirmed.hits_count,
        confirmed.of_count,
        confirmed.low * 100.0
    );
    Segment {
        brand: brand.map(str::to_owned),
        risk_min: Risk(risk_min),
        confirmed,
        is_open,
        confirmations_missing_count: (confirmed.of_count < 2_000).then_some(if is_open { 0 } else { 2_226 }),
        why: match (confirmed.of_count, is_open) {
            (0, _) => "closed: no red flag was decided".to_owned(),
            (_, true) => format!("open: {decided}, and 99.75% are asked"),
            (_, false) => format!("closed: {decided}, 99.75% are asked"),
        },
        rejected: behind("flag", usize::try_from((confirmed.of_count - confirmed.hits_count).min(5)).unwrap_or_default()),
    }
}

pub(super) fn lane() -> LaneReport {
    let segments = vec![
        segment(None, 0, share(2_411, 2_702)),
        segment(None, 850, share(2_102, 2_240)),
        segment(None, 900, share(1_641, 1_690)),
        segment(None, 950, share(1_102, 1_109)),
        segment(None, 990, share(402, 403)),
        segment(Some("gucci"), 0, share(611, 640)),
    ];
    LaneReport { precision_min: 0.9975, is_open: false, segments }
}

fn weighted(of: Share, effective_share: f64) -> Estimate {
    #[allow(clippy::cast_precision_loss)] // made up, and small
    let effective_count = of.of_count as f64 * effective_share;
    Estimate { decisions_count: of.of_count, effective_count, share: of.share, low: of.low, high: of.high }
}

fn reliability(scale: u64) -> Reliability {
    let cases = [
        (0, 10, 0.004, (0, 60), 700_000.0),
        (10, 20, 0.014, (1, 55), 150_000.0),
        (20, 50, 0.033, (3, 70), 61_000.0),
        (50, 100, 0.071, (6, 62), 32_000.0),
        (100, 200, 0.146, (11, 71), 16_000.0),
        (200, 400, 0.291, (20, 81), 9_750.0),
        (400, 600, 0.497, (38, 84), 11_200.0),
        (600, 800, 0.704, (49, 77), 7_570.0),
        (800, 900, 0.853, (62, 74), 4_480.0),
        (900, 950, 0.927, (58, 65), 3_200.0),
        (950, 1_000, 0.978, (81, 84), 4_800.0),
    ];
    let bin = |(from, below, predicted, (hits, of), listings): (u16, u16, f64, (u64, u64), f64)| Bin {
        risk_min: Risk(from),
        risk_below: Risk(below),
        listings,
        predicted,
        observed: weighted(share(hits * scale, of * scale), 0.9),
    };
    let bins: Vec<Bin> = cases.into_iter().map(bin).collect();
    Reliability {
        decisions_count: bins.iter().map(|bin| bin.observed.decisions_count).sum(),
        bins,
        expected_calibration_error: Some(0.0071),
        expected_calibration_error_by_chance: Some(0.0058),
        brier_score: Some(0.0146),
    }
}

fn group(value: &str, false_positives: (u64, u64), missed: (u64, u64), differs: bool) -> Group {
    let estimate = |(hits, of)| weighted(share(hits, of), 0.7);
    Group {
        value: value.to_owned(),
        reliability: reliability(1),
        errors: Some(Errors {
            false_positives: estimate(false_positives),
            false_positives_elsewhere: estimate((14, 930)),
            false_positives_adjusted_probability: Some(if differs { 0.0017 } else { 1.0 }),
            missed: estimate(missed),
            missed_elsewhere: estimate((24, 131)),
            missed_adjusted_probability: Some(0.83),
            differs,
        }),
    }
}

pub(super) fn calibration() -> CalibrationReport {
    let groups = |name: &str, groups| TraitGroups { name: name.to_owned(), groups, small_groups_count: 7, is_cut: false };
    let brands = TraitGroups {
        is_cut: true,
        ..groups("brand", vec![group("gucci", (3, 110), (9, 41), false), group("rolex", (2, 84), (5, 33), false)])
    };
    let window_groups = vec![
        groups(
            "language",
            vec![
                group("en", (6, 512), (14, 70), false),
                group("fr", (21, 240), (6, 31), true),
                group("zh", (4, 151), (8, 40), false),
            ],
        ),
        brands,
        groups(
            "seller_age",
            vec![
                group("5_years_or_more", (4, 320), (2, 14), false),
                group("under_1_year", (6, 190), (9, 41), false),
                group("under_30_days", (11, 140), (12, 80), false),
                group("under_5_years", (5, 260), (4, 22), false),
            ],
        ),
        groups("ship_from", vec![group("china", (13, 210), (10, 62), false), group("western_europe", (5, 402), (6, 24), false)]),
    ];
    let chosen = |value: &str| Group { errors: None, ..group(value, (0, 1), (0, 1), false) };
    CalibrationReport {
        window: reliability(1),
        window_groups,
        chosen: Reliability { expected_calibration_error: Some(0.031), ..reliability(6) },
        chosen_groups: vec![groups("language", vec![chosen("en"), chosen("fr")])],
        tested_count: 22,
    }
}

fn change(name: &str, now: u64, before: u64, is_changed: bool) -> RateChange {
    let adjusted_probability = Some(if is_changed { 0.000_01 } else { 0.42 });
    RateChange {
        name: name.to_owned(),
        now: share(now, 1_000_000),
        before: share(before, 940_000),
        adjusted_probability,
        is_changed,
    }
}

pub(super) fn drift(stability_index: f64) -> Drift {
    let stability = if stability_index < 0.1 { Stability::Slight } else { Stability::Moderate };
    Drift {
        results_count: 1_000_000,
        results_before_count: 940_000,
        risk: Shift { stability_index: Some(stability_index), expected_by_chance: 0.000_02, noise_floor: 0.000_061, stability },
        bands: vec![
            change("clear", 968_750, 914_800, false),
            change("review", 18_770, 15_100, true),
            change("red_flag", 12_480, 10_100, false),
        ],
        mean_risk: Some(0.0219),
        mean_risk_before: Some(0.0201),
        signals: vec![
            change("contact_outside", 31_402, 18_950, true),
            change("emoji_flags", 2_110, 4_480, true),
            change("new_seller", 88_204, 81_100, false),
            change("price_below_market", 41_008, 38_900, false),
        ],
        changed_signals_count: 2,
    }
}

pub(super) fn rising() -> Rising {
    let key = |key: &str, is_known, now, before, confirmed: (u64, u64)| RisingKey {
        key: key.to_owned(),
        is_known,
        score: 88.4,
        now: share(now, 1_000_000),
        before: share(before, 940_000),
        confirmed: share(confirmed.0, confirmed.1),
        confirmed_elsewhere: Some(0.511),
        listings: behind("word", 4),
    };
    Rising {
        keys: vec![
            key("1to1batch", false, 612, 4, (41, 43)),
            key("whatsapp:+44790000000", false, 190, 0, (17, 17)),
            key("mirror", true, 2_204, 1_102, (88, 97)),
        ],
        rising_count: 3,
        watched_count: 8_412,
        is_cut: false,
        count_error_max: 6,
    }
}

pub(super) fn rescoring() -> RescoringReport {
    let quality = |precision: (u64, u64), recall: (u64, u64)| Quality {
        precision: share(precision.0, precision.1),
        recall: share(recall.0, recall.1),
        precision_weighted: weighted(share(118, 218), 0.8),
        recall_weighted: weighted(share(recall.0 / 20, recall.1 / 20), 0.6),
    };
    RescoringReport {
        listings_count: 1_000_000,
        bands: [[967_940, 790, 20], [1_204, 17_101, 465], [0, 310, 12_170]],
        band_changes_count: 2_789,
        brand_changes_count: 31,
        score_changes_count: 204_118,
        mean_risk_stored: Some(0.0219),
        mean_risk_candidate: Some(0.0214),
        stored: quality((3_214, 5_402), (3_214, 3_402)),
        candidate: quality((3_201, 5_210), (3_201, 3_402)),
        reviews_stored_count: 31_250,
        reviews_candidate_count: 30_856,
        newly_flagged_undecided_count: 802,
        no_longer_flagged_undecided_count: 1_102,
    }
}
