package text

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mediadock/mediadock/media"
	"github.com/mediadock/mediadock/media/privacy"
)

// Finding says one thing that a file tells beside its content.
func (c *Catalog) Finding(f privacy.Finding) string {
	what := c.Say("media.private."+f.Code, nil)
	if f.Detail == "" {
		return what
	}
	if c.Lang == "ja" {
		return what + "（" + f.Detail + "）"
	}
	return what + " (" + f.Detail + ")"
}

// List joins words as the language does.
func (c *Catalog) List(words []string) string {
	if c.Lang == "ja" {
		return strings.Join(words, "、")
	}
	return strings.Join(words, ", ")
}

// findings are those of an item that stay in the upload, or those that do not.
func (c *Catalog) findings(item media.PutItem, stay bool) string {
	var words []string
	for _, f := range item.Private.Findings {
		if (f.Stays || !item.Strip) == stay {
			words = append(words, c.Finding(f))
		}
	}
	return c.List(words)
}

// Private says what a file tells beside its content, and whether that is taken
// out: a line for each, none for a file that tells nothing.
func (c *Catalog) Private(item media.PutItem) []string {
	var lines []string
	say := func(id, what string) {
		if what != "" {
			lines = append(lines, c.Say("media.private."+id, map[string]string{"path": item.Path, "what": what}))
		}
	}
	stay := c.findings(item, true)
	switch {
	case item.Strip:
		say("stripped", c.findings(item, false))
		say("stays", stay)
	case item.Private.Strippable():
		say("tells", stay)
	default:
		say("stays", stay)
	}
	if t := item.Private.Trouble; t != "" {
		lines = append(lines, c.Say("media.private.trouble."+t, map[string]string{"path": item.Path}))
	}
	return lines
}

// Decided says what became of what a file told when it was uploaded; empty where
// nothing was found.
func (c *Catalog) Decided(d privacy.Decision) string {
	var all []string
	say := func(kind string, codes []string) {
		var words []string
		for _, code := range codes {
			if !slices.Contains(privacy.Codes(), code) {
				code = privacy.Other // of a later version
			}
			if what := c.Finding(privacy.Finding{Code: code}); !slices.Contains(words, what) {
				words = append(words, what)
			}
		}
		if len(words) > 0 {
			all = append(all, c.Say("media.decided."+kind, map[string]string{"what": c.List(words)}))
		}
	}
	say(privacy.DecidedKept, d.Kept)
	say(privacy.DecidedUndecided, d.Undecided)
	say(privacy.DecidedStays, d.Stays)
	say(privacy.DecidedRemoved, d.Removed)
	if d.Unknown != "" {
		all = append(all, c.Say("media.decided.unknown", nil))
	}
	if c.Lang == "ja" {
		return strings.Join(all, "。")
	}
	return strings.Join(all, "; ")
}

// DecidedOn is Decided with its date; empty: it is not known.
func (c *Catalog) DecidedOn(d privacy.Decision, date string) string {
	line := c.Decided(d)
	switch {
	case line == "" || date == "":
		return line
	case c.Lang == "ja":
		return line + "（" + date + "）"
	}
	return line + " (" + date + ")"
}

// mostPrivate is how many files are named one by one.
const mostPrivate = 10

// PrivateNotes are the lines about a plan: first the files that say where
// somebody was or who somebody is, one by one, then the others in one line.
func (c *Catalog) PrivateNotes(items []media.PutItem) []string {
	var lines []string
	named := 0
	var rest, stripped []media.PutItem
	for _, item := range items {
		told := item.Private.Trouble != "" || item.Private.Grave() || len(items) == 1
		switch {
		case item.Code != "" && item.Code != media.CodeExists || len(item.Private.Findings) == 0 && item.Private.Trouble == "":
		case told && named < mostPrivate:
			lines = append(lines, c.Private(item)...)
			named++
		case item.Strip:
			stripped = append(stripped, item)
		default:
			rest = append(rest, item)
		}
	}
	lines = append(lines, c.together(stripped, "all-out")...)
	return append(lines, c.together(rest, "also")...)
}

// together is one line about several files, or what there is to say of one.
func (c *Catalog) together(items []media.PutItem, id string) []string {
	switch len(items) {
	case 0:
		return nil
	case 1:
		return c.Private(items[0])
	}
	args := map[string]string{"count": Thousands(int64(len(items))), "what": c.kinds(items)}
	return []string{c.Say("media.private."+id, args)}
}

// kinds are the kinds of findings of several files, the gravest first.
func (c *Catalog) kinds(items []media.PutItem) string {
	var words []string
	for _, code := range privacy.Codes() {
		if slices.ContainsFunc(items, func(i media.PutItem) bool {
			return slices.ContainsFunc(i.Private.Findings, func(f privacy.Finding) bool { return f.Code == code })
		}) {
			words = append(words, c.Finding(privacy.Finding{Code: code}))
		}
	}
	return c.List(words)
}

// FixAdvice names --fix-names where it would change something, with an
// example; otherwise it is empty.
func (c *Catalog) FixAdvice(plan media.PutPlan) string {
	mendable := plan.Mendable()
	for _, i := range mendable {
		item := plan.Items[i]
		if item.Better == "" {
			continue
		}
		args := map[string]string{"path": item.Path, "better": item.Better, "count": strconv.Itoa(len(mendable))}
		if len(mendable) == 1 {
			return c.Say("media.note.fix", args)
		}
		return c.Say("media.note.fix-more", args)
	}
	return ""
}
