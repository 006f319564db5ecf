"""How does the report look as one page that loads and runs nothing?"""

import base64
import hashlib
import unicodedata
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from . import drawing, wording

TEMPLATES = Path(__file__).parent / "templates"

# Marks above one letter that are shown; sellers pile up hundreds.
COMBINING_MARKS_MAX = 4

# Classes of the systems, in the order of the report.
LINES = ("first", "second", "third", "fourth", "fifth", "sixth")

# Least false-positive rate drawn: below it, one honest row of ten thousand moves the curve.
FALSE_POSITIVE_RATE_MIN = 0.0003


def visible(text):
    """A seller's text: markup is text, and what cannot be seen becomes a token such as ⟨U+200B⟩."""
    shown, marks = [], 0
    for letter in str(text):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks > COMBINING_MARKS_MAX:
            continue
        if kind in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp") and letter not in "\n\t":
            shown.append(Markup('<code class="unseen">⟨U+{:04X}⟩</code>').format(ord(letter)))
        else:
            shown.append(escape(letter))
    return Markup("").join(shown)


def content_security_policy(style):
    """The style, named by its hash, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def charts(report):
    """Every drawing of the page."""
    if "systems" not in report:
        return {}
    names = [system["name"] for system in report["systems"]]
    of = dict(zip(names, LINES))
    shares = [0, 0.2, 0.4, 0.6, 0.8, 1]
    rates = [FALSE_POSITIVE_RATE_MIN, 0.001, 0.01, 0.1, 1]
    headline = report["headline"]["figures"]
    calibrated = [system for system in report["systems"] if "reliability" in system and "recall_at_review" in system["figures"]]
    return {
        "lines": of,
        "precision": drawing.lines(
            f"Precision against recall. {names[0]} has an average precision of {headline['auprc']['value']:.3f}.",
            drawing.across("recall", shares),
            drawing.upwards("precision", shares),
            [(of[name], [(recall, precision) for _, recall, precision in report["curves"][name]]) for name in names],
        ),
        "recall": drawing.lines(
            f"Recall against the false-positive rate, logarithmic. {names[0]} finds {headline['recall_at_fpr_0.01']['value']:.1%} at 1%.",
            drawing.across("false-positive rate, logarithmic", rates, logarithmic=True),
            drawing.upwards("recall", shares),
            [(of[name], [(rate, recall) for rate, recall, _ in report["curves"][name]]) for name in names],
            tick_of_x=lambda rate: f"{rate:.2%}" if rate < 0.001 else f"{rate:.1%}" if rate < 0.01 else f"{rate:.0%}",
        ),
        "reliability": drawing.reliability(
            f"Reliability: share of replicas against stated probability. {names[0]} is off by {headline['ece']['value']:.3f} on average.",
            [(of[system["name"]], system["reliability"]) for system in calibrated],
        ),
        "calibrated": [system["name"] for system in calibrated],
        "risks": drawing.bars("Listings by risk, honest ones and replicas.", report["risk_histogram"]),
    }


def render(report):
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "visible": visible,
        "figure_name": wording.figure_name,
        "number": wording.number,
        "percent": lambda value, digits=1: f"{value:.{digits}%}",
        "signed": lambda value: f"{value:+.3f}".replace("-", "\N{MINUS SIGN}"),
    }
    style = (TEMPLATES / "style.css").read_text("utf-8")
    return environment.get_template("page.html").render(
        report=report,
        charts=charts(report),
        style=Markup(style),
        policy=content_security_policy(style),
        features=wording.FEATURES,
        bands=wording.BANDS,
    )
