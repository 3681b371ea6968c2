package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media/purge"
	"github.com/mediadock/mediadock/tui/text"
)

// purger invalidates what a CDN keeps of a connection's media. It acts as the
// role first and then as the caller: the documented role may not (D8).
type purger struct {
	a     *app
	words *text.Catalog
	sel   selection
	named purge.Named
	// found is the distribution where it was looked up; nil: the settings name
	// it.
	found *purge.Found
	ways  []purge.Way
	begun time.Time
}

// purger finds the distribution of a selection: what the settings say, or by
// the domain where that may be looked up. The error is a *purge.Error where
// CloudFront gave it.
func (a *app) purger(ctx context.Context, sel selection) (*purger, error) {
	src, err := a.source(ctx)
	if err != nil {
		return nil, err
	}
	p := &purger{a: a, words: a.text, sel: sel, named: purge.ParseDistribution(sel.settings.Distribution), begun: time.Now()}
	if sel.settings.Access != "caller" {
		owner := src.Owner(place(sel.settings))
		if p.named.Account == "" { // an id alone is of the role's account
			p.named.Account = owner
		}
		p.ways = append(p.ways, purge.Way{
			Name: "role", API: src.RoleCloudFront(place(sel.settings)), Account: func(context.Context) string { return owner },
		})
	}
	p.ways = append(p.ways, purge.Way{Name: "caller", API: src.CloudFront(sel.settings.Region), Account: runsIn(src, sel.settings.Region)})
	if p.named.ID != "" {
		return p, nil
	}
	host := purge.Host(sel.space())
	if host == "" {
		return nil, usage("purge.no-cdn", map[string]string{"connection": cmp.Or(sel.name, "NAME")})
	}
	found, problem := purge.Find(ctx, p.ways, host, canonicalNames(src))
	if problem != nil {
		return nil, problem
	}
	p.found = &found
	if p.named = purge.ParseDistribution(found.ARN); p.named.ID == "" {
		p.named.ID = found.ID
	}
	return p, nil
}

// way is the one that a name stands for.
func (p *purger) way(name string) purge.Way {
	i := slices.IndexFunc(p.ways, func(w purge.Way) bool { return w.Name == name })
	return p.ways[max(i, 0)]
}

// runsIn asks once whose account the program runs in.
func runsIn(src *connect.Source, region string) func(context.Context) string {
	var once sync.Once
	var account string
	return func(ctx context.Context) string {
		once.Do(func() {
			ctx, cancel := context.WithTimeout(ctx, namePatience)
			defer cancel()
			if who, _, err := src.WhoAmI(ctx, region); err == nil {
				account = aws.ToString(who.Account)
			}
		})
		return account
	}
}

// canonicalNames looks CNAME records up, unless a proxy does that.
func canonicalNames(src *connect.Source) func(context.Context, string) string {
	return func(ctx context.Context, host string) string {
		if src.Proxied(&url.URL{Scheme: "https", Host: host}) {
			return ""
		}
		ctx, cancel := context.WithTimeout(ctx, namePatience)
		defer cancel()
		return src.CanonicalName(ctx, host)
	}
}

// namePatience is how long a look at a name may take that only makes an answer
// better.
const namePatience = 5 * time.Second

// newJob is the id of a run that nothing is to repeat.
func newJob() string { return rand.Text() }

// announce says beforehand what an invalidation costs, how long it may take,
// and what goes with it.
func (p *purger) announce(paths []string) {
	p.a.tell(p.a.text.Say("purge.plan", map[string]string{"count": text.Thousands(int64(len(paths))), "distribution": p.named.ID}))
	p.a.tell(p.a.text.Say("purge.cost", costArgs(len(paths))))
	if wildcardsOfFiles(paths) {
		p.a.tell(p.a.text.Say("purge.neighbours", nil))
	}
	if n := len(purge.Batches(paths)); n > 1 {
		p.a.tell(p.a.text.Say("purge.batches", map[string]string{"requests": strconv.Itoa(n), "limit": strconv.Itoa(purge.MaxWildcards)}))
	}
	p.noteState()
}

// wildcardsOfFiles tells whether a path may take more than the file it is
// meant for: what begins with its whole name.
func wildcardsOfFiles(paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return strings.HasSuffix(p, "*") && !strings.HasSuffix(p, "/*") })
}

// noteState says of a distribution that was looked up what would surprise.
func (p *purger) noteState() {
	args := map[string]string{"distribution": p.named.ID}
	switch {
	case p.found == nil:
	case !p.found.Enabled:
		p.a.tell(p.a.text.Say("purge.disabled", args))
	case !p.found.Deployed:
		p.a.tell(p.a.text.Say("purge.deploying", args))
	}
}

// costArgs are the placeholders that tell what n paths cost.
func costArgs(n int) map[string]string {
	return map[string]string{"count": text.Thousands(int64(n)), "free": text.Thousands(purge.FreePaths), "usd": text.Dollars(purge.Cost(n))}
}

// job is the job of paths in the distribution.
func (p *purger) job(paths []string, id string) purge.Job {
	return purge.Job{Distribution: p.named.ID, Account: p.named.Account, Paths: paths, ID: id}
}

// run invalidates paths, and tells on stderr how far it is.
func (p *purger) run(ctx context.Context, job purge.Job) purge.Result {
	p.begun = time.Now()
	return purge.Run(ctx, p.ways, job, p.progress)
}

func (p *purger) progress(e purge.Event) {
	if p.a.flags.json {
		return
	}
	args := map[string]string{
		"id": e.ID, "paths": text.Thousands(int64(e.Paths)), "total": text.Thousands(int64(e.Total)), "seconds": fmt.Sprint(int(e.Again.Seconds() + 0.5)),
		"done": strconv.Itoa(e.Completed), "requests": strconv.Itoa(e.Requests), "elapsed": p.a.text.Duration(time.Since(p.begun)), "at": text.When(e.Created),
	}
	switch e.Type {
	case purge.EventRequested:
		p.a.tell(p.a.text.Say("purge.requested", args))
	case purge.EventEarlier:
		p.a.tell(p.a.text.Say("purge.earlier", args))
	case purge.EventBusy:
		p.a.tell(p.a.text.Say("purge.waiting", args))
	case purge.EventFollowing:
		p.a.tell(p.a.text.Say("purge.following", args))
	case purge.EventCompleted:
		p.a.tell(p.a.text.Say("purge.completed", args))
	}
}

// emptyFolders answers whether nothing is left under a key, media or not.
func (a *app) emptyFolders(ctx context.Context, sel selection) (func(context.Context, string) (bool, error), error) {
	client, err := a.bucket(ctx, sel)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, key string) (bool, error) {
		ctx, cancel := context.WithTimeout(ctx, lookPatience)
		defer cancel()
		out, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: aws.String(sel.settings.Bucket), Prefix: aws.String(key), MaxKeys: aws.Int32(1)})
		return err == nil && len(out.Contents) == 0, err
	}, nil
}

// lookPatience is how long a look into a folder may take.
const lookPatience = 30 * time.Second
