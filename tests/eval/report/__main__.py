"""`python -m report`: measures how well Touchstone scores, and writes eval.json and eval.html."""

import argparse
import json
import os
import sys
from pathlib import Path

from . import compare, evaluation, page, printed
from .labelled import Unusable

ROOT = Path(__file__).resolve().parents[3]
# Share of replicas for which the policy states its risks; tests/eval/train learns at the same.
PREVALENCE = 0.10
DESCRIPTION = """Measures how well Touchstone scores: labelled listings and our own hard negatives go through the command itself; baselines
stand beside it. Writes eval.json and eval.html, prints the figures. What is not here is skipped with one line."""
EPILOG = """examples:
  python -m report                                  the development set, everything
  python -m report held-out.jsonl.gz --no-training  another labelled file, the shipped policy alone
  python -m report --quick                          a tenth of the bootstrap rounds
  python -m report --update                         the figures of this run become the committed previous run

A labelled file has one JSON object a line: the fields of a listing, `label` (1: offered as a replica), `source` (rows with the same
part before '#' are kept in one fold) and `note` ('kind=...; lang=...'). The last three never reach the scorer.
exit status: 0 measured or skipped, 2 a file is not what it should be, with one line that says why"""


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(
        "python -m report", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = os.environ.get("TOUCHSTONE_EVAL_DATA") or ROOT.parent / "shared" / "data" / "dev.jsonl.gz"
    parser.add_argument(
        "data", type=Path, nargs="?", default=default,
        help="labelled JSON Lines, .gz or plain (default: TOUCHSTONE_EVAL_DATA or ../shared/data/dev.jsonl.gz)",
    )  # fmt: skip
    parser.add_argument("--refs", type=Path, help="folder with brands.csv, for the baselines by price (default: beside the data, else ../shared/data/refs)")
    scorer = ROOT / "target/release/touchstone"
    parser.add_argument("--scorer", type=Path, default=scorer, help="the touchstone command (default: target/release/touchstone)")
    parser.add_argument("--hard-negatives", type=Path, default=ROOT / "tests/eval/hard_negatives", help="folder of honest listings of our own")
    parser.add_argument("--out", type=Path, default=ROOT / "target/eval", help="where eval.json and eval.html go (default: target/eval)")
    parser.add_argument("--out-of-fold", type=Path, help="scores learned without the row's repository: listing_id, log_odds, risk a line")
    parser.add_argument("--no-training", action="store_true", help="leave out the policy learned by folds")
    parser.add_argument("--baseline", type=Path, default=ROOT / "tests/eval/baseline.json", help="the committed previous run")
    parser.add_argument("--update", action="store_true", help="write this run's figures there")
    parser.add_argument("--prevalence", type=float, default=PREVALENCE, help="share of replicas at which calibration is measured (default: the policy's, %(default)s)")
    parser.add_argument("--quick", action="store_true", help="fewer bootstrap rounds")
    parser.add_argument("--seed", type=int, default=1, help="of everything random (default: 1)")
    return parser.parse_args()


def default_refs(data):
    """The tables beside the data or, for a file from elsewhere, those beside the development set."""
    beside = data.parent / "refs"
    return beside if beside.is_dir() else ROOT.parent / "shared" / "data" / "refs"


def main():
    """Runs, writes, prints."""
    options = arguments()
    if options.prevalence is not None and not 0 < options.prevalence < 1:
        raise Unusable("--prevalence is a share between 0 and 1")
    if options.update and (options.quick or not options.data.is_file()):
        raise Unusable("--update commits to a whole run: with labelled listings, without --quick")
    settings = evaluation.Settings(
        root=ROOT,
        data=options.data.resolve(),
        refs=(options.refs or default_refs(options.data)).resolve(),
        scorer=options.scorer.resolve(),
        hard_negatives=options.hard_negatives.resolve(),
        out=options.out.resolve(),
        seed=options.seed,
        quick=options.quick,
        prevalence=options.prevalence,
        out_of_fold=options.out_of_fold,
        training=not options.no_training,
    )
    settings.out.mkdir(parents=True, exist_ok=True)
    report = compare.rounded(evaluation.run(settings))
    report["difference"] = compare.difference(compare.read(options.baseline), report)
    (settings.out / "eval.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (settings.out / "eval.html").write_text(page.render(report), "utf-8")
    if options.update:
        compare.write(options.baseline, report)
    print(printed.text(report))
    if options.update:
        print(f"{options.baseline.name} now has the figures of this run; the page that quotes it: UPDATE=1 cargo test -p eval --test model_card")
    print(f"Page: {settings.out / 'eval.html'}")


if __name__ == "__main__":
    try:
        main()
    except (Unusable, OSError) as error:
        print(error, file=sys.stderr)
        sys.exit(2)
