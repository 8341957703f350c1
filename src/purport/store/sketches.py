"""Sketches of unread pages in the file."""

import json
import sqlite3

from purport.incident import Sketch
from purport.wire import sketch_from_json, sketch_to_json


def keep_sketch(connection: sqlite3.Connection, document: int, *, sketch: Sketch | None) -> None:
    """Let this be the page's sketch, or none."""
    if sketch is None:
        connection.execute("DELETE FROM sketches WHERE document = ?", (document,))
        return
    record = json.dumps(sketch_to_json(sketch), ensure_ascii=False, sort_keys=True)
    connection.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (document, record))


def load_sketch(connection: sqlite3.Connection, document: int) -> Sketch | None:
    """The page's sketch, None if it has none."""
    row = connection.execute("SELECT record FROM sketches WHERE document = ?", (document,)).fetchone()
    return sketch_from_json(json.loads(row[0])) if row else None
