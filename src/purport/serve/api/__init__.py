"""The HTTP API under ``/api/v1``: what the workbench shows and takes, for programs; described at ``/api/v1/openapi.json``."""

from purport.serve.api.application import ADDRESS, create_api

__all__ = ["ADDRESS", "create_api"]
