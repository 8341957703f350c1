"""Sketches in other languages. All sentences, people and happenings are invented; places are real."""

import time

import pytest

from purport.model import Document
from purport.settings import Settings
from purport.sketch import sketch_of
from purport.sketch.lexicon import languages, lexicon

CASES = [
    ("ru", "Вчера при обстреле Харькова погибли три человека, ещё 5 человек ранены", "Kharkiv", ("killed", 3), "2023-06-14", "shelling"),
    ("uk", "12 червня внаслідок вибуху в Одесі загинули двоє людей", "Odesa", ("killed", 2), "2023-06-12", "bombing"),
    ("he", "אתמול נהרגו שלושה אנשים בפיצוץ בחיפה", "Haifa", ("killed", 3), "2023-06-14", "bombing"),
    ("tr", "Dün Halep'te düzenlenen bombalı saldırıda 4 sivil öldü", "Aleppo", ("killed", 4), "2023-06-14", "bombing"),
    (
        "fr",
        "Cinq personnes ont été tuées lundi dans un raid aérien sur Bagdad",
        "Baghdad",
        ("killed", 5),
        "2023-06-12",
        "air_strike",
    ),
    (
        "de",
        "Luftangriff auf Aleppo: Am 3. Mai 2023 wurden sechs Menschen getötet",
        "Aleppo",
        ("killed", 6),
        "2023-05-03",
        "air_strike",
    ),
    ("es", "Una explosión en Damasco dejó ayer siete personas muertas", "Damascus", ("killed", 7), "2023-06-14", "bombing"),
    ("en", "Shelling of Idlib on 3 May 2023 killed four civilians and wounded 2 others", "Idlib", ("killed", 4), "2023-05-03", "shelling"),
    ("ar", "مقتل أربعة مدنيين بقصف على إدلب في 3 أيار 2023", "Idlib", ("killed", 4), "2023-05-03", "shelling"),
]


@pytest.mark.parametrize(("language", "text", "place", "toll", "day", "code"), CASES, ids=[case[0] for case in CASES])
def test_a_sentence(language: str, text: str, place: str, toll: tuple[str, int], day: str, code: str) -> None:
    found = sketch_of(Document("d", "c", text, published="2023-06-15", language=language), settings=Settings())
    assert place in [p.name for p in found.places]
    assert toll in [(q.unit, q.low) for q in found.quantities]
    assert day in [t.edtf for t in found.times]
    assert code in [w.type for w in found.type_words]


def test_every_lexicon_is_tried() -> None:
    assert {case[0] for case in CASES} == languages()


@pytest.mark.parametrize("language", sorted(languages()))
def test_every_lexicon_loads_and_spans_are_inside(language: str) -> None:
    text = next(case[1] for case in CASES if case[0] == language) * 3
    found = sketch_of(Document("d", "c", text, language=language), settings=Settings())
    spans = [x.span for part in (found.places, found.times, found.quantities, found.type_words) for x in part]
    assert spans and all(0 <= s.start < s.end <= len(text) for s in [*spans, *found.names])
    assert len(lexicon(language).function_words) > 5


@pytest.mark.parametrize(
    ("language", "piece"), [("ar", "3 آذار 2021 "), ("ar", "مقتل 3 مدنيين و"), ("ru", "ами"), ("ar", "و"), ("en", "a b ")]
)
def test_a_long_text_takes_time_in_proportion(language: str, piece: str) -> None:
    took = []
    for size in (20_000, 160_000):
        started = time.process_time()
        sketch_of(Document("d", "c", piece * (size // len(piece)), language=language), settings=Settings())
        took.append(time.process_time() - started)
    assert took[1] < 40 * max(took[0], 0.02)
