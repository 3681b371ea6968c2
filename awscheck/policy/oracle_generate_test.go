//go:build oracle

package policy

import (
	"math/rand/v2"
)

// The generator draws from few names, so that policies and requests meet
// often: what nothing matches proves nothing.

const (
	oracleBucket = "arn:aws:s3:::alpha-prod-assets"
	oracleRole   = "arn:aws:iam::" + home + ":role/MediaRole"
	oracleKey    = "arn:aws:kms:ap-northeast-1:" + home + ":key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// target is an action with its resource and what policies may say for them.
type oracleTarget struct {
	action   string
	resource string
	actions  []string // patterns
	patterns []string // of resources
	keys     []string // condition keys that the request may have
}

var oracleTargets = []oracleTarget{
	{"s3:PutObject", oracleBucket + "/media/2026/a.png", s3Actions, s3Patterns, []string{"s3:x-amz-server-side-encryption", "s3:x-amz-acl"}},
	{"s3:GetObject", oracleBucket + "/media/a-b.png", s3Actions, s3Patterns, nil},
	{"s3:GetObject", oracleBucket + "/home/alice/a.png", s3Actions, s3Patterns, nil},
	{"s3:DeleteObject", oracleBucket + "/media/2026/a.png", s3Actions, s3Patterns, nil},
	{"s3:ListBucket", oracleBucket, s3Actions, s3Patterns, []string{"s3:prefix", "s3:max-keys", "s3:delimiter"}},
	{"sts:AssumeRole", oracleRole, stsActions, []string{oracleRole, "arn:aws:iam::" + home + ":role/*", "*", "arn:aws:iam::*:role/Media*", "arn:aws:iam::" + home + ":role/Other"}, []string{"sts:externalid", "sts:rolesessionname"}},
	{"kms:Decrypt", oracleKey, kmsActions, []string{oracleKey, "*", "arn:aws:kms:*:" + home + ":key/*", "arn:aws:kms:us-east-1:*:key/*"}, []string{"kms:viaservice"}},
	{"kms:GenerateDataKey", oracleKey, kmsActions, []string{oracleKey, "*", "arn:aws:kms:*:" + home + ":key/*"}, []string{"kms:viaservice"}},
}

var (
	s3Actions  = []string{"s3:*", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:Get*", "s3:*Object", "S3:putobject", "s3:?utObject", "*", "s3:PutObjectAcl", "ec2:*"}
	stsActions = []string{"sts:*", "sts:AssumeRole", "sts:Assume*", "*", "sts:TagSession", "STS:assumerole"}
	kmsActions = []string{"kms:*", "kms:Decrypt", "kms:GenerateDataKey", "kms:GenerateDataKey*", "kms:De*", "*", "kms:CreateGrant"}
	s3Patterns = []string{
		"*", oracleBucket, oracleBucket + "/*", oracleBucket + "/media/*", oracleBucket + "/Media/*", oracleBucket + "/media/????/a.png",
		oracleBucket + "*", "arn:aws:s3:::*/media/*", oracleBucket + "/home/${aws:username}/*", oracleBucket + "/home/${aws:userid}/*",
		oracleBucket + "/home/${aws:username, 'alice'}/*", oracleBucket + "/media/a${*}b.png", oracleBucket + "/media/*.png",
		"arn:aws:s3:::beta/*", "arn:aws-cn:s3:::alpha-prod-assets/*", oracleBucket + "/${s3:prefix}*", oracleBucket + "/media/a${?}b.png",
	}
)

// contextValues are what requests have, and what conditions ask for.
var contextValues = map[string]struct {
	kind  string
	have  []string
	wants []string
}{
	"aws:securetransport":        {"Bool", []string{"true", "false"}, []string{"true", "false", "True"}},
	"aws:multifactorauthpresent": {"Bool", []string{"true", "false"}, []string{"true", "false"}},
	"aws:sourceip":               {"Ip", []string{"203.0.113.9", "198.51.100.7", "2001:db8::1"}, []string{"203.0.113.0/24", "198.51.100.7", "198.51.100.0/25", "2001:db8::/32", "0.0.0.0/0", "2001:DB8::1/128"}},
	"aws:sourcevpce":             {"String", []string{"vpce-1a2b3c4d", "vpce-9"}, []string{"vpce-1a2b3c4d", "vpce-*", "vpce-1A2B3C4D"}},
	"aws:useragent":              {"String", []string{"aws-cli/2", "mediadock"}, []string{"aws-cli*", "mediadock", "MEDIADOCK", "media?ock"}},
	"aws:principalorgid":         {"String", []string{"o-a1b2c3", "o-z9"}, []string{"o-a1b2c3", "o-*", "O-A1B2C3"}},
	"aws:requestedregion":        {"String", []string{"ap-northeast-1", "us-east-1"}, []string{"ap-northeast-1", "us-*", "AP-northeast-1", "eu-west-1"}},
	"aws:currenttime":            {"Date", []string{"2026-11-21T09:00:00Z"}, []string{"2026-11-21T09:00:00Z", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-11-21T18:00:00+09:00"}},
	"aws:epochtime":              {"Number", []string{"1795251600"}, []string{"1795251600", "1", "1795251600.0"}},
	"aws:sourcearn":              {"Arn", []string{"arn:aws:cloudfront::" + home + ":distribution/E2EXAMPLE", "arn:aws:cloudfront::" + abroad + ":distribution/E3"}, []string{"arn:aws:cloudfront::" + home + ":distribution/E2EXAMPLE", "arn:aws:cloudfront::*:distribution/*", "arn:aws:cloudfront::" + home + ":*", "arn:*:distribution/E2EXAMPLE", "*"}},
	"aws:sourceaccount":          {"String", []string{home, abroad}, []string{home, "1*", "${aws:PrincipalAccount}"}},
	"aws:tagkeys":                {"Many", []string{"team", "cost"}, []string{"team", "c*", "Team", "cost"}},
	"aws:calledvia":              {"Many", []string{"athena.amazonaws.com", "kms.amazonaws.com"}, []string{"athena.amazonaws.com", "*.amazonaws.com"}},

	"s3:prefix":                       {"String", []string{"media/", "media", "", "home/alice/"}, []string{"media/*", "media/", "media", "", "home/${aws:username}/*", "*"}},
	"s3:delimiter":                    {"String", []string{"/"}, []string{"/", ""}},
	"s3:max-keys":                     {"Number", []string{"1", "1000"}, []string{"1", "100", "1000", "1.0"}},
	"s3:x-amz-acl":                    {"String", []string{"public-read", "private"}, []string{"private", "public-*"}},
	"s3:x-amz-server-side-encryption": {"String", []string{"AES256", "aws:kms"}, []string{"AES256", "aws:kms", "aws:*", "aes256"}},

	"sts:externalid":      {"String", []string{"md-7Q4kz2m9x1C8v5b3", "md-other", "md-7Q4kz2m9x1C8v5b3x", "MD-7q4KZ2M9X1c8V5B3"}, []string{"md-7Q4kz2m9x1C8v5b3", "md-*", "*", "md-7Q4kz2m9x1C8v5b?"}},
	"sts:rolesessionname": {"String", []string{"mediadock", "alice"}, []string{"mediadock", "${aws:username}", "media*"}},
	"kms:viaservice":      {"String", []string{"s3.ap-northeast-1.amazonaws.com"}, []string{"s3.ap-northeast-1.amazonaws.com", "s3.*.amazonaws.com", "ec2.*"}},

	"aws:sourceidentity": {"Binary", []string{"QmluYXJ5VmFsdWU=", "AAEC"}, []string{"QmluYXJ5VmFsdWU=", "AAED"}},

	"aws:principalarn":          {"Arn", nil, []string{oracleRole, "arn:aws:iam::" + home + ":user/alice", "arn:aws:iam::*:role/*", "arn:aws:iam::" + home + ":*", "*"}},
	"aws:principalaccount":      {"String", nil, []string{home, abroad, "*"}},
	"aws:principaltype":         {"String", nil, []string{"User", "AssumedRole", "Account", "assumedrole"}},
	"aws:userid":                {"String", nil, []string{"AIDAALICE0EXAMPLE", "AROAMEDIA0EXAMPLE:*", home, "*:session-1"}},
	"aws:username":              {"String", nil, []string{"alice", "a*", "${aws:username}", "Alice"}},
	"aws:principalisawsservice": {"Bool", nil, []string{"true", "false"}},
}

var globalKeys = []string{
	"aws:securetransport", "aws:multifactorauthpresent", "aws:sourceip", "aws:sourcevpce", "aws:useragent", "aws:principalorgid",
	"aws:requestedregion", "aws:currenttime", "aws:epochtime", "aws:sourcearn", "aws:sourceaccount", "aws:calledvia", "aws:sourceidentity",
}

var principalKeys = []string{"aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:userid", "aws:username", "aws:principalisawsservice"}

var operatorsOf = map[string][]string{
	"String": {"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike"},
	"Many":   {"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotLike"},
	"Bool":   {"Bool"},
	"Binary": {"BinaryEquals"},
	"Ip":     {"IpAddress", "NotIpAddress"},
	"Date":   {"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"},
	"Number": {"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals"},
	"Arn":    {"ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "StringLike", "StringNotLike", "StringEquals"},
}

// draw makes one question.
type draw struct {
	*rand.Rand
	target oracleTarget
	keys   []string
}

var oracleSession = Principal{
	Kind: AssumedRole, Account: home, ARN: "arn:aws:sts::" + home + ":assumed-role/MediaRole/session-1",
	RoleARN: oracleRole, UserID: "AROAMEDIA0EXAMPLE:session-1",
}

// Root users are left out, for the judge does not know that they need no grant
// at home, and so are roles with a path, which their sessions' ARNs do not tell.
var oraclePrincipals = []Principal{
	{Kind: User, Account: home, ARN: "arn:aws:iam::" + home + ":user/alice", UserID: "AIDAALICE0EXAMPLE"},
	oracleSession, oracleSession, oracleSession,
	stranger, stranger,
	{Kind: AssumedRole, Account: abroad, ARN: "arn:aws:sts::" + abroad + ":assumed-role/Vendor/run", RoleARN: "arn:aws:iam::" + abroad + ":role/Vendor", UserID: "AROAVENDOR0EXAMPLE:run"},
	cdn, nobody,
}

func generate(source *rand.Rand) question {
	d := draw{Rand: source, target: pick(source, oracleTargets)}
	d.keys = append(append(append([]string{}, globalKeys...), principalKeys...), d.target.keys...)
	for _, k := range d.target.keys { // what belongs to the action is asked about most
		d.keys = append(d.keys, k, k, k)
	}
	q := question{Request: Request{
		Principal: pick(source, oraclePrincipals), Action: d.target.action, Resource: d.target.resource,
		ResourceAccount: home, Context: map[string][]string{},
	}}
	for _, key := range append(append([]string{}, globalKeys...), d.target.keys...) {
		if d.chance(60) {
			q.Context[key] = d.values(key)
		}
	}
	who := q.Principal.Kind
	owns := who != Anonymous && who != Service
	if owns && d.chance(80) {
		q.Identity = []Document{d.document(false)}
		if d.chance(30) {
			q.Identity = append(q.Identity, d.document(false))
		}
	}
	if !q.ofBucket() || d.chance(65) {
		q.Policies.Resource = d.optional(true)
	}
	if (q.Principal.Kind == User || q.Principal.Kind == AssumedRole) && d.chance(15) {
		q.Boundary = d.optional(false)
	}
	if q.Principal.Kind == AssumedRole && d.chance(15) {
		q.Session = d.optional(false)
	}
	if owns && d.chance(15) {
		q.ServiceControl = []Document{d.document(false)}
	}
	if owns && d.chance(10) {
		endpoint := d.document(true)
		q.VPCEndpoint = &endpoint
		for i := range endpoint.Statements { // which need resources, and speak of everybody
			s := &endpoint.Statements[i]
			s.Principal, s.NotPrincipal = &Principals{Any: true}, nil
			if s.Resource == nil && s.NotResource == nil {
				s.Resource = []string{"*"}
			}
		}
	}
	if d.chance(10) {
		q.ResourceControl = []Document{d.denials()}
	}
	return q
}

// ofBucket: only a bucket can do without a policy; roles and keys always have
// one.
func (q question) ofBucket() bool { return hasPrefixFold(q.Action, "s3:") }

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (d draw) chance(percent int) bool { return d.IntN(100) < percent }

func (d draw) values(key string) []string {
	c := contextValues[key]
	if c.kind == "Many" {
		if d.chance(50) {
			return c.have
		}
	}
	return []string{pick(d.Rand, c.have)}
}

func (d draw) optional(resource bool) *Document {
	doc := d.document(resource)
	return &doc
}

func (d draw) document(resource bool) Document {
	doc := Document{Version: Version2012}
	if d.chance(8) {
		doc.Version = pick(d.Rand, []string{Version2008, ""})
	}
	for range 1 + d.IntN(3) {
		doc.Statements = append(doc.Statements, d.statement(resource))
	}
	return doc
}

// denials is a resource control policy, which can only deny.
func (d draw) denials() Document {
	s := d.statement(false)
	s.Effect, s.Principal, s.NotAction = Deny, &Principals{Any: true}, nil
	s.Action = []string{pick(d.Rand, []string{d.target.action, d.target.actions[0]})}
	s.NotResource, s.Resource = nil, []string{"*"}
	return Document{Version: Version2012, Statements: []Statement{s}}
}

func (d draw) statement(resource bool) Statement {
	s := Statement{Effect: Allow}
	if d.chance(25) {
		s.Effect = Deny
	}
	actions := d.some(d.target.actions, 2)
	if d.chance(50) {
		actions = []string{d.target.action}
	}
	if d.chance(8) {
		s.NotAction = actions
	} else {
		s.Action = actions
	}
	if !(resource && d.target.action == "sts:AssumeRole") { // trust policies have none
		patterns := d.some(d.target.patterns, 2)
		if d.chance(8) {
			s.NotResource = patterns
		} else {
			s.Resource = patterns
		}
	}
	if resource {
		d.name(&s)
	}
	for range d.IntN(3) {
		if c := d.condition(); !repeated(s.Conditions, c) {
			s.Conditions = append(s.Conditions, c)
		}
	}
	return s
}

func (d draw) some(list []string, most int) []string {
	var chosen []string
	for range 1 + d.IntN(most) {
		chosen = append(chosen, pick(d.Rand, list))
	}
	return chosen
}

func (d draw) name(s *Statement) {
	aws := []string{
		home, "arn:aws:iam::" + home + ":root", abroad, "arn:aws:iam::" + abroad + ":root", oracleRole,
		"arn:aws:sts::" + home + ":assumed-role/MediaRole/session-1", "arn:aws:iam::" + home + ":user/alice", stranger.ARN,
		"arn:aws:iam::" + abroad + ":role/Vendor", "*",
	}
	p := &Principals{}
	switch n := d.IntN(100); {
	case n < 20:
		p.Any = true
	case n < 30:
		p.Service = []string{pick(d.Rand, []string{"cloudfront.amazonaws.com", "logging.s3.amazonaws.com"})}
	default:
		p.AWS = d.some(aws, 3)
	}
	if s.Effect == Deny && d.chance(15) {
		s.NotPrincipal = p
		return
	}
	s.Principal = p
}

func (d draw) condition() Condition {
	key := pick(d.Rand, d.keys)
	known := contextValues[key]
	c := Condition{Key: key, Values: d.some(known.wants, 2)}
	if d.chance(8) {
		c.Operator, c.Values = "Null", []string{pick(d.Rand, []string{"true", "false"})}
		return c
	}
	c.Operator = pick(d.Rand, operatorsOf[known.kind])
	if known.kind == "Many" || d.chance(5) {
		c.Operator = pick(d.Rand, []string{"ForAllValues:", "ForAnyValue:"}) + c.Operator
	}
	if d.chance(20) {
		c.Operator += "IfExists"
	}
	return c
}
