"""The codebook in use, for coders to look things up in: types, roles and statuses with their definitions and examples."""

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from purport.codebook import Codebook, in_use, types_in_use
from purport.codebook.records import OwnType
from purport.model import Role
from purport.review.fields import keyed
from purport.serve.access import Reader
from purport.serve.drawing import draw
from purport.wording import roles_label

router = APIRouter()


@router.get("/codebook")
def codebook(request: Request, person: Reader) -> Response:
    """The whole codebook; of the package's own its types alone."""
    book = in_use()
    types = types_in_use()
    known: dict[str, Any] = {
        "book": book,
        "sections": list(_sections(book)),
        "package_types": [code for code in types if code not in book.types],
        "role_words": lambda role, code: roles_label(Role(role), [code]),
        "keys": {code: key for key, code in keyed(types).items() if len(key) == 1},
    }
    return draw(request, "codebook.html", person=person, **known)


def _sections(book: Codebook) -> Iterator[tuple[str, str, list[OwnType]]]:
    """Label, definition and types of each group; those of no group first."""
    for code in ("", *book.groups):
        types = [own for own in book.types.values() if own.group == code]
        group = book.groups.get(code)
        if types:
            yield (group.label if group else "Types"), (group.definition if group else ""), types
