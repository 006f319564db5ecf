"""What is measured, in which order? From listings to one dictionary, which is written, shown and compared."""

import importlib.util
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy

from . import baselines, fairness, measures, slices
from .labelled import Unusable, load, load_honest
from .product import Scorer, signal_groups

# Rounds of the bootstrap: for the systems, and for each of some forty slices.
ROUNDS, SLICE_ROUNDS = 1000, 200
QUICK_ROUNDS, QUICK_SLICE_ROUNDS = 100, 40

# Worst rows shown of either kind.
WORST_ROWS = 20

# Points kept of a curve that is drawn.
CURVE_POINTS = 160

SHIPPED = "shipped policy"
LEARNED = "learned, folds by repository"


@dataclass
class Settings:
    """Where things are and how much is done."""

    root: Path
    data: Path
    refs: Path
    scorer: Path
    hard_negatives: Path
    out: Path
    seed: int
    quick: bool
    prevalence: float | None
    out_of_fold: Path | None
    training: bool


@dataclass
class System:
    """One way of scoring the rows: what ranks them and, where it claims to be one, the probability (0 to 1)."""

    name: str
    how: str
    scores: numpy.ndarray
    probabilities: numpy.ndarray | None
    has_bands: bool


@contextmanager
def stage(what):
    """Says on the error stream what is being done, and how long it took."""
    print(f"{what} ...", end="", file=sys.stderr, flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", file=sys.stderr)
        raise
    print(f" {time.monotonic() - begun:.1f} s", file=sys.stderr)


def run(settings):
    """The whole report."""
    scorer = Scorer(settings.scorer)
    report = {"seed": settings.seed, "quick": settings.quick}
    honest = load_honest(settings.hard_negatives)
    results = []
    if honest:
        with stage(f"hard negatives: {len(honest):,} honest listings of our own"):
            results = scorer.score([listing for _, listing in honest])
            report["hard_negatives"] = hard_negatives(honest, results)
    else:
        print(f"hard negatives skipped: not here ({settings.hard_negatives.name})", file=sys.stderr)
    pool = [listing for _, listing in honest]
    if settings.data.is_file():
        data = load(settings.data)
        report |= labelled(settings, scorer, data)
        pool += [listing for listing, label in zip(data.listings, data.labels) if label == 0]
    else:
        print(f"labelled listings skipped: not here ({settings.data.name}; name another by DATA= or TOUCHSTONE_EVAL_DATA)", file=sys.stderr)
    if pool:
        with stage(f"counterfactual pairs: {len(pool):,} honest listings, other regions, other sellers"):
            report["counterfactuals"] = {"listings": len(pool), **fairness.measure(scorer, pool)}
    report["policy"], report["thresholds"] = scorer.policy, scorer.thresholds
    return report


def hard_negatives(honest, results):
    """Flags on honest listings of our own: how many, in which family, language, region, and which."""
    rows = [row for row, _ in honest]
    opened = [(row.get("seller_created_at"), row.get("created_at")) for row in rows]
    flagged = [n for n, result in enumerate(results) if result["band"] != "clear"]
    flagged.sort(key=lambda n: -results[n]["log_odds"])
    return {
        "all": fairness.rate(results, range(len(results))),
        "family": fairness.by(results, [row.get("family", "none") for row in rows]),
        "language": fairness.by(results, [row.get("language", "none") for row in rows]),
        "ship_from": fairness.by(results, [row.get("ship_from") or "unknown" for row in rows]),
        "seller_age": fairness.by(results, [fairness.age_class(*dates) for dates in opened]),
        "flagged": [shown(honest[n][1], results[n], rows[n].get("family")) for n in flagged],
    }


def labelled(settings, scorer, data):
    """Everything that needs labels."""
    rounds, slice_rounds = (QUICK_ROUNDS, QUICK_SLICE_ROUNDS) if settings.quick else (ROUNDS, SLICE_ROUNDS)
    with stage(f"scoring {len(data):,} labelled listings with the product"):
        results = scorer.score(data.listings)
    systems = [shipped(results)]
    if learned := out_of_fold(settings, data):
        systems.insert(0, learned)
    systems += compared(settings, data)
    table = []
    for system in systems:
        with stage(f"figures and {rounds} resamples: {system.name}"):
            table.append(figures_of(system, data, scorer.thresholds, rounds, settings))
    headline = systems[0]
    groups = signal_groups(settings.root / "docs" / "signals.md")
    evasion = {signal for signal, group in groups.items() if group == "evasion"}
    parts = slices.of(data, results, evasion)
    risks = headline.probabilities * 100
    with stage(f"{len(parts)} slices, {slice_rounds} resamples each"):
        by_slice = slices.measure(data, headline.scores, risks, scorer.thresholds, parts, slice_rounds, settings.seed)
    return {
        "data": {
            "sha256": data.digest,
            "rows": len(data),
            "positives": int(data.labels.sum()),
            "repositories": len(set(data.repositories.tolist())),
            "prevalence_of_calibration": settings.prevalence or float(data.labels.mean()),
        },
        "headline": {"system": headline.name, "figures": table[0]["figures"]},
        "systems": table,
        "slices": by_slice,
        "repositories": slices.by_repository(data, risks, scorer.thresholds),
        "ablation": slices.ablation(data, results, groups),
        "curves": {system.name: curve(data.labels, system.scores) for system in systems},
        "risk_histogram": histogram(data.labels, headline.probabilities),
        "worst": worst(data, results, headline),
    }


def shipped(results):
    """The product as it is."""
    log_odds = numpy.array([result["log_odds"] for result in results])
    risks = numpy.array([result["risk"] for result in results]) / 100
    return System(SHIPPED, "as built; in-sample, as far as its knowledge and weights were made with these rows in view", log_odds, risks, True)


def out_of_fold(settings, data):
    """The policy with weights learned without the repository of each row: from a file, or from training now, where there is training."""
    path = settings.out_of_fold
    if path is None:
        if not settings.training or importlib.util.find_spec("train") is None:
            print("learned weights skipped: no training, no --out-of-fold", file=sys.stderr)
            return None
        path = settings.out / "out-of-fold.jsonl"
        with stage("training, once for each fold"):
            training = [sys.executable, "-m", "train", "--data", settings.data, "--folds", path]
            if subprocess.run(training, cwd=Path(__file__).parents[1], check=False).returncode != 0:
                raise Unusable("training failed; --no-training measures without it")
    rows = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rows[row["listing_id"]] = (row["log_odds"], row["risk"])
    lost = [listing["listing_id"] for listing in data.listings if listing["listing_id"] not in rows]
    if lost:
        raise Unusable(f"{path.name}: {len(lost)} of {len(data)} rows are missing, the first of them {lost[0]}")
    found = numpy.array([rows[listing["listing_id"]] for listing in data.listings], dtype=float)
    return System(LEARNED, "weights and calibration from other repositories than the row's own", found[:, 0], found[:, 1] / 100, True)


def compared(settings, data):
    """The baselines, on the same rows and folds."""
    currencies = settings.root / "shared" / "scoring" / "policy" / "currencies.toml"
    systems = []
    with stage("baseline: word list"):
        systems.append(System("word list", f"{len(baselines.REPLICA_WORDS)} replica words", baselines.word_list(data), None, False))
    brands = settings.refs / "brands.csv"
    prices = brands.is_file()
    if prices:
        with stage("baseline: price floor"):
            undercut = baselines.price_floor(data, settings.refs, currencies)
            systems.append(System("price floor", "log of the brand's floor over the price, untrained", undercut, None, False))
    else:
        print("baselines by price skipped: no brands.csv (--refs)", file=sys.stderr)
    if not baselines.can_hold_out(data):
        print("learned baselines skipped: too few repositories to hold one out", file=sys.stderr)
        return systems
    inputs = [data.digest.encode(), str(settings.seed).encode()]
    how = "no repository both learned and measured"
    with stage("baseline: TF-IDF and logistic regression"):
        learned = baselines.remembered(settings.out, [b"words", *inputs], lambda: baselines.words_learned(data, settings.seed))
        systems.append(System("TF-IDF + logistic regression", f"words and pairs of words; {how}", learned, learned, False))
    if prices:
        inputs += [brands.read_bytes(), currencies.read_bytes()]
        with stage("baseline: gradient-boosted trees"):
            learned = baselines.remembered(
                settings.out, inputs, lambda: baselines.trees_learned(data, settings.refs, currencies, settings.seed)
            )
            systems.append(System("gradient-boosted trees", f"price, floor, words, lengths; {how}", learned, learned, False))
    return systems


def figures_of(system, data, thresholds, rounds, settings):
    """All figures of one system with their intervals, and its reliability."""

    def figures(rows):
        labels = data.labels[rows]
        found = measures.ranking(labels, system.scores[rows])
        if system.probabilities is not None:
            probabilities = system.probabilities[rows]
            if system.has_bands:
                for name, begins in thresholds.items():
                    found |= measures.at_threshold(labels, probabilities >= begins / 100, name)
            found |= measures.calibration(labels, probabilities, measures.weights_for(labels, settings.prevalence))
        return found

    entry = {
        "name": system.name,
        "how": system.how,
        "figures": measures.intervals(figures, data.labels, data.repositories, rounds, settings.seed),
    }
    if system.probabilities is not None:
        weights = measures.weights_for(data.labels, settings.prevalence)
        entry["reliability"] = measures.reliability(data.labels, system.probabilities, weights)
    return entry


def curve(labels, scores):
    """False-positive rate, recall and precision along the ranking, thinned for drawing."""
    false_rate, recall, precision = measures.curve(labels, scores)
    # Even steps of rank would leave the left edge empty, where recall at few false positives is read off.
    places = numpy.unique(numpy.geomspace(1, len(recall), CURVE_POINTS).astype(int) - 1)
    return [[float(false_rate[n]), float(recall[n]), float(precision[n])] for n in places]


def histogram(labels, probabilities):
    """Rows by risk in steps of 5, honest and replica."""
    bins = numpy.minimum((probabilities * 20).astype(int), 19)
    return {name: numpy.bincount(bins[labels == label], minlength=20).tolist() for name, label in (("honest", 0), ("replica", 1))}


def shown(listing, result, group, learned_risk=None):
    """What a person wants to see of a listing and of its result. `group`: the kind of source, or the family."""
    return {
        "listing_id": listing["listing_id"],
        "group": group,
        "title": listing["title"],
        "brand_field": listing.get("brand"),
        "category": listing.get("category"),
        "price": f"{listing['price']} {listing.get('currency', '')}".strip() if "price" in listing else None,
        "risk": result["risk"],
        "learned_risk": learned_risk,
        "log_odds": result["log_odds"],
        "brand": result.get("brand"),
        "reasons": [{"signal": reason["signal"], "points": reason["points"], "why": reason["why"]} for reason in result["reasons"]],
    }


def worst(data, results, headline):
    """The honest rows that the shipped policy accuses most and the replicas that it suspects least, with its reasons."""
    order = sorted(range(len(data)), key=lambda n: (results[n]["log_odds"], data.listings[n]["listing_id"]))

    def rows(numbers):
        learned = [None if headline.name == SHIPPED else float(headline.probabilities[n]) * 100 for n in numbers]
        return [shown(data.listings[n], results[n], data.notes[n].get("kind"), risk) for n, risk in zip(numbers, learned)]

    honest = [n for n in reversed(order) if data.labels[n] == 0]
    replicas = [n for n in order if data.labels[n] == 1]
    return {"false_positives": rows(honest[:WORST_ROWS]), "misses": rows(replicas[:WORST_ROWS])}
