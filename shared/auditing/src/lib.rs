//! What is caught, what is missed, and what changed? The steps of an audit, each a pure function over streamed rows.
//!
//! An audit goes once over every result of a window and over the decisions that people made. Each step takes rows one at a time, holds a
//! bounded amount whatever the number of rows, and can be written down and taken up again in the middle (`Serialize` and `Deserialize`).
//! No step depends on the order of the rows, so that two runs over one window say the same.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic, clippy::cast_possible_truncation))]

mod calibration;
mod decided;
mod drift;
mod health;
pub mod limits;
mod reporters;
mod rescoring;
mod words;

pub use calibration::{
    Bin, Calibration, CalibrationReport, Errors, Estimate, GROUP_DECISIONS_MIN, Group, Reliability, TraitGroups, Traits,
    WRONG_NAME_MAX,
};
pub use decided::{Decided, Fired};
pub use drift::{
    Drift, FALSE_CHANGES_MAX, LARGE_PSI_MIN, MODERATE_PSI_MIN, NOISE_EXCEEDED_MAX, Profile, RATE_RATIO_MIN, RateChange, Shift,
    Stability,
};
pub use health::{
    Behind, DECISIONS_MIN, FALSE_PROPOSALS_MAX, Health, HealthReport, LANE_PRECISION_MIN, Lane, LaneReport,
    RED_FLAG_PRECISION_MIN, REVIEW_PRECISION_MIN, Segment, Share, Side, Standing, Track,
};
pub use reporters::{
    CONFIRMED_SHARE_MIN, OVERTURNED_SHARE_MAX, Posterior, REPORTS_MIN, Reporters, ReportersReport, Source, SourceStanding,
};
pub use rescoring::{Identity, Mismatch, Quality, Rescoring, RescoringReport};
pub use words::{Frequencies, RISE_RATIO_MIN, RISING_CHANCE_MAX, RISING_CONFIRMED_MIN, Rising, RisingKey, TitleWords, Watched};
