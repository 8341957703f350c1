"""Running the workbench until Ctrl-C."""

from pathlib import Path
from typing import Any

from purport.errors import SettingsError
from purport.serve.app import create_app
from purport.serve.workbench import Options

MOST_HEAD_BYTES = 32_768  #: of a request line and its headers
MOST_CONNECTIONS = 256
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
    uvicorn.run(app, host=options.host, port=options.port, **limits(options))


def limits(options: Options) -> dict[str, Any]:
    """What the server below the application is told: small heads, few connections at once, nothing about itself."""
    return {
        "http": "h11",  # the stricter of the two parsers that uvicorn knows
        "ws": "none",
        "h11_max_incomplete_event_size": MOST_HEAD_BYTES,
        "limit_concurrency": MOST_CONNECTIONS,
        "backlog": 128,
        "timeout_keep_alive": 15,
        "timeout_graceful_shutdown": 10,
        "proxy_headers": options.secure,  # otherwise whoever connects could say that it comes from elsewhere
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "date_header": True,
    }
