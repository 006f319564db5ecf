//! Which changes are the fewest? All ways to silence one signal are tried, then all to silence two, and so on.

use super::edit::Edited;
use super::plan::{Means, Place, Plan, plans};
use super::price::{first_from, lowest, number_above, round_price};
use super::{Action, Change, Counterfactual, edited};
use crate::limits::{CHANGES_MAX, COUNTERFACTUAL_BYTES_MAX, COUNTERFACTUAL_SCORINGS_MAX};
use crate::signals::{self, Group};
use crate::text::is_word_char;
use crate::{Amount, Field, Listing, Milli, Reason, Risk, Scorer};

/// A signal may point at other words once the first are gone, and at the words put in their place. Real listings need two rounds.
const ROUNDS_MAX: usize = 16;
/// A price that is enough is looked for up to this many times the lowest possible one. A price stops speaking against the goods at a
/// ninth of what new ones cost at the earliest, and speaks for them most at a tenth more than new ones cost.
const ENOUGH_FACTOR: i64 = 10;

pub(super) fn search(scorer: &mut Scorer, listing: &Listing) -> Counterfactual {
    let threshold = scorer.policy().thresholds().review;
    let mut search = Search::new(scorer, listing, threshold);
    let start = search.state(Vec::new(), Vec::new());
    let risk = start.risk;
    let (best, minimal) = if risk < threshold { (start, true) } else { search.fewest(start) };
    let best = search.spare(best);
    let mut changes = search.lower_price(best).changes;
    let risk_after = search.tell(&mut changes).unwrap_or(risk);
    let reachable = risk_after < threshold;
    Counterfactual {
        listing_id: listing.listing_id.clone(),
        risk,
        threshold,
        reachable,
        minimal: minimal && reachable,
        changes,
        risk_after,
        band_after: search.scorer.policy().thresholds().band(risk_after),
        scorings: search.scorings,
    }
}

struct Search<'s> {
    scorer: &'s mut Scorer,
    listing: &'s Listing,
    threshold: Risk,
    /// What a title becomes of which nothing would be left.
    bare_title: String,
    scorings: u32,
    scorings_max: u32,
    /// The numbers of the round prices found last: they are the same for nearly all versions of a listing.
    guesses: [Option<usize>; 2],
}

/// A version of the listing.
struct State {
    changes: Vec<Change>,
    /// The signals that were silenced, as far as they can be.
    silenced: Vec<&'static str>,
    log_odds: Milli,
    risk: Risk,
    /// What may be done next.
    plans: Vec<Plan>,
}

/// How plausible a price should be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plausible {
    /// Taken together, what it says does not speak against the goods.
    Possible,
    /// It speaks for them enough for the listing to be clear, or else as much as a price can.
    Enough,
}

impl<'s> Search<'s> {
    fn new(scorer: &'s mut Scorer, listing: &'s Listing, threshold: Risk) -> Self {
        let reading = scorer.weigh(listing).reading;
        let bare_title = reading.brand_name().or_else(|| reading.category_name()).unwrap_or("item").to_owned();
        let bytes = listing.title.len() + listing.description.as_ref().map_or(0, String::len);
        let by_bytes = u32::try_from(COUNTERFACTUAL_BYTES_MAX / bytes.max(1)).unwrap_or(u32::MAX);
        let scorings_max = COUNTERFACTUAL_SCORINGS_MAX.min(by_bytes);
        Self { scorer, listing, threshold, bare_title, scorings: 1, scorings_max, guesses: [None; 2] }
    }

    /// Scores the listing with these changes.
    fn state(&mut self, changes: Vec<Change>, silenced: Vec<&'static str>) -> State {
        let (after, _) = edited(self.listing, &changes);
        let weighed = self.scorer.weigh(&after);
        let (log_odds, plans) = (weighed.log_odds, plans(&weighed.reading, &weighed.reasons));
        self.scorings += 1;
        State { changes, silenced, log_odds, risk: self.scorer.policy().risk(log_odds), plans }
    }

