package state

import (
	"slices"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/sandbox/account"
)

// User is an IAM user with long-term keys, of whatever account.
type User struct {
	Name, Account, ARN, ID       string
	AccessKeyID, SecretAccessKey string
	Root                         bool
	MFASerial, MFACode           string
	Inline                       []Inline // by name
}

// Policy finds one of the user's inline policies.
func (u User) Policy(name string) (policy.Document, bool) { return inline(u.Inline, name) }

func (s *State) userOf(c account.Caller) User {
	u := User{
		Name: c.Name, Account: c.Account, ARN: s.base.CallerARN(c), ID: s.base.CallerID(c),
		AccessKeyID: c.AccessKeyID, SecretAccessKey: c.SecretAccessKey, Root: c.Name == account.RootName,
		MFASerial: c.MFASerial, MFACode: c.MFACode,
	}
	if c.Policy != nil {
		u.Inline = []Inline{{c.Name + "Policy", *c.Policy}}
	}
	return u
}

// UserByKey finds the user whom an access key ID belongs to.
func (s *State) UserByKey(accessKeyID string) (User, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, u := range s.users {
		if u.AccessKeyID == accessKeyID {
			return u, true
		}
	}
	return User{}, false
}

// User finds a user of an account by name, in whatever case, as IAM does.
func (s *State) User(account, name string) (User, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if i := s.indexOfUser(account, name); i >= 0 {
		return s.users[i], true
	}
	return User{}, false
}

// PutUserPolicy makes p one of a user's inline policies; false: there is no
// such user.
func (s *State) PutUserPolicy(account, name string, p Inline) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.indexOfUser(account, name)
	if i < 0 {
		return false
	}
	s.users = slices.Clone(s.users)
	s.users[i].Inline = putInline(s.users[i].Inline, p)
	return true
}

// DeleteUserPolicy removes an inline policy and reports whether it was there.
func (s *State) DeleteUserPolicy(account, name, policy string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.indexOfUser(account, name)
	if i < 0 {
		return false
	}
	kept := slices.DeleteFunc(slices.Clone(s.users[i].Inline), func(p Inline) bool { return p.Name == policy })
	gone := len(kept) < len(s.users[i].Inline)
	s.users = slices.Clone(s.users)
	s.users[i].Inline = kept
	return gone
}

// indexOfUser finds a user who is no root user: IAM knows none by name.
func (s *State) indexOfUser(account, name string) int {
	return slices.IndexFunc(s.users, func(u User) bool { return !u.Root && u.Account == account && strings.EqualFold(u.Name, name) })
}
