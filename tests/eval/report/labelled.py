"""Which listings are measured, and what is known about each of them that the scorer must not see?"""

import gzip
import hashlib
import json
from dataclasses import dataclass

import numpy

# What a listing is. Everything else in a file (label, source, note, family, language) is about the answer and never reaches the scorer.
LISTING_FIELDS = (
    "listing_id", "title", "description", "brand", "category", "price", "currency", "seller_id", "seller_name", "seller_rating",
    "seller_created_at", "ship_from", "marketplace", "url", "image_urls", "gtin", "created_at",
)  # fmt: skip


class Unusable(Exception):
    """A file is not what it should be; the text says which and where."""


@dataclass
class Labelled:
    """Listings with their labels, in the order of the file."""

    digest: str
    listings: list
    labels: numpy.ndarray  # 1: offered as a replica
    repositories: numpy.ndarray  # where a row was collected; rows of one are alike, so folds and intervals keep them together
    notes: list  # of dictionaries: kind, lang, basis

    def __len__(self):
        return len(self.listings)


def bare(row):
    """The listing alone: fields that have a value, and no other field."""
    return {field: row[field] for field in LISTING_FIELDS if row.get(field) is not None}


def read_rows(path):
    """Every row of JSON Lines, plain or gzipped."""
    opened = gzip.open if path.suffix == ".gz" else open
    rows = []
    with opened(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise Unusable(f"{path.name}:{number}: no JSON: {error}") from error
            if not isinstance(row, dict) or not row.get("listing_id"):
                raise Unusable(f"{path.name}:{number}: no listing_id")
            rows.append(row)
    return rows


def parse_note(note):
    """`kind=book; lang=en` as a dictionary."""
    pairs = (part.partition("=") for part in (note or "").split(";"))
    return {key.strip(): value.strip() for key, _, value in pairs if value}


def load(path):
    """The labelled rows of a file."""
    rows = read_rows(path)
    unlabelled = [row["listing_id"] for row in rows if row.get("label") not in (0, 1)]
    if unlabelled:
        raise Unusable(f"{path.name}: {len(unlabelled)} rows have no label 0 or 1, the first of them {unlabelled[0]}")
    labels = numpy.array([row["label"] for row in rows], dtype=int)
    if len(set(labels.tolist())) < 2:
        raise Unusable(f"{path.name}: rows of both labels are needed")
    return Labelled(
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        listings=[bare(row) for row in rows],
        labels=labels,
        repositories=numpy.array([(row.get("source") or "unknown").split("#")[0] for row in rows]),
        notes=[parse_note(row.get("note")) for row in rows],
    )


def load_honest(folder):
    """Our own hard negatives: (row, listing without what is known about it) for each line of each file of the folder."""
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in read_rows(path)]
    return [(row, bare(row)) for row in rows]
