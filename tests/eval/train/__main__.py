"""Learns the weights of the policy from labelled listings: `python -m train --help`."""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy

from . import calibration, export, listings, model

ROOT = Path(__file__).resolve().parents[3]
# Share of counterfeits for which risks are stated; see docs/model-card.md.
PREVALENCE = 0.10


def main():
    """Fits, checks on repositories that each fit never saw, and writes what was asked for."""
    options = argparse.ArgumentParser(prog="train", description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    options.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/dev.jsonl.gz", help="labelled JSON Lines")
    options.add_argument("--policy", type=Path, default=ROOT / "shared/scoring/policy", help="policy folder whose weights are the start")
    options.add_argument("--fired", type=Path, default=ROOT / "target/release/fired", help="the program that says what fires")
    options.add_argument("--prevalence", type=float, default=PREVALENCE, help="share of counterfeits that risks are stated for")
    options.add_argument("--folds", type=Path, help="write {listing_id, log_odds, risk} of each listing, by a model that saw nothing of its repository")
    options.add_argument("--out", type=Path, help="write the learned weights, such as shared/scoring/policy/learned.toml")
    chosen = options.parse_args()
    if not chosen.data.exists():
        print(f"train: skipped: {chosen.data} is not here", file=sys.stderr)
        return 0
    read = listings.read(chosen.data, chosen.fired, chosen.policy)

    def weigh(labels, repositories):
        return model.row_weights(labels, repositories, chosen.prevalence)

    log_odds = model.out_of_fold(read, chosen.prevalence)
    if chosen.folds:
        risks = 100 * calibration.held_out(log_odds, read.labels, read.repositories, weigh)
        chosen.folds.parent.mkdir(parents=True, exist_ok=True)
        with open(chosen.folds, "w", encoding="utf-8") as file:
            for row in zip(read.ids, log_odds.tolist(), risks.tolist()):
                print(json.dumps(dict(zip(("listing_id", "log_odds", "risk"), row))), file=file)
    if chosen.out:
        fitted = model.fit(read, numpy.ones(len(read.labels), dtype=bool), chosen.prevalence)
        points = calibration.curve(log_odds, read.labels, weigh(read.labels, read.repositories))
        digest = hashlib.sha256(chosen.data.read_bytes()).hexdigest()[:12]
        origin = f"{len(read.labels)} labelled listings (SHA-256 {digest}), prevalence {chosen.prevalence:g}"
        chosen.out.write_text(export.learned_toml(read, fitted, points, origin), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
