//! Cases of signals, by what the signals look at: (signal, a listing on which it fires and the words it points at, an honest
//! listing on which it does not).

mod brand;
mod contact;
mod context;
mod offer;
mod price;
mod seller;
mod wording;

use scoring::Field;

pub(crate) type Fields = &'static [(Field, &'static str)];
pub(crate) type Case = (&'static str, Fields, &'static str, Fields);

/// Every case of every room.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [brand::CASES, contact::CASES, context::CASES, offer::CASES, price::CASES, seller::CASES, wording::CASES]
        .into_iter()
        .flatten()
}
