//! Every maximum of the wiring: its name, unit and reason.

/// Messages of a batch worked on at once. Each uses all vCPUs for scoring; two hide each other's waiting, more only cost memory.
pub const MESSAGES_IN_FLIGHT_MAX: usize = 2;

/// Events inside one another (EventBridge inside SQS is two deep); a deeper one is not ours.
pub const NESTING_MAX: u32 = 3;
