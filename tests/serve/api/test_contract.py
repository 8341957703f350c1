"""The API does what its description says, whatever is sent: invented requests (schemathesis), the same in every run."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from purport.serve.api import ADDRESS
from purport.serve.api.application import create_api
from purport.serve.api.schemas import describe
from purport.serve.stores import Stores
from purport.serve.workbench import Options, Workbench
from purport.store import Store
from served import served

EXAMPLES = 15  #: invented requests for each address, beside those that try every limit of every parameter
CONFIG = {
    "generation": {"deterministic": True, "max-examples": EXAMPLES, "database": "none"},
    "seed": 1,
    # A query is any text for JSON Schema, but not every text is a query; and what is well-formed can name what is not there, or may not be.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "403", "404", "409", "422"]}},
}
Ids = dict[str, list[str]]


@pytest.fixture(scope="module")
def contract_project(example_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example project that all invented requests write into."""
    return Path(shutil.copy(example_project, tmp_path_factory.mktemp("contract") / "project.purport"))


@pytest.fixture(scope="module")
def ids(contract_project: Path) -> Ids:
    """Some of what is in the file, by the names that addresses give to their parts."""
    with Store(contract_project, read_only=True) as store:
        reports = list(store.reports())
        return {
            "document_id": [report.document.id for report in reports][:5],
            "event_id": [event.id for report in reports for event in report.events][:5],
            "claim_id": [claim.id for report in reports for event in report.events for claim in event.claims][:5],
            "incident_id": [entry.id for entry in store.incidents(limit=5)],
        }


@pytest.fixture(scope="module")
def address(contract_project: Path) -> Iterator[str]:
    """Where the API answers."""
    with served(contract_project) as root:
        yield f"{root}{ADDRESS}"


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    """One connection for all requests."""
    with requests.Session() as opened:
        yield opened


def known(name: str, value: Any, *, ids: Ids) -> Any:
    """The invented value, or one that is there, by what the invented one is."""
    if name not in ids:
        return value
    chance = int.from_bytes(hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).digest()[:4])
    return ids[name][(chance // 2) % len(ids[name])] if chance % 2 else value


#: The description does not depend on the project file: none is opened for it.
contract = schemathesis.openapi.from_dict(
    describe(create_api(Workbench(Stores(Path("none.purport")), Options()))), config=SchemathesisConfig.from_dict(CONFIG)
)


@contract.parametrize()
@settings(deadline=None, derandomize=True, database=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any, address: str, session: requests.Session, ids: Ids) -> None:
    """Every second request is about something that is there."""
    case.path_parameters = {name: known(name, value, ids=ids) for name, value in (case.path_parameters or {}).items()}
    case.call_and_validate(base_url=address, session=session)
