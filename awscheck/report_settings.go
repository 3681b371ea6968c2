package awscheck

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// Settings are the part of a connection's settings that a report carries, so
// that two reports can be told to be of one connection.
type Settings struct {
	Access           string `json:"access,omitempty"`
	Bucket           string `json:"bucket"`
	Region           string `json:"region"`
	Prefix           string `json:"prefix"`
	RoleARN          string `json:"role_arn,omitempty"`
	TrustedPrincipal string `json:"trusted_principal,omitempty"`
	Domain           string `json:"domain,omitempty"`
	Distribution     string `json:"distribution,omitempty"`
	// ExternalID is masked; ExternalIDHash tells two apart without telling
	// either.
	ExternalID     string `json:"external_id,omitempty"`
	ExternalIDHash string `json:"external_id_hash,omitempty"`
	// CustomEndpoint: the test did not talk to AWS.
	CustomEndpoint bool `json:"custom_endpoint,omitempty"`
}

// settingsOf is what a report says of the settings that were tested.
func settingsOf(t Target, custom bool) Settings {
	return Settings{
		Access: t.Access, Bucket: t.Bucket, Region: t.Region, Prefix: t.Prefix,
		RoleARN: t.RoleARN, TrustedPrincipal: t.TrustedPrincipal, Domain: t.Domain, Distribution: t.Distribution,
		ExternalID: maskedID(t.ExternalID), ExternalIDHash: hashedID(t.ExternalID, t.RoleARN),
		CustomEndpoint: custom,
	}
}

// target is the connection as far as a report tells of it.
func (s Settings) target() Target {
	return Target{
		Access: s.Access, Bucket: s.Bucket, Region: s.Region, Prefix: s.Prefix,
		RoleARN: s.RoleARN, TrustedPrincipal: s.TrustedPrincipal, Domain: s.Domain, Distribution: s.Distribution,
	}
}

// known tells whether the report says what it was of.
func (s Settings) known() bool { return s.Bucket != "" }

func maskedID(id string) string {
	if id == "" {
		return ""
	}
	return diagnose.Mask(id)
}

// hashRounds makes guessing short external IDs slow, and four bytes leave
// many that fit: enough to tell two IDs apart, little to learn one from.
const (
	hashRounds = 1 << 15
	hashBytes  = 4
)

// hashedID is the same for the same ID of the same role, whoever makes the
// report; the salt is the role, which both sides know.
func hashedID(id, role string) string {
	if id == "" {
		return ""
	}
	sum, err := pbkdf2.Key(sha256.New, id, []byte("mediadock external id\n"+role), hashRounds, hashBytes)
	if err != nil {
		return "" // only a key that is longer than any hash allows
	}
	return hex.EncodeToString(sum)
}

// OtherConnectionError says that two reports, or a report and the settings
// under test, are not of one connection. Field is the setting's key; it is
// "settings" where a report does not say what it is of.
type OtherConnectionError struct{ Field, A, B string }

func (e *OtherConnectionError) Error() string {
	return fmt.Sprintf("the reports are of different connections: %s is %q in one and %q in the other", e.Field, e.A, e.B)
}

// TextID is "report.other.<field>", whose placeholders are {a} and {b}.
func (e *OtherConnectionError) TextID() string { return "report.other." + e.Field }

// pair is one setting of two reports. Where loose is set, a side that says
// nothing contradicts nobody.
type pair struct {
	field, a, b string
	loose       bool
}

// Outline is the report of a test of t that has not begun: enough to tell
// whether another report is of the same connection. source may be nil.
func Outline(t Target, source *connect.Source) Report {
	return Report{
		Connection: t.Connection, Integration: t.Integration,
		Settings: settingsOf(t, source != nil && source.CustomEndpoint()),
	}
}

// SameMedia tells whether two reports are of the same media, so that they can
// be compared. The error is an *OtherConnectionError.
func SameMedia(a, b Report) error {
	return firstOther(a, b, placeOf(a, b))
}

// SameConnection tells whether two reports can be read as one: both sides must
// have tested the very same thing. The error is an *OtherConnectionError.
func SameConnection(a, b Report) error {
	x, y := a.Settings, b.Settings
	if x.RoleARN != y.RoleARN { // then the hashes cannot be compared
		x.ExternalIDHash = ""
	}
	return firstOther(a, b, append(placeOf(a, b),
		pair{field: "region", a: x.Region, b: y.Region},
		pair{field: "role_arn", a: x.RoleARN, b: y.RoleARN, loose: true},
		pair{field: "external_id", a: x.ExternalIDHash, b: y.ExternalIDHash, loose: true},
		pair{field: "domain", a: host(x.Domain), b: host(y.Domain)},
		pair{field: "distribution", a: distributionID(x.Distribution), b: distributionID(y.Distribution), loose: true},
	))
}

func placeOf(a, b Report) []pair {
	x, y := a.Settings, b.Settings
	return []pair{
		{field: "integration", a: a.Integration, b: b.Integration},
		{field: "bucket", a: x.Bucket, b: y.Bucket},
		{field: "prefix", a: strings.Trim(x.Prefix, "/"), b: strings.Trim(y.Prefix, "/")},
		{field: "endpoint", a: endpointKind(x), b: endpointKind(y)},
	}
}

func firstOther(a, b Report, pairs []pair) error {
	if !a.Settings.known() || !b.Settings.known() {
		return &OtherConnectionError{Field: "settings", A: a.Settings.Bucket, B: b.Settings.Bucket}
	}
	for _, p := range pairs {
		if p.a == p.b || p.loose && (p.a == "" || p.b == "") {
			continue
		}
		if p.field == "external_id" { // never the hash
			p.a, p.b = a.Settings.ExternalID, b.Settings.ExternalID
		}
		return &OtherConnectionError{Field: p.field, A: p.a, B: p.b}
	}
	return nil
}

func endpointKind(s Settings) string {
	if s.CustomEndpoint {
		return "custom"
	}
	return "aws"
}

func host(domain string) string {
	h := strings.ToLower(strings.TrimSuffix(domain, "/"))
	return strings.TrimPrefix(h, "https://")
}

// distributionID is the id of a distribution given as id or as ARN.
func distributionID(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }
