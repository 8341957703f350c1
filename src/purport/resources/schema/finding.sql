-- What lists, the map and the timeline show, added by schema 3. Own work, Apache-2.0.
-- Derived, and made again where it is stale: incident_cards, card_changes. Kept for good: saved_searches.

-- Events whose incidents have to be shown anew; what people decide puts them in.
CREATE TABLE IF NOT EXISTS stale_incidents (
  event TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Incidents whose card has to be made again, or taken away.
CREATE TABLE stale_cards (
  incident TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale_cards SELECT id FROM incidents;

CREATE TABLE incident_cards (
  incident TEXT PRIMARY KEY,
  card TEXT NOT NULL                   -- JSON
) STRICT, WITHOUT ROWID;

-- The last change of each card, also of one that went; a number is given once.
CREATE TABLE card_changes (
  change INTEGER PRIMARY KEY AUTOINCREMENT,
  incident TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER cards_are_made AFTER INSERT ON incident_cards BEGIN
  DELETE FROM card_changes WHERE incident = NEW.incident;
  INSERT INTO card_changes (incident) VALUES (NEW.incident); END;
CREATE TRIGGER cards_are_made_again AFTER UPDATE ON incident_cards BEGIN
  DELETE FROM card_changes WHERE incident = NEW.incident;
  INSERT INTO card_changes (incident) VALUES (NEW.incident); END;
CREATE TRIGGER cards_go AFTER DELETE ON incident_cards BEGIN
  DELETE FROM card_changes WHERE incident = OLD.incident;
  INSERT INTO card_changes (incident) VALUES (OLD.incident); END;

-- Written with NOT IN, since an OR clause of the statement that fires a trigger would take the place of the trigger's own.
CREATE TRIGGER members_come_to_cards AFTER INSERT ON incident_members
  WHEN NEW.incident NOT IN (SELECT incident FROM stale_cards) BEGIN INSERT INTO stale_cards VALUES (NEW.incident); END;
CREATE TRIGGER members_leave_cards AFTER DELETE ON incident_members
  WHEN OLD.incident NOT IN (SELECT incident FROM stale_cards) BEGIN INSERT INTO stale_cards VALUES (OLD.incident); END;
CREATE TRIGGER members_change_cards AFTER UPDATE ON incident_members BEGIN
  INSERT INTO stale_cards SELECT OLD.incident WHERE OLD.incident NOT IN (SELECT incident FROM stale_cards);
  INSERT INTO stale_cards SELECT NEW.incident WHERE NEW.incident NOT IN (SELECT incident FROM stale_cards); END;
CREATE TRIGGER readings_change_cards AFTER UPDATE OF reading ON documents BEGIN
  INSERT INTO stale_cards SELECT DISTINCT incident FROM incident_members
    WHERE document = NEW.key AND incident NOT IN (SELECT incident FROM stale_cards); END;
CREATE TRIGGER decisions_change_cards AFTER INSERT ON stale_incidents BEGIN
  INSERT INTO stale_cards SELECT incident FROM incident_members
    WHERE event = NEW.event AND incident NOT IN (SELECT incident FROM stale_cards); END;

CREATE TABLE saved_searches (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,                 -- as it stands in an address
  number INTEGER NOT NULL,             -- incidents found
  log_entry INTEGER NOT NULL,          -- the state of the data: the log's last entry
  log_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('kept', 'withdrawn')),
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX saved_searches_by_id ON saved_searches (id);
CREATE INDEX saved_searches_by_log ON saved_searches (log);
CREATE TRIGGER saved_searches_stay BEFORE UPDATE ON saved_searches
  BEGIN SELECT RAISE (ABORT, 'saved searches are never changed'); END;
CREATE TRIGGER saved_searches_remain BEFORE DELETE ON saved_searches WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'saved searches are never deleted'); END;
