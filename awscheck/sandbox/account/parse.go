package account

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

// Parse reads an account file in YAML or JSON. Names of files in it are
// relative to dir. The error is an *Error with every problem found.
func Parse(data []byte, dir string) (Account, error) {
	a, _, err := parse(data, func(name string) ([]byte, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, filepath.FromSlash(name))
		}
		return os.ReadFile(name)
	})
	return a, err
}

// parse reads an account file and what it says of itself as a scenario.
func parse(data []byte, readFile func(name string) ([]byte, error)) (Account, Meta, error) {
	root, anchors, err := tree(data)
	if err != nil {
		return Account{}, Meta{}, err
	}
	d := &decoder{readFile: readFile, anchors: anchors}
	var a Account
	var m Meta
	seen := d.object(root, "", map[string]field{
		"account":                     d.accountID(&a.ID),
		"clock_offset":                d.duration(&a.ClockOffset, -10*year, 10*year),
		"callers":                     d.listOf(func(n ast.Node, path string) { a.Callers = append(a.Callers, d.caller(n, path)) }),
		"roles":                       d.listOf(func(n ast.Node, path string) { a.Roles = append(a.Roles, d.role(n, path)) }),
		"service_control_policies":    d.policies(&a.ServiceControlPolicies, policy.KindIdentity),
		"resource_control_policies":   d.resourceControl(&a.ResourceControlPolicies),
		"vpc_endpoint_policy":         d.policy(&a.VPCEndpointPolicy, policy.KindBucket),
		"account_public_access_block": d.accountAccessBlock(&a.AccountPublicAccessBlock),
		"kms_keys":                    d.listOf(func(n ast.Node, path string) { a.KMSKeys = append(a.KMSKeys, d.kmsKey(n, path)) }),
		"buckets":                     d.listOf(func(n ast.Node, path string) { a.Buckets = append(a.Buckets, d.bucket(n, path)) }),
		"distributions":               d.listOf(func(n ast.Node, path string) { a.Distributions = append(a.Distributions, d.distribution(n, path)) }),
		"imgix_sources":               d.listOf(func(n ast.Node, path string) { a.ImgixSources = append(a.ImgixSources, d.imgixSource(n, path)) }),
		"sites":                       d.listOf(func(n ast.Node, path string) { a.Sites = append(a.Sites, d.site(n, path)) }),
		"faults":                      d.listOf(func(n ast.Node, path string) { a.Faults = append(a.Faults, d.fault(n, path)) }),
		"scenario":                    d.meta(&m),
	})
	d.require(root, "", seen, "account")
	a = a.WithDefaults()
	d.crossCheck(root, a)
	if len(d.problems) > 0 {
		sort.SliceStable(d.problems, func(i, j int) bool { return d.problems[i].Line < d.problems[j].Line })
		return Account{}, Meta{}, &Error{d.problems}
	}
	return a, m, nil
}

const (
	hour = time.Hour
	year = 365 * 24 * hour
)

// byteOrderMark is what some editors begin a file with.
var byteOrderMark = []byte("\ufeff")

var syntaxPosition = lazyregexp.New(`^\[(\d+):\d+\] `)

func tree(data []byte) (ast.Node, map[string]ast.Node, error) {
	whole := func(code, reason string) error { return &Error{[]Problem{{Code: code, Reason: reason}}} }
	data = bytes.TrimPrefix(data, byteOrderMark)
	if p := checkNesting(data); p != nil {
		return nil, nil, &Error{[]Problem{*p}}
	}
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		p := Problem{Code: "syntax", Reason: strings.SplitN(err.Error(), "\n", 2)[0]}
		var at yaml.Error
		if errors.As(err, &at) && at.GetToken() != nil {
			p.Line = at.GetToken().Position.Line
			p.Reason = at.GetMessage()
		} else if m := syntaxPosition.FindStringSubmatch(p.Reason); m != nil {
			p.Line, _ = strconv.Atoi(m[1])
			p.Reason = p.Reason[len(m[0]):]
		}
		return nil, nil, &Error{[]Problem{p}}
	}
	switch {
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		return nil, nil, whole("missing", "the file is empty")
	case len(file.Docs) > 1:
		return nil, nil, whole("invalid", "the file holds several documents; an account file is one")
	}
	anchors := anchorVisitor{}
	ast.Walk(anchors, file.Docs[0].Body)
	return file.Docs[0].Body, anchors, nil
}

func (d *decoder) listOf(each field) field {
	return func(n ast.Node, path string) { d.list(n, path, each) }
}

func (d *decoder) require(n ast.Node, path string, seen map[string]bool, keys ...string) {
	for _, k := range keys {
		if !seen[k] {
			d.report(n, join(path, k), "missing", "is required")
		}
	}
}

// matching reads a text and refuses what does not match.
func (d *decoder) matching(to *string, grammar *lazyregexp.Regexp, what string) field {
	return func(n ast.Node, path string) {
		d.digits(to)(n, path)
		if *to != "" && !grammar.MatchString(*to) {
			d.report(n, path, "invalid", "%q is no %s", *to, what)
		}
	}
}

var (
	accountGrammar    = lazyregexp.New(`^\d{12}$`)
	policyNameGrammar = lazyregexp.New(`^[A-Za-z0-9_+=,.@-]{1,128}$`)
	mfaCodeGrammar    = lazyregexp.New(`^[0-9]{6}$`)
	nameGrammar       = lazyregexp.New(`^[A-Za-z0-9_+=,.@-]{1,64}$`)
	keyIDGrammar      = lazyregexp.New(`^[A-Za-z0-9_]{3,128}$`)
	pathGrammar       = lazyregexp.New(`^/([\x21-\x7E]{1,510}/)?$`)
	kmsGrammar        = lazyregexp.New(`^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+$`)
)

