"""``python -m evaluation.incident_baselines GOLD.jsonl``: what simple rules reach on the task ``incidents``, beside the linker.

Each groups pages: by the same stated day and country, by the same stated day and place, and by the likeness of their words (TF-IDF, average
linkage, at the threshold that scores best on these very pages). Figures are the scorer's, all pages and those in English apart.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from evaluation.hiding import hide
from evaluation.predict import read_jsonl
from evaluation.tasks.incidents import Page, incidents_of, main_events, page_of
from purport.incidents.linking import PageLinker
from purport.incidents.profile import Profile, profiles_of
from purport.pipeline import Pipeline
from purport.settings import Settings

Grouping = Mapping[str, list[str]]  #: page → incidents
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
CHARACTERS = 3000  #: of a page whose words are compared


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.incident_baselines", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds the scorers")
    args = parser.parse_args()
    sys.path.append(str(args.shared / "scorers"))
    import score as scorer  # type: ignore[import-not-found]

    records = read_jsonl(args.gold)
    settings = Settings()
    pipeline = Pipeline(settings)
    pages = [page_of(hide(record, task="incidents", folder=args.gold.parent), pipeline=pipeline, settings=settings) for record in records]
    gold = {record["id"]: record["incident_ids"] for record in records}
    print(table(pages, gold=gold, score=scorer.incidents))


def table(pages: list[Page], *, gold: Grouping, score: Callable[..., dict[str, Any]]) -> str:
    """One row a way of grouping."""
    english = {report.document.id for report, _ in pages if not report.document.unread}
    found: dict[str, Grouping] = {
        "every page alone": {page: [page] for page in gold},
        "same day and country": by_keys(pages, lambda p: [(d, c) for d in p.days[:1] for c in p.countries[:1]]),
        "same day and place": by_keys(pages, lambda p: [(d, point[:2]) for d in p.days[:1] for point in (p.points or p.wide_points)[:1]]),
        "words (TF-IDF), best threshold": best_of_words(pages, gold=gold, score=score),
        "linker": {line["id"]: line["incident_ids"] for line in incidents_of(pages, linker=PageLinker())},
    }
    lines = ["| pages grouped by | B³ p | r | f | pairs p | r | f | English: B³ f | pairs f |", "|---|---|---|---|---|---|---|---|---|"]
    for name, grouping in found.items():
        whole, part = (
            scored(grouping, gold=gold, score=score),
            scored(grouping, gold={p: gold[p] for p in gold if p in english}, score=score),
        )
        cells = [*figures(whole["b_cubed"]), *figures(whole["pairwise"]), part["b_cubed"]["f"], part["pairwise"]["f"]]
        lines.append(f"| {name} | {' | '.join(f'{cell or 0:.3f}' for cell in cells)} |")
    return "\n".join(lines)


def figures(told: Mapping[str, float]) -> list[float]:
    return [told["p"], told["r"], told["f"]]


def scored(grouping: Grouping, *, gold: Grouping, score: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """The scorer's answer for these pages."""
    lines = [{"id": page, "incident_ids": grouping.get(page) or [page]} for page in gold]
    return score([{"id": page, "incident_ids": incidents} for page, incidents in gold.items()], lines)


def by_keys(pages: Iterable[Page], keys: Callable[[Profile], list[Any]]) -> Grouping:
    """Pages whose main events share a key; a page without one stays alone."""
    found: dict[str, list[str]] = {}
    for report, sketch in pages:
        main = set(main_events(report))
        members = [p for p in profiles_of(report, sketch=sketch) if p.whole_page or p.id in main]
        found[report.document.id] = sorted({json.dumps(key) for profile in members for key in keys(profile)})
    return found


def best_of_words(pages: list[Page], *, gold: Grouping, score: Callable[..., dict[str, Any]]) -> Grouping:
    """Clusters of like pages at the threshold of the best B³."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    names = [report.document.id for report, _ in pages]
    texts = [f"{report.document.title or ''} {report.document.text[:CHARACTERS]}" for report, _ in pages]
    matrix = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    apart = 1 - (matrix @ matrix.T).toarray()
    found = []
    for threshold in THRESHOLDS:
        clusters = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - threshold)
        grouping = {name: [str(label)] for name, label in zip(names, clusters.fit(apart).labels_, strict=True)}
        found.append((scored(grouping, gold=gold, score=score)["b_cubed"]["f"], grouping))
    return max(found, key=lambda pair: pair[0])[1]


if __name__ == "__main__":
    main()
