package s3

import "github.com/mediadock/mediadock/awscheck/policy"

func isPublic(d policy.Document) bool { return false }
