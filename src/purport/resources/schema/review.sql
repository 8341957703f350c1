-- People's review, added by schema 3. Own work, Apache-2.0.
-- What is kept for good: judgements, additions, comments, assignments, sensitivities, review_marks, samples. Triggers forbid changing it;
-- erasing a page is the one exception. What is derived and can be made again: review_queue.

-- Judgements can be withdrawn and can change more than a value; those before keep their ids.
ALTER TABLE judgements RENAME TO judgements_of_schema_2;
CREATE TABLE judgements (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  claim_id TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct', 'withdrawn')),
  value TEXT,                          -- JSON
  note TEXT NOT NULL,
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  previous_id TEXT REFERENCES judgements (id),
  log INTEGER NOT NULL REFERENCES log (entry),
  change TEXT                          -- JSON object: other evidence, voice or factuality, and whether it settles; NULL if none
) STRICT;
INSERT INTO judgements (key, id, claim_id, verdict, value, note, coder, made_at, previous_id, log)
  SELECT key, id, claim_id, verdict, value, note, coder, made_at, previous_id, log FROM judgements_of_schema_2 ORDER BY key;
DROP TABLE judgements_of_schema_2;
CREATE INDEX judgements_by_claim ON judgements (claim_id);
CREATE INDEX judgements_by_previous ON judgements (previous_id);
CREATE INDEX judgements_by_log ON judgements (log);
CREATE INDEX judgements_by_coder ON judgements (coder, log);

