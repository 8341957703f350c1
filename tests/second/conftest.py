"""The server of ``second_server`` for every test here."""

from second_server import served

__all__ = ["served"]
