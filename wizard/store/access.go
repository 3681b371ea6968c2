package store

import (
	"errors"
	"io/fs"
	"syscall"

	"github.com/mediadock/mediadock/wizard"
)

// AccessError says that the disk refused to be read or written. What was there
// before is there still, whole.
type AccessError struct {
	File string
	Err  error
}

func (e *AccessError) Error() string { return e.File + ": " + why(e.Err) }

func (e *AccessError) Unwrap() error { return e.Err }

// TextID is the id of the text that says what keeps the disk from it; it uses
// the argument "reason".
func (e *AccessError) TextID() string {
	switch {
	case errors.Is(e.Err, ErrBusy):
		return "error.file.access.busy"
	case errors.Is(e.Err, syscall.EROFS):
		return "error.file.access.read_only"
	case errors.Is(e.Err, fs.ErrPermission):
		return "error.file.access.denied"
	case errors.Is(e.Err, syscall.ENOSPC), errors.Is(e.Err, syscall.EDQUOT), errors.Is(e.Err, syscall.EFBIG):
		return "error.file.access.full"
	}
	return "error.file.access"
}

// Args are the arguments of the text.
func (e *AccessError) Args() map[string]string { return map[string]string{"reason": why(e.Err)} }

// why is an error of the file system without the path, which is told already.
func why(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// accessed makes an error of the file system an *AccessError; the store's own
// errors stay as they are.
func accessed(file string, err error) error {
	var corrupt *CorruptError
	var access *AccessError
	if err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, ErrChanged) || errors.As(err, &corrupt) || errors.As(err, &access) {
		return err
	}
	return &AccessError{File: file, Err: err}
}

// unusable says what is wrong with a file as a whole: code is a text id without
// "error." in front.
func unusable(file, code, reason string) *CorruptError {
	return &CorruptError{File: file, Reason: reason, Cause: &wizard.FileError{Code: code, Args: map[string]string{"reason": reason}}}
}
