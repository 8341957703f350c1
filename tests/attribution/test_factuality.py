"""Factuality of predicates: a sentence, a word of it, the FactBank value its innermost voice gives it."""

import pytest

from purport.attribution.factuality import mark_factuality
from purport.attribution.factuality_lexicon import embedders
from purport.extract import document_of_text
from purport.model import Attribution, FactualityMark, Reading, Span, Stance
from purport.read.syntax import parse
from purport.settings import Settings

VALUES = [
    # plain and presupposed
    ("Gunmen killed two clerks in Basra.", "killed", "CT+"),
    ("The mayor spoke after the attack on the bus.", "attack", "CT+"),
    ("He condemned the bombing and promised to visit.", "bombing", "CT+"),
    ("The widow wants to know who killed her husband.", "killed", "CT+"),
    ("The raid was not planned by the men who ordered the killing.", "killing", "CT+"),
    ("It is unclear why the sniper fired.", "fired", "CT+"),
    ("The man suspected of the killing has fled.", "killing", "CT+"),
    ("Soldiers went on to burn the village.", "burn", "CT+"),
    ("The rebels managed to capture the fort.", "capture", "CT+"),
    ("The army carried out an air strike near Deir ez-Zor.", "strike", "CT+"),
    # negation
    ("The rebels did not attack the convoy.", "attack", "CT-"),
    ("No one was killed in the village.", "killed", "CT-"),
    ("Troops entered the town without firing a shot.", "firing", "CT-"),
    ("They arrested the leader instead of killing him.", "killing", "CT-"),
    ("The rebels failed to capture the fort.", "capture", "Uu"),
    ("They did not fail to capture the fort.", "capture", "CT+"),
    ("Guards prevented an attack on the embassy.", "attack", "Uu"),
    ("Police foiled a plot to bomb the station.", "bomb", "Uu"),
    ("A truck nearly hit the checkpoint.", "hit", "CT-"),
    ("There was no fighting in the suburb.", "fighting", "CT-"),
    # modals
    ("The hostages may have been killed.", "killed", "PS+"),
    ("The hostages must have been killed by their guards.", "killed", "PR+"),
    ("The hostages may not have been killed.", "killed", "PS-"),
    ("The army will attack the town.", "attack", "Uu"),
    ("The bomb would have killed dozens.", "killed", "Uu"),
    ("The group could attack the town.", "attack", "Uu"),
    ("The men would often raid the farms.", "raid", "CT+"),
    # hedges
    ("The general was allegedly poisoned.", "poisoned", "PS+"),
    ("The convoy was probably ambushed.", "ambushed", "PR+"),
    ("The alleged attack angered the villagers.", "attack", "PS+"),
    ("The apparent execution shocked the town.", "execution", "PR+"),
    ("An alleged Russian strike hit the depot.", "strike", "CT+"),
    ("A suspected militant attack killed two men.", "attack", "CT+"),
    ("The planned militant attack never came.", "attack", "Uu"),
    ("It was reported that the minister had been shot.", "shot", "PS+"),
    ("The colonel is believed to have been killed.", "killed", "PR+"),
    ("He is accused of killing a judge.", "killing", "PS+"),
    # unrealised
    ("They threatened to behead the nurse.", "behead", "Uu"),
    ("Villagers fear a massacre.", "massacre", "Uu"),
    ("The group plans an attack on the port.", "attack", "Uu"),
    ("He tried to assassinate the king.", "assassinate", "Uu"),
    ("The president ordered troops to storm the building.", "storm", "Uu"),
    ("A bomb threat emptied the school.", "bomb", "Uu"),
    ("If the militants attack the dam, the valley will flood.", "attack", "Uu"),
    ("The talks could lead to an offensive.", "offensive", "Uu"),
    ("Did the soldiers shoot the boy?", "shoot", "Uu"),
    ("Troops were sent to capture the hill.", "capture", "Uu"),
    ("Militia to free two hostages", "free", "Uu"),
    ("The court issued a warrant for the arrest of the colonel.", "arrest", "Uu"),
    ("Nurses were trained in case of a chemical attack.", "attack", "Uu"),
    ("The truce is due to begin on Monday.", "truce", "Uu"),
    ("A plot to kidnap the governor was uncovered.", "kidnap", "Uu"),
    ("Iran warned them against attacking the embassy.", "attacking", "Uu"),
    # verbs of the past that look unreal
    ("Rockets could be seen landing in the town.", "landing", "CT+"),
    ("The army must stop shelling the town.", "shelling", "CT+"),
    ("Two clerks are feared to have been killed.", "killed", "PS+"),
    ("The rebels had been expected to attack the town but withdrew.", "withdrew", "CT+"),
    ("The two sides agreed a truce.", "truce", "CT+"),
    ("It is likely that the soldiers were executed.", "executed", "PR+"),
    ("Far from attacking the convoy, they fed it.", "attacking", "CT-"),
    # composition
    ("Officials doubt that the rebels killed him.", "killed", "PS-"),
    ("The group threatened to kill and burn the captives.", "burn", "Uu"),
    ("The soldiers did not enter the house but shot at it.", "shot", "CT+"),
    ("He may have ordered his men to kill the monk.", "kill", "Uu"),
    ("The video appears to show the beheading of a soldier.", "beheading", "PR+"),
]


