package awscheck

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/oklog/ulid/v2"

	"github.com/mediadock/mediadock/awscheck/connect"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
	"github.com/mediadock/mediadock/media/address"
)

// noPath is a folder that no table is about.
const noPath = "mediadock-elsewhere/"

// amplifyAccess acts as each of the app's roles that the caller may assume,
// and tries what the table says of it, under every path and beside all of
// them. Nothing is read, written or deleted that anybody has: listings ask for
// one name, reads are of names that do not exist, uploads and deletions cannot
// succeed. Folders that people own are left to the policies: they need an
// identity of Amazon Cognito's.
func amplifyAccess(ctx context.Context, x *test) outcome {
	app := x.target.App
	if app == nil {
		return skip("no-roles", nil)
	}
	var tried, untried []string
	var causes []diagnose.Cause
	unclear := false
	deletes := x.deletesSpare(ctx)
	for _, role := range app.Paths.Roles() {
		c, ok := x.asRole(ctx, app.Roles[role])
		if !ok {
			untried = append(untried, role)
			continue
		}
		tried = append(tried, role)
		r := x.tryRole(ctx, c, app.Paths, role, deletes)
		causes = append(causes, r.causes(app, x.known(), role)...)
		unclear = unclear || r.unclear
	}
	args := diagnose.Args{"roles": strings.Join(tried, ", "), "without": strings.Join(untried, ", ")}
	switch {
	case len(causes) > 0:
		return failed("differs", args, worstFirst(causes))
	case len(tried) == 0 && len(app.Roles) == 0:
		return skip("no-roles", nil)
	case len(tried) == 0:
		return skip("not-assumable", args)
	case len(untried) > 0:
		return skip("some", args)
	case unclear:
		return inconclusive("unclear", args)
	}
	return pass("pass", args)
}

// worstFirst puts causes that fail a row before those that only warn: the
// first one decides.
func worstFirst(causes []diagnose.Cause) []diagnose.Cause {
	var fail, warn []diagnose.Cause
	for _, c := range causes {
		if diagnose.WarnsOnly(c.ID) {
			warn = append(warn, c)
		} else {
			fail = append(fail, c)
		}
	}
	return append(fail, warn...)
}

// asRole is a client that acts as a role; not ok where it may not be assumed.
// The roles of apps trust Amazon Cognito, often nobody else.
func (x *test) asRole(ctx context.Context, arn string) (*s3.Client, bool) {
	place := connect.Place{Access: "role", Region: x.target.Region, Bucket: x.target.Bucket, RoleARN: arn}
	if arn == "" {
		return nil, false
	}
	if _, err := x.source.Session(place).Assume(ctx); err != nil {
		return nil, false
	}
	c, err := x.source.S3(place)
	return c, err == nil
}

// deletesSpare tells whether deleting on condition that the object is there
// leaves no delete marker at this endpoint, by one inside the prefix.
func (x *test) deletesSpare(ctx context.Context) bool {
	if !x.source.CustomEndpoint() {
		return true
	}
	out, err := x.deleteIfThere(ctx, x.space.Key(address.ProbeDir+"/"+ulid.Make().String()+".txt"))
	return err != nil || !aws.ToBool(out.DeleteMarker)
}

// roleTry is what acting as one role showed beside the table.
type roleTry struct {
	missing, surplus []string
	denied           []string // of missing: what the bucket's policy denies
	changes, unclear bool     // surplus rights that change something; answers that tell nothing
}

