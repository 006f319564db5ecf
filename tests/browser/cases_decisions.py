"""Do decisions count once, on what the analyst saw, and can they be taken back?"""

from playwright.sync_api import expect

from desk import accessible, is_open, row, saved, toast


def case_everything_works_without_a_mouse(desk):
    desk.store(
        "keys",
        {"listing_id": "keys-1", "title": "Rolex Daytona replica", "price": "900", "description": "Mirror quality"},
        {"listing_id": "keys-2", "title": "Fendi Baguette replica", "price": "120"},
        {"listing_id": "keys-3", "title": "Gucci Ophidia replica", "price": "60"},
    )
    page = desk.page()
    page.goto(f"{desk.url}/#/?seller=keys")
    page.keyboard.type(desk.tokens["review"])
    page.keyboard.press("Enter")
    is_open(page, "Rolex Daytona")
    page.keyboard.press("j")
    is_open(page, "Fendi Baguette")
    expect(page.locator("#listing-title")).to_be_focused()
    page.keyboard.press("k")
    is_open(page, "Rolex Daytona")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "reason":
            break
    expect(page.locator(".reason:focus")).to_be_visible()
    expect(page.locator(".reasons tr.active")).to_have_count(1)
    page.keyboard.press("n")
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("crz checked")
    expect(page.locator(".toast")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#listing-title")).to_be_focused()
    page.keyboard.press("c")
    toast(page, "Confirmed: keys-1")
    is_open(page, "Fendi Baguette")
    expect(page.locator("#listing-title")).to_be_focused()
    expect(row(page, "Rolex Daytona")).to_have_count(0)
    saved(page)
    (review,) = desk.reviews("keys-1")
    assert (review["decision"], review["note"], review["reviewer"]) == ("confirmed", "crz checked", "local-review"), review
    page.keyboard.press("z")
    toast(page, "Taken back: keys-1")
    is_open(page, "Rolex Daytona")
    expect(page.locator(".rows li").first).to_contain_text("Rolex Daytona")
    expect(page.get_by_label("Note")).to_have_value("crz checked")
    assert desk.listing("keys-1")["review"]["decision"] is None
    page.keyboard.press("u")
    toast(page, "Unsure: keys-1")
    expect(row(page, "Rolex Daytona")).to_contain_text("unsure")
    page.keyboard.press("r")
    toast(page, "Rejected: keys-2")
    is_open(page, "Gucci Ophidia")
    page.keyboard.press("Escape")
    expect(page.locator(".rows a[aria-current]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    is_open(page, "Rolex Daytona")
    page.keyboard.press("z")
    toast(page, "Taken back: keys-2")
    page.keyboard.press("z")
    toast(page, "Taken back: keys-1")
    page.keyboard.press("z")
    toast(page, "no decision of this tab")


def case_the_help_lists_the_keys_and_switches_them_off(desk):
    desk.store("help", {"listing_id": "help-1", "title": "Dior Saddle replica", "price": "150"})
    page = desk.tab(seller="help")
    is_open(page, "Dior Saddle")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("take the last decision back")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    accessible(page)
    page.keyboard.press("c")
    expect(page.locator(".toast")).to_have_count(0)
    dialog.get_by_label("Single keys are on").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("c")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    expect(page.locator(".toast")).to_have_count(0)
    assert desk.reviews("help-1") == []
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Single keys are on").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("c")
    toast(page, "Confirmed: help-1")


def case_a_key_that_is_held_down_or_comes_twice_decides_once(desk):
    desk.store("held", *[{"listing_id": f"held-{n}", "title": f"{brand} belt replica", "price": str(90 - n)}
                         for n, brand in enumerate(["Gucci", "Prada", "Fendi"])])
    page = desk.tab(seller="held")
    is_open(page, "Gucci belt")
    # Twice before the next listing is on the screen.
    page.evaluate("for (let n = 0; n < 2; n += 1) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', bubbles: true }))")
    toast(page, "Confirmed: held-0")
    is_open(page, "Prada belt")
    page.keyboard.down("c")
    for _ in range(5):
        page.keyboard.down("c")  # as the keyboard repeats it
    page.keyboard.up("c")
    toast(page, "Confirmed: held-1")
    is_open(page, "Fendi belt")
    saved(page)
    assert [len(desk.reviews(f"held-{n}")) for n in range(3)] == [1, 1, 0]


def case_two_at_once_and_the_second_sees_why(desk):
    desk.store("two", {"listing_id": "two-1", "title": "Chanel Boy 1:1 replica bag", "price": "250"},
               {"listing_id": "two-2", "title": "Gucci Jackie 1:1 replica bag", "price": "50"})
    desk.expected_faults = ["412"]
    first, second = desk.tab(role="admin", seller="two"), desk.tab(seller="two")
    for page in (first, second):
        is_open(page, "Chanel Boy")
    first.get_by_role("button", name="Confirm").click()
    toast(first, "Confirmed: two-1")
    saved(first)
    second.keyboard.press("n")
    second.keyboard.type("mine")
    second.keyboard.press("Escape")
    second.keyboard.press("r")
    is_open(second, "Gucci Jackie")
    notice = second.locator(".notice")
    expect(notice).to_contain_text("Your decision on two-1 was not saved: rejected")
    expect(notice).to_contain_text("Meanwhile local-admin decided: confirmed")
    expect(second.locator(".toast")).to_have_count(0)
    accessible(second)
    notice.get_by_role("button", name="Look again").click()
    is_open(second, "Chanel Boy")
    expect(second.locator(".standing")).to_contain_text("confirmed by local-admin")
    expect(second.get_by_label("Note")).to_have_value("mine")
    expect(notice).to_have_count(0)
    assert [review["decision"] for review in desk.reviews("two-1")] == ["confirmed"]
    second.keyboard.press("u")
    toast(second, "Unsure: two-1")
    saved(second)
    assert [review["decision"] for review in desk.reviews("two-1")] == ["unsure", "confirmed"]


def case_a_decision_of_others_is_not_taken_back(desk):
    desk.store("others", {"listing_id": "others-1", "title": "Goyard Saint Louis replica", "price": "250"})
    desk.expected_faults = ["403"]
    admin = desk.tab(role="admin", seller="others")
    is_open(admin, "Goyard Saint Louis")
    admin.keyboard.press("c")
    toast(admin, "Confirmed: others-1")
    saved(admin)
    page = desk.tab()
    page.goto(f"{desk.url}/#/listing/others-1")
    is_open(page, "Goyard Saint Louis")
    page.get_by_role("button", name="Take back").click()
    expect(page.locator(".notice")).to_contain_text("was not taken back")
    assert desk.listing("others-1")["review"]["decision"] == "confirmed"


def case_a_decision_that_is_not_heard_is_kept_and_sent_again_once(desk):
    desk.store("lost", {"listing_id": "lost-1", "title": "Givenchy Antigona 1:1 replica bag", "price": "250"},
               {"listing_id": "lost-2", "title": "Burberry Lola 1:1 replica bag", "price": "50"})
    desk.expected_faults = ["ERR_FAILED"]
    page = desk.tab(seller="lost")
    is_open(page, "Givenchy Antigona")
    page.route("**/reviews", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.keyboard.press("c")
    notice = page.locator(".notice")
    expect(notice).to_contain_text("The endpoint cannot be reached")
    expect(row(page, "Givenchy Antigona")).to_be_visible()
    page.unroute("**/reviews")
    notice.get_by_role("button", name="Try again").click()
    expect(row(page, "Givenchy Antigona")).to_have_count(0)
    saved(page)
    assert [review["decision"] for review in desk.reviews("lost-1")] == ["confirmed"]
    page.keyboard.press("z")
    toast(page, "Taken back: lost-1")


def case_a_decision_outlives_the_token_it_was_made_with(desk):
    desk.store("expired", {"listing_id": "expired-1", "title": "Versace Medusa 1:1 replica bag", "price": "250"})
    desk.expected_faults = ["401"]
    page = desk.tab(seller="expired")
    is_open(page, "Versace Medusa")
    page.evaluate("sessionStorage.setItem('touchstone.token', 'review-expired')")
    page.keyboard.press("c")
    page.get_by_label("Access token").fill(desk.tokens["review"])
    page.get_by_role("button", name="Sign in").click()
    notice = page.locator(".notice")
    expect(notice).to_contain_text("Your decision on expired-1 was not saved: confirmed")
    notice.get_by_role("button", name="Try again").click()
    saved(page)
    expect(notice).to_have_count(0)
    assert [review["decision"] for review in desk.reviews("expired-1")] == ["confirmed"]
