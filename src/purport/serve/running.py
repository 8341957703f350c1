"""Running the workbench until Ctrl-C."""

from pathlib import Path

from purport.errors import SettingsError
from purport.serve.app import create_app
from purport.serve.workbench import Options

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(path: str | Path, *, options: Options | None = None) -> None:
    """Answer requests until Ctrl-C. Raises SettingsError for an address beyond this machine while the file has no accounts."""
    import uvicorn

    options = options or Options()
    app = create_app(path, options=options)
    if options.host not in LOOPBACK and not app.state.workbench.stores.reading().people.are_kept():
        raise SettingsError(
            "this address can be reached from other machines, and the project has no accounts",
            where=options.host,
            remedy="make one with `purport people DB add NAME --role editor`, or leave --host out",
        )
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning", access_log=False, server_header=False)
