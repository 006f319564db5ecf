"""What does the product itself say about these listings? The shipped command on a file, results joined by id."""

import json
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from .labelled import Unusable

BAND_NAMES = ("review", "red_flag")


class Scorer:
    """The `touchstone` command."""

    def __init__(self, command):
        self.command = command
        self.policy = None
        self.thresholds = None  # band name to the risk (0 to 100) at which it begins
        if not command.is_file():
            raise Unusable(f"no scorer at {command}: `make release` builds it")

    def score(self, listings):
        """The result of each listing, in order. Refuses to go on with fewer results than listings."""
        ids = [str(listing["listing_id"]) for listing in listings]
        twice = sorted(name for name, times in Counter(ids).items() if times > 1)
        if twice:
            raise Unusable(f"{len(twice)} ids are not unique, the first of them {twice[0]}")
        with tempfile.TemporaryDirectory() as folder:
            export, out = Path(folder, "listings.jsonl"), Path(folder, "out")
            export.write_text("".join(json.dumps(listing, ensure_ascii=False) + "\n" for listing in listings), "utf-8")
            run = subprocess.run(
                [self.command, "score", export, "--out", out, "--top", "0"], capture_output=True, text=True, check=False
            )
            if run.returncode != 0:
                raise Unusable(f"the scorer failed: {run.stderr.strip()}")
            results = {}
            with open(out / "scored.jsonl", encoding="utf-8") as file:
                for line in file:
                    result = json.loads(line)
                    results[result["listing_id"]] = result
            rejects = [json.loads(line) for line in (out / "rejects.jsonl").read_text("utf-8").splitlines()]
            summary = json.loads((out / "summary.json").read_text("utf-8"))
        lost = [name for name in ids if name not in results]
        if lost:
            codes = ", ".join(sorted({reject["code"] for reject in rejects})) or "no reject says why"
            raise Unusable(f"{len(lost)} of {len(ids)} rows came back without a result ({codes}), the first of them {lost[0]}")
        self.policy, self.thresholds = summary["policy"], {name: summary["thresholds"][name] for name in BAND_NAMES}
        found = [results[name] for name in ids]
        for result in found:
            if result["band"] != self.band(result["risk"]):
                raise Unusable(f"{result['listing_id']}: risk {result['risk']} in band {result['band']} breaks the thresholds")
        return found

    def band(self, risk):
        """The band that a risk falls into."""
        return next((name for name in reversed(BAND_NAMES) if risk >= self.thresholds[name]), "clear")


def signal_groups(page):
    """Signal name to its group, as the page of signals, which is generated from the code, lists them."""
    groups, group = {}, None
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("## "):
            group = line[3:].strip().lower()
        elif group and (row := re.match(r"\| `(\w+)` \|", line)):
            groups[row[1]] = group
    if "evasion" not in groups.values():
        raise Unusable(f"{page.name} lists no signals of evasion")
    return groups