    /// The state below the threshold that silences fewest signals, and among those has fewest changes; and whether all that silence
    /// fewer were tried. When there is none, the state of least risk.
    ///
    /// No branch is given up because the points left in it look too few: one change may silence several signals or let one speak for
    /// the seller, so there is no bound that is both sure and of use. Nor is one needed: of 2,131 listings flagged among 9,971 real
    /// ones, 1,996 were answered in full, none in more than 102 scorings; the others have no price and are flagged by what they sell.
    fn fewest(&mut self, start: State) -> (State, bool) {
        let order: Vec<_> = start.plans.iter().map(|plan| plan.signal).collect();
        let rank = |signal: &str| order.iter().position(|known| *known == signal);
        let mut level = vec![start];
        let mut best: Option<State> = None;
        while !level.is_empty() {
            let mut next: Vec<State> = Vec::new();
            let mut found: Option<State> = None;
            for state in &level {
                // A set of signals is tried in one order only: that of the listing as given. Signals that appear on the way come as they are.
                let last = state.silenced.iter().filter_map(|signal| rank(signal)).max();
                for plan in &state.plans {
                    let is_next = rank(plan.signal).is_none_or(|rank| last.is_none_or(|last| rank > last));
                    if !is_next || state.silenced.contains(&plan.signal) {
                        continue;
                    }
                    for child in self.children(state, plan) {
                        if child.risk < self.threshold {
                            if found.as_ref().is_none_or(|found| child.changes.len() < found.changes.len()) {
                                found = Some(child);
                            }
                        } else {
                            next.push(child);
                        }
                    }
                    if self.scorings >= self.scorings_max {
                        // What was found silences no more signals than any other, but the level was not searched to its end.
                        return found.map_or_else(|| (self.greedy(), false), |found| (found, true));
                    }
                }
            }
            if let Some(found) = found {
                return (found, true);
            }
            for state in level {
                if best.as_ref().is_none_or(|best| state.log_odds < best.log_odds) {
                    best = Some(state);
                }
            }
            level = next;
        }
        (best.unwrap_or_else(|| self.state(Vec::new(), Vec::new())), false)
    }

    /// Always silences the signal that lowers the risk most.
    fn greedy(&mut self) -> State {
        let mut state = self.state(Vec::new(), Vec::new());
        while state.risk >= self.threshold {
            let plans = std::mem::take(&mut state.plans);
            let mut best: Option<State> = None;
            for plan in plans.iter().filter(|plan| !state.silenced.contains(&plan.signal)) {
                for child in self.children(&state, plan) {
                    if child.log_odds < best.as_ref().map_or(state.log_odds, |best| best.log_odds) {
                        best = Some(child);
                    }
                }
            }
            let Some(best) = best else { break };
            state = best;
        }
        state
    }

    /// The listing with one more signal silenced; empty when it cannot be.
    fn children(&mut self, state: &State, plan: &Plan) -> Vec<State> {
        let mut silenced = state.silenced.clone();
        silenced.push(plan.signal);
        match &plan.means {
            Means::Words(places) => self.without_words(state, plan.signal, places, &silenced).into_iter().collect(),
            Means::Price(why) => {
                let mut children = Vec::new();
                let mut lower = None;
                for plausible in [Plausible::Possible, Plausible::Enough] {
                    let Some(price) = self.plausible_price(&edited(self.listing, &state.changes).0, plausible) else { break };
                    let mut changes = state.changes.clone();
                    changes.retain(|known| known.field != Field::Price.name());
                    if lower == Some(price) || changes.len() >= CHANGES_MAX {
                        break;
                    }
                    changes.push(price_change(self.listing, plan.signal, price, plausible, why));
                    children.push(self.state(changes, silenced.clone()));
                    // The higher price is worth a look only where the lower one is not enough.
                    if children[children.len() - 1].risk < self.threshold {
                        break;
                    }
                    lower = Some(price);
                }
                children
            }
        }
    }

