"""Which language a text is in."""

import re
from functools import cache
from typing import Any

from purport.resources import yaml_of

#: Characters of letters shown to the identifier.
SAMPLE = 3000
#: Fewer letters than this say little; then what the page declares counts.
SHORT = 120
#: Probability above which a short text overrules the page's own declaration.
SURE = 0.999
#: Words needed, and the share of function words among them, to know a language by them alone. English news has .38 to .50, French or
#: German text under .08.
FEWEST_WORDS = 40
FUNCTION_WORDS = 0.25

_WORDS = re.compile(r"[^\W\d_]+")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # half a second: only where function words do not tell

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str, *, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language of ``text``; ``declared`` (``en-GB``) decides where the text is too short to tell."""
    words = [word.lower() for word in _WORDS.findall(text[: 3 * SAMPLE])]
    plain = _by_function_words(words)
    if plain:
        return plain
    sample = " ".join(words)[:SAMPLE]
    code, probability = _identifier().classify(sample)
    prior = re.split(r"[-_]", (declared or "").strip().lower())[0]
    if len(sample) < SHORT and probability < SURE and re.fullmatch(r"[a-z]{2}", prior):
        return prior
    return str(code)


def _by_function_words(words: list[str]) -> str | None:
    if len(words) < FEWEST_WORDS:
        return None
    table: dict[str, list[str]] = yaml_of("extract/languages.yaml")["function_words"]
    return next((code for code, known in table.items() if sum(word in known for word in words) > FUNCTION_WORDS * len(words)), None)
