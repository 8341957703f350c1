from purport.model import Reading
from purport.settings import Settings


def find_toponyms(reading: Reading, *, settings: Settings) -> Reading:
    return reading
