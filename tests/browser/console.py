"""Does the review console do what an analyst wants, in a real browser?

Drives headless Chromium against a served stack. Each case starts a browser context of its own; a console message of the page, a page
error or a breach of its content security policy fails the case it happens in.
"""

import argparse
import json
import shutil
import sys
import time
import traceback
import urllib.request
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]
HOSTILE = '<script>window.ran=1</script><img src=x onerror="window.ran=1">'
SEVERE = {"serious", "critical"}


class Console:
    """One signed-in tab, and what went wrong in it."""

    def __init__(self, page, url, token):
        self.page, self.url, self.token, self.faults = page, url, token, []
        page.on("console", lambda message: self.faults.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))

    def open(self):
        self.page.goto(f"{self.url}/#token={self.token}")
        expect(self.page.get_by_role("navigation", name="Views")).to_be_visible()
        assert "token" not in self.page.url, "the token stays in the address bar"

    def entry(self, title):
        return self.page.locator(".entry").filter(has_text=title)

    def toast(self, text):
        expect(self.page.locator(".toast")).to_contain_text(text)

    def accessible(self):
        found = Axe().run(self.page).response["violations"]
        severe = [(one["id"], one["impact"], [node["target"] for node in one["nodes"]]) for one in found if one["impact"] in SEVERE]
        assert not severe, f"axe: {severe}"


