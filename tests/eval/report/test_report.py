"""Is nothing of the answer given to the scorer, nothing lost on the way, and nothing of a seller's run or committed?"""

import json
import stat
import tempfile
import unittest
from pathlib import Path

import numpy

from . import baselines, compare, labelled, page
from .labelled import Unusable
from .product import Scorer

ROW = {
    "listing_id": "a", "title": "Linen shirt", "price": 30, "currency": "USD", "brand": None, "label": 0,
    "source": "owner/shop#file.csv", "note": "kind=retailer-new; lang=en", "family": "linen", "language": "en",
}  # fmt: skip

# A scorer that answers what the test wants, whatever it is asked.
SCRIPT = """#!/usr/bin/env python3
import json, pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--out") + 1])
out.mkdir()
(out / "scored.jsonl").write_text({scored!r})
(out / "rejects.jsonl").write_text({rejects!r})
(out / "summary.json").write_text({summary!r})
"""


def scorer(folder, results, rejects=()):
    """A command that gives these results."""

    def lines(rows):
        return "".join(json.dumps(row) + "\n" for row in rows)

    path = Path(folder, "scorer")
    summary = json.dumps({"policy": "p-1", "thresholds": {"review": 40.0, "red_flag": 80.0}})
    path.write_text(SCRIPT.format(scored=lines(results), rejects=lines(rejects), summary=summary))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Scorer(path)


def result(name, risk=1.0, band="clear"):
    return {"listing_id": name, "risk": risk, "log_odds": -4.0, "band": band, "brand": None, "reasons": []}


class Rows(unittest.TestCase):
    def load(self, *rows):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rows.jsonl")
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
            return labelled.load(path)

    def test_the_answer_is_taken_off(self):
        data = self.load(ROW, ROW | {"listing_id": "b", "label": 1})
        self.assertEqual(data.listings[0], {"listing_id": "a", "title": "Linen shirt", "price": 30, "currency": "USD"})
        self.assertEqual(data.labels.tolist(), [0, 1])
        self.assertEqual(data.repositories[0], "owner/shop")
        self.assertEqual(data.notes[0], {"kind": "retailer-new", "lang": "en"})

    def test_what_cannot_be_measured_is_refused(self):
        for rows, expected in [
            ([ROW, ROW | {"label": None}], "have no label"),
            ([ROW, ROW], "rows of both labels"),
            ([{"title": "x"}], "rows.jsonl:1: no listing_id"),
        ]:
            with self.assertRaisesRegex(Unusable, expected):
                self.load(*rows)


class Product(unittest.TestCase):
    listings = [{"listing_id": "a", "title": "x"}, {"listing_id": "b", "title": "y"}]

    def test_results_come_in_the_order_of_the_listings(self):
        with tempfile.TemporaryDirectory() as folder:
            scored = scorer(folder, [result("b", 90.0, "red_flag"), result("a")]).score(self.listings)
        self.assertEqual([each["listing_id"] for each in scored], ["a", "b"])

    def test_a_lost_row_ends_the_run(self):
        def check(results, rejects, listings, expected):
            with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(Unusable, expected):
                scorer(folder, results, rejects).score(listings)

        check([result("a")], [{"line": 2, "code": "row.missing_title"}], self.listings, r"1 of 2 rows .*row.missing_title.* b$")
        check([result("a")], [], self.listings[:1] * 2, "not unique.* a$")
        check([result("a"), result("b", 85.0, "review")], [], self.listings, "breaks the thresholds")

    def test_no_scorer(self):
        with self.assertRaisesRegex(Unusable, "make release"):
            Scorer(Path("nowhere", "touchstone"))


