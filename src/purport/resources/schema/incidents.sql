-- Incidents in the project file of purport, added by schema 2. Own work, Apache-2.0.
-- What is kept for good: links, memberships, link_judgements. Triggers forbid changing it.
-- What is derived and can be made again by `purport merge`: sketches, profiles, block_keys, scored_pairs, unsettled, incident_members,
-- incidents.

-- Pages in languages that are not read: places, days, numbers and names found without reading.
CREATE TABLE sketches (
  document INTEGER PRIMARY KEY REFERENCES documents (key),
  record TEXT NOT NULL                 -- JSON
) STRICT;

-- Which reading of a page was linked, and by whom; a page whose reading or linker is another is linked again.
CREATE TABLE linked_pages (
  document INTEGER PRIMARY KEY REFERENCES documents (key),
  reading INTEGER NOT NULL REFERENCES readings (key),
  linker TEXT NOT NULL                 -- name, version and fingerprint of its weights
) STRICT;
CREATE INDEX linked_pages_by_reading ON linked_pages (reading);
CREATE INDEX linked_pages_by_linker ON linked_pages (linker);

-- Pages that are new or were read again since they were linked; triggers fill it, so that a run need not look at every page.
CREATE TABLE unlinked (
  document INTEGER PRIMARY KEY REFERENCES documents (key)
) STRICT;
INSERT INTO unlinked SELECT key FROM documents;
CREATE TRIGGER documents_are_new AFTER INSERT ON documents
  WHEN NEW.key NOT IN (SELECT document FROM unlinked) BEGIN INSERT INTO unlinked VALUES (NEW.key); END;
CREATE TRIGGER documents_are_read_again AFTER UPDATE OF reading ON documents
  WHEN NEW.key NOT IN (SELECT document FROM unlinked) BEGIN INSERT INTO unlinked VALUES (NEW.key); END;

-- What of an event (or of an unread page as a whole) is compared.
CREATE TABLE profiles (
  key INTEGER PRIMARY KEY,
  event TEXT NOT NULL UNIQUE,          -- id of the event, or of the unread page as a whole
  document INTEGER NOT NULL REFERENCES documents (key),
  record TEXT NOT NULL,                -- JSON of the linker
  first_day TEXT,                      -- ISO dates, NULL if not known
  last_day TEXT
) STRICT;
CREATE INDEX profiles_by_document ON profiles (document);

-- Events of one block are compared with their neighbours in its order.
CREATE TABLE block_keys (
  block INTEGER NOT NULL,              -- hash of what its events have in common
  place INTEGER NOT NULL,              -- where in the block's order
  event TEXT NOT NULL,                 -- breaks ties of place, so that the order is that of the events, not of their arrival
  profile INTEGER NOT NULL REFERENCES profiles (key),
  PRIMARY KEY (block, place, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_keys_by_profile ON block_keys (profile);

-- Pairs that may be one incident; in both directions.
CREATE TABLE scored_pairs (
  profile INTEGER NOT NULL REFERENCES profiles (key),
  other INTEGER NOT NULL REFERENCES profiles (key),
  score REAL NOT NULL,                 -- chance from 0 to 1
  PRIMARY KEY (profile, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX scored_pairs_by_other ON scored_pairs (other);

-- Events whose incident has still to be made again.
CREATE TABLE unsettled (
  event TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What was decided about a pair of events; the last row of a pair holds, those before stay.
CREATE TABLE links (
  key INTEGER PRIMARY KEY,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  score REAL NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('joined', 'proposed', 'apart')),
  reasons TEXT NOT NULL,               -- JSON: [[part, log odds], …]
  by TEXT NOT NULL,                    -- the linker
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry),
  CHECK (first < second)
) STRICT;
CREATE INDEX links_by_pair ON links (first, second, key);
CREATE INDEX links_by_second ON links (second, first);
CREATE INDEX links_by_log ON links (log);

-- Every change of the incident that an event belongs to; NULL if the event is no longer read.
CREATE TABLE memberships (
  key INTEGER PRIMARY KEY,
  event TEXT NOT NULL,
  incident TEXT,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX memberships_by_event ON memberships (event, key);
CREATE INDEX memberships_by_incident ON memberships (incident, event);
CREATE INDEX memberships_by_log ON memberships (log);

CREATE TABLE incident_members (
  event TEXT PRIMARY KEY,
  incident TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (key)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_members_by_incident ON incident_members (incident, event);
CREATE INDEX incident_members_by_document ON incident_members (document);

CREATE TABLE incidents (
  id TEXT PRIMARY KEY,
  pages INTEGER NOT NULL,
  events INTEGER NOT NULL,             -- read events; unread pages are not among them
  first_day TEXT,                      -- of the most precise day that a page gives, NULL if none does
  last_day TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_pages ON incidents (pages DESC, id);
CREATE INDEX incidents_by_day ON incidents (first_day, last_day);

CREATE TABLE link_judgements (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'withdrawn')),
  note TEXT NOT NULL,
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  previous_id TEXT REFERENCES link_judgements (id),
  log INTEGER NOT NULL REFERENCES log (entry),
  CHECK (first < second)
) STRICT;
CREATE INDEX link_judgements_by_pair ON link_judgements (first, second, key);
CREATE INDEX link_judgements_by_second ON link_judgements (second, first);
CREATE INDEX link_judgements_by_previous ON link_judgements (previous_id);

CREATE TRIGGER links_stay BEFORE UPDATE ON links BEGIN SELECT RAISE (ABORT, 'links are never changed'); END;
CREATE TRIGGER links_remain BEFORE DELETE ON links BEGIN SELECT RAISE (ABORT, 'links are never deleted'); END;
CREATE TRIGGER memberships_stay BEFORE UPDATE ON memberships BEGIN SELECT RAISE (ABORT, 'memberships are never changed'); END;
CREATE TRIGGER memberships_remain BEFORE DELETE ON memberships BEGIN SELECT RAISE (ABORT, 'memberships are never deleted'); END;
CREATE TRIGGER link_judgements_stay BEFORE UPDATE ON link_judgements
  BEGIN SELECT RAISE (ABORT, 'link judgements are never changed'); END;
CREATE TRIGGER link_judgements_remain BEFORE DELETE ON link_judgements
  BEGIN SELECT RAISE (ABORT, 'link judgements are never deleted'); END;
