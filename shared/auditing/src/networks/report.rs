//! What does a report say about sellers and networks, and what does it leave out?

use super::evidence::Shared;
use crate::intervals::{self, Interval};
use scoring::Harm;
use serde::{Deserialize, Serialize};

/// Sellers and networks of a window, those with the largest harm first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Networks {
    /// Rows that were read.
    pub listings: u64,
    /// Sellers in them; an estimate where not all of them were counted.
    pub sellers: u64,
    /// Connected sellers.
    pub groups: Vec<Group>,
    /// Sellers with several confirmed or flagged listings.
    pub repeat_offenders: Vec<RepeatOffender>,
    /// Offers that stand several times among suspected listings. Those with a confirmed listing and open ones come first: they are what
    /// was decided about, and is back under another id or in another shop.
    pub relisted: Vec<Relisted>,
    /// What is not in this answer, and why.
    pub left_out: LeftOut,
}

/// A seller's account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seller {
    /// Where, as the export names it.
    pub marketplace: Option<String>,
    /// The account's id; the shop's name where the export gives none.
    pub seller_id: String,
}

/// A seller with what is known of its listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub seller: Seller,
    /// Listings in the window; `None` where they were not counted.
    pub listings: Option<u32>,
    /// Listings that were flagged or confirmed, without those that a person cleared.
    pub flagged: u32,
    /// Of these, confirmed by a person.
    pub confirmed: u32,
    /// Listings that a person cleared.
    pub rejected: u32,
    /// Expected loss of buyers by the flagged listings.
    pub harm: Harm,
}

/// Connected sellers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its accounts.
    pub sellers: Vec<Member>,
    /// Accounts that are not shown.
    pub sellers_not_shown: u64,
    /// Ids of its flagged listings.
    pub listings: Vec<String>,
    /// Flagged listings that are not shown.
    pub listings_not_shown: u64,
    /// Flagged listings of all its accounts.
    pub flagged: u32,
    /// Confirmed listings of all its accounts.
    pub confirmed: u32,
    /// Expected loss of buyers by its flagged listings.
    pub harm: Harm,
    /// What links its accounts: first the links that hold it together, then those that confirm it.
    pub links: Vec<Link>,
    /// Links that are not shown.
    pub links_not_shown: u64,
}

/// Two sellers who share what others do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The two.
    pub sellers: [Seller; 2],
    /// Weight of all that they share, in thousandths of a contact that nobody else shows.
    pub weight_thousandths: u32,
    /// What they share, the most telling first.
    pub proofs: Vec<Proof>,
    /// Shared values that are not shown.
    pub proofs_not_shown: u64,
}

/// A value that two sellers share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Of which sort.
    pub shared: Shared,
    /// A name for the value, the same wherever it is meant. Contacts are never written out.
    pub value: String,
    /// Suspected sellers who show it.
    pub sellers: u64,
    /// A listing of each of the two in which to look at it.
    pub listings: [String; 2],
}

/// A seller with several confirmed or flagged listings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepeatOffender {
    /// Who, and what is known.
    #[serde(flatten)]
    pub member: Member,
    /// Flagged listings of all listings.
    pub flagged_rate: Option<Rate>,
    /// Confirmed listings of those that a person decided.
    pub confirmed_rate: Option<Rate>,
    /// Its group, as an index into the groups that are shown.
    pub group: Option<u64>,
}

/// A share with its 95% interval ([`intervals::binomial`]): what the seller's next listings are to be expected to be like.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The share, 0 to 1.
    pub estimate: f64,
    /// Where it may lie.
    pub interval: Interval,
}

/// One offer in several suspected listings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relisted {
    /// Ids of its listings, confirmed ones first.
    pub listings: Vec<String>,
    /// Listings that are not shown.
    pub listings_not_shown: u64,
    /// Accounts that offer it.
    pub sellers: u64,
    /// Listings that a person confirmed.
    pub confirmed: u32,
    /// Listings that nobody has decided.
    pub open: u32,
    /// Expected loss of buyers by the open listings.
    pub harm: Harm,
}

/// What an answer does not hold, and why: nothing is left out that is not counted here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Rows without a seller, which cannot be linked.
    pub rows_without_seller: u64,
    /// Flagged or decided rows that were not compared: too many, or older versions of one that was.
    pub suspects_not_compared: u64,
    /// Sellers whose listings were not counted.
    pub sellers_not_counted: u64,
    /// Decisions whose listing was not among the rows, or for which there was no room.
    pub decisions_not_used: u64,
    /// Pictures and contacts of suspected listings that were not compared, because a listing has too many, and titles that were cut.
    pub parts_not_compared: u64,
    /// Rows with more words that may be contacts than are remembered: the others may be taken for rarer than they are.
    pub rows_with_words_not_remembered: u64,
    /// Contacts that are no evidence because too many suspected sellers, or as many others, show them.
    pub common_contacts: u64,
    /// Accounts and links, likewise.
    pub common_accounts: u64,
    /// Pictures, likewise.
    pub common_pictures: u64,
    /// Offers, likewise.
    pub common_offers: u64,
    /// Suspected listings that were compared with no other text, because their title is one of a catalogue that many shops sell from.
    pub common_titles: u64,
    /// Shared values that were not weighed, those that the most sellers share.
    pub values_not_weighed: u64,
    /// Pairs of sellers who share something, but too little for a link.
    pub weak_pairs: u64,
    /// Comparisons of texts that were not made because a bucket of look-alikes held too many offers.
    pub texts_not_compared: u64,
    /// Links between two groups that hold by a single account, and so join none.
    pub bridges: u64,
    /// Groups that are not shown.
    pub groups_not_shown: u64,
    /// Repeat offenders that are not shown.
    pub offenders_not_shown: u64,
    /// Relisted offers that are not shown.
    pub relisted_not_shown: u64,
}

impl Rate {
    /// `hits` of `trials`; `None` without trials.
    pub(super) fn of(hits: u32, trials: u32) -> Option<Self> {
        if trials == 0 {
            return None;
        }
        // A row given twice may have been counted once only among all.
        let (hits, trials) = (f64::from(hits.min(trials)), f64::from(trials));
        Some(Self { estimate: hits / trials, interval: intervals::binomial(hits, trials) })
    }
}
