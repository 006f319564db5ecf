"""Does the queue show the right listings in the right order, at every width?"""

from playwright.sync_api import expect

from desk import accessible, fits, is_open, row, saved, toast

BAGS = ["Birkin 30", "Kelly 28", "Constance 24", "Evelyne 29", "Picotin 18", "Lindy 26", "Herbag 31", "Garden Party 36"]
COLOURS = ["black", "gold", "etoupe", "rouge"]


def case_the_riskiest_stands_first_and_is_open(desk):
    desk.store(
        "order",
        {"listing_id": "order-1", "title": "Gucci Marmont replica bag", "price": "60"},
        {"listing_id": "order-2", "title": "Rolex Daytona 1:1 replica watch", "price": "900", "seller_name": "Maple & Co"},
        {"listing_id": "order-3", "title": "A plain linen shirt", "price": "25"},
    )
    page = desk.tab(seller="order")
    expect(page.locator(".rows li")).to_have_count(2)
    first = page.locator(".rows li").first
    for words in ["Rolex Daytona", "red flag", "900 USD", "Maple & Co", "$"]:
        expect(first).to_contain_text(words)
    is_open(page, "Rolex Daytona")
    expect(page.locator(".rows a[aria-current]")).to_contain_text("Rolex Daytona")
    expect(page.locator("section.queue")).to_contain_text("That is the whole queue")


def case_filters_choose_brand_and_risk_and_stay(desk):
    desk.store(
        "filter",
        {"listing_id": "filter-1", "title": "Chanel Classic Flap replica", "price": "200"},
        {"listing_id": "filter-2", "title": "Omega Seamaster replica", "price": "200"},
    )
    page = desk.tab(seller="filter")
    expect(page.locator(".rows li")).to_have_count(2)
    page.keyboard.press("/")
    brand = page.get_by_role("combobox", name="Brand")
    expect(brand).to_be_focused()
    brand.select_option("Chanel")
    expect(row(page, "Chanel Classic Flap")).to_be_visible()
    expect(row(page, "Omega Seamaster")).to_have_count(0)
    page.reload()
    expect(row(page, "Chanel Classic Flap")).to_be_visible()
    expect(row(page, "Omega Seamaster")).to_have_count(0)
    page.get_by_label("Risk from").fill("100")
    page.keyboard.press("Enter")
    expect(page.locator("section.queue")).to_contain_text("Nothing in the queue fits the filters")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".rows li").nth(2)).to_be_visible()
    page.get_by_label("Seller id").fill("filter")
    page.keyboard.press("Enter")
    expect(page.locator(".rows li")).to_have_count(2)
    is_open(page, "replica")
    page.get_by_label("Seller id").fill("")
    page.keyboard.press("Enter")
    expect(page.locator(".rows li").nth(2)).to_be_visible()


def case_one_seller_is_a_click_away(desk):
    desk.store("click", {"listing_id": "click-1", "title": "Balenciaga Triple S replica", "price": "90"})
    page = desk.tab()
    page.goto(f"{desk.url}/#/listing/click-1")
    is_open(page, "Balenciaga Triple S")
    page.get_by_role("button", name="only this seller").click()
    expect(page.get_by_label("Seller id")).to_have_value("click")
    expect(page.locator(".rows li")).to_have_count(1)


