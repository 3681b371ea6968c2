package media

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const (
	// wideRanges is how many parts of a listing are read at once. Each holds
	// wideAhead pages and one more, so that memory depends on nothing else.
	wideRanges = 8
	wideAhead  = 2
	// wideLeast is from how many parts on it is worth while.
	wideLeast = 2
	// wideLevels is how many folders are gone down to find one with several.
	wideLevels = 3
)

// walkWide is walk for AWS, which promises the order of its listings: keys in
// the order of their bytes. Where a page does not hold all, the folders tell
// where to cut what follows, and the parts are read side by side. What yield is
// given is what walk gives, in the same order. start is as walk's.
//
// A folder without subfolders is read page by page as ever: where its keys
// could be cut, only the listing itself tells.
func (l *Library) walkWide(ctx context.Context, prefix, start string, yield func(*s3.ListObjectsV2Output) error) error {
	if !l.inOrder {
		return l.walk(ctx, prefix, start, yield)
	}
	for {
		found, err := l.walkUntilCut(ctx, prefix, start, yield)
		if err != nil || found == nil {
			return err
		}
		if err := l.ranges(ctx, prefix, found.cuts, !found.more, yield); err != nil || !found.more {
			return err
		}
		start = found.cuts[len(found.cuts)-1]
	}
}

// folderCuts are keys at which what follows the first of them can be cut; more
// tells that there are folders after them that were not seen.
type folderCuts struct {
	cuts []string
	more bool
}

var errCut = errors.New("the rest can be cut")

// walkUntilCut is walk until it is known where to cut the rest, from the last
// key on that yield was given; nil where it came to the end. The pages do not
// wait for that knowledge.
func (l *Library) walkUntilCut(ctx context.Context, prefix, start string, yield func(*s3.ListObjectsV2Output) error) (*folderCuts, error) {
	looking, cancel := context.WithCancel(ctx)
	var found chan folderCuts
	var cut folderCuts
	err := l.walk(ctx, prefix, start, func(page *s3.ListObjectsV2Output) error {
		if found == nil && nextToken(page) != "" {
			found = make(chan folderCuts, 1)
			go func() { found <- l.findCuts(looking, prefix, page) }()
		}
		if err := yield(page); err != nil {
			return err
		}
		select {
		case cut = <-found:
			last := lastKey(page)
			cut.cuts = slices.DeleteFunc(cut.cuts, func(c string) bool { return c <= last })
			if found = nil; len(cut.cuts) < wideLeast { // nor would a second look find more
				found = make(chan folderCuts)
				return nil
			}
			cut.cuts = append([]string{last}, cut.cuts...)
			return errCut
		default:
			return nil
		}
	})
	cancel()
	if cap(found) > 0 {
		<-found
	}
	if errors.Is(err, errCut) {
		return &cut, nil
	}
	return nil, err
}

// lastKey is empty where there is none.
func lastKey(out *s3.ListObjectsV2Output) string {
	if len(out.Contents) == 0 {
		return ""
	}
	return listedKey(out, out.Contents[len(out.Contents)-1].Key)
}

// findCuts finds where to cut what follows a page, so that each part has about
// two pages if it is as dense as this one. Trouble is no reason to fail: it
// means no cuts.
func (l *Library) findCuts(ctx context.Context, prefix string, page *s3.ListObjectsV2Output) folderCuts {
	last := lastKey(page)
	for range wideLevels {
		out, err := l.list(ctx, &s3.ListObjectsV2Input{Prefix: aws.String(prefix), Delimiter: aws.String("/"), StartAfter: optional(last)})
		if err != nil {
			return folderCuts{}
		}
		var folders []string
		for _, p := range out.CommonPrefixes {
			folders = append(folders, listedKey(out, p.Prefix))
		}
		if len(folders) == 1 && nextToken(out) == "" && strings.HasPrefix(last, folders[0]) && folders[0] != prefix {
			prefix = folders[0]
			continue
		}
		folders = slices.DeleteFunc(folders, func(f string) bool { return f <= last })
		step := 1
		if n := foldersIn(page, prefix); n > 1 { // else one folder fills a page
			step = 2 * n
		}
		var cuts []string
		for i := step - 1; i < len(folders); i += step {
			cuts = append(cuts, folders[i])
		}
		return folderCuts{cuts, nextToken(out) != ""}
	}
	return folderCuts{}
}

// foldersIn counts the folders that a page goes through.
func foldersIn(page *s3.ListObjectsV2Output, prefix string) int {
	n, before := 0, ""
	for _, o := range page.Contents {
		rest, _ := strings.CutPrefix(listedKey(page, o.Key), prefix)
		if folder, _, found := strings.Cut(rest, "/"); found && (n == 0 || folder != before) {
			n, before = n+1, folder
		}
	}
	return max(n, 1)
}

// ranges reads what comes after each of the cuts up to and with the next one,
// several at once, and after the last one too if toEnd. yield gets their pages
// in order, and is never called at the same time twice.
func (l *Library) ranges(ctx context.Context, prefix string, cuts []string, toEnd bool, yield func(*s3.ListObjectsV2Output) error) error {
	n := len(cuts) - 1
	if toEnd {
		n++
	}
	ctx, cancel := context.WithCancel(ctx)
	parts := make([]*keyRange, 0, n)
	begin := func() {
		r := &keyRange{pages: make(chan *s3.ListObjectsV2Output, wideAhead)}
		end := ""
		if i := len(parts); i+1 < len(cuts) {
			end = cuts[i+1]
		}
		after := cuts[len(parts)]
		parts = append(parts, r)
		go func() {
			defer close(r.pages)
			r.err = l.readRange(ctx, prefix, after, end, r.pages)
		}()
	}
	defer func() {
		cancel()
		for _, r := range parts {
			for range r.pages {
				continue // until it is gone
			}
		}
	}()
	for i := range n {
		for len(parts) < min(n, i+wideRanges) {
			begin()
		}
		for page := range parts[i].pages {
			if err := yield(page); err != nil {
				return err
			}
		}
		if parts[i].err != nil {
			return parts[i].err
		}
	}
	return nil
}

// keyRange is a part of a listing. err is to be read when pages is closed.
type keyRange struct {
	pages chan *s3.ListObjectsV2Output
	err   error
}

// readRange sends the pages of the keys after one and up to another; no end is
// that of the prefix.
func (l *Library) readRange(ctx context.Context, prefix, after, end string, pages chan<- *s3.ListObjectsV2Output) error {
	in := &s3.ListObjectsV2Input{Prefix: aws.String(prefix), StartAfter: aws.String(after)}
	jumped := ""
	for {
		page, err := l.list(ctx, in)
		if err != nil {
			path, _ := l.space.Path(prefix)
			return l.listFailure(path, err)
		}
		token := nextToken(page)
		last := lastKey(page)
		past, jumps := l.pastEnvironment(page, jumped)
		if end != "" && last >= end {
			token = ""
			page.Contents = slices.DeleteFunc(page.Contents, func(o types.Object) bool { return listedKey(page, o.Key) > end })
		}
		select {
		case pages <- page:
		case <-ctx.Done():
			return ctx.Err()
		}
		switch {
		case token == "":
			return nil
		case jumps && end != "" && past >= end:
			return nil
		case jumps:
			jumped = past
			in = &s3.ListObjectsV2Input{Prefix: aws.String(prefix), StartAfter: aws.String(past)}
		default:
			in = &s3.ListObjectsV2Input{Prefix: aws.String(prefix), ContinuationToken: aws.String(token)}
		}
	}
}
