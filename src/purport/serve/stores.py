"""The project file for many threads: each has its own connection for reading, one at a time writes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from purport.store import Store


class Stores:
    """Connections to one project file. Everything acknowledged is on the disk: each write is one transaction, synced.

    All methods raise StoreError if the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._own = threading.local()
        self._opened: list[Store] = []
        self._writing = threading.Lock()
        self._listing = threading.Lock()

    def reading(self) -> Store:
        """This thread's store; it sees what others have committed. Write only through :meth:`writing`."""
        store: Store | None = getattr(self._own, "store", None)
        if store is None:
            store = self._own.store = Store(self.path)
            with self._listing:
                self._opened.append(store)
        return store

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """This thread's store while no other thread of this process writes; other processes wait by SQLite's own lock."""
        with self._writing:
            yield self.reading()

    def close(self) -> None:
        """Give the file back; only when no thread uses it any more."""
        with self._listing:
            for store in self._opened:
                store.close()
            self._opened.clear()
            self._own = threading.local()
