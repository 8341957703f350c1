from purport.model import AttributedReading, Report
from purport.settings import Settings


def code(attributed: AttributedReading, *, settings: Settings) -> Report:
    return Report(attributed.reading.document, attributed.attributions, (), attributed.reading.entities)
