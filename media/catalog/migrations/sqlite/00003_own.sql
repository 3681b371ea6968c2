-- +goose Up

-- The ETag of what mediadock itself stored, or of what somebody wrote about:
-- where the bucket has another one, it was changed elsewhere. Empty: not known.
ALTER TABLE media ADD COLUMN own TEXT NOT NULL DEFAULT '';

-- When mediadock removed the file, in milliseconds (0: it did not). A listing
-- that was begun before then may still have it.
ALTER TABLE media ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

-- +goose Down

ALTER TABLE media DROP COLUMN gone;
ALTER TABLE media DROP COLUMN own;
