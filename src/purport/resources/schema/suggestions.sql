-- What a second reader suggests, added by schema 3; it waits for a person and is no claim before. Own work, Apache-2.0.

-- Pages that it was asked about, and what was dropped of its answers.
CREATE TABLE asked_pages (
  document_id TEXT NOT NULL,
  reader TEXT NOT NULL,                -- "endpoint" and the model's name
  dropped TEXT NOT NULL,               -- JSON object: how many by reason
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry),
  PRIMARY KEY (document_id, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX asked_pages_by_log ON asked_pages (log);

CREATE TABLE suggestions (
  key INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  reader TEXT NOT NULL,
  record TEXT NOT NULL,                -- JSON: event, attributions, claims
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'declined')),
  coder TEXT NOT NULL,                 -- '' while it waits
  log INTEGER NOT NULL REFERENCES log (entry),
  UNIQUE (event_id, reader)
) STRICT;
CREATE INDEX suggestions_by_document ON suggestions (document_id);
CREATE INDEX suggestions_by_state ON suggestions (state, key);
CREATE INDEX suggestions_by_log ON suggestions (log);
