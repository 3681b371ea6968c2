package main

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
)

// What the terminal UI saves is what the command saves: it can be read again
// by --with and --baseline, in both forms.
func TestReportsOfTheTerminalUICanBeReadAgain(t *testing.T) {
	for _, lang := range []string{"en", "ja"} {
		s := &services{app: &app{text: text.For(lang)}}
		for path, markdown := range map[string]bool{"r.md": true, "r.txt": true, "report": true, "r.json": false, "R.JSON": false} {
			data, err := s.ReportFile(troubled(), path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(string(data), "# ") != markdown || json.Valid(data) == markdown {
				t.Errorf("%s in %s begins with %.40q", path, lang, data)
			}
			r, err := awscheck.ReadReport(data)
			if err != nil || r.Connection != "prod" || len(r.Results) != len(troubled().Results) {
				t.Errorf("%s in %s is read as %d rows of %q: %v", path, lang, len(r.Results), r.Connection, err)
			}
		}
	}
}

// The terminal UI says a failure in the words of the command, and leaves no
// placeholder open.
func TestFailuresAreExplainedWithTheirDetail(t *testing.T) {
	s := &services{app: &app{text: text.For("en")}}
	tr := s.Explain("", &failure{code: "owner_profile", args: map[string]string{"profile": "nobody"}, err: errors.New("no such profile")})
	if got := s.app.text.Say(tr.Code, tr.Args); strings.Contains(got, "{") || !strings.Contains(got, "no such profile") {
		t.Errorf("told %q", got)
	}
}
