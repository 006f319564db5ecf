"""Are the figures right? Against scikit-learn's own functions and against cases counted by hand."""

import unittest

import numpy
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from . import measures


def sample(rows=2_000, seed=7):
    """Labels and scores with many ties, as risks in tenths have."""
    generator = numpy.random.default_rng(seed)
    labels = (generator.random(rows) < 0.3).astype(int)
    return labels, (generator.normal(size=rows) + labels).round(1)


class Ranking(unittest.TestCase):
    def test_as_scikit_learn_computes_them(self):
        labels, scores = sample()
        figures = measures.ranking(labels, scores)
        self.assertAlmostEqual(figures["auprc"], average_precision_score(labels, scores))
        self.assertAlmostEqual(figures["roc_auc"], roc_auc_score(labels, scores))

    def test_recall_where_few_honest_rows_are_flagged(self):
        # 100 honest rows at 0..99, replicas just above some of them: one honest row is 1%.
        def check(replicas, expected):
            labels = numpy.array([0] * 100 + [1] * len(replicas))
            scores = numpy.array([*range(100), *replicas], dtype=float)
            self.assertEqual(measures.ranking(labels, scores)["recall_at_fpr_0.01"], expected)

        check([99.5, 98.5, 97.5, 96.5], 0.5)
        check([99.5, 99.6], 1.0)
        check([0.5, 1.5], 0.0)
        # A replica that ties with honest rows is found only together with them.
        check([99.0, 98.0], 0.5)

    def test_one_label_has_no_ranking(self):
        self.assertEqual(measures.ranking(numpy.zeros(3, dtype=int), numpy.arange(3.0)), {})


class Thresholds(unittest.TestCase):
    def test_counted_by_hand(self):
        def check(labels, flagged, expected):
            self.assertEqual(measures.at_threshold(numpy.array(labels), numpy.array(flagged), "review"), expected)

        check(
            [1, 1, 0, 0, 0],
            [True, False, True, False, False],
            {"precision_at_review": 0.5, "recall_at_review": 0.5, "false_positive_rate_at_review": 1 / 3},
        )
        check([0, 0], [False, False], {"false_positive_rate_at_review": 0.0})
        check([1, 1], [True, True], {"precision_at_review": 1.0, "recall_at_review": 1.0})


class Calibration(unittest.TestCase):
    def test_reliability_as_scikit_learn_bins_it(self):
        labels, _ = sample(rows=100 * measures.CALIBRATION_BINS)
        probabilities = numpy.random.default_rng(3).random(len(labels))
        bins = measures.reliability(labels, probabilities)
        positive, expected = calibration_curve(labels, probabilities, n_bins=measures.CALIBRATION_BINS, strategy="quantile")
        numpy.testing.assert_allclose([bin["positive_share"] for bin in bins], positive)
        numpy.testing.assert_allclose([bin["mean_probability"] for bin in bins], expected)
        self.assertEqual(sum(bin["rows"] for bin in bins), len(labels))

    def test_error_counted_by_hand(self):
        # Half the rows say 0.2 and are never positive, half say 0.8 and always are: 0.2 off everywhere.
        labels, probabilities = numpy.repeat([0, 1], 50), numpy.repeat([0.2, 0.8], 50)
        figures = measures.calibration(labels, probabilities)
        self.assertAlmostEqual(figures["ece"], 0.2)
        self.assertAlmostEqual(figures["brier"], brier_score_loss(labels, probabilities))
        self.assertAlmostEqual(measures.calibration(labels, labels.astype(float))["ece"], 0.0)

    def test_equal_risks_stay_in_one_bin(self):
        labels, probabilities = numpy.tile([0, 1], 50), numpy.full(100, 0.5)
        self.assertEqual(len(measures.reliability(labels, probabilities)), 1)
        self.assertAlmostEqual(measures.calibration(labels, probabilities)["ece"], 0.0)

    def test_at_a_stated_prevalence(self):
        # One probability for all, right at 10% and wrong at the 50% of the sample.
        labels, probabilities = numpy.repeat([0, 1], 50), numpy.full(100, 0.1)
        weights = measures.weights_for(labels, 0.1)
        self.assertAlmostEqual(measures.calibration(labels, probabilities, weights)["ece"], 0.0)
        self.assertAlmostEqual(measures.calibration(labels, probabilities)["ece"], 0.4)


class Bootstrap(unittest.TestCase):
    labels = numpy.array([0] * 80 + [1] * 20)
    repositories = numpy.array(["a"] * 50 + ["b"] * 30 + ["c"] * 12 + ["d"] * 8)

    def test_rows_keep_the_share_of_labels(self):
        for rows in measures.resamples(self.labels, self.repositories, 20, 1, whole_repositories=False):
            self.assertEqual((len(rows), self.labels[rows].sum()), (100, 20))

    def test_repositories_are_drawn_whole(self):
        for rows in measures.resamples(self.labels, self.repositories, 20, 1, whole_repositories=True):
            self.assertTrue(0 < self.labels[rows].sum() < len(rows))
            for name in "abcd":
                members = numpy.flatnonzero(self.repositories == name)
                times = {int((rows == row).sum()) for row in members}
                self.assertEqual(len(times), 1, name)

    def test_the_same_seed_gives_the_same_intervals_and_they_hold_the_value(self):
        labels, scores = sample(400)
        repositories = numpy.array([f"r{n % 9}" for n in range(400)])

        def run(seed):
            return measures.intervals(lambda rows: measures.ranking(labels[rows], scores[rows]), labels, repositories, 60, seed)

        self.assertEqual(run(1), run(1))
        self.assertNotEqual(run(1), run(2))
        for figure in run(1).values():
            for kind in ("rows", "repositories"):
                low, high = figure[kind]
                self.assertTrue(low <= figure["value"] <= high, figure)

    def test_a_share_that_was_never_seen_has_an_upper_bound(self):
        low, high = measures.share_interval(0, 300)
        self.assertEqual(low, 0.0)
        self.assertTrue(0.01 < high < 0.013)


if __name__ == "__main__":
    unittest.main()
