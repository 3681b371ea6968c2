// Package keys is the one place where keys are bound. Screens match and list
// these bindings; footers and help are made of the ones that work now.
package keys

import (
	"charm.land/bubbles/v2/key"

	"github.com/mediadock/mediadock/tui/text"
)

// Map holds every binding, with its help in the person's language. Letters
// are for screens without a text field in focus; while one has it, only ctrl,
// alt, function and navigation keys act.
type Map struct {
	// everywhere
	Quit, Interrupt, Suspend, Help, HelpTyping, Back, Redraw, Language, Mouse key.Binding
	// lists
	Up, Down, PageUp, PageDown, Top, Bottom, Open key.Binding
	// home
	New, Edit, Test, Policies, Forget, Browse, Front, Environment key.Binding
	// environments: Begin copies
	Begin key.Binding
	// forms
	Next, Prev, Continue, Accept, Generate, Panel, Save, Pick, Tick, RemoveRow key.Binding
	// check
	Again, Report, Proceed, CopyCommand, CopyLink, Owner, Wait, Plain key.Binding
	// pages of text
	Copy, Write, NextDoc, PrevDoc, Scroll key.Binding
	// browser
	Select, SelectAll, Upload, Rename, Replace, Delete, Parent, URL, Details, Find, Refresh, Sort, Stop, Hunt, Describe, TakeBack, PurgeToo, SaveList, View, Beside, Focus, Folders, Unfold, Fold, Switch key.Binding
	// transfers
	Transfers, StopFile, StopAll, RetryFile, RetryAll, Pause, Problems, Discard key.Binding
	// dialogs
	Yes, No, Confirm, Complete, Choose, SaveAll key.Binding
	Cancel                                      key.Binding
	// names that can be guessed: for those that matter, for all
	Suffix, SuffixAll key.Binding
	// what files tell beside their content, and names that break
	Strip, StripAll, StripAlways, FixNames key.Binding
	// alt texts: AltTexts opens the workbench, the others work in it, where
	// letters are text
	AltTexts, AltSave, AltSkip, AltPrev, AltDecorative, AltChecked, AltOffer, AltScope, AltURL, AltNext, AltAgain, AltPicture key.Binding
	// the audit: Audit opens it, the others work in it
	Audit, Deep, Repair key.Binding
	// Cloudinary's marker files
	Markers key.Binding
	// who the program runs as; Caller is home's letter beside the key that
	// works everywhere
	Caller, Profiles, SignIn key.Binding
}

