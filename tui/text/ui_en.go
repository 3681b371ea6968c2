package text

// uiEN returns the words of the terminal UI in English.
func uiEN() *UI {
	u := &UI{
		Keys: KeyWords{
			Drop: "discard",
			Move: "move", Quit: "quit", Suspend: "suspend", Help: "help", Back: "back", Redraw: "redraw", Language: "日本語",
			View: "view", Beside: "preview beside the list", Mouse: "mouse on or off", Focus: "to the folders", Folders: "folder tree", Unfold: "unfold", Fold: "fold", TakeBack: "take back", PurgeToo: "CDN too", SaveList: "save list", Hunt: "search all", Describe: "alt text, tags",
			Up: "up", Down: "down", PageUp: "page up", PageDown: "page down", Top: "first", Bottom: "last", Open: "open",
			New: "new", Edit: "edit", Test: "test", Policies: "policies", Forget: "forget", Browse: "media", Front: "imgix in front", Switch: "environments",
			NextField: "next field", PrevField: "previous field", Continue: "continue", AcceptSuggestion: "use suggestion",
			Generate: "generate another", Panel: "policies", Save: "save", Tick: "tick", RemoveRow: "remove row",
			Again: "test again", Report: "save report", Proceed: "go on", CopyCommand: "copy AWS CLI command", CopyLink: "copy console link",
			Owner: "owner's side", Wait: "wait for it", Plain: "show plain",
			Copy: "copy", Write: "write to file", NextDoc: "next", PrevDoc: "previous", Scroll: "scroll",
			Select: "select", SelectAll: "select all", Upload: "upload", Rename: "rename", Replace: "re-upload",
			Delete: "delete", Parent: "up a folder", URL: "copy URL", Details: "details", Find: "find", Refresh: "refresh",
			Sort: "sort", Stop: "stop",
			Transfers: "transfers", StopFile: "cancel", StopAll: "cancel all", RetryFile: "try again", RetryAll: "retry failed", Pause: "pause", Problems: "only problems", Discard: "discard",
			Yes: "yes", No: "no", Confirm: "confirm", Complete: "complete", Choose: "choose", Pick: "choose", Cancel: "cancel", Suffix: "add part", SuffixAll: "add to all", Strip: "strip", StripAll: "strip all", StripAlways: "always strip", FixNames: "fix names",
			Profiles: "AWS profile", SignIn: "sign in",
		},
		Frame: FrameWords{
			Keep:          "keep it",
			AskingCaller:  "asking AWS who you are",
			NoCaller:      "no AWS credentials",
			TooSmall:      "mediadock needs {w} x {h} cells, this window has {gotw} x {goth}.",
			HelpTitle:     "Keys that work here",
			HelpClose:     "esc  close",
			LanguageLater: "F9 changes the language once this question is answered or closed.",
			QuitTitle:     "Quit mediadock?",
			QuitLoses:     "{what} is still running. It will be stopped and cleaned up first.",
			QuitUnsaved:   "{what}. Quitting drops what is not written.", QuitDrop: "quit without saving", Back: "go back",
			Stop: "stop it and quit", StopOnly: "stop it",
			Stay:          "let it go on",
			Close:         "close",
			SentClipboard: "{what} sent to the terminal's clipboard",
			Written:       "written to {path}",
			CleanedUp:     "{n} left-over test file{s} of an earlier run removed",
			NotCleanedUp:  "A test file of an earlier run may still be in the bucket: it could not be removed.",
			Working:       "working",
			PastedTooMuch: "{size} were pasted, too much for a field. Nothing of it was taken.",
			Cancelling:    "stopping, cleaning up",
		},
		Dialog: DialogWords{
			More: "-- more --", Other: "other option",
			TypedWrong: "That is not {want}. Nothing was done.",
		},
		Trouble: TroubleWords{
			Title: "That did not work", Fix: "To mend it:", Raw: "In AWS's or the system's own words",
			NextName:  "choose another name and try again.",
			NextFile:  "check the path on this computer, and name the file again.",
			NextLook:  "read the list anew with ctrl+r, and look at what is there now.",
			NextURL:   "open the URL in a browser: it has to show the file itself, without signing in.",
			NextAgain: "try again. If it fails once more, run the connection test: it tells where it breaks.",
			Certain:   "certain", Likely: "likely", Possible: "possible", RuledOut: "ruled out",
		},
		Home: HomeWords{
			Title: "mediadock", Connections: "Connections", Drafts: "Drafts", WhatNext: "What next",
			Empty:    "Nothing is connected yet. Connecting a bucket takes six short steps and changes nothing in AWS.",
			EmptyKey: "press n to connect a bucket",
			Ready:    "ready", Warnings: "{n} to look at", Failed: "failed", Untested: "not tested", NotRun: "not run", Broken: "cannot be read",
			Media: "{n} media", MediaAtLeast: "{n}+ media", MediaUnknown: "-",
			JustNow: "just now", Minutes: "{n} min ago", Hours: "{n} h ago", Days: "{n} d ago", Never: "-",
			StepOf: "at: {step}", SavedAt: "saved {when}",
			NextReady:    "{name} is connected and tested. Press enter to see its media.",
			NextUntested: "{name} has not been tested yet. Press t to run the connection test.",
			NextProblem:  "{name}: {problem}. Press t to see it and how to mend it.",
			NextUnproved: "{name}: nothing failed, but not everything could be proved. Press t to see what.",
			NextDraft:    "{name} is not finished. Press enter to go on where you left it.",
			NextBroken:   "The settings of {name} cannot be read: {reason}",
			ForgetTitle:  "Forget {name}?", ForgetBody: "Only this computer's copy of the settings is removed. Bucket, role and media stay as they are.", ForgetYes: "forget it",
			DropTitle: "Discard the draft {name}?", DropBody: "The answers given so far are removed. Nothing in AWS changes.", DropYes: "discard it",
			Forgotten: "{name} is forgotten", Dropped: "the draft {name} is discarded",
			NoSuch:     "There is no connection called {name}.",
			Production: "PRODUCTION", Environment: "environment",
			ForgetToo: "The settings of {n} environment{s} go with it.",
		},
	}
	setupEN(u)
	checklistEN(u)
	markersEN(u)
	whoEN(u)
	checkEN(u)
	browseEN(u)
	graceEN(u)
	previewEN(u)
	altEN(u)
	auditENUI(u)
	environmentsENUI(u)
	transfersEN(u)
	plainEN(u)
	linesEN(u)
	return u
}
