"""What does a case work with? Tabs of the console, what goes wrong in them, and the endpoint beside them."""

import json
import urllib.parse
import urllib.request
from contextlib import ExitStack

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

SEVERE = {"serious", "critical"}
WAIT_MS = 10_000
# What fades in has too little contrast on its way.
CALM = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
BREACH = "addEventListener('securitypolicyviolation', (e) => console.error('breach of', e.violatedDirective, e.blockedURI))"

expect.set_options(timeout=WAIT_MS)


class Desk:
    """One served stack and the tabs that a case opens. What its tabs complained of is raised when it ends."""

    def __init__(self, browser, url, tokens):
        self.browser, self.url, self.tokens = browser, url, tokens
        self.faults, self.expected_faults, self.contexts = [], [], ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.contexts.close()
        faults = [fault for fault in self.faults if not any(word in fault for word in self.expected_faults)]
        if error is None:
            assert not faults, faults

    def tab(self, role="review", seller=None, **options):
        """A tab that is signed in; with the queue of one seller, so that other cases do not meddle."""
        tab = self.page(**options)
        tab.goto(f"{self.url}/#token={self.tokens[role]}")
        expect(tab.get_by_role("navigation", name="Views")).to_be_visible()
        assert "token" not in tab.url, "the token stays in the address"
        if seller is not None:
            tab.goto(f"{self.url}/#/?seller={urllib.parse.quote(seller)}")
            expect(tab.get_by_label("Seller id")).to_have_value(seller)
        return tab

    def page(self, **options):
        """A tab in which nobody is signed in."""
        context = self.browser.new_context(**{**CALM, **options})
        self.contexts.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.add_init_script(BREACH)
        page.on("console", lambda message: self.faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        return page

    def store(self, seller, *listings):
        """Scores listings over the API and stores the results, as a marketplace would. Gives the results."""
        listings = [{"seller_id": seller, "currency": "USD", **listing} for listing in listings]
        answer = self.call("POST", "/v1/score?store=true", {"listings": listings})
        assert answer["rejected"] == 0, answer
        return [one["result"] for one in answer["results"]]

    def listing(self, listing_id):
        return self.call("GET", f"/v1/listings/{listing_id}")

    def reviews(self, listing_id):
        return self.call("GET", f"/v1/listings/{listing_id}/reviews")["reviews"]

    def call(self, method, path, body=None):
        headers = {"Authorization": f"Bearer {self.tokens['admin']}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers, method=method)) as answer:
            return json.load(answer)


def row(page, title):
    return page.locator(".rows li").filter(has_text=title)


def is_open(page, title):
    """The listing of this title is shown, with all that is known of it."""
    expect(page.locator("#listing-title")).to_contain_text(title)
    expect(page.locator("article.listing")).to_have_attribute("aria-busy", "false")


def saved(page):
    expect(page.locator(".doing")).to_have_text("")


def toast(page, text):
    expect(page.locator(".toast")).to_contain_text(text)


def accessible(page):
    found = Axe().run(page).response["violations"]
    severe = [(one["id"], one["impact"], [(node["target"], node.get("failureSummary")) for node in one["nodes"]])
              for one in found if one["impact"] in SEVERE]
    assert not severe, f"axe: {severe}"


def fits(page):
    """Nothing is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
