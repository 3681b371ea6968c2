package world

import (
	"context"
	"errors"
)

// ErrNoToken is the answer of who was asked for the code of an MFA device
// and gave none.
var ErrNoToken = errors.New("no code of the MFA device was given")

// Caller is the identity the program runs as.
type Caller struct {
	Account string // 12 digits
	ARN     string
	Name    string // what a person recognises: user, role or session
	Kind    string // "user", "role", "sso", "root", or empty
	// Found says where the credentials came from: the Kind of connect.Found,
	// such as "environment", "profile", "sso" or "process".
	Found string
	// Profile is the AWS profile in effect, empty where none is.
	Profile string
}

// Profile is an AWS profile of this computer, as far as local files tell.
type Profile struct {
	Name string
	// Kind is the way it gets credentials, in the words of connect.Found:
	// "profile" (keys), "sso", "role", "process", "web-identity", "login",
	// or "unknown".
	Kind string
	// Account and Role are what the file says of them; often empty.
	Account, Role string
	Region        string
	MFA           bool // a code of an MFA device will be asked for
	// SignIn tells that SignIn works for it: it, or a profile that it builds
	// on, is of IAM Identity Center.
	SignIn  bool
	Current bool // the program runs as it now
	// Broken says why it cannot work, as far as the files tell; nil where
	// nothing is known to be wrong. Code and Args are set.
	Broken *Trouble
}

// SignInPage is what a person opens in a browser to sign in.
type SignInPage struct {
	URL string // with the code in it
	// Short and Code are for another device: a short address, and what is to
	// be typed there.
	Short, Code string
}

type refusedKey struct{}

// WithRefused says to who is asked for an MFA code (Services.AskToken) how
// many codes were refused just before.
func WithRefused(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, refusedKey{}, n)
}

// Refused is how many codes were refused just before this one is asked for;
// after the third nobody is asked again.
func Refused(ctx context.Context) int {
	n, _ := ctx.Value(refusedKey{}).(int)
	return n
}
