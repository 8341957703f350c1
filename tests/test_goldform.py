"""A report in the form of the gold."""

from invented_reports import TEXT, bomb_page
from purport.goldform import gold_record


def words(pair: list[int]) -> str:
    return TEXT[pair[0] : pair[1]]


def test_an_event_with_roles_counts_and_chains() -> None:
    event, threat = gold_record(bomb_page()[1])["events"]
    assert [words(pair) for pair in event["triggers"]] == ["car bomb"]
    assert (event["type"], event["reality"], event["voice"], event["disputed"]) == ("bombing", "actual", "sources", False)
    roles = {(role["role"], words(role["span"])): role for role in event["roles"]}
    assert set(roles) == {
        ("perpetrator", "The Islamic State"),
        ("target", "Farid Haddouli"),
        ("place", "Aleppo"),
        ("time", "3 March 2015"),
    }
    assert roles["place", "Aleppo"]["country"] == "SY"
    assert roles["time", "3 March 2015"]["edtf"] == "2015-03-03"
    (count,) = event["counts"]
    assert (count["kind"], count["low"], count["high"], words(count["span"])) == ("killed", 12, None, "at least 12 people")
    chains = [[words(pair) for pair in link["chain"]] for link in event["attributions"]]
    assert chains == [["the governor"], ["the Tidewater Agency", "The Islamic State"], ["a witness"]]
    assert chains[roles["perpetrator", "The Islamic State"]["att"]] == ["the Tidewater Agency", "The Islamic State"]
    assert [link["about"] for link in event["attributions"]] == ["event", "perpetrator", "target"]
    assert threat["reality"] == "unrealised"
