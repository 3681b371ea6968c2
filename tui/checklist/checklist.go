// Package checklist says of the documents for AWS where each has to go and
// how far it is: the same words beside the wizard's questions, on the review,
// with the documents and in the line mode.
package checklist

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/awscheck"
	"github.com/mediadock/mediadock/tui/text"
	"github.com/mediadock/mediadock/wizard"
)

// Item is a document in words. They are safe to print.
type Item struct {
	wizard.Paste
	Name  string
	Short string // of the name
	Mark  string // one character, which says the same as State
	State string
	Brief string // of the state: without what is missing
	// Places are click paths in the console, one for each thing to be done.
	Places []string
}

// Items are the documents of settings; proved are the kinds that a test of
// exactly these settings showed to be in their place.
func Items(c *text.Catalog, s wizard.Settings, records map[string]wizard.PasteRecord, proved ...string) []Item {
	if len(proved) > 0 {
		records = Prove(s, records, proved, nil)
	}
	var all []Item
	for _, p := range wizard.Pastes(s, records) {
		item := Item{
			Paste: p, Name: Name(c, p.Kind, p.Piece), Short: short(c, p),
			Mark: marks[p.State], State: state(c, p), Places: places(c, s, p),
		}
		if item.Brief = item.State; p.State == wizard.PasteLacks {
			item.Brief = c.UI.Checklist.Needs
		}
		all = append(all, item)
	}
	return all
}

var marks = map[wizard.PasteState]string{
	wizard.PasteLacks: "-", wizard.PasteReady: "*", wizard.PasteMarked: "+", wizard.PasteAgain: "!", wizard.PasteProved: "✓",
}

// Count says how many of the items are proved.
func Count(c *text.Catalog, items []Item) string {
	n := 0
	for _, i := range items {
		if i.Paste.State == wizard.PasteProved {
			n++
		}
	}
	return text.Fill(c.UI.Checklist.Count, "n", strconv.Itoa(n), "of", strconv.Itoa(len(items)))
}

func short(c *text.Catalog, p wizard.Paste) string {
	w := c.UI.Checklist
	switch {
	case p.Piece.On != "" && p.Piece.On != wizard.OnBucket:
		return Name(c, p.Kind, p.Piece)
	case p.Piece.Kind != "" && p.Piece.Kind != wizard.DocumentPermissions && p.Piece.Kind != wizard.DocumentBucket:
		return c.UI.Documents.Title(p.Kind)
	}
	return map[string]string{
		wizard.DocumentTrust: w.Trust, wizard.DocumentPermissions: w.Permissions,
		wizard.DocumentBucket: w.Bucket, wizard.DocumentRequest: w.Request,
	}[p.Kind]
}

func state(c *text.Catalog, p wizard.Paste) string {
	w := c.UI.Checklist
	sent := p.Kind == wizard.DocumentRequest
	switch p.State {
	case wizard.PasteLacks:
		return text.Fill(c.UI.Setup.StillNeeds, "fields", wizard.Labels(p.Missing, c.Say))
	case wizard.PasteReady:
		return pick(sent, w.ReadyToSend, w.Ready)
	case wizard.PasteMarked:
		return pick(sent, w.Sent, w.Marked)
	case wizard.PasteAgain:
		return pick(sent, w.SendAgain, w.Again)
	case wizard.PasteProved:
		return pick(sent, w.Answered, w.Proved)
	}
	return ""
}

