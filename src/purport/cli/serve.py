"""``purport serve``: the workbench in a browser, on this machine alone unless asked otherwise."""

from typing import Annotated

import typer

from purport.cli import options
from purport.cli.exits import explained

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; beyond this machine only with accounts (`purport people`).")]
Port = Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="The port.", show_default=True)]
Secure = Annotated[bool, typer.Option("--secure", help="Cookies go over HTTPS only: for use behind a proxy that ends TLS.")]
Names = Annotated[list[str] | None, typer.Option("--allow-host", metavar="NAME", help="Another name under which it is asked.")]


@explained
def serve(db: options.Database, host: Host = "127.0.0.1", port: Port = 8765, secure: Secure = False, allow_host: Names = None) -> None:
    """Open the workbench: find, read, check, correct and export in a browser, with nothing from outside this machine."""
    from purport.serve import serve as run
    from purport.serve.workbench import Options

    print(f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl-C ends it)", flush=True)
    run(db, options=Options(host=host, port=port, secure=secure, allowed_hosts=tuple(allow_host or ())))
