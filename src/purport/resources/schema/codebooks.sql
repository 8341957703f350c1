-- The project's own codebooks, added by schema 4; the last one holds. Own work, Apache-2.0.

CREATE TABLE codebooks (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL,                  -- "purport" for the package's own
  version TEXT NOT NULL,
  digest TEXT NOT NULL,                -- SHA-256 of text, NUL, actors; '' for the package's own
  text TEXT NOT NULL,
  actors TEXT NOT NULL,                -- the actor list that stood beside the file
  coder TEXT NOT NULL,
  made_at TEXT NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT;
CREATE INDEX codebooks_by_log ON codebooks (log);
