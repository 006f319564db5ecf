"""Makes the lists of ordinary words beside this file. Run once in years; see README.md for what it needs and where the words come from.

    python make.py DICTIONARIES

DICTIONARIES is a folder with one Hunspell dictionary a language, as the npm packages `dictionary-en` and so on hold them:
`en/index.dic` and `en/index.aff`. They only decide which words of the frequency list are words and not names.
"""

import sys
import unicodedata
from pathlib import Path

import jieba.posseg
import ipadic
import MeCab
from spylls.hunspell import Dictionary
from wordfreq import top_n_list

# Words kept for each language. Scripts without spaces get more: there a policy's word is also looked for inside longer ones.
KEPT = {"ar": 4000, "de": 4000, "en": 6000, "es": 4000, "fr": 4000, "id": 4000, "it": 4000, "ja": 9000, "ko": 5000,
        "pt": 4000, "ru": 5000, "tr": 4000, "vi": 2000, "zh": 12000}
SCRIPTS = {"ar": ("ARABIC",), "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": ("HANGUL",), "ru": ("CYRILLIC",), "zh": ("CJK",)}
HUNSPELL = ["de", "en", "es", "fr", "it", "pt", "ru", "tr", "vi"]
# Parts of speech of jieba that are names: of people, places, organisations, and other ones.
CHINESE_NAMES = {"nr", "nrt", "nrfg", "ns", "nt", "nz"}


def is_written_in(word, scripts):
    """Letters of these scripts only; digits and signs are no words."""
    names = [unicodedata.name(c, "") for c in word]
    return all(name.startswith(scripts) for name in names) and all(c.isalpha() or c == "ー" for c in word)


def main(folder):
    hunspell = {language: Dictionary.from_files(str(Path(folder) / language / "index")) for language in HUNSPELL}
    tagger = MeCab.Tagger(ipadic.MECAB_ARGS)

    def is_name(word):
        """Known to English with a capital letter only."""
        return not hunspell["en"].lookup(word) and hunspell["en"].lookup(word.capitalize())

    def keeps(language, word):
        if len(word) < 2 or not is_written_in(word, SCRIPTS.get(language, ("LATIN",))):
            return False
        if language == "zh":
            return jieba.posseg.lcut(word)[0].flag not in CHINESE_NAMES
        if language == "ja":
            return "固有名詞" not in tagger.parse(word).split("\n")[0]
        if language == "de":  # nouns have a capital letter there, and so do names
            return hunspell["de"].lookup(word) or (hunspell["de"].lookup(word.capitalize()) and not is_name(word))
        if language in HUNSPELL:
            return hunspell[language].lookup(word)
        return language != "id" or not is_name(word)

    for language, kept in KEPT.items():
        words = []
        for word in top_n_list(language, 40 * 1000):
            if keeps(language, word):
                words.append(word)
                if len(words) == kept:
                    break
        Path(__file__).with_name(f"{language}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(language, len(words))


if __name__ == "__main__":
    main(*sys.argv[1:])
