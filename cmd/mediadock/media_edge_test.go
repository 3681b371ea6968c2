package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
	"github.com/mediadock/mediadock/media/address"
)

// odd are names that CloudFront, URLs and shells write differently, each with
// a neighbour that must stay in the edge.
var odd = [][2]string{
	{"a b.txt", "a c.txt"}, {"til~de.txt", "til-de.txt"}, {"pl+us.txt", "pl us.txt"}, {"夏の海.txt", "夏の山.txt"}, {"100%.txt", "100.txt"},
	{"par(1).txt", "par(2).txt"}, {"it's.txt", "its.txt"}, {`quo"te.txt`, "quo.txt"}, {"st*r.txt", "star.txt"}, {"#tag.txt", "tag.txt"},
	{"UPPER.txt", "upper.txt"}, {"q&a=1;b,c.txt", "q.txt"},
}

// TestOnlyTheRightCopiesLeaveTheEdge deletes, renames and replaces files with
// odd names whose copies the edge has in several variants: afterwards exactly
// theirs are fetched anew, and their neighbours' are served from the edge.
func TestOnlyTheRightCopiesLeaveTheEdge(t *testing.T) {
	space := address.Space{Bucket: "alpha-prod-assets", Region: "ap-northeast-1", Prefix: "media", Domain: "https://media.example.com"}
	for how, change := range map[string]func(p program, dir, name string) []string{
		"rm": func(_ program, _, name string) []string { return []string{"media", "rm", "--yes", "--", "odd/" + name} },
		"mv": func(_ program, _, name string) []string {
			return []string{"media", "mv", "--", "odd/" + name, "moved/"}
		},
		"replace": func(_ program, dir, name string) []string {
			return []string{"media", "replace", "--", "odd/" + name, filepath.Join(dir, name)}
		},
	} {
		t.Run(how, func(t *testing.T) {
			p, _ := behindCDN(t, func(a *account.Account) {
				a.Distributions[0].InvalidationTime = time.Millisecond // no limit is met
				for _, pair := range odd {
					for _, name := range pair {
						a.Buckets[0].Objects = append(a.Buckets[0].Objects, account.Object{Key: "media/odd/" + name, Content: []byte("old")})
					}
				}
			})
			dir := t.TempDir()
			var urls, gone []string
			for _, pair := range odd {
				if err := os.WriteFile(filepath.Join(dir, pair[0]), []byte("newer"), 0o600); err != nil {
					t.Fatal(err)
				}
				for i, name := range pair {
					url := space.URL("media/odd/" + name)
					variants := []string{url, url + "?w=200", url + "?w=200&h=9"}
					if urls = append(urls, variants...); i == 0 {
						gone = append(gone, variants...)
					}
				}
			}
			edge := edgeOf(t)
			for _, url := range urls {
				if from := edge(url); from != "Miss from cloudfront" {
					t.Fatalf("%s: %s", url, from)
				}
			}
			for _, pair := range odd {
				if exit, out, stderr := p.run(change(p, dir, pair[0])...); exit != 0 {
					t.Fatalf("%s: %d %s %s", pair[0], exit, out, stderr)
				}
			}
			for _, url := range urls {
				if hit := edge(url) == "Hit from cloudfront"; hit == slices.Contains(gone, url) {
					t.Errorf("%s: still in the edge: %v", url, hit)
				}
			}
		})
	}
}

// edgeOf tells what the edge says of where an answer comes from.
func edgeOf(t *testing.T) func(url string) string {
	t.Helper()
	src, err := connect.FromEnvironment(t.Context(), connect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(src.Close)
	return func(url string) string {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := src.Delivery().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.Header.Get("X-Cache")
	}
}
