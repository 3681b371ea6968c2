package tuitest

import (
	"time"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/awscheck/diagnose"
	"github.com/mediadock/mediadock/wizard"
)

// ids of the connection test, in the order of the contract.
var ids = []string{
	"settings.valid", "caller.identity", "role.assume", "role.requires-external-id", "bucket.region", "bucket.list",
	"object.put", "object.metadata", "object.get", "object.copy", "object.delete",
	"scope.prefix", "delivery.url", "delivery.listing", "delivery.cache", "probe.cleanup",
}

// AllPass is a test without a fault.
func AllPass(wizard.Settings) []awscheck.Result {
	var rows []awscheck.Result
	for i, id := range ids {
		rows = append(rows, awscheck.Result{ID: id, Status: awscheck.Pass, Duration: time.Duration(20+7*i) * time.Millisecond})
	}
	return rows
}

// RoleFails is a test whose role cannot be assumed; what needs it is skipped.
func RoleFails(s wizard.Settings) []awscheck.Result {
	rows := AllPass(s)
	for i := 3; i < len(rows)-1; i++ {
		rows[i].Status, rows[i].Duration = awscheck.Skip, 0
		rows[i].Reason, rows[i].Args = "result.skip.needs", diagnose.Args{"need": "role.assume"}
	}
	evidence := diagnose.Evidence{
		Operation: "sts:AssumeRole", HTTPStatus: 403, Code: "AccessDenied",
		Message: "User: arn:aws:iam::999988887777:user/taro is not authorized to perform: sts:AssumeRole on resource: " + s.RoleARN,
	}
	rows[2] = awscheck.Result{
		ID: "role.assume", Status: awscheck.Fail, Duration: 41 * time.Millisecond,
		Evidence: []diagnose.Evidence{evidence}, RequestIDs: []string{"7F2A0000-0000-0000-0000-0000000000E1"},
		Causes: diagnose.Diagnose(evidence, diagnose.Facts{
			CallerARN: "arn:aws:iam::999988887777:user/taro", CallerAccount: "999988887777",
			RoleARN: s.RoleARN, Bucket: s.Bucket, Region: s.Region, Prefix: s.Prefix,
		}),
	}
	return rows
}
