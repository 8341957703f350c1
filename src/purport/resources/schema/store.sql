-- The project file of purport, schema 1 (PRAGMA user_version). Own work, Apache-2.0.
-- What is kept for good: contents, captures, sightings, texts, readings, judgements, log. Triggers forbid changing it.
-- What is derived from the current readings and can be made again: documents' header, attributions, events, claims, the indexes.

CREATE TABLE contents (
  digest TEXT PRIMARY KEY,             -- sha256: and hexadecimal digits of the bytes
  length INTEGER NOT NULL,             -- bytes before compression
  compressed BLOB NOT NULL             -- zlib
) STRICT, WITHOUT ROWID;

CREATE TABLE captures (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL REFERENCES contents (digest),
  media_type TEXT NOT NULL,
  charset TEXT,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;

-- Where and when a capture was met; the same page twice is one capture with two sightings.
CREATE TABLE sightings (
  key INTEGER PRIMARY KEY,             -- the first is the one that is read with
  capture INTEGER NOT NULL REFERENCES captures (key),
  origin TEXT NOT NULL,
  url TEXT NOT NULL,                   -- '' if none
  retrieved_at TEXT NOT NULL,          -- ISO 8601, '' if not known
  hints TEXT NOT NULL,                 -- JSON object: metadata that came beside the bytes
  UNIQUE (capture, origin, url, retrieved_at)
) STRICT;

CREATE TABLE texts (
  key INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,         -- of the text in UTF-8
  text TEXT NOT NULL
) STRICT;

-- One reader's whole report of one document; superseded ones stay.
CREATE TABLE readings (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  capture INTEGER NOT NULL REFERENCES captures (key),
  document_id TEXT NOT NULL,
  reader TEXT NOT NULL,                -- name and version
  options TEXT NOT NULL,               -- JSON object: what the user said about the page (published, outlet)
  made_at TEXT NOT NULL,
  text INTEGER NOT NULL REFERENCES texts (key),
  digest TEXT NOT NULL,                -- of the report's canonical JSON
  record BLOB NOT NULL,                -- the report's JSON without its text, zlib
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX readings_by_capture ON readings (capture, reader);
CREATE INDEX readings_by_document ON readings (document_id);
CREATE INDEX readings_by_text ON readings (text);

CREATE TABLE documents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  capture INTEGER NOT NULL UNIQUE REFERENCES captures (key),
  reading INTEGER NOT NULL REFERENCES readings (key),  -- the current one
  text INTEGER NOT NULL REFERENCES texts (key),
  title TEXT,
  outlet TEXT,
  published TEXT,
  language TEXT NOT NULL,
  url TEXT,
  unread TEXT
) STRICT;
CREATE INDEX documents_by_published ON documents (published DESC, key);
CREATE INDEX documents_by_reading ON documents (reading);
CREATE INDEX documents_by_text ON documents (text);

CREATE TABLE attributions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (key),
  parent_id TEXT,
  source TEXT,                         -- words; NULL if no source is named
  kind TEXT,
  named INTEGER NOT NULL,
  party INTEGER NOT NULL,
  duress INTEGER NOT NULL,
  cue TEXT NOT NULL,
  stance TEXT NOT NULL
) STRICT;
CREATE INDEX attributions_by_id ON attributions (id);
CREATE INDEX attributions_by_document ON attributions (document);

CREATE TABLE events (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (key),
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  reality TEXT NOT NULL,
  voice TEXT NOT NULL,
  certainty TEXT NOT NULL,
  disputed INTEGER NOT NULL,
  triggers TEXT NOT NULL               -- words of the triggers
) STRICT;
CREATE INDEX events_by_id ON events (id);
CREATE INDEX events_by_document ON events (document);
CREATE INDEX events_by_type ON events (type, status, document);
CREATE INDEX events_by_status ON events (status, document);

CREATE TABLE claims (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (key),
  role TEXT NOT NULL,
  value TEXT NOT NULL,                 -- JSON
  words TEXT NOT NULL,
  spans TEXT NOT NULL,                 -- JSON: [[start, end], …]
  attribution_id TEXT,
  factuality TEXT NOT NULL,
  confidence REAL NOT NULL,
  origin TEXT NOT NULL,
  kind TEXT,                           -- of a count
  low INTEGER,
  high INTEGER,
  first_day TEXT,                      -- of a time, ISO dates, NULL if it cannot be known
  last_day TEXT
) STRICT;
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_event ON claims (event);
CREATE INDEX claims_by_count ON claims (kind, low, high, event) WHERE kind IS NOT NULL;
CREATE INDEX claims_by_day ON claims (first_day, last_day, event) WHERE first_day IS NOT NULL;

