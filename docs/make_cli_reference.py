"""Writes ``docs/cli.md`` from the commands themselves. ``python docs/make_cli_reference.py``; a test fails when the page is stale."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from purport.cli.app import EPILOG, app

PAGE = Path(__file__).parent / "cli.md"
OPENING = """# Commands

Made from the code by `python docs/make_cli_reference.py`; do not edit.

{help}

Every command has `--help`. Errors go to standard error in one form, `where: what (remedy)`.
{epilog}

| command | what it does |
|---|---|
{rows}
"""


def reference() -> str:
    """The whole page."""
    group: Any = typer.main.get_command(app)
    commands = list(group.commands.items())
    rows = "\n".join(f"| [`{name}`](#purport-{name}) | {first_paragraph(command.help)} |" for name, command in commands)
    opening = OPENING.format(help=plain(group.help), epilog=EPILOG, rows=rows)
    return "\n".join([opening, *(section(name, command) for name, command in commands)])


def section(name: str, command: Any) -> str:
    """One command: how it is called, what it does, its arguments and options."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    call = " ".join(["purport", name, *(param.metavar or param.name for param in arguments)])
    lines = [f"## purport {name}", "", f"    {call} [options]" if options else f"    {call}", "", paragraphs(command.help), ""]
    for title, params in (("argument", arguments), ("option", options)):
        if params:
            lines += [f"| {title} | meaning |", "|---|---|", *(row(param) for param in params), ""]
    return "\n".join(lines)


def row(param: Any) -> str:
    """An argument or option with its help and default."""
    names = ", ".join([*param.opts, *param.secondary_opts]) if param.param_type_name == "option" else param.metavar or param.name
    value = f" {param.metavar}" if param.param_type_name == "option" and param.metavar else ""
    default = "" if param.default in (None, False, True, "", [], ()) or param.required else f" Default: `{param.default}`."
    return f"| `{cell(names + value)}` | {cell(plain(param.help or ''))}{default} |"


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def plain(text: str) -> str:
    """In one line."""
    return re.sub(r"\s+", " ", text).strip()


def first_paragraph(text: str) -> str:
    return plain(text.split("\n\n")[0])


def paragraphs(text: str) -> str:
    return "\n\n".join(_each_paragraph(text))


def _each_paragraph(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield plain(paragraph)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
