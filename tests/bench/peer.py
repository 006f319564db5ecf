"""The same job as Touchstone's, as a competent Python engineer writes it with the usual libraries.

JSON lines in; text normalised (NFKC, case, invisible characters); every name and word of the same policy found in one pass with
pyahocorasick, on word boundaries; words of the title and description hashed by scikit-learn's HashingVectorizer; logistic
regression's decision function as the score; JSON lines with risk and reasons out. Rows are taken in batches, because scikit-learn
is slow on single ones. Touchstone does more for each row (it undoes disguises, applies guards, checks prices and trade item
numbers, compresses what it writes), so the comparison is in Python's favour.

usage: peer.py LISTINGS.jsonl POLICY_FOLDER OUT.jsonl
Prints one JSON object: rows, seconds, rows_per_second. Start, imports, compiling and training do not count.
"""

import json
import statistics
import sys
import time
import tomllib
import unicodedata
from itertools import islice
from pathlib import Path

import ahocorasick
import numpy
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression

BATCH_ROWS = 1_000
TRAINING_ROWS = 2_000
RUNS = 3
FIELDS = ("title", "description", "brand", "seller_name")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"))


def normalise(text):
    return unicodedata.normalize("NFKC", text.translate(INVISIBLE)).casefold()


def words_of(policy):
    """Every name and word of the policy with what it stands for."""
    words = {}
    for path in sorted(policy.glob("brands/*.toml")):
        brand = tomllib.loads(path.read_text("utf-8"))
        for kind in ("aliases", "short", "nicknames", "misspellings", "models"):
            for word in brand.get(kind, ()):
                words.setdefault(normalise(word), ("brand", path.stem))
    for path in sorted(policy.glob("lexicon/*.toml")):
        lexicon = tomllib.loads(path.read_text("utf-8"))
        for section in lexicon.values():
            for entry in section if isinstance(section, list) else ():
                for word in entry.get("words", ()) if isinstance(entry, dict) else ():
                    words.setdefault(normalise(word), (entry.get("signal", "guard"), entry.get("id", "")))
    return words


class Peer:
    def __init__(self, policy):
        self.automaton = ahocorasick.Automaton()
        words = words_of(policy)
        for word, (signal, name) in words.items():
            if word:
                self.automaton.add_word(word, (len(word), signal, name, word))
        self.automaton.make_automaton()
        self.patterns = len(words)
        signals = sorted({signal for signal, _ in words.values()})
        self.columns = {signal: column for column, signal in enumerate(signals)}
        self.vectorizer = HashingVectorizer(n_features=2**18, alternate_sign=False, ngram_range=(1, 1), lowercase=False)
        self.model = LogisticRegression(max_iter=200)

    def hits(self, text):
        found = []
        for last, (length, signal, name, word) in self.automaton.iter(text):
            start, end = last + 1 - length, last + 1
            # Words that are written with spaces end where letters end.
            if word[0].isascii() and start > 0 and text[start - 1].isalnum() and text[start - 1].isascii():
                continue
            if word[-1].isascii() and end < len(text) and text[end].isalnum() and text[end].isascii():
                continue
            found.append((signal, name, start, end))
        return found

    def features(self, listings):
        texts, reasons, dense = [], [], numpy.zeros((len(listings), len(self.columns) + 2))
        for row, listing in enumerate(listings):
            own, text = [], []
            for field in FIELDS:
                value = listing.get(field)
                if value:
                    value = normalise(str(value))
                    text.append(value)
                    for signal, name, start, end in self.hits(value):
                        dense[row, self.columns[signal]] = 1.0
                        own.append((signal, name, field, start, end, value[start:end]))
            price = listing.get("price")
            if isinstance(price, (int, float)):
                dense[row, -1] = numpy.log1p(price)
            dense[row, -2] = len(text)
            texts.append(" ".join(text))
            reasons.append(own)
        return hstack([csr_matrix(dense), self.vectorizer.transform(texts)], format="csr"), reasons

    def train(self, listings):
        """Weak labels: the speed does not depend on what is learned."""
        matrix, reasons = self.features(listings)
        labels = [int(any(reason[0] == "replica_term" for reason in own)) for own in reasons]
        labels[0], labels[1] = 0, 1
        self.model.fit(matrix, labels)

    def score(self, listings):
        matrix, reasons = self.features(listings)
        log_odds = self.model.decision_function(matrix)
        risks = 100.0 / (1.0 + numpy.exp(-log_odds))
        for listing, own, log_odd, risk in zip(listings, reasons, log_odds, risks):
            yield {
                "listing_id": listing["listing_id"],
                "risk": round(float(risk), 1),
                "log_odds": round(float(log_odd), 3),
                "band": "red_flag" if risk >= 80 else "review" if risk >= 40 else "clear",
                "reasons": [
                    {"signal": signal, "rule": name, "field": field, "start": start, "end": end, "text": text}
                    for signal, name, field, start, end, text in own
                ],
            }


def read(lines):
    """Listings; rows without an id or a title are left out, as rejects."""
    for line in lines:
        listing = json.loads(line)
        if listing.get("listing_id") and listing.get("title"):
            yield listing


def run(peer, source, target):
    rows = 0
    begun = time.perf_counter()
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        listings = read(lines)
        while batch := list(islice(listings, BATCH_ROWS)):
            rows += len(batch)
            for result in peer.score(batch):
                out.write(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n")
    return rows, time.perf_counter() - begun


def main():
    source, policy, target = sys.argv[1:]
    peer = Peer(Path(policy))
    with open(source, encoding="utf-8") as lines:
        peer.train(list(islice(read(lines), TRAINING_ROWS)))
    runs = [run(peer, source, target) for _ in range(RUNS)]
    rows = runs[0][0]
    seconds = statistics.median(seconds for _, seconds in runs)
    print(json.dumps({"rows": rows, "seconds": seconds, "rows_per_second": rows / seconds, "patterns": peer.patterns}))


if __name__ == "__main__":
    main()
