"""Are honest sellers treated alike, whatever their language, region or age?"""

from collections import Counter
from datetime import datetime

from . import measures

# Where goods are shipped from: the regions from which seizure statistics report most, and others.
REGIONS = ("CN", "HK", "TR", "VN", "TH", "AE", "US", "DE", "FR", "GB", "JP", "BR", "NG", None)

# When the listing was made, and the day on which the seller's account was opened.
LISTED_AT = "2026-06-15T12:00:00Z"
ACCOUNTS = {
    "1 day": "2026-06-14T12:00:00Z",
    "30 days": "2026-05-16T12:00:00Z",
    "3 years": "2023-06-16T12:00:00Z",
    "unknown": None,
}

# Days below which an account belongs to a class.
AGE_CLASSES = ((7, "under 7 days"), (30, "under 30 days"), (365, "under a year"))


def rate(results, chosen):
    """How many of the chosen were flagged, by band."""
    bands = Counter(results[n]["band"] for n in chosen)
    rows = len(chosen)
    flagged = bands["review"] + bands["red_flag"]
    return {
        "rows": rows,
        "review": bands["review"],
        "red_flag": bands["red_flag"],
        "false_positive_rate": flagged / rows,
        "interval": measures.share_interval(flagged, rows),
    }


def by(results, values):
    """The false-positive rate for each value."""
    groups = {}
    for n, value in enumerate(values):
        groups.setdefault(value, []).append(n)
    return [{"value": value, **rate(results, rows)} for value, rows in sorted(groups.items())]


def age_class(opened, listed):
    """How old the seller's account was when the listing was made."""
    if not opened or not listed:
        return "unknown"
    days = (datetime.fromisoformat(listed) - datetime.fromisoformat(opened)).days
    return next((name for below, name in AGE_CLASSES if days < below), "older")


def variants(listings, values, change):
    """Each listing once for each value, changed accordingly; in the order of values, then listings."""
    changed = []
    for number, value in enumerate(values):
        for n, listing in enumerate(listings):
            variant = change(dict(listing), value)
            variant["listing_id"] = f"{number}-{n}"
            changed.append({field: content for field, content in variant.items() if content is not None})
    return changed


def counterfactuals(scorer, listings, values, change):
    """Each honest listing is scored with every value of one circumstance and nothing else changed. The last value is the reference."""
    results = scorer.score(variants(listings, values, change))
    size = len(listings)
    reference = results[-size:]
    table = []
    for number, value in enumerate(values):
        these = results[number * size : (number + 1) * size]
        table.append({
            "value": value or "unknown",
            **rate(these, range(size)),
            "score_changed": sum(a["log_odds"] != b["log_odds"] for a, b in zip(these, reference)) / size,
            "band_changed": sum(a["band"] != b["band"] for a, b in zip(these, reference)) / size,
        })
    return table


def ship_from(listing, region):
    """The listing, shipped from there."""
    return listing | {"ship_from": region}


def seller_age(listing, account):
    """The listing of a seller whose account is that old."""
    return listing | {"created_at": LISTED_AT, "seller_created_at": ACCOUNTS[account]}


def measure(scorer, listings):
    """Pairs that differ in one circumstance only."""
    return {
        "ship_from": counterfactuals(scorer, listings, REGIONS, ship_from),
        "seller_age": counterfactuals(scorer, listings, list(ACCOUNTS), seller_age),
    }
