package state

import (
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// Snapshot is what services have made of the account, to be kept.
type Snapshot struct {
	Users       []User                     `json:"users"`
	Roles       []Role                     `json:"roles"`
	Managed     []Managed                  `json:"managed"`
	Keys        []Key                      `json:"keys"`
	AccessBlock *account.PublicAccessBlock `json:"access_block"`
}

// Snapshot is the account at this moment.
func (s *State) Snapshot() Snapshot {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return Snapshot{s.users, s.roles, s.managed, s.keys, clone(s.accessBlock)}
}

// Restore makes the account what it was.
func (s *State) Restore(was Snapshot) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users, s.roles, s.managed, s.keys, s.accessBlock = was.Users, was.Roles, was.Managed, was.Keys, clone(was.AccessBlock)
}
