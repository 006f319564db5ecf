"""Which labelled listings are there, and what fires on each? Labels never reach the scorer."""

import gzip
import json
import subprocess
from dataclasses import dataclass

import numpy

# What tells the answer, and may not be seen by the scorer.
ANSWERS = ("label", "source", "note")


@dataclass
class Signal:
    """A signal of the policy: its name and its weight at each level, in log odds."""

    name: str
    group: str
    weights: list


@dataclass
class Listings:
    """Labelled listings, as far as training reads them. Rows of `degrees` and entries of the lists belong together.

    degrees: (rows, columns) floats from 0 to 1: one column for each level of each signal, the share of the weight where the finding
             reaches that level. A finding of level 2 fills the columns of the levels 0, 1 and 2, so that a column's weight is what its
             level adds to the one below.
    """

    ids: list
    labels: numpy.ndarray
    repositories: numpy.ndarray
    degrees: numpy.ndarray
    signals: list
    base: float

    @property
    def columns(self):
        """(signal, level) of each column."""
        return [(signal, level) for signal in self.signals for level in range(len(signal.weights))]


def read(path, fired_binary, policy):
    """Reads labelled JSON Lines (gzip or not) and asks the product what fires under a policy folder. Raises ValueError when rows are lost."""
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    unlabelled = [{name: value for name, value in row.items() if name not in ANSWERS and value is not None} for row in rows]
    listings = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in unlabelled)
    answer = subprocess.run([fired_binary, policy], input=listings, capture_output=True, text=True, encoding="utf-8", check=False)
    if answer.returncode != 0:
        raise ValueError(f"{fired_binary}: {answer.stderr.strip()}")
    head, *lines = [json.loads(line) for line in answer.stdout.splitlines()]
    if [line["listing_id"] for line in lines] != [row["listing_id"] for row in rows]:
        raise ValueError(f"{len(rows)} listings went in, and others came out")
    signals = [Signal(s["name"], s["group"], [weight / 1000 for weight in s["weights"]]) for s in head["signals"]]
    return Listings(
        ids=[row["listing_id"] for row in rows],
        labels=numpy.array([row["label"] for row in rows], dtype=float),
        repositories=numpy.array([row["source"].split("#")[0] for row in rows]),
        degrees=degrees(lines, signals),
        signals=signals,
        base=head["base"] / 1000,
    )


def degrees(lines, signals):
    """The matrix that `Listings` describes."""
    first_column, columns = {}, 0
    for signal in signals:
        first_column[signal.name] = columns
        columns += len(signal.weights)
    matrix = numpy.zeros((len(lines), columns))
    for row, line in enumerate(lines):
        for name, level, share in line["fired"]:
            first = first_column[name]
            matrix[row, first : first + level + 1] = share / 1000
    return matrix
