"""How do learned numbers become a file of the policy? Rounded, sorted, with the weight set by hand beside each."""

import numpy

from .model import prior_steps

HEAD = """\
# What training made of the weights in scoring.toml; whatever stands here replaces what stands there. Generated, and read before it is
# committed: `make train`. Beside each weight stands the one set by hand. The log odds of a listing are base + sum of points.
#
# Labels are by group and not by goods: see docs/model-card.md before drawing conclusions from a single weight.

origin = "{origin}"

base = {base:.3f}

[weights]
"""


def learned_toml(listings, model, points, origin):
    """The text of learned.toml. Weights are cut to the thousandth that the scorer computes in, and never fall from level to level."""
    lines = [HEAD.format(origin=origin, base=model.base)]
    prior, column = prior_steps(listings.signals), 0
    for signal in listings.signals:
        levels = slice(column, column + len(signal.weights))
        column = levels.stop
        by_hand = numpy.cumsum(prior[levels])
        learned = numpy.cumsum(model.steps[levels])
        lines.append(f"{signal.name} = {numbers(learned)} # {numbers(by_hand)}\n")
    lines.append("\n# Log odds, and the risk that they stand for at the stated prevalence.\ncalibration = [\n")
    # A top-level key may not follow a table.
    head, *weights = lines[:-1]
    rows = "".join(f"  [{log_odds:.2f}, {100 * probability:.2f}],\n" for log_odds, probability in points)
    table = lines[-1].lstrip("\n") + rows + "]\n"
    return head.replace("\n[weights]\n", f"\n{table}\n[weights]\n") + "".join(weights)


def numbers(levels):
    """One weight as a number, several as a list."""
    texts = [f"{round(float(level), 3) + 0.0:.3f}" for level in levels]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
