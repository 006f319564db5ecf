"""Which probability do log odds stand for? A rising curve through what was observed on listings that the model never saw."""

import numpy
from sklearn.isotonic import IsotonicRegression

# Points of the curve at most; between them it is straight.
POINTS_MAX = 24
# Log odds beyond which the curve is flat.
EDGE = 8.0
# The least and the greatest probability: a few thousand rows justify no more certainty.
LEAST, GREATEST = 0.0003, 0.995
# How much the risk rises at least from point to point, so that no order is lost.
RISE_MIN = 0.0002
# Listings of each label that every point is mixed with, at the probability that a plain logistic curve gives it.
SMOOTHING = 20.0


def curve(log_odds, labels, weights):
    """Pairs (log odds, probability), both rising strictly, from -EDGE to EDGE."""
    clipped = numpy.clip(log_odds, -EDGE, EDGE)
    slope, middle = logistic(clipped, labels, weights)
    order = numpy.argsort(clipped, kind="stable")
    clipped, labels, weights = clipped[order], labels[order], weights[order]
    # Parts of equal weight of either label, so that rare certainty at both ends is seen.
    balance = numpy.cumsum(weights * numpy.where(labels == 1, 1 / weights[labels == 1].sum(), 1 / weights[labels == 0].sum()))
    parts = numpy.minimum((balance / balance[-1] * POINTS_MAX).astype(int), POINTS_MAX - 1)
    at, observed, mass = [], [], []
    for part in numpy.unique(parts):
        rows = parts == part
        weight = weights[rows].sum()
        rate = (weights[rows] * labels[rows]).sum() / weight
        centre = numpy.average(clipped[rows], weights=weights[rows])
        count = rows.sum()
        smooth = 1 / (1 + numpy.exp(-(slope * centre + middle)))
        at.append(centre)
        observed.append((rate * count + smooth * SMOOTHING) / (count + SMOOTHING))
        mass.append(weight)
    rising = IsotonicRegression(y_min=LEAST, y_max=GREATEST).fit_transform(at, observed, sample_weight=mass)
    # One point for each flat part, in its middle, so that the curve rises between them.
    points = []
    for probability in numpy.unique(rising):
        part = rising == probability
        points.append((round(float(numpy.average(numpy.array(at)[part], weights=numpy.array(mass)[part])), 2), float(probability)))
    points = [(-EDGE, LEAST), *[point for point in points if abs(point[0]) < EDGE], (EDGE, GREATEST)]
    return strictly_rising(points)


def logistic(log_odds, labels, weights):
    """Slope and middle of the logistic curve through the labels."""
    from scipy.optimize import minimize

    def loss(parameters):
        scores = parameters[0] * log_odds + parameters[1]
        return weights @ (numpy.logaddexp(0, scores) - labels * scores)

    return minimize(loss, [1.0, 0.0], method="BFGS").x


def strictly_rising(points):
    """The same curve with a small step where it was flat."""
    steps = [points[0]]
    for log_odds, probability in points[1:]:
        steps.append((log_odds, max(probability, steps[-1][1] + RISE_MIN)))
    over = max(0.0, steps[-1][1] - GREATEST)
    return [(log_odds, round(probability - over, 4)) for log_odds, probability in steps]


def apply(points, log_odds):
    """Probabilities of log odds by a curve."""
    at, probability = zip(*points)
    return numpy.interp(log_odds, at, probability)


def held_out(log_odds, labels, repositories, weights):
    """Probability of each listing by a curve that saw nothing of its repository."""
    probabilities = numpy.zeros(len(labels))
    for repository in numpy.unique(repositories):
        rest = repositories != repository
        points = curve(log_odds[rest], labels[rest], weights[rest])
        probabilities[~rest] = apply(points, log_odds[~rest])
    return probabilities
