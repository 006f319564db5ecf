//! Which part of the range of risk does a result belong to?

use scoring::{Band, Milli};

/// Where strata begin within a band, in thousandths of log odds. Finer where counterfeits are missed: below the usual threshold, 0.
const CUTS: [i32; 15] =
    [-8_000, -6_000, -5_000, -4_000, -3_500, -3_000, -2_500, -2_000, -1_500, -1_000, -500, 0, 1_000, 2_000, 3_000];

/// Parts of each band.
const PARTS: u8 = 16;

/// A part of the range of risk: one band of the policy, cut by log odds. Fixed in code, so that strata of all runs can be compared, and
/// never across a threshold, so that what is missed is a sum of whole strata, whatever thresholds the policy sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stratum(u8);

impl Stratum {
    /// The stratum of a result.
    #[must_use]
    pub fn of(band: Band, log_odds: Milli) -> Self {
        let part = CUTS.iter().take_while(|cut| **cut <= log_odds.0).count();
        let band = match band {
            Band::Clear => 0,
            Band::Review => 1,
            Band::RedFlag => 2,
        };
        Self(band * PARTS + u8::try_from(part).unwrap_or(PARTS - 1))
    }

    /// The stratum of this id; `None` when there is no such.
    #[must_use]
    pub fn from_id(id: u8) -> Option<Self> {
        (id < 3 * PARTS).then_some(Self(id))
    }

    /// Stable: rises with band and log odds.
    #[must_use]
    pub fn id(self) -> u8 {
        self.0
    }

    /// The band that it is part of.
    #[must_use]
    pub fn band(self) -> Band {
        match self.0 / PARTS {
            0 => Band::Clear,
            1 => Band::Review,
            _ => Band::RedFlag,
        }
    }

    /// Log odds from which on it reaches; `None` for the lowest.
    #[must_use]
    pub fn from(self) -> Option<Milli> {
        usize::from(self.0 % PARTS).checked_sub(1).map(|at| Milli(CUTS[at]))
    }

    /// Log odds below which it reaches; `None` for the highest.
    #[must_use]
    pub fn to(self) -> Option<Milli> {
        CUTS.get(usize::from(self.0 % PARTS)).map(|cut| Milli(*cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stratum_never_crosses_a_threshold_and_holds_its_own_ends() {
        assert_eq!(usize::from(PARTS), CUTS.len() + 1);
        for (band, log_odds, from, to) in [
            (Band::Clear, -20_000, None, Some(-8_000)),
            (Band::Clear, -8_000, Some(-8_000), Some(-6_000)),
            (Band::Clear, -500, Some(-500), Some(0)),
            (Band::Review, -500, Some(-500), Some(0)),
            (Band::Review, 999, Some(0), Some(1_000)),
            (Band::RedFlag, 3_000, Some(3_000), None),
            (Band::RedFlag, 20_000, Some(3_000), None),
        ] {
            let stratum = Stratum::of(band, Milli(log_odds));
            assert_eq!((stratum.band(), stratum.from(), stratum.to()), (band, from.map(Milli), to.map(Milli)), "{log_odds}");
            assert_eq!(Stratum::from_id(stratum.id()), Some(stratum));
        }
        assert_eq!(Stratum::from_id(3 * PARTS), None);
    }
}
