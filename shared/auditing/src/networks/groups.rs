//! Which sellers belong together, and which link is too thin to hold two groups together?

use std::collections::{BTreeMap, BTreeSet};

/// Disjoint sets (union-find); the name of a set is its smallest member.
pub(super) struct Sets {
    parents: Vec<u32>,
    sizes: Vec<u32>,
}

impl Sets {
    #[allow(clippy::cast_possible_truncation)] // members are candidates and their sellers, far fewer than 2^32
    pub(super) fn new(members: usize) -> Self {
        Self { parents: (0..members as u32).collect(), sizes: vec![1; members] }
    }

    pub(super) fn first(&mut self, member: u32) -> u32 {
        let mut at = member;
        while self.parents[at as usize] != at {
            // Path halving: every other member of the path is hung higher.
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }

    pub(super) fn size(&mut self, member: u32) -> u32 {
        let first = self.first(member);
        self.sizes[first as usize]
    }

    /// Whether they were in two sets before.
    pub(super) fn join(&mut self, one: u32, other: u32) -> bool {
        let (one, other) = (self.first(one), self.first(other));
        if one == other {
            return false;
        }
        let (low, high) = (one.min(other), one.max(other));
        self.parents[high as usize] = low;
        self.sizes[low as usize] += self.sizes[high as usize];
        true
    }
}

/// Sellers of a group that stands by itself. Two such groups are not joined through a single account: one wrong link would make one
/// network of two, and a chain of them one of all.
const STANDING_SELLERS_MIN: u32 = 4;
/// Accounts on either side that take part in the links between two such groups.
const BRIDGING_SELLERS_MIN: usize = 2;

/// Two sellers who are linked, as indexes, and how strongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) sellers: [u32; 2],
    pub(super) points: u32,
}

/// Sellers that are connected.
pub(super) struct Connected {
    pub(super) sets: Sets,
    /// For each edge, whether it joined two groups; the others only confirm.
    pub(super) joins: Vec<bool>,
    /// Links between groups that were left apart.
    pub(super) bridges: u64,
}

/// Connects sellers, the strongest links first.
pub(super) fn connect(sellers: usize, edges: &[Edge]) -> Connected {
    let mut sets = Sets::new(sellers);
    let mut joins = vec![false; edges.len()];
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(edges[*at].points), edges[*at].sellers));
    let mut open = Vec::new();
    for at in order {
        let [one, other] = edges[at].sellers;
        if sets.size(one).min(sets.size(other)) >= STANDING_SELLERS_MIN && sets.first(one) != sets.first(other) {
            open.push(at);
        } else {
            joins[at] = sets.join(one, other);
        }
    }
    while join_bridged(edges, &mut open, &mut sets, &mut joins) {}
    Connected { bridges: open.len() as u64, sets, joins }
}

/// Joins the groups that hold by more than one account on either side; whether there were any. Leaves the links between the others open.
fn join_bridged(edges: &[Edge], open: &mut Vec<usize>, sets: &mut Sets, joins: &mut [bool]) -> bool {
    let mut between: BTreeMap<[u32; 2], Vec<usize>> = BTreeMap::new();
    for at in open.drain(..) {
        let [one, other] = edges[at].sellers.map(|seller| sets.first(seller));
        if one != other {
            between.entry([one.min(other), one.max(other)]).or_default().push(at);
        }
    }
    // The sides of all pairs as they stand, before the first is joined.
    let mut bridged = Vec::new();
    for ([low, _], links) in between {
        let mut sides = [BTreeSet::new(), BTreeSet::new()];
        for seller in links.iter().flat_map(|at| edges[*at].sellers) {
            sides[usize::from(sets.first(seller) != low)].insert(seller);
        }
        if sides.iter().all(|side| side.len() >= BRIDGING_SELLERS_MIN) {
            bridged.push(links[0]);
        } else {
            open.extend(links);
        }
    }
    for at in &bridged {
        let [one, other] = edges[*at].sellers;
        joins[*at] = sets.join(one, other);
    }
    !bridged.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The groups of more than one, and the links that were left open.
    fn groups(sellers: usize, links: &[(u32, u32, u32)]) -> (Vec<Vec<u32>>, u64) {
        let edges: Vec<Edge> =
            links.iter().map(|(one, other, points)| Edge { sellers: [*one, *other], points: *points }).collect();
        let mut connected = connect(sellers, &edges);
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        (0..).take(sellers).for_each(|seller| groups.entry(connected.sets.first(seller)).or_default().push(seller));
        let joined = connected.joins.iter().filter(|joins| **joins).count();
        assert_eq!(joined, sellers - groups.len(), "a link joins or confirms");
        (groups.into_values().filter(|group| group.len() > 1).collect(), connected.bridges)
    }

    #[test]
    fn sellers_are_connected_but_not_through_one_account() {
        assert_eq!(groups(3, &[]), (vec![], 0));
        assert_eq!(groups(4, &[(0, 1, 9), (1, 2, 9)]), (vec![vec![0, 1, 2]], 0));
        // A group of four takes in single sellers and small groups through one link.
        let four = [(0, 1, 9), (1, 2, 9), (2, 3, 9)];
        assert_eq!(groups(7, &[&four[..], &[(4, 5, 9), (5, 6, 9), (3, 4, 1)]].concat()).0.len(), 1);
        // Two groups of four stay apart when one link, or one account, is all that they have in common.
        let eight = [&four[..], &[(4, 5, 9), (5, 6, 9), (6, 7, 9)]].concat();
        assert_eq!(groups(8, &[&eight[..], &[(3, 4, 5)]].concat()), (vec![vec![0, 1, 2, 3], vec![4, 5, 6, 7]], 1));
        assert_eq!(groups(8, &[&eight[..], &[(3, 4, 5), (3, 5, 5), (3, 6, 5)]].concat()).1, 3);
        assert_eq!(groups(8, &[&eight[..], &[(3, 4, 5), (0, 7, 5)]].concat()), (vec![(0..8).collect()], 0));
    }

    #[test]
    fn a_chain_of_groups_does_not_become_one() {
        let mut links = Vec::new();
        for start in (0..400).step_by(4) {
            links.extend([(start, start + 1, 9), (start, start + 2, 9), (start, start + 3, 9)]);
            if start > 0 {
                links.push((start - 1, start, 7));
            }
        }
        let (found, bridges) = groups(400, &links);
        assert_eq!((found.len(), bridges), (100, 99));
        links.reverse();
        assert_eq!(groups(400, &links), (found, bridges));
    }
}
