// Package state is the sandbox's account as it is at this moment: what one
// service changes, the next request of every service sees.
//
// What it hands out are copies. Policy documents in them are never changed in
// place, only replaced.
package state

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// State is an account that changes. It is safe for concurrent use.
type State struct {
	base account.Account // what no service changes
	now  func() time.Time

	mu          sync.RWMutex // guards everything below
	users       []User
	roles       []Role
	managed     []Managed
	keys        []Key
	accessBlock *account.PublicAccessBlock
}

// New is acct as its file describes it; now is the sandbox's clock, nil:
// time.Now.
func New(acct account.Account, now func() time.Time) *State {
	if now == nil {
		now = time.Now
	}
	s := &State{base: acct.WithDefaults(), now: now}
	s.accessBlock = clone(s.base.AccountPublicAccessBlock)
	started := now()
	for _, c := range s.base.Callers {
		s.users = append(s.users, s.userOf(c))
	}
	for _, r := range s.base.Roles {
		s.roles = append(s.roles, s.roleOf(r, started))
	}
	for _, k := range s.base.KMSKeys {
		s.keys = append(s.keys, keyOf(k, started))
	}
	s.addManagedKeys(started)
	return s
}

// Now is the sandbox's clock.
func (s *State) Now() time.Time { return s.now() }

// ID is the account's number.
func (s *State) ID() string { return s.base.ID }

// Partition is the partition that the account belongs to.
func (s *State) Partition() string { return s.base.Partition() }

// AccessBlock is the account's own Block Public Access setting; false: it has
// none.
func (s *State) AccessBlock() (account.PublicAccessBlock, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.accessBlock == nil {
		return account.PublicAccessBlock{}, false
	}
	return *s.accessBlock, true
}

// SetAccessBlock replaces the account's Block Public Access setting; nil
// removes it.
func (s *State) SetAccessBlock(b *account.PublicAccessBlock) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accessBlock = clone(b)
}

func clone[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// Inline is a policy that is part of a user or role.
type Inline struct {
	Name     string
	Document policy.Document
}

// putInline replaces or adds a policy; names are in order.
func putInline(all []Inline, p Inline) []Inline {
	all = slices.Clone(all)
	i, found := slices.BinarySearchFunc(all, p.Name, func(x Inline, name string) int { return strings.Compare(x.Name, name) })
	if found {
		all[i] = p
		return all
	}
	return slices.Insert(all, i, p)
}

// inline finds a policy by its name.
func inline(all []Inline, name string) (policy.Document, bool) {
	for _, p := range all {
		if p.Name == name {
			return p.Document, true
		}
	}
	return policy.Document{}, false
}
