from purport.model import AttributedReading, Reading
from purport.settings import Settings


def attribute(reading: Reading, *, settings: Settings) -> AttributedReading:
    return AttributedReading(reading)
