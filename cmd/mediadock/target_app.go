package main

import (
	"encoding/json"

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
	app := &owner.App{Paths: table, Roles: wizard.AppRoles(s), Origins: s.CORSOrigins.Values()}
	if rules, err := json.Marshal([]wizard.CORSRule{wizard.AmplifyCORS(s)}); err == nil {
		app.CORS = rules
	}
	return app
}
