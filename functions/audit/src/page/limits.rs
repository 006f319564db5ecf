//! Every maximum of the page of an audit: its name, unit and reason. What is beyond one is counted on the page and stands in `report.json`.

/// Rows of a table that are in sight at once; the others open on a click.
pub(super) const ROWS_IN_SIGHT: usize = 8;

/// Rows of a table on the page, in sight or not. Nobody reads more, and a report may hold 65,536 sources.
pub(super) const ROWS_MAX: usize = 200;

/// Networks on the page: an afternoon's work of an investigator.
pub(super) const NETWORKS_MAX: usize = 50;

/// Accounts, and links, of a network on the page.
pub(super) const NETWORK_PARTS_MAX: usize = 40;

/// Listing ids of a network or an offer on the page.
pub(super) const LISTINGS_MAX: usize = 24;

/// Runs in the drawing of the trend: more than a year of weekly ones would be less than six pixels apart on a telephone.
pub(super) const TREND_RUNS_MAX: usize = 60;

/// Groups of one trait that are drawn beside each other.
pub(super) const GROUPS_MAX: usize = 40;
