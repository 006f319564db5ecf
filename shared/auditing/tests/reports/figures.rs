//! What could the sample say of prevalence and misses, now and in the runs before?

use super::{run_id, window};
use auditing::estimate::{
    AtThreshold, Covariance, Estimate, Estimates, Figures, FitTest, Further, Headline, Model, Recalibration, Reviews,
    StratumAnswered,
};
use auditing::intervals::{self, Interval};
use auditing::report::PastRun;
use auditing::sample::Share;
use scoring::{Band, Milli};

pub(super) fn estimate(value: f64, low: f64, high: f64) -> Estimate {
    Estimate { value, interval: Interval { low, high } }
}

pub(super) fn estimates() -> Estimates {
    let model = Figures {
        prevalence: estimate(0.0207, 0.0183, 0.0234),
        counterfeits: estimate(20_700.0, 18_310.0, 23_402.0),
        review: at(31_250.0, (3_850.0, 3_120.0, 4_751.0), (0.186, 0.158, 0.218), (0.539, 0.497, 0.581)),
        red_flag: at(12_480.0, (9_610.0, 8_212.0, 11_246.0), (0.464, 0.421, 0.508), (0.889, 0.851, 0.918)),
    };
    let design = Figures {
        prevalence: estimate(0.0224, 0.0171, 0.0335),
        counterfeits: estimate(22_410.0, 17_090.0, 33_480.0),
        review: at(31_250.0, (5_410.0, 1_902.0, 16_380.0), (0.241, 0.099, 0.489), (0.544, 0.489, 0.598)),
        red_flag: at(12_480.0, (11_190.0, 7_440.0, 22_300.0), (0.499, 0.372, 0.668), (0.899, 0.841, 0.941)),
    };
    Estimates {
        drawn: 1_000,
        answered: 912,
        unsure: 31,
        waiting: 57,
        headline: Some(Headline::Model),
        design: Some(design),
        model: Some(Model {
            recalibration: Recalibration { intercept: -0.12, slope: 0.94 },
            covariance: Covariance { intercept: 0.0121, both: -0.0004, slope: 0.0036 },
            clear_listings_alone: true,
            fit_test: FitTest { strata_p: 0.382, low_end_p: 0.117, noticed_counterfeits: Some(1_840.0), passed: true },
            figures: model,
        }),
        strata: strata().iter().map(answered).collect(),
    }
}

type Ends = (f64, f64, f64);

fn at(listings: f64, missed: Ends, miss_rate: Ends, precision: Ends) -> AtThreshold {
    let of = |(value, low, high): Ends| estimate(value, low, high);
    let (value, low, high) = miss_rate;
    AtThreshold {
        listings,
        missed: of(missed),
        miss_rate: Some(of(miss_rate)),
        recall: Some(estimate(1.0 - value, 1.0 - high, 1.0 - low)),
        precision: Some(of(precision)),
    }
}

pub(super) fn strata() -> Vec<Share> {
    let clear = [
        (0, None, Some(-8_000), 402_118, 90),
        (3, Some(-5_000), Some(-4_000), 388_400, 150),
        (7, Some(-2_500), Some(-2_000), 126_030, 160),
    ];
    let flagged =
        [(11, Some(-500), Some(0), 52_202, 210), (28, Some(0), Some(1_000), 18_770, 190), (47, Some(3_000), None, 12_480, 200)];
    let band = |stratum| match stratum {
        0..16 => Band::Clear,
        16..32 => Band::Review,
        _ => Band::RedFlag,
    };
    let share = |(stratum, from, to, listings, drawn): (u8, Option<i32>, Option<i32>, u64, u64)| Share {
        stratum,
        band: band(stratum),
        from: from.map(Milli),
        to: to.map(Milli),
        decided: u64::from(stratum) * 60,
        confirmed: u64::from(stratum) * 48,
        undecided: listings - u64::from(stratum) * 60,
        drawn,
    };
    clear.into_iter().chain(flagged).map(share).collect()
}

#[allow(clippy::cast_precision_loss)] // made up, and small
fn answered(of: &Share) -> StratumAnswered {
    let answered = of.drawn * 9 / 10;
    let counterfeits = match of.band {
        Band::Clear => answered * u64::from(of.stratum) / 90,
        Band::Review => answered / 2,
        Band::RedFlag => answered * 8 / 9,
    };
    StratumAnswered {
        stratum: of.stratum,
        drawn: of.drawn,
        answered,
        unsure: of.drawn / 32,
        counterfeits,
        share: intervals::binomial(counterfeits as f64, answered as f64),
        expected: counterfeits as f64 * 1.11 + 0.4,
        expected_by_model: (of.band == Band::Clear).then_some(counterfeits as f64 * 1.02 + 0.1),
    }
}

pub(super) fn further() -> Further {
    let reviews = |reviews, share: u64| Reviews {
        reviews,
        strata: [(3, reviews * share / 100), (7, reviews - reviews * share / 100)].into(),
    };
    Further { half_width: 0.02, design: Some(reviews(18_400, 70)), model: Some(reviews(640, 30)) }
}

/// Five runs, one of which knew nothing yet.
pub(super) fn past() -> Vec<PastRun> {
    let run = |from: &str, day: &str, prevalence: Option<Ends>, miss_rate: Option<Ends>| PastRun {
        run_id: run_id(day),
        window: window(from, day),
        results_count: 940_000,
        headline: prevalence.map(|_| Headline::Model),
        prevalence: prevalence.map(|(value, low, high)| estimate(value, low, high)),
        miss_rate: miss_rate.map(|(value, low, high)| estimate(value, low, high)),
        integrity_problems_count: 0,
    };
    vec![
        run("2026-10-18", "2026-11-17", Some((0.0198, 0.0172, 0.0228)), Some((0.151, 0.121, 0.187))),
        run("2026-10-11", "2026-11-10", Some((0.0191, 0.0162, 0.0225)), Some((0.149, 0.118, 0.187))),
        run("2026-10-04", "2026-11-03", Some((0.0202, 0.0166, 0.0246)), Some((0.162, 0.124, 0.209))),
        run("2026-09-27", "2026-10-27", Some((0.0188, 0.0141, 0.0250)), Some((0.171, 0.121, 0.236))),
        run("2026-09-20", "2026-10-20", None, None),
    ]
}