class Page(unittest.TestCase):
    def test_a_sellers_text_is_only_text(self):
        for text, expected in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("G\u200bucci", 'G<code class="unseen">⟨U+200B⟩</code>ucci'),
            ("\u202eiccuG", '<code class="unseen">⟨U+202E⟩</code>iccuG'),
            ("e" + "\u0336" * 50, "e" + "\u0336" * 4),
            ("驴包 'a' & \"b\"", "驴包 &#39;a&#39; &amp; &#34;b&#34;"),
        ]:
            self.assertEqual(page.visible(text), expected)

    def test_the_page_loads_and_runs_nothing(self):
        flagged = {
            "listing_id": "h", "group": "<b>", "title": "<img src=x onerror=alert(1)>", "brand_field": None, "category": None,
            "price": None, "risk": 90.0, "learned_risk": None, "log_odds": 3.0, "brand": None,
            "reasons": [{"signal": "s", "points": 1.0, "why": "'<i>' means"}],
        }  # fmt: skip
        rate = {"value": "<u>", "rows": 1, "review": 0, "red_flag": 1, "false_positive_rate": 1.0, "interval": [0.1, 1.0]}
        features = {name: [rate] for name in ("family", "language", "ship_from", "seller_age")}
        hard_negatives = {"all": rate, "flagged": [flagged], **features}
        html = page.render({"policy": "p-1", "seed": 1, "quick": True, "hard_negatives": hard_negatives, "difference": None})
        for tag in ("<script", "<img", "<b>", "<i>", "<u>", " style=", "http://", "https://", "url("):
            self.assertNotIn(tag, html)
        style = html.partition("<style>")[2].partition("</style>")[0]
        policy = page.content_security_policy(style).replace("'", "&#39;")
        self.assertIn(f'<meta http-equiv="Content-Security-Policy" content="{policy}">', html)


class Committed(unittest.TestCase):
    report = {
        "policy": "p-2", "worst": {"misses": [{"title": "secret"}]}, "curves": {"x": []}, "repositories": [{"repository": "secret"}], "risk_histogram": {},
        "hard_negatives": {"all": {"rows": 10, "review": 1, "red_flag": 0}, "flagged": [{"title": "secret"}]},
        "systems": [{"name": "shipped policy", "figures": {"auprc": {"value": 0.9}}}],
    }  # fmt: skip

    def test_figures_without_rows(self):
        kept = compare.figures_only(self.report)
        self.assertNotIn("secret", json.dumps(kept))
        self.assertEqual(sorted(kept), ["hard_negatives", "policy", "systems"])

    def test_the_difference_of_every_figure(self):
        before = {
            "policy": "p-1",
            "systems": [{"name": "shipped policy", "figures": {"auprc": {"value": 0.8}, "gone": {"value": 1}}}],
            "hard_negatives": {"all": {"rows": 8, "review": 4, "red_flag": 0}},
        }
        rows = compare.difference(before, self.report)["rows"]
        self.assertEqual([(row["figure"], row["change"]) for row in rows], [("auprc", 0.1), ("share_review", -0.4), ("share_red_flag", 0)])
        self.assertIsNone(compare.difference(None, self.report))


class Baselines(unittest.TestCase):
    def test_words_stand_by_themselves(self):
        words = baselines.replica_words()
        for text, expected in [("LV bag 1:1", True), ("preparation", False), ("这是高仿包", True), ("AAAB", False), ("Rep 1", True)]:
            self.assertEqual(bool(words.search(text)), expected, text)

    def test_no_row_is_scored_by_a_model_that_saw_its_repository(self):
        class Spy:
            """Says how many of its training rows came from the repository of the row, which is its first feature."""

            def fit(self, features, labels):
                self.seen = set(features[:, 0].tolist())

            def predict_proba(self, features):
                known = numpy.isin(features[:, 0], list(self.seen)).astype(float)
                return numpy.column_stack([1 - known, known])

        repositories = numpy.array(["a", "a", "b", "c", "d", "d"])
        data = labelled.Labelled("", [{}] * 6, numpy.array([0, 0, 1, 0, 1, 1]), repositories, [{}] * 6)
        features = numpy.array([[ord(name)] for name in repositories])
        self.assertEqual(baselines.held_out(Spy(), features, data).tolist(), [0.0] * 6)
        self.assertTrue(baselines.can_hold_out(data))
        data.repositories = numpy.array(["a", "a", "b", "c", "b", "b"])
        self.assertFalse(baselines.can_hold_out(data))


if __name__ == "__main__":
    unittest.main()
