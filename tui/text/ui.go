package text

import "strings"

// UI holds the words of the terminal UI's own furniture. Every field is
// filled in both languages; a test looks.
type UI struct {
	Keys      KeyWords
	Frame     FrameWords
	Home      HomeWords
	Setup     SetupWords
	About     AboutWords
	Review    ReviewWords
	Documents DocumentWords
	Checklist ChecklistWords
	Markers   MarkerWords
	Check     CheckWords
	Browse    BrowseWords
	Grace     GraceWords
	Preview   PreviewWords
	Alt       AltWords
	Audit     AuditWords

	Environments EnvironmentWords
	Transfers    TransferWords
	Plain        PlainWords
	Lines        LineWords
	Dialog       DialogWords
	Trouble      TroubleWords
	Caller       CallerWords
}

// KeyWords say what a key does, in the footer.
type KeyWords struct {
	Quit, Suspend, Help, Back, Redraw, Language               string
	Hunt, Describe, TakeBack, PurgeToo, SaveList              string
	Markers                                                   string
	AltTexts, AltSave, AltSkip, AltPrev                       string
	AltDecorative, AltChecked, AltOffer, AltScope             string
	AltNext, AltAgain, AltPicture                             string
	Up, Down, PageUp, PageDown, Top, Bottom, Open             string
	Move                                                      string
	New, Edit, Test, Policies, Forget, Browse, Drop, Front    string
	Switch, Environment, Copying                              string
	NextField, PrevField, Continue, AcceptSuggestion          string
	Generate, Panel, Save, Tick, RemoveRow                    string
	Again, Report, Proceed, CopyCommand, CopyLink             string
	Owner, Wait, Plain                                        string
	Copy, Write, NextDoc, PrevDoc, Scroll                     string
	Select, SelectAll, Upload, Rename, Replace                string
	Delete, Parent, URL, Details, Find, Refresh               string
	Sort, Stop                                                string
	Yes, No, Confirm, Complete, Choose, Pick, Cancel          string
	Profiles, SignIn                                          string
	Transfers, StopFile, StopAll, RetryFile                   string
	RetryAll, Pause, Problems, Discard                        string
	Suffix, SuffixAll, Strip, StripAll, StripAlways, FixNames string
	View, Beside, Mouse, Focus, Folders, Unfold, Fold         string
	Audit, Deep, Repair                                       string
}

// FrameWords belong to the root: header, help, size, leaving.
type FrameWords struct {
	AskingCaller   string // while the caller is not known
	NoCaller       string
	TooSmall       string // {w} {h} needed, {gotw} {goth} here
	HelpTitle      string
	HelpClose      string
	LanguageLater  string
	QuitTitle      string
	QuitLoses      string // {what}
	QuitUnsaved    string // {what} is a sentence
	QuitDrop, Back string
	Stop, StopOnly string
	Stay           string
	Close, Keep    string
	SentClipboard  string // {what}
	Written        string // {path}
	CleanedUp      string // {n}
	NotCleanedUp   string
	Working        string
	Cancelling     string
	PastedTooMuch  string // {size}
}

// DialogWords belong to the questions over a screen.
type DialogWords struct {
	More       string // there is more text below
	Other      string // the other options
	TypedWrong string // {want}
}

// TroubleWords frame an error: what, why, what to do.
type TroubleWords struct {
	Title, Fix, Raw                     string
	NextName, NextFile, NextLook        string
	NextURL, NextAgain                  string
	Certain, Likely, Possible, RuledOut string
}

// Next is what to do about an error that brings no advice of its own; empty
// where its sentence says it.
func (w TroubleWords) Next(code string) string {
	for _, says := range []string{"media.environment-", "media.cut-", "media.upload-", "cmd.env_", "cmd.no_such_environment", "cmd.bad_environment"} {
		if strings.HasPrefix(code, says) {
			return ""
		}
	}
	switch code {
	case "media.exists", "media.conflict", "media.target-is-folder", "media.into-itself", "media.same-name", "media.reserved",
		"media.name-empty", "media.name-too-long", "media.name-utf8", "media.name-control", "media.name-bidi",
		"media.name-empty-segment", "media.name-dot-segment", "media.name-reserved", "cmd.bad_name":
		return w.NextName
	case "media.local-not-found", "media.local-unreadable", "media.local-not-file", "media.too-large", "media.local-changed":
		return w.NextFile
	case "media.not-found", "media.changed", "media.both-exist", "media.left-old":
		return w.NextLook
	case "media.journal", "media.disk-full", "media.archived", "media.clock", "media.unconfirmed", "media.unverified", "media.local-big",
		"media.name-fixed", "media.replace-exists", "media.read-only", "media.was-complete", "media.not-begun",
		"media.url-http", "media.url-userinfo", "media.url-address", "media.url-forbidden-address", "media.url-too-large", "media.url-same-name",
		"media.url-list-busy", "media.url-list-state", "media.url-tls", "media.url-denied", "media.url-busy", "media.url-html", "media.url-wrong-type":
		return ""
	}
	if strings.HasPrefix(code, "media.url-") { // the connection test knows nothing of other servers
		return w.NextURL
	}
	return w.NextAgain
}

// HomeWords belong to the first screen.
type HomeWords struct {
	Title, Connections, Drafts, WhatNext string
	Empty, EmptyKey                      string
	Ready, Warnings, Failed, Untested    string // {n} where there is a number
	NotRun, Broken                       string
	Media, MediaAtLeast, MediaUnknown    string // {n}
	JustNow, Minutes, Hours, Days, Never string // {n}
	StepOf                               string // {step}
	SavedAt                              string // {when}
	NextReady, NextUntested, NextProblem string
	NextUnproved                         string // {name}; nothing failed
	NextDraft, NextBroken                string
	ForgetTitle, ForgetBody, ForgetYes   string
	DropTitle, DropBody, DropYes         string
	Forgotten, Dropped                   string
	NoSuch                               string // {name}
	Production, Environment              string // in the header, beside each other
	ForgetToo                            string // {n} environments
}

// Fill puts values into the {name} placeholders of t: Fill(t, "n", "3"). An
// English text may say file{s}, which follows the value of n.
func Fill(t string, pairs ...string) string {
	if len(pairs) == 0 {
		return t
	}
	r := make([]string, 0, len(pairs)+2)
	for i := 0; i+1 < len(pairs); i += 2 {
		r = append(r, "{"+pairs[i]+"}", pairs[i+1])
		if pairs[i] == "n" {
			r = append(r, "{s}", plural(pairs[i+1]))
		}
	}
	return strings.NewReplacer(r...).Replace(t)
}

// plural ends a noun after a number.
func plural(n string) string {
	if n == "1" {
		return ""
	}
	return "s"
}
