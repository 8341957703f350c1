"""Everything a user can set, in one frozen record that is handed to every stage."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from purport.errors import SettingsError

if TYPE_CHECKING:
    from purport.codebook import Codebook

#: Who reads: the encoder beside the rules, or the rules alone.
READERS = ("learned", "rules")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may do and assume. Sizes in bytes, times in seconds."""

    published: str | None = None  #: publication date (ISO) that overrides what a page says
    outlet: str | None = None  #: outlet name that overrides what a page says
    text_column: str | None = None  #: column of JSONL/Parquet that holds text or HTML; None: guessed and said
    feed: bool = False  #: treat inputs as RSS/Atom/sitemap and read what they list
    allow_private_addresses: bool = False  #: let fetch reach loopback and private networks
    obey_robots: bool = True
    fetch_timeout: float = 20.0
    fetch_delay: float = 1.0  #: pause between two requests to one host
    max_page_bytes: int = 20_000_000  #: a larger page is refused, never cut
    max_feed_items: int = 100
    max_text_chars: int = 2_000_000  #: a longer main text is refused, never cut
    languages: frozenset[str] = field(default_factory=lambda: frozenset({"en"}))  #: languages that are read
    worldview: str = "geonames"  #: whose view of boundaries and countries the gazetteer follows
    home_country: str | None = None  #: ISO code that breaks ties between places of one name
    cache_dir: Path | None = None  #: where derived indexes are kept; None: the user's cache folder
    resources_dir: Path | None = None  #: a folder whose files are added to the package's own resources
    reader: str = "learned"  #: "learned": the encoder beside the rules; "rules": the rules alone
    models_dir: Path | None = None  #: a folder with weights of one's own; None: the package's
    codebook: "Codebook | None" = None  #: a project's own types, roles, statuses and words; None: that of the project, else the package's

    def __post_init__(self) -> None:
        """Raises SettingsError for a reader that there is not."""
        if self.reader not in READERS:
            raise SettingsError(f"no reader {self.reader!r}", where="reader", remedy=f"one of {', '.join(READERS)}")
