package imgix

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// The modes of Asset Processing Rules (I13).
const (
	IncludeAll = "include-all" // the default
	Include    = "include"     // the listed paths alone
	ExcludeAll = "exclude-all"
	Exclude    = "exclude" // all but the listed paths
)

// Modes are the modes in the order of imgix's form.
func Modes() []string { return []string{IncludeAll, Include, ExcludeAll, Exclude} }

// Rules decide which assets appear in the Asset Manager. They never decide
// what is served (I12). The zero value shows everything.
type Rules struct {
	Mode string `json:"mode"`
	// Paths are beginnings of asset paths, each with its leading slash; for
	// Include and Exclude alone.
	Paths []string `json:"paths,omitempty"`
}

// RuleError is what is wrong with rules. Code is one of the constants below,
// Value what it is about.
type RuleError struct{ Code, Value string }

func (e *RuleError) Error() string { return e.Code + ": " + e.Value }

// The codes of a RuleError.
const (
	NotRules   = "format"        // neither a mode nor a mapping of mode and paths
	NoSuchMode = "mode"          // Value is the mode
	NoSuchKey  = "key"           // Value is the key
	NoPaths    = "paths_missing" // Value is the mode, which needs some
	SpareMode  = "paths_unused"  // Value is the mode, which takes none
	BadPath    = "path"          // Value is the path
	EmptyPath  = "path_empty"
)

// Parse reads rules: a mode alone, as a text, a mode and its paths as people
// type them in a line ("include /images/, /docs/"), or {"mode": ..., "paths":
// [...]}. Empty is the default. Paths get their leading slash, and each is kept once.
// An error is a *RuleError.
func Parse(text string) (Rules, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Rules{Mode: IncludeAll}, nil
	}
	r := Rules{Mode: text}
	if strings.HasPrefix(text, "{") {
		var err error
		if r, err = parseMapping(text); err != nil {
			return r, err
		}
	} else if mode, paths, ok := strings.Cut(text, " "); ok && slices.Contains(Modes(), mode) && !strings.ContainsAny(text, "[]\"\n") {
		r.Mode = mode
		for path := range strings.SplitSeq(paths, ",") { // a path may hold blanks
			r.Paths = append(r.Paths, path)
		}
	} else if json.Unmarshal([]byte(text), &r.Mode) != nil && strings.ContainsAny(text, "[]\"\n") {
		return Rules{}, &RuleError{Code: NotRules}
	}
	return r, r.settle()
}

func parseMapping(text string) (Rules, error) {
	var r Rules
	var keys map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &keys) != nil {
		return r, &RuleError{Code: NotRules}
	}
	for key := range keys {
		if key != "mode" && key != "paths" {
			return r, &RuleError{Code: NoSuchKey, Value: key}
		}
	}
	dec := json.NewDecoder(bytes.NewReader([]byte(text)))
	if err := dec.Decode(&r); err != nil {
		return r, &RuleError{Code: NotRules}
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return r, &RuleError{Code: NotRules}
	}
	return r, nil
}

// settle brings rules to their normal form, or says what is wrong.
func (r *Rules) settle() error {
	if r.Mode == "" {
		r.Mode = IncludeAll
		if len(r.Paths) > 0 { // without a mode nobody knows what the paths are for
			return &RuleError{Code: NoSuchMode}
		}
	}
	listed := r.Listed()
	switch {
	case !slices.Contains(Modes(), r.Mode):
		return &RuleError{Code: NoSuchMode, Value: r.Mode}
	case listed && len(r.Paths) == 0:
		return &RuleError{Code: NoPaths, Value: r.Mode}
	case !listed && len(r.Paths) > 0:
		return &RuleError{Code: SpareMode, Value: r.Mode}
	}
	var paths []string
	for _, given := range r.Paths {
		path, err := settlePath(given)
		if err != nil {
			return err
		}
		if !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	r.Paths = paths
	return nil
}

// settlePath accepts what a path of an address can be. Patterns, whole
// addresses and dot segments would match nothing.
func settlePath(given string) (string, error) {
	path := strings.TrimSpace(given)
	if path == "" {
		return "", &RuleError{Code: EmptyPath}
	}
	control := func(r rune) bool { return r < ' ' || r == 0x7f }
	if strings.Contains(path, "://") || strings.ContainsAny(path, `*?#\`) || strings.Contains(path, "//") || strings.ContainsFunc(path, control) {
		return "", &RuleError{Code: BadPath, Value: given}
	}
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return "", &RuleError{Code: BadPath, Value: given}
		}
	}
	return "/" + strings.TrimPrefix(path, "/"), nil
}

// JSON is the rules as settings keep them.
func (r Rules) JSON() string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(r) // texts cannot fail
	return strings.TrimSpace(b.String())
}

// Shows tells whether the Asset Manager shows the asset of a path, with its
// leading slash.
func (r Rules) Shows(path string) bool {
	listed := slices.ContainsFunc(r.Paths, func(p string) bool { return strings.HasPrefix(path, p) })
	switch r.Mode {
	case Include:
		return listed
	case Exclude:
		return !listed
	}
	return r.Mode != ExcludeAll
}

// Count is how many of the assets of paths the Asset Manager shows.
func (r Rules) Count(paths []string) (shown int) {
	for _, path := range paths {
		if r.Shows(path) {
			shown++
		}
	}
	return shown
}

// Listed tells whether the mode goes with a list of paths.
func (r Rules) Listed() bool { return r.Mode == Include || r.Mode == Exclude }

// Unmatched are the listed paths that no path of a listing begins with: most
// likely they are mistyped, or written with the source's prefix.
func (r Rules) Unmatched(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(r.Paths), func(p string) bool {
		return slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(path, p) })
	})
}
