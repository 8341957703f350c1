"""Event coreference across the pages of ECB+, gold mentions given: CoNLL F of the linker and, on the same files, of the two baselines."""

from collections.abc import Hashable, Mapping
from pathlib import Path

from evaluation.coreference import Score, scores
from evaluation.ecbplus.groups import groups_of
from evaluation.ecbplus.linker import by_lemma, by_model, model, topics_of
from evaluation.ecbplus.mentions import gold_of, page_of
from evaluation.predict import read_jsonl
from purport.settings import Settings

Answer = dict[str, dict[str, float]]


def measure(gold: Path, *, settings: Settings) -> Answer:
    """By method (``linker``, ``lemma_in_groups``, ``lemma_in_topic``): ``conll`` and its parts over all mentions, and
    ``conll_no_singletons`` with clusters of one mention left out of key and response. All pages are scored as one."""
    records = read_jsonl(gold)
    key = gold_of(records)
    pages = [page_of(record, settings=settings) for record in records]
    methods = {
        "linker": by_model(pages, model=model()),
        "lemma_in_groups": by_lemma(pages, groups=groups_of(pages)),
        "lemma_in_topic": by_lemma(pages, groups=topics_of(pages)),
    }
    return {name: figures(key, labels) for name, labels in methods.items()}


def figures(key: Mapping[Hashable, Hashable], response: Mapping[Hashable, Hashable]) -> dict[str, float]:
    """The F of each measure, rounded to four digits."""
    found = {name: part.f if isinstance(part, Score) else part for name, part in scores(key, response).items()}
    alone = scores(key, response, singletons=False)["conll"]
    assert isinstance(alone, float)  # noqa: S101 - what scores promises for this key
    return {name: round(value, 4) for name, value in (found | {"conll_no_singletons": alone}).items()}
