//! `image_contact`: the way to reach the seller is in a picture.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "image_contact",
    group: Group::Contact,
    meaning: "the words point at contact details in a picture, where filters do not look",
    source: "hidden-link sellers (CircleID, 2022)",
    counter_example: "measurements shown in the last picture",
    levels: 1,
    evaluate: Evaluate::Terms,
};
