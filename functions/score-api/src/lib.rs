//! Score now, read results, review.
