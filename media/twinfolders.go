package media

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"golang.org/x/sync/errgroup"
	"golang.org/x/text/unicode/norm"

	"github.com/mediadock/mediadock/media/doctor"
)

// mostNewFolders is how many folders of an upload are looked at for twins: it
// only serves a remark.
const mostNewFolders = 12

// foldersBeside are the folders in the bucket whose names begin like those that
// some items lie in, from the top down, as far as few requests tell: only they
// can be twins. What lies in a folder that is not there yet needs no look.
func (l *Library) foldersBeside(ctx context.Context, items []PutItem) []string {
	there, looked := map[string]bool{"": true}, map[string]bool{}
	for depth := 0; ; depth++ {
		var level []string
		for _, item := range items {
			folders := append([]string{""}, foldersOf(item.Path)...)
			if depth+1 >= len(folders) || !there[folders[depth]] || looked[folders[depth+1]] || len(looked) == mostNewFolders {
				continue
			}
			looked[folders[depth+1]] = true
			level = append(level, folders[depth+1])
		}
		if len(level) == 0 {
			delete(there, "")
			return slices.Sorted(maps.Keys(there))
		}
		found := make([][]string, len(level))
		var g errgroup.Group
		g.SetLimit(lookFolders)
		for i, folder := range level {
			g.Go(func() error { found[i] = l.beginningLike(ctx, folder); return nil })
		}
		_ = g.Wait() // what cannot be listed is not told
		for _, path := range slices.Concat(found...) {
			there[path] = true
		}
	}
}

// lookFolders is how many are looked at at once.
const lookFolders = 4

// foldersOf are the folders that a path lies in, the uppermost first.
func foldersOf(path string) []string {
	var all []string
	for i, r := range path {
		if r == '/' {
			all = append(all, path[:i+1])
		}
	}
	return all
}

// beginningLike lists the folders beside one whose names begin with its first
// letter, in either case and form. What cannot be listed is not told. Whether
// it is there itself is looked up where the listings do not show it to the end.
func (l *Library) beginningLike(ctx context.Context, folder string) []string {
	parent := folder[:strings.LastIndexByte(strings.TrimSuffix(folder, "/"), '/')+1]
	var found []string
	whole := true
	for _, begin := range firstLetters(strings.TrimPrefix(folder, parent)) {
		token := ""
		for page := 1; ; page++ {
			out, err := l.list(ctx, &s3.ListObjectsV2Input{
				Prefix: aws.String(l.space.Key(parent) + begin), Delimiter: aws.String("/"), ContinuationToken: optional(token),
			})
			if err != nil {
				whole = false
				break
			}
			for _, p := range out.CommonPrefixes {
				if path, ok := l.space.Path(listedKey(out, p.Prefix)); ok {
					found = append(found, path)
				}
			}
			if token = nextToken(out); token == "" || page == twinPages {
				whole = whole && token == ""
				break
			}
		}
	}
	if whole || len(found) == 0 || slices.Contains(found, folder) {
		return found
	}
	if there, err := l.isFolder(ctx, folder); there || err != nil { // if nobody knows, it is not told as new
		found = append(found, folder)
	}
	return found
}

// firstLetters are the ways in which a twin of a name may begin.
func firstLetters(name string) []string {
	first, _ := utf8.DecodeRuneInString(norm.NFC.String(name))
	var all []string
	for _, r := range []rune{first, unicode.ToLower(first), unicode.ToUpper(first)} {
		for _, form := range []string{string(r), norm.NFD.String(string(r))} {
			if !slices.ContainsFunc(all, func(known string) bool { return strings.HasPrefix(form, known) }) {
				all = append(all, form)
			}
		}
	}
	return all
}

// noteTwinFolders marks the first file of each folder that an upload makes
// beside one that differs from it in case or form alone: two folders for S3,
// one for Windows, macOS and whoever reads their names.
func (p *PutPlan) noteTwinFolders() {
	twins, there := doctor.NewTwins(), map[string]bool{}
	for _, f := range p.folders {
		twins.Add(f)
		there[f] = true
	}
	for i := range p.Items {
		item := &p.Items[i]
		item.Notes = slices.DeleteFunc(slices.Clone(item.Notes), func(n Note) bool { return n.Code == doctor.FolderTwin })
		for _, folder := range foldersOf(item.Path) {
			if there[folder] {
				continue
			}
			if n := twins.Of(folder); n.Code != "" {
				item.Notes = append(item.Notes, Note{Code: doctor.FolderTwin, Args: map[string]string{"folder": folder, "other": n.Args["other"]}})
			}
			twins.Add(folder)
			there[folder] = true
		}
	}
}
