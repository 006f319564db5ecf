"""How are figures named and written, on the terminal and on the page?"""

FIGURES = {
    "auprc": "AUPRC",
    "roc_auc": "ROC-AUC",
    "recall_at_fpr_0.001": "recall at 0.1% FPR",
    "recall_at_fpr_0.01": "recall at 1% FPR",
    "precision": "precision",
    "recall": "recall",
    "false_positive_rate": "FPR",
    "share_review": "share sent to review",
    "share_red_flag": "share flagged red",
    "ece": "ECE",
    "brier": "Brier",
}
BANDS = {"review": "review and above", "red_flag": "red flag"}
FEATURES = {"language": "language", "ship_from": "ship-from region", "seller_age": "seller's age", "family": "family"}


def figure_name(name):
    """`recall_at_review` in words."""
    if name in FIGURES:
        return FIGURES[name]
    figure, _, band = name.partition("_at_")
    return f"{FIGURES.get(figure, figure)}, {BANDS.get(band, band)}"


def number(value):
    """Three decimals."""
    return "" if value is None else f"{value:.3f}"


def with_interval(figure):
    """Value and both intervals on one line."""
    if figure is None:
        return "-"
    spans = [f"{number(figure[kind][0])}-{number(figure[kind][1])}" for kind in ("rows", "repositories") if kind in figure]
    return number(figure["value"]) + (f" [{' | '.join(spans)}]" if spans else "")
