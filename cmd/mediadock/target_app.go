package main

import (
	"encoding/json"
	"io"
	"os"

	"github.com/mediadock/mediadock/awscheck/owner"
	"github.com/mediadock/mediadock/wizard"
)

// appOf is what the app of AWS Amplify wants of the bucket; nil for other
// integrations, and while its table of paths is not valid.
func appOf(s wizard.Settings) *owner.App {
	table := wizard.PathTable(s)
	if s.Integration != "amplify" || table == nil {
		return nil
	}
	app := &owner.App{Paths: table, Roles: wizard.AppRoles(s), Origins: s.CORSOrigins.Values(), StorageName: s.StorageName, DefaultStorage: s.DefaultStorage}
	if rules, err := json.Marshal([]wizard.CORSRule{wizard.AmplifyCORS(s)}); err == nil {
		app.CORS = rules
	}
	return app
}

// appOutputsFlag names the app's amplify_outputs.json.
const appOutputsFlag = "amplify-outputs"

// maxAppOutputs is far more than an amplify_outputs.json has, even of an app
// with a large data model. What is longer is none.
const maxAppOutputs = 16 << 20

// withOutputs lets the test compare the app's amplify_outputs.json with the
// settings. An empty name does nothing.
func (t *tester) withOutputs(file string) error {
	if file == "" {
		return nil
	}
	if t.target.Integration != "amplify" {
		in, _ := wizard.IntegrationByID(t.target.Integration)
		return usage("amplify_outputs_not_used", map[string]string{"integration": in.Name})
	}
	f, err := os.Open(file)
	if err != nil {
		return couldNot("amplify_outputs_unreadable", map[string]string{"file": file}, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxAppOutputs))
	if err != nil {
		return couldNot("amplify_outputs_unreadable", map[string]string{"file": file}, err)
	}
	t.target.Outputs = data
	return nil
}
