"""What does a terminal show of a report?"""

from . import wording


def text(report):
    """The figures that decide, as lines."""
    lines = []
    if "systems" in report:
        data = report["data"]
        lines += [
            f"{data['rows']:,} labelled listings of {data['repositories']} repositories, {data['positives']:,} offered as replicas; "
            f"policy {report['policy']}",
            "",
        ]
        columns = ["auprc", "roc_auc", "recall_at_fpr_0.001", "recall_at_fpr_0.01", "ece", "brier"]
        rows = [["", *(wording.FIGURES[column] for column in columns)]]
        for system in report["systems"]:
            rows.append([system["name"], *(wording.with_interval(system["figures"].get(column)) for column in columns)])
        lines += [*aligned(rows), "", "In brackets: 95% by resampling rows | by resampling whole repositories.", ""]
        for system in report["systems"]:
            if "precision_at_review" in system["figures"] or "recall_at_review" in system["figures"]:
                lines += [threshold_line(system, name) for name in report["thresholds"]]
        lines.append("")
    if "hard_negatives" in report:
        found = report["hard_negatives"]["all"]
        lines.append(f"hard negatives: {found['rows']:,} honest listings, {found['red_flag']} red flags, {found['review']} to review")
        lines += [f"  {each['risk']:5.1f}  {each['listing_id']}  {each['title'][:70]}" for each in report["hard_negatives"]["flagged"][:10]]
        for feature in ("language", "ship_from", "seller_age"):
            lines += [f"  false positives by {wording.FEATURES[feature]}: " + ", ".join(share_of(row) for row in report["hard_negatives"][feature])]
    for feature in ("ship_from", "seller_age"):
        if rows := report.get("counterfactuals", {}).get(feature):
            worst = max(rows, key=lambda row: (row["band_changed"], row["score_changed"]))
            lines.append(
                f"counterfactual {wording.FEATURES[feature]}: {report['counterfactuals']['listings']:,} honest listings; the band of at most "
                f"{worst['band_changed']:.2%} changes, the score of at most {max(row['score_changed'] for row in rows):.2%}"
            )
    if report.get("difference"):
        lines += ["", *changes(report["difference"])]
    return "\n".join(lines)


def threshold_line(system, name):
    """Precision, recall and false-positive rate of one band."""
    parts = [
        f"{wording.FIGURES[figure]} {wording.with_interval(system['figures'].get(f'{figure}_at_{name}'))}"
        for figure in ("precision", "recall", "false_positive_rate")
    ]
    return f"{system['name']}, {wording.BANDS[name]}: " + ", ".join(parts)


def share_of(row):
    """One value with its rate."""
    return f"{row['value']} {row['review'] + row['red_flag']}/{row['rows']}"


def changes(difference):
    """What moved since the committed run."""
    moved = [row for row in difference["rows"] if row["change"]]
    where = "" if difference["same_data"] else ", which measured other data"
    head = f"Since the committed run (policy {difference['policy']}{where}): "
    if not moved:
        return [head + "no figure changed."]
    return [head, *(f"  {row['system']}: {wording.figure_name(row['figure'])} {row['before']} -> {row['now']} ({row['change']:+})" for row in moved)]


def aligned(rows):
    """Columns of equal width."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]
