"""In which parts of the listings does it do well, and in which badly?"""

import numpy

from . import measures

# Smallest part worth a row of figures.
SLICE_ROWS_MIN = 30

# Fewest repositories of which resampling whole ones says anything.
SLICE_REPOSITORIES_MIN = 3

# Share of honest listings flagged at the threshold by which slices are compared.
FALSE_POSITIVE_LIMIT = 0.01


def of(data, results, evasion):
    """Name of each slice and which rows are in it. `evasion` names the signals that read through a disguise."""
    features = {
        "kind": [note.get("kind", "unknown") for note in data.notes],
        "lang": [note.get("lang", "unknown") for note in data.notes],
        "price": ["present" if "price" in listing else "absent" for listing in data.listings],
        "brand": ["known to the scorer" if result.get("brand") else "unknown to it" for result in results],
        "category": [str(listing.get("category", "none")) for listing in data.listings],
        "disguise": [
            "undone" if any(reason["signal"] in evasion for reason in result["reasons"]) else "none" for result in results
        ],
    }
    slices = {}
    for feature, values in features.items():
        values = numpy.array(values)
        for value in sorted(set(values.tolist())):
            slices[f"{feature}={value}"] = values == value
    return slices


def measure(data, scores, risks, thresholds, slices, rounds, seed):
    """Figures of each slice. One that has one label only (a kind of source, mostly) is ranked against all rows of the other label, and
    then has no AUPRC, which would depend on their number."""
    honest = scores[data.labels == 0]
    limit = numpy.quantile(honest, 1 - FALSE_POSITIVE_LIMIT, method="higher")
    table = []
    for name, inside in slices.items():
        rows, positives = int(inside.sum()), int(data.labels[inside].sum())
        one_label = positives in (0, rows)
        chosen = inside | (data.labels != (positives == rows)) if one_label else inside
        labels, ranks, risk, part = data.labels[chosen], scores[chosen], risks[chosen], inside[chosen]

        def figures(drawn):
            found = measures.ranking(labels[drawn], ranks[drawn])
            keep = ["roc_auc"] if one_label else ["auprc", "roc_auc"]
            found = {key: found[key] for key in keep if key in found}
            of_slice = drawn[part[drawn]]
            for threshold, begins in thresholds.items():
                found |= measures.at_threshold(labels[of_slice], risk[of_slice] >= begins, threshold)
            at_limit = measures.at_threshold(labels[of_slice], ranks[of_slice] > limit, "overall_fpr_0.01")
            return found | {key: at_limit[key] for key in at_limit if not key.startswith("precision")}

        entry = {"slice": name, "rows": rows, "positives": positives}
        if rows >= SLICE_ROWS_MIN:
            entry["figures"] = measures.intervals(figures, labels, data.repositories[chosen], rounds, seed)
            if len(set(data.repositories[inside].tolist())) < SLICE_REPOSITORIES_MIN:
                for figure in entry["figures"].values():
                    figure.pop("repositories", None)
        table.append(entry)
    return table


def by_repository(data, risks, thresholds):
    """What each repository is told: the mean risk beside the share that are replicas, and the share of its rows in each band."""
    table = []
    for name in sorted(set(data.repositories.tolist())):
        inside = data.repositories == name
        shares = {f"share_{band}": float((risks[inside] >= begins).mean()) for band, begins in thresholds.items()}
        table.append({
            "repository": name,
            "rows": int(inside.sum()),
            "replicas": float(data.labels[inside].mean()),
            "mean_risk": float(risks[inside].mean()) / 100,
            **shares,
        })
    return table


def ablation(data, results, groups):
    """What each group of signals is worth: the ranking of the shipped policy without the points of that group."""
    table = []
    for group in sorted(set(groups.values())):
        scores = numpy.array([
            result["log_odds"] - sum(reason["points"] for reason in result["reasons"] if groups.get(reason["signal"]) == group)
            for result in results
        ])
        # Points have three decimals; without rounding, equal sums would differ in the last bit and be ranked.
        fired = sum(any(groups.get(reason["signal"]) == group for reason in result["reasons"]) for result in results)
        table.append({"group": group, "listings": fired, **measures.ranking(data.labels, scores.round(3))})
    return table
