//! `photos_on_request`: pictures are sent on request.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "photos_on_request",
    group: Group::Contact,
    meaning: "the pictures of the goods are sent in private",
    source: "sellers of copies keep marks out of public pictures",
    counter_example: "a private seller who offers more pictures, which is why it weighs little",
    levels: 1,
    evaluate: Evaluate::Terms,
};
