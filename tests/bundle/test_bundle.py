"""What is in a bundle, that it is the same each time, and that other programs can read it."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from bundle.altered import files_of
from purport import bundling
from purport.bundle import annotations
from purport.bundle.checking import check
from purport.errors import StoreError
from purport.store import Store
from purport.wire import account_to_json, line_of


def test_a_bundle_is_whole(bundle: Path) -> None:
    assert check(bundle).faults == ()


def test_the_same_file_gives_the_same_bytes(project: Path, incident: str, bundle: Path) -> None:
    file = io.BytesIO()
    with Store(project, read_only=True) as store:
        made = bundling.bundle_of(store, [incident])
        made.write(file)
    assert file.getvalue() == bundle.read_bytes()
    assert made.digest == check(bundle).digest


def test_reports_and_incidents_are_those_of_the_commands(project: Path, incident: str, bundle: Path) -> None:
    from purport import account

    files = files_of(bundle)
    with Store(project, read_only=True) as store:
        told = account(store, incident)
        assert account_in(files[f"incidents/{incident}.json"]) == ("decided", account_to_json(told))
        machine = account(store, incident, machine_only=True)
        assert account_in(files[f"incidents/{incident}.machine.json"]) == ("machine", account_to_json(machine))
        for document in told.documents:
            assert files[f"reports/{document.id}.json"].decode() == line_of(store.report(document.id)) + "\n"


def account_in(content: bytes) -> tuple[str, dict[str, object]]:
    """How an incident is told, and what `purport incident --json` prints of it."""
    told = json.loads(content)
    told.pop("review", None)
    return told.pop("told_as"), told


def test_the_captures_are_the_bytes_as_kept(project: Path, bundle: Path) -> None:
    files = files_of(bundle)
    with Store(project, read_only=True) as store:
        kept = {page["digest"]: store.evidence.capture(page["document_id"]).content for page in pages_of(files)}
    archive = ArchiveIterator(io.BytesIO(files["archive/captures.warc"]))
    found = {record.headers["WARC-Payload-Digest"]: record.reader.read() for record in archive if record.headers["WARC-Type"] == "resource"}
    assert found == kept
    assert all(f"sha256:{hashlib.sha256(content).hexdigest()}" == digest for digest, content in found.items())


def pages_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(json.loads(files["evidence/captures.json"])["pages"])


def test_the_index_leads_to_each_record(bundle: Path) -> None:
    files = files_of(bundle)
    lines = files["indexes/index.cdxj"].decode().splitlines()
    assert len(lines) == len(pages_of(files))
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        record = files["archive/captures.warc"][int(said["offset"]) :][: int(said["length"])]
        assert record.startswith(b"WARC/1.1\r\n")
        assert said["digest"].encode() in record


# ------------------------------------------------------------------ other programs
def test_warcio_finds_every_digest_right(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "captures.warc").write_bytes(files_of(bundle)["archive/captures.warc"])
    ran = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", "captures.warc"], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.count("digest pass") == 8


@pytest.mark.parametrize("mask_names", [False, True])
def test_the_publisher_s_own_validator_takes_it(project: Path, incident: str, tmp_path: Path, mask_names: bool) -> None:
    bundling.write(project, [incident], out=tmp_path / "b.wacz", mask_names=mask_names)
    code = "import sys; from wacz.main import main; sys.exit(main(sys.argv[1:]))"
    ran = subprocess.run([sys.executable, "-c", code, "validate", "-f", tmp_path / "b.wacz"], capture_output=True, text=True)
    assert (ran.returncode, "the passed WACZ is valid" in ran.stdout) == (0, True), ran.stdout + ran.stderr


def test_any_unzipper_opens_it(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        assert {each.filename: archive.read(each) for each in archive.infolist()} == files_of(bundle)


# ------------------------------------------------------------------ forms of the W3C
def test_each_claim_is_a_web_annotation(bundle: Path) -> None:
    files = files_of(bundle)
    for page in pages_of(files):
        found = json.loads(files[f"annotations/{page['document_id']}.jsonld"])
        text = files[annotations.text_path(page["document_id"])].decode()
        assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert found["type"] == "AnnotationPage"
        for item in found["items"]:
            assert {"id", "type", "motivation", "created", "creator", "body", "target"} == set(item)
            assert item["id"].startswith("urn:")
            for target in item["target"]:
                position, quote = target["selector"]
                assert (position["type"], quote["type"]) == ("TextPositionSelector", "TextQuoteSelector")
                assert text[position["start"] : position["end"]] == quote["exact"]
                assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


RELATIONS = {"wasGeneratedBy", "used", "wasDerivedFrom", "wasAttributedTo", "wasAssociatedWith", "wasInfluencedBy"}


def test_the_provenance_names_only_what_it_tells_of(bundle: Path) -> None:
    said = json.loads(files_of(bundle)["provenance/prov.json"])
    assert set(said) <= {"prefix", "entity", "activity", "agent"} | RELATIONS
    known = {*said["entity"], *said["activity"], *said["agent"]}
    for kind in RELATIONS & set(said):
        assert all(end in known for relation in said[kind].values() for end in relation.values())
    assert {agent["prov:label"] for agent in said["agent"].values()} >= {"Ada", "Ben"}


# ------------------------------------------------------------------ what stays out
@pytest.mark.parametrize("mask_names", [False, True])
def test_names_can_be_withheld(project: Path, tmp_path: Path, mask_names: bool) -> None:
    with Store(project, read_only=True) as store:
        ids = [entry.id for entry in store.incidents(limit=3)]
    bundling.write(project, ids, out=tmp_path / "b.wacz", mask_names=mask_names)
    checked = check(tmp_path / "b.wacz")
    assert (checked.faults, checked.names_withheld) == ((), mask_names)


def test_without_names_there_is_no_capture_or_entry(project: Path, incident: str, tmp_path: Path) -> None:
    bundling.write(project, [incident], out=tmp_path / "b.wacz", mask_names=True)
    files = files_of(tmp_path / "b.wacz")
    assert files["archive/captures.warc"].count(b"WARC/1.1") == 1
    assert all(set(json.loads(line)) == {"entry", "hash"} for line in files["log/log.jsonl"].splitlines())


def test_the_log_shows_nothing_of_other_pages(project: Path, incident: str, bundle: Path) -> None:
    files = files_of(bundle)
    with Store(project, read_only=True) as store:
        others = {report.document.id for report in store.reports()} - {page["document_id"] for page in pages_of(files)}
        entries = list(store.evidence.log())
    assert others
    assert not [page for page in others if page.encode() in b"".join(files.values())]
    lines = [json.loads(line) for line in files["log/log.jsonl"].splitlines()]
    assert [line["hash"] for line in lines] == [entry.hash for entry in entries]
    assert 0 < sum("detail" in line for line in lines) < len(lines)


def test_an_unknown_incident_is_told(project: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        bundling.write(project, ["inc-0000000000000000"], out=tmp_path / "b.wacz")
    assert list(tmp_path.iterdir()) == []
