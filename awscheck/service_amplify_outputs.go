package awscheck

import (
	"context"
	"strings"

	"github.com/mediadock/mediadock/awscheck/amplifyoutputs"
	"github.com/mediadock/mediadock/awscheck/diagnose"
)

// outputCauses are the causes of the kinds of differences.
var outputCauses = map[string]string{
	amplifyoutputs.NoAuth:        "amplify-auth-missing",
	amplifyoutputs.GuestsOff:     "amplify-guests-off",
	amplifyoutputs.NoGroup:       "amplify-group-undefined",
	amplifyoutputs.BucketMissing: "amplify-outputs-missing",
	amplifyoutputs.Other:         "amplify-outputs-differ",
	amplifyoutputs.OtherPaths:    "amplify-outputs-paths",
}

// amplifyOutputs compares the app's amplify_outputs.json, where one was given,
// with the settings: the app uses what stands there (A13, A27).
func amplifyOutputs(_ context.Context, x *test) outcome {
	app := x.target.App
	if app == nil || x.target.Outputs == nil {
		return moot("not-given", nil)
	}
	file, err := amplifyoutputs.Read(x.target.Outputs)
	if err != nil {
		return failed("unreadable", nil, []diagnose.Cause{diagnose.Because("amplify-outputs-unreadable", diagnose.Certain, x.known(), nil)})
	}
	wanted := amplifyoutputs.Wanted{Bucket: x.target.Bucket, Region: x.target.Region, Name: app.StorageName, Default: app.DefaultStorage, Paths: app.Paths}
	what := map[string][]string{}
	var order []string
	for _, d := range file.Compare(wanted) {
		id := outputCauses[d.Kind]
		if what[id] == nil {
			order = append(order, id)
		}
		what[id] = append(what[id], d.What)
	}
	if order == nil {
		return pass("pass", diagnose.Args{"name": app.StorageName})
	}
	var causes []diagnose.Cause
	for _, id := range order {
		causes = append(causes, diagnose.Because(id, diagnose.Certain, x.known(), diagnose.Args{"what": strings.Join(what[id], ", ")}))
	}
	return failed("differs", nil, worstFirst(causes))
}
