package wizard

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
	"github.com/mediadock/mediadock/media/lazyregexp"
)

func init() {
	maps.Copy(rules, map[string]rule{
		"storage_name":    checkStorageName,
		"default_storage": checkDefaultStorage,
		"paths":           checkPaths,
		"app_roles":       checkAppRoles,
		"cors_origins":    checkOrigins,
	})
}

// amplifyErrorCodes and amplifyNoticeCodes are Amplify's part of the tables of
// codes.
const amplifyErrorCodes = `
storage_name.missing
storage_name.too_long            length
storage_name.charset             char code
default_storage.format           value
default_storage.same             value
paths.missing
paths.format                     path who value
paths.slash                      path who value
paths.end                        path who value
paths.whole                      path who value
paths.whole.unnamed              path who value
paths.segment                    path who value
paths.charset                    path who value
paths.identity_place             path who value
paths.identity_needed            path who value
paths.identity_only              path who value
paths.duplicate                  path who value
paths.duplicate.row              path who value
paths.nested                     path who value
paths.who                        path who value
paths.group                      path who value
paths.action                     path who value
paths.no_action                  path who value
paths.no_action.nobody           path who value
paths.too_long                   role length max
app_roles.missing
app_roles.format
app_roles.who                    value
app_roles.arn                    who value
app_roles.partition              who partition region
cors_origins.format              value
cors_origins.path                value
cors_origins.wildcard            value
cors_origins.scheme              value
`

const amplifyNoticeCodes = `
paths.guests_write               paths
paths.group_alone                group paths
cors_origins.any
cors_origins.plain               value
`

// maxStorageName is generous: the name is what the app's code says.
const maxStorageName = 64

func checkStorageName(v string, _ Settings) (string, []Notice, *FieldError) {
	plain := func(r rune) bool { return isLetter(r) || isDigit(r) || r == '-' || r == '_' }
	if e := charset("storage_name", v, plain); e != nil {
		return v, nil, e
	}
	if len(v) > maxStorageName {
		return v, nil, problem("storage_name.too_long").args("length", strconv.Itoa(len(v)))
	}
	return v, nil, nil
}

// checkDefaultStorage takes the bucket of the storage that the app has already
// (A11).
func checkDefaultStorage(v string, s Settings) (string, []Notice, *FieldError) {
	name, _, e := checkBucket(v, Settings{Region: s.Region})
	switch {
	case e != nil:
		wrong := problem("default_storage.format").args("value", brief(v)).suggest(e.Suggestion)
		return v, nil, wrong
	case name == s.Bucket:
		return v, nil, problem("default_storage.same").args("value", v)
	}
	return name, nil, nil
}

// PathTable is the table of paths of settings; nil while it is missing or
// wrong.
func PathTable(s Settings) storagepaths.Table {
	t, m := storagepaths.Parse(string(s.Paths))
	if m != nil {
		return nil
	}
	return t
}

func checkPaths(v string, _ Settings) (string, []Notice, *FieldError) {
	t, m := storagepaths.Parse(v)
	if m != nil {
		e := problem("paths."+m.Code).args("path", brief(m.Path), "who", brief(m.Who), "value", brief(m.Value)).suggest(m.Better.JSON())
		switch {
		case m.Code == storagepaths.Duplicate && m.Who != "":
			e.detail("row")
		case m.Code == storagepaths.WholeBucket && m.Path == "":
			e.detail("unnamed")
		case m.Code == storagepaths.NoActions && m.Who == "":
			e.detail("nobody")
		}
		return v, nil, e
	}
	return t.JSON(), pathNotices(t), nil
}

// pathNotices are what is right and yet often not meant.
func pathNotices(t storagepaths.Table) []Notice {
	var notices []Notice
	var open []string
	for _, r := range t {
		if r.Who == storagepaths.Guest && (slices.Contains(r.Actions, storagepaths.Write) || slices.Contains(r.Actions, storagepaths.Delete)) {
			open = append(open, r.Path)
		}
	}
	if open != nil {
		notices = append(notices, notice("paths", "paths.guests_write", "paths", strings.Join(open, ", ")))
	}
	for _, g := range t.Groups() {
		if lost := aloneIn(t, g); lost != nil {
			notices = append(notices, notice("paths", "paths.group_alone", "group", g, "paths", strings.ReplaceAll(strings.Join(lost, ", "), storagepaths.Identity, storagepaths.Entity)))
		}
	}
	return notices
}

