package main

import (
	"fmt"
	"strings"

	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// factJSON is one thing to know before the first save. Its id is stable, the
// text follows --lang.
type factJSON struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	Text  string `json:"text"`
}

// reviewJSON is what the review says of settings: what cannot be changed once
// media exist, what can by rotation only, and all that is to be known.
type reviewJSON struct {
	EnvironmentURL string     `json:"environment_sample_url,omitempty"`
	Locked         []string   `json:"locked_after_upload"`
	Rotated        []string   `json:"rotate_only"`
	Facts          []factJSON `json:"facts"`
}

func (a *app) reviewJSON(s wizard.Settings) *reviewJSON {
	sample, _ := wizard.EnvironmentSample(s)
	if !wizard.Environments(s) {
		sample.URL = ""
	}
	doc := &reviewJSON{
		EnvironmentURL: sample.URL,
		Locked:         append([]string{}, wizard.FieldsOfClass(s.Integration, wizard.Locked)...),
		Rotated:        append([]string{}, wizard.FieldsOfClass(s.Integration, wizard.Rotate)...),
		Facts:          []factJSON{},
	}
	for _, f := range wizard.Facts(s) {
		doc.Facts = append(doc.Facts, factJSON{f.ID, f.Group, f.Words(a.text.Say)})
	}
	return doc
}

// printReview prints the same for people: final addresses, then the facts by
// group.
func (a *app) printReview(s wizard.Settings) {
	w := a.text.UI.Review
	var b strings.Builder
	b.WriteString(w.Addresses + "\n")
	env, known := wizard.EnvironmentSample(s)
	title := w.EnvironmentLater
	if known {
		title = w.Environment
	}
	for _, sample := range wizard.Samples(s) {
		b.WriteString("  " + text.Safe(sample.URL) + "\n")
		if sample.Readable != sample.URL {
			b.WriteString("    " + text.Fill(w.ShownAs, "url", text.Safe(sample.Readable)) + "\n")
		}
	}
	if wizard.Environments(s) {
		b.WriteString(text.Fill(title, "name", wizard.SampleEnvironment) + "\n  " + text.Safe(env.URL) + "\n")
	}
	group := ""
	for _, f := range wizard.Facts(s) {
		if f.Group != group {
			group = f.Group
			b.WriteString("\n" + a.text.Say("know.group."+group, nil) + "\n")
		}
		b.WriteString("  - " + text.Safe(f.Words(a.text.Say)) + "\n")
	}
	fmt.Fprintln(a.io.out, b.String())
}
