"""A second reader that answers well, badly and with ill will: only exact words of the page come out."""

import json
from itertools import pairwise
from typing import Any

import pytest

from purport.coding.ontology import ontology
from purport.errors import FetchError, SettingsError
from purport.extract import document_of_text
from purport.model import Count, Document, Place, Role, Stance, Time
from purport.second import Client, Endpoint, Suggested, suggest
from purport.second.asking import MOST_BYTES, TRIES, is_loopback
from purport.second.suggesting import LONGEST_PASSAGE, passages
from second_server import Served, completion

TEXT = "Shells hit Gao.\n\nA mine killed two boys near Sirte in May, police said. A mine was found in Gao.\n\nThe army denied it."
EVENT: dict[str, Any] = {
    "type": "bombing",
    "quote": "mine",
    "sentence": "A mine killed two boys near Sirte in May, police said.",
    "source": "police",
    "cue": "said",
    "stance": "says",
    "factuality": "CT+",
    "claims": [
        {"role": "target", "quote": "two boys", "source": "police", "cue": "said", "stance": "says", "factuality": "CT+"},
        {"role": "count", "quote": "two", "kind": "killed", "low": 2, "high": 2, "factuality": "PR+"},
        {"role": "place", "quote": "Sirte"},
        {"role": "time", "quote": "May", "edtf": "2016-05"},
    ],
}


def page(text: str = TEXT) -> Document:
    return document_of_text(text, id="page-1", title=None, published="2016-06-03")


def asked(served: Served, document: Document | None = None) -> Suggested:
    with Client(Endpoint(served.url, "test-model", seconds=5), pause=lambda _: None) as client:
        return suggest(document or page(), client, types=ontology().types)


def test_what_is_said_well_is_suggested(served: Served) -> None:
    served.says(EVENT)
    found = asked(served)
    assert found.dropped == {}
    (suggestion,) = found.suggestions
    assert [span.of(TEXT) for span in suggestion.event.triggers] == ["mine"]
    assert suggestion.event.triggers[0].start == TEXT.index("mine killed")
    by_role = {claim.role: claim for claim in suggestion.claims}
    assert by_role[Role.COUNT].value == Count("killed", 2, 2)
    assert by_role[Role.PLACE].value == Place("Sirte")
    assert by_role[Role.TIME].value == Time("2016-05", "2016-05")
    assert {claim.origin for claim in suggestion.claims} == {"endpoint test-model"}
    assert all(claim.words == claim.spans[0].of(TEXT) for claim in suggestion.claims)
    voices = {voice.id: voice for voice in suggestion.attributions}
    voice = voices[by_role[Role.TARGET].attribution_id or ""]
    assert voice.source is not None
    assert voice.source.spans[0].of(TEXT) == "police"
    assert voice.stance is Stance.SAYS
    assert by_role[Role.PLACE].attribution_id is None


def test_what_is_sent(served: Served) -> None:
    served.says()
    asked(served)
    (question,) = served.asked
    assert question["model"] == "test-model"
    assert question["messages"][1]["content"].endswith(TEXT)
    assert "bombing" in question["messages"][0]["content"]
    assert question["response_format"]["json_schema"]["schema"]["properties"].keys() == {"events"}
    assert served.headers[0]["path"] == "/v1/chat/completions"
    assert "Authorization" not in served.headers[0]


NOT_THERE = "quotes that are not in the page"


@pytest.mark.parametrize(
    ("changed", "dropped"),
    [
        pytest.param({"quote": "land mine"}, {NOT_THERE: 1}, id="a trigger that is not there"),
        pytest.param({"quote": "Mine"}, {NOT_THERE: 1}, id="in other letters"),
        pytest.param({"quote": "min"}, {NOT_THERE: 1}, id="half a word"),
        pytest.param({"type": "genocide"}, {"types that are none": 1}, id="a type that is none"),
        pytest.param({"source": "the governor"}, {"sources that are not in the page": 1}, id="a source that is made up"),
        pytest.param({"cue": "confirmed"}, {"sources that are not in the page": 1}, id="a cue that is made up"),
    ],
)
def test_an_event_that_is_made_up_is_dropped(served: Served, changed: dict[str, str], dropped: dict[str, int]) -> None:
    served.says({**EVENT, **changed})
    assert asked(served) == Suggested((), dropped)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        pytest.param({"role": "target", "quote": "three boys"}, NOT_THERE, id="other words"),
        pytest.param({"role": "place", "quote": "Sirte", "source": "a witness"}, "sources that are not in the page", id="another's word"),
        pytest.param({"role": "count", "quote": "two"}, "counts without a kind or with ends that cross", id="no kind"),
        pytest.param(
            {"role": "count", "quote": "two", "kind": "killed", "low": 3, "high": 2},
            "counts without a kind or with ends that cross",
            id="ends",
        ),
    ],
)
def test_a_claim_that_is_made_up_is_dropped_alone(served: Served, claim: dict[str, Any], reason: str) -> None:
    served.says({**EVENT, "claims": [claim, EVENT["claims"][0]]})
    found = asked(served)
    assert found.dropped == {reason: 1}
    assert [claim.role for claim in found.suggestions[0].claims] == [Role.TYPE, Role.TARGET]