func (d *decoder) accountID(to *string) field {
	return d.matching(to, accountGrammar, "account ID of 12 digits")
}

func (d *decoder) caller(n ast.Node, path string) Caller {
	var c Caller
	seen := d.object(n, path, map[string]field{
		"name":              d.matching(&c.Name, nameGrammar, "IAM user name"),
		"access_key_id":     d.matching(&c.AccessKeyID, keyIDGrammar, "access key ID"),
		"secret_access_key": d.text(&c.SecretAccessKey),
		"account":           d.accountID(&c.Account),
		"policy":            d.policy(&c.Policy, policy.KindIdentity),
		"mfa_serial":        d.text(&c.MFASerial),
		"mfa_code":          d.matching(&c.MFACode, mfaCodeGrammar, "code of an MFA device: six digits between quotes"),
	})
	d.require(n, path, seen, "name", "access_key_id", "secret_access_key")
	if c.MFASerial != "" {
		d.require(n, path, seen, "mfa_code")
	}
	if strings.HasPrefix(c.AccessKeyID, "ASIA") {
		d.report(n, join(path, "access_key_id"), "invalid", "ASIA is the beginning of temporary keys, which the sandbox issues itself; use AKIA")
	}
	return c
}

func (d *decoder) role(n ast.Node, path string) Role {
	r := Role{Path: "/", MaxSessionDuration: time.Hour}
	var trust *policy.Document
	seen := d.object(n, path, map[string]field{
		"name":                 d.matching(&r.Name, nameGrammar, "role name"),
		"path":                 d.matching(&r.Path, pathGrammar, "path: it begins and ends with /"),
		"trust_policy":         d.policy(&trust, policy.KindTrust),
		"policy":               d.policy(&r.Policy, policy.KindIdentity),
		"attached_policies":    d.attached(&r.AttachedPolicies),
		"permissions_boundary": d.policy(&r.PermissionsBoundary, policy.KindIdentity),
		"max_session_duration": d.duration(&r.MaxSessionDuration, time.Hour, 12*time.Hour),
		"created_ago":          d.duration(&r.CreatedAgo, 0, 50*year),
	})
	d.require(n, path, seen, "name", "trust_policy")
	if seen["created_ago"] && r.CreatedAgo == 0 {
		r.CreatedAgo = JustNow
	}
	if trust != nil {
		r.TrustPolicy = *trust
	}
	return r
}

func (d *decoder) meta(m *Meta) field {
	return func(n ast.Node, path string) {
		d.object(n, path, map[string]field{"summary": d.textMap(&m.Summary), "settings": d.textMap(&m.Settings)})
	}
}

// WithDefaults returns a with what follows from other keys filled in: owners
// of buckets and accounts of callers, by default the account itself, and
// roles' paths. Parse has done so; accounts made in Go need not.
func (a Account) WithDefaults() Account {
	a.Callers, a.Roles, a.Buckets = slices.Clone(a.Callers), slices.Clone(a.Roles), slices.Clone(a.Buckets)
	for i := range a.Callers {
		a.Callers[i].Account = cmp.Or(a.Callers[i].Account, a.ID)
	}
	for i := range a.Roles {
		a.Roles[i].Path = cmp.Or(a.Roles[i].Path, "/")
		a.Roles[i].MaxSessionDuration = cmp.Or(a.Roles[i].MaxSessionDuration, time.Hour)
	}
	for i := range a.Buckets {
		a.Buckets[i].Owner = cmp.Or(a.Buckets[i].Owner, a.ID)
	}
	return a
}

// crossCheck refuses what is given twice, and what cannot be together.
func (d *decoder) crossCheck(root ast.Node, a Account) {
	seen := map[string]bool{}
	once := func(path string, i int, key, value, shown string) {
		if value == "" {
			return
		}
		if id := path + key + "\x00" + value; seen[id] {
			d.report(d.at(root, path, i), fmt.Sprintf("%s[%d].%s", path, i, key), "duplicate", "%s is there twice", strconv.Quote(shown))
		} else {
			seen[id] = true
		}
	}
	for i, c := range a.Callers {
		once("callers", i, "name", c.Account+"/"+strings.ToLower(c.Name), c.Name)
		once("callers", i, "access_key_id", c.AccessKeyID, c.AccessKeyID)
	}
	for i, r := range a.Roles {
		once("roles", i, "name", strings.ToLower(r.Name), r.Name)
	}
	for i, k := range a.KMSKeys {
		once("kms_keys", i, "arn", k.ARN, k.ARN)
		for _, alias := range k.Aliases {
			once("kms_keys", i, "aliases", regionOfKey(k.ARN)+alias, alias)
		}
	}
	d.checkAttached(root, a)
	for i, b := range a.Buckets {
		once("buckets", i, "name", b.Name, b.Name)
		if p, ok := address.PartitionOf(b.Region); ok && p.ID != a.Partition() {
			d.report(d.at(root, "buckets", i), fmt.Sprintf("buckets[%d].region", i), "invalid",
				"%s is of the partition %s, the account of %s: an account has one", b.Region, p.ID, a.Partition())
		}
	}
	d.checkDelivery(root, a, once)
	d.checkImgixSources(root, a, once)
}

// at is the i-th node of the list named key, for its line.
func (d *decoder) at(root ast.Node, key string, i int) ast.Node {
	m, ok := root.(*ast.MappingNode)
	if !ok {
		return root
	}
	for _, v := range m.Values {
		if name, _ := d.keyName(v, ""); name == key {
			if s, ok := d.resolve(v.Value, key).(*ast.SequenceNode); ok && i < len(s.Values) {
				return d.resolve(s.Values[i], key)
			}
		}
	}
	return root
}
