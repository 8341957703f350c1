"""What an export is handed: incidents with what a policy makes of them, and what is stated about the whole file."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from purport.accounts import Account, Resolution
from purport.codebook import in_use
from purport.decisions import Tombstone
from purport.resources import yaml_of


@dataclass(frozen=True, slots=True)
class Case:
    """One incident on its way out."""

    account: Account
    resolution: Resolution

    @property
    def id(self) -> str:
        return self.account.incident.id


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a file was written: it stands in the file or beside it.

    ``policy``: its name and version, empty where the rows are claims or events; ``stated``: what it does, in one sentence.
    """

    format: str
    made_by: str
    mask_names: bool
    policy: str = ""
    stated: str = ""
    asked: str = ""
    min_confidence: float = 0.0
    gone: tuple[Tombstone, ...] = ()  #: what was erased from the project before

    def words(self) -> dict[str, str]:
        """What is stated, by name, in words."""
        return {
            "format": self.format,
            "made by": self.made_by,
            "policy": f"{self.policy}: {self.stated}" if self.policy else "none; every claim as it was made",
            "names": "names of victims withheld" if self.mask_names else "names of victims written out",
            "asked for": self.asked or "everything",
            "least confidence": f"{self.min_confidence:g}",
            **({"codebook": in_use().heading} if in_use() else {}),
            "erased before": f"{len(self.gone)} {'page' if len(self.gone) == 1 else 'pages'}",
        }

    def in_a_line(self) -> str:
        """The same in one line, for a file that has room for a comment."""
        return "; ".join(f"{name}: {words}" for name, words in self.words().items())


@dataclass(slots=True)
class Written:
    """How many records a format wrote, and how many it left out for which reason; pages of restricted incidents, and erased ones."""

    number: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    restricted: int = 0
    gone: int = 0


def mapping_of(name: str) -> Mapping[str, Any]:
    """A format's columns, publisher's document and what it cannot say (``resources/export/NAME.yaml``)."""
    found: Mapping[str, Any] = yaml_of(f"export/{name}.yaml")
    return found


def columns_of(name: str) -> tuple[str, ...]:
    """A format's columns in their order, with those of the codebook in use if there is one."""
    own = mapping_of(name).get("own_columns", {}) if in_use() else {}
    return (*mapping_of(name)["columns"], *own)


def meta_of(terms: Terms, written: Written, *, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside a file that has no room for comments."""
    return {
        **terms.words(),
        "records": written.number,
        "left out": dict(sorted(written.left_out.items())),
        "pages of restricted incidents left out": written.restricted,
        "source of the format": mapping["source"],
        "what it leaves out": list(mapping["left_out"]),
        "what it cannot say": list(mapping["cannot"]),
    }
