"""Reports as a terminal shows them: words first, colours only on top of them."""

from purport.terminal.event import EventView
from purport.terminal.page import page_view
from purport.terminal.screen import MOST_COLUMNS, screen

__all__ = ["MOST_COLUMNS", "EventView", "page_view", "screen"]
