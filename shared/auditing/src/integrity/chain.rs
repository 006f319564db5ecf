//! Are the seals of all days those that were made, in the order in which they were made?

use super::canonical::{Digest, Form};
use super::decisions::Seal;
use super::findings::{Finding, Problem};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One seal that joined the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The day of the seal.
    pub day: String,
    /// Its hash.
    pub seal: Digest,
    /// SHA-256 of the hash before and of this link's day and seal.
    pub hash: Digest,
}

/// All seals, each hash over the one before: a link for each day, some 160 bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The oldest first.
    pub links: Vec<Link>,
}

impl Chain {
    /// The hash of the last link: who knows it knows them all. Zeros while there is none.
    #[must_use]
    pub fn head(&self) -> Digest {
        self.links.last().map_or_else(Digest::default, |link| link.hash)
    }

    /// Adds the seal of a day, unless that day has one: a run that is repeated seals nothing twice. Tells whether it was added.
    pub fn append(&mut self, seal: &Seal) -> bool {
        if self.links.iter().any(|link| link.day == seal.day) {
            return false;
        }
        let digest = seal.digest();
        self.links.push(Link { day: seal.day.clone(), seal: digest, hash: linked(&self.head(), &seal.day, &digest) });
        true
    }

    /// Checks the chain itself, against the head that an earlier report told, and the seals as they are on record, in their order.
    #[must_use]
    pub fn verify(&self, told: Option<&Digest>, seals: &[Seal]) -> Vec<Finding> {
        let mut found = self.broken();
        let is_known = |head: &Digest| *head == Digest::default() || self.links.iter().any(|link| link.hash == *head);
        if let Some(head) = told.filter(|head| !is_known(head)) {
            found.push(Finding::new(
                Problem::ChainBroken,
                "chain of days",
                format!("the hash {head} that was told is not among its links"),
            ));
        }
        let places: BTreeMap<_, _> = self.links.iter().enumerate().map(|(at, link)| (link.day.as_str(), at)).collect();
        let mut seen = vec![false; self.links.len()];
        let mut last: Option<usize> = None;
        for seal in seals {
            let place = format!("seal of {}", seal.day);
            let Some(&at) = places.get(seal.day.as_str()).filter(|at| !seen[**at]) else {
                found.push(Finding::new(Problem::SealAdded, place, "never joined the chain"));
                continue;
            };
            seen[at] = true;
            let digest = seal.digest();
            if digest != self.links[at].seal {
                let detail = format!("has the hash {digest}, not {} as in the chain", self.links[at].seal);
                found.push(Finding::new(Problem::SealAltered, place.clone(), detail));
            }
            match last.filter(|last| *last > at) {
                Some(before) => {
                    let detail = format!("stands behind that of {}, and joined the chain before it", self.links[before].day);
                    found.push(Finding::new(Problem::SealsReordered, place, detail));
                }
                None => last = Some(at),
            }
        }
        let missing = self.links.iter().zip(&seen).filter(|(_, seen)| !**seen);
        found.extend(missing.map(|(link, _)| {
            Finding::new(Problem::SealMissing, format!("seal of {}", link.day), "joined the chain and is gone")
        }));
        found
    }

    /// Links whose hash does not follow from the one before.
    fn broken(&self) -> Vec<Finding> {
        let mut before = Digest::default();
        let mut found = Vec::new();
        for link in &self.links {
            if linked(&before, &link.day, &link.seal) != link.hash {
                let detail = "its hash does not follow from the link before";
                found.push(Finding::new(Problem::ChainBroken, format!("link of {}", link.day), detail));
            }
            before = link.hash;
        }
        found
    }
}

fn linked(before: &Digest, day: &str, seal: &Digest) -> Digest {
    let mut form = Form::new("link");
    form.bytes(&before.0);
    form.text(day);
    form.bytes(&seal.0);
    form.digest()
}
