package media

import (
	"context"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Page is part of a folder. Next is empty on the last page.
type Page struct {
	Items []Item // folders first, then files, each in the order of S3
	Next  string
}

// Page lists one page of a folder ("" is the space itself), up to 1,000
// entries as S3 gives them; token is the Next of the page before, or empty.
// What is no media (address.Space.Hidden) is left out. A page has at least
// one entry unless it is the last. Where there is no such folder but a
// file, the page has that file; what does not exist is empty.
func (l *Library) Page(ctx context.Context, path, token string) (Page, error) {
	folder, err := l.readable(ctx, path)
	if err != nil {
		return Page{}, err
	}
	begin := token == ""
	for {
		out, err := l.list(ctx, &s3.ListObjectsV2Input{
			Prefix:            aws.String(l.space.Key(folder)),
			Delimiter:         aws.String("/"),
			ContinuationToken: optional(token),
		})
		if err != nil {
			return Page{}, l.listFailure(folder, err)
		}
		page := Page{Next: nextToken(out)}
		for _, p := range out.CommonPrefixes {
			key := listedKey(out, p.Prefix)
			path, ok := l.space.Path(key)
			if ok && !l.space.HiddenPath(path) {
				page.Items = append(page.Items, Item{Path: path, Key: key, Folder: true})
			}
		}
		page.Items = append(page.Items, l.media(out)...)
		if len(page.Items) == 0 && page.Next == "" && begin {
			page.Items, err = l.listedFile(ctx, path)
		}
		if len(page.Items) > 0 || page.Next == "" {
			return page, err
		}
		token = page.Next
	}
}

// listedFile is the file that a path without a slash at its end may mean after
// all, as a listing tells it; none is no error.
func (l *Library) listedFile(ctx context.Context, path string) ([]Item, error) {
	if isFolderPath(path) {
		return nil, nil
	}
	for _, p := range readings(path) {
		key := l.space.Key(p)
		found, err := l.listed(ctx, key)
		if err != nil {
			return nil, l.listFailure(p, err)
		}
		if found != nil && !l.space.Hidden(key, aws.ToInt64(found.Size)) {
			return []Item{l.itemOf(*found, key)}, nil
		}
	}
	return nil, nil
}

// Walk calls yield for every file of a folder and its subfolders, or for the
// one file where there is no such folder but a file, in the order of keys,
// until there are no more or yield returns an error, which Walk then returns.
// It holds a few pages at a time, whatever the number of files. The
// environments' directories are jumped over, not read.
func (l *Library) Walk(ctx context.Context, path string, yield func(Item) error) error {
	return l.WalkPages(ctx, path, func(items []Item) error {
		for _, item := range items {
			if err := yield(item); err != nil {
				return err
			}
		}
		return nil
	})
}

// WalkPages is Walk by the page, as they arrive. None is empty.
func (l *Library) WalkPages(ctx context.Context, path string, yield func([]Item) error) error {
	folder, err := l.readable(ctx, path)
	if err != nil {
		return err
	}
	empty := true
	err = l.walkWide(ctx, l.space.Key(folder), "", func(out *s3.ListObjectsV2Output) error {
		items := l.media(out)
		if len(items) == 0 {
			return nil
		}
		empty = false
		return yield(items)
	})
	if err != nil || !empty {
		return err
	}
	items, err := l.listedFile(ctx, path)
	if err != nil || len(items) == 0 {
		return err
	}
	return yield(items)
}

// walk calls yield for every page of keys under prefix that come after start.
// The next page is fetched while yield works.
func (l *Library) walk(ctx context.Context, prefix, start string, yield func(*s3.ListObjectsV2Output) error) error {
	ctx, cancel := context.WithCancel(ctx)
	type answer struct {
		out *s3.ListObjectsV2Output
		err error
	}
	pending := make(chan answer, 1)
	fetch := func(in *s3.ListObjectsV2Input) {
		out, err := l.list(ctx, in)
		pending <- answer{out, err}
	}
	go fetch(&s3.ListObjectsV2Input{Prefix: aws.String(prefix), StartAfter: optional(start)})
	waiting := true
	defer func() {
		cancel()
		if waiting {
			<-pending
		}
	}()
	jumped := ""
	for {
		a := <-pending
		waiting = false
		if a.err != nil {
			path, _ := l.space.Path(prefix)
			return l.listFailure(path, a.err)
		}
		if token := nextToken(a.out); token != "" {
			in := &s3.ListObjectsV2Input{Prefix: aws.String(prefix), ContinuationToken: aws.String(token)}
			if past, ok := l.pastEnvironment(a.out, jumped); ok {
				jumped = past
				in = &s3.ListObjectsV2Input{Prefix: aws.String(prefix), StartAfter: aws.String(past)}
			}
			waiting = true
			go fetch(in)
		}
		if err := yield(a.out); err != nil {
			return err
		}
		if !waiting {
			return nil
		}
	}
}

// pastEnvironment finds where to go on when a page ended inside a directory
// that is no part of this space: past all its keys.
func (l *Library) pastEnvironment(out *s3.ListObjectsV2Output, jumped string) (string, bool) {
	n := len(out.Contents)
	if n == 0 {
		return "", false
	}
	last := listedKey(out, out.Contents[n-1].Key)
	path, ok := l.space.Path(last)
	if !ok || !l.space.HiddenPath(path) {
		return "", false
	}
	// The last code point that XML and URLs carry sorts after every name.
	past := l.space.Key(firstPart(path)) + "/\U0010FFFD"
	return past, past != jumped && past > last
}

func firstPart(path string) string {
	for i := 0; i < len(path); i++ {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return path
}

// media are the files of a page that are media of this space.
func (l *Library) media(out *s3.ListObjectsV2Output) []Item {
	items := make([]Item, 0, len(out.Contents))
	for _, o := range out.Contents {
		key := listedKey(out, o.Key)
		if !l.space.Hidden(key, aws.ToInt64(o.Size)) {
			items = append(items, l.itemOf(o, key))
		}
	}
	return items
}

// list asks for one page. Keys travel percent-encoded, since XML cannot carry
// all the characters that a key may have.
func (l *Library) list(ctx context.Context, in *s3.ListObjectsV2Input) (*s3.ListObjectsV2Output, error) {
	ctx, cancel := deadline(ctx, 0)
	defer cancel()
	in.Bucket = aws.String(l.space.Bucket)
	in.EncodingType = types.EncodingTypeUrl
	return l.api.ListObjectsV2(ctx, in, retries, quickListing)
}

// listFailure classifies a refused listing. The space itself has no path, so
// people are told its directory in the bucket.
func (l *Library) listFailure(path string, err error) *Error {
	e := failure("s3:ListObjectsV2", path, err)
	if e.Path == "" {
		if e.Args == nil {
			e.Args = map[string]string{}
		}
		e.Args["path"] = "s3://" + l.space.Bucket + "/" + l.space.Key("")
	}
	return e
}

// nextToken is empty on the last page, also where a server sends a token
// nevertheless.
func nextToken(out *s3.ListObjectsV2Output) string {
	if !aws.ToBool(out.IsTruncated) {
		return ""
	}
	return aws.ToString(out.NextContinuationToken)
}

// listedKey is a key as the bucket has it. Servers that do not know the
// encoding say so by not repeating it.
func listedKey(out *s3.ListObjectsV2Output, key *string) string {
	k := aws.ToString(key)
	if out.EncodingType != types.EncodingTypeUrl {
		return k
	}
	if plain, err := url.QueryUnescape(k); err == nil {
		return plain
	}
	return k
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
