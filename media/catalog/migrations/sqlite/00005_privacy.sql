-- +goose Up

-- What became of what the file told beside its content when it was uploaded, as
-- privacy.Decision is written; empty: it told nothing, or that is not known.
ALTER TABLE media ADD COLUMN privacy TEXT NOT NULL DEFAULT '';

-- When, in milliseconds.
ALTER TABLE media ADD COLUMN privacy_at INTEGER NOT NULL DEFAULT 0;

-- +goose Down

ALTER TABLE media DROP COLUMN privacy_at;
ALTER TABLE media DROP COLUMN privacy;
