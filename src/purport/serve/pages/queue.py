"""What waits for review: the queues with their numbers, samples, and the way to the next event."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from purport import merging
from purport.decisions import Need, Person, QueueFilter
from purport.errors import QueryError, StoreError
from purport.serve.access import Bench, Coder, Reader
from purport.serve.answers import Fields, answered
from purport.serve.blind import hidden_in
from purport.serve.drawing import draw
from purport.serve.pages.reviewed_event import after_undo
from purport.store import Store

NEEDS = (
    (Need.MINE, "Given to me", "events of incidents that an editor gave you"),
    (Need.LOW, "Least sure", "the reader gives one of its claims less than an even chance of being read right"),
    (Need.DISPUTED, "Disputed", "the page says what cannot both be true, or coders decided otherwise"),
    (Need.NEW, "New", "nobody has decided anything about them"),
)
MOST_LISTED = 12
ENDED = "Nothing more waits in this queue."

router = APIRouter()


def filter_of(fields: Mapping[str, str], person: Person) -> QueueFilter:
    """The queue that an address or form names; the least sure if it names none."""
    asked = fields.get("need", "")
    need = Need(asked) if asked in set(Need) else Need.LOW
    return QueueFilter(need, fields.get("of_type", ""), fields.get("query", ""), fields.get("sample", ""), person.name)


def context_of(wanted: QueueFilter) -> str:
    """The same as the query of an address."""
    said = {"need": wanted.need.value, "of_type": wanted.type, "query": wanted.query, "sample": wanted.sample}
    return urlencode({name: value for name, value in said.items() if value})


@router.get("/queue")
def queue_page(request: Request, bench: Bench, person: Reader) -> Response:
    """The queues, what is in the chosen one, and samples."""
    store, wanted = bench.stores.reading(), filter_of(request.query_params, person)
    told = ENDED if request.query_params.get("ended") else ""
    try:
        hidden = hidden_in(request).ids  # coded blind by who asks
        events = tuple(event for event in store.queue.some(wanted, limit=MOST_LISTED + len(hidden)) if event not in hidden)[:MOST_LISTED]
        counts = _counts(store, wanted, person=person)
    except QueryError as error:
        return _drawn(request, store, person=person, wanted=wanted, told=str(error))
    return _drawn(request, store, person=person, wanted=wanted, events=events, counts=counts, told=told)


def _counts(store: Store, wanted: QueueFilter, *, person: Person) -> dict[Need, int]:
    found = {need: store.queue.count(QueueFilter(need, wanted.type, wanted.query, "", person.name)) for need, _, _ in NEEDS}
    if wanted.need is Need.SAMPLE:
        found[Need.SAMPLE] = store.queue.count(wanted)
    return found


def _drawn(
    request: Request,
    store: Store,
    *,
    person: Person,
    wanted: QueueFilter,
    events: tuple[str, ...] = (),
    counts: Mapping[Need, int] | None = None,
    told: str = "",
) -> Response:
    samples = store.queue.samples()
    return draw(
        request,
        "queue.html",
        person=person,
        wanted=wanted,
        needs=NEEDS,
        counts=counts or {},
        told=told,
        waiting=[_listed(store, event) for event in events],
        types=store.queue.types(),
        samples=[(sample, store.queue.count(QueueFilter(Need.SAMPLE, sample=sample.id))) for sample in samples],
        sample=next((sample for sample in samples if sample.id == wanted.sample), None),
        progress=store.queue.progress(),
        context=context_of(wanted),
        switch=lambda need: context_of(QueueFilter(need, wanted.type, wanted.query)),
        in_sample=lambda id: context_of(QueueFilter(Need.SAMPLE, wanted.type, wanted.query, id)),
        today=store.reviews.decided_today(person.name),
        suggested=store.suggestions.count_waiting(),
    )


def _listed(store: Store, event: str) -> tuple[str, str, str, str, int, int]:
    """Id of an event, its type, outlet and day of its page, claims decided and claims."""
    return store.queue.entry(event)


@router.get("/queue/next")
def next_in_queue(request: Request, bench: Bench, person: Reader, after: Annotated[str, Query()] = "") -> Response:
    """Leads to the first event of a queue, or the first after one; at its end back to the queues."""
    wanted = filter_of(request.query_params, person)
    found = bench.stores.reading().queue.next(wanted, after=after or None)
    return RedirectResponse(f"/review/{found}?{context_of(wanted)}" if found else f"/queue?{context_of(wanted)}&ended=1", status_code=303)


@router.post("/queue/sample")
def draw_sample(
    request: Request, bench: Bench, person: Coder, fields: Fields, seed: Annotated[str, Form()] = "1", size: Annotated[str, Form()] = ""
) -> Response:
    """Draw a random sample of what matches the filters, and show it."""
    wanted = filter_of(fields, person)
    try:
        numbers = [int(each) for each in (seed, size) if each.strip().lstrip("-").isdigit() and len(each) < 10]
        if len(numbers) != 2:
            raise StoreError("a sample needs a seed and a size", where="sample", remedy="write two whole numbers")
        with bench.stores.writing() as store:
            made = store.queue.draw(seed=numbers[0], size=numbers[1], coder=person.name, type=wanted.type, query=wanted.query)
    except (StoreError, QueryError) as error:
        return _drawn(request, bench.stores.reading(), person=person, wanted=wanted, told=str(error))
    return RedirectResponse(f"/queue?{context_of(QueueFilter(Need.SAMPLE, sample=made.id))}", status_code=303)


@router.post("/undo")
def undo(request: Request, bench: Bench, person: Coder, fields: Fields) -> Response:
    """Take back this person's last decision, whatever it was; the answer says what that was."""
    answer = bench.answers.find(fields.get("once", ""))
    if answer is None:
        with bench.stores.writing() as store:
            undone = store.reviews.undo(person.name)
            if undone is not None and undone.what == "link":
                merging.merge(store)
        answer = after_undo(request, undone, shown=fields.get("event", ""))
        bench.answers.keep(fields.get("once", ""), answer)
    here = answer.get("event") or fields.get("event", "")
    wanted = filter_of(fields, person)
    return answered(request, answer, back=f"/review/{here}?{context_of(wanted)}" if here else "/queue")
