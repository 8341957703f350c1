-- What is erased and what stays of it, and how long pages are kept, added by schema 3. Own work, Apache-2.0.
-- Rows stand in `erasing` only inside the transaction that erases; triggers let nothing be deleted without it.
CREATE TABLE erasing (subject TEXT NOT NULL) STRICT;

CREATE TABLE tombstones (
  key INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL,           -- '' of a page that could not be read
  capture_id TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL UNIQUE,         -- of the bytes, which are never taken in again
  why TEXT NOT NULL,
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  counts TEXT NOT NULL,                -- JSON object: what went with it
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX tombstones_by_log ON tombstones (log);
CREATE INDEX tombstones_by_document ON tombstones (document_id);
CREATE TRIGGER tombstones_stay BEFORE UPDATE ON tombstones BEGIN SELECT RAISE (ABORT, 'tombstones are never changed'); END;
CREATE TRIGGER tombstones_remain BEFORE DELETE ON tombstones BEGIN SELECT RAISE (ABORT, 'tombstones are never deleted'); END;

-- Erasures after which the file has still to be written anew, so that no trace stays in its free pages.
CREATE TABLE uncleaned (log INTEGER PRIMARY KEY REFERENCES log (entry)) STRICT;

-- Rules about how long pages are kept; a rule that is removed stays, inactive. Nothing is erased by a rule alone.
CREATE TABLE retention_rules (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  days INTEGER NOT NULL,
  since TEXT NOT NULL CHECK (since IN ('retrieval', 'publication')),
  level TEXT NOT NULL,                 -- only pages of incidents of this sensitivity, '' for all
  why TEXT NOT NULL,
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX retention_rules_by_log ON retention_rules (log);

DROP TRIGGER contents_remain;
CREATE TRIGGER contents_remain BEFORE DELETE ON contents WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'contents are never deleted'); END;
DROP TRIGGER texts_remain;
CREATE TRIGGER texts_remain BEFORE DELETE ON texts WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'texts are never deleted'); END;
DROP TRIGGER captures_remain;
CREATE TRIGGER captures_remain BEFORE DELETE ON captures WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'captures are never deleted'); END;
DROP TRIGGER readings_remain;
CREATE TRIGGER readings_remain BEFORE DELETE ON readings WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'readings are never deleted'); END;
DROP TRIGGER judgements_remain;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'judgements are never deleted'); END;
DROP TRIGGER link_judgements_remain;
CREATE TRIGGER link_judgements_remain BEFORE DELETE ON link_judgements WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'link judgements are never deleted'); END;
-- Of an entry that quotes what is erased the detail is emptied; number, time, action, subject and hashes stay.
DROP TRIGGER log_stays;
CREATE TRIGGER log_stays BEFORE UPDATE ON log
  WHEN NOT EXISTS (SELECT 1 FROM erasing) OR NEW.detail IS NOT '{}' OR NEW.entry IS NOT OLD.entry OR NEW.at IS NOT OLD.at
    OR NEW.action IS NOT OLD.action OR NEW.subject IS NOT OLD.subject OR NEW.previous IS NOT OLD.previous OR NEW.hash IS NOT OLD.hash
  BEGIN SELECT RAISE (ABORT, 'the log is never changed'); END;
CREATE TRIGGER captures_stay_erased BEFORE INSERT ON captures WHEN EXISTS (SELECT 1 FROM tombstones WHERE digest = NEW.digest)
  BEGIN SELECT RAISE (ABORT, 'what was erased is not taken in again'); END;
