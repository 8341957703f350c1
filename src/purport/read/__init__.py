"""Document → Reading: sentences, tokens, mentions, coreference, times, places and quantities.

``read`` is looked up when it is first asked for: the parser behind it takes seconds to load, and who only wants the gazetteer, such as the
workbench, does not wait for it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from purport.read.reading import read

__all__ = ["read"]


def __getattr__(name: str) -> Any:
    if name == "read":
        from purport.read.reading import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
