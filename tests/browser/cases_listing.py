"""Is one listing shown as it is, with what speaks for and against it, and can nothing in it do harm?"""

from playwright.sync_api import expect

from desk import accessible, is_open, row, toast

HOSTILE = '<script>window.ran=1</script><img src=x onerror="window.ran=1">'


def case_text_of_sellers_stays_text(desk):
    desk.store("hostile", {
        "listing_id": "hostile-1", "title": f"Gucci replica {HOSTILE}", "description": f"1:1 replica {HOSTILE}", "brand": HOSTILE,
        "category": HOSTILE, "seller_name": HOSTILE, "marketplace": HOSTILE, "price": "80", "url": "javascript:window.ran=1",
    }, {
        "listing_id": "hostile-2", "title": "Gucci Dionysus replica", "price": "70", "url": "https://market.example/a?b=<script>",
    })
    page = desk.tab(seller="hostile")
    is_open(page, f"Gucci replica {HOSTILE}")
    expect(row(page, f"Gucci replica {HOSTILE}")).to_contain_text(f"{HOSTILE}")
    expect(page.locator(".description")).to_have_text(f"1:1 replica {HOSTILE}")
    expect(page.locator(".facts")).to_contain_text("javascript:window.ran=1")
    expect(page.locator(".facts a")).to_have_count(0)
    page.get_by_label("Note").fill(HOSTILE)
    page.get_by_role("button", name="Unsure").click()
    toast(page, "Unsure: hostile-1")
    row(page, "Gucci replica <script>").click()
    expect(page.locator(".standing")).to_contain_text(HOSTILE)
    expect(page.locator(".note-text")).to_have_text(HOSTILE)
    assert page.evaluate("window.ran") is None, "text of a seller ran"
    assert page.locator("#console :is(script, img, iframe, object, style)").count() == 0
    accessible(page)
    row(page, "Gucci Dionysus").click()
    is_open(page, "Gucci Dionysus")
    link = page.locator(".facts a")
    expect(link).to_have_text("https://market.example/a?b=<script>")
    assert {"noopener", "noreferrer"} <= set(link.get_attribute("rel").split()), link.get_attribute("rel")


def case_highlights_stand_on_the_right_words(desk):
    title = "👜 Hermès 包 复刻 Birkin 🎁 高\u200b仿"
    description = "支持 验货 ✅👩\u200d💻 一件代发 1:1 Hermès replica e\u0301toupe\n私人订制"
    (result,) = desk.store("marks", {
        "listing_id": "marks-1", "title": title, "description": description, "price": "400", "currency": "CNY",
    })
    page = desk.tab(seller="marks")
    is_open(page, "Birkin")
    texts = {"title": title, "description": description}
    found = 0
    for number, reason in enumerate(result["reasons"]):
        if reason["field"] not in texts or reason["start"] == reason["end"]:
            continue
        found += 1
        words = texts[reason["field"]].encode()[reason["start"]:reason["end"]].decode()
        marks = page.locator(f'mark[data-reasons~="{number}"]')
        shown = "".join(marks.evaluate_all("(all) => all.map((mark) => mark.textContent)"))
        assert shown == words.replace("\u200b", "⟨U+200B⟩"), (shown, reason)
    assert found >= 4, result["reasons"]
    expect(page.locator(".description")).to_contain_text("👩\u200d💻")
    expect(page.locator("#listing-title .unseen")).to_have_attribute("title", "zero width space")
    assert page.locator("#listing-title bdi").get_attribute("lang") == "zh"


def case_a_reason_and_its_words_point_at_each_other(desk):
    (result,) = desk.store("point", {
        "listing_id": "point-1", "title": "Rolex Submariner replica", "description": "Contact us on WhatsApp. Mirror quality, 1:1.",
        "price": "300", "seller_rating": "1.2",
    })
    words = next(number for number, reason in enumerate(result["reasons"]) if reason["field"] == "description" and reason["end"])
    price = next(number for number, reason in enumerate(result["reasons"]) if reason["field"] == "price")
    page = desk.tab(seller="point")
    is_open(page, "Rolex Submariner")
    mark, reason = page.locator(f'mark[data-reasons~="{words}"]').first, page.locator(f"#reason-{words}")
    reason.hover()
    expect(mark).to_have_class("against active")
    page.mouse.move(0, 0)
    expect(mark).to_have_class("against")
    mark.hover()
    expect(page.locator(".reasons tr.active")).to_contain_text(result["reasons"][words]["why"])
    mark.focus()
    page.mouse.move(0, 0)
    reason.focus()
    expect(mark).to_have_class("against active")
    assert f"reason-{words}" in mark.get_attribute("aria-describedby").split()
    page.locator(f"#reason-{price}").focus()
    expect(page.locator(".facts .active")).to_contain_text("300 USD")
    accessible(page)


def case_points_add_up_to_the_risk(desk):
    (result,) = desk.store("sum", {
        "listing_id": "sum-1", "title": "Rolex Submariner replica", "price": "300", "seller_rating": "4.9", "description": "No returns",
    })
    page = desk.tab(seller="sum")
    is_open(page, "Rolex Submariner")
    points = page.locator(".reasons tbody .number").all_inner_texts()
    milli = [round(float(text.replace("\u2212", "-")) * 1000) for text in points]
    assert sum(milli) == round(result["log_odds"] * 1000), (milli, result["log_odds"])
    assert len(milli) == len(result["reasons"]) + 1
    expect(page.locator(".reasons tfoot")).to_contain_text(f"{result['risk']:.1f}")
    bars = page.locator(".reasons .bars rect")
    ends = bars.evaluate_all("(all) => all.map((bar) => [bar.x.baseVal.value, bar.x.baseVal.value + bar.width.baseVal.value])")
    assert all(0 <= start < end <= 101 for start, end in ends), ends


def case_what_would_clear_it_is_tried_out_on_demand(desk):
    desk.store("clear", {"listing_id": "clear-1", "title": "Omega Seamaster replica", "price": "250"})
    page = desk.tab(seller="clear")
    expect(page.locator("#listing-title")).to_contain_text("Omega Seamaster")
    page.keyboard.press("e")  # perhaps before all of it is there
    expect(page.locator(".explain")).to_contain_text("the risk would be")
    expect(page.locator(".changes li").first).to_be_visible()
    expect(page.locator("#explain-title")).to_be_focused()
    accessible(page)


def case_former_scores_and_strange_ids_are_shown(desk):
    strange = "a/b c?%#é驴~"
    for price in ["250", "120"]:
        desk.store("strange", {"listing_id": strange, "title": "Cartier Tank replica", "price": price, "seller_rating": "9"})
    page = desk.tab(seller="strange")
    is_open(page, "Cartier Tank")
    expect(page.locator(".facts")).to_contain_text(strange)
    expect(page.locator(".issues li")).to_have_count(1)
    expect(page.locator(".plain-table tbody tr")).to_have_count(2)
    page.keyboard.press("c")
    toast(page, f"Confirmed: {strange}")
    page.keyboard.press("z")
    toast(page, f"Taken back: {strange}")
    is_open(page, "Cartier Tank")
    page.reload()
    is_open(page, "Cartier Tank")
    expect(page.locator(".reviews li")).to_contain_text("taken back")


def case_a_listing_that_is_not_there_is_told(desk):
    desk.expected_faults = ["404"]
    page = desk.tab()
    page.goto(f"{desk.url}/#/listing/nowhere")
    expect(page.locator(".listing .failure")).to_contain_text("never stored")
    expect(page.get_by_role("button", name="Confirm")).to_be_disabled()
    accessible(page)
