"""The HTTP API under ``/api/v1``: what the workbench shows and takes, for programs; described at ``/api/v1/openapi.json``."""

ADDRESS = "/api/v1"
