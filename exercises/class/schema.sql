-- The record of submissions: one file, which only grows.
--
-- Nothing here is ever changed or removed: what counts is found by the
-- views, from the newest row that says it.  Times are seconds since 1970.

CREATE TABLE setting (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE roster (               -- the newest of a person counts
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person,
    last TEXT NOT NULL,
    first TEXT NOT NULL,
    email TEXT NOT NULL
) STRICT;

CREATE TABLE exercise (             -- the newest of a name counts
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version TEXT NOT NULL,          -- hash of what is asked
    points REAL NOT NULL,
    due INTEGER,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person,
    exercise TEXT NOT NULL,
    sha256 TEXT NOT NULL,           -- of pack
    received INTEGER NOT NULL,
    late INTEGER NOT NULL,          -- seconds, by the date due then
    source TEXT NOT NULL,           -- where it came from
    pack BLOB NOT NULL,
    UNIQUE (person, exercise, sha256, received)
) STRICT;

CREATE TABLE regrade (
    id INTEGER PRIMARY KEY,
    exercise TEXT NOT NULL,         -- '': all
    fresh INTEGER NOT NULL,         -- 1: with a seed of its own
    again INTEGER NOT NULL,         -- 1: also what cannot differ
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    regrade INTEGER NOT NULL UNIQUE REFERENCES regrade,
    what TEXT NOT NULL CHECK (what IN ('apply', 'drop')),
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES submission,
    regrade INTEGER REFERENCES regrade,
    key TEXT NOT NULL,              -- of the pack, version, judge, seed
    version TEXT NOT NULL,
    judge TEXT NOT NULL,
    seed TEXT NOT NULL,
    profile TEXT NOT NULL,
    host TEXT NOT NULL,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    status TEXT NOT NULL,
    score REAL,                     -- NULL: a fault of the judge
    points REAL NOT NULL,
    report TEXT NOT NULL,
    CHECK ((score IS NULL) = (status = 'grader-error'))
) STRICT;

-- What has a score is judged once; a fault of the judge may come again.
CREATE UNIQUE INDEX run_once ON run (submission, key, ifnull(regrade, 0))
    WHERE score IS NOT NULL;
CREATE INDEX run_key ON run (key);

CREATE TABLE chk (
    run INTEGER NOT NULL REFERENCES run,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    says TEXT NOT NULL,
    status TEXT NOT NULL,
    earned REAL NOT NULL,
    weight REAL NOT NULL,
    PRIMARY KEY (run, place)
) STRICT;

CREATE TABLE override (             -- points NULL: taken back
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person,
    exercise TEXT NOT NULL,
    points REAL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    person TEXT NOT NULL,
    exercise TEXT NOT NULL,
    detail TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- ---- what counts --------------------------------------------------------

CREATE VIEW setting_now AS
SELECT key, value FROM setting
WHERE id IN (SELECT max(id) FROM setting GROUP BY key);

CREATE VIEW exercise_now AS
SELECT name, version, points, due FROM exercise
WHERE id IN (SELECT max(id) FROM exercise GROUP BY name);

CREATE VIEW roster_now AS
SELECT person, last, first, email FROM roster
WHERE id IN (SELECT max(id) FROM roster GROUP BY person);

CREATE VIEW override_now AS
SELECT id, person, exercise, points, reason, who, at FROM override
WHERE id IN (SELECT max(id) FROM override GROUP BY person, exercise)
  AND points IS NOT NULL;

-- The one run of each submission that counts: of an applied regrade
-- before that of the first judging, of a later one before an earlier.
CREATE VIEW accepted AS
SELECT * FROM (
    SELECT run.*, row_number() OVER (PARTITION BY submission
        ORDER BY ifnull(decision.id, 0) DESC, run.id DESC) AS nth
    FROM run LEFT JOIN decision ON decision.regrade = run.regrade
    WHERE run.score IS NOT NULL
      AND (run.regrade IS NULL OR decision.what = 'apply'))
WHERE nth = 1;

-- Late by the date due now: a later date given to all needs no regrade.
CREATE VIEW lateness AS
SELECT s.id AS submission,
    max(0, s.received - ifnull(e.due, s.received)) AS seconds,
    min(ifnull((SELECT value + 0.0 FROM setting_now
                WHERE key = 'late-max'), 100),
        ifnull((SELECT value + 0.0 FROM setting_now
                WHERE key = 'late-percent'), 0) *
        max(0, (s.received - ifnull(e.due, s.received) -
                ifnull((SELECT value + 0 FROM setting_now
                        WHERE key = 'late-grace'), 0) + 86399) / 86400))
        AS percent
FROM submission s LEFT JOIN exercise_now e ON e.name = s.exercise;

CREATE VIEW candidate AS
SELECT s.person, s.exercise, s.id AS submission, s.received,
    l.seconds AS late, a.id AS run, a.status, a.score AS raw, a.points,
    a.score * l.percent / 100 AS penalty,
    a.score * (100 - l.percent) / 100 AS score
FROM submission s JOIN accepted a ON a.submission = s.id
JOIN lateness l ON l.submission = s.id;

CREATE VIEW counted AS
SELECT * FROM (
    SELECT candidate.*, row_number() OVER (PARTITION BY person, exercise
        ORDER BY CASE WHEN ifnull((SELECT value FROM setting_now
                WHERE key = 'counts'), 'best') = 'best'
            THEN score END DESC, received DESC, submission DESC) AS nth
    FROM candidate)
WHERE nth = 1;

-- A row for every person and exercise; run is NULL where nothing counts.
CREATE VIEW grade AS
SELECT p.id AS person, p.name, e.name AS exercise, e.due,
    c.submission, c.received, c.late, c.run, c.status, c.raw, c.penalty,
    ifnull(c.points, e.points) AS points,
    o.points AS override, o.reason,
    ifnull(o.points, c.score) AS score
FROM person p CROSS JOIN exercise_now e
LEFT JOIN counted c ON c.person = p.id AND c.exercise = e.name
LEFT JOIN override_now o ON o.person = p.id AND o.exercise = e.name;

-- What was handed in and has no score yet.
CREATE VIEW pending AS
SELECT s.id AS submission FROM submission s
WHERE NOT EXISTS (SELECT 1 FROM accepted a WHERE a.submission = s.id);
