//! How are numbers drawn from known distributions, the same on every run?

use crate::mutations::Random;
use statrs::function::gamma::ln_gamma;

/// Numbers of their own for each `index` of a `seed`: what is drawn for one does not move what is drawn for another.
#[must_use]
pub fn stream(seed: u64, index: u64) -> Random {
    // One step of the generator between index and state, so that neighbouring streams do not overlap.
    let mixed = Random::new(seed ^ index.wrapping_mul(0xd134_2543_de82_ef95)).below(usize::MAX);
    Random::new(mixed as u64 ^ seed.rotate_left(32))
}

/// Uniform from 0 (inclusive) to 1 (exclusive), 53 bits.
#[allow(clippy::cast_precision_loss)] // below 2^53
pub fn uniform(random: &mut Random) -> f64 {
    random.below(1 << 53) as f64 / (1_u64 << 53) as f64
}

/// Whether something of this probability happens.
pub fn happens(random: &mut Random, probability: f64) -> bool {
    uniform(random) < probability
}

/// A binomial count. Few expected hits are drawn by the gaps between them (Devroye 1986, chapter X.4), many by Hörmann's transformed
/// rejection (BTRS, 1993); both exactly, but for the rounding of `f64`.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts far below 2^52, never negative
pub fn binomial(random: &mut Random, trials: u64, probability: f64) -> u64 {
    if probability > 0.5 {
        return trials - binomial(random, trials, 1.0 - probability);
    }
    let expected = trials as f64 * probability;
    if expected <= 0.0 {
        return 0;
    }
    if expected < 10.0 {
        let (mut hits, mut at, fail) = (0, 0.0, (-probability).ln_1p());
        loop {
            at += ((1.0 - uniform(random)).ln() / fail).floor() + 1.0;
            if at > trials as f64 {
                return hits;
            }
            hits += 1;
        }
    }
    let deviation = (expected * (1.0 - probability)).sqrt();
    let b = 1.15 + 2.53 * deviation;
    let a = -0.0873 + 0.0248 * b + 0.01 * probability;
    let centre = expected + 0.5;
    let ratio = probability / (1.0 - probability);
    let alpha = (2.83 + 5.1 / b) * deviation;
    let mode = ((trials as f64 + 1.0) * probability).floor();
    let count = trials as f64;
    loop {
        let u = uniform(random) - 0.5;
        let mut v = 1.0 - uniform(random);
        let squeezed = 0.5 - u.abs();
        let hits = ((2.0 * a / squeezed + b) * u + centre).floor();
        if !(0.0..=count).contains(&hits) {
            continue;
        }
        if squeezed >= 0.07 && v <= 0.92 - 4.2 / b {
            return hits as u64;
        }
        v = (v * alpha / (a / (squeezed * squeezed) + b)).ln();
        let bound = ln_gamma(mode + 1.0) + ln_gamma(count - mode + 1.0) - ln_gamma(hits + 1.0) - ln_gamma(count - hits + 1.0)
            + (hits - mode) * ratio.ln();
        if v <= bound {
            return hits as u64;
        }
    }
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)] // small counts
mod tests {
    use super::*;

    /// Mean and variance of 20,000 draws, each within four standard errors.
    #[test]
    fn binomial_counts_have_their_mean_and_variance() {
        for (trials, probability) in [(5, 0.3), (1_000_000, 0.000_002), (40, 0.5), (1_000, 0.02), (1_000_000, 0.02), (300, 0.9)] {
            let mut random = stream(11, trials);
            let draws: Vec<f64> = (0..20_000).map(|_| binomial(&mut random, trials, probability) as f64).collect();
            let mean = draws.iter().sum::<f64>() / 20_000.0;
            let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / 20_000.0;
            let expected = trials as f64 * probability * (1.0 - probability);
            assert!(
                (mean - trials as f64 * probability).abs() < 4.0 * (expected / 20_000.0).sqrt(),
                "{trials} {probability}: mean {mean}"
            );
            // The variance of a sample variance, with the excess kurtosis of a binomial.
            let kurtosis = (1.0 - 6.0 * probability * (1.0 - probability)) / expected;
            let error = expected * ((2.0 + kurtosis) / 20_000.0).sqrt();
            assert!((variance - expected).abs() < 4.0 * error, "{trials} {probability}: variance {variance} is not {expected}");
        }
        assert_eq!(binomial(&mut stream(1, 1), 0, 0.3), 0);
        assert_eq!(binomial(&mut stream(1, 1), 9, 0.0), 0);
        assert_eq!(binomial(&mut stream(1, 1), 9, 1.0), 9);
    }
}
