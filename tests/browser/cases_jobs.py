"""Does an export get from the analyst's disk to the queue?"""

import re

from playwright.sync_api import expect

from desk import accessible, is_open, row, saved, toast

EXPORT = """id,title,price,currency,seller_id
up-1,Rolex Daytona replica watch 1:1,900,USD,{seller}
up-2,Gucci Marmont bag mirror quality copy,60,USD,{seller}
up-3,A plain linen shirt,25,USD,{seller}
,no id,1,USD,x
"""


def csv(seller, name):
    return {"name": name, "mimeType": "text/csv", "buffer": EXPORT.replace("up-", f"{seller}-").format(seller=seller).encode()}


def case_an_analyst_uploads_watches_decides_and_undoes(desk):
    page = desk.tab(seller="chosen")
    page.get_by_role("link", name="Jobs").click()
    accessible(page)
    page.get_by_label("Choose a file").set_input_files(csv("chosen", "chosen.csv"))
    upload = page.locator(".uploads li")
    expect(upload).to_have_class("done")
    for words in ["2 red flags", "0 to review", "1 clear", "1 rejected", "of 4 rows"]:
        expect(upload).to_contain_text(words)
    expect(page.locator(".job-list li").filter(has_text="chosen.csv")).to_be_visible()
    accessible(page)
    with page.expect_popup() as opened:
        upload.get_by_role("link", name="Report").click()
    expect(opened.value.get_by_role("heading").first).to_contain_text("listings need eyes")
    opened.value.close()
    links = upload.get_by_role("link").evaluate_all("(links) => links.map((link) => link.href)")
    assert [page.request.get(link).status for link in links] == [200] * 4
    toast(page, "chosen.csv: 3 scored, 2 red flags, 0 to review.")
    page.get_by_role("button", name="Show the queue").click()
    is_open(page, "Rolex Daytona")
    page.keyboard.press("c")
    toast(page, "Confirmed: chosen-1")
    is_open(page, "Gucci Marmont")
    saved(page)
    assert desk.listing("chosen-1")["review"]["decision"] == "confirmed"
    page.get_by_role("button", name=re.compile("Undo")).click()
    toast(page, "Taken back: chosen-1")
    is_open(page, "Rolex Daytona")
    review = desk.listing("chosen-1")["review"]
    assert (review["decision"], review["version"]) == (None, 2), review
    expect(row(page, "Gucci Marmont")).to_be_visible()


def case_a_file_is_dropped_anywhere(desk):
    page = desk.tab(seller="dropped")
    expect(page.locator("section.queue")).to_contain_text("Nothing in the queue")
    files = page.evaluate_handle(
        """([name, text]) => {
            const data = new DataTransfer();
            data.items.add(new File([text], name, { type: 'text/csv' }));
            return data;
        }""",
        ["dropped.csv", EXPORT.replace("up-", "dropped-").format(seller="dropped")],
    )
    page.dispatch_event("#main", "dragenter", {"dataTransfer": files})
    expect(page.get_by_text("Drop to score this export")).to_be_visible()
    page.dispatch_event("#main", "drop", {"dataTransfer": files})
    expect(page.get_by_text("Drop to score this export")).to_have_count(0)
    expect(page.locator(".uploads .done")).to_contain_text("2 red flags")
    page.get_by_role("link", name="Queue").click()
    is_open(page, "Rolex Daytona")


def case_a_file_that_is_no_export_says_why(desk):
    desk.expected_faults = ["422"]
    page = desk.tab()
    page.get_by_role("link", name="Jobs").click()
    picture = b"\x89PNG\r\n\x1a\n" + bytes(200)
    page.get_by_label("Choose a file").set_input_files([
        {"name": "picture.csv", "mimeType": "image/png", "buffer": picture},
        {"name": "<img src=x onerror=alert(1)>.csv", "mimeType": "text/csv", "buffer": b""},
    ])
    expect(page.locator(".uploads .failed")).to_have_count(2)
    empty = page.locator(".uploads li").filter(has_text="<img src=x onerror=alert(1)>.csv")
    expect(empty.locator(".problem")).to_contain_text("bytes")
    picture = page.locator(".uploads li").filter(has_text="picture.csv")
    expect(picture.locator(".problem")).to_contain_text("failed")
    accessible(page)


def case_an_upload_that_breaks_off_is_told_and_one_can_be_cancelled(desk):
    desk.expected_faults = ["ERR_FAILED"]
    page = desk.tab()
    page.get_by_role("link", name="Jobs").click()
    held = []
    page.route("**/exports/api/**", lambda route: route.abort() if "broken" in route.request.url else held.append(route))
    page.get_by_label("Choose a file").set_input_files([csv("broken", "broken.csv"), csv("slow", "slow.csv")])
    expect(page.locator(".uploads .failed .problem")).to_contain_text("broke off")
    slow = page.locator(".uploads li").filter(has_text="slow.csv")
    expect(slow.get_by_role("progressbar")).to_be_visible()
    expect(slow).to_contain_text("uploading")
    accessible(page)
    slow.get_by_role("button", name="Cancel").click()
    expect(slow).to_contain_text("cancelled")
