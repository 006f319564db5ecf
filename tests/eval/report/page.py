"""The page."""


def render(report):
    return ""
