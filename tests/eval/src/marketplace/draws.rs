//! How are numbers drawn from known distributions, the same on every run?

use crate::mutations::Random;

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
