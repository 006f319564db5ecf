//! `contact_diversion`: the listing moves the talk elsewhere: WhatsApp, 加V, Telegram.

use super::{Evaluate, Group, Signal};

pub(super) const SIGNAL: Signal = Signal {
    name: "contact_diversion",
    group: Group::Contact,
    meaning: "the words move the buyer to a channel that the marketplace does not see",
    source: "policy/lexicon; the main trait of counterfeit sellers on Instagram (Ghost Data, 2019)",
    counter_example: "微信支付 (a way of paying), fishing line, LINE Friends goods",
    levels: 1,
    evaluate: Evaluate::Terms,
};
