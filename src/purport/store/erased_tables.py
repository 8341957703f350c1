"""What goes when pages are erased: one line a table. A part that keeps something about pages adds its tables here.

While pages are erased these temporary tables tell what goes: ``gone_captures (key, id, digest)``, ``gone_documents (key, id)``,
``gone_readings (key, id)``, ``gone_events (id)``, ``gone_claims (id)``, ``gone_ids (id)``: the ids of all these, of attributions and of
what people added. Rows go in the order of this list; entries of the log that a ``log`` column of theirs names are emptied.
"""

# ruff: noqa: S608 - all of it constants

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Erased:
    """Rows of ``table`` for which ``condition`` holds go. ``noun`` is what they are called in a preview, "" for what nobody counts."""

    table: str
    condition: str
    noun: str = ""


_EVENTS = "SELECT id FROM temp.gone_events"
_CLAIMS = "SELECT id FROM temp.gone_claims"
_IDS = "SELECT id FROM temp.gone_ids"
_DOCUMENTS = "SELECT key FROM temp.gone_documents"
_DOCUMENT_IDS = "SELECT id FROM temp.gone_documents"
_CAPTURES = "SELECT key FROM temp.gone_captures"
_READINGS = "SELECT key FROM temp.gone_readings"
_EVENT_KEYS = f"SELECT key FROM events WHERE document IN ({_DOCUMENTS})"
_ORIGINS = f"SELECT origin FROM sightings WHERE capture IN ({_CAPTURES})"

ERASED = (
    # people's decisions
    Erased("judgements", f"claim_id IN ({_CLAIMS})", "judgements"),
    Erased("link_judgements", f"first IN ({_EVENTS}) OR second IN ({_EVENTS})", "judgements about incidents"),
    Erased("suggestions", f"document_id IN ({_DOCUMENT_IDS})", "suggestions"),
    Erased("asked_pages", f"document_id IN ({_DOCUMENT_IDS})", "asked pages"),
    Erased("additions", f"document_id IN ({_DOCUMENT_IDS})", "additions"),
    Erased("comments", f"subject IN ({_IDS})", "comments"),
    Erased("assignments", f"event_id IN ({_EVENTS})", "assignments"),
    Erased("sensitivities", f"event_id IN ({_EVENTS})", "sensitivities"),
    Erased("review_marks", f"event_id IN ({_EVENTS})", "review marks"),
    Erased("review_queue", f"event IN ({_EVENTS}) OR document IN ({_DOCUMENT_IDS})"),
    Erased("sample_events", f"event IN ({_EVENTS})"),
    Erased("codings", f"event IN ({_EVENTS})", "codings"),
    Erased("round_units", f"event IN ({_EVENTS}) OR document IN ({_DOCUMENT_IDS})", "events of coding rounds"),
    Erased("stale_incidents", f"event IN ({_EVENTS})"),
    # incidents; profiles and their pairs went before, one by one, so that their neighbours were compared
    Erased("sketches", f"document IN ({_DOCUMENTS})"),
    Erased("linked_pages", f"document IN ({_DOCUMENTS})"),
    Erased("unlinked", f"document IN ({_DOCUMENTS})"),
    Erased("incident_members", f"document IN ({_DOCUMENTS})"),
    Erased("incident_cards", "incident IN (SELECT incident FROM stale_cards)"),  # those whose members have just gone or moved
    Erased("kept_rows", "incident IN (SELECT incident FROM stale_rows)"),
    Erased("unsettled", f"event IN ({_EVENTS})"),
    # what was read
    Erased("place_boxes", f"key IN (SELECT key FROM claims WHERE event IN ({_EVENT_KEYS}))"),
    Erased("event_words", f"rowid IN ({_EVENT_KEYS})"),
    Erased("claims", f"event IN ({_EVENT_KEYS})", "claims"),
    Erased("events", f"document IN ({_DOCUMENTS})", "events"),
    Erased("attributions", f"document IN ({_DOCUMENTS})", "attributions"),
    Erased("past_claims", f"reading IN ({_READINGS})", "claims of older readings"),
    Erased("documents", f"key IN ({_DOCUMENTS})", "documents"),
    Erased("readings", f"key IN ({_READINGS})", "readings"),
    Erased("texts", "key NOT IN (SELECT text FROM readings) AND key NOT IN (SELECT text FROM documents)"),
    # what was met
    Erased("failures", f"capture IN ({_CAPTURES}) OR place IN ({_ORIGINS})", "failures"),
    Erased("sightings", f"capture IN ({_CAPTURES})", "sightings"),
    Erased("captures", f"key IN ({_CAPTURES})", "captures"),
    Erased("contents", "digest NOT IN (SELECT digest FROM captures)"),
)

#: Tables that no erasure touches, with the reason.
HARMLESS = {
    "stale_cards": "ids of incidents",
    "card_changes": "ids of incidents",
    "stale_rows": "ids of incidents",
    "saved_searches": "questions as people typed them, and numbers",
    "log": "numbers, times, actions and ids; details that quote a page are emptied",
    "links": "ids of events, chances and names of what was compared",
    "memberships": "ids of events and incidents",
    "incidents": "made again from their members",
    "profiles": "taken out one by one before, with block_keys and scored_pairs",
    "block_keys": "taken out with the profiles",
    "scored_pairs": "taken out with the profiles",
    "page_words": "taken out by the words before the page goes",
    "people": "names of those who work with the file",
    "tokens": "names of programs",
    "erasing": "empty outside an erasure",
    "tombstones": "what stays: ids, the digest, the reason",
    "uncleaned": "numbers of entries",
    "retention_rules": "rules",
    "rounds": "names of rounds, fields and coders",
    "round_ends": "who handed in",
    "samples": "what was asked for",
    "codebooks": "codebooks, which a project writes itself",
}
