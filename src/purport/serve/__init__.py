"""The web workbench and the HTTP API over one project file; above all rooms, like the command line."""

from purport.serve.app import create_app
from purport.serve.running import serve

__all__ = ["create_app", "serve"]
