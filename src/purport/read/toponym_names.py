"""Place names brought to one form: diacritics, hyphens, articles and the many ways of writing one Arabic, Persian or Kurdish name."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ə": "a",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ʿ": "",
        "ʾ": "",
        "ʻ": "",
        "ʼ": "",
    }
    | dict.fromkeys("'’‘`´ʹʽ.,", "")
    | dict.fromkeys("-‐‑–_/()", " ")
)
#: Words written short and long in names: one form.
_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "and": "&"}
#: The Arabic article before sun and moon letters, as newspapers and gazetteers write it.
ARTICLES = frozenset(
    {"al", "el", "ul", "ad", "ed", "adh", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "ath", "az", "ez", "ur"}
)
_ATTACHED = re.compile(r"^(al|el|ash|as|az|ez|ar|ad|an|at)(?=[b-df-hj-np-tv-z]{1,2}[a-z]{3})")
_DIGRAPHS = (("kh", "x"), ("gh", "g"), ("dh", "z"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("zh", "z"), ("ph", "f"), ("dj", "j"))
_CONSONANTS = str.maketrans({"q": "k", "c": "k", "x": "k", "p": "b", "v": "b", "j": "g"})
_VOWELS = str.maketrans({"e": "i", "y": "i", "o": "u", "w": "u"})


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """Lower case without diacritics, apostrophes and full stops; hyphens are spaces; no leading "the". Empty if nothing is left."""
    plain = name.lower()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = plain.translate(_LETTERS).replace("&", " & ").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_WORDS.get(word, word) for word in words) if len(words) > 1 else "".join(words)


@lru_cache(maxsize=100_000)
def skeleton(folded: str) -> str:
    """What is left of a folded name in any transliteration: no article, consonants of one sound together, no doubled letters, vowels only
    in short names. "deir ez zor", "dayr az zawr" and "deir ezzor" give one skeleton."""
    words = [word for word in folded.split() if word not in ARTICLES] or folded.split()
    joined = "".join(_ATTACHED.sub("", word) if len(words) == 1 else word for word in words)
    for pair, single in _DIGRAPHS:
        joined = joined.replace(pair, single)
    joined = _undoubled(joined.translate(_CONSONANTS).translate(_VOWELS))
    joined = re.sub(r"(?<=.)h$|(?<=[aiu])h(?=[^aiu])", "", joined)
    consonants = _undoubled(re.sub("[aiu]", "", joined))
    if len(consonants) >= 4:
        return consonants
    return _undoubled(re.sub(r"(?<=..)[aiu]+$", "", joined))


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)
