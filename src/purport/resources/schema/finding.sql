-- Added by schema 3. Own work, Apache-2.0.

-- Events whose incidents have to be shown anew; what people decide puts them in.
CREATE TABLE IF NOT EXISTS stale_incidents (
  event TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
