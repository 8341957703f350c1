"""Reports → one HTML file that needs nothing but a browser: texts with their evidence marked, events with their chains."""

from purport.html.decided import Telling
from purport.html.report import write

__all__ = ["Telling", "write"]
