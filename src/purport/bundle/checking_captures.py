"""Are the captures those that are listed, each with the bytes of its digest, and where the index says?"""

from collections.abc import Iterator
from typing import Any

from purport.bundle import manifest, warc
from purport.bundle.opened import Fault, Opened
from purport.bundle.plain import json_of, lines_of

Json = dict[str, Any]

CAPTURES, PAGES = "evidence/captures.json", "pages/pages.jsonl"
SCHEMA = "purport.captures/1"


def captures_of(opened: Opened) -> list[Json]:
    """What the bundle says of its pages. Raises InputError for a broken list."""
    return list(opened.record(CAPTURES, SCHEMA)["pages"])


def names_withheld(opened: Opened) -> bool:
    """Whether the bundle says that names were withheld in it."""
    return bool(opened.json(manifest.PACKAGE)["purport"]["names_withheld"])


def incidents_of(opened: Opened) -> list[str]:
    """The ids of the incidents that the bundle says it is about."""
    return list(opened.json(manifest.PACKAGE)["purport"]["incidents"])


def archive(opened: Opened) -> Iterator[Fault]:
    """Each record's digests, the index over them, and a record for each page."""
    records = list(_records(opened))
    for record in records:
        yield from _record(record)
    resources = [record for record in records if record.headers.get("WARC-Type") == "resource"]
    if not records or records[0].headers.get("WARC-Type") != "warcinfo" or len(records) != len(resources) + 1:
        yield Fault(warc.ARCHIVE, "", "is not one warcinfo record and the captures")
    yield from _index(opened, resources)
    if not names_withheld(opened):
        yield from _every_page(opened, resources)


def _records(opened: Opened) -> Iterator[warc.Record]:
    member = opened.members[warc.ARCHIVE]
    return warc.records_of(opened.file, start=member.start, size=member.size)


def _record(record: warc.Record) -> Iterator[Fault]:
    place = f"record at byte {record.offset}"
    if record.headers.get("WARC-Block-Digest") != record.digest:
        yield Fault(warc.ARCHIVE, place, f"its block has the digest {record.digest}, not the one that it says")
    if record.headers.get("WARC-Payload-Digest", record.digest) != record.digest:
        yield Fault(warc.ARCHIVE, place, f"its payload has the digest {record.digest}, not the one that it says")


def _index(opened: Opened, resources: list[warc.Record]) -> Iterator[Fault]:
    found = [line.decode("utf-8", "replace") for line in lines_of(opened.chunks(warc.INDEX), where=warc.INDEX)]
    expected = sorted(warc.index_line(_captured(record), offset=record.offset, length=record.length) for record in resources)
    for number in range(max(len(found), len(expected))):
        if found[number : number + 1] != expected[number : number + 1]:
            yield Fault(warc.INDEX, f"line {number + 1}", "is not that of the record in the archive")


def _captured(record: warc.Record) -> warc.Captured:
    headers = record.headers
    return warc.Captured(
        id=headers["WARC-Target-URI"].removeprefix("urn:purport:"),
        digest=headers["WARC-Payload-Digest"],
        media_type=headers["Content-Type"],
        url=headers["WARC-Target-URI"],
        date=headers["WARC-Date"],
    )


def _every_page(opened: Opened, resources: list[warc.Record]) -> Iterator[Fault]:
    said = [page["digest"] for page in captures_of(opened)]
    there = [record.headers.get("WARC-Payload-Digest") for record in resources]
    for digest in said:
        if digest not in there:
            yield Fault(warc.ARCHIVE, "", f"has no record of the bytes with digest {digest}")
    for record, digest in zip(resources, there, strict=True):
        if digest not in said:
            yield Fault(warc.ARCHIVE, f"record at byte {record.offset}", f"belongs to no page of {CAPTURES}")


def pages(opened: Opened) -> Iterator[Fault]:
    """The list of pages is that of the captures, each at the address and time of its record."""
    first, *lines = [json_of(line, where=PAGES) for line in lines_of(opened.chunks(PAGES), where=PAGES)]
    if first != {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}:
        yield Fault(PAGES, "line 1", "is not the head of a list of pages")
    captures = captures_of(opened)
    if [line["id"] for line in lines] != [page["document_id"] for page in captures]:
        yield Fault(PAGES, "", f"does not list the pages of {CAPTURES}")
    elif not names_withheld(opened):
        by_digest = {record.headers.get("WARC-Payload-Digest"): record for record in _records(opened)}
        for number, (line, page) in enumerate(zip(lines, captures, strict=True), start=2):
            record = by_digest.get(page["digest"])
            if record and (line["url"], line["ts"]) != (record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Date")):
                yield Fault(PAGES, f"line {number}", "has not the address and time of the record in the archive")
