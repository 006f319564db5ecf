#!/usr/bin/env python3
"""Writes the same thirty listings in every form an export comes in.

The files beside this script are what it wrote; they are committed, so that the parsers are tested against writers they do
not share a line with. Run it again after a change of the listings:  python3 tests/golden/make.py
"""

import csv
import gzip
import io
import json
import pathlib
import subprocess
import xml.sax.saxutils as sax

HERE = pathlib.Path(__file__).parent
COLUMNS = [
    "listing_id", "title", "description", "brand", "category", "price", "currency", "seller_id", "seller_name",
    "seller_rating", "seller_created_at", "ship_from", "marketplace", "url", "image_urls", "gtin", "created_at",
]
CHINESE = {
    "listing_id": "商品ID", "title": "商品标题", "description": "商品描述", "brand": "品牌", "category": "类目",
    "price": "价格", "currency": "货币", "seller_id": "卖家ID", "seller_name": "店铺名称", "seller_rating": "卖家评分",
    "ship_from": "发货国家", "url": "商品链接", "image_urls": "图片", "gtin": "条形码",
}
# What a Google Merchant feed calls them; the rest go by their own name.
GOOGLE = {
    "listing_id": "g:id", "title": "g:title", "description": "g:description", "brand": "g:brand",
    "category": "g:product_type", "url": "g:link", "gtin": "g:gtin",
}


def text(value):
    if isinstance(value, list):
        return "|".join(value)
    return "" if value is None else str(value)


def table(rows, names, **dialect):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", **dialect)
    writer.writerow(names.values())
    writer.writerows([text(row.get(column)) for column in names] for row in rows)
    return out.getvalue()


def feed(rows):
    items = []
    for row in rows:
        tags = [(GOOGLE[column], text(row[column])) for column in GOOGLE if row.get(column)]
        if row.get("price"):
            tags.append(("g:price", f"{row['price']} {row.get('currency', '')}".strip()))
        for number, address in enumerate(row.get("image_urls") or []):
            tags.append(("g:image_link" if number == 0 else "g:additional_image_link", address))
        items.append("".join(f"<{name}>{sax.escape(value)}</{name}>" for name, value in tags))
    body = "\n".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
        f"<title>Golden</title>\n{body}\n</channel></rss>\n"
    )


def write(name, content, encoding="utf-8"):
    data = content if isinstance(content, bytes) else content.encode(encoding)
    (HERE / name).write_bytes(data)


def zstd(data):
    return subprocess.run(["zstd", "-q", "-19", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout


def main():
    source = (HERE / "listings.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in source.splitlines()]
    plain = {column: column for column in COLUMNS}
    comma = table(rows, plain)
    write("comma.csv", comma)
    write("semicolon.csv", table(rows, plain, delimiter=";"))
    write("bom.csv", comma, "utf-8-sig")
    write("tabs.tsv", table(rows, plain, delimiter="\t"))
    write("array.json", json.dumps(rows, ensure_ascii=False, indent=1))
    write("escaped.json", json.dumps(rows, ensure_ascii=True))
    write("comma.csv.gz", gzip.compress(comma.encode(), mtime=0))
    write("comma.csv.zst", zstd(comma.encode()))
    write("listings.jsonl.gz", gzip.compress(source.encode(), mtime=0))
    write("listings.jsonl.zst", zstd(source.encode()))
    write("utf-16.csv", comma, "utf-16")
    write("utf-16be.tsv", "\ufeff" + table(rows, plain, delimiter="\t"), "utf-16-be")
    write("gb18030.csv", comma, "gb18030")
    latin = [row for row in rows if encodes(row, "cp1252")]
    write("windows-1252.csv", table(latin, plain), "cp1252")
    lean = [row for row in rows if not (set(row) & {"seller_created_at", "marketplace", "created_at"})]
    write("chinese-headers.csv", table(lean, CHINESE), "gb18030")
    goods = [row for row in rows if set(row) <= {*GOOGLE, "price", "currency", "image_urls"}]
    # Space around the text of an element is layout in XML, and part of the text everywhere else.
    goods = [row for row in goods if row["title"] == row["title"].strip()]
    write("merchant.xml", feed(goods))
    print(f"{len(rows)} listings, {len(latin)} in Windows-1252, {len(lean)} under Chinese headers, {len(goods)} in the feed")


def encodes(row, encoding):
    try:
        table([row], {column: column for column in COLUMNS}).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
