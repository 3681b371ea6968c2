-- +goose Up

CREATE TABLE places (
    id        INTEGER PRIMARY KEY,
    partition TEXT NOT NULL,
    bucket    TEXT NOT NULL,
    directory TEXT NOT NULL,
    -- when a Refresh last went through, in milliseconds (0: never), and how
    -- many files it found
    refreshed INTEGER NOT NULL DEFAULT 0,
    files     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (partition, bucket, directory)
);

-- id holds place and time (see order.go), so that the newest come first in
-- the order of the primary key and of the index of words.
CREATE TABLE media (
    id           INTEGER PRIMARY KEY,
    place        INTEGER NOT NULL REFERENCES places (id),
    path         TEXT    NOT NULL,
    size         INTEGER NOT NULL DEFAULT 0,
    modified     INTEGER NOT NULL DEFAULT 0, -- milliseconds
    etag         TEXT    NOT NULL DEFAULT '',
    -- 0: not in the bucket when last looked at; kept for what people wrote
    present      INTEGER NOT NULL DEFAULT 1,
    alt          TEXT    NOT NULL DEFAULT '',
    tags         TEXT    NOT NULL DEFAULT '', -- one a line, sorted
    creator      TEXT    NOT NULL DEFAULT '',
    edited       INTEGER NOT NULL DEFAULT 0  -- milliseconds; 0: nobody wrote anything
);
CREATE UNIQUE INDEX media_path ON media (place, path);
CREATE INDEX media_edited ON media (place, path) WHERE edited > 0;

-- The words of every present row (see words.go). It holds no text of its own.
CREATE VIRTUAL TABLE words USING fts5 (
    t, content = '', contentless_delete = 1, detail = none,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);

-- +goose Down

DROP TABLE words;
DROP TABLE media;
DROP TABLE places;
