"""What has changed since the committed previous run?"""

import json

# What of a report is committed: figures. Rows of the labelled data and names of its sources never are, nor the curves, which nobody
# reads in a diff.
LEFT_OUT = ("worst", "repositories", "curves", "risk_histogram", "difference")

# Decimals kept, so that a difference in a diff is one of quality.
DECIMALS = 4


def rounded(value):
    """The same with short numbers."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: rounded(content) for key, content in value.items()}
    return [rounded(content) for content in value] if isinstance(value, list) else value


def figures_only(report):
    """The part of a report that may be committed."""
    kept = {key: value for key, value in report.items() if key not in LEFT_OUT}
    if "hard_negatives" in kept:
        kept["hard_negatives"] = {key: value for key, value in kept["hard_negatives"].items() if key != "flagged"}
    return kept


def read(path):
    """The committed run; None where there is none."""
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def write(path, report):
    """Commits to this run."""
    path.write_text(json.dumps(figures_only(report), indent=1, ensure_ascii=False) + "\n", "utf-8")


def difference(before, report):
    """Each headline figure then and now, and the flags on our own honest listings. None without a previous run."""
    if before is None:
        return None
    rows = []
    earlier = {system["name"]: system["figures"] for system in before.get("systems", [])}
    for system in report.get("systems", []):
        for name, figure in system["figures"].items():
            then = earlier.get(system["name"], {}).get(name)
            if then is not None:
                rows.append(change(system["name"], name, then["value"], figure["value"]))
    then, now = (run.get("hard_negatives", {}).get("all") for run in (before, report))
    if then and now:
        # Listings are added over time, so shares are compared.
        rows += [
            change("hard negatives", f"share_{band}", then[band] / then["rows"], now[band] / now["rows"]) for band in ("review", "red_flag")
        ]
    return {
        "policy": before.get("policy"),
        "same_data": before.get("data", {}).get("sha256") == report.get("data", {}).get("sha256"),
        "rows": rows,
    }


def change(system, figure, then, now):
    """One line of the comparison."""
    return {"system": system, "figure": figure, "before": round(then, DECIMALS), "now": round(now, DECIMALS), "change": round(now - then, DECIMALS)}
