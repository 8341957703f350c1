-- Rows of incidents as tables of exports hold them, added by schema 5. Own work, Apache-2.0.
-- Derived, and made again where they are stale. An export makes by itself what is stale or was made by another version.

CREATE TABLE kept_rows (
  incident TEXT PRIMARY KEY,
  made_by TEXT NOT NULL,               -- version of purport and of the rows, digest of the codebook
  rows BLOB NOT NULL                   -- by format, compressed; names of victims are withheld
) STRICT;
CREATE INDEX kept_rows_by_maker ON kept_rows (made_by);

-- Incidents of which something changed. A name that one page gives is withheld on every page of its incidents: incidents that share a page
-- with such a one are stale too, until it is alone.
CREATE TABLE stale_rows (
  incident TEXT PRIMARY KEY,
  alone INTEGER NOT NULL DEFAULT 0     -- 1: those that share a page with it stand here too
) STRICT, WITHOUT ROWID;
INSERT INTO stale_rows SELECT id, 1 FROM incidents;
-- Cards of incidents that had lost an event were left as they were.
INSERT INTO stale_cards SELECT id FROM incidents WHERE id NOT IN (SELECT incident FROM stale_cards);

-- Written with NOT IN, since an OR clause of the statement that fires a trigger would take the place of the trigger's own.
CREATE TRIGGER members_come_to_rows AFTER INSERT ON incident_members BEGIN
  UPDATE stale_rows SET alone = 0 WHERE incident = NEW.incident AND alone = 1;
  INSERT INTO stale_rows (incident) SELECT NEW.incident WHERE NEW.incident NOT IN (SELECT incident FROM stale_rows); END;
CREATE TRIGGER members_leave_rows AFTER DELETE ON incident_members BEGIN
  UPDATE stale_rows SET alone = 0 WHERE alone = 1
    AND incident IN (SELECT OLD.incident UNION SELECT incident FROM incident_members WHERE document = OLD.document);
  INSERT INTO stale_rows (incident) SELECT incident
    FROM (SELECT OLD.incident AS incident UNION SELECT incident FROM incident_members WHERE document = OLD.document)
    WHERE incident NOT IN (SELECT incident FROM stale_rows); END;
CREATE TRIGGER members_change_rows AFTER UPDATE ON incident_members BEGIN
  UPDATE stale_rows SET alone = 0 WHERE incident IN (OLD.incident, NEW.incident) AND alone = 1;
  INSERT INTO stale_rows (incident) SELECT OLD.incident WHERE OLD.incident NOT IN (SELECT incident FROM stale_rows);
  INSERT INTO stale_rows (incident) SELECT NEW.incident WHERE NEW.incident NOT IN (SELECT incident FROM stale_rows); END;
CREATE TRIGGER readings_change_rows AFTER UPDATE OF reading ON documents BEGIN
  UPDATE stale_rows SET alone = 0 WHERE alone = 1 AND incident IN (SELECT incident FROM incident_members WHERE document = NEW.key);
  INSERT INTO stale_rows (incident) SELECT DISTINCT incident FROM incident_members
    WHERE document = NEW.key AND incident NOT IN (SELECT incident FROM stale_rows); END;

-- The pages of which something was said.
CREATE VIEW judged_pages AS
  SELECT claims.id AS claim, events.document FROM claims JOIN events ON events.key = claims.event
  UNION ALL SELECT additions.id, documents.key FROM additions JOIN documents ON documents.id = additions.document_id;
CREATE TRIGGER judgements_change_rows AFTER INSERT ON judgements BEGIN
  UPDATE stale_rows SET alone = 0 WHERE alone = 1 AND incident IN (
    SELECT incident FROM incident_members WHERE document IN (SELECT document FROM judged_pages WHERE claim = NEW.claim_id));
  INSERT INTO stale_rows (incident) SELECT DISTINCT incident FROM incident_members
    WHERE document IN (SELECT document FROM judged_pages WHERE claim = NEW.claim_id)
      AND incident NOT IN (SELECT incident FROM stale_rows); END;
CREATE TRIGGER additions_change_rows AFTER INSERT ON additions BEGIN
  UPDATE stale_rows SET alone = 0 WHERE alone = 1 AND incident IN (
    SELECT incident FROM incident_members JOIN documents ON documents.key = document WHERE documents.id = NEW.document_id);
  INSERT INTO stale_rows (incident) SELECT DISTINCT incident FROM incident_members
    WHERE document IN (SELECT key FROM documents WHERE id = NEW.document_id) AND incident NOT IN (SELECT incident FROM stale_rows); END;
