-- Made of the journal alone; delete the file, and it is made again. Times are microseconds since 1970-01-01T00:00:00Z.

CREATE TABLE projection (
  version  INTEGER NOT NULL,
  journal  TEXT    NOT NULL,  -- the identity of the journal that it is made of
  consumed INTEGER NOT NULL   -- everything before this offset of the journal is in the tables
);

CREATE TABLE violations (
  id            TEXT PRIMARY KEY,
  check_name    TEXT    NOT NULL,
  root          TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  sequence      INTEGER NOT NULL,
  failing       INTEGER NOT NULL,
  cut           INTEGER NOT NULL,
  failed_cut    INTEGER NOT NULL,
  moved_cut     INTEGER NOT NULL,
  detected      INTEGER,           -- time to detect, in microseconds
  beyond        INTEGER,           -- what of it the strategy had not asked for
  opened_at     INTEGER NOT NULL,
  moved_at      INTEGER NOT NULL,
  snoozed_until INTEGER,
  channels      TEXT    NOT NULL,  -- one on a line
  failure       BLOB    NOT NULL   -- the journal's entry with its reasons: the last step by a failure
) WITHOUT ROWID;
CREATE INDEX violations_by_time ON violations (moved_at);
CREATE INDEX violations_by_check ON violations (check_name, moved_at);

CREATE TABLE incidents (
  id            TEXT PRIMARY KEY,
  kind          TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  sequence      INTEGER NOT NULL,
  text          TEXT    NOT NULL,
  opened_at     INTEGER NOT NULL,
  moved_at      INTEGER NOT NULL,
  snoozed_until INTEGER
) WITHOUT ROWID;
CREATE INDEX incidents_by_time ON incidents (moved_at);

-- The steps of violations and incidents.
CREATE TABLE transitions (
  journal_offset INTEGER PRIMARY KEY,
  id             TEXT    NOT NULL,
  subject        TEXT    NOT NULL,
  step           TEXT    NOT NULL,
  at             INTEGER NOT NULL,
  entry          BLOB    NOT NULL   -- the journal's entry, whole
);
CREATE INDEX transitions_of_subject ON transitions (subject, journal_offset);

-- Every verdict that did not stand in a block: failed, errored, inconclusive, provisional, or healing.
CREATE TABLE verdicts (
  journal_offset INTEGER PRIMARY KEY,
  id             TEXT    NOT NULL,
  check_name     TEXT    NOT NULL,
  root           TEXT    NOT NULL,
  violation      TEXT    NOT NULL,  -- the violation that there is, or would be, of its check and root
  outcome        TEXT    NOT NULL,
  complete       INTEGER NOT NULL,
  cut            INTEGER NOT NULL,
  at             INTEGER NOT NULL,
  entry          BLOB    NOT NULL   -- the journal's entry, whole, with the evidence
);
CREATE INDEX verdicts_of_violation ON verdicts (violation, journal_offset);
CREATE INDEX verdicts_of_check ON verdicts (check_name, outcome, journal_offset);

CREATE TABLE deliveries (
  id       TEXT PRIMARY KEY,
  subject  TEXT    NOT NULL,
  sequence INTEGER NOT NULL,
  channel  TEXT    NOT NULL,
  state    TEXT    NOT NULL,  -- owed, delivered, given-up
  attempts INTEGER NOT NULL,  -- failed ones on record
  error    TEXT    NOT NULL,
  owed_at  INTEGER NOT NULL,
  moved_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX deliveries_of_subject ON deliveries (subject, owed_at);
CREATE INDEX deliveries_by_state ON deliveries (state, owed_at);

CREATE TABLE activations (
  journal_offset INTEGER PRIMARY KEY,
  check_name     TEXT    NOT NULL,
  definition     TEXT    NOT NULL,
  from_time      INTEGER NOT NULL,  -- effective time
  description    TEXT    NOT NULL,
  at             INTEGER NOT NULL
);

CREATE TABLE modes (
  check_name TEXT PRIMARY KEY,
  mode       TEXT    NOT NULL,
  chosen_by  TEXT    NOT NULL,  -- empty: the configuration
  reason     TEXT    NOT NULL,
  at         INTEGER NOT NULL
) WITHOUT ROWID;
