"""A project's own codebook: types, roles, statuses, words, actors and codes in one YAML file, and what is in use of it."""

from purport.codebook.applying import (
    as_coded,
    by_hand,
    group_of,
    incident_status,
    own_codes,
    own_role,
    own_status,
    package_type,
    role_name,
    status_in,
    types_in_use,
)
from purport.codebook.form import Finding
from purport.codebook.in_use import PLAIN, follow, in_use, per_codebook, using
from purport.codebook.records import Codebook

__all__ = [
    "PLAIN",
    "Codebook",
    "Finding",
    "as_coded",
    "by_hand",
    "follow",
    "group_of",
    "in_use",
    "incident_status",
    "own_codes",
    "own_role",
    "own_status",
    "package_type",
    "per_codebook",
    "role_name",
    "status_in",
    "types_in_use",
    "using",
]
