"""Reports as a terminal shows them: words first, colours only on top of them."""

from purport.terminal.event import EventView
from purport.terminal.incident import incident_line, incident_view
from purport.terminal.page import page_view
from purport.terminal.screen import MOST_COLUMNS, screen

__all__ = ["MOST_COLUMNS", "EventView", "incident_line", "incident_view", "page_view", "screen"]