def case_more_is_loaded_by_button_and_before_it_is_needed(desk):
    many = [{"listing_id": f"many-{n}-{m}", "title": f"Hermès {bag} replica handbag {colour} {n * 7 + m * 131}", "price": str(500 + 10 * n + m)}
            for n, bag in enumerate(BAGS) for m, colour in enumerate(COLOURS)]
    brands = ["Gucci", "Prada", "Fendi", "Dior", "Celine", "Loewe", "Goyard", "Chanel", "Burberry", "Givenchy"]
    kinds = ["wallet", "belt", "scarf", "sunglasses"]
    many += [{"listing_id": f"more-{n}-{m}", "title": f"{brand} {kind} replica", "price": str(100 + n + 11 * m)}
             for n, brand in enumerate(brands) for m, kind in enumerate(kinds)]
    desk.store("many", *many)
    page = desk.tab(seller="many")
    rows = page.locator(".rows li")
    more = page.get_by_role("button", name="Load more")
    expect(more).to_be_visible()
    before = rows.count()
    more.click()
    expect(rows.nth(before)).to_be_visible()
    page.reload()
    expect(rows.first).to_be_visible()
    expect(page.locator("article.listing")).to_have_attribute("aria-busy", "false")
    for _ in range(before + 2):
        page.keyboard.press("j")
    expect(page.locator(".rows li:nth-child(n) a[aria-current]")).to_have_count(1)
    expect(rows.nth(before)).to_be_visible()
    shown = page.locator(".rows a").evaluate_all("(rows) => rows.map((row) => row.href)")
    assert len(shown) == len(set(shown)), "a listing stands in the queue twice"


def case_a_group_is_one_row_and_is_gone_through_one_by_one(desk):
    title = "Moncler Maya down jacket navy 1:1 replica"
    desk.store("group", *[{"listing_id": f"group-{n}", "title": title, "price": str(300 - n)} for n in range(3)])
    page = desk.tab(seller="group")
    expect(page.locator(".rows li")).to_have_count(1)
    expect(page.locator(".rows li")).to_contain_text("+2 similar")
    is_open(page, title)
    expect(page.locator(".similar-list li")).to_have_count(2)
    page.keyboard.press("c")
    toast(page, "Confirmed: group-0")
    expect(page.locator(".rows li")).to_contain_text("+1 similar")
    expect(page.locator(".facts")).to_contain_text("group-1")
    page.keyboard.press("z")
    toast(page, "Taken back: group-0")
    expect(page.locator(".rows li")).to_contain_text("+2 similar")
    expect(page.locator(".facts")).to_contain_text("group-0")
    for n in range(3):
        is_open(page, title)
        expect(page.locator(".facts")).to_contain_text(f"group-{n}")
        page.keyboard.press("r")
        toast(page, f"Rejected: group-{n}")
    expect(page.locator(".rows li")).to_have_count(0)
    saved(page)
    page.get_by_role("button", name="Reload").click()
    expect(page.locator("section.queue")).to_contain_text("Nothing in the queue fits the filters")


def case_a_phone_shows_the_list_then_the_listing(desk):
    desk.store(
        "phone",
        {"listing_id": "phone-1", "title": "Prada Galleria replica", "price": "150", "description": "https://" + "x" * 200},
        {"listing_id": "phone-2", "title": "Gucci Dionysus replica " + "W" * 120, "price": "100"},
    )
    page = desk.tab(seller="phone", viewport={"width": 375, "height": 720}, has_touch=True, color_scheme="dark")
    expect(row(page, "Prada Galleria")).to_be_visible()
    expect(page.locator("article.listing")).to_have_count(0)
    fits(page)
    accessible(page)
    row(page, "Prada Galleria").tap()
    is_open(page, "Prada Galleria")
    expect(page.locator("section.queue")).to_have_count(0)
    expect(page.locator("#listing-title")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Confirm")).to_be_in_viewport()
    fits(page)
    accessible(page)
    page.get_by_role("button", name="Unsure").tap()
    is_open(page, "Gucci Dionysus")
    fits(page)
    page.go_back()
    expect(row(page, "Prada Galleria")).to_contain_text("unsure")
    row(page, "Gucci Dionysus").tap()
    page.get_by_role("link", name="Back to the queue").tap()
    expect(row(page, "Prada Galleria")).to_be_visible()
    page.get_by_role("link", name="Jobs").tap()
    expect(page.get_by_role("heading", name="Score an export")).to_be_visible()
    fits(page)
    accessible(page)
