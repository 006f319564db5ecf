"""How is a figure drawn? Plain SVG, coloured by the classes of the page's style, with a label that says what is to be seen."""

import math

from markupsafe import Markup, escape

WIDTH, HEIGHT = 460, 330
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 10, 40

# Curves with so few points (a word list has one threshold) are drawn with their points.
FEW_POINTS = 4


class Axis:
    """Values along one side of a chart; logarithmic ones start at the least tick."""

    def __init__(self, title, ticks, begin, end, logarithmic=False):
        self.title, self.ticks, self.begin, self.end = title, ticks, begin, end
        self.scale = math.log if logarithmic else float
        self.low, self.high = self.scale(ticks[0]), self.scale(ticks[-1])

    def place(self, value):
        """The coordinate of a value; what lies beyond the ends is put there."""
        scaled = self.scale(min(max(value, self.ticks[0]), self.ticks[-1]))
        return round(self.begin + (scaled - self.low) / (self.high - self.low) * (self.end - self.begin), 1)


def across(title, ticks, logarithmic=False):
    """The axis below."""
    return Axis(title, ticks, LEFT, WIDTH - RIGHT, logarithmic)


def upwards(title, ticks, logarithmic=False):
    """The axis at the left."""
    return Axis(title, ticks, HEIGHT - BOTTOM, TOP, logarithmic)


def short(value):
    """A tick as people write it: 0.5, 1%."""
    return f"{value:g}"


def frame(x, y, tick_of_x=short, tick_of_y=short):
    """Grid, ticks and titles."""
    parts = []
    for tick in y.ticks:
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y.place(tick)}" y2="{y.place(tick)}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y.place(tick) + 4}" text-anchor="end">{tick_of_y(tick)}</text>')
    for tick in x.ticks:
        anchor = "end" if tick == x.ticks[-1] else "middle"
        parts.append(f'<line class="grid" x1="{x.place(tick)}" x2="{x.place(tick)}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{x.place(tick)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="{anchor}">{tick_of_x(tick)}</text>')
    parts.append(f'<text class="title" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x.title)}</text>')
    parts.append(
        f'<text class="title" transform="rotate(-90)" x="{-(TOP + HEIGHT - BOTTOM) / 2}" y="11" text-anchor="middle">{escape(y.title)}</text>'
    )
    return parts


def svg(label, parts):
    """The drawing with its description for those who do not see it."""
    return Markup(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def lines(label, x, y, series, tick_of_x=short):
    """One line for each series: (class, points)."""
    parts = frame(x, y, tick_of_x)
    for name, points in reversed(series):  # the first, which matters most, on top
        placed = [(x.place(a), y.place(b)) for a, b in points]
        parts.append(f'<polyline class="{name}" points="{" ".join(f"{a},{b}" for a, b in placed)}"/>')
        if len(points) <= FEW_POINTS:
            parts += [f'<circle class="{name}" cx="{a}" cy="{b}" r="3.5"/>' for a, b in placed]
    return svg(label, parts)


def reliability(label, series):
    """Observed against stated probability; the area of a point is the share of listings in its bin."""
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    x, y = across("stated probability", ticks), upwards("share that are replicas", ticks)
    parts = frame(x, y)
    parts.append(f'<line class="even" x1="{x.place(0)}" y1="{y.place(0)}" x2="{x.place(1)}" y2="{y.place(1)}"/>')
    for name, bins in reversed(series):
        placed = [(x.place(bin["mean_probability"]), y.place(bin["positive_share"]), bin["mass"]) for bin in bins]
        parts.append(f'<polyline class="{name}" points="{" ".join(f"{a},{b}" for a, b, _ in placed)}"/>')
        parts += [f'<circle class="{name}" cx="{a}" cy="{b}" r="{2.5 + 12 * math.sqrt(mass):.1f}"/>' for a, b, mass in placed]
    return svg(label, parts)


def bars(label, histogram):
    """Rows by risk, honest and replica side by side, on a logarithmic scale."""
    tallest = max(max(counts) for counts in histogram.values())
    ticks = [0.5, *(10**n for n in range(max(1, math.ceil(math.log10(max(tallest, 2)))) + 1))]
    x, y = across("risk", [0, 20, 40, 60, 80, 100]), upwards("listings, logarithmic", ticks, logarithmic=True)
    parts = frame(x, y, tick_of_y=lambda tick: "0" if tick < 1 else f"{tick:,}")
    for offset, (name, counts) in enumerate(histogram.items()):
        for n, count in enumerate(counts):
            if count:
                left, top = x.place(n * 5 + 0.4 + 2.2 * offset), y.place(count)
                parts.append(f'<rect class="{name}" x="{left}" y="{top}" width="8.5" height="{round(HEIGHT - BOTTOM - top, 1)}"/>')
    return svg(label, parts)
