package media

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/journal"
)

// Where the rate of an EnvironmentPlan is from.
const (
	// RateMeasured: copies of a probe were made for a moment.
	RateMeasured = "measured"
	// RateRemembered: the last copy of an environment in this bucket reached it.
	RateRemembered = "remembered"
)

const (
	// measureFrom is from how many objects on the rate is measured: fewer are
	// copied before anybody has read how long it takes.
	measureFrom = 1000
	// measureTime is how long copies are begun for it, measureMost how many at
	// most: as many as one request removes.
	measureTime = 1500 * time.Millisecond
	measureMost = mostDeletes - 2*mostSamples
	// measureVersioned is how many where each stays as an older version.
	measureVersioned = 64
	// After measureSome copies it is enough if all takes less than measureShort:
	// of so few, measuring would be a good part.
	measureSome  = 100
	measureShort = 2 * time.Minute
	// mostSamples is how many of the source's objects, up to sampleBytes each,
	// are copied to see whether that is allowed.
	mostSamples = 3
	sampleBytes = 256 << 10

	opEnvironmentMeasure = "environment-measure"
)

// measured is what the journal knows of a measurement: all its probes' keys
// begin with Probes.
type measured struct {
	Dir    string `json:"dir"`
	Probes string `json:"probes"`
}

// sample remembers a few objects that are to be copied, each as likely.
func (p *EnvironmentPlan) sample(from Item) {
	if from.Size > sampleBytes || archived(from) {
		return
	}
	p.sampled++
	if len(p.samples) < mostSamples {
		p.samples = append(p.samples, from)
	} else if at := rand.Int64N(p.sampled); at < mostSamples {
		p.samples[at] = from
	}
}

// work is what copying costs, as pace reckons: an object for each, and one
// more for each 8 MiB.
func (p *EnvironmentPlan) work() float64 {
	return float64(p.ToCopy) + float64(p.BytesToCopy)/paceBytes
}

// rated says how long it takes at a rate of work. Comparing reads both listings
// once more, which took listing.
func (p *EnvironmentPlan) rated(rate string, perSecond float64, listing time.Duration) {
	if perSecond <= 0 || p.ToCopy == 0 {
		return
	}
	seconds := p.work() / perSecond
	p.Rate, p.PerSecond = rate, float64(p.ToCopy)/seconds
	p.Takes = time.Duration(seconds*float64(time.Second)) + listing
}

// rateKnown is what is remembered of a bucket's rate.
const rateKnown = "copies"

type knownRate struct {
	PerSecond float64   `json:"per_second"` // of work
	At        time.Time `json:"at"`
}

// recallRate takes the rate that the last copy in this bucket reached.
func (l *Library) recallRate(plan *EnvironmentPlan, listing time.Duration) {
	if known := (knownRate{}); l.o.Journal.Recall(rateKnown, &known) {
		plan.rated(RateRemembered, known.PerSecond, listing)
	}
}

// rememberRate keeps the rate of a copy that was long enough to tell.
func (l *Library) rememberRate(p *pace) {
	span := time.Since(p.begun)
	if p.objects < paceLeast || span <= 0 {
		return
	}
	rate := (float64(p.objects) + float64(p.bytes)/paceBytes) / span.Seconds()
	_ = l.o.Journal.Remember(rateKnown, knownRate{PerSecond: rate, At: time.Now().UTC()})
}

// measure finds out how fast the bucket copies, with copies of a probe in the
// environment's directory among its other probes, which it removes. Before, it
// copies a few of the source's objects there: if none of them may be copied,
// the error is why. listing is how long the plan's listings took.
func (l *Library) measure(ctx context.Context, plan *EnvironmentPlan, listing time.Duration) error {
	t := l.environment(plan.ID)
	t.sweepProbes(ctx)
	m := &measurement{l: l, t: t, path: plan.ID + "/" + address.ProbeDir + "/" + ulid.Make().String(), plan: plan}
	op := l.o.Journal.Begin(opEnvironmentMeasure, measured{Dir: t.space.Dir(), Probes: l.space.Key(m.path)})
	defer op.Close()
	id := op.NextID()
	if err := op.Write(journal.Step{ID: id, Kind: kindEnvironment, State: stateIntent}); err != nil {
		return journalFailure(t.space.Dir(), err)
	}
	err := m.try(ctx)
	if err == nil {
		if left, _ := m.sweep(ctx); left > 0 { // nor would those of the measurement go
			err = ctx.Err()
		} else {
			err = m.rate(ctx)
		}
	}
	if err == nil {
		plan.rated(RateMeasured, m.perSecond, listing)
	}
	left, again := m.sweep(ctx)
	if plan.ProbesLeft = left; !again {
		op.Note(journal.Step{ID: id, State: journal.Done})
	}
	if ctx.Err() != nil {
		return failure("s3:CopyObject", t.space.Dir(), ctx.Err())
	}
	return err
}

// measurement is one on its way.
type measurement struct {
	l, t *Library // source and environment
	path string   // of all probes, what they begin with
	plan *EnvironmentPlan

	probe     Item
	most      int
	perSecond float64

	mu    sync.Mutex
	begun time.Time
	ended []time.Duration // when copies were made, since begun
	err   error
}