def test_a_sentence_that_is_made_up_does_not_matter(served: Served) -> None:
    served.says({**EVENT, "sentence": "A mine was planted by spies.", "claims": []})
    assert asked(served).suggestions[0].event.triggers[0].start == TEXT.index("mine killed")


def test_a_date_that_is_none_stays_words(served: Served) -> None:
    served.says({**EVENT, "claims": [{"role": "time", "quote": "May", "edtf": "<script>"}]})
    assert asked(served).suggestions[0].claims[1].value == Time("May", None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "I cannot help with that.",
        "{",
        "[]",
        '{"events": "none"}',
        '{"events": [{"type": "bombing"}]}',
        '{"events": [{"type": "bombing", "quote": ""}]}',
        json.dumps({"events": [{**EVENT, "factuality": "certainly"}]}),
        json.dumps({"events": [{**EVENT, "claims": [{"role": "count", "quote": "two", "kind": "killed", "low": -1}]}]}),
        json.dumps({"events": [{**EVENT, "claims": [{"role": "count", "quote": "two", "kind": "killed", "low": 10**30}]}]}),
        json.dumps({"events": [EVENT] * 1000}),
        '{"events": ' + "[" * 5000 + "]" * 5000 + "}",
        json.dumps({"events": [{**EVENT, "quote": "x" * 5000}]}),
    ],
)
def test_an_answer_that_is_not_in_the_form_is_counted(served: Served, words: str) -> None:
    served.says_words(words)
    assert asked(served) == Suggested((), {"answers not in the form": 1})


def test_an_answer_in_a_fence_is_read(served: Served) -> None:
    served.says_words(f"Here it is:\n```json\n{json.dumps({'events': [EVENT]})}\n```")
    assert len(asked(served).suggestions) == 1


def test_the_same_event_twice_is_one(served: Served) -> None:
    served.says(EVENT, EVENT)
    found = asked(served)
    assert (len(found.suggestions), found.dropped) == (1, {"events told twice": 1})


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<html>", id="no JSON"),
        pytest.param(b"{}", id="another form"),
        pytest.param(b'{"choices": []}', id="no choice"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"a": "' + b"x" * MOST_BYTES + b'"}', id="endless"),
    ],
)
def test_a_server_that_is_none_is_told(served: Served, body: bytes) -> None:
    served.replies = lambda question: (200, body)
    with pytest.raises(FetchError, match=r"form of chat completions|does not end"):
        asked(served)


def test_a_redirect_is_not_followed(served: Served) -> None:
    served.replies = lambda question: (307, b"", {"Location": "http://192.0.2.1/"})
    with pytest.raises(FetchError, match="answered 307"):
        asked(served)
    assert len(served.asked) == 1


def test_a_busy_server_is_asked_again(served: Served) -> None:
    served.replies = lambda question: (
        (503, b"busy", {"Retry-After": "1"}) if len(served.asked) < TRIES else (200, completion('{"events": []}'))
    )
    assert asked(served) == Suggested()
    assert len(served.asked) == TRIES
    served.replies = lambda question: (503, b"busy")
    with pytest.raises(FetchError, match="answered 503: busy"):
        asked(served)


def test_a_server_without_schemas_is_asked_without(served: Served) -> None:
    served.replies = lambda question: (400, b"unknown field") if "response_format" in question else (200, completion('{"events": []}'))
    assert asked(served) == Suggested()
    assert ["response_format" in question for question in served.asked] == [True, False]


def test_a_key_goes_into_its_header_only(served: Served) -> None:
    served.says()
    endpoint = Endpoint(served.url, "m", key="hush", seconds=5)
    with Client(endpoint) as client:
        suggest(page(), client, types=ontology().types)
    assert served.headers[0]["Authorization"] == "Bearer hush"
    assert "hush" not in repr(endpoint)


@pytest.mark.parametrize("url", ["http://example.org/v1", "https://10.0.0.1", "http://localhost.example.org", "http://2130706433/"])
def test_texts_stay_here_unless_it_is_meant(url: str) -> None:
    with pytest.raises(SettingsError, match="is not this machine"):
        Endpoint(url, "m")
    assert Endpoint(url, "m", allow_remote=True).url == url


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "127.0.0.1:8080", "http://", "http://user:secret@127.0.0.1/v1"])
def test_no_address_of_an_endpoint(url: str) -> None:
    with pytest.raises(SettingsError, match="no address of an endpoint"):
        Endpoint(url, "m")


@pytest.mark.parametrize(("host", "is_one"), [("127.0.0.1", True), ("::1", True), ("LOCALHOST", True), ("127.0.0.1.example.org", False)])
def test_loopback_by_its_form(host: str, is_one: bool) -> None:
    assert is_loopback(host) == is_one


def test_a_long_page_is_asked_about_in_passages(served: Served) -> None:
    served.says()
    text = "\n\n".join(f"Paragraph {number} " + "says nothing much. " * 40 for number in range(40))
    document = page(text)
    stretches = list(passages(document))
    assert max(map(len, stretches)) <= LONGEST_PASSAGE
    assert all(first.end <= second.start for first, second in pairwise(stretches))
    asked(served, document)
    assert len(served.asked) == len(stretches) > 1
