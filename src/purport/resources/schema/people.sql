-- Who works with the project file, added by schema 3. Own work, Apache-2.0. The log has every change, without the hash of a password.
CREATE TABLE people (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('reader', 'coder', 'editor')),
  password TEXT NOT NULL,              -- Argon2id in its encoded form
  is_active INTEGER NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)  -- the last change; a session that began before it is over
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_log ON people (log);
CREATE TRIGGER people_remain BEFORE DELETE ON people BEGIN SELECT RAISE (ABORT, 'people are disabled, never deleted'); END;

-- Words by which a program asks in a person's name. The word itself is shown once and kept nowhere.
CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES people (name),
  name TEXT NOT NULL,                  -- what it is for
  digest TEXT NOT NULL UNIQUE,         -- SHA-256 of the word, which has 256 random bits
  made_at TEXT NOT NULL,
  is_revoked INTEGER NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_by_person ON tokens (person);
CREATE INDEX tokens_by_log ON tokens (log);
