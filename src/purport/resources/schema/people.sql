-- Who works with the project file, added by schema 3. Own work, Apache-2.0. The log has every change, without the hash of a password.
CREATE TABLE people (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('reader', 'coder', 'editor')),
  password TEXT NOT NULL,              -- Argon2id in its encoded form
  is_active INTEGER NOT NULL,
  log INTEGER NOT NULL REFERENCES log (entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_log ON people (log);
