"""What of a page is compared, and in which blocks it stands."""

from dataclasses import replace
from datetime import date

from benchmarks.invented import reports
from hypothesis import given
from hypothesis import strategies as st

from invented_reports import bomb_page
from purport.incident import Sketch, TypeWord
from purport.incidents.blocking import keys_of
from purport.incidents.linking import PageLinker, candidates
from purport.incidents.profile import Profile, profiles_of
from purport.linkage import page_member
from purport.model import Document, Quantity, Report, Span, TimeExpression, Toponym

DAY = date(2021, 3, 1).toordinal()


def test_an_event_is_its_claims() -> None:
    bombing, threat = profiles_of(bomb_page()[1])
    assert bombing.types == ("bombing",) and bombing.killed == (12,)
    assert bombing.days == ((date(2015, 3, 3).toordinal(),) * 2,)
    assert bombing.weak and bombing.weak[0] <= date(2015, 3, 3).toordinal() <= bombing.weak[1]
    assert bombing.perpetrators == ("IS",) and bombing.wide_points and not bombing.points  # Aleppo is a province as well
    assert threat.reality == "unrealised"


def sketched(text: str, *, times: tuple[TimeExpression, ...] = (), published: str | None = None) -> Profile:
    document = Document("doc-1", "cap-1", text, published=published, language="ar", unread="language: ar")
    places = (
        Toponym(Span(0, 5), "Afrin", 1, "SY", "SY.09", 36.51, 36.87, "exact"),
        Toponym(Span(6, 9), "Madinah", 2, "SA", "SA.05", 24.47, 39.61, "exact"),
        Toponym(Span(10, 15), "Azaz", 3, "SY", "SY.09", 36.59, 37.05, "exact"),
    )
    counts = (Quantity(Span(0, 1), 4, 4, "killed"), Quantity(Span(2, 3), 10, None, "injured"))
    sketch = Sketch("doc-1", "ar", places, times, counts, (), (TypeWord(Span(0, 3), "shelling"),))
    return profiles_of(Report(document), sketch=sketch)[0]


def test_an_unread_page_is_its_sketch() -> None:
    found = sketched("نص " * 300)
    assert found.id == page_member("doc-1") and found.whole_page
    assert (found.types, found.killed, found.injured) == (("shelling",), (4,), (10,))
    assert len(found.points) == 2, "places outside the page's country are mostly other words"


def test_of_an_unread_page_the_days_near_its_publication_count() -> None:
    own = TimeExpression(Span(50, 60), "DATE", "2021-03-01", "2021-03-01")
    truce = TimeExpression(Span(10, 20), "DATE", "2020-03-05", "2020-03-05")
    far_down = TimeExpression(Span(900, 910), "DATE", "2018-01-20", "2018-01-20")
    text = "نص " * 400
    assert sketched(text, times=(truce, own, far_down), published="2021-03-02").days == ((DAY, DAY),)
    assert len(sketched(text, times=(truce, own, far_down)).days) == 2
    assert sketched(text, times=(far_down,)).days == ()


def test_an_unread_page_without_a_sketch_is_not_compared() -> None:
    assert profiles_of(Report(Document("doc-1", "cap-1", "text", language="fa", unread="language: fa"))) == ()


def shared(one: Profile, other: Profile) -> bool:
    return bool({key.block for key in keys_of(one)} & {key.block for key in keys_of(other)})


@given(
    st.floats(-60, 60),
    st.floats(-170, 170),
    st.floats(-0.03, 0.03),
    st.floats(-0.03, 0.03),
    st.integers(0, 1),
)
def test_neighbours_meet_across_the_borders_of_cells_and_days(
    latitude: float, longitude: float, up: float, right: float, later: int
) -> None:
    """Two points within four kilometres and two days that follow each other share a block, wherever the borders run."""
    one = Profile("evt-1", "doc-1", days=((DAY, DAY),), points=((latitude, longitude, 4.0),))
    other = Profile("evt-2", "doc-2", days=((DAY + later,) * 2,), points=((latitude + up, longitude + right, 4.0),))
    assert shared(one, other)


def test_a_threat_meets_no_deed() -> None:
    deed = Profile("evt-1", "doc-1", days=((DAY, DAY),), points=((36.0, 37.0, 4.0),), names=("frd hdl",))
    assert shared(deed, replace(deed, id="evt-2", document_id="doc-2"))
    assert not shared(deed, replace(deed, id="evt-2", document_id="doc-2", reality="unrealised"))


def test_pairs_stay_within_their_bound() -> None:
    """However many events tell the same, each meets its window's number on either side in each of its blocks."""
    page = reports(1)[0].report
    linker = PageLinker()
    made = linker.prepare(page, sketch=None)[0]
    same = [replace(made, id=f"evt-{number:04}", document_id=f"doc-{number}") for number in range(400)]
    found = candidates(same, window=linker.window)
    assert len(found) <= 400 * linker.window


def test_preparing_is_a_function_of_the_page() -> None:
    page = reports(3)[1].report
    assert PageLinker().prepare(page, sketch=None) == PageLinker().prepare(page, sketch=None)