// aloneIn are the paths that everybody who is signed in may use, and the
// members of a group may not: their role is another one.
func aloneIn(t storagepaths.Table, group string) []string {
	var lost []string
	for _, p := range t.Paths() {
		has := func(who string) bool {
			return slices.ContainsFunc(t, func(r storagepaths.Row) bool { return r.Path == p && r.Who == who })
		}
		if (has(storagepaths.Authenticated) || has(storagepaths.Owner)) && !has(storagepaths.GroupPrefix+group) {
			lost = append(lost, p)
		}
	}
	return lost
}

// AnyOrigin lets scripts of every site use the bucket.
const AnyOrigin = "*"

var (
	originScheme = lazyregexp.New(`^[a-z][a-z0-9+.-]*$`)
	originPort   = lazyregexp.New(`^[0-9]{1,5}$`)
)

func checkOrigins(v string, s Settings) (string, []Notice, *FieldError) {
	value, _, err := eachOf(func(v string, _ Settings) (string, *FieldError) { return checkOrigin(v) })(v, s)
	if err != nil {
		return value, nil, err
	}
	var notices []Notice
	for _, o := range splitList(value) {
		switch at := splitOrigin(o); {
		case o == AnyOrigin:
			notices = append(notices, notice("cors_origins", "cors_origins.any"))
		case at.scheme == "http" && !at.loopback():
			notices = append(notices, notice("cors_origins", "cors_origins.plain", "value", o))
		}
	}
	return value, notices, nil
}

// checkOrigin accepts what a browser sends as Origin: scheme, host and port.
// One * may stand in it, as S3 allows.
func checkOrigin(v string) (string, *FieldError) {
	if v == AnyOrigin {
		return v, nil
	}
	o := splitOrigin(v)
	bare := func(scheme string) string {
		out := scheme + "://" + strings.ToLower(o.host)
		if o.port != "" {
			out += ":" + o.port
		}
		return out
	}
	switch {
	case o.scheme == "" && (o.host == "" || strings.ContainsAny(o.host, " @")):
		return v, problem("cors_origins.format")
	case o.scheme == "" && o.loopback():
		return v, problem("cors_origins.scheme").suggest(bare("http"))
	case o.scheme == "":
		return v, problem("cors_origins.scheme").suggest(bare("https"))
	case !originScheme.MatchString(o.scheme) || o.userinfo != "" || o.host == "" || o.port != "" && !originPort.MatchString(o.port) && o.port != AnyOrigin:
		return v, problem("cors_origins.format")
	case o.path != "" || o.query != "":
		return v, problem("cors_origins.path").suggest(bare(o.scheme))
	case strings.Count(v, "*") > 1:
		return v, problem("cors_origins.wildcard")
	}
	host, ok := originHost(o)
	if !ok {
		return v, problem("cors_origins.format")
	}
	o.host = host
	if o.scheme == "https" && o.port == "443" || o.scheme == "http" && o.port == "80" {
		o.port = "" // browsers leave it out
	}
	return bare(o.scheme), nil
}

// originHost is the host as browsers write it.
func originHost(o origin) (string, bool) {
	if _, ip := o.ip(); ip || o.loopback() {
		_, err := netip.ParseAddr(strings.Trim(o.host, "[]"))
		return strings.ToLower(o.host), err == nil || o.loopback()
	}
	name, star := strings.CutPrefix(o.host, "*.")
	if !star && strings.Contains(o.host, "*") {
		return o.host, !strings.ContainsFunc(o.host, func(r rune) bool { return r > 0x7e || !isHost(r) })
	}
	ascii, err := hostProfile.ToASCII(name)
	if err != nil || ascii == "" {
		return "", false
	}
	if star {
		ascii = "*." + ascii
	}
	return ascii, true
}
