"""What would simpler means reach on the same rows and folds: a word list, a price floor, words learned, trees learned?"""

import csv
import hashlib
import math
import re
import tomllib
from pathlib import Path

import numpy
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

# Log of floor over price for a listing that has no price, or no brand that the table knows: somewhat above its floor.
UNKNOWN_UNDERCUT = -0.5

# The word list that a marketplace would write down in an afternoon.
REPLICA_WORDS = (
    "replica", "replicas", "rep", "reps", "1:1", "AAA", "mirror quality", "super clone", "clone", "first copy", "master copy",
    "high copy", "top quality", "premium quality", "batch", "unauthorized authentic", "super fake", "like auth", "siêu cấp", "hàng rep",
    "A kalite", "calidad espejo", "primeira linha", "réplica", "imitación", "копия", "реплика", "高仿", "复刻", "原单", "A货",
    "スーパーコピー", "เกรดมิลเลอร์", "ماستر كوبي",
)  # fmt: skip


def table(path):
    """The rows of a CSV table."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(listing):
    """Title, brand and description in one."""
    return " ".join(str(listing.get(field, "")) for field in ("title", "brand", "description"))


def word(text):
    """A pattern for a word that stands by itself where its script puts spaces between words."""
    left, right = (r"\b" if edge.isalnum() and ord(edge) < 0x0E00 else "" for edge in (text[0], text[-1]))
    return left + re.escape(text) + right


def replica_words():
    """One pattern of the replica words."""
    return re.compile("|".join(word(each) for each in REPLICA_WORDS), re.IGNORECASE)


class Prices:
    """Rough brand floors of `brands.csv`, and the policy's exchange rates."""

    def __init__(self, refs, currencies):
        self.per_usd = {code: float(rate) for code, rate in tomllib.loads(currencies.read_text("utf-8"))["per_usd"].items()}
        self.floors = {}
        for row in table(refs / "brands.csv"):
            for name in [row["brand"], *row["aliases"].split("|"), *row["slang_or_code"].split("|")]:
                if name.strip():
                    self.floors.setdefault(name.strip().casefold(), float(row["approx_new_floor_usd"]))
        longest_first = sorted(self.floors, key=lambda name: (-len(name), name))
        self.names = re.compile("|".join(word(name) for name in longest_first), re.IGNORECASE)

    def floor(self, listing):
        """The lowest price of new goods of the brand in the brand field or, without one, in the title."""
        for field in ("brand", "title"):
            if found := self.names.search(str(listing.get(field, "")).casefold()):
                return self.floors[found[0]]
        return None

    def price(self, listing):
        """The price in US dollars."""
        rate = self.per_usd.get(listing.get("currency"))
        try:
            price = float(listing["price"]) / rate if rate and "price" in listing else None
        except ValueError:
            return None
        return price if price and price > 0 else None

    def undercut(self, listing):
        """Log of floor over price: above 0 the price is under the floor."""
        floor, price = self.floor(listing), self.price(listing)
        return math.log(floor / price) if floor and price else UNKNOWN_UNDERCUT


def simple_features(listings, words, prices):
    """What a quick trial would feed to trees."""
    rows = []
    for listing in listings:
        text, price, floor = text_of(listing), prices.price(listing), prices.floor(listing)
        title = str(listing["title"])
        rows.append([
            math.log(price) if price else math.nan,
            math.log(floor / price) if floor and price else math.nan,
            math.log(floor) if floor else math.nan,
            floor is not None,
            "brand" in listing,
            len(words.findall(text)),
            len(title),
            len(title.split()),
            len(str(listing.get("description", ""))),
            sum(letter.isdigit() for letter in title),
            sum(not letter.isascii() for letter in title),
            bool(re.search(r"\bfor\b|compatible|case|cover", text, re.IGNORECASE)),
            bool(re.search(r"\bused\b|vintage|pre-?owned|second", text, re.IGNORECASE)),
        ])  # fmt: skip
    return numpy.array(rows, dtype=float)


def can_hold_out(data):
    """Are there rows of both labels left, whichever repository is held out?"""
    names = set(data.repositories.tolist())
    return all(len(set(data.labels[data.repositories != name].tolist())) == 2 for name in names)


def held_out(model, features, data):
    """The probability of each row by a model that saw nothing of its repository, as the policy's own training is measured."""
    probabilities = numpy.zeros(len(data))
    for name in sorted(set(data.repositories.tolist())):
        test = data.repositories == name
        model.fit(features[~test], data.labels[~test])
        probabilities[test] = model.predict_proba(features[test])[:, 1]
    return probabilities


def word_list(data):
    """1 for a listing with a replica word."""
    words = replica_words()
    return numpy.array([bool(words.search(text_of(listing))) for listing in data.listings], dtype=float)


def price_floor(data, refs, currencies):
    """How far the price is under the brand's floor."""
    prices = Prices(refs, currencies)
    return numpy.array([prices.undercut(listing) for listing in data.listings])


def words_learned(data, seed):
    """TF-IDF of words and pairs of words with logistic regression."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(max_iter=1000, random_state=seed),
    )
    return held_out(model, numpy.array([text_of(listing) for listing in data.listings], dtype=object), data)


def trees_learned(data, refs, currencies, seed):
    """Gradient-boosted trees on simple features."""
    features = simple_features(data.listings, replica_words(), Prices(refs, currencies))
    return held_out(HistGradientBoostingClassifier(random_state=seed), features, data)


def remembered(folder, inputs, compute):
    """What `compute` gave for the same inputs (bytes) in an earlier run, or gives now: the baselines do not change with the policy."""
    name = hashlib.sha256(Path(__file__).read_bytes() + b"".join(inputs)).hexdigest()[:16]
    path = folder / f"baseline-{name}.npy"
    if path.is_file():
        return numpy.load(path)
    result = compute()
    numpy.save(path, result)
    return result
