package state

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// Managed is a managed policy: the account's own, or one of AWS's.
type Managed struct {
	Name, Path, ARN string
	Created         time.Time
	AWS             bool // AWS's own: nobody changes it
	Versions        []Version
	Default         string // id of the version in force
}

// Version is one version of a managed policy.
type Version struct {
	ID       string // "v1"
	Document policy.Document
	Created  time.Time
}

// Version finds a version by its id.
func (m Managed) Version(id string) (Version, bool) {
	for _, v := range m.Versions {
		if v.ID == id {
			return v, true
		}
	}
	return Version{}, false
}

// Document is the version in force.
func (m Managed) Document() policy.Document {
	v, _ := m.Version(m.Default)
	return v.Document
}

// MaxVersions is how many versions a managed policy may have.
const MaxVersions = 5

// Add adds a version, in force if so asked.
func (m *Managed) Add(d policy.Document, at time.Time, inForce bool) Version {
	last, _ := strconv.Atoi(strings.TrimPrefix(m.Versions[len(m.Versions)-1].ID, "v"))
	v := Version{ID: "v" + strconv.Itoa(last+1), Document: d, Created: at.UTC()}
	m.Versions = append(slices.Clone(m.Versions), v)
	if inForce {
		m.Default = v.ID
	}
	return v
}

func newManaged(name, path, arn string, d policy.Document, at time.Time) Managed {
	return Managed{Name: name, Path: path, ARN: arn, Created: at.UTC(), Default: "v1", Versions: []Version{{"v1", d, at.UTC()}}}
}

func (s *State) policyARN(path, name string) string {
	return "arn:" + s.Partition() + ":iam::" + s.base.ID + ":policy" + path + name
}

func (s *State) awsManagedARN(name string) string {
	return "arn:" + s.Partition() + ":iam::aws:policy/" + name
}

func (s *State) hasManaged(arn string) bool {
	return slices.ContainsFunc(s.managed, func(m Managed) bool { return m.ARN == arn })
}

// Managed finds a managed policy by its ARN.
func (s *State) Managed(arn string) (Managed, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.managedNow(arn)
}

func (s *State) managedNow(arn string) (Managed, bool) {
	for _, m := range s.managed {
		if m.ARN == arn {
			return m, true
		}
	}
	if name, ok := strings.CutPrefix(arn, s.awsManagedARN("")); ok {
		if d, ok := account.AWSManagedPolicy(name); ok {
			m := newManaged(name, "/", arn, d, time.Date(2015, 2, 6, 18, 40, 0, 0, time.UTC))
			m.AWS = true
			return m, true
		}
	}
	return Managed{}, false
}

// AddManaged adds a managed policy of the account; false: there is one of
// that name.
func (s *State) AddManaged(name, path string, d policy.Document) (Managed, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.ContainsFunc(s.managed, func(m Managed) bool { return strings.EqualFold(m.Name, name) }) {
		return Managed{}, false
	}
	m := newManaged(name, path, s.policyARN(path, name), d, s.now())
	s.managed = append(slices.Clone(s.managed), m)
	return m, true
}

// ChangeManaged changes a managed policy of the account in one step; false:
// there is none of that ARN.
func (s *State) ChangeManaged(arn string, change func(*Managed)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.managed, func(m Managed) bool { return m.ARN == arn })
	if i < 0 {
		return false
	}
	s.managed = slices.Clone(s.managed)
	change(&s.managed[i])
	return true
}
