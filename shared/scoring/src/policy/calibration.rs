//! How do log odds become a risk from 0 to 100? One monotone function, given as a table, in integers.

use crate::{Milli, Risk};
use bitcode::{Decode, Encode};

/// Straight lines between rising pairs of log odds and risk; flat beyond the ends.
#[derive(Debug, Encode, Decode)]
pub(crate) struct Calibration {
    /// Log odds in thousandths, risk in hundredths of a point.
    knots: Vec<(i32, u32)>,
}

impl Calibration {
    /// `None` unless there are at least two pairs, rising in log odds and not falling in risk, with risks from 0 to 100.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` saturates, and the ranges are checked
    pub(super) fn new(pairs: &[(f64, f64)]) -> Option<Self> {
        let knots: Vec<_> = pairs.iter().map(|(x, y)| ((x * 1000.0).round() as i32, (y * 100.0).round() as u32)).collect();
        let in_range = pairs.iter().all(|(x, y)| x.abs() <= 1_000.0 && (0.0..=100.0).contains(y));
        let rising = knots.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1);
        (knots.len() >= 2 && in_range && rising).then_some(Self { knots })
    }

    /// The risk, rounded to tenths.
    pub(crate) fn risk(&self, log_odds: Milli) -> Risk {
        let x = i64::from(log_odds.0);
        let after = self.knots.partition_point(|(knot, _)| i64::from(*knot) <= x);
        let hundredths = match (after.checked_sub(1).map(|at| self.knots[at]), self.knots.get(after)) {
            (Some((x0, y0)), Some(&(x1, y1))) => {
                let (x0, x1, y0, y1) = (i64::from(x0), i64::from(x1), i64::from(y0), i64::from(y1));
                y0 + ((y1 - y0) * (x - x0) + (x1 - x0) / 2) / (x1 - x0)
            }
            (Some((_, y)), None) => i64::from(y),
            (None, Some((_, y))) => i64::from(*y),
            (None, None) => 0,
        };
        Risk(u16::try_from((hundredths + 5) / 10).unwrap_or(1000).min(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_table_and_never_falls() {
        let calibration = Calibration::new(&[(-2.0, 10.0), (0.0, 50.0), (2.0, 90.0)]).unwrap();
        for (log_odds, risk) in
            [(-9_000, 100), (-2_000, 100), (-1_000, 300), (0, 500), (1, 500), (3, 501), (1_500, 800), (9_000, 900)]
        {
            assert_eq!(calibration.risk(Milli(log_odds)), Risk(risk), "{log_odds}");
        }
        let risks: Vec<_> = (-3_000..3_000).map(|x| calibration.risk(Milli(x))).collect();
        assert!(risks.is_sorted());
    }

    #[test]
    fn refuses_tables_that_are_no_monotone_function() {
        for pairs in [&[][..], &[(0.0, 1.0)], &[(0.0, 5.0), (1.0, 4.0)], &[(1.0, 1.0), (1.0, 2.0)], &[(0.0, 0.0), (1.0, 101.0)]] {
            assert!(Calibration::new(pairs).is_none(), "{pairs:?}");
        }
    }
}
