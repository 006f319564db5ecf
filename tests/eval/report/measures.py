"""How good is a ranking, a threshold, a probability? The figures of the field, computed on scikit-learn's counts.

`roc_auc` and `auprc` are taken from the same counts as the rest, because an interval asks for them a thousand times; the unit tests
hold them against scikit-learn's own functions.
"""

import numpy
from scipy.stats import binomtest
from sklearn.metrics import auc, confusion_matrix_at_thresholds

# Shares of honest listings that may be flagged when recall is asked for.
FALSE_POSITIVE_LIMITS = {"recall_at_fpr_0.001": 0.001, "recall_at_fpr_0.01": 0.01}

# Bins of equal mass for calibration; equal risks stay together, so there may be fewer.
CALIBRATION_BINS = 15

# Sums of masses that end on the edge of a bin may fall short of it by so much.
ROUNDING = 1e-9


def curve(labels, scores):
    """False-positive rate, recall and precision at each distinct score, the highest score first."""
    _, false, _, true, _ = confusion_matrix_at_thresholds(labels, scores)
    return false / false[-1], true / true[-1], true / (true + false)


def ranking(labels, scores):
    """AUPRC (average precision), ROC-AUC, and recall where at most so many of the honest are flagged. Empty with one label only."""
    if labels.min() == labels.max():
        return {}
    false_rate, recall, precision = curve(labels, scores)
    figures = {
        "auprc": float(numpy.sum(numpy.diff(recall, prepend=0.0) * precision)),
        "roc_auc": float(auc(numpy.append(0.0, false_rate), numpy.append(0.0, recall))),
    }
    for name, limit in FALSE_POSITIVE_LIMITS.items():
        figures[name] = float(recall[false_rate <= limit].max(initial=0.0))
    return figures


def at_threshold(labels, flagged, name):
    """Precision, recall and false-positive rate of a flag; a figure without rows to count is left out."""
    true, false = int((flagged & (labels == 1)).sum()), int((flagged & (labels == 0)).sum())
    positives = int(labels.sum())
    counts = {
        "precision": (true, true + false),
        "recall": (true, positives),
        "false_positive_rate": (false, len(labels) - positives),
    }
    return {f"{figure}_at_{name}": part / whole for figure, (part, whole) in counts.items() if whole}


def reliability(labels, probabilities, weights=None):
    """Bins of about equal mass: mean probability, share that is positive, rows, and their share of the mass."""
    weights = numpy.ones(len(labels)) if weights is None else weights
    _, place = numpy.unique(probabilities, return_inverse=True)
    mass_at = numpy.bincount(place, weights)
    before = (numpy.cumsum(mass_at) - mass_at) / mass_at.sum()
    bins = (before * CALIBRATION_BINS + ROUNDING).astype(int)[place]
    mass = numpy.bincount(bins, weights)
    expected, observed = numpy.bincount(bins, weights * probabilities), numpy.bincount(bins, weights * labels)
    rows, whole = numpy.bincount(bins), mass.sum()
    return [
        {"mean_probability": expected[n] / mass[n], "positive_share": observed[n] / mass[n], "rows": int(rows[n]), "mass": mass[n] / whole}
        for n in numpy.flatnonzero(mass)
    ]


def calibration(labels, probabilities, weights=None):
    """ECE (expected calibration error, bins of equal mass) and Brier score."""
    bins = reliability(labels, probabilities, weights)
    error = sum(bin["mass"] * abs(bin["mean_probability"] - bin["positive_share"]) for bin in bins)
    return {"ece": float(error), "brier": float(numpy.average((probabilities - labels) ** 2, weights=weights))}


def weights_for(labels, prevalence):
    """Weights by which replicas make up the stated share; none when nothing is stated."""
    if prevalence is None or labels.min() == labels.max():
        return None
    share = labels.mean()
    return numpy.where(labels == 1, prevalence / share, (1 - prevalence) / (1 - share))


def resamples(labels, repositories, rounds, seed, whole_repositories):
    """Yields row numbers, drawn with replacement: rows within each label, or whole repositories within those of the same labels."""
    generator = numpy.random.default_rng(seed)
    if not whole_repositories:
        classes = [numpy.flatnonzero(labels == label) for label in (0, 1)]
        for _ in range(rounds):
            yield numpy.concatenate([generator.choice(rows, len(rows)) for rows in classes if len(rows)])
        return
    strata = {}
    for name in sorted(set(repositories.tolist())):
        rows = numpy.flatnonzero(repositories == name)
        strata.setdefault((labels[rows].min(), labels[rows].max()), []).append(rows)
    for _ in range(rounds):
        drawn = [members[n] for members in strata.values() for n in generator.integers(len(members), size=len(members))]
        yield numpy.concatenate(drawn)


def intervals(measure, labels, repositories, rounds, seed):
    """Each figure of `measure(rows)` with two 95% bootstrap intervals, of rows and of whole repositories. Deterministic for a seed."""
    figures = {name: {"value": value} for name, value in measure(numpy.arange(len(labels))).items()}
    for kind in ("rows", "repositories"):
        drawn = {name: [] for name in figures}
        for rows in resamples(labels, repositories, rounds, seed, kind == "repositories"):
            for name, value in measure(rows).items():
                drawn.setdefault(name, []).append(value)
        for name, figure in figures.items():
            if drawn[name]:
                figure[kind] = [float(edge) for edge in numpy.percentile(drawn[name], [2.5, 97.5])]
    return figures




def share_interval(part, whole):
    """The 95% interval of a share by Clopper and Pearson, which also says something when nothing was counted."""
    interval = binomtest(part, whole).proportion_ci(0.95, method="exact")
    return [float(interval.low), float(interval.high)]
