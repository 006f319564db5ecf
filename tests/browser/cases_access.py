"""Who gets in, and what is said to those who do not?"""

from playwright.sync_api import expect

from desk import accessible, fits, is_open, row

def case_nobody_sees_anything_without_a_token(desk):
    desk.store("door", {"listing_id": "door-1", "title": "Prada Galleria replica", "price": "150"})
    desk.expected_faults = ["401"]
    page = desk.page()
    page.goto(desk.url)
    expect(page.get_by_label("Access token")).to_be_focused()
    accessible(page)
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not accepted")
    page.get_by_label("Access token").fill(desk.tokens["review"])
    page.keyboard.press("Enter")
    expect(page.locator(".rows li").first).to_be_visible()
    assert desk.tokens["review"] not in page.content(), "the token stands in the page"
    page.reload()
    expect(page.locator(".rows li").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Access token")).to_be_visible()
    expect(page.locator(".rows li")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Access token")).to_be_visible()


def case_a_token_without_the_role_is_told_which(desk):
    desk.expected_faults = ["403"]
    page = desk.tab(role="score")
    expect(page.get_by_role("alert").filter(has_text="role")).to_contain_text("does not have the role that this needs: review")
    accessible(page)
    page.get_by_role("link", name="Jobs").click()
    expect(page.get_by_role("heading", name="Score an export")).to_be_visible()
    expect(page.get_by_text("does not have the role")).to_have_count(0)


def case_a_token_that_ends_leads_back_to_the_same_place(desk):
    desk.store("ends", {"listing_id": "ends-1", "title": "Fendi Peekaboo replica bag", "price": "150"})
    desk.expected_faults = ["401"]
    page = desk.tab(seller="ends")
    is_open(page, "Fendi Peekaboo")
    page.evaluate("sessionStorage.setItem('touchstone.token', 'review-expired')")
    page.get_by_role("button", name="Reload").click()
    expect(page.get_by_role("alert")).to_contain_text("not any more")
    page.get_by_label("Access token").fill(desk.tokens["review"])
    page.get_by_role("button", name="Sign in").click()
    is_open(page, "Fendi Peekaboo")


def case_a_busy_endpoint_is_waited_for(desk):
    desk.store("busy", {"listing_id": "busy-1", "title": "Celine Triomphe replica bag", "price": "150"})
    desk.expected_faults = ["503", "429"]
    page = desk.tab()
    answers = iter([503, 429])

    def refuse(route):
        status = next(answers, None)
        if status is None:
            route.continue_()
        else:
            route.fulfill(status=status, headers={"Retry-After": "1"}, json={"code": "storage.unavailable", "detail": "busy"})

    page.route("**/v1/queue?*seller=busy*", refuse)
    page.goto(f"{desk.url}/#/?seller=busy")
    expect(page.locator(".doing")).to_contain_text("busy: trying again in 1 s")
    expect(row(page, "Celine Triomphe")).to_be_visible()
    expect(page.locator(".doing")).to_have_text("")


def case_an_endpoint_out_of_reach_is_told_and_asked_again(desk):
    desk.store("away", {"listing_id": "away-1", "title": "Loewe Puzzle replica bag", "price": "150"})
    desk.expected_faults = ["ERR_FAILED"]
    page = desk.tab()
    page.route("**/v1/queue?*seller=away*", lambda route: route.abort())
    page.goto(f"{desk.url}/#/?seller=away")
    expect(page.locator("section.queue .failure")).to_contain_text("cannot be reached")
    page.unroute("**/v1/queue?*seller=away*")
    page.get_by_role("button", name="Try again").click()
    expect(row(page, "Loewe Puzzle")).to_be_visible()


def case_the_page_itself_holds_nothing_and_runs_nothing_of_others(desk):
    page = desk.page()
    answer = page.goto(desk.url)
    headers = answer.headers
    assert "script-src 'self'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer", headers
    expect(page.get_by_label("Access token")).to_be_visible()
    fits(page)
    desk.expected_faults = ["breach of script-src", "Content Security Policy", "Trusted", "breach of require-trusted-types-for"]
    ran = page.evaluate(
        """() => {
            const script = document.createElement('script');
            try { script.textContent = 'window.ran = 1'; document.body.append(script); } catch {}
            try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.ran = 1">'); } catch {}
            return window.ran;
        }"""
    )
    assert ran is None, "the policy of the page lets foreign script run"
