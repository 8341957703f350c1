"""What the fixture ``run`` of the command line tests gives."""

from collections.abc import Callable

from typer.testing import Result

Run = Callable[..., Result]
