-- What is erased and what stays of it, added by schema 3. Own work, Apache-2.0.
-- Rows stand in `erasing` only inside the transaction that erases; triggers let nothing be deleted without it.
CREATE TABLE erasing (subject TEXT NOT NULL) STRICT;
