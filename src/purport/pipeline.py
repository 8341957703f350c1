"""The one place that knows the order of the rooms: capture → document → reading → attributions → report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import purport.read as read_room
from purport import attribution, coding, extract, ingest, models
from purport.codebook import using
from purport.errors import PurportError
from purport.model import AttributedReading, Capture, Document, Failure, Reading, Report
from purport.settings import Settings


@dataclass(frozen=True)
class Pipeline:
    """The whole reading with one set of settings. Holds no state between pages; a stage is a function and can be replaced.

    Raises ResourceError if the reader's weights are not there: that is no fault of a page.
    """

    settings: Settings = field(default_factory=Settings)
    extract: Callable[..., Document] = extract.document
    read: Callable[..., Reading] = read_room.read
    attribute: Callable[..., AttributedReading] = attribution.attribute
    code: Callable[..., Report] = coding.code

    def __post_init__(self) -> None:
        models.check(self.settings)

    def report(self, capture: Capture) -> Report:
        """The report of one capture. Raises PurportError if it cannot be read."""
        return self.report_of(self.extract(capture, settings=self.settings))

    def report_of(self, document: Document) -> Report:
        """The report of a document that is already extracted; its ``reader`` is the name of the one in the settings."""
        with using(self.settings.codebook):
            reading = self.read(document, settings=self.settings)
            report = self.code(self.attribute(reading, settings=self.settings), settings=self.settings)
        return report if report.reader == self.settings.reader else replace(report, reader=self.settings.reader)

    def run(self, inputs: Sequence[str]) -> Iterator[Report | Failure]:
        """A report or a failure for every page found in ``inputs`` (paths, globs, folders, URLs, ``-``), in order.

        Never stops for one bad page.
        """
        for found in ingest.captures(inputs, settings=self.settings):
            yield found if isinstance(found, Failure) else self.attempt(found)

    def attempt(self, capture: Capture) -> Report | Failure:
        """The report of one capture, or the failure that says why there is none."""
        try:
            return self.report(capture)
        except PurportError as error:
            return Failure(where=error.where or capture.origin, what=error.what, remedy=error.remedy, stage="read")