func pick(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

// places are where a document goes, in the words of the request to the AWS
// administrator.
func places(c *text.Catalog, s wizard.Settings, p wizard.Paste) []string {
	if p.Piece.Kind != "" {
		return piecePlaces(c, s, p)
	}
	args := map[string]string{
		"role":         or(s.RoleARN[strings.LastIndexByte(s.RoleARN, '/')+1:], c, "role_arn"),
		"bucket":       or(s.Bucket, c, "bucket"),
		"distribution": s.Distribution[strings.LastIndexByte(s.Distribution, '/')+1:],
	}
	ids := map[string][]string{
		wizard.DocumentTrust:       {"handoff.step.role.where"},
		wizard.DocumentPermissions: {"handoff.step.permissions.where"},
		wizard.DocumentBucket:      {"handoff.step.readers.where"},
	}[p.Kind]
	switch {
	case p.Kind == wizard.DocumentRequest:
		return []string{c.UI.Checklist.SendTo}
	case p.Kind == wizard.DocumentTrust && s.RoleARN == "":
		ids = []string{"handoff.step.role-new.where"}
	case p.Kind == wizard.DocumentBucket && s.Distribution == "":
		ids = append(ids, "handoff.step.readers.block.where")
	case p.Kind == wizard.DocumentBucket:
		ids = append(ids, "handoff.step.distribution.where")
	}
	var out []string
	for i, id := range ids {
		path := text.Safe(c.Say(id, args))
		if i > 0 {
			path = c.Lead(c.UI.Checklist.Also) + path
		}
		out = append(out, path)
	}
	return out
}

// or is a value, or its name as a mark while there is none.
func or(v string, c *text.Catalog, key string) string {
	if v != "" {
		return v
	}
	return "<" + c.Say("field."+key+".label", nil) + ">"
}

// Found are the kinds of documents that the rows of a test show to be in place,
// and those that they show not to be. A row of the owner's side says so as well
// as a live one; live rows speak of the role only where it could be assumed.
func Found(rows []awscheck.Result) (proved, refuted []string) {
	status := map[string]awscheck.Status{}
	for _, r := range rows {
		status[r.ID] = r.Status
	}
	judge := func(kind, ownerRow string, live bool, ids ...string) {
		passed, failed := live, false
		for _, id := range ids {
			passed = passed && status[id] == awscheck.Pass
			failed = failed || live && status[id] == awscheck.Fail
		}
		switch {
		case status[ownerRow] == awscheck.Fail:
			refuted = append(refuted, kind)
		case passed || status[ownerRow] == awscheck.Pass:
			proved = append(proved, kind)
		case failed:
			refuted = append(refuted, kind)
		}
	}
	if rows := pieceRows(status); rows != nil {
		for _, r := range rows {
			judge(r.kind, r.row, false)
		}
		return proved, refuted
	}
	judge(wizard.DocumentTrust, "owner.trust", true, "role.assume")
	judge(wizard.DocumentPermissions, "owner.permissions", status["role.assume"] == awscheck.Pass,
		"bucket.list", "object.put", "object.get", "object.delete")
	judge(wizard.DocumentBucket, "owner.bucket-policy", true, "delivery.url")
	return proved, refuted
}

// Prove is records with what a test of these settings found.
func Prove(s wizard.Settings, records map[string]wizard.PasteRecord, proved, refuted []string) map[string]wizard.PasteRecord {
	out := map[string]wizard.PasteRecord{}
	proved, refuted = piecesOf(s, proved), piecesOf(s, refuted)
	for kind, rec := range records {
		if slices.Contains(refuted, kind) {
			rec.Proved = wizard.Print{}
		}
		if rec != (wizard.PasteRecord{}) {
			out[kind] = rec
		}
	}
	for _, kind := range proved {
		rec := out[kind]
		if rec.Proved, _ = wizard.PrintOf(s, kind); rec != (wizard.PasteRecord{}) {
			out[kind] = rec
		}
	}
	return out
}

// Toggle is records with a document marked as pasted, or no longer marked
// where it was.
func Toggle(records map[string]wizard.PasteRecord, p wizard.Paste) map[string]wizard.PasteRecord {
	out := map[string]wizard.PasteRecord{}
	for kind, rec := range records {
		out[kind] = rec
	}
	rec := out[p.Kind]
	if p.State == wizard.PasteMarked {
		rec.Pasted = wizard.Print{}
	} else {
		rec.Pasted = p.Print
	}
	out[p.Kind] = rec
	if rec == (wizard.PasteRecord{}) {
		delete(out, p.Kind)
	}
	return out
}
