//! Which listings should people look at, so that what is missed can be told? A stratified random sample, chosen in one pass.
//!
//! 1. Every result of the window goes through [`Sampler::add`], in any order and in as many parts as there are ([`Sampler::merge`]).
//! 2. Each stratum of risk keeps the candidates with the smallest seeded hashes: a simple random sample without replacement of the stratum, of
//!    any size up to the limit, which does not depend on order, and is the same when the run is repeated.
//! 3. [`Sampler::draw`] settles how many each stratum gives ([`allocate`]), now that its risks are known.
//!
//! # Decisions that exist already
//!
//! A listing is decided mostly because it looked bad, so that decisions are no random sample and may not simply be added to one. They can
//! be used without bias all the same, whatever they were made for: every stratum is split in two, what is decided on the window's very
//! content, and what is not. The first part is a **census**: its counterfeits are counted, not estimated, and cost no further review. The
//! second is sampled, and its estimate is only ever about the second part. Where everything in a stratum is decided, nothing of it is
//! sampled. What is decided is looked up while the window is read; decisions made later count where they are about a listing that was
//! drawn.

mod allocation;
mod draw;
mod frame;
mod strata;

pub use allocation::allocate;
pub use draw::{Item, Sample, Sampler, Share};
pub use frame::{Bin, Counts, Frame};
pub use strata::Stratum;

pub(crate) use frame::bin;