-- Claims of superseded readings that the current one no longer makes.
CREATE TABLE past_claims (
  id TEXT NOT NULL,
  reading INTEGER NOT NULL REFERENCES readings (key),
  event_id TEXT NOT NULL,              -- after the key: SQLite 3.40's quick_check misreads a column between its parts
  PRIMARY KEY (id, reading)
) STRICT, WITHOUT ROWID;
CREATE INDEX past_claims_by_event ON past_claims (event_id);
CREATE INDEX past_claims_by_reading ON past_claims (reading);

-- Pages that could not be read, until they can.
CREATE TABLE failures (
  place TEXT NOT NULL,                 -- the input, as the user would name it
  stage TEXT NOT NULL,
  what TEXT NOT NULL,
  remedy TEXT NOT NULL,
  capture INTEGER REFERENCES captures (key),
  PRIMARY KEY (place, stage)
) STRICT, WITHOUT ROWID;
CREATE INDEX failures_by_capture ON failures (capture);

CREATE TABLE judgements (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  claim_id TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct')),
  value TEXT,                          -- JSON
  note TEXT NOT NULL,
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  previous_id TEXT REFERENCES judgements (id),
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX judgements_by_claim ON judgements (claim_id);
CREATE INDEX judgements_by_previous ON judgements (previous_id);

-- hash = sha256(previous hash + canonical JSON of [entry, at, action, subject, detail]).
CREATE TABLE log (
  entry INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,                -- canonical JSON
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE VIEW pages AS
  SELECT documents.key AS key, documents.title AS title, texts.text AS body, documents.outlet AS outlet
  FROM documents JOIN texts ON texts.key = documents.text;

CREATE VIRTUAL TABLE page_words USING fts5 (
  title, body, outlet, content='pages', content_rowid='key', tokenize='unicode61 remove_diacritics 2'
);

-- One row an event; names of one column are kept apart by a private-use character.
CREATE VIRTUAL TABLE event_words USING fts5 (
  perpetrator, target, instrument, place, name, source, tokenize='unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE place_boxes USING rtree (key, south, north, west, east);

CREATE TRIGGER contents_stay BEFORE UPDATE ON contents BEGIN SELECT RAISE (ABORT, 'contents are never changed'); END;
CREATE TRIGGER contents_remain BEFORE DELETE ON contents BEGIN SELECT RAISE (ABORT, 'contents are never deleted'); END;
CREATE TRIGGER texts_stay BEFORE UPDATE ON texts BEGIN SELECT RAISE (ABORT, 'texts are never changed'); END;
CREATE TRIGGER texts_remain BEFORE DELETE ON texts BEGIN SELECT RAISE (ABORT, 'texts are never deleted'); END;
CREATE TRIGGER captures_stay BEFORE UPDATE ON captures BEGIN SELECT RAISE (ABORT, 'captures are never changed'); END;
CREATE TRIGGER captures_remain BEFORE DELETE ON captures BEGIN SELECT RAISE (ABORT, 'captures are never deleted'); END;
CREATE TRIGGER readings_stay BEFORE UPDATE ON readings BEGIN SELECT RAISE (ABORT, 'readings are never changed'); END;
CREATE TRIGGER readings_remain BEFORE DELETE ON readings BEGIN SELECT RAISE (ABORT, 'readings are never deleted'); END;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements BEGIN SELECT RAISE (ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements BEGIN SELECT RAISE (ABORT, 'judgements are never deleted'); END;
CREATE TRIGGER judgements_need_claims BEFORE INSERT ON judgements
  WHEN NOT EXISTS (SELECT 1 FROM claims WHERE id = NEW.claim_id) AND NOT EXISTS (SELECT 1 FROM past_claims WHERE id = NEW.claim_id)
  BEGIN SELECT RAISE (ABORT, 'a judgement needs a claim'); END;
CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE (ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_remains BEFORE DELETE ON log BEGIN SELECT RAISE (ABORT, 'the log is never deleted'); END;
