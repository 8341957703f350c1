"""A codebook as lines to read."""

from collections.abc import Iterator

from purport.codebook.records import Codebook, Example, OwnRole, OwnStatus, OwnType


def lines_of(book: Codebook) -> Iterator[str]:
    """Every part of a codebook in plain lines."""
    yield f"{book.title} ({book.heading})"
    if book.source:
        yield f"source: {book.source}"
    yield "its types stand beside the package's" if book.extends else "only its own types are coded"
    if book.leaves_out:
        yield f"left out: {', '.join(book.leaves_out)}"
    for group, types in _grouped(book):
        yield ""
        yield (book.groups[group].label if group else "Types").upper()
        for own in types:
            yield from _type(own)
    if book.roles:
        yield from ("", "ROLES", *(_role(role) for role in book.roles.values()))
    if book.statuses:
        yield from ("", "STATUSES, the first that fits", *(_status(status) for status in book.statuses))
    yield from _additions(book)


def _grouped(book: Codebook) -> Iterator[tuple[str, list[OwnType]]]:
    for group in ("", *book.groups):
        types = [own for own in book.types.values() if own.group == group]
        if types:
            yield group, types


def _type(own: OwnType) -> Iterator[str]:
    yield f"  {own.label} [{own.code}]" + (f", key {own.key}" if own.key else "")
    if own.definition:
        yield f"    {own.definition}"
    if own.origins:
        yield f"    from {', '.join(o.type + ('' if o.when.asks_nothing else ' (if …)') for o in own.origins)}"
    words = [
        *(w for each in own.words.verbs.values() for w in each),
        *own.words.nouns,
        *(w for each in own.words.phrases.values() for w in each),
    ]
    if words:
        yield f"    words: {', '.join(dict.fromkeys(words))}"
    yield from (f"    e.g. {each.text}" for each in own.examples)
    yield from (f"    not: {_counter(each)}" for each in own.counter_examples)


def _counter(example: Example) -> str:
    return example.text + (f" ({example.type})" if example.type else "")


def _role(role: OwnRole) -> str:
    filled = f"filled in by hand: {role.asked['question']}" if role.is_by_hand else f"the {role.count or role.fills}"
    where = f" of {', '.join(role.of)}" if role.of else ""
    return f"  {role.label} [{role.code}]: {filled}{where}" + (f". {role.definition}" if role.definition else "")


def _status(status: OwnStatus) -> str:
    return f"  {status.label} [{status.code}]" + (f": {status.definition}" if status.definition else "")


def _additions(book: Codebook) -> Iterator[str]:
    words = book.lexicons
    counted = {
        "cue verbs": len(words.cue_verbs),
        "cue nouns": len(words.cue_nouns),
        "marks of hearsay": len(words.hearsay),
        "words for sources": len(words.sources),
        "instruments": len(words.instruments),
        "actors": len(book.actors),
        "types with codes of other schemes": len(book.crosswalks),
    }
    if any(counted.values()):
        yield ""
        yield f"added: {', '.join(f'{number} {name}' for name, number in counted.items() if number)}"