// try stores the probe, and copies a few objects of the source.
func (m *measurement) try(ctx context.Context) error {
	if err := m.put(ctx); err != nil {
		return err
	}
	var denied error
	tried := 0
	for i, from := range m.plan.samples {
		from.StorageClass = "" // others are billed for a month
		_, err := m.l.copyOnce(ctx, from, copyTarget{path: m.path + "-sample-" + strconv.Itoa(i) + ".txt"})
		switch {
		case ctx.Err() != nil:
			return failure("s3:CopyObject", from.Path, ctx.Err())
		case err == nil:
			return nil
		case codeIn(err) == CodeDenied:
			tried++
			denied = err
		}
	}
	if tried >= min(2, len(m.plan.samples)) {
		return denied
	}
	return nil
}

func (m *measurement) put(ctx context.Context) error {
	path := m.path + ".txt"
	in := &s3.PutObjectInput{
		Bucket: aws.String(m.l.space.Bucket), Key: aws.String(m.l.space.Key(path)),
		ContentType: aws.String("text/plain; charset=utf-8"), IfNoneMatch: aws.String("*"),
	}
	if err := m.l.putClaim(ctx, in, "mediadock measures how fast copies are made. This object goes by itself.\n"); err != nil {
		return failure("s3:PutObject", path, err)
	}
	probe, err := m.l.look(ctx, path)
	switch {
	case err != nil:
		return err
	case probe == nil:
		return &Error{Code: CodeUnverified, Path: path}
	}
	m.probe, m.most = *probe, m.l.measureMost
	if probe.VersionID != "" {
		m.most = min(m.most, measureVersioned)
	}
	return nil
}

// rate makes copies, more and more at once, and takes the rate of the second
// half of those that were made while more were begun.
func (m *measurement) rate(ctx context.Context) error {
	if err := m.put(ctx); err != nil { // the first is gone
		return err
	}
	window, stop := context.WithTimeout(ctx, m.l.measureTime)
	defer stop()
	f := newFlow(m.l.o.Parallel, m.l.large == 1)
	defer f.waking(window)()
	m.begun = time.Now()
	var busy sync.WaitGroup
	for n := 0; n < m.most && !m.enough() && f.begin(window) == nil; n++ {
		busy.Go(func() {
			begin := time.Now()
			_, err := m.l.copyOnce(f.in(ctx), m.probe, copyTarget{path: m.path + "-" + strconv.Itoa(n) + ".txt"})
			took := time.Since(begin)
			if err != nil {
				took = 0
			}
			f.end(took, 0)
			m.note(err)
		})
	}
	until := time.Since(m.begun)
	busy.Wait()
	if ctx.Err() != nil {
		return failure("s3:CopyObject", m.probe.Path, ctx.Err())
	}
	if m.err != nil && codeIn(m.err) != CodeBusy {
		return m.err
	}
	m.perSecond = m.second(until)
	return nil
}

func (m *measurement) note(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil {
		m.err = err
		return
	}
	m.ended = append(m.ended, time.Since(m.begun))
}

// enough tells that all will be done soon, or that copies fail.
func (m *measurement) enough() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil && codeIn(m.err) != CodeBusy {
		return true
	}
	n := len(m.ended)
	return n >= measureSome && m.plan.work()*m.ended[n-1].Seconds()/float64(n) < measureShort.Seconds()
}

// second is the rate over the second half of what ended until a time; 0 where
// that is too little to tell.
func (m *measurement) second(until time.Duration) float64 {
	all := slices.DeleteFunc(slices.Sorted(slices.Values(m.ended)), func(at time.Duration) bool { return at > until })
	half := len(all) / 2
	if half < 4 {
		return 0
	}
	span := all[len(all)-1] - all[half-1]
	if span <= 0 {
		return 0
	}
	return float64(len(all)-half) / span.Seconds()
}

// sweep removes all probes, even after a cancellation. It gives back how many
// are left, and whether another time they may go.
func (m *measurement) sweep(ctx context.Context) (left int64, again bool) {
	ctx, cancel := evenAfter(ctx)
	defer cancel()
	return m.t.removeProbes(ctx, m.l.space.Key(m.path))
}

// removeProbes removes the probes of one measurement.
func (l *Library) removeProbes(ctx context.Context, keys string) (left int64, again bool) {
	d := &deletion{l: l}
	failed := func(err error) {
		left++
		again = again || codeIn(err) != CodeDenied
	}
	err := l.walk(ctx, keys, "", func(page *s3.ListObjectsV2Output) error {
		var items []Item
		for _, o := range page.Contents {
			if key := listedKey(page, o.Key); strings.HasPrefix(key, keys) {
				items = append(items, l.itemOf(o, key))
			}
		}
		for _, batch := range batchesOf(items) {
			for _, err := range d.remove(ctx, batch) {
				if err != nil {
					failed(err)
				}
			}
		}
		return nil
	})
	if err != nil {
		failed(err)
	}
	return left, again
}

// sweepProbes removes what measurements in this environment's directory left
// whose process was killed.
func (l *Library) sweepProbes(ctx context.Context) {
	for _, left := range l.o.Journal.Left() {
		if m := (measured{}); left.Name == opEnvironmentMeasure && json.Unmarshal(left.Data, &m) == nil && m.Dir == l.space.Dir() {
			again := false
			if ofMeasurement(m) {
				_, again = l.removeProbes(ctx, m.Probes)
			}
			for _, e := range left.Entries {
				if !again {
					left.Note(journal.Step{ID: e.ID, State: journal.Done})
				}
			}
		}
		left.Close()
	}
}

// ofMeasurement guards the removal: whatever a journal says, nothing but the
// probes of one measurement goes.
func ofMeasurement(m measured) bool {
	name, ok := strings.CutPrefix(m.Probes, m.Dir+address.ProbeDir+"/")
	_, err := ulid.ParseStrict(name)
	return ok && err == nil && inEnvironment(m.Dir, m.Probes)
}
