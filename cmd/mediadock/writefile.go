package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// mayReplace refuses, as code, a file of --output that holds anything but what
// the program itself wrote there, by ours: a wrong name is quickly typed. What
// is empty or no file at all is written to; longer than most bytes is nothing
// of ours.
func mayReplace(file, code string, most int64, ours func([]byte) bool) error {
	if file == "" {
		return nil
	}
	args := map[string]string{"file": file}
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if dir, derr := os.Stat(filepath.Dir(file)); derr != nil {
			return couldNot("write", args, derr)
		} else if !dir.IsDir() {
			return usage("output_no_directory", args)
		}
		return nil
	case err != nil:
		return couldNot("write", args, err)
	case info.IsDir():
		return usage("output_directory", args)
	case !info.Mode().IsRegular(), info.Size() == 0:
		return nil
	case info.Size() > most:
		return refused(code, args)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return couldNot("write", args, err)
	}
	if !ours(data) {
		return refused(code, args)
	}
	return nil
}

// maxOwnFile is the longest export or document, in bytes, with room to spare.
const maxOwnFile = 16 << 20

// putFile writes into devices and pipes as they are, and replaces files as a
// whole; a link stays one.
func putFile(file string, data []byte) error {
	return streamFile(file, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// streamFile is putFile for what is written bit by bit.
func streamFile(file string, write func(io.Writer) error) error {
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(file, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	return streamWhole(file, write)
}

// writeWhole writes a file that is never seen half written, readable by its
// owner alone: whole under another name first, then renamed into place.
func writeWhole(file string, data []byte) error {
	return streamWhole(file, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

func streamWhole(file string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".mediadock-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when the rename succeeded
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
