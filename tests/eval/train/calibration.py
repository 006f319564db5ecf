"""Which probability do log odds stand for? A logistic curve through what was observed on listings that the model never saw.

Two numbers are all that is fitted: on repositories that were held out, a curve with more freedom (isotonic, in 24 parts) was off by twice
as much, because it learns what kinds of listings the other repositories hold.
"""

import numpy
from scipy.optimize import minimize
from scipy.special import expit

# The curve is written down at these log odds; between them it is straight.
POINTS = numpy.arange(-8.0, 8.5, 0.5)
# The least and the greatest probability: a few thousand rows justify no more certainty.
LEAST, GREATEST = 0.0003, 0.995


def curve(log_odds, labels, weights):
    """Pairs (log odds, probability), both rising; flat only where LEAST or GREATEST is reached."""

    def loss(parameters):
        scores = parameters[0] * log_odds + parameters[1]
        return weights @ (numpy.logaddexp(0, scores) - labels * scores)

    # Far out, single listings would decide the slope.
    log_odds = numpy.clip(log_odds, POINTS[0], POINTS[-1])
    slope, middle = minimize(loss, [1.0, 0.0], method="BFGS").x
    return [(float(at), float(numpy.clip(expit(slope * at + middle), LEAST, GREATEST))) for at in POINTS]


def apply(points, log_odds):
    """Probabilities of log odds by a curve."""
    at, probability = zip(*points)
    return numpy.interp(log_odds, at, probability)


def held_out(log_odds, labels, repositories, weigh):
    """Probability of each listing by a curve that saw nothing of its repository. `weigh` gives the weights of labels and repositories."""
    probabilities = numpy.zeros(len(labels))
    for repository in numpy.unique(repositories):
        rest = repositories != repository
        points = curve(log_odds[rest], labels[rest], weigh(labels[rest], repositories[rest]))
        probabilities[~rest] = apply(points, log_odds[~rest])
    return probabilities
