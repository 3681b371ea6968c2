package media

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/text/unicode/norm"
)

// disk is what downloads ask of the local disk and tests make fail.
type disk struct {
	writeAt func(f *os.File, p []byte, off int64) (int, error)
	// same tells which names mean one file in a directory, which need not
	// exist yet.
	same func(dir string) sameNames
}

var realDisk = disk{writeAt: (*os.File).WriteAt, same: probe}

// sameNames are the differences between names that a disk does not see.
type sameNames struct{ letterCase, form bool }

// of is one spelling for all names that the disk takes for the same.
func (s sameNames) of(name string) string {
	if s.form {
		name = norm.NFC.String(name)
	}
	if s.letterCase {
		name = strings.ToLower(strings.ToUpper(name)) // there and back: ß and ſ, ς and σ
	}
	return name
}

// probe asks the disk that a directory is on, or will be made on, by an empty
// file that is gone at once. Systems have disks of both kinds, so which system
// it is says nothing. Where no file may be made the strictest is assumed:
// nothing will be written there either.
func probe(dir string) sameNames {
	strictest := sameNames{letterCase: true, form: true}
	existing, err := filepath.Abs(dir)
	for err == nil {
		var info fs.FileInfo
		if info, err = os.Stat(existing); err == nil && info.IsDir() {
			break
		}
		parent := filepath.Dir(existing)
		if parent == existing {
			return strictest
		}
		existing, err = parent, nil
	}
	if err != nil {
		return strictest
	}
	random := strings.ToLower(rand.Text())
	name := filepath.Join(existing, partialPrefix+random+"\u00e9.probe")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return strictest
	}
	f.Close()
	defer os.Remove(name)
	there := func(name string) bool {
		_, err := os.Lstat(filepath.Join(existing, name))
		return err == nil
	}
	return sameNames{
		letterCase: there(partialPrefix + strings.ToUpper(random) + "\u00e9.probe"),
		form:       there(partialPrefix + random + "e\u0301.probe"),
	}
}

// Windows has numbers of its own for a full disk.
const (
	windowsHandleDiskFull = syscall.Errno(39)
	windowsDiskFull       = syscall.Errno(112)
)

// localCode classifies an error of a name inside the directory.
func localCode(err error) string {
	windows := runtime.GOOS == "windows"
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT),
		windows && (errors.Is(err, windowsDiskFull) || errors.Is(err, windowsHandleDiskFull)):
		return CodeDiskFull
	case errors.Is(err, syscall.EFBIG):
		return CodeLocalBig
	case errors.Is(err, syscall.ENAMETOOLONG):
		return CodeLocalLong
	case errors.Is(err, syscall.ENOTDIR):
		return CodeLocalNotDir
	case errors.Is(err, syscall.EILSEQ), errors.Is(err, syscall.EINVAL) && !windows:
		return CodeLocalName // FAT and the like take fewer characters
	case errors.Is(err, fs.ErrExist):
		return CodeLocalExists
	case errors.Is(err, fs.ErrPermission):
		return CodeLocalUnwritable
	case strings.Contains(err.Error(), "escapes"): // os.Root has no error value for it
		return CodeOutside
	}
	return CodeLocalUnwritable
}
