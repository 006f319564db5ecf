//! Who sells? A few hundred invented shops, a handful of which have most of the copies.

use super::rng::Rng;
use super::words::Words;

/// A shop, the same for the same number.
pub(super) struct Seller {
    pub(super) id: String,
    pub(super) name: String,
    /// Hundredths of a star; `None` when nobody has rated it.
    pub(super) rating: Option<u64>,
    /// Days before the reference day on which the account was opened.
    pub(super) age_days: u64,
}

/// Honest shops: established, well rated, one in twenty rather new.
pub(super) fn honest(seed: u64, rng: &mut Rng, words: &Words) -> Seller {
    let number = rng.long_tail(240);
    let mut own =
        Rng::of(seed ^ 0x5e11e7, number ^ u64::from(words.code.as_bytes()[0]) << 32 ^ u64::from(words.code.as_bytes()[1]) << 40);
    let new = own.chance(50);
    Seller {
        id: format!("s-{}{}", words.code, 1_000 + number),
        name: name(&mut own, words),
        rating: (!new || own.chance(400)).then(|| own.between(430, 500)),
        age_days: if new { own.between(5, 120) } else { own.between(300, 4_600) },
    }
}

/// Shops that sell copies: mostly new, seldom rated, and very unequal in size.
pub(super) fn shady(seed: u64, rng: &mut Rng, words: &Words) -> Seller {
    let number = rng.long_tail(60);
    let mut own = Rng::of(seed ^ 0xbad, number ^ u64::from(words.code.as_bytes()[0]) << 32);
    let new = own.chance(650);
    Seller {
        id: format!("s-{}{}", words.code, 7_000 + number),
        name: name(&mut own, words),
        rating: own.chance(450).then(|| own.between(290, 490)),
        age_days: if new { own.between(1, 90) } else { own.between(91, 1_500) },
    }
}

fn name(rng: &mut Rng, words: &Words) -> String {
    let (first, second) = (rng.pick(words.shop_names.0), rng.pick(words.shop_names.1));
    match words.code {
        "zh" | "ja" => format!("{first}{second}"),
        _ if rng.chance(350) => format!("{first} {second} {}", rng.between(2, 99)),
        _ => format!("{first} {second}"),
    }
}
