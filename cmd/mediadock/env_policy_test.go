package main

import (
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck/policy"
	"github.com/mediadock/mediadock/media/address"
	"github.com/mediadock/mediadock/wizard/store"
)

// The connection's permissions policy covers production and every environment,
// known here or not, and nothing beside them; an environment prints the same.
func TestThePolicyCoversEveryEnvironment(t *testing.T) {
	p := savedProgram(t)
	settings := prod
	settings.TrustedPrincipal = "999988887777"
	if err := p.app().store.Save(store.Connection{Name: "prod/staging", Settings: settings}); err != nil {
		t.Fatal(err)
	}
	staging := "media/" + address.EnvironmentID(prod.ServiceID, "staging") + "/"
	unknown := "media/" + address.EnvironmentID(prod.ServiceID, "made-elsewhere") + "/"
	role := policy.Principal{Kind: policy.AssumedRole, Account: "210987654321", ARN: "arn:aws:sts::210987654321:assumed-role/R/s", RoleARN: prod.RoleARN}
	const bucket = "arn:aws:s3:::alpha-prod-assets"
	for _, form := range [][]string{nil, {"--tight"}} {
		printed := map[string]string{}
		for _, name := range []string{"prod", "prod/staging"} {
			exit, out, errs := p.run(append([]string{"policy", "permissions", "-c", name}, form...)...)
			if exit != 0 {
				t.Fatalf("%s %v: %d\n%s", name, form, exit, errs)
			}
			printed[name] = out
		}
		if printed["prod"] != printed["prod/staging"] {
			t.Errorf("%v: the environment's policy is another one:\n%s\n%s", form, printed["prod"], printed["prod/staging"])
		}
		doc, err := policy.Parse([]byte(printed["prod"]))
		if err != nil {
			t.Fatal(err)
		}
		allowed := func(action, resource, prefix string) bool {
			context := map[string][]string{}
			if prefix != "" {
				context["s3:prefix"] = []string{prefix}
			}
			return policy.Evaluate(policy.Request{Principal: role, Action: action, Resource: resource, Context: context},
				policy.Policies{Identity: []policy.Document{doc}}).Allowed
		}
		for _, dir := range []string{"media/", staging, unknown} {
			for _, action := range []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"} {
				if !allowed(action, bucket+"/"+dir+"logo.png", "") {
					t.Errorf("%v: %s on %s is denied", form, action, dir)
				}
			}
			if !allowed("s3:ListBucket", bucket, dir) {
				t.Errorf("%v: %s cannot be listed", form, dir)
			}
		}
		for _, key := range []string{"logo.png", "mediax/logo.png", strings.TrimPrefix(staging, "media/") + "logo.png"} {
			if allowed("s3:PutObject", bucket+"/"+key, "") {
				t.Errorf("%v: %s is allowed", form, key)
			}
		}
	}
	for _, lang := range []string{"en", "ja"} {
		if exit, out, errs := p.run("handoff", "prod/staging", "--lang", lang); exit != 0 || !strings.Contains(out, bucket+"/media/*") || strings.Contains(out, "env-") && strings.Contains(out, bucket+"/media/env-") {
			t.Errorf("handoff (%s): %d\n%s\n%s", lang, exit, out, errs)
		}
	}
}
