//go:build oracle

package policy

import (
	"bufio"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The judge is another evaluator, written by others from the same pages of
// AWS's documentation. MEDIADOCK_ORACLE is the folder in which npm installed
// it; make test-oracle sets it. MEDIADOCK_ORACLE_PAIRS and _SEED make more or
// other pairs.
const pairs, seed = 8000, 20261121

// question is one pair of policies and a request.
type question struct {
	Request
	Policies
}

func TestOracle(t *testing.T) {
	judge := startJudge(t)
	source := rand.New(rand.NewPCG(setting("MEDIADOCK_ORACLE_SEED", seed), 0))
	count := int(setting("MEDIADOCK_ORACLE_PAIRS", pairs))
	outcomes, explained := map[string]int{}, map[string]int{}
	unexplained := 0
	for i := range count {
		q := generate(source)
		ours, theirs := decide(q), judge.decide(q)
		if strings.HasPrefix(theirs, "refused") || strings.HasPrefix(theirs, "broke") {
			t.Fatalf("pair %d: the judge does not take %s: %s", i, q.text(), theirs)
		}
		outcomes[theirs]++
		if ours == theirs {
			continue
		}
		small := judge.shrink(q)
		if e, ok := explanationOf(small); ok {
			explained[e.name]++
			continue
		}
		unexplained++
		t.Errorf("pair %d: we say %s, the judge %s\n%s", i, decide(small), judge.decide(small), small.text())
		if unexplained >= 15 {
			t.Fatal("too many differences")
		}
	}
	t.Logf("%d pairs, outcomes %v, differences explained %v", count, outcomes, explained)
	for outcome, n := range outcomes {
		if n < count/20 {
			t.Errorf("only %d of %d pairs are %s: the generator asks too little", n, count, outcome)
		}
	}
}

func setting(name string, otherwise uint64) uint64 {
	n, err := strconv.ParseUint(os.Getenv(name), 10, 64)
	if err != nil {
		return otherwise
	}
	return n
}

// decide is our own answer in the judge's words.
func decide(q question) string {
	d := Evaluate(q.Request, q.Policies)
	switch {
	case d.Allowed:
		return "Allowed"
	case d.Explicit:
		return "ExplicitlyDenied"
	}
	return "ImplicitlyDenied"
}

// judge is the running process.
type judge struct {
	t   *testing.T
	in  io.Writer
	out *bufio.Reader
}

func startJudge(t *testing.T) *judge {
	folder := os.Getenv("MEDIADOCK_ORACLE")
	if folder == "" {
		t.Fatal("MEDIADOCK_ORACLE is not set: run make test-oracle")
	}
	script, err := filepath.Abs("testdata/oracle.mjs")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", script)
	cmd.Dir, cmd.Stderr = folder, os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	return &judge{t: t, in: in, out: bufio.NewReader(out)}
}

func (j *judge) decide(q question) string {
	j.t.Helper()
	if _, err := io.WriteString(j.in, q.text()+"\n"); err != nil {
		j.t.Fatal(err)
	}
	line, err := j.out.ReadString('\n')
	if err != nil {
		j.t.Fatalf("the judge ended: %v", err)
	}
	return strings.TrimSpace(line)
}

// derivedKeys follow from the principal. The judge has to be told them.
var derivedKeys = []string{
	"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", "aws:username",
	"aws:PrincipalIsAWSService", "aws:PrincipalServiceName",
}

// text is the question as the judge reads it.
func (q question) text() string {
	e := evaluation{request: &q.Request}
	context := map[string]any{}
	for _, key := range derivedKeys {
		if v := e.lookup(key); v.len() > 0 {
			context[key] = v.at(0)
		}
	}
	for key, values := range q.Context {
		if len(values) == 1 && !manyValued(key) {
			context[key] = values[0]
		} else {
			context[key] = values
		}
	}
	asked := map[string]any{
		"principal": q.Principal.ARN, "action": q.Action, "resource": q.Request.Resource,
		"account": q.ResourceAccount, "context": context, "identity": q.Identity,
	}
	switch q.Principal.Kind {
	case Anonymous:
		asked["principal"] = "anonymous"
	case Service:
		asked["principal"] = q.Principal.Service
	}
	for name, d := range map[string]*Document{"boundary": q.Boundary, "session": q.Session, "endpoint": q.VPCEndpoint, "resourcePolicy": q.Policies.Resource} {
		if d != nil {
			asked[name] = d
		}
	}
	for name, docs := range map[string][]Document{"serviceControl": q.ServiceControl, "resourceControl": q.ResourceControl} {
		if docs != nil {
			asked[name] = docs
		}
	}
	b, err := json.Marshal(asked)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func manyValued(key string) bool {
	return slices.Contains([]string{"aws:tagkeys", "aws:calledvia", "aws:principalorgpaths"}, key)
}

// shrink drops what the difference does not need, until nothing more can go.
func (j *judge) shrink(q question) question {
	differs := func(q question) bool {
		theirs := j.decide(q)
		return !strings.HasPrefix(theirs, "refused") && !strings.HasPrefix(theirs, "broke") && decide(q) != theirs
	}
	for again := true; again; {
		again = false
		for _, smaller := range q.smaller() {
			if differs(smaller) {
				q, again = smaller, true
				break
			}
		}
	}
	return q
}

// smaller are questions with one thing less.
func (q question) smaller() []question {
	var all []question
	add := func(change func(*question)) {
		c := q
		change(&c)
		all = append(all, c)
	}
	for key := range q.Context {
		rest := map[string][]string{}
		for k, v := range q.Context {
			if k != key {
				rest[k] = v
			}
		}
		add(func(c *question) { c.Context = rest })
	}
	for _, layer := range []func(*question) **Document{
		func(c *question) **Document { return &c.Boundary }, func(c *question) **Document { return &c.Session },
		func(c *question) **Document { return &c.VPCEndpoint }, func(c *question) **Document { return &c.Policies.Resource },
	} {
		d := *layer(&q)
		if d == nil {
			continue
		}
		if d != q.Policies.Resource || q.ofBucket() {
			add(func(c *question) { *layer(c) = nil })
		}
		for _, less := range d.smaller() {
			add(func(c *question) { *layer(c) = &less })
		}
	}
	for _, layer := range []func(*question) *[]Document{
		func(c *question) *[]Document { return &c.Identity }, func(c *question) *[]Document { return &c.ServiceControl },
		func(c *question) *[]Document { return &c.ResourceControl },
	} {
		docs := *layer(&q)
		if docs == nil {
			continue
		}
		add(func(c *question) { *layer(c) = nil })
		for _, less := range docs[0].smaller() {
			add(func(c *question) { *layer(c) = []Document{less} })
		}
	}
	return all
}

// smaller are documents with one thing less.
func (d Document) smaller() []Document {
	var all []Document
	for i, s := range d.Statements {
		if len(d.Statements) > 1 {
			c := d
			c.Statements = slices.Delete(slices.Clone(d.Statements), i, i+1)
			all = append(all, c)
		}
		replace := func(change func(*Statement)) {
			c := d
			c.Statements = slices.Clone(d.Statements)
			change(&c.Statements[i])
			all = append(all, c)
		}
		for j, cond := range s.Conditions {
			replace(func(s *Statement) {
				s.Conditions = slices.Delete(slices.Clone(s.Conditions), j, j+1)
				if len(s.Conditions) == 0 {
					s.Conditions = nil
				}
			})
			for k := range cond.Values {
				if len(cond.Values) > 1 {
					replace(func(s *Statement) {
						s.Conditions = slices.Clone(s.Conditions)
						s.Conditions[j].Values = slices.Delete(slices.Clone(cond.Values), k, k+1)
					})
				}
			}
		}
		for _, list := range []func(*Statement) *[]string{
			func(s *Statement) *[]string { return &s.Action }, func(s *Statement) *[]string { return &s.NotAction },
			func(s *Statement) *[]string { return &s.Resource }, func(s *Statement) *[]string { return &s.NotResource },
		} {
			values := *list(&s)
			for k := range values {
				if len(values) > 1 {
					replace(func(s *Statement) { *list(s) = slices.Delete(slices.Clone(values), k, k+1) })
				}
			}
		}
	}
	return all
}
