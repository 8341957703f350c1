-- Rows of incidents as tables of exports hold them, added by schema 5. Own work, Apache-2.0.
-- Derived, and made again where they are stale. An export makes by itself what is stale or was made by another version.

CREATE TABLE kept_rows (
  incident TEXT PRIMARY KEY,
  made_by TEXT NOT NULL,               -- version of purport and of the rows, digest of the codebook
  rows BLOB NOT NULL                   -- JSON by format, compressed; names of victims are withheld
) STRICT;
CREATE INDEX kept_rows_by_maker ON kept_rows (made_by);

CREATE TABLE stale_rows (
  incident TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale_rows SELECT id FROM incidents;
-- Cards of incidents that had lost an event were left as they were.
INSERT INTO stale_cards SELECT id FROM incidents WHERE id NOT IN (SELECT incident FROM stale_cards);

CREATE TRIGGER members_come_to_rows AFTER INSERT ON incident_members
  WHEN NEW.incident NOT IN (SELECT incident FROM stale_rows) BEGIN INSERT INTO stale_rows VALUES (NEW.incident); END;
CREATE TRIGGER members_leave_rows AFTER DELETE ON incident_members
  WHEN OLD.incident NOT IN (SELECT incident FROM stale_rows) BEGIN INSERT INTO stale_rows VALUES (OLD.incident); END;
CREATE TRIGGER members_change_rows AFTER UPDATE ON incident_members BEGIN
  INSERT INTO stale_rows SELECT OLD.incident WHERE OLD.incident NOT IN (SELECT incident FROM stale_rows);
  INSERT INTO stale_rows SELECT NEW.incident WHERE NEW.incident NOT IN (SELECT incident FROM stale_rows); END;
CREATE TRIGGER readings_change_rows AFTER UPDATE OF reading ON documents BEGIN
  INSERT INTO stale_rows SELECT DISTINCT incident FROM incident_members
    WHERE document = NEW.key AND incident NOT IN (SELECT incident FROM stale_rows); END;

-- A name that people add or correct is withheld on its whole page, so that every incident of the page changes.
CREATE TRIGGER judgements_change_rows AFTER INSERT ON judgements BEGIN
  INSERT INTO stale_rows SELECT DISTINCT incident FROM incident_members
    WHERE document IN (
        SELECT events.document FROM claims JOIN events ON events.key = claims.event WHERE claims.id = NEW.claim_id
        UNION SELECT documents.key FROM additions JOIN documents ON documents.id = additions.document_id WHERE additions.id = NEW.claim_id)
      AND incident NOT IN (SELECT incident FROM stale_rows); END;
CREATE TRIGGER additions_change_rows AFTER INSERT ON additions BEGIN
  INSERT INTO stale_rows SELECT DISTINCT incident FROM incident_members
    WHERE document IN (SELECT key FROM documents WHERE id = NEW.document_id) AND incident NOT IN (SELECT incident FROM stale_rows); END;