-- What people added to a page, and took back; the last row of a coder about an id holds.
CREATE TABLE additions (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,                    -- of the attribution, event or claim
  kind TEXT NOT NULL CHECK (kind IN ('attribution', 'event', 'claim')),
  document_id TEXT NOT NULL,
  event_id TEXT,                       -- of the event itself, or of the claim's event
  record TEXT NOT NULL,                -- JSON
  words TEXT NOT NULL,                 -- what was selected
  state TEXT NOT NULL CHECK (state IN ('added', 'withdrawn')),
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX additions_by_id ON additions (id);
CREATE INDEX additions_by_document ON additions (document_id);
CREATE INDEX additions_by_event ON additions (event_id);
CREATE INDEX additions_by_log ON additions (log);
CREATE INDEX additions_by_coder ON additions (coder, log);

-- Remarks about an incident (by the id of one of its events), event, claim or page. The last row of an id holds.
CREATE TABLE comments (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,                  -- '' in a row that withdraws
  state TEXT NOT NULL CHECK (state IN ('said', 'withdrawn')),
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX comments_by_id ON comments (id);
CREATE INDEX comments_by_subject ON comments (subject);
CREATE INDEX comments_by_log ON comments (log);

-- Incidents given to coders, by one event of each. The last row of an id holds.
CREATE TABLE assignments (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  coder TEXT NOT NULL,                 -- to whom
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'withdrawn')),
  given_by TEXT NOT NULL,              -- who wrote this row
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX assignments_by_id ON assignments (id);
CREATE INDEX assignments_by_event ON assignments (event_id);
CREATE INDEX assignments_by_coder ON assignments (coder, key);
CREATE INDEX assignments_by_log ON assignments (log);

-- Who may be harmed; of each event of an incident the last row that was not taken back holds, of an incident the strictest.
CREATE TABLE sensitivities (
  key INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('open', 'sensitive', 'restricted', 'withdrawn')),
  why TEXT NOT NULL,
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX sensitivities_by_event ON sensitivities (event_id);
CREATE INDEX sensitivities_by_log ON sensitivities (log);
CREATE INDEX sensitivities_by_coder ON sensitivities (coder, log);

-- That the review of an incident is done, event by event; one that joins the incident later has not been looked at.
CREATE TABLE review_marks (
  key INTEGER PRIMARY KEY,
  event_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('done', 'reopened', 'withdrawn')),
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX review_marks_by_event ON review_marks (event_id);
CREATE INDEX review_marks_by_log ON review_marks (log);
CREATE INDEX review_marks_by_coder ON review_marks (coder, log);

CREATE INDEX link_judgements_by_coder ON link_judgements (coder, log);
-- Random samples of events to review, drawn once so that they stay as more pages come.
CREATE TABLE samples (
  id TEXT PRIMARY KEY,
  seed INTEGER NOT NULL,
  size INTEGER NOT NULL,               -- asked for
  type TEXT NOT NULL,                  -- only of this type, '' for any
  query TEXT NOT NULL,                 -- only events that match, '' for any
  drawn INTEGER NOT NULL,              -- events in it
  total INTEGER NOT NULL,              -- events that it was drawn from
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX samples_by_log ON samples (log);
CREATE TABLE sample_events (
  sample TEXT NOT NULL REFERENCES samples (id),
  place INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (sample, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_events_by_event ON sample_events (event);

-- One row an event that is read or added: what decides in which queue it waits.
CREATE TABLE review_queue (
  event TEXT PRIMARY KEY,
  document TEXT NOT NULL,              -- its id
  type TEXT NOT NULL,
  claims INTEGER NOT NULL,
  decided INTEGER NOT NULL,            -- of them, by anybody
  least REAL NOT NULL,                 -- the lowest confidence of a claim
  disputed INTEGER NOT NULL,           -- its page says what cannot both be true
  contested INTEGER NOT NULL,          -- coders decided otherwise
  done INTEGER NOT NULL                -- its review is done
) STRICT, WITHOUT ROWID;
CREATE INDEX review_queue_by_confidence ON review_queue (least, event) WHERE done = 0 AND decided < claims;
CREATE INDEX review_queue_by_dispute ON review_queue (1 - contested, event)
  WHERE done = 0 AND (contested = 1 OR disputed = 1 AND decided < claims);
CREATE INDEX review_queue_by_newness ON review_queue (event) WHERE done = 0 AND decided = 0;
CREATE INDEX review_queue_by_type ON review_queue (type, event);
CREATE INDEX review_queue_by_document ON review_queue (document);
INSERT OR IGNORE INTO review_queue
  SELECT events.id, documents.id, events.type, count(DISTINCT claims.id),
    (SELECT count(DISTINCT claim_id) FROM claims AS own JOIN judgements ON judgements.claim_id = own.id WHERE own.event = events.key),
    coalesce(min(claims.confidence), 1.0), events.disputed, 0, 0
  FROM events JOIN documents ON documents.key = events.document LEFT JOIN claims ON claims.event = events.key GROUP BY events.key;
CREATE TRIGGER events_wait_for_review AFTER INSERT ON events BEGIN
  INSERT OR REPLACE INTO review_queue
    SELECT NEW.id, documents.id, NEW.type, 0, 0, 1.0, NEW.disputed, 0,
      coalesce((SELECT state = 'done' FROM review_marks WHERE event_id = NEW.id ORDER BY key DESC LIMIT 1), 0)
    FROM documents WHERE documents.key = NEW.document; END;
CREATE TRIGGER claims_wait_for_review AFTER INSERT ON claims BEGIN
  UPDATE review_queue SET claims = claims + 1, least = min(least, NEW.confidence),
    decided = decided + EXISTS (SELECT 1 FROM judgements WHERE claim_id = NEW.id)
  WHERE event = (SELECT id FROM events WHERE key = NEW.event); END;
CREATE TRIGGER events_leave_review AFTER DELETE ON events BEGIN
  DELETE FROM review_queue WHERE event = OLD.id; END;

-- What is decided changes what lists show of its events.
CREATE TRIGGER judgements_stale AFTER INSERT ON judgements BEGIN
  INSERT OR IGNORE INTO stale_incidents
    SELECT events.id FROM claims JOIN events ON events.key = claims.event WHERE claims.id = NEW.claim_id
    UNION SELECT event_id FROM additions WHERE id = NEW.claim_id AND event_id IS NOT NULL; END;
CREATE TRIGGER additions_stale AFTER INSERT ON additions WHEN NEW.event_id IS NOT NULL BEGIN
  INSERT OR IGNORE INTO stale_incidents VALUES (NEW.event_id); END;
CREATE TRIGGER sensitivities_stale AFTER INSERT ON sensitivities BEGIN
  INSERT OR IGNORE INTO stale_incidents VALUES (NEW.event_id); END;
CREATE TRIGGER review_marks_stale AFTER INSERT ON review_marks BEGIN
  INSERT OR IGNORE INTO stale_incidents VALUES (NEW.event_id); END;
CREATE TRIGGER assignments_stale AFTER INSERT ON assignments BEGIN
  INSERT OR IGNORE INTO stale_incidents VALUES (NEW.event_id); END;
CREATE TRIGGER comments_stale AFTER INSERT ON comments WHEN NEW.subject LIKE 'evt-%' BEGIN
  INSERT OR IGNORE INTO stale_incidents VALUES (NEW.subject); END;
-- Events that people add are linked like others.
CREATE TRIGGER additions_are_new AFTER INSERT ON additions WHEN NEW.kind = 'event' BEGIN
  INSERT OR IGNORE INTO unlinked SELECT key FROM documents WHERE id = NEW.document_id; END;

CREATE TRIGGER judgements_need_claims BEFORE INSERT ON judgements
  WHEN NOT EXISTS (SELECT 1 FROM claims WHERE id = NEW.claim_id) AND NOT EXISTS (SELECT 1 FROM past_claims WHERE id = NEW.claim_id)
    AND NOT EXISTS (SELECT 1 FROM additions WHERE id = NEW.claim_id AND kind = 'claim')
  BEGIN SELECT RAISE (ABORT, 'a judgement needs a claim'); END;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
  BEGIN SELECT RAISE (ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'judgements are never deleted'); END;
CREATE TRIGGER additions_stay BEFORE UPDATE ON additions
  BEGIN SELECT RAISE (ABORT, 'additions are never changed'); END;
CREATE TRIGGER additions_remain BEFORE DELETE ON additions WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'additions are never deleted'); END;
CREATE TRIGGER comments_stay BEFORE UPDATE ON comments
  BEGIN SELECT RAISE (ABORT, 'comments are never changed'); END;
CREATE TRIGGER comments_remain BEFORE DELETE ON comments WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'comments are never deleted'); END;
CREATE TRIGGER assignments_stay BEFORE UPDATE ON assignments
  BEGIN SELECT RAISE (ABORT, 'assignments are never changed'); END;
CREATE TRIGGER assignments_remain BEFORE DELETE ON assignments WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'assignments are never deleted'); END;
CREATE TRIGGER sensitivities_stay BEFORE UPDATE ON sensitivities
  BEGIN SELECT RAISE (ABORT, 'sensitivities are never changed'); END;
CREATE TRIGGER sensitivities_remain BEFORE DELETE ON sensitivities WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'sensitivities are never deleted'); END;
CREATE TRIGGER review_marks_stay BEFORE UPDATE ON review_marks
  BEGIN SELECT RAISE (ABORT, 'review marks are never changed'); END;
CREATE TRIGGER review_marks_remain BEFORE DELETE ON review_marks WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'review marks are never deleted'); END;
CREATE TRIGGER samples_stay BEFORE UPDATE ON samples
  BEGIN SELECT RAISE (ABORT, 'samples are never changed'); END;
CREATE TRIGGER samples_remain BEFORE DELETE ON samples WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'samples are never deleted'); END;
