package media_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
	"github.com/mediadock/mediadock/media/mediatest"
)

// child is what the process that is killed is told.
type child struct {
	Endpoint, KeyID, Secret string
	Space                   address.Space
	Dir                     string
	// Do is the operation: see doing. Local is the file of an upload.
	Do, From, To, Local string
	Parts               bool
	// Step is the journal's step before which it kills itself; 0: none.
	Step int
}

const envChild = "MEDIADOCK_TEST_MOVE"

// TestTheProcessThatIsKilled is run by the tests below, in a process of its own.
func TestTheProcessThatIsKilled(t *testing.T) {
	if os.Getenv(envChild) == "" {
		t.Skip("run by other tests")
	}
	var c child
	if err := json.Unmarshal([]byte(os.Getenv(envChild)), &c); err != nil {
		t.Fatal(err)
	}
	source := connect.FromParts(connect.Parts{Endpoint: c.Endpoint, Region: c.Space.Region, AccessKeyID: c.KeyID, SecretAccessKey: c.Secret})
	defer source.Close()
	place := connect.Place{Access: "caller", Region: c.Space.Region, Bucket: c.Space.Bucket}
	client, err := source.S3(place)
	if err != nil {
		t.Fatal(err)
	}
	j := journal.New(c.Dir, placeOf(place.Bucket))
	steps := 0
	var mu sync.Mutex
	j.OnStep(func(state string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Printf("\nstep %s\n", state)
		if steps++; steps == c.Step {
			killSelf()
		}
	})
	l := media.New(client, nil, c.Space, media.Options{Journal: j, Parallel: 2})
	l.LooksTwiceUpTo(0) // more requests, and nothing more that could be half done
	if c.Parts {
		l.CopyInPartsAbove(1<<20, 5<<20)
	}
	l.NotesEvery(1)
	sum, err := c.do(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("\nended with %d done, %d failed\n", sum.Done, sum.Failed)
}

// do does what the process is for.
func (c child) do(ctx context.Context, l *media.Library) (media.Summary, error) {
	return c.doing(ctx, l, nil)
}

func (c child) doing(ctx context.Context, l *media.Library, emit func(media.Event)) (media.Summary, error) {
	switch c.Do {
	case "put":
		plan, err := l.PlanPut(ctx, []string{c.Local}, media.PutOptions{IfExists: media.Replace})
		if err != nil {
			return media.Summary{}, err
		}
		return l.Put(ctx, plan, emit), nil
	case "replace":
		plan, err := l.PlanReplace(ctx, c.From, c.Local)
		if err != nil {
			return media.Summary{}, err
		}
		return l.Replace(ctx, plan, emit), nil
	case "rm":
		plan, err := l.PlanRemove(ctx, []string{c.From}, true)
		if err != nil {
			return media.Summary{}, err
		}
		return l.Remove(ctx, plan, emit), nil
	case "environment":
		plan, err := l.PlanEnvironment(ctx, devID, media.EnvironmentOptions{})
		if err != nil {
			return media.Summary{}, err
		}
		return l.CopyEnvironment(ctx, plan, emit).Summary, nil
	case "environment rm":
		l = l.In(devID)
		plan, err := l.PlanRemoveEnvironment(ctx)
		if err != nil {
			return media.Summary{}, err
		}
		return l.RemoveEnvironment(ctx, plan, emit).Summary, nil
	case "recover", "undo":
		plan, err := l.PlanRecover(ctx)
		if err != nil {
			return media.Summary{}, err
		}
		defer plan.Close()
		return l.Recover(ctx, plan, c.Do == "undo", emit), nil
	}
	plan, err := l.PlanMove(ctx, c.From, c.To)
	if err != nil {
		return media.Summary{}, err
	}
	return l.Move(ctx, plan, emit), nil
}

func killSelf() {
	p, err := os.FindProcess(os.Getpid())
	if err == nil {
		_ = p.Kill()
	}
	select {} // until it comes
}

func placeOf(bucket string) journal.Place { return journal.Place{Bucket: bucket} }

// killed runs a task in a process that is killed at the nth request (or the
// journal's step), and reports whether it came to that.
func killed(t *testing.T, k task, n int, after bool, step int, limit string) (r *mediatest.Room, was bool, out string) {
	t.Helper()
	e := mediatest.Sandbox(t)
	e.Place.Access, e.Place.RoleARN, e.Place.ExternalID = "caller", "", "" // only who began an upload may abort it
	dir := t.TempDir()
	r = e.Room(t, media.Options{Journal: journal.New(dir, placeOf(e.Place.Bucket))})
	k.lay(r)
	if k.before != nil {
		k.before(t, e, r, dir)
	}
	network := &mediatest.Killer{N: n, After: after}
	endpoint := network.Serve(t, e.Sandbox.Endpoint())
	keys := e.Sandbox.Caller("admin")
	told, err := json.Marshal(child{Endpoint: endpoint, KeyID: keys.AccessKeyID, Secret: keys.SecretAccessKey, Space: r.Space,
		Dir: dir, Do: k.do, From: k.from, To: k.to, Local: k.local, Parts: k.parts, Step: step})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	args := []string{os.Args[0], "-test.run", "^TestTheProcessThatIsKilled$", "-test.v"}
	if limit != "" {
		args = append([]string{"sh", "-c", `ulimit -f ` + limit + ` && exec "$@"`, "sh"}, args...)
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env = append(os.Environ(), envChild+"="+string(told))
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err = network.Run(t, cmd)
	sawSteps(said.String())
	if out = said.String(); err == nil && !strings.Contains(out, "ended with") {
		t.Fatalf("the process did nothing:\n%s", out)
	}
	return r, err != nil, out
}
