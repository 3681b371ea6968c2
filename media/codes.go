package media

// Codes of an Error and of an Event. The text id of each is "media." and the
// code; tui/text has all of them in both languages.
const (
	// Skipped: nothing to do, or left out of an upload of a folder.
	CodeSame       = "same"        // the same content is there already
	CodeJunk       = "junk"        // a file of the operating system's own
	CodeHiddenFile = "hidden-file" // a dot file inside a folder
	CodeSymlink    = "symlink"     // a symbolic link inside a folder
	CodeNotRegular = "not-regular" // a socket, pipe or device
	CodeLeftOut    = "left-out"    // somebody said so
	CodeExcluded   = "excluded"    // --exclude or --include says so

	// Refused for safety: nothing was changed.
	CodeExists        = "exists"           // the target exists
	CodeConflict      = "conflict"         // skip was asked, but the content differs
	CodeTargetFolder  = "target-is-folder" // a folder has the new name; a slash at the end moves into it
	CodeTargetFile    = "target-is-file"   // a file has the name of the folder to write into
	CodeDuplicate     = "duplicate"        // two sources would have one name
	CodeReplaceExists = "replace-exists"   // a re-upload under another name, which another object has
	CodeNameFixed     = "name-fixed"       // file names are fixed (M59)
	CodeReadOnly      = "read-only"        // the key is there to read alone
	CodeFolder        = "is-folder"        // a folder, but not asked to recurse
	CodeIntoItself    = "into-itself"      // a folder into its own subfolder
	CodeSameName      = "same-name"        // renamed to the name it has
	CodePathEmpty     = "path-empty"       // an empty path where something must be named
	CodeWholeLibrary  = "whole-library"    // "." and the like, where it cannot be all
	CodeReserved      = "reserved"         // probes and environments are not media
	CodeOutside       = "outside"          // would leave the target directory
	CodeLocalExists   = "local-exists"     // the local file exists
	CodeLocalNotFile  = "local-not-file"   // a directory or device where a file is needed
	CodeLocalName     = "local-name"       // no name for a local file here
	CodeLocalLong     = "local-long"       // longer than the disk's names may be
	CodeLocalSlash    = "local-slash"      // a key that ends in a slash, and has content
	CodeLocalTwin     = "local-twin"       // the disk takes it for the name of another file
	CodeLocalNotDir   = "local-not-dir"    // a file is where a directory has to be
	CodeLocalBusy     = "local-busy"       // another process is fetching this very file
	CodeNameEmpty     = "name-empty"       // the rest of names: see address.CheckName
	CodeNameTooLong   = "name-too-long"    //
	CodeNameUTF8      = "name-utf8"        //
	CodeNameControl   = "name-control"     //
	CodeNameBidi      = "name-bidi"        //
	CodeNameEmptyPart = "name-empty-segment"
	CodeNameDotPart   = "name-dot-segment"
	CodeNameReserved  = "name-reserved"

	// Failed.
	CodeNotFound        = "not-found"
	CodeDenied          = "denied"
	CodeDeniedOrMissing = "denied-or-missing" // AWS answers 403 for a missing key where listing is not allowed
	CodeChanged         = "changed"           // the object is not the one that was seen any more
	CodeBothExist       = "both-exist"        // copied, but the source could not be removed
	CodeUnconfirmed     = "unconfirmed"       // S3 answered a deletion without a word about this file
	CodeLeftOld         = "left-old"          // replaced under a new name, but the old one could not be removed
	CodeUnverified      = "unverified"        // what S3 stored is not what was sent
	CodeTooLarge        = "too-large"
	CodeLocalChanged    = "local-changed" // the file changed while it was read
	CodeLocalMissing    = "local-not-found"
	CodeLocalUnreadable = "local-unreadable"
	CodeLocalUnwritable = "local-unwritable"
	CodeDiskFull        = "disk-full" // no space, or a quota's end
	CodeLocalBig        = "local-big" // the disk cannot hold a file of this size
	CodeArchived        = "archived"  // in a storage class that must be restored first
	CodeBucketNotFound  = "bucket-not-found"
	CodeWrongRegion     = "wrong-region"
	CodeSession         = "session" // no credentials, expired, or the role refused
	CodeClock           = "clock"   // this computer's clock is wrong
	CodeBusy            = "busy"    // S3 asks to slow down, even after retries
	CodeNetwork         = "network"
	CodeAborted         = "aborted" // cancelled by the person
	CodeUnexpected      = "unexpected"
	CodeJournal         = "journal" // it could not be written down first, so it was not done

	// Of downloads: remarks on what is done.
	CodeResumed = "resumed" // went on where an earlier run stopped
	CodeAnew    = "anew"    // another one by now than what was begun, so fetched from the start

	// Of interrupted uploads: recovery leaves them, or aborts them.
	CodeUploadKept    = "upload-kept"    // the same file, uploaded again, goes on with it
	CodeUploadStale   = "upload-stale"   // nothing can go on with it: the file is gone or another one
	CodeUploadAborted = "upload-aborted" // what was sent of it is removed
	CodeUploadLeft    = "upload-left"    // it may not be aborted

	// Of recovery. The first two are remarks on what is done or skipped.
	CodeWasComplete = "was-complete" // all but the journal's last line was done
	CodeNotBegun    = "not-begun"    // nothing was done, so there is nothing to undo
	CodeCutChanged  = "cut-changed"  // the original is another one by now: both are left
	CodeCutTaken    = "cut-taken"    // under the new name is something else: both are left
	CodeCutUnsure   = "cut-unsure"   // whether the copy is complete cannot be told: both are left
	CodeCutGone     = "cut-gone"     // neither the original nor the copy is there any more
	CodeCutFresh    = "cut-fresh"    // the copy may be another computer's: it is not removed yet
	CodeClaimed     = "cut-claimed"  // another computer is recovering this file
)

// Status of an item.
const (
	StatusDone    = "done"
	StatusSkipped = "skipped"
	StatusFailed  = "failed"
	StatusRefused = "refused"
)

// StatusOf is the status of an item that ended with a code; an empty code is
// done.
func StatusOf(code string) string {
	switch code {
	case "", CodeResumed, CodeAnew:
		return StatusDone
	case CodeSame, CodeNotBegun, CodeUploadKept, CodeUploadStale, CodeJunk, CodeHiddenFile, CodeSymlink, CodeNotRegular, CodeLeftOut, CodeExcluded:
		return StatusSkipped
	case CodeReadOnly, CodeExists, CodeConflict, CodeTargetFolder, CodeTargetFile, CodeDuplicate, CodeNameFixed, CodeReplaceExists, CodeFolder, CodeIntoItself, CodeSameName, CodePathEmpty, CodeWholeLibrary,
		CodeCutChanged, CodeCutTaken, CodeCutUnsure, CodeCutFresh, CodeClaimed, CodeReserved, CodeOutside, CodeLocalExists, CodeLocalNotFile, CodeLocalName,
		CodeLocalLong, CodeLocalSlash, CodeLocalTwin, CodeLocalNotDir, CodeLocalBusy,
		CodeNameEmpty, CodeNameTooLong, CodeNameUTF8, CodeNameControl, CodeNameBidi,
		CodeNameEmptyPart, CodeNameDotPart, CodeNameReserved:
		return StatusRefused
	}
	if status := environmentStatus[code]; status != "" {
		return status
	}
	if skippedURLs[code] {
		return StatusSkipped
	}
	if refusedURLs[code] {
		return StatusRefused
	}
	return StatusFailed
}
