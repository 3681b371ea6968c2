package wizard

import (
	"fmt"
	"strings"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/awscheck/policy/storagepaths"
)

// amplifyBackend is amplify/backend.ts of an app that uses the bucket (A9 to
// A25): the bucket in a stack of its own, the output that the Storage API
// reads, and an inline policy for each role. Strings with the identity variable
// are in double quotes or escaped, since a template literal would evaluate it
// (A29).
func amplifyBackend(s Settings, tight bool) ([]Piece, []FieldError) {
	if e := lacking(s, []string{"bucket", "region", "storage_name", "paths"}, "default_storage"); len(e) > 0 {
		return nil, e
	}
	w := &typescript{table: PathTable(s)}
	w.imports(s)
	w.bucket(s)
	w.output(s)
	for _, role := range w.table.Roles() {
		w.policy(role, w.table.RolePolicy(amplifyBucketARN(s), role, tight), amplifyBucketARN(s))
	}
	return []Piece{{ID: DocumentAmplifyBackend, Kind: DocumentAmplifyBackend, On: InFile, Of: amplifyBackendFile, Text: w.String()}}, nil
}

type typescript struct {
	strings.Builder
	table storagepaths.Table
}

func (w *typescript) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

func (w *typescript) imports(s Settings) {
	w.line(`import { defineBackend } from "@aws-amplify/backend";`)
	w.line(`import { Effect, Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";`)
	w.line(`import { Bucket } from "aws-cdk-lib/aws-s3";`)
	w.line(`import { auth } from "./auth/resource";`)
	resources := []string{"auth"}
	if s.DefaultStorage != "" {
		w.line(`import { storage } from "./storage/resource";`)
		resources = append(resources, "storage")
	}
	w.line("")
	w.line("const backend = defineBackend({")
	for _, r := range resources {
		w.line("  %s,", r)
	}
	w.line("});")
	w.line("")
}

func (w *typescript) bucket(s Settings) {
	w.line(`const customBucketStack = backend.createStack("custom-bucket-stack");`)
	w.line("")
	w.line("// The bucket exists already: nothing is created, changed or deleted with the app.")
	w.line(`const customBucket = Bucket.fromBucketAttributes(customBucketStack, "MyCustomBucket", {`)
	w.line("  bucketArn: %s,", quote(amplifyBucketARN(s)))
	w.line("  region: %s,", quote(s.Region))
	w.line("});")
	w.line("")
}

func (w *typescript) output(s Settings) {
	w.line("backend.addOutput({")
	w.line("  storage: {")
	if s.DefaultStorage == "" {
		w.line("    aws_region: customBucket.env.region,")
		w.line("    bucket_name: customBucket.bucketName,")
	} else {
		w.line("    // The storage of defineStorage stays the default; this bucket is an additional one.")
	}
	w.line("    buckets: [")
	w.line("      {")
	w.line("        aws_region: customBucket.env.region,")
	w.line("        bucket_name: customBucket.bucketName,")
	w.line("        name: %s,", quote(s.StorageName))
	if typesLag(w.table) { // "@ts-expect-error" would be an error itself where the types are newer
		w.line("        // Older versions of @aws-amplify/backend have no type for groups and owners:")
		w.line("        // https://github.com/aws-amplify/amplify-backend/issues/2569")
		w.line("        // @ts-ignore")
	}
	w.line("        paths: %s,", w.table.Indented("        "))
	w.line("      },")
	w.line("    ],")
	w.line("  },")
	w.line("});")
}

func (w *typescript) policy(role string, d policy.Document, bucketARN string) {
	group, isGroup := strings.CutPrefix(role, storagepaths.GroupPrefix)
	variable, about, to := "guestPolicy", "What people who are not signed in may do", "backend.auth.resources.unauthenticatedUserIamRole"
	switch {
	case isGroup:
		variable, about = identifier(group)+"GroupPolicy", "What members of the group "+group+" may do"
		to = "backend.auth.resources.groups[" + quote(group) + "].role"
	case role == storagepaths.Authenticated:
		variable, about, to = "authenticatedPolicy", "What signed-in people may do", "backend.auth.resources.authenticatedUserIamRole"
	}
	w.line("")
	w.line("// %s.", about)
	w.line("const %s = new Policy(backend.stack, %s, {", variable, quote("customBucket"+strings.ToUpper(variable[:1])+variable[1:]))
	w.line("  statements: [")
	for _, s := range d.Statements {
		w.statement(s, bucketARN)
	}
	w.line("  ],")
	w.line("});")
	w.line("%s.attachInlinePolicy(%s);", to, variable)
}

func (w *typescript) statement(s policy.Statement, bucketARN string) {
	w.line("    new PolicyStatement({")
	if s.Sid != "" {
		w.line("      sid: %s,", quote(s.Sid))
	}
	w.line("      effect: Effect.%s,", strings.ToUpper(string(s.Effect)))
	w.list("      ", "actions", s.Action, quote)
	w.list("      ", "resources", s.Resource, func(arn string) string {
		path := strings.TrimPrefix(arn, bucketARN)
		if path == "" {
			return "customBucket.bucketArn"
		}
		return "`${customBucket.bucketArn}" + strings.ReplaceAll(path, "$", `\$`) + "`"
	})
	for _, c := range s.Conditions {
		w.line("      conditions: {")
		w.line("        %s: {", c.Operator)
		w.list("          ", quote(c.Key), c.Values, quote)
		w.line("        },")
		w.line("      },")
	}
	w.line("    }),")
}

func (w *typescript) list(indent, name string, values []string, write func(string) string) {
	w.line("%s%s: [", indent, name)
	for _, v := range values {
		w.line("%s  %s,", indent, write(v))
	}
	w.line("%s],", indent)
}

// quote is a string in double quotes. What settings hold needs no escapes that
// JSON does not write.
func quote(s string) string { return strings.TrimSuffix(readableJSON(s), "\n") }

// identifier makes a name in a script of a group's. Names that differ only in
// what no identifier has are told apart by the code of the character.
func identifier(group string) string {
	var out strings.Builder
	for _, r := range group {
		switch {
		case isLetter(r), isDigit(r):
			out.WriteRune(r)
		default:
			fmt.Fprintf(&out, "_%x_", r)
		}
	}
	name := out.String()
	if isDigit(rune(name[0])) {
		name = "_" + name
	}
	return name
}
