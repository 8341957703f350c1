-- Rounds of coding, added by schema 3. Own work, Apache-2.0. Nothing of it is ever changed; erasing a page erases what was coded of it.
CREATE TABLE rounds (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,                -- JSON: names of the codebook's fields
  coders TEXT NOT NULL,                -- JSON: names
  blind INTEGER NOT NULL,
  chosen TEXT NOT NULL,                -- how its events were chosen: query, number drawn, seed
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX rounds_by_log ON rounds (log);

-- The events of a round in the order of coding, as they stood when it was made.
CREATE TABLE round_units (
  key INTEGER PRIMARY KEY,
  round INTEGER NOT NULL REFERENCES rounds (key),
  event TEXT NOT NULL,
  document TEXT NOT NULL,              -- id
  triggers TEXT NOT NULL,              -- JSON: [[start, end], …]
  UNIQUE (round, event)
) STRICT;
CREATE INDEX round_units_by_document ON round_units (document);
CREATE INDEX round_units_by_event ON round_units (event);

CREATE TABLE codings (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  round INTEGER NOT NULL REFERENCES rounds (key),
  event TEXT NOT NULL,
  coder TEXT NOT NULL,
  is_event INTEGER NOT NULL,
  answers TEXT NOT NULL,               -- JSON: {field: {value, spans, note}}
  comment TEXT NOT NULL,
  seconds REAL NOT NULL,
  is_adjudication INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX codings_by_event ON codings (event);
CREATE INDEX codings_by_round ON codings (round, event, key);
CREATE INDEX codings_by_log ON codings (log);

-- A coder handed in: these answers stand and the machine's may be shown. Without a coder: the round was closed.
CREATE TABLE round_ends (
  key INTEGER PRIMARY KEY,
  round INTEGER NOT NULL REFERENCES rounds (key),
  coder TEXT,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE UNIQUE INDEX round_ends_once ON round_ends (round, coder);
CREATE INDEX round_ends_by_log ON round_ends (log);

CREATE TRIGGER codings_need_units BEFORE INSERT ON codings
  WHEN NOT EXISTS (SELECT 1 FROM round_units WHERE round = NEW.round AND event = NEW.event)
  BEGIN SELECT RAISE (ABORT, 'a coding needs a unit of its round'); END;
CREATE TRIGGER rounds_stay BEFORE UPDATE ON rounds BEGIN SELECT RAISE (ABORT, 'rounds are never changed'); END;
CREATE TRIGGER rounds_remain BEFORE DELETE ON rounds BEGIN SELECT RAISE (ABORT, 'rounds are never deleted'); END;
CREATE TRIGGER round_units_stay BEFORE UPDATE ON round_units BEGIN SELECT RAISE (ABORT, 'units of a round are never changed'); END;
CREATE TRIGGER round_units_remain BEFORE DELETE ON round_units WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'units of a round are never deleted'); END;
CREATE TRIGGER codings_stay BEFORE UPDATE ON codings BEGIN SELECT RAISE (ABORT, 'codings are never changed'); END;
CREATE TRIGGER codings_remain BEFORE DELETE ON codings WHEN NOT EXISTS (SELECT 1 FROM erasing)
  BEGIN SELECT RAISE (ABORT, 'codings are never deleted'); END;
CREATE TRIGGER round_ends_stay BEFORE UPDATE ON round_ends BEGIN SELECT RAISE (ABORT, 'what was handed in stays handed in'); END;
CREATE TRIGGER round_ends_remain BEFORE DELETE ON round_ends BEGIN SELECT RAISE (ABORT, 'what was handed in stays handed in'); END;
