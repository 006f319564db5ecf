"""Which weights fit the labels, near those set by hand, and never against the meaning of a signal?"""

from dataclasses import dataclass

import numpy
from scipy.optimize import minimize
from scipy.special import expit

# How far a weight is pulled back to the one set by hand, in log loss per squared log odds, for all rows together weighing 1.
# A signal that the data never saw keeps the weight that was set by hand.
PULL = 1e-2
# How much less a row weighs in a large repository: 0 gives each row the same weight, 1 each repository.
EVENNESS = 0.5
# How far a column may go beyond what was set by hand: this many times it, and this much more, in log odds. What the labels say
# about weights is also what they say about sources (honest sources name few brands, so a brand alone looks guilty).
TIMES_MAX, MORE_MAX = 1.5, 0.5


@dataclass
class Model:
    """base: log odds of a listing on which nothing fires; steps: what each column of `Listings.degrees` adds."""

    base: float
    steps: numpy.ndarray

    def log_odds(self, degrees):
        return self.base + degrees @ self.steps


def prior_steps(signals):
    """What each column adds by the weights set by hand."""
    steps = []
    for signal in signals:
        steps += numpy.diff([0.0, *signal.weights]).tolist()
    return numpy.array(steps)


def bounds(signals):
    """Each column's range. No weight changes its side: a signal that speaks against the seller never comes to speak for him."""
    sides = [1 if signal.weights[-1] >= 0 else -1 for signal in signals for _ in signal.weights]
    furthest = [TIMES_MAX * step + side * MORE_MAX for side, step in zip(sides, prior_steps(signals))]
    return [(0.0, end) if side > 0 else (end, 0.0) for side, end in zip(sides, furthest)]


def row_weights(labels, repositories, prevalence):
    """Weights that sum to 1: offending rows weigh `prevalence` together, and no repository drowns the others."""
    weights = numpy.zeros(len(labels))
    for label, total in ((1, prevalence), (0, 1 - prevalence)):
        of_label = labels == label
        names, counts = numpy.unique(repositories[of_label], return_counts=True)
        size = dict(zip(names, counts))
        weights[of_label] = [size[name] ** -EVENNESS for name in repositories[of_label]]
        weights[of_label] *= total / weights[of_label].sum()
    return weights


def fit(listings, rows, prevalence):
    """The model that fits these rows (a mask) of the listings best. The same rows give the same bytes."""
    degrees, labels = listings.degrees[rows], listings.labels[rows]
    weights = row_weights(labels, listings.repositories[rows], prevalence)
    prior = prior_steps(listings.signals)

    def loss(parameters):
        base, steps = parameters[0], parameters[1:]
        log_odds = base + degrees @ steps
        off = steps - prior
        value = weights @ (numpy.logaddexp(0, log_odds) - labels * log_odds) + PULL * off @ off
        slope = weights * (expit(log_odds) - labels)
        return value, numpy.concatenate([[slope.sum()], degrees.T @ slope + 2 * PULL * off])

    start = numpy.concatenate([[listings.base], prior])
    ranges = [(None, None), *bounds(listings.signals)]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=ranges, options={"maxiter": 2000, "ftol": 1e-12, "gtol": 1e-8})
    return Model(base=float(found.x[0]), steps=found.x[1:])


def out_of_fold(listings, prevalence):
    """Log odds of every listing by a model that saw nothing of its repository."""
    log_odds = numpy.zeros(len(listings.labels))
    for repository in numpy.unique(listings.repositories):
        held_out = listings.repositories == repository
        model = fit(listings, ~held_out, prevalence)
        log_odds[held_out] = model.log_odds(listings.degrees[held_out])
    return log_odds
