"""Does the review console do what an analyst wants, in a real browser?

Drives headless Chromium against a served stack and runs every case of the `cases_*` modules, each in a browser context of its own. A
message on the console, an error of the page or a breach of its content security policy fails the case it happens in.
"""

import argparse
import json
import shutil
import sys
import time
import traceback

from playwright.sync_api import sync_playwright

import cases_access
import cases_decisions
import cases_jobs
import cases_listing
import cases_queue
from desk import Desk

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
MODULES = [cases_access, cases_queue, cases_listing, cases_decisions, cases_jobs]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", required=True, help="of the served stack")
    arguments.add_argument("--tokens", required=True, help="tokens.json of the served stack")
    arguments.add_argument("--only", default="", help="run the cases whose names contain this")
    options = arguments.parse_args()
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with open(options.tokens, encoding="utf-8") as file:
        tokens = json.load(file)
    cases = [case for module in MODULES for name, case in vars(module).items() if name.startswith("case_") and options.only in name]
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for case in cases:
            name, begun = case.__name__[5:].replace("_", " "), time.monotonic()
            try:
                with Desk(browser, options.url, tokens) as desk:
                    case(desk)
                print(f"ok      {name} ({time.monotonic() - begun:.1f} s)", flush=True)
            except Exception:  # each case is told, whatever it failed of
                failed += 1
                print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)
        browser.close()
    print(f"{len(cases) - failed} passed, {failed} failed", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
