package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"github.com/mediadock/mediadock/wizard"
)

// maxFrom is more than any file of settings holds.
const maxFrom = 1 << 20

// fromFile adds what --from holds to values.
func (a *app) fromFile(ctx context.Context, o setupOptions, values map[string]string) error {
	if o.from == "" {
		return nil
	}
	if o.from == "-" && a.flags.accessible && !a.io.inTTY && !a.flags.noInput {
		return usage("from_answers", nil)
	}
	data, err := a.readFrom(ctx, o.from)
	if errors.Is(err, errEncoding) {
		return usage("from_encoding", map[string]string{"file": a.fileNamed(o.from)})
	}
	if err != nil {
		return couldNot("from", map[string]string{"file": a.fileNamed(o.from)}, err)
	}
	given, err := wizard.FromFile(data, "name") // as connection export writes it
	if err != nil {
		return a.badFile(o.from, err)
	}
	delete(given, "name")
	if o.generateID {
		delete(given, "external_id")
	}
	for key, v := range given {
		if _, said := values[key]; !said {
			values[key] = v
		}
	}
	return nil
}

// fileNamed is how messages name a file: "-" by what it stands for.
func (a *app) fileNamed(file string) string {
	if file == "-" {
		return a.text.Say("cmd.stdin", nil)
	}
	return file
}

// badFile words an error of a settings file.
func (a *app) badFile(file string, err error) error {
	args := map[string]string{"file": a.fileNamed(file), "detail": a.systemWords(err)}
	var fe *wizard.FileError
	if errors.As(err, &fe) {
		args["detail"] = a.text.Say(fe.TextID(), fe.Args)
	}
	return usage("from", args)
}

// readFrom reads the text of a file, or of stdin for "-"; somebody who is to
// type it is told. What is no text is errEncoding.
func (a *app) readFrom(ctx context.Context, file string) ([]byte, error) {
	var in io.Reader
	if file == "-" {
		stdin, done := a.stdin(ctx)
		defer done()
		in = stdin
		if a.io.inTTY {
			a.tell(a.text.Say("cmd.from_typing", nil))
		}
	} else {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFrom))
	if err != nil {
		return nil, err
	}
	return asUTF8(data)
}

// errEncoding says that bytes are no text.
var errEncoding = errors.New("neither UTF-8 nor UTF-16 with a byte order mark")

// asUTF8 reads what Windows writes as "Unicode", UTF-16 with its mark, as
// what it means. Other encodings are refused: a guess would change values.
func asUTF8(data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return nil, errEncoding
		}
		data = decoded
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, errEncoding
	}
	return data, nil
}