// New builds the map in the language of w.
func New(w *text.KeyWords) *Map {
	b := func(shown, help string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, help))
	}
	return &Map{
		Quit:       b("q", w.Quit, "q"),
		Interrupt:  b("ctrl+c", w.Quit, "ctrl+c"),
		Suspend:    b("ctrl+z", w.Suspend, "ctrl+z"),
		Help:       b("?", w.Help, "?", "f1"),
		HelpTyping: b("F1", w.Help, "f1"),
		Back:       b("esc", w.Back, "esc"),
		Redraw:     b("ctrl+l", w.Redraw, "ctrl+l"),
		Language:   b("F9", w.Language, "f9"),
		Mouse:      b("F8", w.Mouse, "f8"),

		Up:       b("up", w.Up, "up", "k"),
		Down:     b("down", w.Down, "down", "j"),
		PageUp:   b("pgup", w.PageUp, "pgup", "ctrl+b"),
		PageDown: b("pgdn", w.PageDown, "pgdown", "ctrl+f"),
		Top:      b("home", w.Top, "home", "g"),
		Bottom:   b("end", w.Bottom, "end", "G"),
		Open:     b("enter", w.Open, "enter"),

		New:      b("n", w.New, "n"),
		Edit:     b("e", w.Edit, "e"),
		Test:     b("t", w.Test, "t"),
		Policies: b("p", w.Policies, "p"),
		Forget:   b("d", w.Forget, "d", "delete"),
		Front:    b("i", w.Front, "i"),
		Browse:   b("enter", w.Browse, "enter"),

		Environment: b("c", w.Environment, "c"),
		Begin:       b("y", w.Copying, "y"),

		Next:      b("tab", w.NextField, "tab"),
		Prev:      b("shift+tab", w.PrevField, "shift+tab"),
		Continue:  b("enter", w.Continue, "enter"),
		Accept:    b("ctrl+y", w.AcceptSuggestion, "ctrl+y"),
		Generate:  b("ctrl+g", w.Generate, "ctrl+g"),
		Panel:     b("ctrl+o", w.Panel, "ctrl+o"),
		Tick:      b("space", w.Tick, "space"),
		RemoveRow: b("ctrl+x", w.RemoveRow, "ctrl+x"),
		Save:      b("enter", w.Save, "enter"),
		Pick:      b("up/down", w.Pick, "up", "down"),

		Again:       b("r", w.Again, "r"),
		Report:      b("s", w.Report, "s"),
		Proceed:     b("n", w.Proceed, "n"),
		CopyCommand: b("a", w.CopyCommand, "a"),
		CopyLink:    b("o", w.CopyLink, "o"),
		Owner:       b("o", w.Owner, "o"),
		Wait:        b("t", w.Wait, "t"),
		Plain:       b("v", w.Plain, "v"),

		Copy:    b("c", w.Copy, "c"),
		Write:   b("w", w.Write, "w"),
		NextDoc: b("tab", w.NextDoc, "tab", "right", "l"),
		PrevDoc: b("shift+tab", w.PrevDoc, "shift+tab", "left", "h"),
		Scroll:  b("up/down", w.Scroll, "up", "down"),

		Select:    b("space", w.Select, "space"),
		SelectAll: b("a", w.SelectAll, "a"),
		Upload:    b("u", w.Upload, "u"),
		Rename:    b("m", w.Rename, "m", "f2"),
		Replace:   b("R", w.Replace, "R"),
		Delete:    b("d", w.Delete, "d", "delete"),
		Parent:    b("backspace", w.Parent, "backspace", "left", "h"),
		URL:       b("y", w.URL, "y"),
		Details:   b("i", w.Details, "i"),
		Find:      b("/", w.Find, "/"),
		Refresh:   b("ctrl+r", w.Refresh, "ctrl+r", "f5"),
		Sort:      b("o", w.Sort, "o"),
		Stop:      b("x", w.Stop, "x"),
		Hunt:      b("f", w.Hunt, "f"),
		Describe:  b("e", w.Describe, "e"),
		TakeBack:  b("u", w.TakeBack, "u", "esc"),
		PurgeToo:  b("F3", w.PurgeToo, "f3"),
		SaveList:  b("ctrl+s", w.SaveList, "ctrl+s"),
		View:      b("v", w.View, "v"),
		Beside:    b("p", w.Beside, "p"),
		Focus:     b("tab", w.Focus, "tab"),
		Folders:   b("t", w.Folders, "t"),
		Unfold:    b("right", w.Unfold, "right", "l"),
		Fold:      b("left", w.Fold, "left", "h", "backspace"),

		Switch: b("s", w.Switch, "s"),

		Transfers: b("T", w.Transfers, "T"),
		StopFile:  b("x", w.StopFile, "x"),
		StopAll:   b("X", w.StopAll, "X"),
		RetryFile: b("r", w.RetryFile, "r"),
		RetryAll:  b("R", w.RetryAll, "R"),
		Pause:     b("p", w.Pause, "p"),
		Problems:  b("f", w.Problems, "f"),
		Discard:   b("d", w.Discard, "d", "delete"),

		Yes:      b("y", w.Yes, "y"),
		No:       b("n", w.No, "n", "esc"),
		Confirm:  b("enter", w.Confirm, "enter"),
		Complete: b("tab", w.Complete, "tab"),
		Choose:   b("enter", w.Choose, "enter"),
		Cancel:   b("esc", w.Cancel, "esc"),
		SaveAll:  b("ctrl+s", w.Save, "ctrl+s"),

		Suffix:    b("s", w.Suffix, "s"),
		SuffixAll: b("a", w.SuffixAll, "a"),
		Strip:     b("m", w.Strip, "m"),
		StripAll:  b("t", w.StripAll, "t"),
		FixNames:  b("f", w.FixNames, "f"),

		AltTexts:      b("E", w.AltTexts, "E"),
		AltSave:       b("enter", w.AltSave, "enter"),
		AltSkip:       b("down", w.AltSkip, "down", "ctrl+n"),
		AltPrev:       b("up", w.AltPrev, "up", "ctrl+p"),
		AltDecorative: b("F4", w.AltDecorative, "f4"),
		AltChecked:    b("F6", w.AltChecked, "f6"),
		AltOffer:      b("tab", w.AltOffer, "tab"),
		AltScope:      b("F7", w.AltScope, "f7"),
		AltURL:        b("ctrl+y", w.URL, "ctrl+y"),
		AltNext:       b("pgdn", w.AltNext, "pgdown"),
		AltAgain:      b("F3", w.AltAgain, "f3"),
		AltPicture:    b("ctrl+o", w.AltPicture, "ctrl+o"),

		Markers: b("m", w.Markers, "m"),

		Audit:  b("A", w.Audit, "A"),
		Deep:   b("D", w.Deep, "D"),
		Repair: b("r", w.Repair, "r"),

		StripAlways: b("T", w.StripAlways, "T"),

		Caller:   b("a", w.Profiles, "a", "ctrl+t"),
		Profiles: b("ctrl+t", w.Profiles, "ctrl+t"),
		SignIn:   b("ctrl+s", w.SignIn, "ctrl+s"),
	}
}

// As returns the binding with other words of help, for a place where the
// same key is better named otherwise.
func As(b key.Binding, help string) key.Binding {
	c := key.NewBinding(key.WithKeys(b.Keys()...), key.WithHelp(b.Help().Key, help))
	c.SetEnabled(b.Enabled())
	return c
}
