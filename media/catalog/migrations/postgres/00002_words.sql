-- +goose Up

-- How the words of the place's rows were cut (see words.go): what is here
-- already was cut as 1; the next whole listing cuts it anew.
ALTER TABLE places ADD COLUMN words BIGINT NOT NULL DEFAULT 1;

-- +goose Down

ALTER TABLE places DROP COLUMN words;
