"""Every error a user can meet: each says what went wrong, where, and what to do."""


class PurportError(Exception):
    """Base of all errors raised on purpose. ``what`` happened, ``where`` (a path, URL, id or column), what to do (``remedy``)."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{self.what}{remedy}"


class InputError(PurportError):
    """An input that cannot be read: empty, binary, truncated, too large, without words."""


class FetchError(InputError):
    """A web address that could not or may not be fetched."""


class StoreError(PurportError):
    """A project file that cannot be opened, written or understood."""


class QueryError(PurportError):
    """A search or field query that makes no sense."""


class SettingsError(PurportError):
    """A setting or option with a value that cannot be used."""


class ResourceError(PurportError):
    """A data file of the package or of the user that breaks its format."""