    fn without_words(
        &mut self,
        state: &State,
        signal: &'static str,
        places: &[Place],
        silenced: &[&'static str],
    ) -> Option<State> {
        let mut changes = self.with_places(&state.changes, signal, places)?;
        for _ in 0..ROUNDS_MAX {
            let child = self.state(changes, silenced.to_vec());
            let again = child.plans.iter().find(|plan| plan.signal == signal);
            let Some(Means::Words(places)) = again.map(|plan| &plan.means) else { return Some(child) };
            match self.with_places(&child.changes, signal, places) {
                Some(more) if more != child.changes => changes = more,
                _ => return Some(child),
            }
        }
        None
    }

    /// The changes and those for more places in the listing as it is after them. `None` when the result is no listing, or too much
    /// would have to change.
    fn with_places(&self, changes: &[Change], signal: &str, places: &[Place]) -> Option<Vec<Change>> {
        let (_, traces) = edited(self.listing, changes);
        let mut all = changes.to_vec();
        for place in places {
            let trace = traces.iter().find(|(field, _)| *field == place.field);
            let range = trace.map_or_else(|| place.range.clone(), |(_, edited)| edited.original(&place.range));
            let text = self.listing.text(place.field)?.get(range.clone())?;
            add(&mut all, Change::new(signal, place.field, &range, text, place.with.clone(), place.why.clone()), self.listing)?;
            if all.len() > CHANGES_MAX {
                return None;
            }
        }
        let (mut after, traces) = edited(self.listing, &all);
        let is_bare = |(field, edited): &(Field, Edited)| *field == Field::Title && !edited.text.chars().any(is_word_char);
        if traces.iter().any(is_bare)
            && let Some(of_title) = all.iter_mut().find(|change| change.field == Field::Title.name())
        {
            (of_title.action, of_title.with) = (Action::Replace, Some(self.bare_title.clone()));
            (after, _) = edited(self.listing, &all);
        }
        after.fits().then_some(all)
    }

    /// The lowest round price of the listing that is as plausible as wanted. What prices say gets better all the way up, until they are
    /// absurd: so the lowest possible one is looked for from below, and nothing far above it is looked at.
    fn plausible_price(&mut self, listing: &Listing, plausible: Plausible) -> Option<Amount> {
        let possible = self.possible_price(listing)?;
        if plausible == Plausible::Possible {
            return Some(round_price(possible));
        }
        let highest = number_above(Amount(round_price(possible).0.saturating_mul(ENOUGH_FACTOR)));
        let least = self.log_odds_at(listing, round_price(highest));
        let (threshold, is_reached) = (self.threshold, self.scorer.policy().risk(least) < self.threshold);
        let guess = self.guesses[Plausible::Enough as usize];
        let enough = lowest(possible..highest + 1, guess, |price| {
            let log_odds = self.log_odds_at(listing, price);
            if is_reached { self.scorer.policy().risk(log_odds) < threshold } else { log_odds <= least }
        })?;
        self.guesses[Plausible::Enough as usize] = Some(enough);
        Some(round_price(enough))
    }

    /// The number of the lowest round price above the one given that does not speak against the goods; where there is none because the
    /// one given is far too high already, of the lowest such price at all.
    fn possible_price(&mut self, listing: &Listing) -> Option<usize> {
        let given = listing.price?;
        let usd = self.scorer.weigh(listing).reading.price?.usd;
        // Prices of less than a US dollar are stand-ins.
        let least = Amount(given.0.saturating_mul(Amount::ONE) / usd.0.max(1));
        let guess = self.guesses[Plausible::Possible as usize];
        let mut priced = listing.clone();
        let found = [given, least.min(given)].into_iter().find_map(|from| {
            first_from(number_above(from), guess, |price| {
                priced.price = Some(price);
                self.scorings += 1;
                points_of_price(&self.scorer.weigh(&priced).reasons) <= Milli(0)
            })
        });
        self.guesses[Plausible::Possible as usize] = found.or(guess);
        found
    }

    fn log_odds_at(&mut self, listing: &Listing, price: Amount) -> Milli {
        self.scorings += 1;
        self.scorer.weigh(&Listing { price: Some(price), ..listing.clone() }).log_odds
    }

    /// Lowers the price that was found before the words went, as far as it may be now.
    fn lower_price(&mut self, mut best: State) -> State {
        let Some(at) = best.changes.iter().position(|change| change.field == Field::Price.name()) else { return best };
        let listing = edited(self.listing, &best.changes).0;
        let Some(price) = listing.price.filter(|_| best.risk < self.threshold) else { return best };
        let mut without = best.changes.clone();
        without.remove(at);
        let Some(possible) = self.possible_price(&edited(self.listing, &without).0) else { return best };
        let threshold = self.threshold;
        let enough = lowest(possible..number_above(price), None, |price| {
            let log_odds = self.log_odds_at(&listing, price);
            self.scorer.policy().risk(log_odds) < threshold
        });
        if let Some(lower) = enough.map(round_price).filter(|lower| *lower < price) {
            best.changes[at].with = Some(lower.to_string());
        }
        best
    }

    /// Takes back every change that is not needed, the last first, until each is.
    fn spare(&mut self, mut best: State) -> State {
        let mut at = best.changes.len();
        while at > 0 {
            at -= 1;
            let mut fewer = best.changes.clone();
            fewer.remove(at);
            let without = self.state(fewer, Vec::new());
            let is_enough = without.risk < self.threshold;
            if is_enough || (best.risk >= self.threshold && without.log_odds <= best.log_odds) {
                best = without;
                at = best.changes.len();
            }
        }
        best
    }

    /// Notes the risk after each change, and returns the last.
    fn tell(&mut self, changes: &mut [Change]) -> Option<Risk> {
        for at in 0..changes.len() {
            changes[at].risk_after = self.state(changes[..=at].to_vec(), Vec::new()).risk;
        }
        changes.last().map(|change| change.risk_after)
    }
}

/// Adds a change; one whose words lie in others', or around them, takes their place. `None` when there is nothing to change.
fn add(changes: &mut Vec<Change>, mut change: Change, listing: &Listing) -> Option<()> {
    let field = Field::from_name(&change.field)?;
    changes.retain(|known| {
        let overlaps = known.field == change.field && known.start < change.end && change.start < known.end;
        if overlaps {
            (change.start, change.end) = (change.start.min(known.start), change.end.max(known.end));
        }
        !overlaps
    });
    let range = change.start as usize..change.end as usize;
    let words = listing.text(field)?.get(range.clone())?;
    if change.with.as_deref() == Some(words) {
        return None;
    }
    changes.push(Change::new(&change.signal, field, &range, words, change.with, change.why));
    Some(())
}

/// What a price says. What the words say about prices is not answered by another price.
fn points_of_price(reasons: &[Reason]) -> Milli {
    let of_group = |reason: &Reason| signals::position(&reason.signal).is_some_and(|at| signals::ALL[at].group == Group::Price);
    let of_price = reasons.iter().filter(|reason| reason.field == Field::Price.name() && of_group(reason));
    of_price.fold(Milli(0), |sum, reason| sum.plus(reason.points))
}

fn price_change(listing: &Listing, signal: &str, price: Amount, plausible: Plausible, why: &str) -> Change {
    let currency = listing.currency.map_or_else(String::new, |currency| format!(" {currency}"));
    let given = listing.price.map_or_else(String::new, |price| format!("{price}{currency}"));
    let finding = match plausible {
        Plausible::Possible => "is the lowest round price that does not speak against the goods",
        Plausible::Enough => "is the lowest round price that speaks for them enough",
    };
    let why = format!("{why}; {price}{currency} {finding}");
    Change::new(signal, Field::Price, &(0..0), &given, Some(price.to_string()), why)
}
