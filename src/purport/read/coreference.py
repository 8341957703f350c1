from purport.model import Reading
from purport.settings import Settings


def resolve(reading: Reading, *, settings: Settings) -> Reading:
    return reading