class Cases:
    def __init__(self, browser, url, tokens):
        self.browser, self.url, self.tokens = browser, url, tokens

    @contextmanager
    def console(self, expected_faults=(), **options):
        context = self.browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        console = Console(context.new_page(), self.url, self.tokens["review"])
        console.page.set_default_timeout(10_000)
        yield console
        faults = [fault for fault in console.faults if not any(word in fault for word in expected_faults)]
        context.close()
        assert not faults, faults

    def store(self, **listing):
        """Scores a listing over the API and stores the result, as a marketplace would."""
        return self.call("POST", "/v1/score?store=true", listing)

    def call(self, method, path, body=None, **headers):
        headers = {"Authorization": f"Bearer {self.tokens['admin']}", "Content-Type": "application/json", **headers}
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data, headers, method=method)) as answer:
            return json.load(answer)

    def case_an_analyst_uploads_watches_decides_and_undoes(self):
        export = "id,title,price,currency,seller_id\n"
        export += "up-1,Rolex Daytona replica watch 1:1,900,USD,upload-shop\nup-2,Gucci Marmont bag mirror quality copy,60,USD,upload-shop\n"
        export += "up-3,A plain linen shirt,25,USD,upload-shop\n,no id,1,USD,x\n"
        with self.console() as console:
            console.open()
            page = console.page
            page.get_by_label("Score an export").set_input_files(
                {"name": "exports.csv", "mimeType": "text/csv", "buffer": export.encode()})
            uploads = page.get_by_label("Uploads")
            expect(uploads).to_contain_text("done")
            expect(uploads).to_contain_text("3 listings scored, 2 red flags, 0 to review, 1 rejected")
            assert uploads.get_by_role("link", name="report.html").get_attribute("href").startswith("http://127.0.0.1:")
            with page.expect_popup() as report:
                uploads.get_by_role("link", name="report.html").click()
            expect(report.value.locator("h1")).to_be_visible()
            report.value.close()
            page.get_by_label("Seller", exact=True).fill("upload-shop")
            page.keyboard.press("Enter")
            expect(page.locator(".entry")).to_have_count(2)
            # Greatest expected harm first: the dearer one.
            expect(page.locator(".entry").first).to_contain_text("Rolex Daytona")
            expect(page.locator("#listing-title")).to_contain_text("Rolex Daytona replica watch 1:1")
            page.locator("#listing-title").focus()
            console.accessible()
            page.keyboard.press("c")
            console.toast("up-1 is confirmed")
            expect(page.locator(".entry")).to_have_count(1)
            expect(page.locator("#listing-title")).to_contain_text("Gucci Marmont")
            page.keyboard.press("r")
            console.toast("up-2 is rejected")
            expect(page.locator(".entry")).to_have_count(0)
            page.keyboard.press("z")
            console.toast("up-2 is taken back")
            page.keyboard.press("z")
            console.toast("up-1 is taken back")
            expect(page.locator(".entry")).to_have_count(2)
            expect(page.locator("#listing-title")).to_contain_text("Rolex Daytona")
        decided = self.call("GET", "/v1/listings/up-1/reviews")["reviews"]
        assert [(one["decision"], one["withdrawn_at"] is not None) for one in decided] == [("confirmed", True)], decided

    def case_an_export_can_be_dropped_on_the_page(self):
        with self.console() as console:
            console.open()
            page = console.page
            transfer = page.evaluate_handle(
                "() => { const data = new DataTransfer();"
                " data.items.add(new File(['id,title\\ndrop-1,Omega Speedmaster 1:1 replica mirror quality\\n'], 'dropped.csv', {type: 'text/csv'}));"
                " return data; }")
            page.dispatch_event(".console", "drop", {"dataTransfer": transfer})
            expect(page.get_by_label("Uploads")).to_contain_text("1 listing scored, 1 red flag, 0 to review")
            expect(console.entry("Omega Speedmaster")).to_be_visible()
            page.get_by_role("button", name="Jobs").click()
            expect(page.get_by_label("Jobs of today")).to_contain_text("dropped.csv")
            console.accessible()

    def case_two_reviewers_decide_at_once(self):
        self.store(listing_id="twice-1", title="Cartier Love bracelet replica", price="300", currency="USD", seller_id="twice-shop")
        with self.console() as first, self.console(expected_faults=["412"]) as second:
            for console in (first, second):
                console.open()
                console.entry("Cartier Love").click()
                expect(console.page.locator("#listing-title")).to_contain_text("Cartier Love")
            first.page.get_by_label("Note").fill("hallmark is wrong")
            first.page.get_by_role("button", name="Confirm").click()
            first.toast("twice-1 is confirmed")
            second.page.get_by_role("button", name="Reject").click()
            alert = second.page.get_by_role("alert")
            expect(alert).to_contain_text("local-review decided 'confirmed'")
            second.accessible()
            alert.get_by_role("button", name="Look again").click()
            expect(second.page.locator(".standing")).to_contain_text("hallmark is wrong")
            second.page.get_by_role("button", name="Reject").click()
            second.toast("twice-1 is rejected")

    def case_what_sellers_write_is_text_and_nothing_else(self):
        self.store(
            listing_id="x/<b>?#%", title=f"Gucci replica {HOSTILE}", description=f"best copy {HOSTILE} \u202e", brand=HOSTILE,
            seller_name=HOSTILE, seller_id="hostile-shop", category=HOSTILE, url="javascript:window.ran=1", price="90", currency="USD")
        with self.console() as console:
            console.open()
            page = console.page
            console.entry("Gucci replica <script>").click()
            expect(page.locator("#listing-title")).to_contain_text(HOSTILE)
            expect(page.locator(".description")).to_contain_text(HOSTILE)
            assert page.locator("article a").count() == 0, "an address that runs is a link"
            page.get_by_label("Note").fill(HOSTILE)
            page.get_by_role("button", name="Unsure").click()
            console.toast("is unsure")
            console.entry("Gucci replica <script>").click()
            expect(page.locator(".standing")).to_contain_text(HOSTILE)
            assert page.evaluate("window.ran") is None, "a seller's text ran"
            assert page.locator("article script, article img, .queue img").count() == 0

    def case_highlights_stand_on_the_right_words(self):
        title = "👜 Hermès 包 复刻 Birkin 🎁"
        reasons = self.store(listing_id="marks-1", title=title, description="支持 验货 ✅ 高仿 Hermès", price="400", currency="CNY",
                             seller_id="marks-shop")["reasons"]
        wanted = {reason["text"] for reason in reasons if reason["field"] in ("title", "description") and reason["end"] > reason["start"]}
        with self.console() as console:
            console.open()
            console.entry("Birkin").click()
            expect(console.page.locator("#listing-title")).to_have_text(title)
            marked = console.page.locator("article mark").all_inner_texts()
            assert wanted and wanted <= set(marked), (wanted, marked)
            reason = console.page.locator(".reasons tbody tr").nth(1)
            reason.hover()
            expect(console.page.locator("mark.shown").first).to_be_visible()
            console.page.keyboard.press("e")
            expect(console.page.locator(".explained")).to_contain_text("it would score")
            console.accessible()

    def case_filters_choose_brand_and_risk(self):
        self.store(listing_id="filter-1", title="Chanel Classic Flap replica", price="200", currency="USD", seller_id="filter-shop")
        self.store(listing_id="filter-2", title="Omega Seamaster replica", price="200", currency="USD", seller_id="filter-shop")
        with self.console() as console:
            console.open()
            page = console.page
            page.keyboard.press("/")
            expect(page.locator("#filter")).to_be_focused()
            page.locator("#filter").select_option("chanel")
            expect(console.entry("Chanel Classic Flap")).to_be_visible()
            expect(console.entry("Omega Seamaster")).to_have_count(0)
            page.get_by_label("Risk from").fill("100")
            page.keyboard.press("Enter")
            expect(page.locator(".empty").first).to_contain_text("Nothing to review")

    def case_a_phone_shows_the_list_then_the_listing(self):
        self.store(listing_id="phone-1", title="Prada Galleria replica", price="150", currency="USD", seller_id="phone-shop")
        with self.console(viewport={"width": 375, "height": 720}, has_touch=True, color_scheme="dark") as console:
            console.open()
            page = console.page
            expect(console.entry("Prada Galleria")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 375, "the page is wider than the phone"
            console.accessible()
            console.entry("Prada Galleria").tap()
            expect(page.locator("#listing-title")).to_be_visible()
            expect(page.locator(".list")).to_be_hidden()
            assert page.evaluate("document.documentElement.scrollWidth") <= 375, "the listing is wider than the phone"
            console.accessible()
            page.get_by_role("button", name="Back").tap()
            expect(console.entry("Prada Galleria")).to_be_visible()

    def case_everything_works_without_a_mouse(self):
        self.store(listing_id="keys-1", title="Fendi Baguette replica", price="120", currency="USD", seller_id="keys-shop")
        with self.console() as console:
            console.open()
            page = console.page
            expect(page.locator("#listing-title")).to_be_visible()
            page.keyboard.press("?")
            expect(page.get_by_role("dialog")).to_contain_text("take the last decision back")
            console.accessible()
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
            seen = set()
            for _ in range(40):
                seen.add(page.locator('.entry[aria-current="true"]').inner_text())
                if "Fendi Baguette" in page.locator('.entry[aria-current="true"]').inner_text():
                    break
                before = page.locator("#listing-title").inner_text()
                page.keyboard.press("j")
                expect(page.locator("#listing-title")).not_to_have_text(before)
            assert any("Fendi Baguette" in text for text in seen), seen
            # What is typed into a field decides nothing.
            page.get_by_label("Note").focus()
            page.keyboard.type("crz")
            expect(page.locator(".toast")).to_have_text("")
            assert page.get_by_label("Note").input_value() == "crz"

    def case_nobody_sees_anything_without_a_token(self):
        with self.console(expected_faults=["401", "403"]) as console:
            page = console.page
            page.goto(self.url)
            expect(page.get_by_label("Token")).to_be_visible()
            console.accessible()
            page.get_by_label("Token").fill("wrong")
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("alert")).to_contain_text("not valid")
            page.get_by_label("Token").fill(self.tokens["score"])
            page.get_by_role("button", name="Sign in").click()
            console.toast("none of the roles review")
            expect(page.locator(".entry")).to_have_count(0)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", required=True)
    arguments.add_argument("--tokens", required=True, help="tokens.json of the served stack")
    arguments.add_argument("--screenshots", help="folder for a picture of each case that fails")
    options = arguments.parse_args()
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with open(options.tokens, encoding="utf-8") as file:
        tokens = json.load(file)
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        cases = Cases(browser, options.url, tokens)
        names = [name for name in vars(Cases) if name.startswith("case_")]
        for name in names:
            begun = time.monotonic()
            try:
                getattr(cases, name)()
                print(f"ok      {name[5:].replace('_', ' ')} ({time.monotonic() - begun:.1f} s)", flush=True)
            except Exception:  # each case is told, whatever it failed of
                failed += 1
                print(f"FAILED  {name[5:].replace('_', ' ')}\n{traceback.format_exc()}", flush=True)
            for context in browser.contexts:
                context.close()
        browser.close()
    print(f"{len(names) - failed} passed, {failed} failed", flush=True)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