func (x *test) tryRole(ctx context.Context, c *s3.Client, t storagepaths.Table, role string, deletes bool) (r roleTry) {
	// The bucket may be of another account than the role; whose it is was
	// asked before.
	ctx = connect.WithoutOwner(ctx)
	type try struct {
		action, dir string
		wanted      bool
		found       reach
		denial      diagnose.Denial
	}
	var all []*try
	var work []func()
	for _, dir := range triedFolders(t) {
		key := dir + address.ProbeDir + "/" + ulid.Make().String() + ".txt"
		for _, action := range storagepaths.Actions() {
			if action == storagepaths.Delete && !deletes {
				continue
			}
			one := &try{action: action, dir: dir, wanted: t.Allows(storagepaths.Visitor{Role: role}, action, key)}
			all = append(all, one)
			work = append(work, func() { one.found, one.denial = x.mayDo(ctx, c, action, dir, key) })
		}
	}
	together(work...)
	for _, one := range all {
		what := one.action + " " + one.dir + "*"
		switch {
		case one.found == reachUnclear:
			r.unclear = r.unclear || one.wanted
		case one.wanted && one.found == reachRefused && one.denial.Explicit && one.denial.Layer == diagnose.LayerResource:
			r.denied = append(r.denied, role+": "+what)
		case one.wanted && one.found == reachRefused:
			r.missing = append(r.missing, what)
		case !one.wanted && one.found == reachAllowed:
			r.surplus = append(r.surplus, what)
			r.changes = r.changes || one.action == storagepaths.Write || one.action == storagepaths.Delete
		}
	}
	return r
}

func triedFolders(t storagepaths.Table) []string {
	var dirs []string
	for _, p := range t.Paths() {
		if !storagepaths.Owned(p) {
			dirs = append(dirs, strings.TrimSuffix(p, "*"))
		}
	}
	return append(dirs, noPath)
}

// mayDo tries one action in a folder; key is a name there that nobody has. Of a
// refusal it tells what the answer says.
func (x *test) mayDo(ctx context.Context, c *s3.Client, action, dir, key string) (reach, diagnose.Denial) {
	bucket := aws.String(x.target.Bucket)
	var err error
	switch action {
	case storagepaths.List:
		_, err = c.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket, Prefix: aws.String(dir), MaxKeys: aws.Int32(1)})
	case storagepaths.Get:
		var out *s3.GetObjectOutput
		if out, err = c.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: aws.String(key)}); err == nil {
			_ = out.Body.Close()
		}
	case storagepaths.Write:
		_, err = c.UploadPart(ctx, &s3.UploadPartInput{
			Bucket: bucket, Key: aws.String(key), UploadId: aws.String(noSuchUpload), PartNumber: aws.Int32(1),
			Body: strings.NewReader(smallBody), ContentLength: aws.Int64(int64(len(smallBody))),
		})
	case storagepaths.Delete:
		_, err = c.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: aws.String(key), IfMatch: aws.String("*")})
	}
	if err == nil {
		if action == storagepaths.Get || action == storagepaths.Write {
			return reachUnclear, diagnose.Denial{} // nobody has put it there, or begun it
		}
		return reachAllowed, diagnose.Denial{}
	}
	ev := connect.EvidenceOf(err, storagepaths.Operation(action))
	d, _ := diagnose.ParseDenial(ev.Message)
	if action == storagepaths.Get && ev.Refused() {
		return readable(d), d
	}
	return reachOf(ev), d
}

// readable reads a refusal to read what is not there. S3 refuses those, too,
// who may read and not list; one that names no action says nothing.
func readable(d diagnose.Denial) reach {
	switch d.Action {
	case "s3:ListBucket":
		return reachAllowed
	case "s3:GetObject":
		return reachRefused
	}
	return reachUnclear
}

func (r roleTry) causes(app *owner.App, f diagnose.Facts, role string) (causes []diagnose.Cause) {
	if r.denied != nil {
		causes = append(causes, diagnose.Because("amplify-bucket-policy-denies", diagnose.Certain, f, diagnose.Args{"what": strings.Join(r.denied, ", ")}))
	}
	if r.missing != nil {
		causes = append(causes, app.Because("amplify-role-missing", role, f, diagnose.Args{"what": strings.Join(r.missing, ", ")}))
	}
	if r.surplus != nil {
		id := "amplify-role-wide"
		if role == storagepaths.Guest && r.changes {
			id = "amplify-guest-can-write"
		}
		causes = append(causes, app.Because(id, role, f, diagnose.Args{"what": strings.Join(r.surplus, ", ")}))
	}
	return causes
}
