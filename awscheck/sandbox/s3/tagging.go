package s3

import (
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/mediadock/mediadock/awscheck/sandbox/awserr"
)

const (
	maxTags     = 10
	maxTagKey   = 128
	maxTagValue = 256
)

// headerTags reads x-amz-tagging: a query string of keys and values.
func headerTags(h http.Header) ([]tag, error) {
	value := h.Get("X-Amz-Tagging")
	if value == "" {
		return nil, nil
	}
	q, err := url.ParseQuery(value)
	if err != nil {
		return nil, invalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", "x-amz-tagging", value)
	}
	var tags []tag
	for k, values := range q {
		if len(values) > 1 {
			return nil, invalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", "x-amz-tagging", value)
		}
		tags = append(tags, tag{k, values[0]})
	}
	return tags, checkTags(tags)
}

func checkTags(tags []tag) error {
	if len(tags) > maxTags {
		return awserr.New(400, "BadRequest", "Object tags cannot be greater than 10")
	}
	seen := map[string]bool{}
	for _, t := range tags {
		switch n := utf8.RuneCountInString(t.key); {
		case n == 0 || n > maxTagKey:
			return with(awserr.New(400, "InvalidTag", "The TagKey you have provided is invalid"), "TagKey", t.key)
		case utf8.RuneCountInString(t.value) > maxTagValue:
			return with(awserr.New(400, "InvalidTag", "The TagValue you have provided is invalid"), "TagValue", t.value)
		case seen[t.key]:
			return with(awserr.New(400, "InvalidTag", "Cannot provide multiple Tags with the same key"), "TagKey", t.key)
		}
		seen[t.key] = true
	}
	return nil
}
