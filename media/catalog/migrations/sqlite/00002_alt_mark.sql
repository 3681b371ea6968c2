-- +goose Up

-- What somebody said about the alt text itself: 'decorative' (it is empty on
-- purpose), 'checked' (it looks odd and is right), or nothing.
ALTER TABLE media ADD COLUMN alt_mark TEXT NOT NULL DEFAULT '';

-- +goose Down

ALTER TABLE media DROP COLUMN alt_mark;
