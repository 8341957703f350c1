"""Pages from templates. Everything is escaped by default, and what comes from news pages loses the characters that turn text round."""

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import Request
from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from purport import wording
from purport.codebook import in_use
from purport.print_safe import print_safe
from purport.serve.access import session_of
from purport.serve.workbench import workbench_of


def draw(request: Request, template: str, *, status: int = 200, **known: object) -> HTMLResponse:
    """The page of a template. It knows ``request``, ``session``, ``person`` (if the page passes it), ``project``,
    ``own_codebook`` (falsy for the package's) and what is given.
    """
    workbench = workbench_of(request)
    # Starlette 1's own renderer wants files on a disk; a wheel need not be unpacked.
    usual = {
        "session": session_of(request),
        "project": workbench.path.name,
        "path": request.url.path,
        "own_codebook": in_use(),
        "person": None,
    }
    markup = environment().get_template(template).render(request=request, **{**usual, **known})
    return HTMLResponse(markup, status_code=status)


@cache
def environment() -> Environment:
    """The templates of the package, autoescaped, strict about names."""
    made = Environment(
        loader=FunctionLoader(_source),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters())
    return made


def _source(name: str) -> str | None:
    path = files("purport.serve").joinpath("templates", name)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def filters() -> dict[str, Any]:
    """Filters of the templates: ``safe_words`` for whatever comes from a page, ``shown`` inside an element with its own
    direction, ``label`` for codes, ``number`` for counts."""
    return {
        "safe_words": safe_words,
        "shown": lambda words: print_safe(str(words), keep_lines=True),
        "label": wording.label,
        "capitalize": lambda words: wording.capital(str(words)),
        "number": lambda count: f"{count:,}",
        "code_words": code_words,
    }


def safe_words(words: object) -> Markup:
    """Words of a page in their own direction, escaped."""
    return Markup("<bdi>{}</bdi>").format(print_safe(str(words), keep_lines=True))


def code_words(text: str) -> Markup:
    """Words of our own in which what stands between backquotes is code, escaped."""
    pieces = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces))