def marks_of(text: str, attributions: tuple[Attribution, ...] = ()) -> dict[str, FactualityMark]:
    document = document_of_text(text)
    tokens, sentences = parse(document)
    reading = Reading(document, tokens, sentences)
    return {tokens[mark.token].words: mark for mark in mark_factuality(reading, attributions, settings=Settings())}


@pytest.mark.parametrize(("text", "word", "value"), VALUES)
def test_value(text: str, word: str, value: str) -> None:
    assert marks_of(text)[word].value == value


def attribution_over(text: str, content: str, *, source: bool = True, stance: Stance = Stance.SAYS) -> Attribution:
    from purport.model import Source, SourceKind

    start = text.index(content)
    speaker = Source((Span(0, 3),), (Span(0, 3),), None, SourceKind.UNKNOWN, named=False) if source else None
    return Attribution("att-1", speaker, (), (Span(start, start + len(content)),), stance)


@pytest.mark.parametrize(
    ("text", "content", "word", "value"),
    [
        ("They denied that soldiers killed the monk.", "that soldiers killed the monk", "killed", "CT+"),
        ("They claimed that soldiers may have killed the monk.", "that soldiers may have killed the monk", "killed", "PS+"),
        ("They allege that soldiers killed the monk.", "that soldiers killed the monk", "killed", "PS+"),
        ("They threatened to kill the monk.", "to kill the monk", "kill", "Uu"),
        ("They believe that soldiers killed the monk.", "that soldiers killed the monk", "killed", "PR+"),
        ("They did not say that soldiers killed the monk.", "that soldiers killed the monk", "killed", "CT+"),
    ],
)
def test_the_voice_inside_an_attribution_is_its_own(text: str, content: str, word: str, value: str) -> None:
    mark = marks_of(text, (attribution_over(text, content),))[word]
    assert (mark.value, mark.attribution_id) == (value, "att-1")


def test_words_outside_every_content_are_the_outlets() -> None:
    text = "They said that soldiers killed the monk."
    assert marks_of(text, (attribution_over(text, "that soldiers killed the monk"),))["said"].attribution_id is None


@pytest.mark.parametrize(
    ("text", "word", "basis"), [("They failed to capture the fort.", "capture", "failed"), ("He may have died.", "died", "may")]
)
def test_basis_quotes_the_words_that_changed_it(text: str, word: str, basis: str) -> None:
    assert [span.of(text) for span in marks_of(text)[word].basis] == [basis]


def test_scores_follow_values_and_stay_on_the_scale() -> None:
    happened = marks_of("Gunmen killed two clerks yesterday.")["killed"].score
    planned = marks_of("Gunmen want to kill two clerks.")["kill"].score
    assert -3 <= planned < 0 < happened <= 3


def test_empty_text_has_no_marks() -> None:
    assert marks_of("") == {}


def test_time_grows_with_length_only() -> None:
    """A sentence of 4,000 conjuncts is one deep chain; the walk must neither recurse nor go quadratic."""
    text = "Gunmen killed a clerk" + ", burned a shop" * 1300 + "."
    assert len(marks_of(text)) > 0
    assert all(len(mark.basis) <= 8 for mark in mark_factuality(_reading(text), (), settings=Settings()))


def _reading(text: str) -> Reading:
    document = document_of_text(text)
    return Reading(document, *parse(document))


def test_every_effect_of_the_lexicon_is_known() -> None:
    known = {"F", "S", "CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "Uu"}
    assert {effect for embedder in embedders().values() for effect in embedder.effects} <= known
